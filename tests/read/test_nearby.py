from __future__ import annotations

import time

import pytest

from generator.read.rules.nearby import Nearby

PATHS = ("articles/a.md", "stories/Sales-East.md", "stories/design.md", "issues/001.md", "x/a.md")


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("stories/sales-east.md", "stories/Sales-East.md"),
        ("campaigns/design.md", "stories/design.md"),
        ("stories/desing.md", "stories/design.md"),
        ("articles/desing.md", None),
        ("b/a.md", "articles/a.md"),
    ],
)
def test_the_same_name_elsewhere_or_a_name_like_it_beside_is_meant(path: str, meant: str | None) -> None:
    assert Nearby(PATHS).meant_by(path, "issues/001.md") == meant


def test_a_page_is_never_told_that_it_means_itself() -> None:
    assert Nearby(PATHS).meant_by("b/a.md", "articles/a.md") == "x/a.md"
    assert Nearby(["articles/a.md"]).meant_by("b/a.md", "articles/a.md") is None


def test_many_broken_links_on_a_large_site_are_answered_at_once() -> None:
    nearby = Nearby(f"f{n % 100}/page-{n}.md" for n in range(20_000))
    began = time.process_time()
    for n in range(2_000):
        nearby.meant_by(f"f{n % 7}/none.md", "x.md")
    assert time.process_time() - began < 1
