"""What the search calls each kind of page."""

from __future__ import annotations

from generator.compose import sections

_FOUND_AS = {
    "article": "読み物",
    "campaign": "取り組み",
    "champions": "推進担当",
    "department": "部署紹介",
    "faq-campaign": "よくある質問",
    "issue": "バックナンバー",
    "metric": "数字で見る",
    "metric-month": "数字で見る",
    "mvv": "使命・将来像",
    "notice": "お知らせ",
    "story": "活用事例",
    "switch-off": "切り替え",
    "target-reached": "目標達成",
}
"""By the kind of the view. Lists are not found: what they lead to is."""


def found_as(kind: str, url: str) -> str:
    """What the search calls a page; empty for one that it does not find."""
    return "手引き" if url.startswith(sections.GUIDE) and url != sections.GUIDE else _FOUND_AS.get(kind, "")
