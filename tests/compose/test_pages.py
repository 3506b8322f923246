"""Each kind of page says what its readers come for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import quote, unquote, urljoin

import pytest
from msgspec.structs import replace

from generator.model.block import FigureBlock, KpiSpec
from generator.model.figure import ReleasedFigures
from generator.model.organisation import Organisation
from generator.model.page import AssetFile
from generator.model.period import Month
from generator.model.site import Contact, CurrentNumber, Site
from tests.compose.newsroom import ORGANISATION, TODAY, at, composed, document, page, released, whole_newsletter


@pytest.fixture(scope="module")
def site() -> Site:
    made, findings = composed(whole_newsletter(), headline_metric="chat_rate")
    assert findings == []
    return made


def text(site: Site, url: str) -> str:
    """What a reader reads, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", document(site, url).body))


def test_every_page_has_one_first_heading_and_an_address_of_its_own(site: Site) -> None:
    urls = [found.url for found in site.documents]
    assert urls == sorted(set(urls))
    assert {found.url for found in site.documents if found.body.count("<h1") != 1} == set()


def test_links_between_pages_lead_to_pages_that_exist(site: Site) -> None:
    known = {found.url for found in site.documents} | {found.url for found in site.files} | set(site.redirects)
    for found in site.documents:
        for href in re.findall(r'href="([^"#]*)', found.body):
            if href and not href.startswith("mailto:"):
                address = unquote(urljoin(f"https://x.example/{quote(found.url)}", href))
                assert address.removeprefix("https://x.example/") in known, f"{found.url or 'home'} links to {href}"


def test_home_shows_the_countdown_the_issue_the_lead_the_figure_and_what_is_new(site: Site) -> None:
    home = text(site, "")
    for said in (
        "あと35日",
        "第2号",
        "一人で悩まない",
        "駅に着く前に",
        "2026年10月のチャット利用率は全社で76%（目標80%まであと4ポイント）。前月より5ポイント上がりました。",
        "夜勤の申し送り",
        "記録は残りますか",
        "夜は鳴らない設定にした",
        "社内メールを終える",
        "動きを支える。",
    ):
        assert said in home
    assert home.index("記録は残りますか") < home.index("なぜ変えるのですか")  # asked more often
    assert 'data-department="sales-east"' in document(site, "").body


def test_home_of_a_folder_of_articles_leads_with_the_newest_one() -> None:
    nothing = ReleasedFigures({}, ORGANISATION, {})
    articles = [page("articles/old.md", title="古い"), page("articles/new.md", title="新しい", date=TODAY)]
    site, findings = composed(articles, figures=nothing)
    assert findings == []
    assert "新しい読み物" in text(site, "")
    assert text(site, "").index("新しい") < text(site, "").index("古い")


def test_a_site_without_pages_departments_and_figures_says_what_is_to_come() -> None:
    site, findings = composed([], figures=ReleasedFigures({}, Organisation(()), {}))
    assert findings == []
    assert "部署の一覧は準備中です。" in text(site, "departments/")
    assert "創刊号を準備しています。" in text(site, "issues/")
    assert "数字はまだありません。" in text(site, "metrics/")
    assert [file.url for file in site.files] == ["feeds/all.xml", "figures/index.json", "sitemap.xml"]


def test_an_issue_of_a_coming_day_stays_in() -> None:
    coming = page("issues/003.md", title="まだ先の号", number=3, date=TODAY + timedelta(days=1))
    site, _ = composed([*whole_newsletter(), coming])
    assert site.masthead.issue == CurrentNumber(2, "issues/002/", "2026年11月16日（月）", "2026-11-16")
    assert "issues/003.md" not in site.addresses
    assert all("まだ先の号" not in found.body for found in site.documents)


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("kawaraban@asahino.example", Contact("kawaraban@asahino.example", "mailto:kawaraban@asahino.example")),
        ("https://asahino.example/ask", Contact("https://asahino.example/ask", "https://asahino.example/ask")),
        ("内線2150 it-help@asahino.example", Contact("内線2150 it-help@asahino.example", None)),
        ("", None),
    ],
)
def test_the_foot_of_every_page_links_to_a_mailbox_or_a_page_and_prints_anything_else(
    contact: str, expected: Contact | None
) -> None:
    site, _ = composed([], contact=contact)
    assert site.masthead.contact == expected


