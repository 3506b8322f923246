"""Which texts may not leave: taken from the person-level columns, the withheld files and the environment."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import duckdb
import pytest

from generator.build.forbidden import forbidden_texts
from generator.cache.store import Store
from generator.effects import Effects
from generator.model.metric import Activity, Freshness, Label, Population
from generator.model.metric_kinds import Share
from generator.model.page import Article, FileDigests, Library, Page, PageText, Term, Withheld
from generator.model.snapshot import Snapshot, Snapshots, SnapshotStatus
from generator.settings import Settings
from generator.verify import ForbiddenText, Kind

CHAT = Share(
    name="chat_active_rate",
    label=Label(ja="チャット利用率", en="Chat use"),
    owner="情報システム部",
    definition="その月に一度でもチャットで発言した人の割合です",
    entity="person",
    numerator=Activity(source="slack", column="user_id", matches="社員番号", time="day"),
    denominator=Population(source="roster", column="社員番号"),
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
    store = Store(settings.private / "cache.sqlite3")
    return list(forbidden_texts(settings, effects, library, by_source, {"chat_active_rate": CHAT}, store).texts)


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


def test_a_number_is_gathered_once_for_capitals_but_in_full_width_each_way_it_is_written(
    settings: Settings, tmp_path: Path
) -> None:
    numbers = ("AB-12345", "ab-12345", "ＡＢ－１２３", "ａｂ－１２３")
    slack = snapshot(tmp_path, "slack", f"SELECT unnest({[*numbers]}) AS user_id")
    found = {text.text for text in gather(settings, snapshots=(slack,))}
    assert found == {"AB-12345", "ＡＢ－１２３", "ａｂ－１２３"}


def test_a_withheld_page_is_known_by_the_sentences_that_no_published_text_has(settings: Settings) -> None:
    public = Page("a.md", "a/", Article(title="公開済み"), "公開済み")
    text = PageText("この文は公開済みの記事にも\nあります。", 4)
    sentences = (
        "会議室を減らす計画",
        "この文は公開済みの記事にもあります",
        "公開済みの記事に",
        "その月に一度でもチャットで発言した人の割合です",
        "ひらがなだけのぶんしょうです",
        "The rooms will be closed one after the other",
    )
    staying = Withheld("企画/plan.md", "draft", sentences=sentences)
    library = Library((public,), (), (staying,), texts={"a.md": text}, digests={"a.md": FileDigests("", "")})
    assert gather(settings, library=library) == [
        ForbiddenText(sentence, Kind.WITHHELD, "content/企画/plan.md") for sentence in (sentences[0], *sentences[4:])
    ]


def test_what_a_withheld_page_says_is_not_shown_by_accident() -> None:
    assert "会議室" not in repr(Withheld("plan.md", "draft", sentences=("会議室を減らす計画",)))


def test_what_is_shown_of_a_withheld_page_tells_when_it_comes() -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (20, 21)]
    first, second = (repr(Withheld("plan.md", "embargoed", Term(opens=day))) for day in days)
    assert first != second  # digests are made of it


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


def test_many_drafts_are_compared_with_all_pages_in_one_pass(settings: Settings) -> None:
    chance = random.Random(7)  # noqa: S311 (text, not a secret)
    words = [a + b + c for a, b in product("会議室予約計画報告部署案内来春半分", repeat=2) for c in "のをがに"]

    def sentences(count: int) -> tuple[str, ...]:
        return tuple("".join(chance.choices(words, k=7)) for _ in range(count))

    pages = tuple(Page(f"{n}.md", f"{n}/", Article(), "題") for n in range(100))
    texts = {page.source: PageText("。\n".join(sentences(300)), 1) for page in pages}
    drafts = tuple(Withheld(f"d{n}.md", "draft", sentences=sentences(30)) for n in range(300))
    began = time.process_time()
    gather(settings, library=Library(pages, (), drafts, texts=texts, digests=dict.fromkeys(texts, FileDigests("", ""))))
    assert time.process_time() - began < 2  # page by page for each sentence it would take minutes


def test_what_is_printed_about_a_forbidden_text_does_not_say_it() -> None:
    text = ForbiddenText("hanako@asahino.example", Kind.MAIL, "人事名簿")
    for shown in (repr(text), str(text), f"{text}", repr([text]), repr({text: 1})):
        assert "hanako" not in shown
        assert "人事名簿" in shown
    assert not isinstance(text, Iterable), "its parts are shown wherever it is unpacked"
    with pytest.raises(TypeError):
        json.dumps(text)
