"""The results as Markdown tables: medians, and ratios beside what is to be reached."""

from __future__ import annotations

from statistics import median

from tests.benchmarks.contestants import HUGO, KAWARABAN, STOCK
from tests.benchmarks.process import Cost
from tests.benchmarks.rounds import Results, Step

REACH: dict[tuple[Step, str], float] = {
    (Step.COLD, HUGO.name): 1.3,
    (Step.COLD, STOCK.name): 0.2,
    (Step.EDIT, HUGO.name): 0.15,
    (Step.NOTHING, HUGO.name): 0.12,
    (Step.MONTH, HUGO.name): 0.4,
}
"""Our time over the other's in the same step, at 5,000 articles on 2 cores."""
REACH_PEAK = 400  # MB, of any process
REACH_GROWTH = 4.4  # 20,000 articles over 5,000, cold


def table(articles: int, rounds: int, results: Results) -> str:
    """One size: seconds on the clock, seconds of processors in brackets; below, the largest process."""
    names = list(dict.fromkeys(name for _, name in results))
    ratios = [name for name in names if name != KAWARABAN.name and KAWARABAN.name in names]
    lines = [
        f"### {articles:,} articles, medians of {rounds} {'round' if rounds == 1 else 'rounds'}, seconds (of processors)",
        "",
        _row(["", *names, *(f"ours / {name}" for name in ratios)]),
        _row(["---"] * (1 + len(names) + len(ratios))),
    ]
    for step in dict.fromkeys(step for step, _ in results):
        costs = {name: _middle(results[step, name]) for name in names}
        cells = [f"{cost.wall:.2f} ({cost.cpu:.2f})" for cost in costs.values()]
        lines.append(_row([step, *cells, *(_ratio(step, costs, name) for name in ratios)]))
    peaks = {
        name: max(cost.peak for (_, who), all_ in results.items() if who == name for cost in all_) for name in names
    }
    cells = [f"{peak:.0f} MB" for peak in peaks.values()]
    reach = [f"≤ {REACH_PEAK} MB" if KAWARABAN.name in names else "", *[""] * (len(ratios) - 1)] if ratios else []
    return "\n".join([*lines, _row(["largest process", *cells, *reach])])


def growth(small: int, large: int, results: dict[int, Results]) -> str:
    """How much longer a cold build of ours takes on a larger corpus."""
    one, other = (_middle(results[size][Step.COLD, KAWARABAN.name]) for size in (small, large))
    return (
        f"Cold, {large:,} against {small:,} articles: {other.wall / one.wall:.2f} times on the clock, "
        f"{other.cpu / one.cpu:.2f} times of processors (reach ≤ {REACH_GROWTH})"
    )


def _middle(costs: list[Cost]) -> Cost:
    return Cost(*(median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "peak")))


def _ratio(step: Step, costs: dict[str, Cost], name: str) -> str:
    ours, theirs = costs[KAWARABAN.name], costs[name]
    said = f"{ours.wall / theirs.wall:.2f} ({ours.cpu / theirs.cpu:.2f})"
    reach = REACH.get((step, name))
    return f"{said}, ≤ {reach}" if reach else said


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