def test_an_issue_shows_the_month_before_it_even_when_newer_figures_exist(site: Site) -> None:
    assert "全社で50%" in document(site, "issues/001/").body
    assert "76" not in document(site, "issues/001/").body


def test_a_story_tells_facts_people_value_and_whom_to_ask(site: Site) -> None:
    story = text(site, "stories/train/")
    for said in ("返事が翌日", "一行ずつ送る", "半日", "早く帰れる", "推進担当 野口 拓海さん", "st-1"):
        assert said in story
    kicker = re.search(r"kb-head__kicker.*", document(site, "stories/train/").body)
    assert kicker
    assert [kicker[0].index(w) for w in ("活用事例", "社内の連絡はチャットへ", "東日本営業部")] == sorted(
        kicker[0].index(w) for w in ("活用事例", "社内の連絡はチャットへ", "東日本営業部")
    )


def test_where_consent_is_kept_is_not_shown() -> None:
    person = {"name": "高瀬 亮", "role": "営業一課", "consent_id": "C-2026-011"}
    site, _ = composed([page("stories/train.md", people=[person])])
    assert "高瀬 亮" in document(site, "stories/train/").body
    assert all("C-2026-011" not in found.body for found in site.documents)


def test_questions_stand_by_category_with_a_permanent_anchor_and_the_official_view(site: Site) -> None:
    faq = document(site, "faq/chat/")
    assert '<section class="kb-question" id="q-why">' in faq.body
    assert faq.body.index("届くようにするためです。") < faq.body.index("\U0010f001")
    assert {slot.id_prefix for slot in faq.slots} == {"q-why-", "q-risk-"}
    assert "2026年11月20日（金） 大野が承認" in faq.body
    assert text(site, "faq/").count("（準備中）") == 3  # of five required categories two are answered
    assert site.addresses["faq/chat/why.md"] == "faq/chat/#q-why"


def test_a_question_names_the_other_words_for_it() -> None:
    site, _ = composed([page("faq/chat/why.md", synonyms=["通知", "夜勤"]), page("faq/chat/risk.md")])
    assert text(site, "faq/chat/").count("関連する言葉：") == 1
    assert "関連する言葉：通知・夜勤" in text(site, "faq/chat/")


def test_a_campaign_puts_its_purpose_first_and_its_steps_in_order(site: Site) -> None:
    campaign = text(site, "campaigns/chat/")
    assert campaign.index("その日のうちに届く会社にする。") < campaign.index("いまどこまで来ているか")
    stages = "聞き取り 済み 承認 済み 計画 済み 利用開始 済み 定着の支援 済み 切り替え いまここ 完了 これから"
    assert stages in campaign
    assert "説明会 1月13日（火）に完了" in campaign
    assert "端末の追加 予定より遅れています" in campaign
    assert "社内メールを終える 予定" in campaign
    for said in ("返事が遅い", "道具を整える", "翌営業日までに返す", "深夜に返事を求める", "その場で聞ける"):
        assert said in campaign


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (at(date(2026, 11, 20)), "あと35日"),
        (at(date(2026, 12, 24), 23), "あと1日"),
        (at(date(2026, 12, 25), 0), "今日18時に終わります"),
        (at(date(2026, 12, 25), 17), "今日18時に終わります"),
        (at(date(2026, 12, 25), 18), "終了しました"),
        (at(date(2027, 3, 1)), "終了しました"),
    ],
)
def test_the_countdown_counts_calendar_days_and_ends_with_the_hour(now: object, said: str) -> None:
    site, _ = composed(whole_newsletter(), now=now)  # type: ignore[arg-type]
    assert said in text(site, "campaigns/chat/switch-off/")
    assert ("kb-alert--switch-off" in document(site, "").body) is (said != "終了しました")


def test_the_switch_off_page_names_exceptions_contact_and_the_departments_to_support(site: Site) -> None:
    countdown = text(site, "campaigns/chat/switch-off/")
    for said in ("社外あてのメール", "ヘルプデスク（内線2150）", "製造部 目標80%に対して58%（前月から+6ポイント）"):
        assert said in countdown
    assert "購買物流部" not in countdown  # 9 points below, not 10


