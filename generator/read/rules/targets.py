"""What pages name must be there: pages, pictures, campaigns."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from generator.markup.targets import first_among
from generator.model.finding import Finding, Place, Severity, Text, nearest
from generator.model.page import FrontMatter, Issue, Withheld, is_foreign
from generator.read.manuscript import Manuscript
from generator.read.references import resolved
from generator.read.reporting import MAX_REPORTED, error, one_line, warning
from generator.read.rules.edition import Edition
from generator.read.rules.nearby import Nearby
from generator.read.withhold import REASON_TEXTS

_JAPANESE_COMMA = r"(?<=\.md)\s*[、，]\s*"  # other names may hold one


class _Pointer(Struct, frozen=True):
    """One place where a page names a file."""

    manuscript: Manuscript
    written: str
    path: str  # what is meant, below content/
    folder: str  # the folder below content/ from which `written` is read
    place: Place


def named_pages_exist(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """`related`, and an issue's `lead` and `items`."""
    front = manuscript.page.front
    named = [(path, manuscript.at("related", index)) for index, path in enumerate(front.related)]
    if isinstance(front, Issue):
        named.append((front.lead, manuscript.at("lead")))
        named += [(path, manuscript.at("items", index)) for index, path in enumerate(front.items)]
    for path, place in named:
        yield from _judge_page(edition, _Pointer(manuscript, path, resolved("", path), "", place))


