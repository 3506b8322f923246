"""What will be taken out of a page before readers see it, told to its author beforehand.

The sanitiser, not this scan, keeps readers safe; the scan only says where something will be missing, so it may
overlook what is disguised. One thing it must not overlook: an entity that spells a reserved character, because
the sanitiser would turn it into a forged marker.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from generator.markup.forbidden import kind_of
from generator.model.finding import Finding, Place, Text
from generator.model.page import PageType
from generator.read.places import PlaceOf
from generator.read.references import Reference
from generator.read.reporting import MAX_REPORTED, error, one_line, warning

_REMOVED_TAGS = (
    "script|style|iframe|frame|frameset|object|embed|applet|form|input|button|select|textarea|svg|math|base|meta|link"
    "|template|noscript|video|audio|canvas|portal"
)
_TAG = re.compile(rf"<({_REMOVED_TAGS})\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_ATTRIBUTE_LIST = re.compile(r"\{:?[^{}\n]*\}")
_ATTRIBUTE = re.compile(r"""(?<![\w-])(on[a-z]{2,30}|style)\s*=""", re.IGNORECASE)
_UNSAFE_SCHEME = re.compile(r"(?:javascript|vbscript|data|file):", re.IGNORECASE)
_AUTOLINK = re.compile(r"<((?:javascript|vbscript|data|file):[^<>\s]{0,2000})>", re.IGNORECASE)
_INVISIBLE_IN_URL = re.compile(r"[\x00-\x20]+")
_ENTITY = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}))")


def judge_safety(prose: str, found: list[Reference], place: PlaceOf) -> list[Finding]:
    """Warnings for what the sanitiser removes; errors for entities of forbidden characters."""
    findings: list[Finding] = []
    if "<" in prose:
        findings += islice((_removed_tag(match, place) for match in _TAG.finditer(prose)), MAX_REPORTED)
        findings += islice(
            (_unsafe_url(match[1], place(match.start())) for match in _AUTOLINK.finditer(prose)), MAX_REPORTED
        )
    findings += islice(_attributes(prose, place), MAX_REPORTED)
    findings += islice(
        (_unsafe_url(link.target, place(link.index)) for link in found if _is_unsafe(link.target)), MAX_REPORTED
    )
    findings += islice(_entities(prose, place), MAX_REPORTED)
    return findings


def _attributes(prose: str, place: PlaceOf) -> Iterator[Finding]:
    for pattern, opening in ((_ANY_TAG, "<"), (_ATTRIBUTE_LIST, "{")):
        if opening not in prose:
            continue
        for around in pattern.finditer(prose):
            if "=" in around[0]:
                for match in islice(_ATTRIBUTE.finditer(around[0]), MAX_REPORTED):
                    yield _removed_attribute(match[1].lower(), place(around.start() + match.start()))


def _is_unsafe(target: str) -> bool:
    return bool(_UNSAFE_SCHEME.match(_INVISIBLE_IN_URL.sub("", html.unescape(target))))


def _entities(prose: str, place: PlaceOf) -> Iterator[Finding]:
    if "&#" not in prose:
        return
    for match in _ENTITY.finditer(prose):
        point = int(match[1], 16) if match[1] else int(match[2])
        kind = kind_of(chr(point)) if point <= 0x10FFFF else None
        if kind is not None:
            yield _forbidden_entity(match[0], kind, place(match.start()))


def _removed_tag(match: re.Match[str], place: PlaceOf) -> Finding:
    name = match[1].lower()
    return warning(
        "unsafe-html",
        place(match.start()),
        Text(
            f"HTML の `<{name}>` は、安全のため取り除かれます",
            f"the HTML element `<{name}>` will be removed for safety",
        ),
        Text("Markdown で書き直すか、消してください", "write it in Markdown, or delete it"),
    )


def _removed_attribute(name: str, place: Place) -> Finding:
    return warning(
        "unsafe-html",
        place,
        Text(
            f"HTML の属性 `{name}` は、安全のため取り除かれます",
            f"the HTML attribute `{name}` will be removed for safety",
        ),
        Text("この属性を消してください", "delete this attribute"),
    )


def _unsafe_url(target: str, place: Place) -> Finding:
    shown = one_line(target)
    return warning(
        "unsafe-link",
        place,
        Text(f"リンク先 `{shown}` は、安全のため取り除かれます", f"the link to `{shown}` will be removed for safety"),
        Text(
            "`https:` のアドレスか、content の中のファイルを指してください",
            "point at an `https:` address or a file in content",
        ),
    )


def _forbidden_entity(entity: str, kind: Text, place: Place) -> Finding:
    return error(
        "forbidden-entity",
        place,
        Text(f"`{entity};` は{kind.ja}になります", f"`{entity};` stands for a {kind.en}"),
        Text("この書き方を消してください", "delete it"),
    )


def judge_external_pictures(found: list[Reference], kind: PageType, place_of: PlaceOf) -> list[Finding]:
    """A page loads nothing from elsewhere: an article's picture becomes a link, in our own types it is an error."""
    report = _picture_becomes_link if kind is PageType.ARTICLE else _picture_refused
    external = (r for r in found if r.is_picture and r.is_external and not _is_unsafe(r.target))
    return [report(one_line(r.target), place_of(r.index)) for r in islice(external, MAX_REPORTED)]


_SAVE_PICTURE = Text("画像を保存し、原稿の横に置いてください", "save the picture beside the page")


def _picture_becomes_link(shown: str, place: Place) -> Finding:
    return warning(
        "external-picture",
        place,
        Text(
            f"画像 `{shown}` は外のサイトにあるため、リンクに置き換えます",
            f"the picture `{shown}` lies on another site and becomes a link",
        ),
        _SAVE_PICTURE,
    )


def _picture_refused(shown: str, place: Place) -> Finding:
    return error(
        "external-picture",
        place,
        Text(
            f"画像 `{shown}` は外のサイトにあるため、表示できません",
            f"the picture `{shown}` lies on another site and cannot be shown",
        ),
        _SAVE_PICTURE,
    )
