"""What pages look up of figures has the same digest in every process, and another one when it changes."""

from __future__ import annotations

import os
import subprocess
import sys

from msgspec.structs import replace

from generator.compose.facts import digest
from generator.compose.figure_book import FigureBook
from generator.compose.figure_facts import FigureFacts
from generator.model.figure import ReleasedFigures
from generator.model.metric import Label
from generator.model.period import Month
from tests.compose.newsroom import SHARES, SNAPSHOTS, metric, released

NAMES = ("chat_rate", "meeting_rate", "mail_rate", "phone_rate", "paper_rate")


def facts_of(figures: ReleasedFigures) -> FigureFacts:
    return FigureFacts(FigureBook.of(figures, SNAPSHOTS), digest)


def test_definitions_have_the_same_digest_in_every_process() -> None:
    told = "from tests.compose.test_figure_facts import *; print(facts_of(released(names=NAMES)).definitions('').hex())"
    found = {
        subprocess.run(
            [sys.executable, "-c", told],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert found == {f"{facts_of(released(names=NAMES)).definitions('').hex()}\n"}


def test_a_label_that_changes_is_another_definition() -> None:
    before = released()
    label = metric().model_copy(update={"label": Label(ja="会話の利用率", en="Chat")})
    assert facts_of(before).definitions("") != facts_of(replace(before, metrics={"chat_rate": label})).definitions("")


def test_a_later_month_changes_nothing_before_it() -> None:
    before = facts_of(released())
    after = facts_of(released({**SHARES, None: [50, 55, 61, 65, 71, 99]}))
    assert before.figures("chat_rate@2026-09") == after.figures("chat_rate@2026-09")
    assert before.figures("chat_rate@2026-10") != after.figures("chat_rate@2026-10")
    assert before.figures("chat_rate") != after.figures("chat_rate")


def test_whether_there_is_a_page_about_a_month_is_a_fact_of_its_own() -> None:
    facts = facts_of(released())
    assert facts.month("chat_rate@2026-10") == facts.month("chat_rate@2026-05")
    assert facts.month("chat_rate@2026-10") != facts.month(f"chat_rate@{Month(2026, 11)}")
