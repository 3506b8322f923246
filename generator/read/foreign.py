"""Front matter as other tools write it, put into our words: only names and forms change, never a meaning.

`description` means `summary` on every page. The rest is for articles, which may come from Hugo, Jekyll, VitePress,
Zenn or nowhere: comma-separated tags, categories, topics, lists of authors, `lastmod`, `published`, dates with a time
of day, a date in the file name.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any

from generator.declared.marks import Location
from generator.declared.yaml_fields import Fields, Value
from generator.model.finding import Finding, Place, Text
from generator.model.page import MAX_SUMMARY, Article
from generator.read.reporting import error, one_line, warning

FOREIGN_KEYS = frozenset({"description", "authors", "categories", "topics", "lastmod", "published", "emoji"})

_TAG_KEYS = ("tags", "categories", "topics")
_OURS = frozenset({*Article.model_fields, *FOREIGN_KEYS})
_WRITTEN_DATE = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:(?:[Tt ]|  )\d{1,2}:\d{2}[\d:.]*\s*(?:[Zz]|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?)?"
)
_DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})[-_ ]")
_SEPARATORS = re.compile("[,、，]")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_LATIN = re.compile(r"[A-Za-z]")
_JAPANESE = r"[\u3040-\u30ff\u3400-\u9fff]"  # takes 2 ms to compile, and next to no build needs it
_ENOUGH_LETTERS = 200  # fewer may be a title, a command, or an address
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


def adopt_spelling(fields: Fields) -> None:
    """Keys of an article that differ from ours only in capitals (`Title`, `Date`) are ours."""
    for key in [key for key in fields.values if key not in _OURS and key.lower() in _OURS]:
        _rename(fields, key, key.lower())


def adopt_article(fields: Fields, source: str, prose: str = "") -> list[Finding]:
    """Put the front matter of an article from elsewhere into our words; `prose` is its text without code."""
    _rename(fields, "lastmod", "updated")
    _rename(fields, "authors", "author")
    fields.values.pop("emoji", None)
    _adopt_published(fields)
    _take_dates_apart(fields)
    for key in ("date", "updated"):
        _plain_date(fields, key)
    _join_authors(fields)
    _merge_tags(fields)
    findings = [*_adopt_language(fields, prose), *_drop_unfit_slug(fields)]
    named = _DATED_NAME.match(posixpath.basename(source))
    if named and fields.values.get("date") is None:
        fields.values["date"] = named[1]
        fields.places.setdefault(("date",), fields.places[()])
    return [*findings, *_shorten_summary(fields)]


def _rename(fields: Fields, foreign: str, ours: str) -> None:
    """Move a value and its place; where both are written the foreign key stays and is reported as unknown."""
    if foreign not in fields.values or ours in fields.values:
        return
    fields.values[ours] = fields.values.pop(foreign)
    told: tuple[dict[Location, Any], ...] = (fields.places, fields.typed, fields.cut)
    for known in told:
        for location in [location for location in known if location[:1] == (foreign,)]:
            known[(ours, *location[1:])] = known[location]


def _adopt_published(fields: Fields) -> None:
    """`published: false` keeps a page in, whatever else it says; `published: true` says nothing. Other values stay."""
    value = fields.values.get("published")
    if not isinstance(value, bool):
        return
    del fields.values["published"]
    if not value:
        fields.values["draft"] = True
        fields.places[("draft",)] = fields.place_of(("published",))


def _take_dates_apart(fields: Fields) -> None:
    """`date: {created: …, updated: …}`, as Material for MkDocs writes it in blogs."""
    dates = fields.values.get("date")
    if not isinstance(dates, dict):
        return
    fields.values["date"] = fields.typed.get(("date", "created"), "") or None
    if "updated" in dates and "updated" not in fields.values:
        fields.values["updated"] = fields.typed.get(("date", "updated"), "") or None
        fields.places[("updated",)] = fields.place_of(("date", "updated"))


def _plain_date(fields: Fields, key: str) -> None:
    """A date without its time of day, with all its zeros."""
    value = fields.values.get(key)
    if isinstance(value, str) and (match := _WRITTEN_DATE.fullmatch(value.strip())):
        fields.values[key] = f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}"


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
    written = {key: value for key in _TAG_KEYS if (value := fields.values.get(key)) is not None}
    for key in _TAG_KEYS[1:]:
        fields.values.pop(key, None)
    words = [word for key, value in written.items() for word in _words(fields, key, value)]
    if written and all(isinstance(word, str) for word in words):
        fields.values["tags"] = list(dict.fromkeys(words))
        fields.places.setdefault(("tags",), fields.place_of((next(iter(written)),)))


def _words(fields: Fields, key: str, value: Value) -> list[Value]:
    """Tags as text: numbers and dates as they were typed, a comma-separated line taken apart."""
    if isinstance(value, list):
        named = [element.get("name") if isinstance(element, dict) else element for element in value]
        return [fields.typed.get((key, index), element) for index, element in enumerate(named) if element is not None]
    if value is None:
        return []
    line = fields.typed.get((key,), "")
    return [word.strip() for word in _SEPARATORS.split(line) if word.strip()] if line else [value]


def _adopt_language(fields: Fields, prose: str) -> list[Finding]:
    """`en-US` is `en`; a language that Kawaraban does not speak is dropped; a text without Japanese is English."""
    findings = []
    value = fields.values.get("lang")
    if isinstance(value, str) and (match := _LANGUAGE.fullmatch(value)):
        fields.values["lang"] = match[1]
    elif isinstance(value, str) and value not in ("ja", "en"):
        del fields.values["lang"]
        findings.append(_unknown_language(value, fields.place_of(("lang",))))
    if fields.values.get("lang") is None and _is_english(prose):
        fields.values["lang"] = "en"
        fields.places.setdefault(("lang",), fields.places[()])
    return findings


def _is_english(prose: str) -> bool:
    """Whether a text is long enough to judge and has next to no Japanese in it."""
    letters = len(_LATIN.findall(prose))
    return letters >= _ENOUGH_LETTERS and len(re.findall(_JAPANESE, prose)) * 20 < letters


def _unknown_language(language: str, place: Place) -> Finding:
    shown = one_line(language)
    return warning(
        "unknown-language",
        place,
        Text(
            f"`lang` の `{shown}` は扱えないため、書かれていないものとして掲載します",
            f"`lang` is `{shown}`, which Kawaraban does not know: the page is shown as if it said nothing",
        ),
        Text("日本語なら `ja`、英語なら `en` と書いてください", "write `ja` or `en`"),
    )


def _drop_unfit_slug(fields: Fields) -> list[Finding]:
    slug = fields.values.get("slug")
    if not isinstance(slug, str) or _SLUG.fullmatch(slug):
        return []
    del fields.values["slug"]
    shown = one_line(slug)
    return [
        warning(
            "slug-unfit",
            fields.place_of(("slug",)),
            Text(
                f"`slug` の `{shown}` はURLに使えないため、ファイル名を使います",
                f"`slug`, `{shown}`, cannot be part of an address: the file name is used",
            ),
            Text("半角の英数字、`-`、`_` だけで書いてください", "write only letters, digits, `-` and `_`"),
        )
    ]


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
