"""Which texts may not leave: taken from the person-level columns, the withheld files and the environment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from generator.effects import Effects
from generator.model.metric import Denominator, Freshness, Label, Metric, Numerator
from generator.model.page import Article, Library, Page, Withheld
from generator.model.snapshot import Snapshot, Snapshots, SnapshotStatus
from generator.settings import Settings
from generator.verify import ForbiddenText, Kind, forbidden_texts

CHAT = Metric(
    name="chat_active_rate",
    label=Label(ja="チャット利用率", en="Chat use"),
    owner="情報システム部",
    definition="その月に一度でもチャットで発言した人の割合です",
    entity="person",
    numerator=Numerator(source="slack", column="user_id", matches="社員番号", time="day"),
    denominator=Denominator(source="roster", column="社員番号"),
    freshness=Freshness(warn_after="45d", fail_after="90d"),  # type: ignore[arg-type]  # as YAML has it
)


NOTHING = Library((), (), ())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(root=tmp_path, content=tmp_path / "content", site_name="瓦版")


def snapshot(folder: Path, source: str, select: str) -> Snapshot:
    parquet = folder / f"{source}.parquet"
    duckdb.sql(f"COPY ({select}) TO '{parquet}' (FORMAT parquet)")
    pulled_at = datetime(2026, 11, 20, tzinfo=UTC)
    return Snapshot(source, f"{source} の書き出し", parquet, 2, None, "", pulled_at, SnapshotStatus.OK)


def gather(
    settings: Settings,
    snapshots: tuple[Snapshot, ...] = (),
    library: Library = NOTHING,
    environ: dict[str, str] | None = None,
) -> list[ForbiddenText]:
    by_source = Snapshots({one.source: one for one in snapshots})
    effects = Effects(environ=environ or {})
    return list(forbidden_texts(settings, effects, library, by_source, {"chat_active_rate": CHAT}).texts)


def test_identifier_columns_and_mail_addresses_are_gathered_but_no_names(settings: Settings, tmp_path: Path) -> None:
    roster = snapshot(
        tmp_path,
        "roster",
        "SELECT * FROM (VALUES ('050123', '佐藤花子さん', 'hanako@asahino.example', 'sales-east'),"
        " ('050123', '佐藤花子さん', 'hanako@asahino.example', 'design'), ('9', '短い番号の人', NULL, 'design'))"
        ' t("社員番号", "氏名", "メール", "所属")',
    )
    slack = snapshot(tmp_path, "slack", "SELECT 'U04AB77XY' AS user_id, 'HANAKO@asahino.example' AS upn")
    assert gather(settings, (slack, roster)) == [
        ForbiddenText("050123", Kind.IDENTIFIER, "roster の書き出し"),
        ForbiddenText("hanako@asahino.example", Kind.MAIL, "roster の書き出し"),
        ForbiddenText("U04AB77XY", Kind.IDENTIFIER, "slack の書き出し"),
    ]


def test_numbers_stored_as_numbers_are_gathered_too(settings: Settings, tmp_path: Path) -> None:
    slack = snapshot(tmp_path, "slack", "SELECT 1234567 AS user_id, 99999999 AS messages")
    assert [text.text for text in gather(settings, (slack,))] == ["1234567"]


DRAFT = """---
title: 会議室を減らす計画
summary: 来春から会議室を半分にします
draft: true
approved_by: 管理本部長
---
## 課題

会議室が足りないという声が
毎月のように届きます。
その月に一度でもチャットで発言した人の割合です。
この文は公開済みの記事にもあります。

The rooms will be closed one after the other, from spring on.
短い文。
"""


def test_a_withheld_page_is_known_by_its_title_and_its_own_sentences(settings: Settings) -> None:
    settings.content.mkdir()
    (settings.content / "plan.md").write_text(DRAFT, encoding="utf-8")
    front = Article(title="公開済み")
    public = Page("a.md", "a/", front, "公開済み", "この文は公開済みの記事にも\nあります。", 4, ())
    library = Library((public,), (), (Withheld("plan.md", "draft"),))
    assert [text.text for text in gather(settings, library=library)] == [
        "会議室を減らす計画",
        "来春から会議室を半分にします",
        "会議室が足りないという声が毎月のように届きます",
        "The rooms will be closed one after the other",
    ]
    assert {(text.kind, text.origin) for text in gather(settings, library=library)} == {
        (Kind.WITHHELD, "content/plan.md")
    }


def test_values_of_variables_named_as_secrets_are_gathered(settings: Settings) -> None:
    environ = {
        "HR_API_TOKEN": "abcdefghijkl",
        "SHORT_TOKEN": "abc",
        "SSH_PRIVATE_KEY_FILE": "/home/ci/.ssh/id",
        "PATH": "/usr/bin:/usr/local/bin",
    }
    assert gather(settings, environ=environ) == [
        ForbiddenText("abcdefghijkl", Kind.CREDENTIAL, "HR_API_TOKEN"),
        ForbiddenText("YWJjZGVmZ2hpamts", Kind.CREDENTIAL, "HR_API_TOKEN"),
    ]
