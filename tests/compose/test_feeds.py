"""Feeds and the sitemap: what is new, for all and for one department, with dates that never move by themselves."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from generator.model.site import Site
from tests.compose.newsroom import at, composed, data_file, page, whole_newsletter

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(site: Site, name: str) -> dict[str, str]:
    """Title → address."""
    feed = ET.fromstring(data_file(site, f"feeds/{name}.xml"))  # noqa: S314 (our own bytes)
    links = {}
    for entry in feed.iter(f"{ATOM}entry"):
        title, link = entry.find(f"{ATOM}title"), entry.find(f"{ATOM}link")
        assert title is not None
        assert link is not None
        links[str(title.text)] = link.attrib["href"]
    return links


def test_the_feed_of_all_has_texts_reports_and_milestones_newest_first() -> None:
    found = entries(composed(whole_newsletter())[0], "all")
    assert next(iter(found)) == "第2号 一人で悩まない"
    assert "2026年10月のチャット利用率" in found
    assert found["駅に着く前に"] == "../stories/train/"


def test_a_department_gets_its_own_and_what_is_for_all() -> None:
    found = entries(composed(whole_newsletter())[0], "sales-east")
    assert "駅に着く前に" in found
    assert "社内メールを終えます" in found
    assert "東日本営業部のチャット利用率が、目標の80%に届きました" in found
    assert "夜勤の申し送り" not in found


def test_addresses_are_absolute_where_the_site_says_where_it_stands() -> None:
    site, _ = composed(whole_newsletter(), site_url="https://kawaraban.example/news/")
    assert entries(site, "all")["駅に着く前に"] == "https://kawaraban.example/news/stories/train/"
    assert b"<loc>https://kawaraban.example/news/stories/train/</loc>" in data_file(site, "sitemap.xml")


def test_a_feed_does_not_change_because_a_day_passes() -> None:
    one, _ = composed(whole_newsletter())
    two, _ = composed(whole_newsletter(), now=at(date(2026, 11, 21)))
    assert data_file(one, "feeds/all.xml") == data_file(two, "feeds/all.xml")


def test_what_is_dated_ahead_is_not_news_yet() -> None:
    site, _ = composed([page("articles/a.md", title="先の話", date=date(2027, 1, 1))])
    assert "先の話" not in entries(site, "all")
