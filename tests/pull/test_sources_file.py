"""sources.yml: every mistake in one run, with its line and the nearest right word."""

from __future__ import annotations

import pytest

from tests.pull.conftest import Desk


def test_a_site_without_the_file_has_no_figures_and_no_problem(desk: Desk) -> None:
    snapshots, findings = desk.pull()
    assert (snapshots.by_source, findings) == ({}, [])


def test_all_mistakes_are_told_in_one_run(desk: Desk) -> None:
    desk.put(
        "sources.yml",
        """
sources:
  roster:
    kind: cvs
  survey:
    kind: csv
    label: アンケート
    path: survey.csv
    encoding: utf8
    colums: {}
    columns:
      メール: {name: mail, tpye: text}
      日付: {name: day, type: dat}
      回答月: {name: Month, type: month, format: YYYY-MM-DD}
""",
    )
    assert desk.findings() == [
        "content/data/sources.yml:4:5 `cvs` という種類の出典はありません → `csv` のことではありませんか",
        (
            "content/data/sources.yml:9:5 `sources` の `survey` の `encoding` に `utf8` は書けません"
            " → `utf-8` のことではありませんか。書けるのは `utf-8`, `cp932`, `utf-16` です"
        ),
        (
            "content/data/sources.yml:10:5 `sources` の `survey` の `colums` という項目はありません"
            " → `columns` のことではありませんか"
        ),
        (
            "content/data/sources.yml:12:7 `sources` の `survey` の `columns` の `メール` の `type` がありません。必ず書く項目です"
            " → `type` を書いてください"
        ),
        (
            "content/data/sources.yml:12:25 `sources` の `survey` の `columns` の `メール` の `tpye` という項目はありません"
            " → `type` のことではありませんか"
        ),
        (
            "content/data/sources.yml:13:23 `sources` の `survey` の `columns` の `日付` の `type` に `dat` は書けません → `date` のことではありませんか。"
            "書けるのは `text`, `integer`, `number`, `date`, `month`, `boolean` です"
        ),
        (
            "content/data/sources.yml:14:13 `sources` の `survey` の `columns` の `回答月` の `name` の `Month` は名前に使えません"
            " → 英小文字で始め、英小文字、数字、`_` だけで書いてください"
        ),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("key: [mai]", "列 `mai` は `columns` にありません → `mail` のことではありませんか"),
        ("key: [x]", "列 `x` は `columns` にありません → `columns` の `name` から選んでください: `mail`, `day`"),
        (
            "on_duplicate: latest",
            (
                " `on_duplicate: latest` には `key` と `latest_by` が要ります（`error` には `latest_by` は要りません）"
                " → 3つをそろえて書いてください"
            ),
        ),
        ("time: dya", "列 `dya` は `columns` にありません → `day` のことではありませんか"),
    ],
)
def test_a_key_or_time_that_is_no_column_is_told(desk: Desk, line: str, sentence: str) -> None:
    desk.put(
        "sources.yml",
        "sources:\n  usage:\n    kind: csv\n    label: x\n    path: x.csv\n    encoding: utf-8\n    columns:\n"
        f"      a: {{name: mail, type: text}}\n      b: {{name: day, type: date}}\n    {line}\n",
    )
    assert desk.findings() == [f"content/data/sources.yml:2:3 `sources` の `usage` の{sentence}"]


def test_a_column_that_the_vendor_does_not_have_is_told_with_the_nearest(desk: Desk) -> None:
    desk.put(
        "sources.yml",
        "sources:\n  chat:\n    kind: teams_user_activity\n    label: x\n    path: x.csv\n    columns: [post_message]\n",
    )
    assert desk.findings() == [
        (
            "content/data/sources.yml:6:5 `sources` の `chat` の `columns` の列 `post_message` はこの種類のデータにありません"
            " → `post_messages` のことではありませんか"
        )
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sources: [", "bad-yaml"),
        ("sources: &a {x: *a}", "yaml-anchor-or-tag"),
        ("sources: {x: {kind: csv}, x: {kind: csv}}", "duplicate-key"),
        ("sources: {x: 3}", "missing-key"),
        ("", "missing-key"),
        ("source: {}", "unknown-key"),
        ("sources: {day: 2026-13-45}", "missing-key"),
        ("[" * 1500, "bad-yaml"),
    ],
)
def test_what_is_no_list_of_sources_is_told(desk: Desk, text: str, code: str) -> None:
    desk.put("sources.yml", text)
    assert code in [finding.code for finding in desk.pull()[1]]


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "exports/../../x.csv", "C:/x.csv", "..\\x.csv", ""])
def test_a_path_that_leaves_the_data_folder_is_refused(desk: Desk, path: str) -> None:
    desk.put("../secret.csv", "a\n1\n")
    assert _codes(desk, path) == ["path-outside"]


def test_a_link_that_leaves_the_data_folder_is_refused(desk: Desk) -> None:
    secret = desk.put("../secret.csv", "a\n1\n")
    (desk.data / "inside.csv").symlink_to(secret)
    assert _codes(desk, "inside.csv") == ["path-outside"]
    (desk.data / "folder").symlink_to(secret.parent, target_is_directory=True)
    assert _codes(desk, "folder/secret.csv") == ["path-outside"]


@pytest.mark.parametrize("path", ["absent.csv", "absent/*.csv", "**.csv", "exports"])
def test_a_file_that_is_not_there_is_told(desk: Desk, path: str) -> None:
    assert _codes(desk, path) == ["no-file"]


def test_what_excel_and_macos_leave_beside_files_is_not_read(desk: Desk) -> None:
    desk.put("exports/a.csv", "a\n1\n")
    desk.put("exports/~$a.csv", b"\x00\x05")
    desk.put("exports/._a.csv", b"\x00\x05")
    assert _codes(desk, "exports/*.csv") == []


def _codes(desk: Desk, path: str) -> list[str]:
    desk.put(
        "sources.yml",
        f"sources:\n  usage:\n    kind: csv\n    label: x\n    path: '{path}'\n    encoding: utf-8\n"
        "    columns: {a: {name: a, type: integer}}\n",
    )
    return [finding.code for finding in desk.pull()[1]]


@pytest.mark.parametrize(
    ("columns", "more", "sentence"),
    [
        ("{}", "", "`columns` に列がありません"),
        ("{a: {name: x, type: text}, b: {name: x, type: text}}", "", "`columns` に同じ `name` の列があります: `x`"),
        ("{a: {name: x, type: text}}", "time: x", "`time` の列 `x` は日付の列ではありません"),
        ("{a: {name: x, type: text}}", "label: ''", "`label` の値が空です"),
    ],
)
def test_what_gives_no_table_is_told_before_anything_is_read(
    desk: Desk, columns: str, more: str, sentence: str
) -> None:
    label = "" if "label" in more else "label: 名簿"
    lines = ["kind: csv", label, "path: a.csv", "encoding: utf-8", f"columns: {columns}", more]
    desk.put("sources.yml", "sources:\n  roster:\n" + "".join(f"    {line}\n" for line in lines if line))
    assert [finding for finding in desk.findings() if sentence in finding]


def test_a_path_longer_than_any_files_leads_to_no_file(desk: Desk) -> None:
    columns = "columns: {a: {name: x, type: text}}"
    lines = ["kind: csv", "label: 名簿", f"path: {'x' * 400}.csv", "encoding: utf-8", columns]
    desk.put("sources.yml", "sources:\n  roster:\n" + "".join(f"    {line}\n" for line in lines))
    (finding,) = desk.findings()
    assert "に当たるファイルがありません" in finding
