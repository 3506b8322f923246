"""The steps of a round, and who takes them when: everybody takes a step before anybody takes the next."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from tests.benchmarks.contestants import Contestant, settle_in
from tests.benchmarks.edits import Month, correct_article
from tests.benchmarks.process import Cost


class Step(StrEnum):
    """What is measured."""

    COLD = "cold build, no cache"
    EDIT = "one article changed"
    NOTHING = "nothing changed"
    MONTH = "a month of figures added"


Results = dict[tuple[Step, str], list[Cost]]
"""What each step cost each contestant, by name, round after round."""


def run_rounds(
    articles: int, contestants: Sequence[Contestant], rounds: int, steps: Sequence[Step], tell: Callable[[str], None]
) -> Results:
    """Build a corpus of `articles` again and again; the order of the contestants turns with the rounds."""
    results: Results = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="kawaraban-bench-") as name:
        corpus, attic = Path(name) / "corpus", Path(name) / "attic"
        attic.mkdir()
        # In a process of its own: a child's peak memory begins with what this one holds when it starts it.
        command = [sys.executable, "-m", "tests.benchmarks.corpus", str(corpus), "--articles", str(articles)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        settle_in(corpus)
        month = Month(corpus)
        for round_ in range(rounds):
            turned = [*contestants[round_ % len(contestants) :], *contestants[: round_ % len(contestants)]]
            for step in steps:
                _change(step, corpus, month, round_)
                for contestant in turned:
                    if step is Step.COLD:
                        contestant.clear(corpus, attic)
                    cost = contestant.build(corpus)
                    results[step, contestant.name].append(cost)
                    tell(f"{articles} articles, round {round_ + 1}, {step}: {contestant.name} {cost.wall:.2f} s")
    return results


def _change(step: Step, corpus: Path, month: Month, round_: int) -> None:
    match step:
        case Step.COLD:
            month.withhold()
        case Step.EDIT:
            correct_article(corpus, round_)
        case Step.MONTH:
            month.arrive(round_)
