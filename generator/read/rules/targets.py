"""What pages name must be there: pages, pictures, campaigns."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.model.finding import Finding, Place, Severity, Text
from generator.model.page import Issue, Withheld
from generator.read.file_kinds import ALLOWED, PAGE
from generator.read.manuscript import Manuscript
from generator.read.references import resolved
from generator.read.reporting import error, one_line
from generator.read.rules.edition import Edition
from generator.read.withhold import REASON_TEXTS


def named_pages_exist(edition: Edition) -> Iterator[Finding]:
    """`related`, and an issue's `lead` and `items`."""
    for manuscript in edition.judged:
        front = manuscript.page.front
        named = [(path, manuscript.at("related", index)) for index, path in enumerate(front.related)]
        if isinstance(front, Issue):
            named.append((front.lead, manuscript.at("lead")))
            named += [(path, manuscript.at("items", index)) for index, path in enumerate(front.items)]
        for path, place in named:
            yield from _judge_page(edition, manuscript, resolved("", path), path, place)


def campaigns_exist(edition: Edition) -> Iterator[Finding]:
    """`campaign` on any page."""
    for manuscript in edition.judged:
        slug = getattr(manuscript.page.front, "campaign", None)
        if slug is None:
            continue
        campaign = edition.campaigns.get(slug)
        if campaign is None:
            yield _no_campaign(slug, sorted(edition.campaigns), manuscript.at("campaign"))
        else:
            yield from _judge_withheld(edition, manuscript, campaign.source, slug, manuscript.at("campaign"))


def links_lead_somewhere(edition: Edition) -> Iterator[Finding]:
    """Relative links to pages, pictures and downloads in the text. Other links are checked on the built site."""
    for manuscript in edition.judged:
        for reference in manuscript.references:
            path = reference.path_from(manuscript.source)
            if path is None:
                continue
            suffix = PurePosixPath(path).suffix.lower()
            place = manuscript.place_of(reference.index)
            if suffix == PAGE:
                yield from _judge_page(edition, manuscript, path, reference.target, place)
            elif suffix in ALLOWED and path not in edition.files:
                yield _no_file(reference.target, path, edition.files, place)


def covers_are_complete(edition: Edition) -> Iterator[Finding]:
    """`cover` is a file beside the page, and `cover_alt` says what it shows."""
    for manuscript in edition.judged:
        front = manuscript.page.front
        if front.cover is None:
            continue
        path = resolved(manuscript.source, front.cover)
        if path not in edition.files:
            yield _no_file(front.cover, path, edition.files, manuscript.at("cover"))
        if not (front.cover_alt or "").strip():
            yield _no_alt(manuscript.at("cover"))


def _judge_page(edition: Edition, manuscript: Manuscript, source: str, written: str, place: Place) -> Iterator[Finding]:
    if source not in edition.sources:
        yield _no_page(written, source, edition.sources, place)
    else:
        yield from _judge_withheld(edition, manuscript, source, written, place)


def _judge_withheld(
    edition: Edition, manuscript: Manuscript, source: str, written: str, place: Place
) -> Iterator[Finding]:
    """A page that stays in cannot be pointed at, except by one that opens no earlier."""
    target, own = edition.withheld.get(source), edition.withheld.get(manuscript.source)
    if target is None:
        return
    if own is not None and own.until is not None and target.until is not None and target.until <= own.until:
        return
    # A page that has had its time must not stop the site on the day it expires.
    is_past = target.reason in ("expired", "archived")
    yield _withheld(written, target, place, Severity.WARNING if own is not None or is_past else Severity.ERROR)


def _nearest(path: str, existing: frozenset[str]) -> str | None:
    """The name that was probably meant: the same name elsewhere, or one like it in the same folder."""
    name, folder = PurePosixPath(path).name.casefold(), PurePosixPath(path).parent
    same_name = sorted(other for other in existing if PurePosixPath(other).name.casefold() == name)
    if same_name:
        return same_name[0]
    siblings = sorted(other for other in existing if PurePosixPath(other).parent == folder)[:500]
    return next(iter(difflib.get_close_matches(path, siblings, n=1, cutoff=0.7)), None)


def _did_you_mean(near: str | None, otherwise: Text) -> Text:
    return otherwise if near is None else Text(f"`{near}` のことではありませんか", f"did you mean `{near}`?")


def _no_page(written: str, source: str, existing: frozenset[str], place: Place) -> Finding:
    shown = one_line(written, 80)
    return error(
        "broken-link",
        place,
        Text(f"リンク先のページ `{shown}` がありません", f"there is no page `{shown}`"),
        _did_you_mean(
            _nearest(source, existing),
            Text("リンク先を直すか、リンクを消してください", "correct the link, or delete it"),
        ),
    )


def _no_file(written: str, path: str, existing: frozenset[str], place: Place) -> Finding:
    shown = one_line(written, 80)
    return error(
        "missing-file",
        place,
        Text(f"ファイル `{shown}` がありません", f"there is no file `{shown}`"),
        _did_you_mean(
            _nearest(path, existing),
            Text("ファイルを置くか、書いた場所を直してください", "add the file, or correct its path"),
        ),
    )


def _no_campaign(slug: str, known: list[str], place: Place) -> Finding:
    near = next(iter(difflib.get_close_matches(slug, known, n=1, cutoff=0.6)), None)
    shown = one_line(slug)
    return error(
        "unknown-campaign",
        place,
        Text(f"取り組み `{shown}` のページがありません", f"there is no campaign page `{shown}`"),
        _did_you_mean(
            near,
            Text(
                f"`campaigns/{shown}.md` をつくるか、名前を直してください",
                f"write `campaigns/{shown}.md`, or correct the name",
            ),
        ),
    )


def _withheld(written: str, target: Withheld, place: Place, severity: Severity) -> Finding:
    shown, reason = one_line(written, 80), REASON_TEXTS[target.reason]
    until = f"（{target.until:%Y-%m-%d %H:%M} に公開）" if target.until else ""
    until_en = f" until {target.until:%Y-%m-%d %H:%M}" if target.until else ""
    finding = error(
        "link-to-withheld",
        place,
        Text(f"`{shown}` は公開されません: {reason.ja}{until}", f"`{shown}` is not on the site: {reason.en}{until_en}"),
        Text("そのページを公開するか、リンクを消してください", "publish that page, or delete the link"),
    )
    return Finding(finding.family, finding.code, place, finding.what, finding.remedy, severity)


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
