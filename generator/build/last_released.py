"""The figures of the last site that went out: a month with one that is held back is shown as then, marked as old.

They are kept in the private folder beside the rows, not in the cache, which may be deleted at any time. A metric whose
definition is another than then begins anew.

The release ledger (`generator.ledger`) is another memory: it holds what was published of shares, every edition, as ranges
of counts for the audit, and a build that cannot read it stops. Here is what each build said last, of every kind of metric
and with its day, as readers saw it; without it a figure is only missing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from generator.model.figure import Band, FigureStatus, ReleasedFigure, ReleasedFigures
from generator.model.metric import Metric
from generator.model.period import Month
from generator.settings import Settings

_CellKey: TypeAlias = tuple[str, Month, str | None]
_Kept: TypeAlias = dict[str, Any]
"""Metric → its definition's digest and its cells, by `2026-10 sales`."""


class _Cell(TypedDict):
    """A figure as it went out."""

    percent: Annotated[int, Field(ge=-100, le=100)] | None
    band: Annotated[list[int], Field(min_length=2, max_length=2)] | None
    eligible: Annotated[int, Field(ge=0)]
    as_of: Annotated[str, Field(pattern=r"^[0-9]{4}-[01][0-9]-[0-3][0-9]$")]


class _Entry(TypedDict):
    """One metric."""

    definition: str
    cells: dict[str, _Cell]


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
    kept = {
        name: {"definition": _digest(metric), "cells": dict(_noted(released, name))}
        for name, metric in released.metrics.items()
    }
    if kept == _read(settings):
        return
    path = _file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(kept, indent=1, sort_keys=True), "utf-8")
    beside.replace(path)


def _noted(released: ReleasedFigures, metric: str) -> Iterator[tuple[str, _Kept]]:
    for cell in released.cells.values():
        if cell.metric == metric and (cell.is_shown or cell.band is not None):
            band = cell.band and [cell.band.low, cell.band.high]
            told = {"percent": cell.percent, "band": band, "eligible": cell.eligible, "as_of": cell.as_of.isoformat()}
            yield _key(cell), told


def _stand_in(cell: ReleasedFigure, last: _Kept | None) -> ReleasedFigure:
    if last is None:
        return _missing(cell) if cell.status in {FigureStatus.HELD, FigureStatus.MISSING} else _hidden(cell)
    band = Band(*last["band"]) if last["band"] else None
    return replace(
        cell,
        percent=last["percent"],
        band=band,
        eligible=last["eligible"],
        status=FigureStatus.STALE if band is None else FigureStatus.PROTECTED,
        as_of=date.fromisoformat(last["as_of"]),
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


def _cells_of(kept: _Kept, metric: Metric) -> _Kept:
    entry: _Kept = kept.get(metric.name, {})
    cells: _Kept = entry.get("cells", {}) if entry.get("definition") == _digest(metric) else {}
    return cells


def _digest(metric: Metric) -> str:
    told = metric.model_dump_json(include={*metric.counting_keys, "privacy"})
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _key(cell: ReleasedFigure) -> str:
    return f"{cell.period} {cell.department or ''}"


def _read(settings: Settings) -> _Kept:
    try:
        kept: _Kept = TypeAdapter(dict[str, _Entry]).validate_json(_file(settings).read_bytes(), strict=True)
    except (FileNotFoundError, ValidationError):
        return {}  # nothing went out yet, or the file is damaged: what is held back is missing until the next release
    return kept


def _file(settings: Settings) -> Path:
    return settings.private / "last-released.json"
