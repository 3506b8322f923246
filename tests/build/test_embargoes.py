"""A clock that is behind what has happened already opens no embargo and takes no page away."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build.embargoes import doubts_of_the_clock
from generator.build.glance import glance
from generator.build.run import Run
from generator.cache.store import Store
from generator.effects import Effects
from generator.errors import ExitCode, Rejected
from generator.mkdocs_site import build_site, load_site
from generator.model.finding import Finding
from generator.model.ledger import Told
from generator.publish import leave_stamp
from generator.read import Notebook, read
from generator.settings import Settings
from generator.workers import Workers
from tests.commands import tree_of
from tests.examples import few
from tests.read.content import lay_out, settings_of

NOW = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def clock_at(now: datetime) -> Effects:
    return Effects(clock=lambda: now, environ={})


def article(due: datetime) -> str:
    return page(publish_at=due.isoformat())


def page(**front: str) -> str:
    return "---\ntitle: 題\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + "---\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a page that comes out in an hour."""
    return lay_out(tmp_path, {"articles/soon.md": article(NOW + HOUR)})


def commit(folder: Path, when: datetime) -> None:
    names = ("-c", "user.name=t", "-c", "user.email=t@example.com")
    for arguments in (("init", "--quiet"), (*names, "commit", "--quiet", "--allow-empty", "--message", "x")):
        command = ["git", "-C", str(folder), *arguments]
        subprocess.run(command, check=True, env={**os.environ, "GIT_COMMITTER_DATE": when.isoformat()})


def built(folder: Path, effects: Effects) -> None:
    leave_stamp(settings_of(folder), folder / "site", {}, Told(), effects)


def out(settings: Settings, effects: Effects) -> tuple[list[str], list[Finding]]:
    """Which pages are on the site, and what is doubted."""
    library, wrong = read(settings, effects, Notebook(Store(settings.root / ".cache.sqlite3"), settings.zone))
    assert not any(finding.is_error for finding in wrong)
    return [page.source for page in library.pages], doubts_of_the_clock(settings, effects, library)


def doubts(folder: Path, effects: Effects | None = None) -> list[Finding]:
    return out(settings_of(folder), effects or clock_at(NOW))[1]


def test_a_page_that_a_clock_behind_the_newest_commit_decides_on_stops_the_build(site: Path) -> None:
    commit(site, NOW + 2 * HOUR)
    (finding,) = doubts(site)
    assert finding.is_error
    assert (finding.name, str(finding.place)) == ("settings/clock-behind", "content/articles/soon.md")
    assert finding.what.en == (
        "the clock says 2026-11-20 09:00+09:00, yet the newest commit is of 2026-11-20 11:00+09:00: "
        "whether this page, which comes at 2026-11-20 10:00+09:00, may be shown cannot be told"
    )
    assert finding.what.ja == (
        "時計（2026-11-20 09:00+09:00）が最新のコミット（2026-11-20 11:00+09:00）より前で、"
        "2026-11-20 10:00+09:00 公開のこのページを出してよいか決められません"
    )
    assert all("`--now`" in text and "`SOURCE_DATE_EPOCH`" in text for text in (finding.remedy.ja, finding.remedy.en))


@pytest.mark.parametrize("behind", [timedelta(minutes=30), timedelta(days=3)])
def test_a_page_that_expired_does_not_come_back_by_a_clock_that_is_behind(site: Path, behind: timedelta) -> None:
    lay_out(site, {"articles/soon.md": page(expires_on="2026-11-19")})
    midnight = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)  # of the site's zone
    built(site, clock_at(midnight))
    shown, (finding,) = out(settings_of(site), clock_at(midnight - behind))
    assert shown == ["articles/soon.md"]
    assert finding.is_error
    assert finding.what.en.endswith(
        "whether this page, which goes after 2026-11-19 23:59+09:00, may be shown cannot be told"
    )
    assert "2026-11-19 23:59+09:00 まで掲載のこのページ" in finding.what.ja


def test_a_page_that_is_approved_by_one_clock_only_stops_the_build(site: Path) -> None:
    lay_out(site, {"articles/soon.md": page(approved_by="長", approved_on="2026-11-20")})
    settings = settings_of(site, approval_required=["article"])
    midnight = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
    built(site, clock_at(midnight))
    shown, (finding,) = out(settings, clock_at(midnight - HOUR))
    assert shown == []
    assert finding.is_error


