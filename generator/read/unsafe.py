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
from generator.markup.targets import is_local_file
from generator.model.finding import Finding, Place, Text
from generator.read.characters import is_removable
from generator.read.places import PlaceOf
from generator.read.references import Reference
from generator.read.reporting import MAX_REPORTED, error, one_line, warning

_REMOVED_TAGS = (
    "script|style|iframe|frame|frameset|object|embed|applet|form|input|button|select|textarea|svg|math|base|meta|link"
    "|template|noscript|video|audio|canvas|portal"
)
_TAG = re.compile(rf"<({_REMOVED_TAGS})\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<([a-z][a-z0-9]*)[^<>]*>", re.IGNORECASE)
_LOOKS = frozenset({"center", "font", "big", "tt", "strike", "marquee", "blink", "nobr", "basefont"})
_LOOK_ATTRIBUTE = re.compile(r"\s(align|valign|bgcolor|color|face)\s*=", re.IGNORECASE)
_ATTRIBUTE_LIST = re.compile(r"\{:?[^{}\n]*\}")
_ATTRIBUTE = re.compile(r"""(?<![\w-])(on[a-z]{2,30}|style)\s*=""", re.IGNORECASE)
_UNSAFE_SCHEME = re.compile(r"(?:javascript|vbscript|data|file):", re.IGNORECASE)
_AUTOLINK = re.compile(r"<((?:javascript|vbscript|data|file):[^<>\s]{0,2000})>", re.IGNORECASE)
_INVISIBLE_IN_URL = re.compile(r"[\x00-\x20]+")
_ENTITY = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}))")


def judge_safety(prose: str, found: list[Reference], place: PlaceOf, *, is_foreign: bool = False) -> list[Finding]:
    """Warnings for what the sanitiser removes; errors for entities of forbidden characters.

    In an article from elsewhere entities that nobody would miss are removed too.
    """
    findings: list[Finding] = []
    if "<" in prose:
        findings += islice((_removed_tag(match, place) for match in _TAG.finditer(prose)), MAX_REPORTED)
        findings += _dropped(prose, place)
        findings += islice(
            (_removed_url(match[1], place(match.start())) for match in _AUTOLINK.finditer(prose)), MAX_REPORTED
        )
    findings += islice(_attributes(prose, place), MAX_REPORTED)
    findings += islice(
        (_removed_url(link.target, place(link.index)) for link in found if is_removed(link.target)), MAX_REPORTED
    )
    findings += islice(_entities(prose, place, is_foreign=is_foreign), MAX_REPORTED)
    return findings


def _dropped(prose: str, place: PlaceOf) -> Iterator[Finding]:
    """Elements and attributes that only say how something looks: the first of each."""
    seen: set[str] = set()
    for tag in _ANY_TAG.finditer(prose):
        name = tag[1].lower()
        drops = [f"<{name}>"] if name in _LOOKS else []
        cell_may = name in ("td", "th") and "align"
        drops += [look for m in _LOOK_ATTRIBUTE.finditer(tag[0]) if (look := m[1].lower()) != cell_may]
        for dropped in drops:
            if dropped not in seen:
                seen.add(dropped)
                yield _dropped_html(dropped, place(tag.start()))


def _attributes(prose: str, place: PlaceOf) -> Iterator[Finding]:
    for pattern, opening in ((_ANY_TAG, "<"), (_ATTRIBUTE_LIST, "{")):
        if opening not in prose:
            continue
        for around in pattern.finditer(prose):
            if "=" in around[0]:
                for match in islice(_ATTRIBUTE.finditer(around[0]), MAX_REPORTED):
                    yield _removed_attribute(match[1].lower(), place(around.start() + match.start()))


def is_removed(target: str) -> bool:
    """Whether a link or picture loses its target."""
    return is_local_file(target) or bool(_UNSAFE_SCHEME.match(_INVISIBLE_IN_URL.sub("", html.unescape(target))))


def _entities(prose: str, place: PlaceOf, *, is_foreign: bool) -> Iterator[Finding]:
    if "&#" not in prose:
        return
    removed: dict[str, Finding] = {}
    for match in _ENTITY.finditer(prose):
        point = int(match[1], 16) if match[1] else int(match[2])
        kind = kind_of(chr(point)) if point <= 0x10FFFF else None
        if kind is not None and is_foreign and is_removable(chr(point)):
            removed.setdefault(kind.en, _removed_entity(match[0], kind, place(match.start())))
        elif kind is not None:
            yield _forbidden_entity(match[0], kind, place(match.start()))
    yield from removed.values()


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


def _removed_url(target: str, place: Place) -> Finding:
    shown = one_line(target)
    return _local_file(shown, place) if is_local_file(target) else _unsafe_url(shown, place)


def _local_file(shown: str, place: Place) -> Finding:
    return warning(
        "link-to-local-file",
        place,
        Text(
            f"`{shown}` はパソコンや共有フォルダーの中のファイルです。"
            "ブラウザーからは開けないため、リンクや画像にはせず、文字だけを出します",
            f"`{shown}` is a file of a computer or a shared folder, which no browser opens: only the words stay",
        ),
        Text(
            "画像、PDF、CSVなら原稿の横に置いて `資料.pdf` のように書き、ほかはSharePointやGoogleドライブでのURLを貼ってください",
            "put a picture, PDF or CSV beside the page and write its name, like `report.pdf`; "
            "of any other file, paste the address that it has in SharePoint or Google Drive",
        ),
    )


def _unsafe_url(shown: str, place: Place) -> Finding:
    return warning(
        "unsafe-link",
        place,
        Text(f"リンク先 `{shown}` は、安全のため取り除かれます", f"the link to `{shown}` will be removed for safety"),
        Text(
            "`https:` のURLか、content の中のファイルを指してください",
            "point at an `https:` address or a file in content",
        ),
    )


def _dropped_html(shown: str, place: Place) -> Finding:
    return warning(
        "dropped-html",
        place,
        Text(
            f"見た目だけを決める HTML の `{shown}` は取り除き、中の文字だけを出します",
            f"`{shown}` only says how something looks: it is removed, and the words stay",
        ),
        Text("なくて困るときは、Markdown で書き直してください", "write it in Markdown if something is lost"),
    )


def _removed_entity(entity: str, kind: Text, place: Place) -> Finding:
    return warning(
        "forbidden-entity",
        place,
        Text(
            f"`{entity};` は{kind.ja}になるため、取り除いて掲載します",
            f"`{entity};` stands for a {kind.en} and is left out",
        ),
        Text("気になるところがなければ、そのままでかまいません", "nothing needs to be done if the page reads well"),
    )


def _forbidden_entity(entity: str, kind: Text, place: Place) -> Finding:
    return error(
        "forbidden-entity",
        place,
        Text(f"`{entity};` は{kind.ja}になります", f"`{entity};` stands for a {kind.en}"),
        Text("この書き方を消してください", "delete it"),
    )
