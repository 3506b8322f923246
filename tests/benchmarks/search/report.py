"""How a search answered, as Markdown: what it found by kind of question, and what a question costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from tests.benchmarks.search.queries import Query
from tests.benchmarks.search.readers import Cost, Costs, Opened


@dataclass(frozen=True)
class Answer:
    """What came of a question."""

    query: Query
    held: frozenset[str]
    """The truth: addresses of the pages that hold its text."""
    found: Sequence[str]
    costs: Costs

    @property
    def recall(self) -> float:
        """Of the pages that hold the text, how many were found."""
        return len(self.held.intersection(self.found)) / len(self.held)


def report(heading: str, answers: Sequence[Answer], opened: Sequence[Opened], titles: Mapping[str, str]) -> str:
    """The table, and what questions cost; `titles` are those of all pages by address."""
    kinds = dict.fromkeys(answer.query.kind for answer in answers)
    typed = [answer for answer in answers if answer.query.kind == "titles"]
    come_first = sum(titles.get(answer.found[0]) == answer.query.text for answer in typed if answer.found)
    missed = [f"`{answer.query.text}` {answer.recall:.0%}" for answer in answers if answer.recall < 1]
    lines = [
        f"### {heading}, {len(answers)} questions",
        "",
        "| | recall | all found | found beside |",
        "|---|---|---|---|",
        *(_row(kind, [answer for answer in answers if answer.query.kind == kind]) for kind in kinds),
        _row("all", answers),
        "",
        f"- the page whose title is typed comes first: {come_first} of {len(typed)}",
        f"- first question, typed as the search opens: {_told([answer.costs.first for answer in answers])}",
        f"- next question: {_told([answer.costs.following for answer in answers])}",
        f"- opening the search: {_spread([one.opening / 1000 for one in opened])} KB",
        f"- first question, typed when it is open: {_told([one.first for one in opened])}",
    ]
    return "\n".join([*lines, *([f"- missed: {', '.join(missed[:20])}"] if missed else [])])


def _row(kind: str, answers: Sequence[Answer]) -> str:
    recall = sum(answer.recall for answer in answers) / len(answers)
    complete = sum(answer.recall == 1 for answer in answers)
    beside = sum(len(set(answer.found) - answer.held) for answer in answers)
    return f"| {kind} | {recall:.1%} | {complete} of {len(answers)} | {beside} |"


def _told(costs: Sequence[Cost]) -> str:
    return f"{_spread([cost.bytes / 1000 for cost in costs])} KB, {_spread([cost.ms for cost in costs])} ms"


def _spread(numbers: Sequence[float]) -> str:
    """Median, and what one in twenty exceeds, and the most."""
    twentieth = quantiles(numbers, n=20, method="inclusive")[-1]
    return f"{median(numbers):.0f} (one in twenty {twentieth:.0f}, most {max(numbers):.0f})"
