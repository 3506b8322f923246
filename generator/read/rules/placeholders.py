"""Words that were meant to be filled in: 「●月●日」「〇〇」「XX」 (P33, P78), and those of the drafts that `new` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.archetypes import instructions, without_marks
from generator.markup.outline import outline
from generator.model.finding import Finding, Place, Text
from generator.model.page import Campaign, Notice, PageType, Story
from generator.read.manuscript import Manuscript
from generator.read.reporting import error
from generator.read.rules.edition import Edition

# 〇 between kanji numerals is a zero (二〇〇〇年). Articles and guides may speak about placeholders.
_PLACEHOLDER = re.compile(
    r"(?:(?<![一二三四五六七八九十〇])[●○〇◯][月日年時円%％])+|(?<![一二三四五六七八九十〇])[●○〇◯]{2,}(?![一二三四五六七八九十])|(?<![A-Za-zＸ])(?:X{2,}|Ｘ{2,})(?![A-Za-z])|TODO"
)
_NOBODY = re.compile(r"\s*(?:未確認|未承認|未定|TBD|TBC)\s*", re.IGNORECASE)
_FREE = frozenset({PageType.ARTICLE, PageType.GUIDE})


def nothing_is_left_to_fill_in(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """Headlines, summaries, dates of switch-offs and milestones are read first and quoted elsewhere."""
    if manuscript.page.type in _FREE:
        return
    for text, place in _texts(manuscript):
        if match := _PLACEHOLDER.search(text):
            yield _left(match[0], place)


def somebody_has_agreed(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """Who confirmed and who approved is a person: a new draft says `未確認` there, which must not go out as a name."""
    front = manuscript.page.front
    names = [(front.approved_by, manuscript.at("approved_by"))]
    if isinstance(front, Story):
        names.append((front.confirmed_by, manuscript.at("confirmed_by")))
    if isinstance(front, Campaign) and front.decision is not None:
        names.append((front.decision.approved_by, manuscript.at("decision", "approved_by")))
    for name, place in names:
        if name and (match := _NOBODY.fullmatch(name) or _PLACEHOLDER.search(name)):
            yield _nobody(match[0].strip(), place)


def drafts_are_written_over(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """No value and no line of the page is one of those in which its draft says what to write there."""
    told = instructions(manuscript.page.type)
    for location, typed in manuscript.fields.typed.items():
        if typed in told.values and not _NOBODY.fullmatch(typed):
            yield _not_written(typed, manuscript.fields.place_of(location))
    written = manuscript.written
    if not any(line in written for line in told.lines):
        return  # most pages: no need to find their comments and code
    first = manuscript.text.body_line
    for index, line in enumerate(outline(written).prose.split("\n")):
        if (words := without_marks(line)) in told.lines:
            yield _not_written(words, Place(manuscript.shown, first + index))


def _texts(manuscript: Manuscript) -> Iterator[tuple[str, Place]]:
    front = manuscript.page.front
    yield manuscript.page.title, manuscript.at("title")
    yield front.summary, manuscript.at("summary")
    if isinstance(front, Campaign):
        for index, milestone in enumerate(front.milestones):
            yield milestone.name, manuscript.at("milestones", index)
        if front.switchoff is not None:
            for key, value in front.switchoff.model_dump(mode="json").items():
                texts = value if isinstance(value, list) else [value]
                yield "\n".join(texts), manuscript.at("switchoff", key)
    if isinstance(front, Notice):
        yield front.action_required or "", manuscript.at("action_required")


def _left(placeholder: str, place: Place) -> Finding:
    return error(
        "placeholder",
        place,
        Text(f"書きかけの印 `{placeholder}` が残っています", f"`{placeholder}` was meant to be filled in"),
        Text("正しい言葉や日付を書き入れてください", "write the right words or date"),
    )


def _not_written(words: str, place: Place) -> Finding:
    return error(
        "placeholder",
        place,
        Text(f"下書きの見本の言葉「{words}」が残っています", f"`{words}` is still what the draft says to write here"),
        Text(
            "自分の言葉に書きかえるか、要らなければ消してください。まだなら `status: draft` に戻します",
            "put your own words in its place, or delete it; until then make it `status: draft`",
        ),
    )


def _nobody(written: str, place: Place) -> Finding:
    return error(
        "placeholder",
        place,
        Text(f"人の名前のはずの所が `{written}` のままです", f"`{written}` stands where somebody's name belongs"),
        Text(
            "確かめた人の名前を書いてください。まだなら `status: draft` に戻します",
            "write the name of whoever agreed; until then make it `status: draft`",
        ),
    )
