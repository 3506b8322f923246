"""What the search calls each kind of page: what its own page calls it."""

from __future__ import annotations

from generator.compose import sections
from generator.compose.wording import TYPE_LABELS
from generator.model.page import PageType

_SHOWN_EACH_ALONE = (
    *(PageType.ARTICLE, PageType.CAMPAIGN, PageType.DEPARTMENT, PageType.ISSUE),
    *(PageType.MVV, PageType.NOTICE, PageType.STORY),
)
_FOUND_AS = {
    **{kind.value: TYPE_LABELS[kind] for kind in _SHOWN_EACH_ALONE},
    "champions": TYPE_LABELS[PageType.CHAMPION],
    "faq-campaign": TYPE_LABELS[PageType.FAQ],
    "metric": "数字で見る",
    "metric-month": "数字で見る",
    "switch-off": "切り替え",
    "target-reached": "目標達成",
}
"""By the kind of the view. Lists are not found: what they lead to is."""
FOUND_LAST = frozenset({TYPE_LABELS[PageType.ISSUE]})
"""What tells what other pages say, the words of their summaries among it: whoever looks for these wants the page."""


def found_as(kind: str, url: str) -> str:
    """What the search calls a page; empty for one that it does not find."""
    is_guide = url.startswith(sections.GUIDE) and url != sections.GUIDE
    return TYPE_LABELS[PageType.GUIDE] if is_guide else _FOUND_AS.get(kind, "")
