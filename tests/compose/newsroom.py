"""A small company with its figures and pages, in memory: what the tests of this folder compose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from generator.compose import compose
from generator.effects import Effects
from generator.model import marker
from generator.model.block import FigureBlock
from generator.model.figure import Band, FigureStatus, ReleasedFigure, ReleasedFigures
from generator.model.finding import Finding
from generator.model.metric import Activity, Freshness, Label, Metric, Population, Target
from generator.model.metric_kinds import Share
from generator.model.organisation import Department, Organisation
from generator.model.page import FOLDERS, FRONT_MATTER, AssetFile, Faq, Library, Page, PageText, PageType
from generator.model.period import Month, months_between
from generator.model.site import Document, Site
from generator.model.snapshot import Snapshot, SnapshotStatus
from generator.settings import Options, Settings

TODAY = date(2026, 11, 20)
FIRST, LAST = Month(2026, 5), Month(2026, 10)


def at(day: date, hour: int = 9) -> datetime:
    """That hour in Tokyo."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=9)


ORGANISATION = Organisation(
    (
        Department("sales-division", "営業本部", None, date(2016, 4, 1), None, None, 10),
        Department("sales-east", "東日本営業部", "sales-division", date(2016, 4, 1), None, None, 11),
        Department("sales-west", "西日本営業部", "sales-division", date(2016, 4, 1), None, None, 12),
        Department("production-division", "生産本部", None, date(2016, 4, 1), None, None, 20),
        Department("manufacturing", "製造部", "production-division", date(2016, 4, 1), None, None, 21),
        Department("supply", "購買物流部", "production-division", date(2026, 8, 1), None, None, 22),
        Department("procurement", "購買部", "production-division", date(2016, 4, 1), date(2026, 7, 31), "supply", 23),
        Department("logistics", "物流部", "production-division", date(2016, 4, 1), date(2026, 7, 31), "supply", 24),
        Department("legal", "法務室", None, date(2016, 4, 1), None, None, 30),
    )
)

SHARES: Mapping[str | None, list[int | None]] = {
    None: [50, 55, 61, 65, 71, 76],
    "sales-east": [62, 70, 79, 80, 78, 84],  # reaches 80 in August, falls back, stays a milestone of August
    "sales-west": [81, 82, 83, 84, 85, 86],  # above from the first month on: nobody can say when it was reached
    "manufacturing": [30, 35, 40, None, 52, 58],  # nothing measured in August
    "supply": [None, None, None, 60, 66, 71],
}


def metric(name: str = "chat_rate", label: str = "チャット利用率") -> Metric:
    return Share(
        name=name,
        label=Label(ja=label, en="Chat adoption"),
        owner="情報システム部",
        definition="その月に1回以上書いた人の割合です。",
        entity="employee",
        numerator=Activity(source="teams", column="upn", matches="upn", time="day"),
        denominator=Population(source="roster", column="id"),
        target=Target(value=0.8, by=Month(2026, 12)),
        freshness=Freshness(warn_after="45d", fail_after="90d"),  # type: ignore[arg-type]  # read as written in YAML
    )


def released(
    shares: Mapping[str | None, list[int | None]] = SHARES, names: Iterable[str] = ("chat_rate",)
) -> ReleasedFigures:
    """Cells of each metric; the legal department is always protected, 購買部 is a band until it is merged."""
    cells: dict[tuple[str, Month, str | None], ReleasedFigure] = {}
    for name in names:
        for department, percents in shares.items():
            for cell in _series(name, department, percents):
                cells[name, cell.period, department] = cell
        for month in months_between(FIRST, LAST):
            cells[name, month, "legal"] = _cell(name, month, "legal", None, None, FigureStatus.PROTECTED, 4)
            if month < Month(2026, 8):
                band = Band(90, 100)
                cells[name, month, "procurement"] = _cell(
                    name, month, "procurement", None, None, FigureStatus.PROTECTED, 52, band
                )
    return ReleasedFigures({name: metric(name) for name in names}, ORGANISATION, cells)


