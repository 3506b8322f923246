"""The road on one screen: read → pull → measure → protect → compose → render → verify → publish.

`gather` walks it as far as all that goes into a build is known, `prepare` up to the plan of every page. `printed` makes
the pages: each is composed, rendered and verified in one go, in several processes, and only those that a change reaches
(`generator.build`); the page around the content belongs to the page engine (`generator.render.mkdocs`), so that
`kawaraban build`, `mkdocs build` and `mkdocs serve` are one road. `verified` judges the finished site, `release` puts
it where it is read. `publish` is a command of its own: it takes a site that was released.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from generator.build.delivery import Origins, Shipment, put_into
from generator.build.edition import Edition, Engine
from generator.build.embargoes import doubts_of_the_clock
from generator.build.exports import digests_of, keep_digests
from generator.build.figures import FiguresBeside
from generator.build.files import LooseFile
from generator.build.forbidden import forbidden_texts
from generator.build.forgiven import forgiven
from generator.build.gathered import Digests, Gathered
from generator.build.impression import Impression
from generator.build.memory import Grounds
from generator.build.past import Past
from generator.build.run import Take
from generator.cache.file_clock import FileClock
from generator.cache.sight import Sight
from generator.compose import compose, plan
from generator.compose.facts import Facts, of_lists
from generator.effects import Effects
from generator.errors import Rejected
from generator.model.finding import Family, Finding, Place, Severity, Text, in_order
from generator.model.snapshot import Snapshots
from generator.pull import note_judgement, pull
from generator.read import read
from generator.search import read_synonyms
from generator.settings import Settings


def gather(
    settings: Settings,
    effects: Effects,
    past: Past,
    sight: Sight | None = None,
    meanwhile: Callable[[Snapshots], object] = lambda _: None,
    *,
    offline: bool = False,
    asks_outside: bool = True,
    shows_unpublished: bool = False,
) -> Gathered:
    """Read, pull, measure, protect. Raises Rejected with every problem found in this run, if one is an error.

    `meanwhile` is done before figures are waited for that take longer than the pages.
    """
    digests = digests_of(past.store, FileClock.of(past.file.parent))
    with FiguresBeside(settings, effects, past.store) as figures:
        snapshots, pull_findings = pull(
            settings,
            effects,
            offline=offline,
            asks_outside=asks_outside,
            digests=digests,
        )
        keep_digests(past.store, digests)
        counted = figures.begin(snapshots, meanwhile)
        notebook = past.notebook(settings.zone)
        library, findings = read(settings, effects, notebook, sight, shows_unpublished=shows_unpublished)
        notebook.close()
        findings += doubts_of_the_clock(settings, effects, library)
        released, told, figure_findings = counted()
    note_judgement(settings, snapshots, pull_findings, figure_findings)
    synonyms, synonym_findings = read_synonyms(settings)
    data_findings = [*pull_findings, *figure_findings, *synonym_findings]
    if any(finding.is_error for finding in data_findings):
        # Without figures every figure block would look wrong: say what is wrong with the data instead.
        raise Rejected(in_order([*findings, *data_findings]))
    if any(finding.is_error for finding in findings):
        # No page will be made, but what is wrong with them is told in the same run.
        _, compose_findings = compose(settings, effects, library, released, snapshots.by_source)
        raise Rejected(in_order([*findings, *data_findings, *forgiven(compose_findings, settings, library)]))
    return Gathered(
        notebook, library, snapshots, released, told, figures.definitions, synonyms, (*findings, *data_findings)
    )


def prepare(
    settings: Settings,
    effects: Effects,
    past: Past,
    version: str,
    gathered: Gathered,
    digests: Digests,
    *,
    strict: bool = False,
) -> Edition:
    """Plan every page. Raises Rejected.

    `version` names everything that all pages depend on: code, settings, templates. Under another one no page is
    taken from an earlier build.
    """
    library, snapshots, released = gathered.library, gathered.snapshots, gathered.released
    with effects.progress.step(Text("紙面を組み立て", "composing")):
        newspaper = plan(settings, effects, library, released, snapshots.by_source)
    found = forgiven(newspaper.findings(), settings, library)
    warnings = accept([*gathered.findings, *found], strict=strict)
    memory = past.memory(version)
    return Edition(
        settings=settings,
        newspaper=newspaper,
        facts=Facts(newspaper.desk, library.digests, library.known, _facts_that_hold(memory.grounds, digests)),
        outline=digests.outline,
        lists=digests.lists,
        forbidden=forbidden_texts(settings, effects, library, snapshots, released.metrics, past.store),
        synonyms=gathered.synonyms,
        warnings=warnings,
        is_partial=gathered.is_partial,
        notebook=gathered.notebook,
        released=released,
        memory=memory,
        store=past.store,
    )


def _facts_that_hold(before: Grounds, digests: Digests) -> Mapping[str, bytes]:
    """Those of the build before that are the same, whatever else is new."""
    if before.outline == digests.outline:
        return before.facts
    return of_lists(before.facts) if before.lists == digests.lists else {}


def printed(edition: Edition, engine: Engine, effects: Effects, *, strict: bool = False) -> Impression:
    """The pages of an edition. Raises Rejected with everything that is wrong with what stands on them."""
    impression = Impression.of(edition, engine, effects)
    found = forgiven(impression.findings_of_texts(), edition.settings, edition.newspaper.library)
    if any(finding.is_error for finding in found):
        impression.remember()
    impression.warnings = accept(found, strict=strict)
    return impression


def verified(
    impression: Impression, shell: Iterable[LooseFile], effects: Effects, take: Take | None, *, strict: bool = False
) -> tuple[Finding, ...]:
    """Judge the whole site, the theme's files (`shell`) included. Returns the warnings about it.

    `take` is handed the site as soon as all of it but the search is judged, to show it or to bring it near where it is
    read. Raises Rejected with every finding about it, and whatever `take` raises.
    """
    take = take or (lambda _: None)
    with effects.progress.step(Text("仕上がりを検査", "verifying")), impression.search_beside(effects) as search:
        impression.add_files(shell)
        try:
            edition = impression.edition
            found = forgiven(impression.findings(), edition.settings, edition.newspaper.library)
            warnings = accept(found, strict=strict)
        except Rejected:
            impression.add_search(search())
            impression.remember()
            raise
        take(impression)
        return (*warnings, *accept(impression.add_search(search()), strict=strict))


def release(
    shipment: Shipment, impression: Impression, origins: Origins, warnings: Sequence[Finding], effects: Effects
) -> None:
    """Put a verified site where it is read, changing only what differs; when that fails, nothing there changes."""
    with effects.progress.step(Text("サイトに反映", "delivering")):
        put_into(shipment, impression, origins, tuple(warnings), effects)


def accept(findings: Iterable[Finding], *, strict: bool) -> tuple[Finding, ...]:
    """Let warnings pass; raise Rejected when there is an error. Under `strict` a warning that an edit made is one.

    Not a warning about data: figures that are old are marked on their pages, and the news goes out (exit code 3). Nor
    one that may wait: a day that passes must not keep the news of that day in.
    """
    ordered = [_as_error(f) if strict and _comes_of_an_edit(f) else f for f in in_order(findings)]
    if any(finding.is_error for finding in ordered):
        raise Rejected(ordered)
    return tuple(ordered)


def refuse_old(findings: Iterable[Finding], *, is_partial: bool) -> None:
    """Raise Rejected when some figure is not the newest: what `--strict-data` asks for."""
    if not is_partial:
        return
    what = Text(
        "最新ではない数字があり、`--strict-data` が付いています",
        "some figures are not the newest, and `--strict-data` is set",
    )
    remedy = Text(
        "注意に書かれた資料の問題を直すか、`--strict-data` を外してください",
        "solve what the warnings say of the data, or leave `--strict-data` out",
    )
    raise Rejected(in_order([*findings, Finding(Family.DATA, "old-figures", Place("content/data"), what, remedy)]))


def _comes_of_an_edit(finding: Finding) -> bool:
    """Whether a change to the site's own files brought it to what readers get."""
    return finding.family is not Family.DATA and not finding.may_wait


def _as_error(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.ERROR)
