"""Charts and tiles as finished `<figure>` elements: no heading inside, no id but the drawing's, any page may hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from generator.charts import notes, sentences
from generator.charts.chart import About, Chart, Table
from generator.charts.sparkline import sparkline
from generator.charts.svg import element, joined
from generator.charts.track import track
from generator.model.figure import FigureStatus, ReleasedFigure
from generator.model.metric import Unit

_DATE = re.compile(r"(\d+年\d+月(?:\d+日)?)")


def chart(shown: Chart) -> Markup:
    """A chart: its title and sentence first, then the drawing, the figures as a table one click away, small type."""
    return element(
        "figure",
        element(
            "figcaption",
            element("span", shown.title, class_="kb-figure__title"),
            *_sentence(shown.sentence, "span"),
            class_="kb-figure__caption",
        ),
        _badge(shown.stale),
        shown.svg,
        element(
            "details",
            element("summary", "数字を表で見る"),
            table(shown.table),
            class_="kb-figure__data",
        ),
        _notes(shown.notes),
        class_="kb-figure kb-figure--chart",
    )


def table(shown: Table) -> Markup:
    """A table with caption and scopes, in a box that scrolls on narrow screens."""
    head = element("tr", *(element("th", cell, scope="col") for cell in shown.header))
    rows = [
        element("tr", element("th", row[0], scope="row"), *(element("td", cell) for cell in row[1:]))
        for row in shown.rows
    ]
    whole = element(
        "table",
        element("caption", shown.caption),
        element("thead", head),
        element("tbody", *rows),
        class_="kb-table",
    )
    # A box that scrolls has to be reachable from the keyboard (WCAG 2.1.1) and therefore to have a name.
    return element("div", whole, class_="kb-table__scroll", tabindex=0, role="region", aria_label=shown.caption)


def tile(
    figure: ReleasedFigure, series: Sequence[ReleasedFigure], about: About, *, key: str, told: bool = False
) -> Markup:
    """One figure, large. `series` holds the same department's months up to and including the figure's, oldest first.

    A hidden figure fills the same space with 「少人数のため非表示」. `told` says that a sentence beside the tile tells
    the same already. Raises ValueError when `key` cannot be an id.
    """
    months = [cell for cell in series if cell.period <= figure.period] or [figure]
    previous = next((cell for cell in months if cell.period == figure.period.plus(-1)), None)
    is_silent = not figure.is_shown and figure.band is None
    return element(
        "figure",
        element(
            "figcaption",
            element("span", about.label, class_="kb-figure__title"),
            element("span", f"{about.name_of(figure.department)}・{figure.period.label_ja}", class_="kb-tile__whose"),
            class_="kb-figure__caption",
        ),
        _number(figure),
        _change(figure, previous),
        element("div", track(figure, about, key=f"{key}-track"), _target(figure, about), class_="kb-tile__track"),
        element("div", sparkline(months, about, key=f"{key}-months"), class_="kb-tile__months"),
        *_sentence("" if told else sentences.assertion(figure, previous, about), "p"),
        stale_badge([figure]),
        _notes(notes.of_one(figure, about)),
        class_="kb-figure kb-tile kb-tile--silent" if is_silent else "kb-figure kb-tile",
    )


def stale_badge(figures: Iterable[ReleasedFigure]) -> Markup:
    """Since when the data is old, in words; empty when nothing is."""
    return _badge(sentences.oldest_stale(figures))


def _sentence(words: str, tag: str) -> list[Markup]:
    return [element(tag, *_with_whole_dates(words), class_="kb-figure__sentence")] if words else []


def _with_whole_dates(words: str) -> Iterator[str]:
    """The words in pieces; the end of a line parts no date."""
    for index, piece in enumerate(_DATE.split(words)):
        yield element("span", piece, class_="kb-date") if index % 2 else piece


def _badge(words: str) -> Markup:
    return element("p", words, class_="kb-figure__stale") if words else Markup()


def _number(figure: ReleasedFigure) -> Markup:
    if figure.percent is not None:
        if figure.unit is Unit.POINTS:
            return element("p", sentences.share(figure), class_="kb-tile__number")
        return element("p", str(figure.percent), element("span", "%", class_="kb-tile__unit"), class_="kb-tile__number")
    if figure.band is not None:
        return element("p", sentences.share(figure), class_="kb-tile__number kb-tile__number--words")
    words = sentences.HIDDEN if figure.status is FigureStatus.PROTECTED else sentences.MISSING
    return element("p", words, class_="kb-tile__number kb-tile__number--words")


def _change(figure: ReleasedFigure, previous: ReleasedFigure | None) -> Markup:
    words = sentences.comparison_with(figure, previous) or "前月との比較はありません"
    if figure.change is None:
        return element("p", words, class_="kb-tile__change")
    arrow, kind = ("→", "same") if figure.change == 0 else ("↑", "up") if figure.change > 0 else ("↓", "down")
    mark = element("span", arrow, class_="kb-tile__arrow", aria_hidden="true")
    return element("p", mark, words, class_=f"kb-tile__change kb-tile__change--{kind}")


def _target(figure: ReleasedFigure, about: About) -> Markup:
    said = sentences.distance(figure, about) or f"目標 {sentences.target(figure.target_percent, about)}"
    return element("p", said, class_="kb-tile__target")


def _notes(shown: notes.Notes) -> Markup:
    pairs = [
        element("div", element("dt", term), element("dd", words), class_="kb-figure__note") for term, words in shown
    ]
    return element("dl", joined(pairs), class_="kb-figure__notes")
