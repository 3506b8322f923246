"""Surveys as Microsoft Forms and Google Forms export them."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl  # type: ignore[import-untyped]  # a test tool only
import pytest

from tests.pull.conftest import Desk

MICROSOFT = """
sources:
  survey:
    kind: forms
    label: 働きがい調査（Microsoft Forms）
    product: microsoft
    path: answers.*
    key: [mail]
    on_duplicate: latest
    latest_by: answer_id
    time: answered_on
    columns:
      ID: {name: answer_id, type: integer}
      完了時刻: {name: answered_on, type: date, format: "YYYY/M/D h:mm:ss"}
      メール: {name: mail, type: text}
      仕事に誇りを持てますか: {name: pride, type: integer, scale: {とてもそう思う: 5, そう思う: 4, 思わない: 1}, empty: [該当なし]}
      使っている道具は: {name: tool, type: text, values: [チャット, メール], optional: true}
    ignored: [ひとこと]
"""
HEADINGS = "ID,開始時刻,完了時刻,メール,名前,最終変更時刻,仕事に誇りを持てますか\xa0,使っている道具は,ひとこと\r\n"
ANSWERS = (
    '1,2026/10/24 9:00:00,2026/10/24 9:03:11,a@asahino.example,山田 花子,,そう思う,チャット,"長い、\n所感"\r\n'
    "2,2026/10/24 9:01:00,2026/10/24 9:04:00,b@asahino.example,山田 太郎,,該当なし,,\r\n"
    "3,2026/10/24 23:58:00,2026/10/25 0:01:00,a@asahino.example,山田 花子,,とてもそう思う,メール,\r\n"
)
ROWS = [
    (2, dt.date(2026, 10, 24), "b@asahino.example", None, None),
    (3, dt.date(2026, 10, 25), "a@asahino.example", 5, "メール"),
]


def put(desk: Desk, answers: str | bytes, sources: str = MICROSOFT, name: str = "answers.csv") -> list[str]:
    desk.put("sources.yml", sources)
    desk.put(name, answers, "utf-8-sig")
    return desk.findings()


def test_answers_are_read_and_the_later_of_a_person_counts(desk: Desk) -> None:
    assert put(desk, HEADINGS + ANSWERS) == []
    assert desk.rows("survey") == ROWS


def test_what_people_wrote_and_their_names_are_in_no_stored_byte(desk: Desk) -> None:
    put(desk, HEADINGS + ANSWERS)
    stored = b"".join(path.read_bytes() for path in (desk.root / ".kawaraban").rglob("*") if path.is_file())
    assert b"a@asahino.example" in stored
    assert not [word for word in ("所感", "花子", "太郎") if word.encode() in stored]


def test_an_export_in_english_is_the_same_survey(desk: Desk) -> None:
    english = HEADINGS
    for ja, en in {
        "ID": "Id",
        "開始時刻": "Start time",
        "完了時刻": "Completion time",
        "メール": "Email",
        "名前": "Name",
    }.items():
        english = english.replace(ja, en, 1)
    assert put(desk, english + ANSWERS) == []
    assert desk.rows("survey") == ROWS


def test_an_export_in_excel_is_the_same_survey(desk: Desk) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    begun = dt.datetime.fromisoformat("2026-10-24T23:58:00")
    sheet.append(HEADINGS.strip("\r\n").split(","))
    sheet.append([2, begun, begun, "b@asahino.example", "x", None, "該当なし", None, "y"])
    sheet.append(
        [3, begun, begun + dt.timedelta(minutes=3), "a@asahino.example", "x", None, "とてもそう思う", "メール", None]
    )
    buffer = io.BytesIO()
    book.save(buffer)
    assert put(desk, buffer.getvalue(), name="answers.xlsx") == []
    assert desk.rows("survey") == ROWS


GOOGLE = """
sources:
  survey:
    kind: forms
    label: 働きがい調査（Google フォーム）
    product: google
    path: answers.csv
    ends_in_line_break: false
    time: answered_on
    columns:
      タイムスタンプ: {name: answered_on, type: date, format: "YYYY/M/D h:mm:ss"}
      メールアドレス: {name: mail, type: text}
      満足度 [職場]: {name: office, type: integer}
"""


@pytest.mark.parametrize(
    "headings", ["タイムスタンプ,メールアドレス", "Timestamp,Email Address", "Timestamp,ユーザー名"]
)
def test_google_forms_are_read_with_their_times_of_day(headings: str, desk: Desk) -> None:
    answers = (
        f"{headings},満足度 [職場]\n"
        '"2026/10/31 11:30:00 午後 GMT+9","a@asahino.example","4"\n'
        '"2026/10/31 3:00:00 PM GMT","b@asahino.example","10"'
    )
    assert put(desk, answers, GOOGLE) == []
    assert desk.rows("survey") == [
        (dt.date(2026, 10, 31), "a@asahino.example", 4),
        (dt.date(2026, 11, 1), "b@asahino.example", 10),
    ]


def test_an_answer_outside_the_scale_is_no_number(desk: Desk) -> None:
    (finding,) = put(desk, HEADINGS + ANSWERS.replace("とてもそう思う", "とても思う"))
    assert "列 `仕事に誇りを持てますか` の値は `とてもそう思う`, `そう思う`, `思わない` のどれでもありません" in finding


def test_a_question_that_is_new_is_told_and_one_that_is_gone_is_an_error(desk: Desk) -> None:
    findings = put(desk, HEADINGS.replace("使っている道具は", "お使いの道具は") + ANSWERS)
    assert "列 `使っている道具は` がありません（似た名前: `お使いの道具は`）" in findings[0]


def test_words_of_their_own_are_stored_only_where_it_is_declared(desk: Desk) -> None:
    asked = MICROSOFT.replace(
        "    ignored: [ひとこと]\n", "      ひとこと: {name: remark, type: text, optional: true}\n"
    )
    (finding,) = put(desk, HEADINGS + ANSWERS, asked)
    assert finding == (
        "content/data/sources.yml:3:3 `sources` の `survey` の質問 `ひとこと` は自由に書いた言葉を取り込むことになります"
        " → 選択肢を `values` に書くか、`ignored` に移すか、承知のうえなら `free_text: true` と書いてください"
    )
    assert (
        put(desk, HEADINGS + ANSWERS, asked.replace("remark, type: text,", "remark, type: text, free_text: true,"))
        == []
    )


def test_anonymous_answers_cannot_be_those_of_departments(desk: Desk) -> None:
    nobody = ANSWERS.replace("a@asahino.example", "anonymous").replace("b@asahino.example", "anonymous")
    findings = put(desk, HEADINGS + nobody)
    assert "回答がすべて匿名（`anonymous`）のため、誰の回答か分かりません" in findings[0]
