"""Bold, links and pictures whose marks are typed in full width, wholly or in part: they are shown as they are typed.

Only what is certainly meant as a mark is told: a `（` after a `］` opens a link where an address or a file's name follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from generator.model.finding import Finding, Text
from generator.read.places import PlaceOf
from generator.read.reporting import one_line, warning

# As texts, which `re` compiles when a page needs them: most builds read none that does.
_HIDDEN_NAME = r"(?:さん|様|氏|君|部|課|社|株式|県|市|年|月|日|円)"  # `＊＊さんと＊＊さん` names nobody
_BOLD = rf"(?<![*＊])[*＊]{{2}}(?![*＊\s]|{_HIDDEN_NAME})(?P<words>[^*＊\n]{{1,200}})(?<!\s)[*＊]{{2}}(?![*＊])"
_IN_AN_ADDRESS = r"[^()（）\s]"
_PICTURE_FILE = r"\.(?:png|jpe?g|webp|gif|avif)$"
_ADDRESS = (
    rf"(?:https?://|mailto:|\.\.?/){_IN_AN_ADDRESS}{{1,300}}"
    rf"|{_IN_AN_ADDRESS}{{1,300}}\.(?:md|html?|png|jpe?g|webp|gif|avif|pdf|csv)(?:#{_IN_AN_ADDRESS}{{0,200}})?"
)
_LINK = rf"(?P<mark>[!！]?)[\[［](?P<words>[^\[\]［］\n]{{0,200}})[\]］][(（](?P<address>{_ADDRESS})[)）]"
_CLOSED_IN_FULL_WIDTH = rf"\]\({_IN_AN_ADDRESS}+）"
_LONGEST_ADDRESS = 80  # characters of what somebody wrote
_FULL_WIDTH = frozenset("＊［］（）")


def judge_full_width_marks(prose: str, place_of: PlaceOf) -> Iterator[Finding]:
    """A warning for the first bold text, the first link and the first picture of a page whose marks make none."""
    if "＊＊" in prose:
        yield from _first_told(_typed(_BOLD, prose), _no_bold, place_of)
    if any(mark in prose for mark in ("［", "］", "]（", "！[")) or re.search(_CLOSED_IN_FULL_WIDTH, prose):
        typed = [*_typed(_LINK, prose)]
        yield from _first_told((each for each in typed if not _is_picture(each)), _no_link, place_of)
        yield from _first_told((each for each in typed if _is_picture(each)), _no_picture, place_of)


def _typed(mark: str, prose: str) -> Iterator[re.Match[str]]:
    """Where a mark stands with at least one character in full width."""
    return (match for match in re.finditer(mark, prose) if not _FULL_WIDTH.isdisjoint(match[0]) or _begins_wide(match))


def _begins_wide(match: re.Match[str]) -> bool:
    """Whether only the `！` of a picture is in full width."""
    return match[0].startswith("！") and _is_picture(match)


def _first_told(
    typed: Iterator[re.Match[str]], tell: Callable[[re.Match[str]], tuple[Text, Text]], place_of: PlaceOf
) -> Iterator[Finding]:
    return (warning("unknown-mark", place_of(match.start()), *tell(match)) for match in islice(typed, 1))


def _is_picture(link: re.Match[str]) -> bool:
    """A `！` before a link may also end a sentence."""
    return link["mark"] == "!" or bool(link["mark"] and re.search(_PICTURE_FILE, link["address"]))


def _no_bold(match: re.Match[str]) -> tuple[Text, Text]:
    example = f"**{one_line(match['words'])}**"
    return (
        Text(
            "全角の `＊＊` で囲んだ言葉は太字にならず、そのまま文字として出ます",
            "words between `＊＊` in full width are not bold: they are shown as they are typed",
        ),
        Text(f"`{example}` のように、半角の `*` で囲んでください", f"put them between `*` in half width: `{example}`"),
    )


def _no_link(match: re.Match[str]) -> tuple[Text, Text]:
    return (
        Text(
            "全角の括弧が混ざっているため、リンクにならず、そのまま文字として出ます",
            "brackets in full width make no link: it is shown as it is typed",
        ),
        _in_half_width(f"[{one_line(match['words'])}]({one_line(match['address'], _LONGEST_ADDRESS)})"),
    )


def _no_picture(match: re.Match[str]) -> tuple[Text, Text]:
    return (
        Text(
            "全角の括弧や `！` が混ざっているため画像が出ず、そのまま文字として出ます",
            "brackets or `！` in full width make no picture: it is shown as it is typed",
        ),
        _in_half_width(f"![{one_line(match['words'])}]({one_line(match['address'], _LONGEST_ADDRESS)})"),
    )


def _in_half_width(example: str) -> Text:
    return Text(f"`{example}` のように、記号をすべて半角で書いてください", f"type all marks in half width: `{example}`")
