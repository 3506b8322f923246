"""The months of a department or the company as a chart, with a mark where the department was reorganised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct

from generator.charts import Break, Chart, Forecast, Unforeseeable, forecast, sentences, trend_chart
from generator.compose.figure_book import FigureBook, Series
from generator.model.metric import Unit
from generator.model.organisation import Department, Organisation
from generator.model.period import Month


class Reorganisation(Struct, frozen=True):
    """The day from which a department stands for others too."""

    day: date
    department: Department
    before: tuple[Department, ...]
    """The departments whose work it took over, in organisation order."""

    @property
    def names(self) -> str:
        """「購買部と物流部」."""
        return "と".join(department.name for department in self.before)

    @property
    def is_founding(self) -> bool:
        """Whether it came into being then, by a merger or a new name; else it took others in."""
        return self.department.valid_from == self.day

    @property
    def what_happened(self) -> str:
        """Everything after the day, in a sentence and a half."""
        if not self.is_founding:
            return f"{self.names}を合わせました。それより前の数字に、{self.names}の分は含めていません。"
        if len(self.before) == 1:
            return (
                f"{self.names}から{self.department.name}になりました。"
                f"それより前の数字は{self.names}のもので、ここには含めていません。"
            )
        return (
            f"{self.names}が一つになり、{self.department.name}ができました。"
            f"それより前の数字は{self.names}のもので、ここには含めていません。"
        )

    @property
    def in_short(self) -> str:
        """The same for the small type of a chart."""
        since = sentences.day(self.day)
        if self.is_founding:
            return f"{since}に{self.names}から。それより前は{self.names}の数字です"
        return f"{since}に{self.names}を合わせました。それより前は{self.names}の分を含みません"


def reorganisations(organisation: Organisation, department: str | None) -> Iterator[Reorganisation]:
    """What a department took over, oldest first; nothing for the company (None)."""
    unit = organisation.get(department or "")
    if unit is None:
        return
    gone = [(d.valid_to, d) for d in organisation.predecessors_of(unit.id) if d.valid_to is not None]
    for last_day, group in groupby(sorted(gone, key=lambda pair: (pair[0], pair[1].order)), key=lambda pair: pair[0]):
        yield Reorganisation(last_day + timedelta(days=1), unit, tuple(before for _, before in group))


def trend_of(
    book: FigureBook,
    series: Series,
    *,
    key: str,
    title: str | None = None,
    ahead: Forecast | Unforeseeable | None = None,
    told: bool = False,
) -> Chart:
    """The months of one department or the company; `ahead` and `told` as in `trend_chart`."""
    last = series[-1]
    breaks = [
        Break(Month.of(change.day), "組織改編", change.in_short)
        for change in reorganisations(book.organisation, last.department)
    ]
    breaks += [Break(note.month, "対象の変更", note.note) for note in book.metrics[last.metric].denominator_notes]
    return trend_chart(series, book.about[last.metric], key=key, title=title, breaks=breaks, ahead=ahead, told=told)


def forecast_of(book: FigureBook, series: Series) -> Forecast | Unforeseeable | None:
    """What to expect by the month in which the company's target is due; None also without a target."""
    metric = book.metrics[series[-1].metric]
    if metric.target is None or metric.unit is not Unit.PERCENT:
        return None
    return forecast(
        series, metric.target.by, since=max((note.month for note in metric.denominator_notes), default=None)
    )
