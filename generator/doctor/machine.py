"""Python, packages, the terminal and time zones."""

from __future__ import annotations

from datetime import date
from importlib import metadata
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement

from generator.doctor.check import Check
from generator.model.finding import Text

OLDEST_PYTHON = (3, 11, 5)
"""pymdown-extensions 13.1 needs it; the same as in pyproject.toml."""
MATERIAL_ENDS = date(2027, 5, 5)
"""The last day on which Material for MkDocs 9 gets security fixes, as its makers announced."""


def python(version: tuple[int, int, int]) -> Check:
    """Whether this Python is new enough."""
    shown, oldest = (".".join(map(str, numbers)) for numbers in (version, OLDEST_PYTHON))
    return Check(
        Text("Python", "Python"),
        version >= OLDEST_PYTHON,
        Text(shown, shown),
        Text(
            f"{oldest} 以降のPythonを入れ、環境をつくり直してください",
            f"install Python {oldest} or newer and make the environment anew",
        ),
    )


def packages() -> Check:
    """Whether every package that Kawaraban declares is here in a version it works with."""
    needed = _needed()
    wrong = [problem for each in needed if (problem := _problem_of(each)) is not None]
    return Check(
        Text("パッケージ", "packages"),
        not wrong,
        Text("、".join(problem.ja for problem in wrong), "; ".join(problem.en for problem in wrong))
        if wrong
        else Text(f"{len(needed)}個そろっています", f"all {len(needed)} are here"),
        Text(
            "`python -m pip install --upgrade kawaraban` を実行してください",
            "run `python -m pip install --upgrade kawaraban`",
        ),
    )


def _needed() -> list[Requirement]:
    """What Kawaraban declares for this platform; itself when it was never installed."""
    try:
        declared = [Requirement(line) for line in metadata.requires("kawaraban") or []]
    except metadata.PackageNotFoundError:
        return [Requirement("kawaraban")]
    return [each for each in declared if each.marker is None or each.marker.evaluate({"extra": ""})]


def _problem_of(requirement: Requirement) -> Text | None:
    try:
        there = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return Text(f"`{requirement.name}` がありません", f"`{requirement.name}` is missing")
    if requirement.specifier.contains(there, prereleases=True):
        return None
    wanted = f"{requirement.name}{requirement.specifier}"
    return Text(
        f"`{requirement.name}` が {there} です（要るのは `{wanted}`）", f"`{wanted}` is needed, {there} is here"
    )


def material(today: date) -> Check:
    """Whether the theme is still maintained."""
    return Check(
        Text("テーマの保守期限", "support of the theme"),
        today <= MATERIAL_ENDS,
        Text(
            f"Material for MkDocs 9 の保守は {MATERIAL_ENDS} まで",
            f"Material for MkDocs 9 is maintained until {MATERIAL_ENDS}",
        ),
        Text(
            "期限を過ぎても組み立てはできますが、弱点が直されません。瓦版の新しい版に移ってください",
            "it still builds, but flaws are no longer fixed: move to a newer version of Kawaraban",
        ),
    )


def terminal(encoding: str) -> Check:
    """Whether messages in Japanese can be shown."""
    try:
        "瓦版 — ✓".encode(encoding)
        can_show = True
    except (UnicodeEncodeError, LookupError):
        can_show = False
    return Check(
        Text("画面の文字", "terminal"),
        can_show,
        Text(encoding, encoding),
        Text(
            "環境変数 `PYTHONUTF8=1` を設定するか、`--lang en` を付けてください",
            "set the environment variable `PYTHONUTF8=1`, or use `--lang en`",
        ),
    )


def time_zone(name: str) -> Check:
    """Whether this machine knows the zone of dates and deadlines."""
    try:
        ZoneInfo(name)
        known = True
    except (ZoneInfoNotFoundError, ValueError):
        known = False
    return Check(
        Text("時間帯", "time zone"),
        known,
        Text(name, name),
        Text("`python -m pip install tzdata` を実行してください", "run `python -m pip install tzdata`"),
    )
