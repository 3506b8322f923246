"""What cannot be protected, and what stays as it was, in words for the operator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.figure import Figure
from generator.model.finding import Family, Finding, Place, Severity, Text, listed
from generator.protect.deciding import DecidedMonth, tables_of
from generator.protect.grouped import grouped_tables
from generator.protect.months import has_other_units, is_partition

_PLACE = Place("content/data/metrics.yml")
_FEW_MONTHS = 3


def impossible_counts(cells: Iterable[Figure]) -> dict[Figure, Finding]:
    """Cells in which more people (or fewer than none) did something than could have done it."""
    return {cell: _impossible(cell) for cell in cells if not _is_possible(cell)}


def _is_possible(cell: Figure) -> bool:
    if cell.denominator < 0 or (cell.headcount is not None and cell.headcount < 0):
        return False
    return cell.numerator is None or (
        cell.numerator >= 0 <= cell.against and cell.numerator + cell.against <= cell.denominator
    )


def _impossible(cell: Figure) -> Finding:
    # The counts themselves stay out of the message: build logs are read by more people than the figures' owner.
    where = f"{cell.metric} {cell.period} {cell.department or 'company'}"
    return Finding(
        Family.PRIVACY,
        "impossible-counts",
        _PLACE,
        Text(
            f"`{where}` の分子が対象者数の範囲に収まっていないため、公開してよいか判断できません",
            f"the numerator of `{where}` does not fit its headcount, so it cannot be judged what may be shown",
        ),
        Text(
            "分子と分母の条件を見直し、対象者でない人（退職者、共有アカウントなど）を分子から除いてください",
            "review both conditions and take out of the numerator who is not eligible (leavers, shared accounts)",
        ),
    )


def not_a_partition(cells: Iterable[Figure]) -> Iterator[Finding]:
    """Months in which the departments' counts are no parts of the company's."""
    cells = list(cells)
    for figures in (*tables_of(cells), *grouped_tables(cells)):
        if not is_partition(figures):
            where = f"{figures[0].metric} {figures[0].period}"
            yield Finding(
                Family.PRIVACY,
                "not-a-partition",
                _PLACE,
                Text(
                    f"`{where}` では部署の人数の合計が全社の人数と合わないため、引き算で何が分かるか判断できません",
                    f"in `{where}` the counts of the departments do not fit into the company's: it cannot be judged what subtraction would tell",
                ),
                Text(
                    "1人が2つの部署に数えられていないか、名簿と対象者の条件を確かめてください",
                    "check that nobody counts in two departments, the roster and the `where` of who is eligible",
                ),
            )


def exposed(months: Iterable[DecidedMonth]) -> Iterator[Finding]:
    """Months for which no way was found to protect everybody."""
    for month in months:
        if month.outcome.breaches:
            named = {
                cell.group: figure for cell, figure in zip(month.month.table.cells, month.month.figures, strict=True)
            }
            groups = sorted({g for breach in month.outcome.breaches for g in breach.groups if g in named})
            names = listed([named[group].department or "company" for group in groups])
            where = f"{month.month.figures[0].metric} {month.month.figures[0].period}"
            yield Finding(
                Family.PRIVACY,
                "not-protected",
                _PLACE,
                Text(
                    f"`{where}` では、ほかの数字から次の部署の人数を絞り込めてしまいます（{names}）",
                    f"in `{where}` the other figures would give away these departments: {names}",
                ),
                Text(
                    "その指標の `min_group` を見直すか、部署を分けない指標にしてください。"
                    "詳しくは `kawaraban audit` で分かります",
                    "review the metric's `min_group`, or do not split it by department; `kawaraban audit` tells more",
                ),
            )


def _span(periods: list[str]) -> Text:
    """Months, oldest first: all of a few, the ends of many."""
    if len(periods) <= _FEW_MONTHS:
        return Text(listed(periods), listed(periods))
    first, last, count = periods[0], periods[-1], len(periods)
    return Text(f"{first}から{last}までの{count}か月", f"{count} from {first} to {last}")


def kept_as_published(months: Iterable[DecidedMonth]) -> Iterator[Finding]:
    """Months in which a correction stays out, told by metric and reason."""
    together: dict[tuple[str, bool], list[str]] = {}
    for month in months:
        kept = month.month.kept
        if kept is not None:
            together.setdefault((kept.metric, has_other_units(month.month.figures, kept)), []).append(kept.period)
    for (metric, has_others), periods in together.items():
        why, remedy = _OTHER_UNITS if has_others else _FEW_PEOPLE
        shown = _span(periods)
        what = Text(
            f"`{metric}` の次の月は{why.ja}、公開したときの数字のままにします（{shown.ja}）",
            f"these months of `{metric}` stay as they were published, since {why.en}: {shown.en}",
        )
        yield Finding(Family.DATA, "kept-as-published", _PLACE, what, remedy, Severity.WARNING)


_FEW_PEOPLE = (
    Text("名簿の訂正が数人分なので", "the roster was corrected by a few people only"),
    Text(
        "差からその人たちのことが分かってしまうためで、何もしなくて構いません",
        "the difference would tell about these people; nothing needs to be done",
    ),
)
_OTHER_UNITS = (
    Text(
        "数字の出る部署が公開したときと違うので（部署の変更か、確かめるまで止めている部署）",
        "the departments with a figure are others than at that time (another organisation, or one that is held back)",
    ),
    Text(
        "部署を変えたのなら、何もしなくて構いません。止めている部署は、その知らせ（`data/anomaly` など）に従ってください",
        "nothing needs to be done after a reorganisation; for one that is held back see what is told of it",
    ),
)