def campaigns_exist(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """`campaign` on any page."""
    slug = manuscript.page.front.campaign
    if slug is None:
        return
    place = manuscript.at("campaign")
    campaign = edition.campaigns.get(slug)
    if campaign is None and f"campaigns/{slug}.md" in edition.unreadable:
        return
    if campaign is None:
        yield _no_campaign(slug, sorted(edition.campaigns), place)
    else:
        yield from _judge_withheld(edition, _Pointer(manuscript, slug, campaign.source, "", place))


def links_lead_to_no_draft(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """Links to pages that stay in. Those that lead nowhere are judged when all addresses are known."""
    yield from islice(_judge_links(edition, manuscript), MAX_REPORTED)


def _judge_links(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    folder = posixpath.dirname(manuscript.source)
    for reference, meant in zip(manuscript.references, manuscript.meant_files(), strict=True):
        path = first_among(meant, edition.sources)
        if path is not None:
            place = manuscript.place_of(reference.index)
            pointer = _Pointer(manuscript, reference.target, path, folder, place)
            # Articles come from elsewhere with their drafts; among each other such a link becomes words.
            is_mild = manuscript.page.is_foreign and is_foreign(path)
            yield from _judge_withheld(edition, pointer, is_mild=is_mild)


def covers_are_complete(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """`cover` is a file beside the page, and `cover_alt` says what it shows."""
    front = manuscript.page.front
    if front.cover is None:
        return
    folder = posixpath.dirname(manuscript.source)
    path = resolved(manuscript.source, front.cover)
    if path not in edition.files:
        pointer = _Pointer(manuscript, front.cover, path, folder, manuscript.at("cover"))
        yield _no_file(pointer, edition.nearby_files)
    if not (front.cover_alt or "").strip():
        yield _no_alt(manuscript.at("cover"))


def _judge_page(edition: Edition, pointer: _Pointer) -> Iterator[Finding]:
    if pointer.path not in edition.sources:
        yield _no_page(pointer, edition.nearby_pages)
    else:
        yield from _judge_withheld(edition, pointer)


def _judge_withheld(edition: Edition, pointer: _Pointer, *, is_mild: bool = False) -> Iterator[Finding]:
    """A page that stays in cannot be pointed at, except by one that opens no earlier."""
    target, own = edition.withheld.get(pointer.path), edition.withheld.get(pointer.manuscript.source)
    over = _over(edition, pointer)
    if target is None or _opens_with(target, own):
        if over is not None:
            yield over
    elif target.reason == "expired" and over is not None:
        yield over
    else:
        # A page that has had its time must not stop the site on the day it expires.
        is_past = target.reason in ("expired", "archived")
        severity = Severity.WARNING if is_mild or own is not None or is_past else Severity.ERROR
        yield replace(_withheld(pointer, target), severity=severity, may_wait=target.reason == "expired")


def _opens_with(target: Withheld, own: Withheld | None) -> bool:
    """Whether readers get the target when they get the page that points at it."""
    return own is not None and own.until is not None and target.until is not None and target.until <= own.until


def _over(edition: Edition, pointer: _Pointer) -> Finding | None:
    """The warning about a page that is gone before the pointing one is dated.

    It asks for no day but those two: it is there from the edit that brought it, and no night brings it to anybody.
    """
    last = edition.last_days.get(pointer.path)
    if last is None:
        return None
    day = _day_of(pointer.manuscript.page.front)
    if day is None or day <= last:
        return None
    shown = one_line(pointer.written, 80)
    what = Text(
        f"`{shown}` の掲載は {last} までで、このページの日付 {day} より前に終わっています",
        f"`{shown}` is on the site until {last}, and this page is of {day}",
    )
    remedy = Text(
        "リンクを消すか、そのページの `expires_on` を延ばしてください",
        "delete the link, or put off `expires_on` of that page",
    )
    return warning("link-to-withheld", pointer.place, what, remedy)


def _day_of(front: FrontMatter) -> date | None:
    """The day of a page as it stands: the last on which somebody wrote at it, or it comes out."""
    days = (front.date, front.updated, front.publish_at and front.publish_at.date())
    return max((day for day in days if day is not None), default=None)


def _did_you_mean(pointer: _Pointer, existing: Nearby, otherwise: Text) -> Text:
    """Name the file that was probably meant: the same name elsewhere, or a name like it in the same folder."""
    near = existing.meant_by(pointer.path, pointer.manuscript.source)
    if near is None:
        return otherwise
    shown = posixpath.relpath(near, pointer.folder or ".")
    return Text(f"`{shown}` のことではありませんか", f"did you mean `{shown}`?")


def _no_page(pointer: _Pointer, existing: Nearby) -> Finding:
    shown = one_line(pointer.written, 80)
    if re.search(_JAPANESE_COMMA, pointer.written):
        return _one_name_for_several(shown, pointer)
    remedy = Text("リンク先を直すか、リンクを消してください", "correct the link, or delete it")
    return error(
        "broken-link",
        pointer.place,
        Text(f"リンク先のページ `{shown}` がありません", f"there is no page `{shown}`"),
        _did_you_mean(pointer, existing, remedy),
    )


def _one_name_for_several(shown: str, pointer: _Pointer) -> Finding:
    divided = one_line(re.sub(_JAPANESE_COMMA, ", ", pointer.written), 80)
    return error(
        "broken-link",
        pointer.place,
        Text(
            f"`{shown}` は一つのページの名前として読まれます。`、` や `，` は区切りになりません",
            f"`{shown}` is read as the name of one page: `、` and `，` divide nothing",
        ),
        Text(
            f"`{divided}` のように、半角の `,` と半角の空白で区切ってください",
            f"divide them by `,` and a space, as in `{divided}`",
        ),
    )


def _no_file(pointer: _Pointer, existing: Nearby) -> Finding:
    shown = one_line(pointer.written, 80)
    remedy = Text("ファイルを置くか、書いた場所を直してください", "add the file, or correct its path")
    return error(
        "missing-file",
        pointer.place,
        Text(f"ファイル `{shown}` がありません", f"there is no file `{shown}`"),
        _did_you_mean(pointer, existing, remedy),
    )


def _no_campaign(slug: str, known: list[str], place: Place) -> Finding:
    shown = one_line(slug)
    otherwise = Text(
        f"`campaigns/{shown}.md` をつくるか、名前を直してください", f"write `campaigns/{shown}.md`, or correct the name"
    )
    return error(
        "unknown-campaign",
        place,
        Text(f"取り組み `{shown}` のページがありません", f"there is no campaign page `{shown}`"),
        nearest(slug, known, otherwise),
    )


def _withheld(pointer: _Pointer, target: Withheld) -> Finding:
    shown, reason = one_line(pointer.written, 80), REASON_TEXTS[target.reason]
    until = f"（{target.until:%Y-%m-%d %H:%M} に公開）" if target.until else ""
    until_en = f" (due {target.until:%Y-%m-%d %H:%M})" if target.until else ""
    return error(
        "link-to-withheld",
        pointer.place,
        Text(f"`{shown}` は公開されません: {reason.ja}{until}", f"`{shown}` is not on the site: {reason.en}{until_en}"),
        Text("そのページを公開するか、リンクを消してください", "publish that page, or delete the link"),
    )


def _no_alt(place: Place) -> Finding:
    return error(
        "cover-without-alt",
        place,
        Text(
            "表紙の画像 `cover` に説明がありません。見えない読者には何も伝わりません",
            "the `cover` picture has no description: readers who cannot see it learn nothing",
        ),
        Text(
            "`cover_alt` に、何が写っているかを一文で書いてください",
            "say in `cover_alt` what it shows, in one sentence",
        ),
    )
