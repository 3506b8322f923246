"""The doctor says what is wrong with a machine or a site, and never falls ill itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from generator.doctor import Check, examine, folders, machine
from generator.effects import Effects
from generator.scaffold import create_site

NOW = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
AT_NOW = Effects(clock=lambda: NOW, environ={})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site whose files were written an hour before `NOW`."""
    folder = tmp_path / "tayori"
    stamp = (NOW - timedelta(hours=1)).timestamp()
    for path in create_site(folder, title="たより", today=NOW.date()):
        os.utime(path, (stamp, stamp))
    return folder


def ills(checks: list[Check]) -> Iterator[tuple[str, str]]:
    return ((check.name.en, check.detail.en) for check in checks if not check.ok)


def test_a_new_site_on_a_good_machine_is_well(site: Path) -> None:
    assert list(ills(examine(site / "mkdocs.yml", AT_NOW, encoding="utf-8"))) == []


def test_what_is_left_of_the_sample_company_is_named_and_makes_nobody_ill(site: Path) -> None:
    mission = site / "content/about/mvv.md"
    mission.write_text(mission.read_text("utf-8").replace("mission:", "mission: 速く。"), encoding="utf-8")
    samples = next(check for check in examine(site / "mkdocs.yml", AT_NOW) if check.name.en == "sample pages")
    assert (samples.ok, samples.may_stay) == (True, True)
    assert "`content/articles/welcome.md`" in samples.detail.en
    assert "mvv.md" not in samples.detail.en


def test_looking_leaves_nothing_behind(site: Path) -> None:
    before = sorted(site.rglob("*"))
    examine(site / "mkdocs.yml", AT_NOW, encoding="utf-8")
    assert sorted(site.rglob("*")) == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "there is no such file"),
        ("site_name: [", "it is not YAML in UTF-8 (line 1)"),
        ("- a list", "it holds no settings"),
        ("site_name: x\n", "`kawaraban` is not among the plugins"),
        ("docs_dir: pages\nplugins: [search, kawaraban]\n", "the folder of pages, `pages`, is not there"),
        (
            "docs_dir: .\nplugins:\n  kawaraban: {companie: x}\n",
            "`plugins`: `kawaraban`: `companie`: there is no such key",
        ),
    ],
)
def test_it_says_what_keeps_the_configuration_from_being_used(tmp_path: Path, text: str | None, says: str) -> None:
    if text is not None:
        (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    assert ("configuration", f"mkdocs.yml: {says}") in ills(examine(tmp_path / "mkdocs.yml", AT_NOW, encoding="utf-8"))


def test_tags_of_mkdocs_and_its_extensions_are_read_past(site: Path) -> None:
    config = site / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "extra: {a: !ENV [B, c], d: !!python/name:os.sep ''}\n", "utf-8")
    os.utime(config, (NOW.timestamp(), NOW.timestamp()))
    assert list(ills(examine(config, AT_NOW, encoding="utf-8"))) == []


def test_a_folder_that_does_not_exist_is_one_problem_and_not_five(tmp_path: Path) -> None:
    checks = examine(tmp_path / "nowhere" / "mkdocs.yml", AT_NOW, encoding="utf-8")
    assert [name for name, _ in ills(checks)] == ["configuration"]


@pytest.mark.parametrize(("private_dir", "inside"), [("content/.private", "docs_dir"), ("site", "site_dir")])
def test_a_private_folder_inside_the_site_is_an_ill(site: Path, private_dir: str, inside: str) -> None:
    config = site / "mkdocs.yml"
    text = config.read_text("utf-8").replace("  - kawaraban:\n", f"  - kawaraban:\n      private_dir: {private_dir}\n")
    config.write_text(text, "utf-8")
    os.utime(config, (NOW.timestamp(), NOW.timestamp()))
    expected = [("private folder", f"`{private_dir}` lies inside `{inside}`")]
    assert list(ills(examine(config, AT_NOW, encoding="utf-8"))) == expected


def test_a_private_folder_that_git_would_take_is_an_ill(site: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(site)], check=True)  # noqa: S607 (git, in a folder of ours)
    assert list(ills(examine(site / "mkdocs.yml", AT_NOW, encoding="utf-8"))) == []
    (site / ".gitignore").unlink()
    expected = [("private folder", "git would take `.kawaraban` in")]
    assert list(ills(examine(site / "mkdocs.yml", AT_NOW, encoding="utf-8"))) == expected


def test_a_clock_behind_the_newest_page_is_an_ill(site: Path) -> None:
    later = (NOW + timedelta(days=1)).timestamp()
    os.utime(site / "content" / "about" / "mvv.md", (later, later))
    (ill,) = ills(examine(site / "mkdocs.yml", AT_NOW, encoding="utf-8"))
    assert ill == ("clock", "it says 2026-11-20 09:00+09:00, yet something was written at 2026-11-21 09:00+09:00")


def test_a_clock_behind_the_newest_commit_is_an_ill(site: Path) -> None:
    later = {"GIT_COMMITTER_DATE": (NOW + timedelta(days=1)).isoformat()}
    names = ("-c", "user.name=t", "-c", "user.email=t@example.com")
    for arguments in (("init", "--quiet"), (*names, "commit", "--quiet", "--allow-empty", "--message", "x")):
        command = ["git", "-C", str(site), *arguments]
        subprocess.run(command, check=True, env={**os.environ, **later})
    assert [name for name, _ in ills(examine(site / "mkdocs.yml", AT_NOW, encoding="utf-8"))] == ["clock"]


def test_clocks_may_differ_by_minutes(site: Path) -> None:
    later = (NOW + timedelta(minutes=9)).timestamp()
    os.utime(site / "mkdocs.yml", (later, later))
    assert list(ills(examine(site / "mkdocs.yml", AT_NOW, encoding="utf-8"))) == []


def test_a_moment_fixed_by_the_environment_is_no_wrong_clock(site: Path) -> None:
    fixed = Effects(clock=lambda: NOW - timedelta(days=400), environ={"SOURCE_DATE_EPOCH": "1"})
    assert list(ills(examine(site / "mkdocs.yml", fixed, encoding="utf-8"))) == []


@pytest.mark.parametrize("written", ["abc", "-1", "1.5"])
def test_a_source_date_epoch_that_is_no_number_is_said(
    written: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", written)
    (ill,) = ills(examine(site / "mkdocs.yml", Effects(environ={}), encoding="utf-8"))
    assert ill == ("clock", "`SOURCE_DATE_EPOCH` is not a number of seconds")


@pytest.mark.parametrize(("encoding", "fit"), [("utf-8", True), ("ascii", False), ("cp1252", False), ("none", False)])
def test_a_terminal_must_show_japanese(encoding: str, fit: bool) -> None:
    assert machine.terminal(encoding).ok is fit


def test_python_is_judged_by_what_the_package_declares() -> None:
    assert machine.python((3, 11, 5)).ok
    assert machine.python((3, 14, 0)).ok
    assert not machine.python((3, 11, 4)).ok
    declared = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    assert f'requires-python = ">={".".join(map(str, machine.OLDEST_PYTHON))}"' in declared


def test_the_theme_is_well_until_its_last_day() -> None:
    assert machine.material(date(2027, 5, 5)).ok
    assert not machine.material(date(2027, 5, 6)).ok


def test_an_unknown_time_zone_is_an_ill() -> None:
    assert not machine.time_zone("Asia/Edo").ok


def test_too_little_room_is_an_ill(tmp_path: Path) -> None:
    assert folders.disk(tmp_path, room=1).ok
    assert not folders.disk(tmp_path, room=2**80).ok