def test_every_department_of_today_has_a_page_and_former_ones_have_none(site: Site) -> None:
    pages = {found.url for found in site.documents if found.kind == "department"}
    names = ("legal", "manufacturing", "sales-east", "sales-west", "supply")
    assert pages == {f"departments/{name}/" for name in names}
    assert "少人数のため非表示" in text(site, "departments/legal/")


def test_a_department_whose_page_has_no_text_leaves_no_room_for_one() -> None:
    site, _ = composed([page("departments/sales-east.md", title="東日本営業部", body="\n")])
    assert "kb-prose" not in document(site, "departments/sales-east/").body


def test_a_voice_is_called_one_once_whether_or_not_the_author_does() -> None:
    voices = [{"quote": "速い", "who": who, "answer": "続ける"} for who in ("製造部の声", "夜勤の人")]
    site, _ = composed([page("campaigns/chat.md", title="チャットへ", voices=voices)])
    campaign = text(site, "campaigns/chat/")
    assert "製造部の声 " in campaign
    assert "夜勤の人の声 " in campaign


def test_a_kind_of_page_has_one_name_on_its_card_in_its_list_and_in_the_search(site: Site) -> None:
    article = document(site, "articles/why/")
    assert article.found_as == document(site, "articles/").title == "読み物"
    assert ">読み物<" in article.body


@pytest.mark.parametrize(("url", "name"), [("about/mvv/", "使命"), ("issues/001/", "号")])
def test_the_search_calls_a_page_what_the_guide_calls_it(site: Site, url: str, name: str) -> None:
    assert document(site, url).found_as == name


def test_a_merged_department_says_where_it_came_from_and_marks_it_on_its_course(site: Site) -> None:
    supply = text(site, "departments/supply/")
    assert "2026年8月1日（土）に購買部と物流部が一つになり、購買物流部ができました。" in supply
    assert "組織改編 2026年8月1日に購買部と物流部から。それより前は購買部と物流部の数字です" in supply
    assert ">組織改編</text>" in document(site, "departments/supply/").body
    assert "組織改編" not in document(site, "departments/sales-east/").body


def test_a_department_that_took_another_in_keeps_its_course_cut_at_that_month() -> None:
    organisation = Organisation(
        tuple(
            replace(unit, successor_id="sales-east") if unit.id == "procurement" else unit
            for unit in ORGANISATION.departments
        )
    )
    whole = released()
    site, _ = composed([], figures=ReleasedFigures(whole.metrics, organisation, whole.cells))
    body = document(site, "departments/sales-east/").body
    assert "購買部を合わせました。それより前の数字に、購買部の分は含めていません。" in body
    assert len(re.findall("<polyline", body.partition("kb-chart--trend")[2])) == 2


def test_a_sentence_about_a_figure_stands_once_on_the_pages_that_show_it(site: Site) -> None:
    said = "2026年10月のチャット利用率は東日本営業部で84%（目標80%を4ポイント上回る）。"
    drawn = re.compile(r"<desc.*?</desc>|<[^>]+>")
    department = drawn.sub("", document(site, "departments/sales-east/").body)
    assert department.count(said) == 1
    for url in ("metrics/chat_rate/", "metrics/chat_rate/2026-10/"):
        metric = drawn.sub("", document(site, url).body)
        assert metric.count("2026年10月のチャット利用率は全社で76%") == 1
        assert metric.count("2026年5月の50%からは26ポイントの上昇です。") == 1


def test_a_campaign_whose_author_shows_figures_has_a_sentence_instead_of_a_tile() -> None:
    block = FigureBlock(KpiSpec(metric="chat_rate"), 20)
    site, findings = composed([page("campaigns/a.md", blocks=(block,)), page("campaigns/b.md")])
    assert findings == []
    own, plain = document(site, "campaigns/a/").body, document(site, "campaigns/b/").body
    assert ("kb-tile" in own, "<p>2026年10月のチャット利用率は全社で76%" in own) == (False, True)
    assert ("kb-tile" in plain, "<p>2026年10月のチャット利用率は全社で76%" in plain) == (True, False)


