"""What cannot be right is told at its line, with the nearest right word; nothing is guessed."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.measure.warehouse import Warehouse
from tests.measure.conftest import DEPARTMENTS, Company, post, uses

LINE = "content/data/metrics.yml"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("source: usage", "source: usages", f"{LINE}:11:7 出典 `usages` はありません → `usage` のことではありませんか"),
        (
            "column: name",
            "column: nmae",
            f"{LINE}:12:7 `usage` に列 `nmae` はありません → `name` のことではありませんか",
        ),
        (
            "column: name",
            "column: 利用者",
            (
                f"{LINE}:12:7 `usage` に列 `利用者` はありません → `利用者` は元の資料での列の名前です。"
                "sources.yml でその列に付けた名前 `name` を書いてください"
            ),
        ),
        (
            "matches: mail",
            "matches: mali",
            f"{LINE}:13:7 `roster` に列 `mali` はありません → `mail` のことではありませんか",
        ),
        (
            "time: day",
            "time: messages",
            (
                f"{LINE}:14:7 `usage` の列 `messages` は日付の列ではありません"
                " → 型が `date` か `month` の列を指定してください"
            ),
        ),
        (
            "entity: employee",
            "entity: emploee",
            f"{LINE}:9:5 対象 `emploee` はありません → `employee` のことではありませんか",
        ),
        (
            "column: employee, where",
            "column: mail, where",
            (
                f"{LINE}:16:35 `denominator` の `column` は対象 `employee` のもの（`employee`）でなければなりません"
                " → `column: employee` と書いてください"
            ),
        ),
        (
            "owner:",
            "onwer:",
            f"{LINE}:7:5 `metrics` の `chat_rate` の `onwer` という項目はありません → `owner` のことではありませんか",
        ),
        (
            "45d",
            "45",
            (
                f"{LINE}:18:17 `metrics` の `chat_rate` の `freshness` の `warn_after` の `45` は日数として読めません"
                " → `45d` の形で書いてください"
            ),
        ),
        (
            "2026-12}",
            "来年}",
            (
                f"{LINE}:17:26 `metrics` の `chat_rate` の `target` の `by` の `来年` は年月として読めません"
                " → `2026-10` の形で書いてください"
            ),
        ),
    ],
)
def test_a_wrong_word_is_told_with_the_right_one(company: Company, old: str, new: str, sentence: str) -> None:
    company.define(old, new)
    assert sentence in company.findings()


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("mesages > 0", "`usage` に列 `mesages` はありません → `messages` のことではありませんか"),
        (
            'name = "電子"',
            "`usage` に列 `電子` はありません → 文字と比べるのなら、`'電子'` のように `'` で囲んでください",
        ),
        (
            "name = 電子",
            "`usage` に列 `電子` はありません → 文字と比べるのなら、`'電子'` のように `'` で囲んでください",
        ),
        (
            "送信数 > 0",
            (
                "`usage` に列 `送信数` はありません → `送信数` は元の資料での列の名前です。"
                "sources.yml でその列に付けた名前 `messages` を書いてください"
            ),
        ),
        ("messages => 1", "条件の中で演算子 `=>` は使えません → `>=` のことではありませんか"),
        ("messages =< 1", "条件の中で演算子 `=<` は使えません → `<=` のことではありませんか"),
        ("messages >", "条件 `messages >` がSQLの式になっていません → その表の列だけを使った条件を書いてください"),
        ("messages ＞ ０", "がSQLの式になっていません → `messages > 0` のように、記号を半角で書いてください"),
        ("name ≠ '＞' and messages ≧ 1", "→ `name <> '＞' and messages >= 1` のように、記号を半角で書いてください"),
        ("messages", "条件 `messages` が真偽の値になりません"),
        ("count(*) > 1", "条件の中で関数 `count` は使えません"),
        ("true), (false", "条件 `true), (false` が1つの式ではありません"),
        ("true) FROM usage; DROP TABLE usage --", "がSQLの式になっていません"),
        ("exists (SELECT 1 FROM roster)", "条件の中で副問い合わせは使えません"),
        ("row_number() OVER () = 1", "条件の中でウィンドウ関数は使えません"),
        ("day < current_date", "条件の中でビルドのたびに変わる `current_date` は使えません"),
        ("day < now()", "条件の中でビルドのたびに変わる `now` は使えません"),
        ("random() < 0.5", "条件の中でビルドのたびに変わる `random` は使えません"),
        ("length(repeat('x', 4000000000)) > 0", "条件の中で関数 `repeat` は使えません"),
        ("len(range(1000000000)) > 0", "条件の中で関数 `len` は使えません"),
        ("[x for x in [1]] = [1]", "使えません"),
        ("COLUMNS(*) > 0", "条件の中でこの書き方は使えません"),
        ("not " * 900 + "true", "条件"),
        ("name IN (SELECT * FROM read_csv('/etc/passwd'))", "条件の中で副問い合わせは使えません"),
    ],
)
def test_a_condition_is_one_pure_expression_over_its_table(company: Company, condition: str, sentence: str) -> None:
    company.define("where: messages > 0", f"where: {json.dumps(condition)}")
    (finding,) = company.findings()
    assert finding.startswith(f"{LINE}:15:7 ")
    assert sentence in finding


def test_a_remark_at_the_end_of_a_condition_is_harmless(company: Company) -> None:
    company.define("where: messages > 0", 'where: "messages > 0 -- 送った人"')
    assert company.cells()["2026-10", None] == (2, 3)


def test_a_conversion_that_fails_quotes_no_row(company: Company) -> None:
    company.define("where: messages > 0", "where: CAST(name AS INTEGER) > 0")
    assert company.findings() == [
        (
            f"{LINE}:5:3 `chat_rate` を数えられません（型の変換ができない値があります）"
            " → `where` と `checks` の型の変換を確かめ、列を比べるだけの短い条件にしてください"
        )
    ]


def test_all_mistakes_are_told_in_one_run(company: Company) -> None:
    company.define("column: name", "column: nmae")
    company.define("messages > 0", "mesages > 0")
    company.define("employment <>", "emploiment <>")
    assert len(company.findings()) == 3


def test_a_source_that_failed_is_not_called_unknown(company: Company) -> None:
    company.without_rows = frozenset({"usage"})
    assert company.findings() == []
    assert company.measure()[0].cells == ()


def test_a_source_that_failed_is_among_those_that_could_be_meant(company: Company) -> None:
    company.without_rows = frozenset({"usage"})
    company.define("source: usage", "source: xxxxxx")
    (finding,) = company.findings()
    assert finding.endswith("出典 `xxxxxx` はありません → 使えるのは `roster`, `targets`, `usage` です")


def test_f21_a_department_that_does_not_exist_is_told_with_the_nearest(company: Company) -> None:
    company.roster = [post("a", "slaes")]
    company.usage = uses("2026-10-31", "a")
    assert company.findings() == [
        (
            f"{LINE}:3:45 名簿 `roster` の所属 `slaes` が departments.csv にありません（2026-10）"
            " → `sales` のことではありませんか"
        )
    ]


def test_f21_a_department_that_has_ended_is_told_with_its_successor(company: Company) -> None:
    company.roster = [post("a", "logistics")]
    company.usage = uses("2026-10-31", "a")
    assert company.findings() == [
        (
            f"{LINE}:3:45 名簿 `roster` の所属 `logistics` は、その月末にはない部署です（2026-10）"
            " → 後継の部署は `supply` です"
        )
    ]


def test_somebody_without_a_department_is_told(company: Company) -> None:
    company.roster = [post("a", None)]
    company.usage = uses("2026-10-31", "a")
    assert "名簿 `roster` に所属のない人がいます（2026-10）" in company.findings()[0]


def test_somebody_in_two_departments_is_told(company: Company) -> None:
    company.roster = [post("a"), post("a", "legal"), post("b")]
    company.usage = uses("2026-10-31", "a")
    assert (
        f"{LINE}:16:53 2026年10月末に2つの部署に数えられる人が1人います（該当する月は1か月）"
        " → `denominator` の `where` で主務の行だけに絞ってください"
    ) in company.findings()


def test_a_name_that_two_people_share_is_told(company: Company) -> None:
    company.roster = [post("a"), ("b", "A@x", "sales", "正社員", date(2020, 4, 1), None)]
    company.usage = uses("2026-10-31", "a")
    assert "同じ `mail` を複数の人が使っているものが1件あります" in company.findings()[0]


def test_many_active_people_outside_the_roster_are_a_warning(company: Company) -> None:
    company.roster = [post(f"p{n}") for n in range(20)]
    company.usage = uses("2026-10-31", *(f"p{n}" for n in range(18)), "guest1", "guest2")
    assert company.findings() == [
        (
            f"注意 {LINE}:13:7 2026年10月に利用のあった20人のうち2人が、月末の名簿にいません（5%を超える月: 1）"
            " → 退職者やゲストでなければ、名簿と `matches` の列を確かめてください"
        )
    ]


def test_few_of_them_are_normal(company: Company) -> None:
    company.roster = [post(f"p{n}") for n in range(20)]
    company.usage = uses("2026-10-31", *(f"p{n}" for n in range(20)), "guest")
    assert company.findings() == []


def test_people_who_are_not_eligible_are_no_strangers(company: Company) -> None:
    company.roster = [post("a"), *(post(f"d{n}", employment="派遣") for n in range(9))]
    company.usage = uses("2026-10-31", "a", *(f"d{n}" for n in range(9)))
    assert company.findings() == []


def test_a_denominator_of_nobody_is_told(company: Company) -> None:
    company.define("'派遣'", "employment")
    assert company.findings() == [
        f"{LINE}:16:5 `chat_rate` の対象者が0人です → `denominator` の `where` と名簿の期間を確かめてください"
    ]


def test_f17_a_failing_check_names_metric_month_and_department(company: Company) -> None:
    company.define("    freshness:", "    checks: ['value <= 0.5', 'denominator > 0']\n    freshness:")
    company.usage = uses("2026-10-31", "a", "c")
    assert company.findings() == [
        (
            f"{LINE}:18:14 `chat_rate` の 2026-10、`legal` が検査 `value <= 0.5` に合いません"
            " → 元のデータか、検査の条件を確かめてください"
        ),
        (
            f"{LINE}:18:14 `chat_rate` の 2026-10、全社が検査 `value <= 0.5` に合いません"
            " → 元のデータか、検査の条件を確かめてください"
        ),
    ]


def test_a_wrong_check_is_told_at_its_line(company: Company) -> None:
    company.define("    freshness:", "    checks: ['valeu <= 1']\n    freshness:")
    assert company.findings() == [f"{LINE}:18:14 `figures` に列 `valeu` はありません → `value` のことではありませんか"]


@pytest.mark.parametrize(
    ("targets", "sentence"),
    [
        ([("slaes", 0.8)], "目標の表の部署 `slaes` がありません → `sales` のことではありませんか"),
        ([("sales", 80.0)], "部署 `sales` の目標 `80.0` は0から1までの割合ではありません"),
        ([("sales", 0.8), ("sales", 0.7)], "部署 `sales` の目標が2つあります"),
    ],
)
def test_a_wrong_target_is_told(company: Company, targets: list[tuple[str, float | None]], sentence: str) -> None:
    company.define("by: 2026-12}", "by: 2026-12, per_department: {source: targets, department: unit, value: share}}")
    company.targets = targets
    (finding,) = company.findings()
    assert sentence in finding


def test_rows_of_no_known_time_are_told(company: Company) -> None:
    company.usage = []
    assert company.findings() == [
        f"{LINE}:11:7 出典 `usage` がいつのデータか分かりません → sources.yml のその出典に `time:` を書いてください"
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("x,名,slaes,2016-04-01,,,50", "6 `parent_id` の部署 `slaes` がありません → `sales` のことではありませんか"),
        (
            "x,名,,2016-04-01,2026-03-31,spply,50",
            "6 `successor_id` の部署 `spply` がありません → `supply` のことではありませんか",
        ),
        ("sales,営業,,2026-04-01,,,50", "6 部署 `sales` の期間がほかの行と重なっています → 期間を分けてください"),
        ("x,名,x,2016-04-01,,,50", "6 `parent_id` をたどると部署 `x` 自身に戻ります → どこかの行を直してください"),
        (
            "x,名,,04/01/2016,,,50",
            "6 `valid_from` の値 `04/01/2016` は日付ではありません → `2026-04-01` のように書いてください",
        ),
        (
            "x,名,,2016-04-01,2015-04-01,,50",
            "6 終わりの日 2015-04-01 が始まりの日 2016-04-01 より前です → 日付を直してください",
        ),
        ("x,,,2016-04-01,,,50", "6 `name` が空です → 値を入れてください"),
        (
            "x,名,,2016-04-01,,,先頭",
            "6 `order` の値 `先頭` は整数ではありません → 並び順を `10` のように書いてください",
        ),
        (
            "x,名,,2016-04-01,2026-03-31,supply,50",
            "6 部署 `x` が終わった翌日に、後継の `supply` がありません → `valid_to` と後継の `valid_from` を合わせてください",
        ),
    ],
)
def test_f21_departments_that_cannot_be_are_told(company: Company, row: str, sentence: str) -> None:
    company.departments(f"{DEPARTMENTS}{row}\n")
    assert company.findings() == [f"content/data/departments.csv:{sentence}"]


def test_departments_whose_successors_go_in_a_circle_are_told(company: Company) -> None:
    company.departments(f"{DEPARTMENTS}x,甲,,2016-04-01,2026-03-31,y,50\ny,乙,,2026-04-01,2026-04-30,x,60\n")
    assert any("`successor_id` をたどると部署 `x` 自身に戻ります" in finding for finding in company.findings())


def test_a_department_may_be_renamed_on_a_day(company: Company) -> None:
    company.departments(
        DEPARTMENTS.replace("legal,法務室,,2016-04-01,,", "legal,法務課,,2016-04-01,2026-03-31,")
        + "legal,法務室,,2026-04-01,,,20\n"
    )
    assert company.cells()["2026-10", "legal"] == (1, 1)


def test_a_misspelt_column_of_the_departments_is_told(company: Company) -> None:
    company.departments(DEPARTMENTS.replace("parent_id", "parentid"))
    assert company.findings() == [
        (
            "content/data/departments.csv:1 見出しの行に `parent_id` がなく、使わない列 `parentid` があります"
            " → 見出しを `department_id,name,parent_id,valid_from,valid_to,successor_id,order` にしてください"
        ),
    ]


def test_figures_without_departments_are_told_once(company: Company) -> None:
    (company.data / "departments.csv").unlink()
    assert company.findings() == [
        (
            "content/data/departments.csv departments.csv がないため、部署ごとの数字を出せません"
            " → 部署の一覧を content/data/departments.csv に置いてください"
        )
    ]


def test_a_condition_may_compare_convert_and_look_into_text_and_days(company: Company) -> None:
    company.define(
        "where: messages > 0",
        """where: >-
        messages * 2 > 0 and lower(name) like '%x' and year(day) = 2026 and day >= date '2026-01-01' - interval 1 day
        and coalesce(nullif(trim(name), ''), 'x') not in ('y') and case when messages > 0 then true else false end
        and try_cast(messages as double) between 0 and 1e6 and regexp_matches(name, '^[a-z]') and name is not null""",
    )
    assert company.cells()["2026-10", None] == (2, 3)


@pytest.mark.parametrize(
    ("seconds", "statement", "told"),
    [
        (0.2, "SELECT count(*) FROM range(10000000000000)", "not done after 0.2 seconds"),
        (60, "SELECT list(n) FROM range(1000000000) AS t(n)", "it takes too much memory"),
    ],
    ids=["time", "memory"],
)
def test_counting_that_takes_too_long_or_too_much_memory_is_told_without_a_row(
    seconds: float, statement: str, told: str
) -> None:
    with Warehouse((), most_seconds=seconds, most_memory=2**26) as warehouse:
        with pytest.raises(warehouse.error) as caught:
            warehouse.query(statement)
        assert warehouse.why(caught.value).en == told
        assert warehouse.query("SELECT 1") == [(1,)]


@pytest.mark.parametrize("name", ["present", "active", "figures", "month", "roster2"])
def test_a_source_may_have_any_name(company: Company, name: str) -> None:
    company.define("source: usage", f"source: {name}")
    company.define("    freshness:", "    checks: ['value <= 1']\n    freshness:")
    company.usage_source = name
    assert company.cells()["2026-10", None] == (2, 3)


def test_sources_that_nobody_could_read_are_not_called_unknown(company: Company) -> None:
    company.are_all_known = False
    company.without_rows = frozenset({"usage", "roster", "targets"})
    assert company.findings() == []


@pytest.mark.parametrize("name", ["metrics.yml", "departments.csv"])
def test_a_folder_in_the_place_of_a_file_is_told(company: Company, name: str) -> None:
    (company.data / name).unlink()
    (company.data / name).mkdir()
    assert any(finding.startswith(f"content/data/{name} フォルダー") for finding in company.findings())


def test_a_name_is_the_key_of_a_metric_and_nothing_else(company: Company) -> None:
    company.define("    owner:", "    name: other\n    owner:")
    assert company.findings() == [
        f"{LINE}:7:5 `name` という項目はありません → この行を消してください。指標の名前は `chat_rate` です"
    ]


def test_a_column_in_which_nobody_of_the_roster_is_found_is_the_wrong_one(company: Company) -> None:
    company.define("matches: mail", "matches: employment")
    company.roster = [post("a")]
    assert company.findings() == [
        (
            f"{LINE}:13:7 `usage` の `name` が、名簿の `employment` に1人も見つかりません（2026年10月: 2人）"
            " → `column` と `matches` の列を確かめてください"
        )
    ]


def test_rows_of_the_roster_that_end_before_they_begin_are_told(company: Company) -> None:
    company.roster = [*company.roster, post("d", first=date(2026, 4, 1), last=date(2026, 3, 1))]
    assert company.findings() == [
        (
            f"注意 {LINE}:3:88 名簿 `roster` に、始まりの日がないか終わりの日より後の行があり、数えられません（1行）"
            " → 取り消した発令でなければ、名簿の日付を直してください"
        )
    ]


def test_rows_of_the_roster_without_a_person_are_told(company: Company) -> None:
    company.define("key: employee,", "key: mail,")
    company.define("column: employee,", "column: mail,")
    company.roster = [*company.roster, ("d", None, "sales", "正社員", date(2020, 4, 1), None)]
    assert company.findings() == [
        f"{LINE}:3:30 名簿 `roster` に、`mail` が空の行があります（1行） → 名簿の値を埋めてください"
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("  chat_rate:", "  nix:\n  chat_rate:", "`metrics` の `nix` の `owner` がありません。必ず書く項目です"),
        ("owner: 情報システム部", "owner: '　'", "`metrics` の `chat_rate` の `owner` の値が空です"),
        ("warn_after: 45d", "warn_after: 500d", "`warn_after` が `fail_after` より長くなっています"),
        ("by: 2026-12", "by: 0000-01", "`0000-01` は年月として読めません"),
        ("where: messages > 0", "where: ' '", "がSQLの式になっていません"),
    ],
)
def test_what_says_nothing_is_not_passed_over(company: Company, old: str, new: str, sentence: str) -> None:
    company.define(old, new)
    assert any(sentence in finding for finding in company.findings())
