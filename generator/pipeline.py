"""The road on one screen: read → pull → measure → protect → compose → render → verify → publish.

`prepare` walks it up to documents, `release` from the rendered folder to the site people read. The step between,
render, belongs to the page engine (`generator.render.mkdocs`), so that `kawaraban build`, `mkdocs build` and
`mkdocs serve` are one road. `publish` is a command of its own: it takes a site that was released.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.compose import compose
from generator.effects import Effects
from generator.errors import Rejected
from generator.measure import measure
from generator.model.figure import ReleasedFigures
from generator.model.finding import Family, Finding, Severity, Text, in_order
from generator.model.site import Site
from generator.model.snapshot import Snapshots, SnapshotStatus
from generator.protect import protect
from generator.publish import leave_stamp
from generator.pull import pull
from generator.read import read
from generator.render.deliver import deliver
from generator.search import read_synonyms
from generator.settings import Settings
from generator.verify import Forbidden, forbidden_texts, verify


@dataclass(frozen=True, slots=True)
class Edition:
    """A newsletter ready to be rendered, and what its readers or operators should know about it."""

    site: Site
    forbidden: Forbidden
    synonyms: tuple[tuple[str, ...], ...]  # for the search
    warnings: tuple[Finding, ...]
    is_partial: bool  # some figure is stale, or shown from an earlier pull: exit code 3


def prepare(settings: Settings, effects: Effects, *, strict: bool = False, offline: bool = False) -> Edition:
    """Everything up to documents. Raises Rejected with every problem found in this run."""
    library, findings = read(settings, effects)
    snapshots, pull_findings = pull(settings, effects, offline=offline)
    measured, measure_findings = measure(settings, effects, snapshots)
    released, protect_findings = protect(measured)
    synonyms, synonym_findings = read_synonyms(settings)
    data_findings = [*pull_findings, *measure_findings, *protect_findings, *synonym_findings]
    if any(finding.is_error for finding in data_findings):
        # Without figures every figure block would look wrong: say what is wrong with the data instead.
        raise Rejected(in_order([*findings, *data_findings]))
    with effects.progress.step(Text("紙面を組み立て", "composing")):
        site, compose_findings = compose(settings, effects, library, released, snapshots.by_source)
    warnings = accept([*findings, *data_findings, *compose_findings], strict=strict)
    forbidden = forbidden_texts(settings, effects, library, snapshots, released.metrics)
    return Edition(site, forbidden, synonyms, warnings, _is_partial(snapshots, released))


def release(
    edition: Edition, settings: Settings, effects: Effects, rendered: Path, site_dir: Path, *, strict: bool = False
) -> tuple[Finding, ...]:
    """Verify the rendered folder and put it where the site is read; on any problem nothing there changes.

    Returns the warnings about the site. Raises Rejected with every finding about it.
    """
    with effects.progress.step(Text("仕上がりを検査", "verifying")):
        warnings = accept(verify(rendered, settings, edition.site, edition.forbidden), strict=strict)
    with effects.progress.step(Text("サイトに反映", "delivering")):
        deliver(rendered, site_dir)
        leave_stamp(settings, site_dir, effects)
    return warnings


def accept(findings: Iterable[Finding], *, strict: bool) -> tuple[Finding, ...]:
    """Let warnings pass; raise Rejected when there is an error. Under `strict` a warning is one.

    Not a warning about data: figures that are old are marked on their pages, and the news goes out (exit code 3).
    """
    ordered = [_as_error(f) if strict and f.family is not Family.DATA else f for f in in_order(findings)]
    if any(finding.is_error for finding in ordered):
        raise Rejected(ordered)
    return tuple(ordered)


def _as_error(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.ERROR)


def _is_partial(snapshots: Snapshots, released: ReleasedFigures) -> bool:
    stale_source = any(s.status is SnapshotStatus.STALE for s in snapshots.by_source.values())
    return stale_source or any(cell.is_stale for cell in released.cells.values())
