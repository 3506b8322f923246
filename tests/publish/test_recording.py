"""What is published of figures is in the ledger before readers see it, and no site is published against another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import PublishFailed, Rejected
from generator.ledger import digest_of_ledger, ledger_path, read_ledger
from generator.model.ledger import Told, ToldCell, ToldMonth
from tests.publish.target import Desk, edition


def october(percent: int) -> ToldMonth:
    cells = (ToldCell("sales", 100, percent, None, percent, percent, ""),)
    return ToldMonth("chat_active_rate", "2026-10", "d", cells)


def build(desk: Desk, word: str, percent: int) -> None:
    """Build a site that says so of October, held to the ledger of now."""
    desk.told = Told((october(percent),), digest_of_ledger(ledger_path(desk.settings)))
    desk.build(edition(word))


def ledger(desk: Desk) -> tuple[ToldMonth, ...]:
    found, findings = read_ledger(ledger_path(desk.settings))
    assert not findings
    return found.months


def test_a_build_is_no_publication(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    build(desk, "one", 60)
    assert ledger(desk) == ()


def test_every_edition_of_a_month_that_was_published_stays_in_the_ledger(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for word, percent in (("one", 60), ("two", 61), ("three", 61)):
        build(desk, word, percent)
        desk.publish()
    desk.rollback()
    assert ledger(desk) == (october(60), october(61))


def test_a_site_built_before_other_figures_were_published_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    build(desk, "one", 60)
    desk.publish()
    build(desk, "two", 61)
    held_to_the_first = desk.told
    build(desk, "three", 62)
    desk.publish()
    desk.told = held_to_the_first
    desk.build(edition("two"))
    with pytest.raises(PublishFailed) as refused:
        desk.publish()
    assert [finding.code for finding in refused.value.findings] == ["figures-published-since"]
    assert desk.served()["index.html"] == "three"
    assert october(61) not in ledger(desk)


def test_a_lost_ledger_begins_again_with_what_is_published(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    build(desk, "one", 60)
    desk.publish()
    ledger_path(desk.settings).unlink()
    assert not desk.publish().is_new
    assert ledger(desk) == (october(60),)


def test_a_ledger_that_cannot_be_read_stops_publishing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    build(desk, "one", 60)
    desk.publish()
    build(desk, "two", 61)
    ledger_path(desk.settings).write_text("{", encoding="utf-8")
    with pytest.raises(Rejected):
        desk.publish()
    assert desk.served()["index.html"] == "one"


def test_a_damaged_note_of_figures_does_not_get_into_the_ledger(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    build(desk, "one", 60)
    note = desk.settings.private / "built.json"
    note.write_text(note.read_text(encoding="utf-8").replace('"eligible":100', '"eligible":-5'), encoding="utf-8")
    with pytest.raises(PublishFailed) as caught:
        desk.publish()
    assert caught.value.findings[0].code == "not-verified"
    assert ledger(desk) == ()
