"""The figures of the last site that went out: a month with one that is held back is shown as then, marked as old.

They are kept in the private folder beside the rows, not in the cache, which may be deleted at any time. A metric whose
definition is another than then begins anew.

The release ledger (`generator.ledger`) is another memory: it holds what was published of shares, every edition, as ranges
of counts for the audit, and a build that cannot read it stops. Here is what each build said last, of every kind of metric
and with its day, as readers saw it; without it a figure is only missing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, TypeAlias

from msgspec import DecodeError, Meta, Struct, json
from msgspec.structs import replace

from generator.model.as_text import as_text
from generator.model.figure import Band, FigureStatus, ReleasedFigure, ReleasedFigures
from generator.model.metric import Metric
from generator.model.period import Month
from generator.settings import Settings

_CellKey: TypeAlias = tuple[str, Month, str | None]
_Percent: TypeAlias = Annotated[int, Meta(ge=-100, le=100)]
"""Or points, which may be negative."""


class _Cell(Struct, frozen=True, forbid_unknown_fields=True):
    """A figure as it went out."""

    percent: _Percent | None
    band: tuple[_Percent, _Percent] | None
    eligible: Annotated[int, Meta(ge=0)]
    as_of: date


class _Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One metric: the digest of its definition, and its cells by `2026-10 sales`."""

    definition: str
    cells: dict[str, _Cell]


_Kept: TypeAlias = dict[str, _Entry]
"""By metric."""


def standing_in(released: ReleasedFigures, settings: Settings) -> ReleasedFigures:
    """Show each month in which a figure is held back as it was released last; without that the figure is missing.

    The whole month of the metric, for its figures were decided together: today's others beside yesterday's one would
    let readers work out what both releases hide.
    """
    held = {_month_of(cell) for cell in released.cells.values() if cell.status is FigureStatus.HELD}
    if not held:
        return released
    kept = _read(settings)
    cells = dict(released.cells)
    for month in held:
        keys = [key for key, cell in released.cells.items() if _month_of(cell) == month]
        last = _cells_of(kept, released.metrics[month[0]])
        known = {key: last[_key(cells[key])] for key in keys if _key(cells[key]) in last}
        if any(cells[key].status is FigureStatus.HELD for key in known):
            cells |= {key: _stand_in(cells[key], known.get(key)) for key in keys}
        else:
            cells |= {key: _missing(cells[key]) for key in keys if cells[key].status is FigureStatus.HELD}
    return replace(released, cells={key: replace(cell, change=_change(cells, cell)) for key, cell in cells.items()})


def note_released(released: ReleasedFigures, settings: Settings) -> None:
    """Remember what went out."""
    kept = {name: _Entry(_digest(metric), dict(_noted(released, name))) for name, metric in released.metrics.items()}
    if kept == _read(settings):
        return
    path = _file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_bytes(json.format(json.encode(kept, order="sorted"), indent=1))
    beside.replace(path)


def _noted(released: ReleasedFigures, metric: str) -> Iterator[tuple[str, _Cell]]:
    for cell in released.cells.values():
        if cell.metric == metric and (cell.is_shown or cell.band is not None):
            band = (cell.band.low, cell.band.high) if cell.band else None
            yield _key(cell), _Cell(cell.percent, band, cell.eligible, cell.as_of)


def _stand_in(cell: ReleasedFigure, last: _Cell | None) -> ReleasedFigure:
    if last is None:
        return _missing(cell) if cell.status in {FigureStatus.HELD, FigureStatus.MISSING} else _hidden(cell)
    band = Band(*last.band) if last.band else None
    return replace(
        cell,
        percent=last.percent,
        band=band,
        eligible=last.eligible,
        status=FigureStatus.STALE if band is None else FigureStatus.PROTECTED,
        as_of=last.as_of,
        is_stale=True,
        response_percent=None,
    )


def _missing(cell: ReleasedFigure) -> ReleasedFigure:
    return replace(cell, status=FigureStatus.MISSING, is_held=cell.status is FigureStatus.HELD)


def _hidden(cell: ReleasedFigure) -> ReleasedFigure:
    """A figure that said nothing when the others of its month were decided."""
    return replace(cell, percent=None, band=None, status=FigureStatus.PROTECTED, is_stale=False, response_percent=None)


def _change(cells: Mapping[_CellKey, ReleasedFigure], cell: ReleasedFigure) -> int | None:
    """The points from the month before as it is shown; from another one they would tell what that was."""
    before = cells.get((cell.metric, cell.period.plus(-1), cell.department))
    if before is None or before.percent is None or cell.percent is None:
        return None
    return cell.percent - before.percent


def _month_of(cell: ReleasedFigure) -> tuple[str, Month]:
    return cell.metric, cell.period


def _cells_of(kept: _Kept, metric: Metric) -> Mapping[str, _Cell]:
    entry = kept.get(metric.name)
    return entry.cells if entry is not None and entry.definition == _digest(metric) else {}


def _digest(metric: Metric) -> str:
    told = as_text({key: getattr(metric, key) for key in sorted({*metric.counting_keys, "privacy"})})
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _key(cell: ReleasedFigure) -> str:
    return f"{cell.period} {cell.department or ''}"


def _read(settings: Settings) -> _Kept:
    try:
        return json.decode(_file(settings).read_bytes(), type=_Kept)
    except (FileNotFoundError, DecodeError):
        return {}  # nothing went out yet, or the file is damaged: what is held back is missing until the next release


def _file(settings: Settings) -> Path:
    return settings.private / "last-released.json"
