"""Each thing that can be said of a figure, word by word."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from generator.charts import sentences
from generator.model.figure import Band, ReleasedFigure
from generator.model.period import Month
from tests.charts.cases import ABOUT, CHAT, OCTOBER, course, hidden, missing, shown

SEPTEMBER = OCTOBER.plus(-1)
BEFORE = shown(71, period=SEPTEMBER)


@pytest.mark.parametrize(
    ("figure", "previous", "words"),
    [
        (
            shown(76, change=5),
            BEFORE,
            "2026年10月のチャット利用率は全社で76%（目標80%まであと4ポイント）。前月より5ポイント上がりました。",
        ),
        (
            shown(69, change=-2),
            BEFORE,
            "2026年10月のチャット利用率は全社で69%（目標80%まであと11ポイント）。前月より2ポイント下がりました。",
        ),
        (
            shown(80, change=9),
            BEFORE,
            "2026年10月のチャット利用率は全社で80%（目標80%を達成）。前月より9ポイント上がりました。",
        ),
        (
            shown(84, department="east-sales", change=0),
            shown(84, department="east-sales", period=SEPTEMBER),
            "2026年10月のチャット利用率は東日本営業部で84%（目標80%を4ポイント上回る）。前月と同じです。",
        ),
        (
            shown(76, target=None),
            None,
            "2026年10月のチャット利用率は全社で76%。今回が最初の数字です。",
        ),
        (
            shown(76),
            missing(period=SEPTEMBER),
            "2026年10月のチャット利用率は全社で76%（目標80%まであと4ポイント）。前月は未測定のため、比べられません。",
        ),
        (
            shown(76),
            hidden(period=SEPTEMBER),
            (
                "2026年10月のチャット利用率は全社で76%（目標80%まであと4ポイント）。"
                "前月は正確な数字を示していないため、比べられません。"
            ),
        ),
        (
            shown(76, change=5, stale=True),
            BEFORE,
            (
                "2026年10月のチャット利用率は全社で76%（目標80%まであと4ポイント）。前月より5ポイント上がりました。"
                "データは2026年9月20日時点です。"
            ),
        ),
        (
            missing(),
            BEFORE,
            "2026年10月のチャット利用率は全社では未測定です（0%という意味ではありません）。",
        ),
        (
            hidden(department="audit"),
            None,
            "2026年10月のチャット利用率は、監査室では少人数のため非表示です。",
        ),
        (
            hidden(department="marketing", band=Band(90, 100)),
            None,
            "2026年10月のチャット利用率はマーケティング部で9割以上（少人数が分からないよう、範囲で示しています）。",
        ),
        (
            shown(76, period=Month(2027, 2), change=5),
            BEFORE,
            (
                "2027年2月のチャット利用率は全社で76%（2026年12月までの目標80%に4ポイント届かず）。"
                "前月より5ポイント上がりました。"
            ),
        ),
    ],
    ids=[
        *("rising", "falling", "target reached", "beyond its target and unchanged", "first month without target"),
        *("month before missing", "month before hidden", "stale", "missing", "hidden", "band", "target date passed"),
    ],
)
def test_statement(figure: ReleasedFigure, previous: ReleasedFigure | None, words: str) -> None:
    assert sentences.statement(figure, previous, ABOUT) == words


@pytest.mark.parametrize(
    ("series", "words"),
    [
        (CHAT, "2025年11月の21%からは55ポイントの上昇です。"),
        (course([50, 47, 46]), "2026年8月の50%からは4ポイントの低下です。"),
        (course([50, 47, 50]), "2026年8月の50%からは変わらない水準です。"),
        (course([50, 55, None]), ""),  # two neighbours: the change has been said for them
        (course([50, 55, 58, None]), "2026年7月の50%から2026年9月の58%まで8ポイントの上昇です。"),
        (course([50]), ""),
        (course([None, None]), ""),
    ],
)
def test_progress(series: list[ReleasedFigure], words: str) -> None:
    assert sentences.progress(series) == words


def test_departments_counts_what_is_shown_and_names_the_largest_rise() -> None:
    units = [
        shown(76),
        hidden(department="audit"),
        shown(82, department="planning", change=3),
        shown(78, department="east-sales", change=7),
        hidden(department="marketing", band=Band(70, 100)),
        missing(department="manufacturing-1"),
    ]
    assert sentences.departments(units, ABOUT) == (
        "2026年10月のチャット利用率は、数字を示した2部署のうち1部署が目標に達しました。"
        "前月からの伸びが最も大きかったのは東日本営業部（+7ポイント）です。"
        "1部署は範囲で表示、1部署は少人数のため非表示、1部署は未測定です。"
    )


def test_departments_when_none_or_all_have_reached_their_target() -> None:
    low, high = shown(50, department="planning"), shown(90, department="east-sales")
    assert "2部署のうち目標に達した部署はまだありません。" in sentences.departments([low, low], ABOUT)
    assert "2部署すべてが目標に達しました。" in sentences.departments([high, high], ABOUT)


def test_departments_without_targets_says_how_many_are_shown() -> None:
    units = [shown(50, department="planning", target=None), missing(department="audit")]
    assert sentences.departments(units, ABOUT).startswith(
        "2026年10月のチャット利用率は、2部署のうち1部署について示しています。"
    )


def test_no_department_is_named_for_falling_or_in_a_crowd() -> None:
    falling = [shown(50, department="planning", change=-3), shown(50, department="audit", change=0)]
    assert "伸び" not in sentences.departments(falling, ABOUT)
    alone = [shown(50, department="planning", change=7), hidden(department="audit")]
    assert "伸び" not in sentences.departments(alone, ABOUT)
    crowd = [shown(50, department=unit, change=2) for unit in ("audit", "planning", "east-sales", "marketing")]
    assert "伸び" not in sentences.departments(crowd, ABOUT)


def test_comparison_of_one() -> None:
    april = shown(46, period=Month(2026, 4))
    assert sentences.comparison([april], [shown(76)], ABOUT) == (
        "全社のチャット利用率は、2026年4月の46%から2026年10月の76%へ30ポイント上がりました。"
    )
    assert sentences.comparison([april], [shown(46)], ABOUT).endswith("2026年10月の46%まで変わっていません。")
    assert sentences.comparison([missing(period=Month(2026, 4))], [shown(76)], ABOUT) == (
        "全社のチャット利用率は、2026年4月が未測定、2026年10月が76%です。"
    )
    assert sentences.comparison([], [shown(76)], ABOUT) == (
        "全社のチャット利用率は、2026年10月に76%です。それより前の数字はありません。"
    )


def test_comparison_of_departments_counts_those_that_rose() -> None:
    def of(percent: int, unit: str) -> ReleasedFigure:
        return shown(percent, department=unit)

    before = [of(40, "audit"), of(50, "planning"), of(60, "marketing"), hidden(department="east-sales")]
    after = [of(45, "audit"), of(50, "planning"), of(70, "marketing"), of(30, "east-sales")]
    assert sentences.comparison(before, after, ABOUT) == "両方の月の数字がある3部署のうち2部署で上がりました。"
    assert "2部署すべてで" in sentences.comparison(before[::2], after[:3:2], ABOUT)


def test_comparison_of_one_department_names_it_instead_of_counting_it() -> None:
    before, after = ([shown(percent, department="east-sales"), hidden(department="audit")] for percent in (40, 45))
    said = sentences.comparison(before, after, ABOUT)
    assert said.startswith("両方の月の数字がある部署は一つです。東日本営業部のチャット利用率は、")
    assert said.endswith("へ5ポイント上がりました。")


def test_departments_without_a_difference_are_told_why() -> None:
    april, band = Month(2026, 4), Band(30, 40)
    after = [shown(30, department="audit"), shown(40, department="planning")]
    in_bands = [hidden(department=unit, period=april, band=band) for unit in ("audit", "planning")]
    assert sentences.comparison(in_bands, after, ABOUT) == (
        "2026年4月は範囲で示しているため、部署ごとの差は出せません。"
    )
    both = [hidden(department=unit, band=band) for unit in ("audit", "planning")]
    assert sentences.comparison(in_bands, both, ABOUT) == (
        "2026年4月と2026年10月は範囲で示しているため、部署ごとの差は出せません。"
    )
    mixed = [in_bands[0], hidden(department="planning", period=april)]
    assert sentences.comparison(mixed, after, ABOUT) == (
        "両方の月に正確な数字のある部署がないため、部署ごとの差は出せません。"
    )
    assert sentences.comparison(in_bands[:1], after, ABOUT) == (
        "両方の月に正確な数字のある部署がないため、部署ごとの差は出せません。"
    )


def test_small_words() -> None:
    assert sentences.share(shown(0)) == "0%"
    assert sentences.share(hidden()) == "非表示"
    assert [sentences.points(n) for n in (5, -2, 0)] == ["+5ポイント", "−2ポイント", "±0ポイント"]
    assert sentences.change(shown(5)) == "—"
    assert sentences.target(80, ABOUT) == "80%（2026年12月まで）"
    assert sentences.target(None, ABOUT) == "なし"
    february = Month(2028, 2)
    assert sentences.period(february, february.first_day) == "2028年2月1日〜29日"
    assert sentences.people(2_000) == "2,000人"
    assert sentences.dated_share(shown(76, stale=True)) == "76%（2026年9月20日時点）"


def test_the_oldest_of_old_data_is_named() -> None:
    newer = shown(76, stale=True)
    older = replace(newer, as_of=newer.as_of.replace(month=8))
    assert sentences.oldest_stale([newer, older, shown(76)]) == "データは2026年8月20日時点です。"


def test_a_month_that_was_not_measured_counts_no_departments() -> None:
    figures = [missing(department="design"), missing(department="research")]
    assert sentences.departments(figures, ABOUT) == "2026年10月のチャット利用率は、どの部署も未測定です。"


def test_a_window_that_begins_in_another_month_is_printed_with_both_months() -> None:
    assert sentences.period(Month(2028, 2), date(2028, 1, 7)) == "2028年1月7日〜2月29日"
    assert sentences.period(Month(2028, 1), date(2027, 12, 7)) == "2027年12月7日〜2028年1月31日"


def test_departments_that_are_all_hidden_are_told_in_one_word() -> None:
    units = [hidden(department="planning"), hidden(department="east-sales")]
    assert sentences.departments(units, ABOUT) == "2026年10月のチャット利用率は、どの部署も少人数のため非表示です。"
