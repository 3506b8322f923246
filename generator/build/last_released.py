"""The figures of the last site that went out: what is held back now is shown as it was then, marked as old.

They are kept in the private folder beside the rows, not in the cache, which may be deleted at any time. A metric whose
definition is another than then begins anew.

The release ledger (`generator.ledger`) is another memory: it holds what was published of shares, every edition, as ranges
of counts for the audit, and a build that cannot read it stops. Here is what each build said last, of every kind of metric
and with its day, as readers saw it; without it a figure is only missing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from generator.model.figure import Band, FigureStatus, ReleasedFigure, ReleasedFigures
from generator.model.metric import Metric
from generator.settings import Settings

_Kept: TypeAlias = dict[str, Any]
"""Metric → its definition's digest and its cells, by `2026-10 sales`."""


def standing_in(released: ReleasedFigures, settings: Settings) -> ReleasedFigures:
    """Put the last released figure in the place of each that is held back; without one it is missing."""
    if all(cell.status is not FigureStatus.HELD for cell in released.cells.values()):
        return released
    kept = _read(settings)
    cells = {
        key: _stand_in(cell, _cells_of(kept, released.metrics[cell.metric]))
        if cell.status is FigureStatus.HELD
        else cell
        for key, cell in released.cells.items()
    }
    return replace(released, cells=cells)


def note_released(released: ReleasedFigures, settings: Settings) -> None:
    """Remember what went out. Figures that stood in for others stay as they were kept."""
    before = _read(settings)
    kept = {
        name: {"definition": _digest(metric), "cells": dict(_noted(released, metric, _cells_of(before, metric)))}
        for name, metric in released.metrics.items()
    }
    if kept == before:
        return
    path = _file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(kept, indent=1, sort_keys=True), "utf-8")
    beside.replace(path)


def _noted(released: ReleasedFigures, metric: Metric, before: _Kept) -> Iterator[tuple[str, _Kept]]:
    for cell in released.cells.values():
        key = _key(cell)
        if cell.metric != metric.name:
            continue
        if cell.is_stale and key in before:
            yield key, before[key]
        elif cell.is_shown or cell.band is not None:
            yield (
                key,
                {"percent": cell.percent, "band": cell.band and [cell.band.low, cell.band.high]}
                | {"as_of": cell.as_of.isoformat()},
            )


def _stand_in(cell: ReleasedFigure, kept: _Kept) -> ReleasedFigure:
    last = kept.get(_key(cell))
    if last is None:
        return replace(cell, status=FigureStatus.MISSING)
    band = Band(*last["band"]) if last["band"] else None
    status = FigureStatus.STALE if band is None else FigureStatus.PROTECTED
    as_of = date.fromisoformat(last["as_of"])
    return replace(cell, percent=last["percent"], band=band, status=status, as_of=as_of, is_stale=True)


def _cells_of(kept: _Kept, metric: Metric) -> _Kept:
    entry: _Kept = kept.get(metric.name, {})
    cells: _Kept = entry.get("cells", {}) if entry.get("definition") == _digest(metric) else {}
    return cells


def _digest(metric: Metric) -> str:
    told = metric.model_dump_json(include={"kind", "entity", *metric.activity_keys, metric.population_key, "privacy"})
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _key(cell: ReleasedFigure) -> str:
    return f"{cell.period} {cell.department or ''}"


def _read(settings: Settings) -> _Kept:
    try:
        kept = json.loads(_file(settings).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}  # nothing went out yet, or the file was cut off: what is held back is missing until the next release
    return kept if isinstance(kept, dict) else {}


def _file(settings: Settings) -> Path:
    return settings.private / "last-released.json"
