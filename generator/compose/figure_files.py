"""The released figures as data, for whoever wants to reckon on: the same cells as on the pages, nothing more."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from msgspec import Struct

from generator.compose.figure_book import FigureBook
from generator.model.figure import ReleasedFigure
from generator.model.metric import Unit
from generator.model.site import DataFile

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"


class Row(Struct, frozen=True):
    """One released cell. Fractions are the released integer percents divided by 100; points are as released."""

    period: str
    department: str | None
    department_name: str
    value: float | None
    band: tuple[float, float] | None
    eligible: int
    target: float | None
    response: float | None
    status: str
    as_of: str
    stale: bool


def figure_urls(book: FigureBook) -> Iterator[str]:
    for metric in book.metrics:
        yield f"figures/{metric}.json"
        yield f"figures/{metric}.csv"
    yield "figures/index.json"


def figure_files(book: FigureBook) -> Iterator[DataFile]:
    """`figures/<metric>.json` and `.csv` of each metric, and `figures/index.json` that describes them."""
    for metric in book.metrics:
        rows = rows_of(book, metric)
        yield DataFile(f"figures/{metric}.json", _json([_as_object(row) for row in rows]))
        yield DataFile(f"figures/{metric}.csv", _csv(rows))
    yield DataFile("figures/index.json", _json([_catalogue_entry(book, metric) for metric in book.metrics]))


def rows_of(book: FigureBook, metric: str) -> list[Row]:
    """All cells of a metric: by month, the company first, then departments in organisation order."""
    return [_row(book, cell) for cell in book.all_cells(metric)]


def _row(book: FigureBook, cell: ReleasedFigure) -> Row:
    return Row(
        period=str(cell.period),
        department=cell.department,
        department_name=book.about[cell.metric].name_of(cell.department),
        value=_number(cell.percent, cell.unit),
        band=(cell.band.low / 100, cell.band.high / 100) if cell.band else None,
        eligible=cell.eligible,
        target=_number(cell.target_percent, cell.unit),
        response=_number(cell.response_percent, Unit.PERCENT),
        status=cell.status.value,
        as_of=cell.as_of.isoformat(),
        stale=cell.is_stale,
    )


def _number(shown: int | None, unit: Unit) -> float | None:
    return None if shown is None else shown / 100 if unit is Unit.PERCENT else shown


def _as_object(row: Row) -> dict[str, object]:
    return {name: getattr(row, name) for name in Row.__struct_fields__}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(rows: list[Row]) -> bytes:
    """With a byte order mark and CRLF, so that Excel opens Japanese text right by a double click."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # CRLF is its default (RFC 4180)
    header = [name for name in Row.__struct_fields__ if name != "band"]
    header[header.index("value") + 1 : header.index("value") + 1] = ["band_low", "band_high"]
    writer.writerow(header)
    for row in rows:
        cells = _as_object(row) | dict(zip(("band_low", "band_high"), row.band or (None, None), strict=True))
        writer.writerow([_cell(cells[name]) for name in header])
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def _cell(value: object) -> str:
    """Empty for None. A text that a spreadsheet would run as a formula gets an apostrophe (OWASP, CSV injection)."""
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA_STARTS) else text


def _catalogue_entry(book: FigureBook, name: str) -> dict[str, object]:
    metric = book.metrics[name]
    return {
        "name": name,
        "label": {"ja": metric.label.ja, "en": metric.label.en},
        "definition": metric.definition,
        "owner": metric.owner,
        "grain": metric.grain,
        "dimensions": list(metric.dimensions),
        "as_of": metric.population.as_of,
        "format": metric.format,
        "kind": metric.kind,
        "unit": metric.unit.value,
        "rounding": "integer, half up",
        "min_group": metric.privacy.min_group,
        "source": book.sources[name],
        "data_use": metric.data_use,
        "target_by": str(metric.target.by) if metric.target else None,
        "target_direction": metric.target.direction if metric.target else None,
        "months": [str(period) for period in book.periods(name)],
        "json": f"{name}.json",
        "csv": f"{name}.csv",
    }
