"""How many of those asked answered a survey: a share of the known headcount, told beside a value that rests on it.

Who answered may be told where neither they nor the others are few. Readers know this, and so of a department that alone
tells nothing that few were silent: where its value then leaves too few counts of them, no department tells its response,
nor where it would be the only one. The company's response less what is told of departments is that of the others, so all of
a month is audited like any share (`audit`), with one thing more that readers know: a shown value needs enough answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.figure import COMPANY, Figure
from generator.model.metric import Metric, Unit
from generator.protect.audit import Cell, Table, breaches
from generator.protect.primary import HIDDEN, Judgement, half_up
from generator.protect.sayings import Saying, counts_of
from generator.protect.system import Range, System

_MARGIN = 2
"""Times as many counts as elsewhere must remain: a value in integer percent fits only about every second number of
answers in a department of fifty."""


def told_responses(said: Mapping[Figure, Judgement], metric: Metric) -> dict[Figure, int]:
    """The response in percent of each figure of a month where it may be told; expects departments to be parts."""
    figures = sorted(said, key=lambda figure: (figure.department is not COMPANY, figure.department or ""))
    tellable = {figure for figure in figures if said[figure].percent is not None and _is_tellable(figure, metric)}
    for told in _choices(said, tellable, metric):
        table = _table(figures, said, metric, told)
        if not breaches(table, [0] * len(table.cells)):
            return {figure: half_up(figure.denominator, figure.eligible) for figure in figures if figure in told}
    return {}


def _is_tellable(figure: Figure, metric: Metric) -> bool:
    return min(figure.denominator, figure.eligible - figure.denominator) >= metric.privacy.min_group


def _choices(said: Mapping[Figure, Judgement], tellable: set[Figure], metric: Metric) -> Iterator[set[Figure]]:
    """Whose responses could be told, the most first."""
    shown = {figure for figure in said if said[figure].percent is not None and figure.department is not COMPANY}
    if len(shown) > 1 and all(_is_open(figure, said[figure].percent or 0, metric) for figure in shown - tellable):
        yield tellable
    yield tellable - shown


def answers_left(figure: Figure, percent: int, metric: Metric, least: int = 0) -> Range:
    """How many people (`least` or more) may have answered, when no more is told than the value of those who did."""
    possible = range(max(least, 2 * metric.privacy.min_group), figure.eligible + 1)
    low = next(answers for answers in possible if _makes(answers, percent, metric))
    high = next(answers for answers in reversed(possible) if _makes(answers, percent, metric))
    return Range(low, high)


def _is_open(figure: Figure, percent: int, metric: Metric) -> bool:
    """Whether nobody or all but one of `min_group` may have been silent; or one, for whoever knows that they were."""
    fewest = figure.eligible - metric.privacy.min_group + 1
    return all(_makes(answers, percent, metric) for answers in (fewest, figure.eligible - 1, figure.eligible))


def _answers_of_few_silent(figure: Figure, percent: int, metric: Metric) -> Range:
    return answers_left(figure, percent, metric, figure.eligible - metric.privacy.min_group + 1)


def _makes(answers: int, percent: int, metric: Metric) -> bool:
    """Whether so many answers can make a value while both sides of it have at least `min_group`."""
    min_group = metric.privacy.min_group
    if metric.unit is Unit.POINTS:
        return counts_of(abs(percent), None, answers, 0).within(Range(0, answers - 2 * min_group)).span > 0
    return counts_of(percent, None, answers, min_group).span > 0


def _table(figures: list[Figure], said: Mapping[Figure, Judgement], metric: Metric, told: set[Figure]) -> Table:
    """A cell for each figure, in their order, and a last one for people of no department."""
    departments = [figure for figure in figures if figure.department is not COMPANY]
    is_split = len(figures) > len(departments) > 0
    sizes = [figure.eligible for figure in departments or figures]
    nowhere = figures[0].eligible - sum(sizes) if is_split else 0
    sizes += [nowhere] if nowhere else []
    parts = [frozenset({part}) for part in range(len(sizes))]
    people = [frozenset(range(len(sizes))), *parts] if is_split else parts
    groups = list(dict.fromkeys(people))
    system = System(sizes, groups)
    known = [Range(0, headcount) for headcount in system.headcounts]
    cells, untold = [], set()
    tells_few = any(figure.department is not COMPANY for figure in told)
    for figure, whom in zip(figures, people, strict=False):
        group, percent = groups.index(whom), said[figure].percent
        if percent is not None:
            is_few = tells_few and figure not in told and figure.department is not COMPANY
            answers = (_answers_of_few_silent if is_few else answers_left)(figure, percent, metric)
            known[group] = known[group].within(answers)
        if figure not in told:
            untold.add(group)
        cells.append(Cell(figure.department or "", group, (_saying(figure, metric, is_told=figure in told),)))
    if nowhere:
        untold.add(groups.index(parts[-1]))
        cells.append(Cell("", groups.index(parts[-1]), (Saying(HIDDEN, Range(0, nowhere)),)))
    return Table(system, tuple(cells), _MARGIN * metric.privacy.min_group, tuple(known), tuple(sorted(untold)))


def _saying(figure: Figure, metric: Metric, *, is_told: bool) -> Saying:
    eligible = figure.eligible
    if not is_told:
        return Saying(HIDDEN, Range(0, eligible))
    percent = half_up(figure.denominator, eligible)
    return Saying(Judgement(figure.status, percent), counts_of(percent, None, eligible, metric.privacy.min_group))
