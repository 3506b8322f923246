"""Cells that divide by something that nobody may know: they show their value, or nothing.

The sizes behind them are private, but a rounded share of a known number of people still is an equation with little
play. So nothing here counts on rounding: readers are taken to know the company and every shown department exactly, and
so how many people of each group the hidden departments have together, with those who belong to none. They do not know
who of these people stands where. Any two of them could change places and everything published would remain true.

Then a hidden department of E people, beside R other hidden ones, has as many possible counts of a group of G (of E + R
people) as a table of two rows and two columns with these sums: one more than the smallest of E, R, G and the others.
So k remain, or all E + 1, when

- each group is no small one in the hidden departments together (as in Viva Glint), and
- beside each hidden department the others have at least k − 1 people, or as many as it has itself.

The second holds likewise of the people below the line, since who is new or answered may be known to others. Somebody
who knows their own value takes one person away from these sums, and k − 1 counts remain. (The others of a group are no
few: another group is among them. Where groups overlap, in stickiness and in help sessions, days and sessions are free.)

Those of no department are a group that nobody names: like a shown cell they may be known where each group has at least
k people among them, wherever the others stand. As long as all this does not hold, the smallest shown department is
hidden as well; then the company.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.model.figure import COMPANY, Figure
from generator.model.metric import Metric
from generator.model.period import Month
from generator.protect.months import is_partition
from generator.protect.primary import HIDDEN, Judgement, judge
from generator.protect.responses import answers_left, told_responses


class GroupedMonth(Struct, frozen=True):
    """What the cells of one metric and month say, and who answered, where that may be told."""

    said: Mapping[Figure, Judgement]
    responses: Mapping[Figure, int]


def judged_by_groups(cells: Iterable[Figure], metrics: Mapping[str, Metric]) -> Iterator[GroupedMonth]:
    """Each month of measured cells with groups whose departments are parts of the company."""
    for figures in grouped_tables(cells):
        if is_partition(figures):
            metric = metrics[figures[0].metric]
            said = _judged(figures, metric)
            yield GroupedMonth(said, told_responses(said, metric) if metric.is_survey else {})


def grouped_tables(cells: Iterable[Figure]) -> list[list[Figure]]:
    """The measured cells with groups, by metric and month."""
    tables: defaultdict[tuple[str, Month], list[Figure]] = defaultdict(list)
    for cell in cells:
        if cell.groups and cell.numerator is not None:
            tables[cell.metric, cell.period].append(cell)
    return list(tables.values())


def _judged(figures: list[Figure], metric: Metric) -> dict[Figure, Judgement]:
    min_group = metric.privacy.min_group
    said = {figure: _alone(figure, metric) for figure in figures}
    whole = next((figure for figure in figures if figure.department is COMPANY), None)
    if whole is None:
        return said
    departments = [figure for figure in figures if figure is not whole]
    nowhere = _less(_People.of(whole), map(_People.of, departments))
    while said[whole] != HIDDEN:
        hidden = [_People.of(figure) for figure in departments if said[figure] == HIDDEN]
        if _is_safe(hidden, nowhere, min_group):
            break
        shown = [figure for figure in departments if said[figure] != HIDDEN]
        said[min(shown, key=_size) if shown else whole] = HIDDEN
    return said


def _alone(figure: Figure, metric: Metric) -> Judgement:
    """The primary rules; of a survey, its value alone may not tell how few did not answer either."""
    judgement = judge(figure, metric.privacy.min_group)
    if judgement.percent is None or not metric.is_survey:
        return judgement
    answers = answers_left(figure, judgement.percent, metric)
    is_told = answers.span < metric.privacy.min_group > figure.eligible - answers.high
    return HIDDEN if is_told else judgement


def _size(figure: Figure) -> tuple[int, str]:
    return min(figure.groups), figure.department or ""


class _People(Struct, frozen=True):
    """Sizes of what stands behind a cell."""

    eligible: int
    below: int  # the denominator
    groups: tuple[int, ...]

    @classmethod
    def of(cls, figure: Figure) -> _People:
        return cls(figure.eligible, figure.denominator, figure.groups)


def _less(whole: _People, parts: Iterable[_People]) -> _People:
    for part in parts:
        groups = tuple(most - some for most, some in zip(whole.groups, part.groups, strict=True))
        whole = _People(whole.eligible - part.eligible, whole.below - part.below, groups)
    return whole


def _is_safe(departments: Sequence[_People], nowhere: _People, min_group: int) -> bool:
    """Whether enough remains possible of each of those of whom nothing is told; see the head of this file."""
    hidden = [*departments, nowhere]
    if not any(people.eligible for people in hidden):
        return True
    smallest = min(map(sum, zip(*(people.groups for people in hidden), strict=True)))
    return smallest >= min_group and all(
        _is_room([getattr(people, size) for people in hidden], smallest, min_group) for size in ("eligible", "below")
    )


def _is_room(sizes: Sequence[int], smallest: int, min_group: int) -> bool:
    """Whether the people of each have enough others to change places with; the last are of no department."""
    *departments, nowhere = sizes
    is_for_nowhere = sum(departments) >= min(min_group - 1, nowhere) or smallest - sum(departments) >= min_group
    largest = max(departments, default=0)  # it has the fewest beside it
    return is_for_nowhere and sum(sizes) - largest >= min(min_group - 1, largest)
