"""Pictures of a text: they lie beside it, and say in words what they show.

An article may come from elsewhere as it is: there both are warnings, and a picture of another site becomes a link.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from generator.markup.targets import is_elsewhere
from generator.model.finding import Finding, Place, Severity, Text
from generator.read.places import PlaceOf
from generator.read.references import Reference
from generator.read.reporting import MAX_REPORTED, error, one_line, warning
from generator.read.unsafe import is_removed

_SAVE_PICTURE = Text("画像を保存し、原稿の横に置いてください", "save the picture beside the page")


def judge_pictures(found: list[Reference], place_of: PlaceOf, *, is_foreign: bool) -> list[Finding]:
    """Findings about the pictures of a page."""
    pictures = [reference for reference in found if reference.is_picture and not is_removed(reference.target)]
    findings = [*islice(_external(pictures, place_of, is_foreign=is_foreign), MAX_REPORTED)]
    silent = [picture for picture in pictures if not picture.has_words and not is_elsewhere(picture.target)]
    wordless = [_without_words(one_line(p.target), place_of(p.index)) for p in silent[:MAX_REPORTED]]
    if is_foreign:
        wordless = [replace(finding, severity=Severity.WARNING) for finding in wordless]
    return findings + wordless


def _external(pictures: list[Reference], place_of: PlaceOf, *, is_foreign: bool) -> Iterator[Finding]:
    report = _becomes_link if is_foreign else _refused
    return (report(one_line(p.target), place_of(p.index)) for p in pictures if is_elsewhere(p.target))


def _becomes_link(shown: str, place: Place) -> Finding:
    return warning(
        "external-picture",
        place,
        Text(
            f"画像 `{shown}` は外のサイトにあるため表示せず、その説明の文字だけのリンクにします",
            f"the picture `{shown}` lies on another site: it is not shown, and its words become a link",
        ),
        _SAVE_PICTURE,
    )


def _refused(shown: str, place: Place) -> Finding:
    return error(
        "external-picture",
        place,
        Text(
            f"画像 `{shown}` は外のサイトにあるため、表示できません",
            f"the picture `{shown}` lies on another site and cannot be shown",
        ),
        _SAVE_PICTURE,
    )


def _without_words(shown: str, place: Place) -> Finding:
    return error(
        "picture-without-alt",
        place,
        Text(
            f"画像 `{shown}` に説明（代替テキスト）がありません。画面を見られない読者に伝わりません",
            f"the picture `{shown}` has no alternative text: a reader who cannot see it learns nothing",
        ),
        Text("`![何が写っているか](画像)` のように説明を書いてください", "write it as in `![what it shows](picture)`"),
    )
