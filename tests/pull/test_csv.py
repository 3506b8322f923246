"""CSV: strict in encoding, shape and cells (faults F11 to F16, F18, F20, F24)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.pull.conftest import Desk, said
from tests.pull.test_excel import workbook

Make = Callable[..., Desk]

HEADER = "メール,日付,件数\r\n"
GOOD = HEADER + "a@asahino.example,2026-10-01,3\r\nb@asahino.example,2026-10-02,0\r\n"


def example(right: str, declared: str) -> str:
    """The remedy that shows the right form."""
    if not declared:
        return f"`{right}` のように書いてください"
    return f"`{right}` のように書くか、いつもこの形なら sources.yml のこの列に `{declared}` と書いてください"


def test_declared_columns_become_typed_rows(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    assert desk.rows() == [
        ("a@asahino.example", date(2026, 10, 1), 3),
        ("b@asahino.example", date(2026, 10, 2), 0),
    ]
    assert desk.snapshot().watermark == date(2026, 10, 2)


def test_a_snapshot_knows_what_its_columns_are_called_in_the_file(csv_desk: Make) -> None:
    assert csv_desk(GOOD).snapshot().headings == (("メール", "mail"), ("日付", "day"), ("件数", "count"))


def test_a_snapshot_knows_its_file_where_there_can_be_one_only(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    assert desk.snapshot().file == "content/data/usage.csv"
    desk.put("sources.yml", (desk.data / "sources.yml").read_text("utf-8").replace("usage.csv", "usage*.csv"))
    assert desk.snapshot().file is None


def test_columns_are_found_by_name_in_any_order(csv_desk: Make) -> None:
    assert csv_desk("件数,メール,日付\n3,a,2026-10-01\n").rows() == [("a", date(2026, 10, 1), 3)]


def test_headings_below_a_title_are_told_with_their_row(csv_desk: Make) -> None:
    assert csv_desk("2026年10月の利用状況,,\n\n" + GOOD).findings() == [
        ("content/data/usage.csv:1 列の名前は1行目ではなく3行目にあります → その上の行を除いて書き出してください")
    ]


def test_line_breaks_and_commas_inside_quotes_belong_to_the_cell(csv_desk: Make) -> None:
    desk = csv_desk(
        'メール,日付,件数,所感\n"a,\nb",2026-10-01,3,"x\ny"\nc,2026-10-02,x,z\n', extra="    ignored: [所感]\n"
    )
    assert desk.findings() == [
        "content/data/usage.csv:5 5行目、列 `件数` の値は数ではありません → `12` のように書いてください"
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_column(csv_desk: Make) -> None:
    assert len(csv_desk(GOOD, "utf-8-sig").rows()) == 2


def test_f11_a_file_cut_off_in_a_row_is_refused(csv_desk: Make) -> None:
    assert csv_desk(GOOD + "c@asahino.example,2026").findings() == [
        (
            "content/data/usage.csv:4 最後の4行目が改行で終わっていません。途中で切れているおそれがあります"
            " → もう一度書き出すか、いつもこの形なら sources.yml に `ends_in_line_break: false` と書いてください"
        )
    ]


def test_f11_a_row_of_another_length_is_refused(csv_desk: Make) -> None:
    assert csv_desk(GOOD + "c@asahino.example,2026-10-03\r\n").findings() == [
        "content/data/usage.csv:4 4行目は2列で、見出しの3列と合いません → もう一度書き出してください"
    ]


def test_f11_an_open_quote_is_told_where_its_row_begins(csv_desk: Make) -> None:
    (finding,) = csv_desk(GOOD + '"c@asahino.example,2026-10-03,3\r\n').findings()
    assert finding.startswith("content/data/usage.csv:4 4行目から始まる行が壊れています")


def test_f11_a_number_may_not_be_the_half_of_another(csv_desk: Make) -> None:
    (finding,) = csv_desk(GOOD + "c@asahino.example,2026-10-03,12345"[:-3]).findings()
    assert "途中で切れているおそれがあります" in finding


def test_a_program_that_writes_no_last_line_break_is_declared(csv_desk: Make) -> None:
    assert len(csv_desk(GOOD.rstrip(), extra="    ends_in_line_break: false\n").rows()) == 2


def test_f12_cp932_declared_as_utf8_is_refused_with_the_byte_and_a_hint(csv_desk: Make) -> None:
    assert csv_desk(GOOD, "cp932").findings() == [
        (
            "content/data/usage.csv:1 utf-8 として読めません（1行目、先頭から0バイト目）。cp932 のようです"
            " → sources.yml の `encoding` を `cp932` にしてください"
        )
    ]


def test_what_is_wrong_with_all_files_alike_is_told_once_with_their_number(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    desk.put("sources.yml", (desk.data / "sources.yml").read_text("utf-8").replace("usage.csv", "usage*.csv"))
    for month in ("09", "10", "11"):
        desk.put(f"usage-{month}.csv", GOOD.replace("2026-10", f"2026-{month}").replace("件数", "回数"))
    assert desk.findings() == [
        (
            "content/data/usage-09.csv:1 列 `件数` がありません（ほかに2個のファイルも同じ）"
            " → 書き出しの列を元に戻すか、列名が変わったなら sources.yml を合わせてください"
        ),
        (
            "注意 content/data/usage-09.csv:1 知らない列 `回数` があります（読み込みません）（ほかに2個のファイルも同じ）"
            " → 使うなら `columns` に、使わないなら `ignored` に書いてください"
        ),
    ]


def test_a_new_column_of_all_files_is_told_once_also_of_files_that_are_known(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    desk.put("sources.yml", (desk.data / "sources.yml").read_text("utf-8").replace("usage.csv", "usage*.csv"))
    wider = GOOD.replace("\r\n", ",x\r\n").replace("件数,x", "件数,備考")
    desk.put("usage.csv", wider)
    desk.put("usage-11.csv", wider.replace("2026-10", "2026-11"))
    (told,) = desk.findings()
    assert told.startswith(
        "注意 content/data/usage-11.csv:1 知らない列 `備考` があります（読み込みません）（ほかに1個の"
    )
    assert desk.findings() == [told] == [said(finding) for finding in desk.pull(offline=True)[1]]
    desk.put("usage-12.csv", wider.replace("2026-10", "2026-09"))
    assert "（ほかに2個の" in desk.findings()[0]


def test_f12_one_file_of_another_encoding_is_saved_anew_and_not_declared(csv_desk: Make) -> None:
    desk = csv_desk(GOOD)
    desk.put("sources.yml", (desk.data / "sources.yml").read_text("utf-8").replace("usage.csv", "usage*.csv"))
    desk.put("usage-11.csv", GOOD.replace("2026-10", "2026-11"), "cp932")
    expected = (
        "content/data/usage-11.csv:1 utf-8 として読めません（1行目、先頭から0バイト目）。cp932 のようです"
        " → ほかのファイルは読めているので、このファイルだけ、同じ文字コード"
        "（Excelの「CSV UTF-8」は utf-8、「CSV」は cp932）で保存し直してください"
    )
    assert desk.findings() == [expected]
    (desk.data / "usage-11.csv").unlink()
    desk.snapshot()
    desk.put("usage-11.csv", GOOD, "cp932")
    assert f"注意 {expected}" in desk.findings()  # also beside files that are known from before


def test_f12_utf8_declared_as_cp932_is_refused_even_where_it_would_decode(csv_desk: Make) -> None:
    desk = csv_desk("メール,日付,件数,ああ\na,2026-10-01,3,ああ\n")
    sources = (desk.data / "sources.yml").read_text("utf-8").replace("encoding: utf-8", "encoding: cp932")
    desk.put("sources.yml", sources)
    (finding,) = desk.findings()
    assert "utf-8" in finding
    assert finding.endswith("sources.yml の `encoding` を `utf-8` にしてください")


@pytest.mark.parametrize(
    "content", [workbook(["sales"]), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)], ids=["xlsx", "xls"]
)
def test_a_workbook_in_place_of_text_is_called_one(csv_desk: Make, content: bytes) -> None:
    assert csv_desk(content).findings() == [
        (
            "content/data/usage.csv CSVではなくExcelのブックです → Excelで開き、「CSV UTF-8」で保存し直してください"
            "（`kind: csv` の資料なら、`kind: excel` にしても読めます）"
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_f13_utf16_declared_as_utf8_is_refused(csv_desk: Make, encoding: str) -> None:
    (finding,) = csv_desk(GOOD, encoding).findings()
    assert finding.endswith("sources.yml の `encoding` を `utf-16` にしてください")


@pytest.mark.parametrize(("delimiter", "name"), [("\t", "タブ"), (";", "セミコロン")])
def test_f14_another_delimiter_is_named(csv_desk: Make, delimiter: str, name: str) -> None:
    shown = delimiter.replace("\t", "\\t")
    assert csv_desk(GOOD.replace(",", delimiter)).findings() == [
        (
            f"content/data/usage.csv:1 列の区切りがコンマではなく{name}のようです"
            f' → sources.yml に `delimiter: "{shown}"` と書いてください'
        )
    ]


def test_f14_line_ends_may_be_mixed(csv_desk: Make) -> None:
    assert len(csv_desk(GOOD.replace("\r\n", "\n", 1)).rows()) == 2


def test_f15_rows_with_the_same_key_are_an_error(csv_desk: Make) -> None:
    twice = GOOD + "A@asahino.example,2026-10-01,4\r\n"
    assert csv_desk(twice, extra="    key: [mail, day]\n").findings() == [
        (
            "content/data/sources.yml:2 `mail`, `day` が同じ行が1組あります（例: `content/data/usage.csv` の2行目と4行目）"
            " → 重なった行を除くか、sources.yml で `on_duplicate: latest` と `latest_by` を決めてください"
        )
    ]


def test_f15_or_the_latest_of_them_counts_when_declared(csv_desk: Make) -> None:
    policy = "    key: [mail, day]\n    on_duplicate: latest\n    latest_by: count\n"
    desk = csv_desk(GOOD + "A@asahino.example,2026-10-01,4\r\n", extra=policy)
    assert desk.rows() == [("A@asahino.example", date(2026, 10, 1), 4), ("b@asahino.example", date(2026, 10, 2), 0)]
    for _ in range(2):  # read, and known from before
        assert desk.pull()[0].by_source["usage"].replaced == 1


def test_f15_two_latest_rows_are_an_error(csv_desk: Make) -> None:
    policy = "    key: [mail]\n    on_duplicate: latest\n    latest_by: count\n"
    tie = "a@asahino.example,2026-10-02,3\r\na@asahino.example,2026-10-01,3\r\n"
    (finding,) = csv_desk(GOOD + tie, extra=policy).findings()
    assert "4行目と5行目は中身が違うのに `count` が同じで、どちらが新しいか決められません" in finding


def test_f15_a_row_that_was_exported_twice_counts_once(csv_desk: Make) -> None:
    policy = "    key: [mail, day]\n    on_duplicate: latest\n    latest_by: count\n"
    desk = csv_desk(GOOD + 2 * "a@asahino.example,2026-10-01,3\r\n", extra=policy)
    assert desk.rows() == [("a@asahino.example", date(2026, 10, 1), 3), ("b@asahino.example", date(2026, 10, 2), 0)]
    assert desk.pull()[0].by_source["usage"].replaced == 2


@pytest.mark.parametrize(
    ("value", "why", "declared"),
    [
        ("-3", " `-3` は負の数です", ""),
        ("NaN", " `NaN` は数として扱えません", ""),
        ("inf", " `inf` は数として扱えません", ""),
        ("1e308", " `1e308` は大きすぎます", ""),
        ("１２", " `１２` は全角の数字です", "full_width: true"),
        ('"1,234"', " `1,234` には桁区切りのコンマが付いています", 'format: "1,234"'),
        ("８５％", " `８５％` は全角の数字です", "full_width: true"),
        ("85%", " `85%` には百分率の記号が付いています", ""),
        ("－", " `－` は数ではなく横棒です", 'empty: ["－"]'),
        ("3.5", " `3.5` はこの列の数の形ではありません", ""),
        ("山田太郎", "は数ではありません", ""),
        ("9999999999999", " `9999999999999` は大きすぎます", ""),
    ],
)
def test_f16_a_cell_that_is_no_count_is_told_with_an_example(
    csv_desk: Make, value: str, why: str, declared: str
) -> None:
    assert csv_desk(f"{GOOD}c,2026-10-03,{value}\n").findings() == [
        f"content/data/usage.csv:4 4行目、列 `件数` の値{why} → {example('12', declared)}"
    ]


def test_f16_an_empty_cell_is_not_zero(csv_desk: Make) -> None:
    (finding,) = csv_desk(f"{GOOD}c,2026-10-03,\n").findings()
    assert finding.startswith("content/data/usage.csv:4 4行目、列 `件数` の値は空です")


@pytest.mark.parametrize(
    ("value", "why", "declared"),
    [
        ("2026-02-30", "`2026-02-30` は暦にない日付です", ""),
        ("令和8年11月1日", "`令和8年11月1日` は和暦です", "format: 和暦"),
        ("46113", "`46113` はExcelの日付の通し番号です", ""),
        ("2026/10/03", "`2026/10/03` は決められた日付の形ではありません", "format: YYYY/M/D"),
        ("2026/4/1", "`2026/4/1` は決められた日付の形ではありません", "format: YYYY/M/D"),
        ("20261003", "`20261003` は決められた日付の形ではありません", "format: YYYYMMDD"),
        (
            "2026-10-03 09:00:00",
            "`2026-10-03 09:00:00` は決められた日付の形ではありません",
            "format: YYYY-MM-DD hh:mm:ss",
        ),
        ("10/3/2026", "`10/3/2026` は決められた日付の形ではありません", "format: M/D/YYYY"),
        ("25/12/2026", "`25/12/2026` は決められた日付の形ではありません", ""),
        ("２０２６-10-03", "`２０２６-10-03` は全角の数字です", "full_width: true"),
        ("10-03-2026", "`10-03-2026` は決められた日付の形ではありません", ""),
    ],
)
def test_f18_a_cell_that_is_no_date_is_told_with_an_example(
    csv_desk: Make, value: str, why: str, declared: str
) -> None:
    assert csv_desk(f"{GOOD}c,{value},1\n").findings() == [
        f"content/data/usage.csv:4 4行目、列 `日付` の値 {why} → {example('2026-04-01', declared)}"
    ]


def test_f18_a_future_day_is_refused(csv_desk: Make) -> None:
    assert csv_desk(GOOD + "c,2062-10-03,1\n").findings() == [
        (
            "content/data/sources.yml:2 出典 `usage` の最も新しい日付が 2062-10-03 で、今日（2026-11-20）より先です"
            " → 日付の列と、このコンピューターの時計を確かめてください"
        )
    ]


def test_f18_a_day_before_usage_was_measured_is_refused(csv_desk: Make) -> None:
    (finding,) = csv_desk(GOOD + "c,1926-10-03,1\n").findings()
    assert "`content/data/usage.csv` の4行目の日付が1990年より前です（1行）" in finding


def test_f20_an_unknown_column_is_a_warning_and_not_read(csv_desk: Make) -> None:
    desk = csv_desk("メール,日付,件数,部門\na,2026-10-01,3,x\n")
    assert desk.findings() == [
        (
            "注意 content/data/usage.csv:1 知らない列 `部門` があります（読み込みません）"
            " → 使うなら `columns` に、使わないなら `ignored` に書いてください"
        )
    ]
    assert desk.pull()[0].by_source["usage"].rows == 1


def test_f20_a_renamed_column_is_named_with_the_nearest(csv_desk: Make) -> None:
    found = csv_desk("メールアドレス,日付,件数\na,2026-10-01,3\n").findings()
    assert found[0].startswith("content/data/usage.csv:1 列 `メール` がありません（似た名前: `メールアドレス`）")


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n"])
def test_f24_an_empty_file_is_not_zero_people(csv_desk: Make, content: str) -> None:
    assert csv_desk(content, "utf-8").findings() == [
        "content/data/usage.csv 空のファイルです。0人という意味にはなりません → もう一度書き出してください"
    ]


def test_f24_a_header_alone_is_not_zero_people(csv_desk: Make) -> None:
    assert csv_desk(HEADER).findings() == [
        "content/data/usage.csv データの行がありません。0人という意味にはなりません → 書き出しの条件を確かめてください"
    ]


def test_the_same_problem_in_a_column_is_told_once_with_the_number_of_rows(csv_desk: Make) -> None:
    rows = "".join(f"c{n},2026-10-03,{n}%\n" for n in range(100))
    assert csv_desk(GOOD + rows).findings() == [
        (
            "content/data/usage.csv:4 4行目、列 `件数` の値 `0%` には百分率の記号が付いています（ほかに99行）"
            " → `12` のように書いてください"
        )
    ]


@pytest.mark.parametrize("name", ["hanako@asahino.example", "山田花子", "Nina", "和平"])
def test_a_message_never_repeats_who_somebody_is(csv_desk: Make, name: str) -> None:
    assert name not in str(csv_desk(f"メール,日付,件数\na,{name},{name}\n").findings())


def test_nul_characters_are_refused_with_their_line(csv_desk: Make) -> None:
    (finding,) = csv_desk(GOOD + "c\0,2026-10-03,1\n").findings()
    assert finding.startswith("content/data/usage.csv:4 NUL文字があります")


def test_a_value_outside_the_declared_ones_is_refused(csv_desk: Make) -> None:
    desk = csv_desk("メール,日付,件数,区分\na,2026-10-01,3,派遺\n")
    sources = (desk.data / "sources.yml").read_text("utf-8")
    desk.put("sources.yml", sources + "      区分: {name: kind, type: text, values: [正社員, 派遣]}\n")
    assert desk.findings() == [
        (
            "content/data/usage.csv:2 2行目、列 `区分` の値は `正社員`, `派遣` のどれでもありません"
            " → 書き間違いを直すか、正しい区分なら sources.yml の `values` に加えてください"
        )
    ]
