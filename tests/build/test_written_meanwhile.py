"""Definitions and rows that are written while figures are counted: nobody knows which of the two the figures follow."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from generator import pipeline
from generator.build.figures import Figures, FiguresBeside
from generator.build.forbidden import forbidden_texts
from generator.build.past import Past
from generator.cache.store import Store
from generator.effects import Effects
from generator.errors import Rejected
from generator.mkdocs_site import load_site
from generator.model.page import Library
from generator.pull import pull
from generator.settings import Settings
from generator.workers import Workers
from tests.commands import SMALL_DAY


def _effects(settings: Settings, workers: Workers | None = None) -> Effects:
    now = datetime.fromisoformat(SMALL_DAY).replace(tzinfo=settings.zone)
    return Effects(clock=lambda: now, workers=workers or Workers())


def _counted(site: Path, workers: Workers, metrics: str) -> Figures:
    """The figures of a site whose metrics.yml is written, with these words, after the counting has begun."""
    settings = load_site(site / "mkdocs.yml").settings
    effects = _effects(settings, workers)
    snapshots, _ = pull(settings, effects)
    file = settings.data / "metrics.yml"
    with FiguresBeside(settings, effects, Store(settings.private / "cache" / "another.sqlite3")) as figures:
        counted = figures.begin(snapshots, lambda _: file.write_text(metrics, "utf-8"))
        return counted()


def _metrics(site: Path) -> str:
    return (site / "content/data/metrics.yml").read_text("utf-8")


@pytest.mark.parametrize("workers", [Workers(1), Workers(2)], ids=["in one process", "in another process"])
def test_figures_are_refused_whose_definition_was_written_meanwhile(small_site: Path, workers: Workers) -> None:
    with pytest.raises(Rejected) as refused:
        _counted(small_site, workers, _metrics(small_site).replace("messages >= 1", "messages >= 2"))
    assert [(str(f.place), f.code) for f in refused.value.findings] == [
        ("content/data/metrics.yml", "changed-meanwhile")
    ]


def test_so_are_those_whose_definition_is_again_what_it_was(small_site: Path) -> None:
    with pytest.raises(Rejected):
        _counted(small_site, Workers(2), _metrics(small_site))


def test_a_site_is_told_by_the_definitions_that_its_figures_follow(small_site: Path) -> None:
    settings = load_site(small_site / "mkdocs.yml").settings
    effects = _effects(settings)
    gathered = pipeline.gather(settings, effects, Past.below(settings.private / "another"))
    before = gathered.digests(settings, effects)
    (settings.data / "metrics.yml").write_text("metrics: {}\n", "utf-8")
    assert gathered.digests(settings, effects) == before  # so that the next build finds it has others


def test_rows_that_another_pull_replaced_meanwhile_are_one_sentence(small_site: Path) -> None:
    settings = load_site(small_site / "mkdocs.yml").settings
    effects = _effects(settings, Workers(2))
    snapshots, _ = pull(settings, effects)
    folder = snapshots.by_source["usage"].parquet.parent
    shutil.rmtree(folder)
    store = Store(settings.private / "cache" / "another.sqlite3")
    with FiguresBeside(settings, effects, store) as figures, pytest.raises(Rejected) as refused:
        figures.begin(snapshots, lambda _: None)()
    with pytest.raises(Rejected) as again:
        forbidden_texts(settings, effects, Library((), (), ()), snapshots, {}, store)
    for told in (refused, again):
        assert [(str(f.place), f.code) for f in told.value.findings] == [(settings.shown(folder), "changed-meanwhile")]
