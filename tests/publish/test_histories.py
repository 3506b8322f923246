"""Any sequence of publishing, going back and dying ends where a list of editions would."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from generator.errors import PublishFailed
from generator.publish.releases import KEPT
from tests.publish.faults import killed_at_call
from tests.publish.target import Desk, edition

WORDS = st.sampled_from("一二三四")


class Histories(RuleBasedStateMachine):
    """The model: `shown`, the editions readers had, each with the one before it."""

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.desk = Desk(self.root)
        self.shown: list[str] = []

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @rule(word=WORDS)
    def publish(self, word: str) -> None:
        self.desk.build(edition(word))
        release = self.desk.publish()
        assert release.is_new == (not self.shown or self.shown[-1] != word)
        if release.is_new:
            self.shown.append(word)

    @rule()
    def go_back(self) -> None:
        if len(self.shown) < 2:
            with pytest.raises(PublishFailed):
                self.desk.rollback()
        else:
            self.desk.rollback()
            self.shown.pop()

    @rule(word=WORDS, call=st.integers(1, 90))
    def publish_and_die(self, word: str, call: int) -> None:
        self.desk.build(edition(word))
        killed_at_call(call, self.desk.publish)
        before = edition(self.shown[-1]) if self.shown else {}
        if self.desk.served() != before:
            self.shown.append(word)

    @rule()
    def change_the_site_by_hand(self) -> None:
        if self.desk.site.exists():
            (self.desk.site / "index.html").write_text("手直し", encoding="utf-8")
            with pytest.raises(PublishFailed):
                self.desk.publish()

    @invariant()
    def readers_get_the_last_edition_of_the_list(self) -> None:
        assert self.desk.served() == (edition(self.shown[-1]) if self.shown else {})

    @invariant()
    def few_releases_are_kept(self) -> None:
        if self.shown:
            assert len(self.desk.releases()) <= KEPT + 3  # the current one, and what a death left for the next run


# Ten kept releases: a history must stay shorter for the simple list to be the truth.
Histories.TestCase.settings = settings(max_examples=40, stateful_step_count=9, deadline=None)
TestHistories = Histories.TestCase
