"""The lists of the newsletter: where each kind of page is found, and the few words under the masthead."""

from __future__ import annotations

from generator.model.page import FOLDERS, Page, PageType
from generator.model.site import NavigationEntry


def listed_in(kind: PageType) -> str:
    """Address of the list of a page type: `stories/`."""
    return f"{FOLDERS[kind]}/"


ABOUT = listed_in(PageType.MVV)
ARTICLES = listed_in(PageType.ARTICLE)
CAMPAIGNS = listed_in(PageType.CAMPAIGN)
CHAMPIONS = listed_in(PageType.CHAMPION)
DEPARTMENTS = listed_in(PageType.DEPARTMENT)
FAQ = listed_in(PageType.FAQ)
GUIDE = listed_in(PageType.GUIDE)
ISSUES = listed_in(PageType.ISSUE)
METRICS = "metrics/"
NOTICES = listed_in(PageType.NOTICE)
SEARCH = "search/"
STORIES = listed_in(PageType.STORY)
TAGS = "tags/"

NAVIGATION = (
    NavigationEntry("バックナンバー", ISSUES),
    NavigationEntry("活用事例", STORIES),
    NavigationEntry("数字で見る", METRICS),
    NavigationEntry("よくある質問", FAQ),
    NavigationEntry("取り組み", CAMPAIGNS),
    NavigationEntry("部署と推進担当", DEPARTMENTS),
    NavigationEntry("私たちについて", ABOUT),
)
TAGS_ENTRY = NavigationEntry("タグ", TAGS)
NOTICES_ENTRY = NavigationEntry("お知らせ", NOTICES)
LISTED_FOLDERS = ("", *map(listed_in, FOLDERS), METRICS, TAGS)
"""Addresses of generated lists; `content/<folder>/index.md` leads to them whether or not an author wrote one."""


def section_of(page: Page) -> str:
    """The navigation entry a page belongs to; "" for pages that stand beside the navigation."""
    folder = DEPARTMENTS if page.type is PageType.CHAMPION else listed_in(page.type)
    if any(entry.url == folder for entry in NAVIGATION):
        return folder
    return ABOUT if page.url.startswith(ABOUT) else ""