def _series(name: str, department: str | None, percents: list[int | None]) -> Iterable[ReleasedFigure]:
    before: int | None = None
    for month, percent in zip(months_between(FIRST, LAST), percents, strict=True):
        unit = ORGANISATION.get(department or "")
        if unit and not unit.exists_on(month.last_day):
            continue
        status = FigureStatus.OK if percent is not None else FigureStatus.MISSING
        change = percent - before if percent is not None and before is not None else None
        yield _cell(name, month, department, percent, change, status, 1940 if department is None else 120)
        before = percent


def _cell(
    name: str,
    month: Month,
    department: str | None,
    percent: int | None,
    change: int | None,
    status: FigureStatus,
    eligible: int,
    band: Band | None = None,
) -> ReleasedFigure:
    return ReleasedFigure(name, month, department, percent, band, eligible, 80, change, status, month.last_day)


SNAPSHOTS = {
    name: Snapshot(name, label, Path("x.parquet"), 1, None, "0" * 64, at(TODAY), SnapshotStatus.OK)
    for name, label in (("teams", "Teams 利用状況レポート"), ("roster", "社員名簿"))
}

COMMON: Mapping[PageType, dict[str, Any]] = {
    PageType.ARTICLE: {},
    PageType.STORY: {
        "department": "sales-east",
        "confirmed_by": "高瀬",
        "confirmed_on": date(2026, 6, 9),
        "facts": {"challenge": "返事が翌日", "action": "一行ずつ送る", "result": "半日になった", "number": "半日"},
        "value_to": {"individual": "早く帰れる"},
    },
    PageType.FAQ: {"campaign": "chat", "category": "目的", "official_view": "届くようにするためです。"},
    PageType.MVV: {
        "level": "company",
        "mission": "動きを支える。",
        "vision": "届く会社",
        "values": [{"id": "v1", "text": "現場に行く", "in_our_words": "見てから決める"}],
        "effective_from": date(2024, 4, 1),
    },
    PageType.CAMPAIGN: {
        "stage": "enforce",
        "purpose": "その日のうちに届く会社にする。",
        "metric": "chat_rate",
        "starts_on": date(2026, 1, 13),
    },
    PageType.DEPARTMENT: {"what_we_do": "部品の形にして工場へつなぐ。"},
    PageType.CHAMPION: {"person": "野口 拓海", "term_from": date(2026, 5, 1)},
    PageType.ISSUE: {"number": 1, "date": date(2026, 6, 15), "lead": "stories/train.md"},
    PageType.NOTICE: {"starts_on": date(2026, 11, 1)},
    PageType.GUIDE: {},
}
KINDS = {folder: kind for kind, folder in FOLDERS.items() if kind is not PageType.MVV}


class Sheet(NamedTuple):
    """A page and what it says."""

    page: Page
    text: PageText


def page(
    source: str, *, title: str = "題", body: str = "本文です。", blocks: tuple[FigureBlock, ...] = (), **front: Any
) -> Sheet:
    """A page as `read` would hand it on; what its type requires is filled in unless given."""
    kind = PageType(front.pop("type", KINDS.get(source.split("/")[0], PageType.ARTICLE)))
    values = FRONT_MATTER[kind].model_validate({**COMMON[kind], "title": title, **front})
    marks = "".join(f"\n\n{marker.block(index)}" for index in range(len(blocks)))
    folder, _, stem = source.removesuffix(".md").rpartition("/")
    parts = [*([folder] if folder else []), *([] if stem == "index" else [stem])]
    url = f"faq/{values.campaign}/#q-{stem}" if isinstance(values, Faq) else "".join(f"{part}/" for part in parts)
    return Sheet(Page(source, url, values, title), PageText(body + marks, 12, blocks))