def test_a_page_that_nobody_has_approved_waits_for_no_clock(site: Path) -> None:
    lay_out(site, {"articles/soon.md": page(publish_at=(NOW + HOUR).isoformat())})
    built(site, clock_at(NOW + 2 * HOUR))
    (finding,) = out(settings_of(site, approval_required=["article"]), clock_at(NOW))[1]
    assert not finding.is_error


def test_a_page_that_a_clock_behind_the_last_build_decides_on_stops_the_build(site: Path) -> None:
    built(site, clock_at(NOW + 2 * HOUR))
    (finding,) = doubts(site)
    assert finding.is_error
    assert "yet the last build was at 2026-11-20 11:00+09:00" in finding.what.en


def test_several_pages_are_told_in_one_sentence_at_the_first(site: Path) -> None:
    lay_out(site, {f"articles/{n}.md": article(NOW + HOUR + n * timedelta(minutes=1)) for n in range(1, 4)})
    built(site, clock_at(NOW + 2 * HOUR))
    (finding,) = doubts(site)
    assert finding.place.path == "content/articles/soon.md"
    assert finding.what.en.endswith("cannot be told (and 3 more)")
    assert finding.what.ja.endswith("（ほかに3ページ）")


@pytest.mark.parametrize("ago", [timedelta(0), HOUR, timedelta(days=97)])
def test_a_page_that_is_out_by_either_clock_comes_out_though_the_clock_is_behind(site: Path, ago: timedelta) -> None:
    lay_out(site, {"articles/soon.md": article(NOW - ago), "articles/later.md": article(NOW + HOUR)})
    commit(site, NOW + timedelta(minutes=11))
    built(site, clock_at(NOW - timedelta(days=98)))
    shown, (finding,) = out(settings_of(site), clock_at(NOW))
    assert shown == ["articles/soon.md"]
    assert not finding.is_error


def test_a_clock_behind_the_last_build_on_which_no_page_depends_is_a_warning(site: Path) -> None:
    lay_out(site, {"articles/soon.md": article(NOW + 9 * HOUR)})
    built(site, clock_at(NOW + HOUR))
    (finding,) = doubts(site)
    assert not finding.is_error
    assert (finding.name, str(finding.place)) == ("settings/clock-behind", "clock")


def test_a_clock_behind_on_which_no_page_depends_stops_no_strict_build(small_site: Path) -> None:
    built(small_site, clock_at(NOW + HOUR))
    before = tree_of(small_site / "site")
    warnings = build(small_site, clock_at(NOW), strict=True)
    assert [(finding.name, finding.is_error) for finding in warnings] == [("settings/clock-behind", False)]
    assert tree_of(small_site / "site").keys() == before.keys()


def test_clocks_may_differ_by_ten_minutes(site: Path) -> None:
    lay_out(site, {"articles/soon.md": article(NOW + timedelta(minutes=5))})
    commit(site, NOW + timedelta(minutes=10))
    assert doubts(site) == []
    commit(site, NOW + timedelta(minutes=10, seconds=1))
    assert [finding.is_error for finding in doubts(site)] == [True]


def test_a_moment_that_somebody_names_is_not_doubted(site: Path) -> None:
    commit(site, NOW + 2 * HOUR)
    built(site, clock_at(NOW + 2 * HOUR))
    assert doubts(site, Effects.at(NOW, Workers())) == []
    assert doubts(site, Effects(clock=lambda: NOW, environ={"SOURCE_DATE_EPOCH": "1"})) == []


def test_a_build_at_a_named_moment_says_nothing_of_the_clock(site: Path) -> None:
    built(site, Effects.at(NOW + 2 * HOUR, Workers()))
    assert doubts(site) == []


def test_a_rested_site_whose_last_commit_is_old_is_well(site: Path) -> None:
    commit(site, NOW - timedelta(days=400))
    built(site, clock_at(NOW - timedelta(days=400)))
    assert doubts(site) == []


