"""Nobody is exposed: not by one release, not by several together, whatever kind of file one reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from generator.model.period import Month
from tests.attack.attacker import Learned, attack, exposed_by_difference
from tests.attack.company import MIN_GROUP, Company, releases
from tests.attack.published import Cell, Range, Site, read_site
from tests.attack.tables import published, random_table
from tests.commands import build_here, run_here

RELEASES = 4
TABLES = 150


def publish(company: Company, folder: Path, release: Month) -> Site:
    """Build and publish the site of a month, and read what its readers find."""
    company.write(folder / "newsletter", release)
    now = str(release.last_day + timedelta(days=9))
    done = build_here(folder / "newsletter", now=now)
    assert done.code == 0, done.said
    done = run_here("publish", folder / "target", "-f", folder / "newsletter" / "mkdocs.yml", "--now", now)
    assert done.code == 0, done.said
    return read_site(folder / "target" / "current")


def is_sound(learned: Learned, truth: Mapping[Cell, tuple[int, int]]) -> bool:
    """Whether the truth lies within all that was concluded: otherwise the attacker reasons wrongly."""
    return all(bounds.holds(truth[cell][0]) for cell, bounds in learned.bounds.items())


def test_random_tables_expose_nobody() -> None:
    for seed in range(TABLES):
        table = random_table(seed)
        learned = attack([published(table)], table.min_group)
        assert is_sound(learned, table.counts), seed
        assert not learned.narrower_than(table.min_group - 1), seed


def test_monthly_releases_together_expose_nobody(tmp_path: Path) -> None:
    company = Company(seed=1, months=RELEASES)
    sites: list[Site] = []
    for release in releases(company):
        sites.append(publish(company, tmp_path, release))
        # Rows that come late make an earlier release untrue of today; of one release the attacker may not be wrong.
        assert is_sound(attack(sites[-1:], MIN_GROUP), company.truth(release)), release
        assert not attack(sites, MIN_GROUP).narrower_than(MIN_GROUP - 1), release
    assert not exposed_by_difference(sites, MIN_GROUP)


def test_the_attacker_finds_what_is_left_open() -> None:
    """Otherwise the tests above would prove nothing."""
    site = _told({"company": (0.5, 70), "a": (0.5, 30), "b": (0.5, 30), "c": (None, 10)})
    learned = attack([site], 5)
    assert learned.narrower_than(4) == {("rate", "2026-04", "c"): learned.bounds["rate", "2026-04", "c"]}


def test_the_attacker_puts_releases_together() -> None:
    shown = {"company": (0.5, 70), "a": (0.5, 30), "b": (None, 30), "c": (None, 10)}
    other = {"company": (0.5, 70), "a": (None, 30), "b": (0.5, 30), "c": (None, 10)}
    cell = ("rate", "2026-04", "c")
    assert attack([_told(shown), _told(other)], 5).bounds[cell].width < attack([_told(other)], 5).bounds[cell].width


def test_the_attacker_sees_what_a_late_joiner_did() -> None:
    before, after = _told({"a": (0.5, 30)}), _told({"a": (16 / 31, 31)})
    assert exposed_by_difference([before, after], 5) == {("rate", "2026-04", "a")}
    assert not exposed_by_difference([before, _told({"a": (17 / 31, 31)})], 5)  # somebody else's row came late, too


def _told(cells: Mapping[str, tuple[float | None, int]]) -> Site:
    site = Site()
    for department, (value, eligible) in cells.items():
        cell = ("rate", "2026-04", department)
        site.eligible[cell] = eligible
        site.claim(cell, None if value is None else Range.of_percent(Fraction(round(value * 100))))
    return site
