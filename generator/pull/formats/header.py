"""Columns are found by name, never by position: files may order, drop and add columns as they like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from generator.model.finding import Severity, Text, closest
from generator.pull.problems import Problems

ROWS_ABOVE = 50
"""Rows in which headings are looked for that are not where they should be."""


def positions(
    found: Sequence[str], wanted: Iterable[str], ignored: Iterable[str], problems: Problems, line: int
) -> list[int] | None:
    """Where each wanted column stands among the `found` headers; None and problems when one is missing."""
    wanted = list(wanted)
    unknown = [name for name in found if name and name not in {*wanted, *ignored}]
    missing = [name for name in wanted if name not in found]
    twice = [name for name, count in Counter(found).items() if count > 1 and name in wanted]
    for name in missing:
        _tell_missing(name, unknown, problems, line)
    for name in twice:
        what = Text(f"列 `{name}` が2つあります", f"column `{name}` stands twice")
        problems.add("duplicate-column", what, Text("片方を除いてください", "remove one of them"), line=line)
    for name in unknown:
        _tell_unknown(name, problems, line)
    return None if missing or twice else [found.index(name) for name in wanted]


def _tell_missing(name: str, unknown: list[str], problems: Problems, line: int) -> None:
    near = closest(name, unknown)
    hint = Text("", "") if near is None else Text(f"（似た名前: `{near}`）", f" (there is `{near}`)")
    what = Text(f"列 `{name}` がありません{hint.ja}", f"column `{name}` is missing{hint.en}")
    remedy = Text(
        "書き出しの列を元に戻すか、列名が変わったなら sources.yml を合わせてください",
        "export the column again, or adapt sources.yml if it was renamed",
    )
    problems.add("missing-column", what, remedy, line=line)


def _tell_unknown(name: str, problems: Problems, line: int) -> None:
    what = Text(f"知らない列 `{name}` があります（読み込みません）", f"unknown column `{name}` is not read")
    remedy = Text(
        "使うなら `columns` に、使わないなら `ignored` に書いてください",
        "list it under `columns` to use it, or under `ignored` to be silent about it",
    )
    problems.add("unknown-column", what, remedy, line=line, severity=Severity.WARNING)