def test_champions_stand_on_one_page_and_links_to_them_find_their_place(site: Site) -> None:
    assert '<section class="kb-champion" id="sales-east">' in document(site, "champions/").body
    assert "推進担当を探している部署" in text(site, "champions/")
    assert site.addresses["champions/sales-east.md"] == "champions/#sales-east"


def test_a_champion_whose_term_is_over_is_not_named() -> None:
    former = page("champions/sales-east.md", person="前の人", term_to=date(2026, 10, 31))
    site, _ = composed([former])
    assert all("前の人" not in found.body for found in site.documents)


@pytest.mark.parametrize(
    ("in_office", "links"),
    [(["procurement"], []), (["procurement", "supply"], ["../../champions/#supply"])],
)
def test_a_story_of_a_department_that_is_gone_sends_readers_to_its_successors_champion_if_there_is_one(
    in_office: list[str], links: list[str]
) -> None:
    champions = [page(f"champions/{name}.md") for name in in_office]
    site, _ = composed([page("stories/order.md", department="procurement"), *champions])
    assert re.findall('href="([^"]*champions/[^"]+)"', document(site, "stories/order/").body) == links


def test_a_monthly_report_says_nothing_of_later_months(site: Site) -> None:
    july = text(site, "metrics/chat_rate/2026-07/")
    assert "2026年7月のチャット利用率は全社で61%" in july
    assert "65%" not in july
    for said in ("人事評価には使いません", "その月に1回以上書いた人の割合です。", "Teams 利用状況レポート、社員名簿"):
        assert said in july


def test_a_report_of_the_past_stays_as_it_was_when_a_month_is_added(site: Site) -> None:
    whole = released()
    earlier = {key: cell for key, cell in whole.cells.items() if key[1] <= Month(2026, 8)}
    before, _ = composed(whole_newsletter(), figures=ReleasedFigures(whole.metrics, ORGANISATION, earlier))
    assert document(before, "metrics/chat_rate/2026-06/").body == document(site, "metrics/chat_rate/2026-06/").body


def test_permanent_addresses_lead_to_the_page(site: Site) -> None:
    assert site.redirects == {"p/st-1/": "stories/train/"}


def test_an_index_of_an_author_opens_the_generated_list() -> None:
    site, findings = composed([page("articles/index.md", title="読み物", body="ようこそ。"), page("articles/a.md")])
    listing = document(site, "articles/")
    assert findings == []
    assert listing.title == "読み物"
    assert [slot.markdown for slot in listing.slots] == ["ようこそ。"]
    assert site.addresses["articles/index.md"] == "articles/"


def test_an_article_at_the_address_of_a_generated_page_is_a_finding() -> None:
    many = [page(f"articles/n{n:02}.md", date=TODAY) for n in range(40)]
    _, findings = composed([*many, page("articles/page/1.md")])
    assert [(finding.name, finding.place.path) for finding in findings] == [
        ("content/reserved-url", "content/articles/page/1.md")
    ]


def test_a_picture_of_an_article_is_found_beside_it() -> None:
    asset = AssetFile("articles/a/cover.png", "articles/a/cover.png", "/site/content/articles/a/cover.png")
    site, _ = composed([page("articles/a/b.md", cover="cover.png", cover_alt="欠けた歯車")], assets=[asset])
    assert '<img class="kb-cover__image" src="../cover.png" alt="欠けた歯車">' in document(site, "articles/a/b/").body


def test_the_same_input_gives_the_same_bytes_in_whatever_order_it_comes() -> None:
    one, _ = composed(whole_newsletter())
    two, _ = composed(reversed(whole_newsletter()))
    assert one == two


def test_a_page_past_its_review_says_so() -> None:
    site, _ = composed([page("articles/a.md", review_by=date(2026, 10, 1))])
    assert "要確認" in text(site, "articles/a/")


def test_a_missing_month_is_said_to_be_unmeasured(site: Site) -> None:
    august = document(site, "metrics/chat_rate/2026-08/").body
    assert re.search(r"製造部</th><td[^>]*>未測定", august)


def test_headings_of_a_page_skip_no_level(site: Site) -> None:
    for found in site.documents:
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", found.body)]
        assert all(after <= before + 1 for before, after in pairwise(levels)), found.url
