"""Exports that look as they did are not read to be known again; whatever could have changed is."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from generator.cache.file_clock import FileClock, signature_of
from generator.pull.digests import Digests
from generator.pull.files import find
from generator.pull.problems import Problems
from generator.settings import Options, Settings

SHOWN = "content/data/exports/a.csv"
LATER = FileClock(10**19)
"""Long after any file of today was written."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = Settings(root=tmp_path, content=tmp_path / "content", site_name="瓦版", options=Options())
    (found.data / "exports").mkdir(parents=True)
    (found.data / "exports" / "a.csv").write_bytes(b"one")
    return found


def digest(settings: Settings, digests: Digests) -> str:
    problems = Problems("sources.yml")
    (file,) = find(settings, "exports/*.csv", problems, digests)
    assert not problems.findings()
    return file.sha256


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_that_looks_as_before_is_not_read(settings: Settings) -> None:
    signature = signature_of((settings.root / SHOWN).stat())
    digests = Digests({SHOWN: (signature, "known")}, LATER)
    assert digest(settings, digests) == "known"
    assert digests.now == digests.before


@pytest.mark.parametrize("content", [b"two", b"longer"])
def test_a_file_that_was_written_again_is_read(settings: Settings, content: bytes) -> None:
    path = settings.root / SHOWN
    before = path.stat()
    digests = Digests({SHOWN: (signature_of(before), "known")}, LATER)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    os.utime(fresh, ns=(before.st_atime_ns, before.st_mtime_ns))
    fresh.replace(path)
    assert digest(settings, digests) == sha256(content)
    assert digests.now == {SHOWN: (signature_of(path.stat()), sha256(content))}


def test_a_file_that_may_still_change_and_look_the_same_is_not_kept(settings: Settings) -> None:
    digests = Digests({}, FileClock((settings.root / SHOWN).stat().st_mtime_ns + 1))
    assert digest(settings, digests) == sha256(b"one")
    assert not digests.now


def test_without_a_clock_nothing_is_kept(settings: Settings) -> None:
    digests = Digests()
    assert digest(settings, digests) == sha256(b"one")
    assert not digests.now


def test_a_link_in_the_place_of_a_known_file_is_judged_all_the_same(settings: Settings, tmp_path: Path) -> None:
    path, outside = settings.root / SHOWN, tmp_path / "outside.csv"
    path.rename(outside)
    path.symlink_to(outside)
    problems = Problems("sources.yml")
    digests = Digests({SHOWN: (signature_of(path.stat()), "known")}, LATER)
    assert find(settings, "exports/*.csv", problems, digests) == []
    assert [finding.code for finding in problems.findings()] == ["path-outside"]
