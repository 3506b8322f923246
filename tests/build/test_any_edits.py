"""After whatever sequence of edits, the site is what a clean build makes, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.build.edits import EDITS, Desk, Edit
from tests.commands import Done, build_here, differing, tree_of


def built_clean(desk: Desk, folder: Path) -> tuple[Done, dict[str, str]]:
    """The same site, built where no build was before."""
    for name in ("mkdocs.yml", "content", "theme_overrides"):
        source = desk.site / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.exists():
            shutil.copy(source, folder / name)
    done = build_here(folder, now=desk.now.isoformat())
    return done, tree_of(folder / "site")


def is_as_a_clean_build_makes_it(desk: Desk, done: Done) -> None:
    with TemporaryDirectory() as folder:
        clean, tree = built_clean(desk, Path(folder))
    assert (done.code, done.err) == (clean.code, clean.err)  # findings; stdout tells how many pages were made
    if done.code in (0, 3):
        assert differing(tree_of(desk.site / "site"), tree) == []


# Without shrinking: a sequence of six edits is read quickly, and making it shorter takes minutes.
@settings(max_examples=14, phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(EDITS), min_size=1, max_size=6), st.integers(0, 10**6))
def test_a_build_after_edits_equals_a_clean_one(built_small_site: Path, edits: list[Edit], seed: int) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(shutil.copytree(built_small_site, Path(folder) / "tayori")), seed)
        for edit in edits:
            edit(desk)
            done = build_here(desk.site, now=desk.now.isoformat())
        is_as_a_clean_build_makes_it(desk, done)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_a_build_after_one_kind_of_edit_equals_a_clean_one(edit: Edit, small_site: Path) -> None:
    desk = Desk(small_site, seed=7)
    edit(desk)
    edit(desk)
    is_as_a_clean_build_makes_it(desk, build_here(desk.site, now=desk.now.isoformat()))
