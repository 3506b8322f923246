"""What templates are given: one frozen view a kind of page, each field documented below it.

Values are final: texts, labels, relative addresses, finished fragments (`Markup`). `tests/compose/
test_template_contract.py` holds views and templates together in both directions.
"""

from __future__ import annotations

from generator.compose.views.campaign import CampaignView, SwitchoffView
from generator.compose.views.faq import FaqCampaignView, FaqView
from generator.compose.views.figures import MetricMonthView, MetricsView, MetricView, TargetReachedView
from generator.compose.views.home import HomeView
from generator.compose.views.issue import IssuesView, IssueView
from generator.compose.views.organisation import ChampionsView, DepartmentsView, DepartmentView
from generator.compose.views.writing import ArticleView, ListView, MvvView, NoticeView, SearchView, StoryView, TagsView

VIEWS = (
    ArticleView,
    CampaignView,
    ChampionsView,
    DepartmentsView,
    DepartmentView,
    FaqCampaignView,
    FaqView,
    HomeView,
    IssuesView,
    IssueView,
    ListView,
    MetricMonthView,
    MetricsView,
    MetricView,
    TargetReachedView,
    MvvView,
    NoticeView,
    SearchView,
    StoryView,
    SwitchoffView,
    TagsView,
)
"""All views; the template of each is `<kind>.html`."""
