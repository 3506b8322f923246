"""What a page is made from, as readers of a message know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from generator.build.memory import PageRecord
from generator.compose import uses
from generator.compose.paging import Listing
from generator.compose.planned import PlannedPage
from generator.compose.shelves import Piece
from generator.compose.switchoff import Ending
from generator.compose.targets_reached import TargetReached
from generator.model.figure import ReleasedFigure
from generator.model.finding import Text
from generator.model.organisation import Department
from generator.model.page import Page
from generator.settings import Settings

_SHELVES: Mapping[str, Text] = {
    "by_source": Text("公開しているページの一覧", "the list of all pages"),
    "assets": Text("画像と添付ファイルの一覧", "the list of pictures and downloads"),
    "intros": Text("一覧の前書き（`index.md`）", "the introductions of lists (`index.md`)"),
    "articles": Text("読み物の一覧", "the list of articles"),
    "about": Text("「私たちについて」のページの一覧", "the list of pages about us"),
    "stories": Text("活用事例の一覧", "the list of stories"),
    "stories_of": Text("部署ごとの活用事例の一覧", "the stories of each department"),
    "faq_of": Text("よくある質問の一覧", "the questions of each campaign"),
    "mvv": Text("使命のページの一覧", "the list of mission pages"),
    "campaigns": Text("取り組みの一覧", "the list of campaigns"),
    "departments": Text("部署のページの一覧", "the pages of departments"),
    "champions": Text("推進担当の一覧", "the list of champions"),
    "issues": Text("号の一覧", "the list of issues"),
    "notices": Text("お知らせの一覧", "the list of notices"),
    "guide": Text("手引きの一覧", "the list of guide pages"),
    "tags": Text("タグの一覧", "the list of tags"),
}


def fact(name: str, settings: Settings) -> Text:
    """A fact (`generator.compose.uses`) as a noun."""
    kind, colon, about = name.partition(":")
    return _FACTS[kind + colon](about, settings)


def link(path: str) -> Text:
    return Text(f"リンク `{path}` の行き先", f"where the link `{path}` leads")


def made_from(record: PageRecord, planned: PlannedPage, settings: Settings) -> tuple[Text, ...]:
    """Everything that a page is made from."""
    named = (name for name in record.uses if name != uses.ASSET)  # a page without a picture looked for none
    nouns = [*given(planned, settings), *(fact(name, settings) for name in named)]
    if record.links:
        count = len(record.links)
        nouns.append(Text(f"リンク {count} 本の行き先", f"where its {count} link(s) lead"))
    nouns.append(
        Text(
            "すべてのページに共通のもの（設定、テンプレート、題字、瓦版の版）",
            "what all pages share: settings, templates, masthead, version of Kawaraban",
        )
    )
    return tuple(dict.fromkeys(nouns))


def given(planned: PlannedPage, settings: Settings) -> tuple[Text, ...]:
    """What the writer of a page is handed."""
    return tuple(dict.fromkeys(noun for value in planned.given if (noun := _handed(value, settings)) is not None))


def _handed(value: object, settings: Settings) -> Text | None:
    match value:
        case Page():
            return _front(value.source, settings)
        case Piece():
            return _front(value.page.source, settings)
        case Department():
            return Text("この部署の `departments.csv` の行", "the department's row in `departments.csv`")
        case ReleasedFigure() | TargetReached():
            return Text("このページの数字", "the figure of this page")
        case Ending():
            return Text("この取り組みの、前のやり方を終える予定", "what the campaign ends, and when")
        case Listing() | str() | int() | None:
            return None  # who the page is, not what it shows
        case _:
            return Text("このページに並ぶもの、前後のページ", "what the page lists, or what stands before and after it")


def _moment(about: str, settings: Settings) -> Text:
    moment = datetime.fromisoformat(about).astimezone(settings.zone).isoformat(" ", "minutes")
    return Text(f"`{moment}` を過ぎているかどうか", f"whether `{moment}` has passed")


def _front(source: str, settings: Settings) -> Text:
    shown = _shown(source, settings)
    return Text(
        f"`{shown}` の先頭の項目（題、説明、日付など）", f"the front matter of `{shown}` (title, summary, dates)"
    )


def _text(source: str, settings: Settings) -> Text:
    return Text(f"`{_shown(source, settings)}` の文章", f"the text of `{_shown(source, settings)}`")


def _asset(source: str, settings: Settings) -> Text:
    return Text(f"画像や資料 `{_shown(source, settings)}`", f"the picture or download `{_shown(source, settings)}`")


def _beside(path: str, settings: Settings) -> Text:
    if path == "*":
        return Text("プラグインが動かすプログラムや問い合わせの答え", "what programs or servers answer to a plugin")
    return Text(f"プラグインが読む `{path}`", f"`{path}`, which a plugin reads")


def _figures(about: str, settings: Settings) -> Text:
    metric, until = uses.metric_and_month(about)
    if until is None:
        return Text(f"`{metric}` の公開する数字", f"the released figures of `{metric}`")
    return Text(f"`{metric}` の `{until}` までの公開する数字", f"the released figures of `{metric}` until `{until}`")


def _month(about: str, settings: Settings) -> Text:
    metric, month = uses.metric_and_month(about)
    return Text(
        f"`{metric}` の `{month}` のページがあるかどうか", f"whether there is a page about `{month}` of `{metric}`"
    )


def _shown(source: str, settings: Settings) -> str:
    return settings.shown(settings.content / source)


def _always(ja: str, en: str) -> Callable[[str, Settings], Text]:
    return lambda about, settings: Text(ja, en)


_FACTS: Mapping[str, Callable[[str, Settings], Text]] = {
    uses.DAY: _always("今日の日付", "today's date"),
    uses.DEFINITIONS: _always(
        "指標の定義、部署の名前、出典", "the definitions of the metrics, departments and sources"
    ),
    uses.FIGURES: _figures,
    uses.MONTH: _month,
    uses.FILES: _always("`content` にあるファイルの一覧", "the list of files below `content`"),
    uses.ORGANISATION: _always("部署の一覧（なくなった部署も含む）", "all departments, past ones included"),
    uses.UNITS: _always("今日ある部署の一覧", "the departments of today"),
    uses.MOMENT: _moment,
    uses.PAGE: _front,
    uses.TEXT: _text,
    uses.SHELF: lambda name, settings: _SHELVES[name],
    uses.ASSET: _asset,
    uses.BESIDE: _beside,
}
