"""Why cells say less than a percent, and what could be worked out if they said more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from generator.model.figure import Figure
from generator.model.metric import Metric
from generator.protect.audit import breaches
from generator.protect.deciding import DecidedMonth
from generator.protect.grouped import judged_by_groups
from generator.protect.primary import HIDDEN, half_up
from generator.protect.sayings import Saying, counts_of
from generator.protect.system import Range


class Rule(StrEnum):
    """What made a cell say less."""

    SMALL_GROUP = "small-group"  # fewer than 2k − 1 people: one of the two sides always has fewer than k
    FEW = "few"  # fewer than k did it
    NEARLY_ALL = "nearly-all"  # fewer than k did not
    SMALL_PART = "small-part"  # fewer than k people are one of the groups that its value is made of
    FOR_OTHERS = "for-others"  # more could be worked out about other groups
    COMPANY_ONLY = "company-only"  # fewer than three departments would be left
    AS_PUBLISHED = "as-published"  # a correction since is about few people, or other departments have figures


class Learned(Struct, frozen=True):
    """A group of people, and how many of them readers would know to have done it."""

    departments: tuple[str | None, ...]  # None is the company; empty for people of no published department
    people: int
    low: int
    high: int


class Reason(Struct, frozen=True):
    """Why one cell says less, and what would be learned otherwise."""

    metric: str
    period: str
    department: str | None
    said: Saying
    rule: Rule
    without: tuple[Learned, ...]


def reasons(months: Iterable[DecidedMonth]) -> list[Reason]:
    """Each cell that says less than a percent, by metric, month and department."""
    return [reason for month in months for reason in _of_month(month)]


def reasons_by_groups(cells: Iterable[Figure], metrics: Mapping[str, Metric]) -> Iterator[Reason]:
    """Each cell that is hidden for the groups of people behind it, or beside cells that are."""
    for month in judged_by_groups(cells, metrics):
        for figure, judgement in month.said.items():
            if judgement == HIDDEN:
                yield _by_groups(figure, metrics[figure.metric])


def _by_groups(figure: Figure, metric: Metric) -> Reason:
    fewest, min_group = min(figure.groups), metric.privacy.min_group
    if metric.is_survey and fewest >= min_group:
        fewest = min(fewest, figure.eligible - figure.denominator)
    is_small = fewest < min_group
    return Reason(
        *(figure.metric, str(figure.period), figure.department, Saying(HIDDEN, Range(0, figure.denominator))),
        Rule.SMALL_PART if is_small else Rule.FOR_OTHERS,
        (Learned((figure.department,), figure.eligible, fewest, fewest),) if is_small else (),
    )


def _of_month(month: DecidedMonth) -> Iterator[Reason]:
    if month.month.kept is not None:
        figure, said = next(month.sayings)
        yield Reason(figure.metric, str(figure.period), figure.department, said, Rule.AS_PUBLISHED, ())
        return
    for index, (figure, said) in enumerate(month.sayings):
        if month.outcome.levels[index]:
            learned = _learned_with(month, index)
            rule = Rule.FOR_OTHERS if learned else Rule.COMPANY_ONLY
            yield Reason(figure.metric, str(figure.period), figure.department, said, rule, learned)
        elif said.is_protected:
            yield Reason(
                *(figure.metric, str(figure.period), figure.department, said),
                _primary_rule(figure, said),
                (_itself(figure),),
            )


def _primary_rule(figure: Figure, said: Saying) -> Rule:
    if said.counts == Range(0, figure.denominator):
        return Rule.SMALL_GROUP
    return Rule.FEW if said.counts.low == 0 else Rule.NEARLY_ALL


def _itself(figure: Figure) -> Learned:
    """What the percent alone would tell: the counts that round to it."""
    eligible = figure.denominator
    if not eligible:
        return Learned((figure.department,), 0, 0, 0)
    counts = counts_of(half_up(figure.numerator or 0, eligible), None, eligible, 0)
    return Learned((figure.department,), eligible, counts.low, counts.high)


def _learned_with(month: DecidedMonth, index: int) -> tuple[Learned, ...]:
    """What could be worked out if this cell alone said what the primary rules allow."""
    table, figures = month.month.table, month.month.figures
    levels = [*month.outcome.levels[:index], 0, *month.outcome.levels[index + 1 :]]
    named = {cell.group: figure.department for cell, figure in zip(table.cells, figures, strict=True)}
    return tuple(
        Learned(
            tuple(sorted((named[g] for g in breach.groups if g in named), key=lambda name: name or "")),
            sum(table.system.headcounts[g] for g in breach.groups),
            breach.counts.low,
            breach.counts.high,
        )
        for breach in breaches(table, levels)
    )