def whole_newsletter() -> list[Sheet]:
    """At least one page of every type."""
    return [
        page("about/mvv.md", type="mvv", title="私たちの使命"),
        page("about/contact.md", title="問い合わせ"),
        page("articles/why.md", title="なぜ書くか", tags=("随筆",), date=date(2026, 10, 1)),
        page(
            "campaigns/chat.md",
            title="社内の連絡はチャットへ",
            contact="help@asahino.example",
            switchoff={
                "service": "社内メール",
                "off_at": "2026-12-25T18:00+09:00",
                "scope": "全社",
                "exceptions": ["社外あてのメール"],
                "alternative": "チャット",
                "contact": "ヘルプデスク（内線2150）",
            },
            solves=[{"q": "返事が遅い", "a": "手の空いた人が答える"}],
            roles=[{"who": "情報システム部", "role": "道具を整える"}],
            milestones=[
                {"name": "説明会", "due": date(2026, 1, 13), "done_on": date(2026, 1, 13)},
                {"name": "端末の追加", "due": date(2026, 9, 30)},
                {"name": "社内メールを終える", "due": date(2026, 12, 25)},
            ],
            rules={"effective_from": date(2026, 4, 1), "do": ["翌営業日までに返す"], "dont": ["深夜に返事を求める"]},
            channels=[{"name": "説明会", "content": "目的", "effect": "その場で聞ける"}],
            voices=[{"quote": "通知が鳴り続ける", "who": "夜勤の人", "answer": "夜は鳴らない設定にした"}],
        ),
        page("champions/sales-east.md", title="推進担当", brings="困りごと", takes="決まったこと"),
        page("departments/sales-east.md", title="東日本営業部", ask_us_for=["見積りの相談"]),
        page("faq/chat/why.md", title="なぜ変えるのですか", asked_count=41, approved_by="大野", approved_on=TODAY),
        page("faq/chat/risk.md", title="記録は残りますか", category="リスク", asked_count=50),
        page("guide/writing.md", title="記事を書く", order=1),
        page("guide/figures.md", title="数字の読み方", order=2),
        page(
            "issues/001.md", title="メールを待たない", thanks=[{"to": "営業一課", "for": "台帳を数えてくださったこと"}]
        ),
        page(
            "issues/002.md",
            title="一人で悩まない",
            number=2,
            date=date(2026, 11, 16),
            next_issue=date(2026, 12, 15),
            items=("faq/chat/why.md",),
        ),
        page(
            "notices/ending.md",
            title="社内メールを終えます",
            importance=3,
            campaign="chat",
            deadline=date(2026, 12, 18),
        ),
        page(
            "stories/train.md", title="駅に着く前に", date=date(2026, 6, 12), tags=("営業",), id="st-1", campaign="chat"
        ),
        page("stories/night.md", title="夜勤の申し送り", date=date(2026, 7, 1), department="manufacturing"),
    ]


def library(sheets: Iterable[Sheet], assets: Iterable[AssetFile] = ()) -> Library:
    sheets = list(sheets)
    pages = {sheet.page.source: sheet.page for sheet in sheets}
    texts = {sheet.page.source: sheet.text for sheet in sheets}
    return Library(tuple(pages[source] for source in sorted(pages)), tuple(assets), (), texts=texts)


def composed(
    pages: Iterable[Sheet],
    *,
    now: datetime | None = None,
    figures: ReleasedFigures | None = None,
    root: Path = Path("/site"),
    site_url: str = "",
    assets: Iterable[AssetFile] = (),
    **options: Any,
) -> tuple[Site, list[Finding]]:
    settings = Settings(
        root=root, content=root / "content", site_name="あさひ野瓦版", site_url=site_url, options=Options(**options)
    )
    effects = Effects(clock=lambda: now or at(TODAY))
    figures = released() if figures is None else figures
    return compose(settings, effects, library(pages, assets), figures, SNAPSHOTS)


def document(site: Site, url: str) -> Document:
    return next(found for found in site.documents if found.url == url)


def data_file(site: Site, url: str) -> bytes:
    return next(found.content for found in site.files if found.url == url)
