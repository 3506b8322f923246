"""One generated page: front matter as the guide asks for it, and about 3 KB of body."""

from __future__ import annotations

import datetime as dt
import json
import posixpath
import random
from dataclasses import dataclass

from tests.benchmarks.prose import HEADINGS, ITEMS, SENTENCES, SUMMARIES, Voice
from tests.benchmarks.vocabulary import DEPARTMENTS

SHORTEST, LONGEST = 1_000, 2_800
"""Bytes of a body in UTF-8 between which an article stops; the mean of the files is about 3 KB."""

STORY_HEADINGS = ("課題", "取り組み", "成果", "本人の声", "真似する手順")
FAQ_CATEGORIES = ("目的", "計画", "期待される効果", "各部署の役割分担", "リスク", "使い方")
CAMPAIGNS = ("chat", "one-on-one")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a page will stand, known before any page is written, so that pages can link to earlier ones."""

    number: int
    kind: str
    day: dt.date

    @property
    def path(self) -> str:
        """Below `content/`."""
        name = f"{self.kind}-{self.number:05d}.md"
        match self.kind:
            case "faq":
                return f"faq/{CAMPAIGNS[self.number // 50 % 2]}/{name}"
            case "article":
                return f"articles/{self.day:%Y/%m}/{name}"
        return f"{'stories' if self.kind == 'story' else 'notices'}/{self.day:%Y}/{name}"


def page(slot: Slot, title: str, earlier: list[Slot], voice: Voice, chance: random.Random) -> str:
    """The whole text of a page; `earlier` are those that it may link to."""
    match slot.kind:
        case "story":
            own, body = _story(slot, earlier, voice, chance)
        case "faq":
            own, body = _faq(slot, voice, chance)
        case "notice":
            own, body = _notice(slot, voice)
        case _:
            own, body = {}, _article(slot, earlier, voice, chance)
    fields: dict[str, object] = {
        "id": f"{slot.kind}-{slot.number:05d}",
        "title": title,
        "summary": voice.say(SUMMARIES)[:120],
        "date": slot.day,
        "author": voice["person"],
        "owner": chance.choice(list(DEPARTMENTS)),
        "tags": voice.distinct("tag", chance.randint(2, 4)),
        **own,
    }
    front_matter = "\n".join(f"{key}: {_yaml(value)}" for key, value in fields.items())
    return f"---\n{front_matter}\n---\n\n{body}"


def _yaml(value: object) -> str:
    """JSON is YAML; only days are not JSON."""
    return value.isoformat() if isinstance(value, dt.date) else json.dumps(value, ensure_ascii=False)


def _article(slot: Slot, earlier: list[Slot], voice: Voice, chance: random.Random) -> str:
    parts = [_paragraph(voice)]
    extras = [_table, _admonition, _bullets, _steps, _quote]
    chance.shuffle(extras)
    length = chance.randint(SHORTEST, LONGEST)
    size = 0
    while size < length:
        level = "###" if len(parts) > 4 and chance.random() < 0.4 else "##"
        section = [f"{level} {voice.say(HEADINGS)}", _paragraph(voice)]
        if extras:
            section.append(extras.pop()(voice))
        if earlier and chance.random() < 0.5:
            section.append(_link(slot, chance.choice(earlier), voice))
        parts += section
        size += sum(len(part.encode()) for part in section)
    return "\n\n".join(parts) + "\n"


def _story(slot: Slot, earlier: list[Slot], voice: Voice, chance: random.Random) -> tuple[dict[str, object], str]:
    department = chance.choice(list(DEPARTMENTS))
    person = voice["person"]
    role = f"{DEPARTMENTS[department]} {voice['noun']}係"
    fields: dict[str, object] = {
        "department": department,
        "kind": "field_innovation" if chance.random() < 0.3 else "success",
        "campaign": chance.choice(CAMPAIGNS),
        "people": [{"name": person, "role": role, "consent_id": f"C-{slot.day:%Y}-{slot.number:05d}"}],
        "facts": {
            "challenge": voice.say(["{noun}の{noun}に時間がかかっていた", "{noun}が{noun}に伝わらなかった"]),
            "action": voice.say(["{noun}を{noun}にまとめた", "{noun}を毎朝{small}分だけ確かめた"]),
            "result": voice.say(["{noun}が月に{small}件に減った", "{noun}が{small}分で済むようになった"]),
            "number": voice.say(["{number}分 → {small}分"]),
        },
        "value_to": {"department": voice.say(["{noun}の手間が減る"]), "individual": voice.say(["{noun}が身につく"])},
        "confirmed_by": person,
        "confirmed_on": slot.day - dt.timedelta(days=4),
        "approved_by": f"{voice['person']}（{DEPARTMENTS[department]}長）",
        "approved_on": slot.day - dt.timedelta(days=2),
    }
    quote = f"> {voice.say(SENTENCES)}\n> — {person}（{role}）"
    link = [_link(slot, chance.choice(earlier), voice)] if earlier else []
    contents: tuple[list[str], ...] = (
        [_paragraph(voice), _bullets(voice)],
        [_paragraph(voice), _table(voice), *link],
        [_paragraph(voice)],
        [quote],
        [_steps(voice)],
    )
    sections = zip(STORY_HEADINGS, contents, strict=True)
    return fields, "\n\n".join("\n\n".join([f"## {heading}", *texts]) for heading, texts in sections) + "\n"


def _faq(slot: Slot, voice: Voice, chance: random.Random) -> tuple[dict[str, object], str]:
    fields: dict[str, object] = {
        "campaign": slot.path.split("/")[1],
        "category": chance.choice(FAQ_CATEGORIES),
        "official_view": voice.say(SENTENCES).replace("*", "").replace("`", ""),
        "asked_count": chance.randint(1, 40),
        "synonyms": voice.distinct("noun", 3),
        "approved_by": f"{voice['person']}（情報システム部長）",
        "approved_on": slot.day,
    }
    return fields, "\n\n".join([_paragraph(voice), _steps(voice), _paragraph(voice)]) + "\n"


def _notice(slot: Slot, voice: Voice) -> tuple[dict[str, object], str]:
    fields: dict[str, object] = {
        "starts_on": slot.day,
        "ends_on": slot.day + dt.timedelta(days=14),
        "importance": 1,
        "approved_by": f"{voice['person']}（総務部長）",
        "approved_on": slot.day,
    }
    return fields, "\n\n".join([_paragraph(voice), _table(voice), _paragraph(voice)]) + "\n"


def _paragraph(voice: Voice) -> str:
    return "".join(voice.says(SENTENCES, 3, 5))


def _bullets(voice: Voice) -> str:
    return "\n".join(f"- {item}" for item in voice.says(ITEMS, 3, 5))


def _steps(voice: Voice) -> str:
    return "\n".join(f"{number}. {item}" for number, item in enumerate(voice.says(ITEMS, 3, 5), 1))


def _table(voice: Voice) -> str:
    rows = [voice.say(["| {noun} | {dept} | {small}日 |"]) for _ in range(4)]
    return "\n".join([voice.say(["| {noun} | 受け持ち | 目安 |"]), "|---|---|---|", *rows])


def _admonition(voice: Voice) -> str:
    return f'!!! note "{voice.say(HEADINGS)}"\n    {voice.say(SENTENCES)}'


def _quote(voice: Voice) -> str:
    return f"> {voice.say(SENTENCES)}\n> — {voice['person']}（{voice['dept']}）"


def _link(slot: Slot, to: Slot, voice: Voice) -> str:
    address = posixpath.relpath(to.path, posixpath.dirname(slot.path))
    return voice.say(
        [f"くわしくは[{{noun}}の話]({address})をご覧ください。", f"前の[{{noun}}の記事]({address})の続きです。"]
    )
