"""Front matter as other tools write it, put into our words: only names and forms change, never a meaning.

`description` means `summary` on every page. The rest is for articles, which may come from Hugo, Jekyll, VitePress
or nowhere: comma-separated tags, categories, lists of authors, `lastmod`, dates with a time of day, a date in
the file name.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from generator.declared.yaml_fields import Fields, Value
from generator.model.finding import Finding, Text
from generator.model.page import MAX_SUMMARY
from generator.read.reporting import error, warning

FOREIGN_KEYS = frozenset({"description", "authors", "categories", "lastmod"})

_TIMED_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt ]|  )\d{1,2}:\d{2}[\d:.]*\s*(?:[Zz]|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?")
_DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})[-_ ]")
_SEPARATORS = re.compile("[,、，]")
_LANGUAGE = re.compile(r"(ja|en)[-_][A-Za-z]{2,4}")


def adopt_description(fields: Fields) -> list[Finding]:
    """Let `description` stand for `summary`; both at once is a question only the author can answer."""
    if "description" in fields.values and "summary" in fields.values:
        del fields.values["description"]
        return [
            error(
                "two-summaries",
                fields.places[("description",)],
                Text(
                    "`summary` と `description` の両方が書かれています。二つは同じものです",
                    "both `summary` and `description` are written; they mean the same",
                ),
                Text("`summary` だけを残してください", "keep only `summary`"),
            )
        ]
    _rename(fields, "description", "summary")
    return []


def adopt_article(fields: Fields, source: str) -> list[Finding]:
    """Put the front matter of an article from elsewhere into our words."""
    _rename(fields, "lastmod", "updated")
    _rename(fields, "authors", "author")
    for key in ("date", "updated"):
        _drop_time_of_day(fields, key)
    _join_authors(fields)
    _merge_tags(fields)
    _shorten_language(fields)
    named = _DATED_NAME.match(PurePosixPath(source).name)
    if named and fields.values.get("date") is None:
        fields.values["date"] = named[1]
        fields.places.setdefault(("date",), fields.places[()])
    return _shorten_summary(fields)


def _rename(fields: Fields, foreign: str, ours: str) -> None:
    """Move a value and its place; where both are written the foreign key stays and is reported as unknown."""
    if foreign not in fields.values or ours in fields.values:
        return
    fields.values[ours] = fields.values.pop(foreign)
    for location in [place for place in fields.places if place[:1] == (foreign,)]:
        fields.places[(ours, *location[1:])] = fields.places[location]
    for location in [typed for typed in fields.typed if typed[:1] == (foreign,)]:
        fields.typed[(ours, *location[1:])] = fields.typed[location]


def _drop_time_of_day(fields: Fields, key: str) -> None:
    value = fields.values.get(key)
    if isinstance(value, str) and (match := _TIMED_DATE.fullmatch(value.strip())):
        fields.values[key] = match[1]


def _join_authors(fields: Fields) -> None:
    value = fields.values.get("author")
    if isinstance(value, list) and value:
        names = [_name_of(author) for author in value]
        if all(names):
            fields.values["author"] = "、".join(name for name in names if name)


def _name_of(author: Value) -> str | None:
    """A name by itself, or in a mapping as blogs keep it (`{name: …, url: …}`)."""
    if isinstance(author, dict):
        author = author.get("name")
    return author if isinstance(author, str) else None


def _merge_tags(fields: Fields) -> None:
    tags, categories = fields.values.get("tags"), fields.values.pop("categories", None)
    if tags is None and categories is None:
        return
    words = [*_words(fields, "tags", tags), *_words(fields, "categories", categories)]
    if all(isinstance(word, str) for word in words):
        fields.values["tags"] = list(dict.fromkeys(words))
        fields.places.setdefault(("tags",), fields.place_of(("categories",)))


def _words(fields: Fields, key: str, value: Value) -> list[Value]:
    """Tags as text: numbers and dates as they were typed, a comma-separated line taken apart."""
    if isinstance(value, list):
        return [fields.typed.get((key, index), element) for index, element in enumerate(value) if element is not None]
    if value is None:
        return []
    line = fields.typed.get((key,), "")
    return [word.strip() for word in _SEPARATORS.split(line) if word.strip()] if line else [value]


def _shorten_language(fields: Fields) -> None:
    value = fields.values.get("lang")
    if isinstance(value, str) and (match := _LANGUAGE.fullmatch(value)):
        fields.values["lang"] = match[1]


def _shorten_summary(fields: Fields) -> list[Finding]:
    value = fields.values.get("summary")
    if not isinstance(value, str) or len(value) <= MAX_SUMMARY:
        return []
    fields.values["summary"] = shortened(value)
    return [
        warning(
            "summary-shortened",
            fields.places[("summary",)],
            Text(
                f"要約が {len(value)} 文字あります。一覧では {MAX_SUMMARY} 文字に縮めて出します",
                f"the summary has {len(value)} characters; lists show it cut to {MAX_SUMMARY}",
            ),
            Text(f"{MAX_SUMMARY} 文字までに書き直してください", f"rewrite it in at most {MAX_SUMMARY} characters"),
        )
    ]


def shortened(text: str) -> str:
    """At most MAX_SUMMARY characters: whole sentences where that keeps at least half of them, else cut with an ellipsis."""
    head = text[:MAX_SUMMARY]
    end = max(head.rfind(mark) for mark in ("。", "．", "！", "？", ". ", "! ", "? "))
    if end + 1 >= MAX_SUMMARY // 2:
        return head[: end + 1]
    return text[: MAX_SUMMARY - 1].rstrip() + "…"