@pytest.mark.parametrize(
    "program", ["#!/bin/sh\nexit 128\n", "#!/bin/sh\necho 99999999999999999\n", "not a program", ""]
)
def test_a_git_that_fails_is_no_reason_to_stop(site: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    folder = site / "bin"
    folder.mkdir()
    (folder / "git").write_text(program, encoding="utf-8")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    assert doubts(site) == []


def test_git_is_not_asked_when_no_page_waits(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(site, {"articles/soon.md": article(NOW - timedelta(days=30))})
    folder = site / "bin"
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\necho asked > {site}/asked\n", encoding="utf-8")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    assert doubts(site) == []
    assert not (site / "asked").exists()


@pytest.mark.parametrize(
    "stamp",
    [
        b"",
        b"{",
        b'{"site": {"digest": "x", "built_at": "2099-01-01", "by_clock": true}}',
        b'{"site": {"told": {"more": ' + b"[" * 100_000,
    ],
    ids=["empty", "cut", "without a zone", "nested"],
)
def test_a_damaged_note_of_the_last_build_is_none(site: Path, stamp: bytes) -> None:
    (site / ".kawaraban").mkdir()
    (site / ".kawaraban" / "built.json").write_bytes(stamp)
    assert doubts(site) == []


minutes = st.integers(-3 * 24 * 60, 3 * 24 * 60)
days = st.integers(-3, 3).map(lambda count: (NOW + timedelta(days=count)).date().isoformat())
moments = minutes.map(lambda count: (NOW + timedelta(minutes=count)).isoformat())
fronts = st.fixed_dictionaries(
    {}, optional={"publish_at": moments, "expires_on": days, "approved_on": days, "approved_by": st.just("長")}
)


@pytest.mark.parametrize("required", [[], ["article"]])
@given(clock=minutes, ahead=st.integers(-20, 3 * 24 * 60), pages=st.lists(fronts, max_size=4))
@few(15)
def test_a_build_is_stopped_just_when_a_page_is_shown_by_one_clock_only(
    tmp_path_factory: pytest.TempPathFactory,
    required: list[str],
    clock: int,
    ahead: int,
    pages: list[dict[str, str]],
) -> None:
    root = lay_out(
        tmp_path_factory.mktemp("site"), {f"articles/p{n}.md": page(**front) for n, front in enumerate(pages)}
    )
    settings = settings_of(root, approval_required=required)
    now, last = (clock_at(NOW + timedelta(minutes=each)) for each in (clock, clock + ahead))
    built(root, last)
    shown, doubted = out(settings, now)
    if ahead > 10:
        (finding,) = doubted
        assert finding.is_error == (shown != out(settings, last)[0])
    else:
        assert doubted == []


def build(folder: Path, effects: Effects, *, strict: bool = False) -> tuple[Finding, ...]:
    """The warnings of a build."""
    site = load_site(folder / "mkdocs.yml", strict=strict)
    build_site(site, Run(effects, is_ours=True, may_leave_as_is=True))
    return site.plugin.done.warnings


def test_the_site_of_before_stands_until_the_clock_is_right_or_somebody_names_the_moment(small_site: Path) -> None:
    path = small_site / "content/articles/noon.md"
    text = (
        "---\ntitle: 知らせ\nstatus: published\ndate: 2026-11-20\npublish_at: 2026-11-20T10:00\n---\n\n知らせです。\n"
    )
    path.write_text(text, encoding="utf-8")
    commit(small_site, NOW + 2 * HOUR)
    before = tree_of(small_site / "site")
    with pytest.raises(Rejected) as refused:
        build(small_site, clock_at(NOW))
    assert refused.value.exit_code == ExitCode.CONTENT
    assert [finding.name for finding in refused.value.findings if finding.is_error] == ["settings/clock-behind"]
    assert tree_of(small_site / "site") == before
    build(small_site, Effects.at(NOW + 3 * HOUR, Workers()))
    assert (small_site / "site/articles/noon/index.html").is_file()


def test_a_warning_about_the_clock_is_not_repeated_once_it_is_right(small_site: Path) -> None:
    built(small_site, clock_at(NOW + HOUR))
    assert "settings/clock-behind" in [finding.name for finding in build(small_site, clock_at(NOW))]
    time.sleep(0.1)  # until the file system's clock has left the tick in which the site was written
    for _ in range(2):
        seen = glance(small_site / "mkdocs.yml", (), {}, lambda _: NOW).done
        warnings = build(small_site, clock_at(NOW)) if seen is None else seen.warnings
        assert "settings/clock-behind" not in [finding.name for finding in warnings]
    assert seen is not None
