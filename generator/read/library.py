"""The verb: a folder of Markdown becomes a library, and everything wrong with it becomes a finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from generator.cache.sight import Sight
from generator.effects import Effects
from generator.model.finding import Finding, Place, Text, in_order
from generator.model.page import AssetFile, FileDigests, Library, PageText, Sides
from generator.read.addresses import judge_addresses, judge_ids
from generator.read.assets import judge_assets, released_assets, used_files
from generator.read.file_kinds import PAGE
from generator.read.manuscript import Manuscript
from generator.read.notebook import Note, Notebook, NotedFile, Outcome, Reader, Verdict
from generator.read.rules import EDITION_RULES, PAGE_RULES
from generator.read.rules.departments import department_names
from generator.read.rules.edition import Edition
from generator.read.shared_addresses import give_own_addresses
from generator.read.unpublished import marked_digest, unshown_findings, with_unpublished
from generator.read.walk import FoundFile
from generator.read.withhold import unapproved_warning, withheld
from generator.settings import Settings

_FEW = 500
"""Pages to which the rules are put here; for more it pays to start processes."""
_READING = Text("原稿を読んでいます", "reading the pages")


def read(
    settings: Settings,
    effects: Effects,
    notebook: Notebook,
    sight: Sight | None = None,
    *,
    shows_unpublished: bool = False,
) -> tuple[Library, list[Finding]]:
    """Read all of content/. The library holds only what may leave; the findings say, in order, what is wrong.

    With `shows_unpublished` it also holds the pages that are still to come, marked, and must not be published. When a
    finding is an error the library is incomplete and must not be published. What the notebook knows of a file is not
    found out again; it is left with what is known now. `sight` tells how the folders looked when the build began.
    """
    pages, others, noted, sides, found = _found(settings, notebook, sight, effects)
    findings = [*found, *(finding for note in notebook.notes.values() for finding in note.findings)]
    edition, problems = _edition(noted, pages, others, settings, notebook, effects.clock().astimezone(settings.zone))
    verdicts = _verdicts(edition, notebook, effects)
    findings += [*problems, *(finding for verdict in verdicts.values() for finding in verdict.findings)]
    findings += [finding for rule in EDITION_RULES for finding in rule(edition)]
    findings += _rest_of_what_is_wrong(edition, noted, notebook)
    uses = {source: verdict.uses for source, verdict in verdicts.items()}
    assets, problems = released_assets(edition, others, uses, sides)
    findings += [*problems, *_judge_names(edition, assets, others)]
    if not shows_unpublished:
        return _library(edition, assets, notebook), in_order(_patient(findings, edition, settings))
    # Judged as without them: whoever looks at drafts is told of everything that a build will refuse.
    findings += (finding for note in notebook.notes.values() for finding in note.unsaid)
    shown = with_unpublished(edition)
    findings += unshown_findings(shown, settings)
    assets, _ = released_assets(shown, others, uses, sides)
    return _library(shown, assets, notebook), in_order(_patient(findings, edition, settings))


def _patient(findings: list[Finding], edition: Edition, settings: Settings) -> list[Finding]:
    """The same findings; those about pages that stay in until somebody lets them out may wait as well.

    Not those about a page that the clock lets out: they have to be known before its hour.
    """
    staying = {
        settings.shown(settings.content / source)
        for source, page in edition.withheld.items()
        if not page.comes_by_itself
    }
    return [replace(finding, may_wait=True) if finding.place.path in staying else finding for finding in findings]


class _Found(NamedTuple):
    """The files of content/, and what is wrong with them as files."""

    pages: list[FoundFile]
    others: list[FoundFile]
    noted: list[NotedFile]
    """Of the pages, those that can be read."""
    sides: dict[str, Sides | None]
    """Of the others, by source."""
    findings: list[Finding]


def _found(settings: Settings, notebook: Notebook, sight: Sight | None, effects: Effects) -> _Found:
    """Find all files and read the pages.

    Files that were saved or deleted since the sight was taken are looked at once more, before anybody is told.
    """
    files, findings = notebook.look.again(settings, sight, notebook.sources)
    pages, others = list[FoundFile](), list[FoundFile]()
    for file in files:
        (pages if file.suffix == PAGE else others).append(file)
    noted, problems = _note_all(pages, settings, notebook, effects)
    sides, unfit = judge_assets(others, notebook)
    found = _Found(pages, others, noted, sides, [*findings, *problems, *unfit])
    if sight is not None and any(finding.is_error for finding in found.findings):
        return _found(settings, notebook, None, effects)
    return found


def _note_all(
    pages: list[FoundFile], settings: Settings, notebook: Notebook, effects: Effects
) -> tuple[list[NotedFile], list[Finding]]:
    """Bring the notes up to the files of today."""
    before, notes = notebook.notes, dict[str, Note]()
    new: list[tuple[FoundFile, str]] = []
    for file in pages:
        note = before.get(file.source)
        if note is not None and note.signature == file.signature:
            notes[file.source] = note
        else:
            new.append((file, "" if note is None else note.key))
    findings: list[Finding] = []
    read = effects.workers.map(_read, Reader(settings.zone, notebook.clock), new)
    for (file, _), outcome in zip(new, effects.progress.track(read, _READING, len(new)), strict=True):
        findings += outcome.problems
        if outcome.note is not None:
            notes[file.source] = outcome.note
            if outcome.kept is not None:
                notebook.keep(outcome.note, outcome.kept)
        elif not outcome.problems:
            notes[file.source] = before[file.source]._replace(signature=outcome.signature)
    notebook.notes = notes
    known = ((file, notes.get(file.source)) for file in pages)
    return [NotedFile(file, notebook, note.key) for file, note in known if note is not None], findings


def _read(reader: Reader, new: tuple[FoundFile, str]) -> Outcome:
    """`Reader.read` as `generator.workers` calls it."""
    return reader.read(*new)


def _edition(
    noted: list[NotedFile],
    pages: list[FoundFile],
    others: list[FoundFile],
    settings: Settings,
    notebook: Notebook,
    now: dt.datetime,
) -> tuple[Edition, list[Finding]]:
    notes = [(file, notebook.notes[file.file.source]) for file in noted]
    manuscripts, findings = give_own_addresses(
        file.manuscript(note.page) for file, note in notes if note.page is not None
    )
    staying = {note.withheld.source: note.withheld for _, note in notes if note.withheld is not None}
    last_days: dict[str, dt.date] = {}
    for manuscript in manuscripts:
        front = manuscript.page.front
        if front.expires_on is not None:
            last_days[manuscript.source] = front.expires_on
        reason = withheld(manuscript.source, front, now, settings.options.approval_required)
        if reason is None:
            continue
        staying[manuscript.source] = replace(reason, sentences=manuscript.sentences)
        if reason.reason == "unapproved":
            findings.append(unapproved_warning(front, manuscript.at("approved_on"), now.date()))
    edition = Edition(
        manuscripts=tuple(manuscripts),
        withheld=staying,
        last_days=last_days,
        sources=frozenset(file.source for file in pages),
        files=frozenset(file.source for file in others),
        department_names=department_names(settings),
        today=now.date(),
    )
    return edition, findings


def _verdicts(edition: Edition, notebook: Notebook, effects: Effects) -> dict[str, Verdict]:
    """What the rules say of each page; what they said before holds while page and surroundings are the same."""
    surroundings = edition.surroundings
    known = notebook.verdicts if notebook.surroundings == surroundings else {}
    verdicts: dict[str, Verdict] = {}
    new: list[Manuscript] = []
    for manuscript in edition.manuscripts:
        source, before = manuscript.source, known.get(manuscript.source)
        if before is None or before.key != notebook.notes[source].key or before.url != manuscript.page.url:
            new.append(manuscript)
        else:
            verdicts[source] = before
    judged_now = effects.workers.map(_judged, edition, [manuscript.source for manuscript in new], few=_FEW)
    for manuscript, judged in zip(new, judged_now, strict=True):
        key = notebook.notes[manuscript.source].key
        verdicts[manuscript.source] = Verdict(key, manuscript.page.url, *judged)
    notebook.surroundings, notebook.verdicts = surroundings, verdicts
    return verdicts


def _judged(edition: Edition, source: str) -> tuple[tuple[Finding, ...], frozenset[str]]:
    """What the rules say of a page, and the files it uses."""
    manuscript = edition.by_source[source]
    rules = PAGE_RULES if source in edition.judged_sources else ()
    findings = tuple(finding for rule in rules for finding in rule(edition, manuscript))
    return findings, used_files(manuscript, edition.files)


def _rest_of_what_is_wrong(edition: Edition, noted: list[NotedFile], notebook: Notebook) -> Iterator[Finding]:
    """What the rules would say of pages that are none for a wrong choice: their authors learn all in one run."""
    for file in noted:
        nearly = notebook.notes[file.file.source].nearly
        if nearly is not None:
            manuscript = file.manuscript(nearly)
            yield from (finding for rule in PAGE_RULES for finding in rule(edition, manuscript))


def _judge_names(edition: Edition, assets: tuple[AssetFile, ...], others: list[FoundFile]) -> list[Finding]:
    """Addresses and permanent names, over everything that is or will be on the site."""
    files = {file.source: Place(file.shown) for file in others}
    urls = {manuscript.source: manuscript.page.url for manuscript in edition.judged}
    urls |= {asset.source: asset.url for asset in assets}
    ids = {m.source: name for m in edition.judged if (name := m.page.front.id) is not None}
    return [
        *judge_addresses(urls, lambda source: files.get(source) or edition.by_source[source].place),
        *judge_ids(ids, lambda source: edition.by_source[source].at("id")),
    ]


def _library(edition: Edition, assets: tuple[AssetFile, ...], notebook: Notebook) -> Library:
    return Library(
        pages=tuple(manuscript.page for manuscript in edition.released),
        assets=assets,
        withheld=tuple(edition.withheld[source] for source in sorted(edition.withheld)),
        known=edition.sources | edition.files,
        texts=_Texts({manuscript.source: manuscript for manuscript in edition.released}),
        digests=_digests(edition, notebook),
    )


def _digests(edition: Edition, notebook: Notebook) -> dict[str, FileDigests]:
    """Those of the files, and for pages that carry a mark which their files do not have, others."""
    digests = notebook.digests()
    marked = (manuscript.page for manuscript in edition.released if manuscript.page.stays_in is not None)
    return digests | {page.source: marked_digest(page, digests[page.source]) for page in marked}


class _Texts(Mapping[str, PageText]):
    """What released pages say; looked up page by page, because most builds need few."""

    def __init__(self, manuscripts: Mapping[str, Manuscript]) -> None:
        self._manuscripts = manuscripts

    def __getitem__(self, source: str) -> PageText:
        return self._manuscripts[source].text

    def __iter__(self) -> Iterator[str]:
        return iter(self._manuscripts)

    def __len__(self) -> int:
        return len(self._manuscripts)
