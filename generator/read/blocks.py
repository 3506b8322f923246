"""Figure blocks: ```kpi and ```chart fences become typed requests, and a marker takes their place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TypeAlias

from generator.declared.cut_texts import judge_cut_texts
from generator.declared.schema import validate
from generator.declared.yaml_fields import Fields, Origin, read_fields
from generator.markup.outline import Fence, Outline
from generator.model import marker
from generator.model.block import ChartSpec, FigureBlock, KpiSpec
from generator.model.finding import Family, Finding, Place, Text, closest
from generator.read.front_matter import MAX_YAML_BYTES
from generator.read.reporting import error, one_line, warning

Spec: TypeAlias = KpiSpec | ChartSpec

SPECS: dict[str, type[KpiSpec] | type[ChartSpec]] = {"kpi": KpiSpec, "chart": ChartSpec}
MAX_BLOCKS = 100  # figures on one page


def take_blocks(text: Outline, path: str, first_line: int) -> tuple[str, tuple[FigureBlock, ...], list[Finding]]:
    """The text with a marker for each block, the blocks in that order, and what is wrong with them.

    A marker is a paragraph of its own at the fence's indentation, and the text keeps its number of lines, so
    a place in the result is the same place in the file. `first_line` is the line of the file with which
    the text begins.
    """
    lines = list(text.lines)
    blocks: list[FigureBlock] = []
    findings = [*_misnamed(text, path, first_line)]
    asked = [fence for fence in text.fences if fence.language in SPECS]
    if len(asked) > MAX_BLOCKS:
        return "\n".join(lines), (), [_too_many(Place(path, first_line + asked[MAX_BLOCKS].opens))]
    for fence in asked:
        spec, found = _read(fence, text.lines, path, first_line)
        findings += found
        if spec is None or fence.closes is None:
            continue
        mark = fence.prefix + marker.block(len(blocks))
        blank = _without_list_marks(fence.prefix).rstrip()
        blanks = [blank] * (fence.closes - fence.opens)
        begins_item = blank != fence.prefix.rstrip()
        lines[fence.opens : fence.closes + 1] = [mark, *blanks] if begins_item else [blank, mark, *blanks[1:]]
        blocks.append(FigureBlock(spec, first_line + fence.opens))
    return "\n".join(lines), tuple(blocks), findings


def _misnamed(text: Outline, path: str, first_line: int) -> Iterator[Finding]:
    """Fences that ask for a figure of a metric, under a name that is nearly a block's."""
    for fence in text.fences:
        if fence.language and fence.language not in SPECS and _asks_for_a_figure(fence, text.lines):
            meant = closest(unicodedata.normalize("NFKC", fence.language), SPECS)
            if meant is not None:
                place = Place(path, first_line + fence.opens, len(fence.prefix) + 1)
                yield _misnamed_block(fence.language, meant, place)


def _asks_for_a_figure(fence: Fence, lines: tuple[str, ...]) -> bool:
    """Whether a fence holds nothing but keys, `metric` among them: `dart` is a language, and near to `chart`."""
    body = (line[len(fence.prefix) :] for line in lines[fence.opens + 1 : fence.closes])
    keys = [re.split("[:：]", line, maxsplit=1)[0].strip() for line in body if line.strip()]
    return "metric" in keys and all(map(str.isidentifier, keys))


def _without_list_marks(prefix: str) -> str:
    return "".join(mark if mark == ">" else " " for mark in prefix)


def _read(fence: Fence, lines: tuple[str, ...], path: str, first_line: int) -> tuple[Spec | None, list[Finding]]:
    place = Place(path, first_line + fence.opens, len(fence.prefix) + 1)
    if fence.closes is None:
        return None, [_unclosed(fence.language, place)]
    if fence.info != fence.language:
        return None, [_words_after_name(fence, place)]
    body = [line[len(fence.prefix) :] for line in lines[fence.opens + 1 : fence.closes]]
    origin = Origin(path, Family.CONTENT, first_line + fence.opens + 1, len(fence.prefix))
    fields, findings = read_fields("\n".join(body) + "\n", origin, limit=MAX_YAML_BYTES)
    if fields is None:
        return None, findings
    fields.places[()] = place  # what is missing is missing from the block
    spec: Spec | None
    spec, findings = validate(SPECS[fence.language], fields.values, fields)
    if isinstance(spec, ChartSpec):
        findings = [*findings, *_judge_chart(spec, fields)]
    return spec, [*findings, *judge_cut_texts(spec, fields)]


def _judge_chart(spec: ChartSpec, fields: Fields) -> list[Finding]:
    if spec.kind == "comparison" and spec.since is None:
        what = Text(
            "`kind: comparison` には、比べる前の月 `from` が要ります",
            "`kind: comparison` needs the earlier month `from`",
        )
        return [
            error(
                "missing-key",
                fields.places[()],
                what,
                Text("`from: 2026-03` のように書いてください", "write it like `from: 2026-03`"),
            )
        ]
    if spec.kind != "comparison" and spec.since is not None:
        what = Text(
            f"`from` は `kind: comparison` だけに使えます（ここは `{spec.kind}`）",
            f"`from` belongs to `kind: comparison` only, not to `{spec.kind}`",
        )
        return [
            error(
                "unfit-key",
                fields.places[("from",)],
                what,
                Text("`from` の行を消してください", "delete the line with `from`"),
            )
        ]
    if spec.since is not None and spec.period is not None and spec.period <= spec.since:
        what = Text(
            f"`from` の `{spec.since}` が、`period` の `{spec.period}` より前になっていません",
            f"`from` (`{spec.since}`) is not before `period` (`{spec.period}`)",
        )
        return [
            error(
                "dates-in-wrong-order",
                fields.places[("from",)],
                what,
                Text("`from` に前の月を書いてください", "write an earlier month"),
            )
        ]
    return []


def _misnamed_block(written: str, meant: str, place: Place) -> Finding:
    shown = one_line(written)
    return warning(
        "block-name",
        place,
        Text(
            f"`{shown}` という図の囲みはないため、中の文字がそのまま出ます",
            f"there is no block `{shown}`: what is in it is shown as it is typed",
        ),
        Text(
            f"`{meant}` のことではありませんか。半角の小文字で ` ```{meant} ` と書いてください",
            f"did you mean `{meant}`? write ` ```{meant} ` in small letters",
        ),
    )


def _too_many(place: Place) -> Finding:
    return error(
        "too-many-blocks",
        place,
        Text(f"図の囲みが {MAX_BLOCKS} 個を超えています", f"there are more than {MAX_BLOCKS} figure blocks"),
        Text("ページを分けてください", "split the page"),
    )


def _unclosed(language: str, place: Place) -> Finding:
    return error(
        "block-unclosed",
        place,
        Text(f"`{language}` の囲みが閉じていません", f"the `{language}` block is never closed"),
        Text(
            "始まりと同じ記号（` ``` `）だけの行を、同じ字下げで書いてください",
            "close it with the marks it begins with (` ``` `), at the same indentation",
        ),
    )


def _words_after_name(fence: Fence, place: Place) -> Finding:
    extra = one_line(fence.info.removeprefix(fence.language).strip())
    return error(
        "block-options",
        place,
        Text(f"`{fence.language}` の後に `{extra}` があります", f"`{extra}` follows `{fence.language}`"),
        Text("囲みの中に `名前: 値` の行として書いてください", "write it inside the block as `key: value`"),
    )
