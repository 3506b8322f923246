"""Words and dates as a Japanese reader expects them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from math import ceil

from generator.model.page import CampaignStage, PageType

_WEEKDAYS = "月火水木金土日"
_CHARACTERS_A_MINUTE = 500
_LINK_TARGET = re.compile(r"\]\([^)]*\)")

TYPE_LABELS: Mapping[PageType, str] = {
    PageType.ARTICLE: "読み物",
    PageType.STORY: "活用事例",
    PageType.FAQ: "よくある質問",
    PageType.MVV: "使命",
    PageType.CAMPAIGN: "取り組み",
    PageType.DEPARTMENT: "部署紹介",
    PageType.CHAMPION: "推進担当",
    PageType.ISSUE: "号",
    PageType.NOTICE: "お知らせ",
    PageType.GUIDE: "手引き",
}
STORY_KINDS: Mapping[str, str] = {
    "success": "活用事例",
    "failure": "うまくいかなかった話",
    "field_innovation": "現場の工夫",
}
STAGES: Mapping[CampaignStage, str] = {
    CampaignStage.HEARING: "聞き取り",
    CampaignStage.APPROVAL: "承認",
    CampaignStage.PLAN: "計画",
    CampaignStage.LAUNCH: "利用開始",
    CampaignStage.SUPPORT: "定着の支援",
    CampaignStage.ENFORCE: "切り替え",
    CampaignStage.COMPLETE: "完了",
}


def full_day(day: date) -> str:
    """`2026年11月20日（金）`."""
    return f"{day.year}年{short_day(day)}"


def short_day(day: date) -> str:
    """`11月20日（金）`, where the year is plain from the context."""
    return f"{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def clock_time(moment: datetime) -> str:
    """`18時` or `18時30分`."""
    return f"{moment.hour}時{moment.minute}分" if moment.minute else f"{moment.hour}時"


def reading_words(markdown: str) -> str:
    """How long a text takes at 500 characters a minute: 「約3分で読めます」."""
    characters = sum(map(len, _LINK_TARGET.sub("]", markdown).split()))
    return f"約{max(1, ceil(characters / _CHARACTERS_A_MINUTE))}分で読めます"


def issue_name(number: int) -> str:
    return f"第{number}号"
