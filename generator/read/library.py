"""The verb: a folder of Markdown becomes a library, and everything wrong with it becomes a finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from generator.effects import Effects
from generator.model.finding import Finding, Text, in_order
from generator.model.page import AssetFile, Library, Withheld
from generator.read.addresses import judge_addresses, judge_ids
from generator.read.assets import judge_assets, released_assets
from generator.read.file_kinds import PAGE
from generator.read.manuscript import Manuscript, read_manuscript
from generator.read.rules import RULES
from generator.read.rules.departments import department_ids
from generator.read.rules.edition import Edition
from generator.read.shared_addresses import give_own_addresses
from generator.read.walk import FoundFile, walk
from generator.read.withhold import unapproved_warning, withheld
from generator.settings import Settings

_READING = Text("原稿を読んでいます", "reading the pages")


def read(settings: Settings, effects: Effects) -> tuple[Library, list[Finding]]:
    """Read all of content/. The library holds only what may leave; the findings say, in order, what is wrong.

    When a finding is an error the library is incomplete and must not be published.
    """
    files, findings = walk(settings)
    pages = [file for file in files if file.suffix == PAGE]
    others = [file for file in files if file.suffix != PAGE]
    read_pages, problems = _read_all(pages, settings, effects)
    findings += [*problems, *judge_assets(others)]
    edition, problems = _edition(read_pages, pages, others, settings, effects.clock().astimezone(settings.zone))
    findings += problems
    findings += [finding for rule in RULES for finding in rule(edition)]
    assets, problems = released_assets(edition, others)
    findings += [*problems, *_judge_names(edition, assets, others)]
    return _library(edition, assets), in_order(findings)


def _read_all(
    pages: list[FoundFile], settings: Settings, effects: Effects
) -> tuple[list[Manuscript | Withheld], list[Finding]]:
    read_pages: list[Manuscript | Withheld] = []
    findings: list[Finding] = []
    for file in effects.progress.track(pages, _READING, len(pages)):
        page, found = read_manuscript(file, settings.zone)
        findings += found
        if page is not None:
            read_pages.append(page)
    return read_pages, findings


def _edition(
    read_pages: list[Manuscript | Withheld],
    pages: list[FoundFile],
    others: list[FoundFile],
    settings: Settings,
    now: dt.datetime,
) -> tuple[Edition, list[Finding]]:
    manuscripts, findings = give_own_addresses(page for page in read_pages if isinstance(page, Manuscript))
    staying = {page.source: page for page in read_pages if isinstance(page, Withheld)}
    for manuscript in manuscripts:
        front = manuscript.page.front
        reason = withheld(manuscript.source, front, now, settings.options.approval_required)
        if reason is None:
            continue
        staying[manuscript.source] = replace(reason, sentences=manuscript.sentences)
        if reason.reason == "unapproved":
            findings.append(unapproved_warning(front, manuscript.at("approved_on"), now.date()))
    edition = Edition(
        manuscripts=tuple(manuscripts),
        withheld=staying,
        sources=frozenset(file.source for file in pages),
        files=frozenset(file.source for file in others),
        department_ids=department_ids(settings),
        today=now.date(),
    )
    return edition, findings


def _judge_names(edition: Edition, assets: tuple[AssetFile, ...], others: list[FoundFile]) -> list[Finding]:
    """Addresses and permanent names, over everything that is or will be on the site."""
    judged = {manuscript.source: manuscript for manuscript in edition.judged}
    shown = {source: manuscript.shown for source, manuscript in judged.items()}
    shown |= {file.source: file.shown for file in others}
    urls = {source: manuscript.page.url for source, manuscript in judged.items()}
    ids = {source: manuscript.page.front.id for source, manuscript in judged.items()}
    return [
        *judge_addresses(urls | {asset.source: asset.url for asset in assets}, shown),
        *judge_ids(
            {source: name for source, name in ids.items() if name is not None},
            {source: manuscript.at("id") for source, manuscript in judged.items()},
        ),
    ]


def _library(edition: Edition, assets: tuple[AssetFile, ...]) -> Library:
    return Library(
        pages=tuple(manuscript.page for manuscript in edition.released),
        assets=assets,
        withheld=tuple(edition.withheld[source] for source in sorted(edition.withheld)),
        known=edition.sources | edition.files,
        texts={manuscript.source: manuscript.text for manuscript in edition.released},
    )
