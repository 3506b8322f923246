"""A draft lies in the right place, passes as it is, never goes out by accident, and replaces nothing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator import archetypes
from generator.archetypes import archetype
from generator.errors import Rejected
from generator.model.page import FOLDERS, PageType
from generator.scaffold import create_page, create_site
from generator.scaffold.placeholders import dates, names_in
from generator.settings import Settings
from tests.scaffold.test_new_site import DAYS, library_of, settings_of

TODAY = DAYS[0]


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    """A new site in which one department has no pages yet."""
    create_site(tmp_path, title="たより", today=TODAY)
    with (tmp_path / "content/data/departments.csv").open("a", encoding="utf-8") as stream:
        stream.write("night-shift,夜勤部,,2016-04-01,,,4\nold,旧部署,,2016-04-01,2020-03-31,night-shift,5\n")
    return settings_of(tmp_path)


def refused(site: Settings, page_type: str, title: str, **options: str) -> tuple[str, str]:
    before = sorted(site.content.rglob("*"))
    with pytest.raises(Rejected) as caught:
        create_page(site, page_type, title, today=TODAY, **options)
    assert sorted(site.content.rglob("*")) == before
    (finding,) = caught.value.findings
    return finding.code, finding.remedy.en


@pytest.mark.parametrize("kind", PageType)
@pytest.mark.parametrize("title", ["夜勤部", 'A "quoted": title #1'])
def test_a_draft_of_every_type_passes_and_stays_in(site: Settings, kind: PageType, title: str) -> None:
    options = {"slug": "night-shift"} if title.startswith("A") else {}
    path = create_page(site, kind, title, today=TODAY, **options)
    library, findings = library_of(site.root, TODAY)
    assert findings == []
    assert [(page.source, page.reason) for page in library.withheld] == [
        (path.relative_to(site.content).as_posix(), "draft")
    ]


def published(site: Settings, kind: PageType) -> Path:
    """A new page that somebody publishes as it stands, with no more than the names that approve it and the department it is of."""
    path = create_page(site, kind, "夜勤部", today=TODAY)
    text = path.read_text("utf-8").replace("status: draft", "status: published")
    text = text.replace("approved_by:", "approved_by: x").replace("approved_on:", "approved_on: 2026-11-20")
    text = text.replace("level: company", "level: department").replace("# department:", "department:")
    path.write_text(text.replace("confirmed_by: 未確認", "confirmed_by: y"), "utf-8")
    return path


def lines_to_write(path: Path) -> list[int]:
    """Where a draft has Japanese words besides its title, its headings, its comments, and a choice; from 1."""
    text = path.read_text("utf-8")
    text = re.sub("<!--.*?-->", lambda comment: "\n" * comment[0].count("\n"), text, flags=re.DOTALL)
    lines = [re.sub(r"(^| )#.*|^(title|category):.*", "", line) for line in text.split("\n")]
    return [number for number, line in enumerate(lines, start=1) if not line.isascii()]


@pytest.mark.parametrize("kind", PageType)
def test_every_line_that_nobody_wrote_over_is_reported_in_one_run(site: Settings, kind: PageType) -> None:
    path = published(site, kind)
    findings = library_of(site.root, TODAY)[1]
    assert {finding.code for finding in findings} == {"placeholder"}
    assert all(finding.is_error for finding in findings)
    assert sorted({finding.place.line for finding in findings}) == lines_to_write(path)


@pytest.mark.parametrize("kind", PageType)
def test_a_draft_that_is_written_over_passes_as_its_type(site: Settings, kind: PageType) -> None:
    path = published(site, kind)
    lines = path.read_text("utf-8").split("\n")
    for number in lines_to_write(path):
        lines[number - 1] = re.sub(r"[^\x00-\x7f][^#\]]*", "当社の言葉 ", lines[number - 1])
    path.write_text("\n".join(lines), "utf-8")
    library, findings = library_of(site.root, TODAY)
    assert findings == []
    (page,) = (page for page in library.pages if page.source == path.relative_to(site.content).as_posix())
    assert page.type is kind
    assert page.title == ("夜勤部の推進担当" if kind is PageType.CHAMPION else "夜勤部")


def test_words_of_a_draft_inside_other_words_code_and_comments_are_nobodys_business(site: Settings) -> None:
    words = "その出来事から考えたことを書きます。"
    body = f"下書きには「{words}」とあります。\n\n```\n{words}\n```\n\n<!--\n{words}\n-->\n"
    (site.content / "articles/about-drafts.md").write_text(f"# 下書き\n\n{body}", "utf-8")
    assert library_of(site.root, TODAY)[1] == []


def test_a_story_that_nobody_has_confirmed_is_not_released(site: Settings) -> None:
    path = create_page(site, "story", "夜勤部", today=TODAY)
    path.write_text(path.read_text("utf-8").replace("status: draft", "status: published"), "utf-8")
    findings = library_of(site.root, TODAY)[1]
    assert "placeholder" in [finding.code for finding in findings if finding.is_error]


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("story", "Night shift: 2 hours!", "stories/night-shift-2-hours.md"),
        ("story", "夜勤の申し送り", "stories/2026-11-20-story.md"),
        ("article", "ＡＢＣ", "articles/abc.md"),
        ("faq", "なぜですか", "faq/chat/2026-11-20-faq.md"),
        ("mvv", "Our mission", "about/our-mission.md"),
        ("department", "夜勤部", "departments/night-shift.md"),
        ("champion", "night-shift", "champions/night-shift.md"),
        ("issue", "年の瀬", "issues/002.md"),
    ],
)
def test_the_file_is_named_for_its_address(site: Settings, kind: str, title: str, expected: str) -> None:
    assert create_page(site, kind, title, today=TODAY) == site.content / expected


def test_a_slug_names_the_file(site: Settings) -> None:
    path = create_page(site, "campaign", "紙をなくす", today=TODAY, slug="paperless")
    assert path == site.content / "campaigns/paperless.md"
    assert "campaign: paperless\n" in path.read_text("utf-8")


def test_several_pages_of_one_day_count_up(site: Settings) -> None:
    names = [create_page(site, "story", "題", today=TODAY).name for _ in range(3)]
    assert names == ["2026-11-20-story.md", "2026-11-20-story-2.md", "2026-11-20-story-3.md"]


def test_the_next_issue_follows_the_highest_number(site: Settings) -> None:
    (site.content / "issues/special.md").write_text("---\nnumber: 11\n---\n", "utf-8")
    path = create_page(site, "issue", "年の瀬", today=TODAY)
    assert path.name == "012.md"
    assert "number: 12\n" in path.read_text("utf-8")


def test_the_next_issue_leads_with_the_newest_story(site: Settings) -> None:
    (site.content / "stories/newer.md").write_text("---\ndate: 2026-12-01\n---\n", "utf-8")
    text = create_page(site, "issue", "年の瀬", today=TODAY).read_text("utf-8")
    assert "lead: stories/newer.md" in text


def test_what_is_there_is_never_overwritten(site: Settings) -> None:
    before = (site.content / "departments/sales.md").read_bytes()
    assert refused(site, "department", "営業部")[0] == "page-exists"
    assert refused(site, "campaign", "x", slug="chat")[0] == "page-exists"
    assert refused(site, "campaign", "x", slug="Chat")[0] == "page-exists", "both would have one address"
    assert (site.content / "departments/sales.md").read_bytes() == before


def test_a_question_asks_for_its_campaign_when_there_are_several(site: Settings) -> None:
    create_page(site, "campaign", "Paperless", today=TODAY)
    choose = ("unknown-campaign", "choose with `--campaign`: `chat`, `paperless`")
    assert refused(site, "faq", "なぜですか") == choose
    assert refused(site, "faq", "なぜですか", campaign="chatt") == choose
    path = create_page(site, "faq", "なぜですか", today=TODAY, campaign="paperless", slug="why")
    assert path == site.content / "faq/paperless/why.md"


def test_a_question_needs_a_campaign(site: Settings) -> None:
    (site.content / "campaigns/chat.md").unlink()
    assert refused(site, "faq", "なぜですか") == (
        "unknown-campaign",
        'make one first: `kawaraban new campaign "TITLE"`',
    )


@pytest.mark.parametrize("named", ["営業一部", "old"])
def test_a_department_must_be_in_the_list_of_today(site: Settings, named: str) -> None:
    code, remedy = refused(site, "department", named)
    assert code == "unknown-department"
    assert remedy.endswith("there are: `general-affairs`, `sales`, `manufacturing`, `night-shift`")


def test_a_department_is_there_from_its_first_day_to_its_last(site: Settings) -> None:
    with (site.content / "data/departments.csv").open("a", encoding="utf-8") as stream:
        stream.write("leaving,去る部,,2016-04-01,2026-12-31,sales,6\ncoming,来る部,,2027-01-01,,,7\n")
    assert create_page(site, "department", "去る部", today=date(2026, 12, 31)).stem == "leaving"
    assert create_page(site, "department", "来る部", today=date(2027, 1, 1)).stem == "coming"
    for named, day in (("去る部", date(2027, 1, 1)), ("来る部", date(2026, 12, 31))):
        with pytest.raises(Rejected):
            create_page(site, "champion", named, today=day)


@pytest.mark.parametrize("slug", ["夜勤", "a/b", "..", "-a", "a b", ""])
def test_a_slug_that_no_address_can_have_is_refused(site: Settings, slug: str) -> None:
    assert refused(site, "story", "題", slug=slug)[0] == "bad-slug"


@pytest.mark.parametrize(
    ("title", "options"),
    [("題", {"slug": "con"}), ("題", {"slug": "NUL"}), ("Aux", {}), ("題", {"slug": 240 * "a"})],
)
def test_a_name_that_the_next_build_refuses_is_refused_at_once_with_its_words(
    site: Settings, title: str, options: dict[str, str]
) -> None:
    stem = options.get("slug", title.lower())
    (site.content / f"stories/{stem}.md").write_text("# 題\n\n本文です。\n", "utf-8")
    (finding,) = library_of(site.root, TODAY)[1]
    (site.content / f"stories/{stem}.md").unlink()
    with pytest.raises(Rejected) as caught:
        create_page(site, "story", title, today=TODAY, **options)
    assert caught.value.findings == (finding,)
    assert not (site.content / f"stories/{stem}.md").exists()


def test_an_unknown_type_is_answered_with_the_nearest(site: Settings) -> None:
    assert refused(site, "storey", "題") == ("unknown-type", "did you mean `story`?")
    assert refused(site, "x", "題")[1].startswith("known: `article`, `story`, `faq`")


def test_an_empty_title_is_refused(site: Settings) -> None:
    assert refused(site, "story", " ")[0] == "bad-title"


@pytest.mark.parametrize("kind", PageType)
def test_a_draft_uses_known_placeholders_only(kind: PageType) -> None:
    text = archetype(kind)
    assert names_in(text) <= {*dates(TODAY), "title", "slug", "campaign", "department", "number", "lead"}
    assert "status: draft\n" in text


def test_every_type_has_a_folder_and_a_draft() -> None:
    assert set(FOLDERS) == set(PageType)
    assert {path.stem for path in Path(archetypes.__file__).parent.glob("*.md")} == {kind.value for kind in PageType}
