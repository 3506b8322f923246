"""Random companies whose figures divide by something private, and the file that would be published of them.

A person is of one type: answered well, answered badly, did not answer.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection
from dataclasses import dataclass

from generator.compose.figure_book import FigureBook
from generator.compose.figure_files import figure_files
from generator.model.figure import Figure, FigureStatus, MeasuredFigures
from generator.model.metric import Metric
from generator.model.metric_kinds import Activation, DualUse, Enps, Favourable
from generator.model.organisation import Department, Organisation
from generator.model.period import Month
from generator.protect import protect

MONTH = Month(2026, 10)
COMPANY, NOWHERE = "company", "nowhere"
"""Everybody, and those who belong to no department."""


@dataclass(frozen=True)
class Kind:
    """How the value of a metric comes from people of some types, and which of them must not be told when few."""

    metric: type[Metric]
    types: tuple[str, ...]
    plus: frozenset[str]
    over: frozenset[str]
    groups: tuple[frozenset[str], ...]
    minus: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    """Who did not answer a survey."""
    known: frozenset[str] = frozenset()
    """Types that everybody knows from the roster: who is not new."""

    @property
    def private(self) -> tuple[frozenset[str], ...]:
        return (*self.groups, self.silent) if self.silent else self.groups


def _of(*types: str) -> frozenset[str]:
    return frozenset(types)


KINDS = {
    "favourable": Kind(
        Favourable, ("good", "bad", "silent"), _of("good"), _of("good", "bad"), (_of("good"), _of("bad")),
        silent=_of("silent"),
    ),
    "enps": Kind(
        Enps, ("promoter", "neutral", "detractor", "silent"), _of("promoter"), _of("promoter", "neutral", "detractor"),
        (_of("promoter"), _of("detractor"), _of("promoter", "neutral", "detractor")), _of("detractor"), _of("silent"),
    ),
    "dual_use": Kind(
        DualUse, ("both", "one", "none"), _of("both"), _of("both", "one"), (_of("both"), _of("one"), _of("none"))
    ),
    "activation": Kind(
        Activation, ("began", "idle", "old"), _of("began"), _of("began", "idle"), (_of("began"), _of("idle")),
        known=_of("old"),
    ),
}  # fmt: skip
"""Retention has the types and groups of dual use."""

Counts = dict[str, dict[str, int]]
"""People by department and type."""


@dataclass(frozen=True)
class Company:
    """A company's month in truth."""

    kind: Kind
    counts: Counts
    min_group: int

    def total(self, types: Collection[str], department: str = COMPANY) -> int:
        of = self.counts.values() if department == COMPANY else [self.counts[department]]
        return sum(count[type_] for count in of for type_ in types)


def random_company(seed: int) -> Company:
    """4–12 departments of 3–60 people, sometimes a few people in none; eager, reluctant and mixed ones."""
    chance = random.Random(seed)  # noqa: S311 -- a company to try, no secret
    kind = KINDS[chance.choice(sorted(KINDS))]
    names = [f"d{number:02}" for number in range(chance.randint(4, 12))]
    common = [chance.uniform(0.1, 1) for _ in kind.types]
    common[-1] *= chance.choice((0.05, 0.3, 1))
    sizes = {
        name: chance.choice((chance.randint(3, 15), chance.randint(10, 60), chance.randint(30, 60))) for name in names
    }
    if chance.random() < 0.4:
        sizes[NOWHERE] = chance.randint(1, 12)
    counts = {}
    for name, size in sizes.items():
        weights = [weight * chance.uniform(0.6, 1.4) for weight in common]
        types = chance.choices(kind.types, weights, k=size)
        counts[name] = {type_: types.count(type_) for type_ in kind.types}
    return Company(kind, counts, chance.choice((5, 10)))


@dataclass(frozen=True)
class Cell:
    """What the data file says of a department, or of the company."""

    value: int | None
    response: int | None
    eligible: int


def published(company: Company) -> dict[str, Cell]:
    """Protect a company's figures and read back the file that would be published of them."""
    kind = company.kind
    departments = sorted(set(company.counts) - {NOWHERE})
    units = [Department(name, name, None, MONTH.first_day, None, None, n) for n, name in enumerate(departments)]
    cells = [_figure(company, name) for name in (COMPANY, *departments)]
    measured = MeasuredFigures({"rate": _metric(company)}, Organisation(tuple(units)), tuple(cells))
    protected = protect(measured)
    if protected.findings:
        raise AssertionError(f"nothing was released: {protected.findings[0]}")
    files = {file.url: file.content for file in figure_files(FigureBook.of(protected.released, {}))}
    scale = 1 if kind.metric is Enps else 100
    return {
        row["department"] or COMPANY: Cell(
            _integer(row["value"], scale), _integer(row["response"], 100), row["eligible"]
        )
        for row in json.loads(files["figures/rate.json"])
    }


def _integer(value: float | None, scale: int) -> int | None:
    return None if value is None else round(value * scale)


def _figure(company: Company, name: str) -> Figure:
    kind = company.kind
    return Figure(
        "rate",
        MONTH,
        None if name == COMPANY else name,
        company.total(kind.plus, name),
        company.total(kind.over, name),
        MONTH.last_day,
        FigureStatus.OK,
        against=company.total(kind.minus, name),
        groups=tuple(company.total(group, name) for group in kind.groups),
        headcount=company.total(kind.types, name),
    )


def _metric(company: Company) -> Metric:
    rows = {"source": "rows", "column": "mail", "matches": "mail", "time": "day"}
    own = {
        Favourable: {"answers": rows | {"value": "score"}},
        Enps: {"answers": rows | {"value": "score"}},
        DualUse: {"first": rows, "second": rows},
        Activation: {"activity": rows},
    }[company.kind.metric]
    return company.kind.metric.model_validate(
        {
            "name": "rate",
            "label": {"ja": "割合", "en": "Rate"},
            "owner": "人事部",
            "definition": "割合です。",
            "entity": "employee",
            "eligible": {"source": "roster", "column": "id"},
            "privacy": {"min_group": company.min_group},
            "freshness": {"warn_after": "45d", "fail_after": "400d"},
            **own,
        }
    )
