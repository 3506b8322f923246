"""What is held back is shown as it last went out, marked as old; without anything before it is missing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from generator.build.last_released import note_released, standing_in
from generator.model.figure import (
    COMPANY,
    Band,
    Figure,
    FigureStatus,
    MeasuredFigures,
    ReleasedFigure,
    ReleasedFigures,
    held,
)
from generator.model.metric import Activity, Answers, Freshness, Label, Metric, Population
from generator.model.metric_kinds import METRIC_KINDS, Share
from generator.model.organisation import Organisation
from generator.model.period import Month
from generator.protect import protect
from generator.protect.deciding import definition_of
from generator.settings import Settings
from tests.compose.newsroom import metric

OCTOBER = Month(2026, 10)
_DONE = Activity(source="usage", column="mail", matches="mail", time="day")
_EVERYBODY = Population(source="roster", column="employee")
_OWN: dict[str, Any] = {
    **dict.fromkeys(("numerator", "activity", "first", "second", "help", "tickets"), _DONE),
    **dict.fromkeys(("denominator", "eligible"), _EVERYBODY),
    "answers": Answers(**_DONE.model_dump(), value="count"),
}
"""What each kind may ask for beside the common keys."""
DECLARED = {
    kind: kind(
        name="chat_rate",
        label=Label(ja="利用率", en="Rate"),
        owner="人事部",
        definition="割合です。",
        entity="employee",
        freshness=Freshness(warn_after=timedelta(days=45), fail_after=timedelta(days=400)),
        **{key: value for key, value in _OWN.items() if key in kind.model_fields},
    )
    for kind in METRIC_KINDS.values()
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(root=tmp_path, content=tmp_path / "content", site_name="瓦版")


def released(percent: int | None, status: FigureStatus, department: str | None = COMPANY) -> ReleasedFigures:
    cell = ReleasedFigure("chat_rate", OCTOBER, department, percent, None, 100, 80, None, status, OCTOBER.last_day)
    return ReleasedFigures({"chat_rate": metric()}, Organisation(()), {("chat_rate", OCTOBER, department): cell})


def only(figures: ReleasedFigures) -> ReleasedFigure:
    (cell,) = figures.cells.values()
    return cell


HELD = released(None, FigureStatus.HELD)


def test_the_last_released_figure_stays_and_is_marked_as_old(settings: Settings) -> None:
    note_released(released(71, FigureStatus.OK), settings)
    cell = only(standing_in(HELD, settings))
    assert (cell.percent, cell.status, cell.is_stale) == (71, FigureStatus.STALE, True)


def test_a_range_stays_a_range(settings: Settings) -> None:
    before = released(None, FigureStatus.PROTECTED)
    key = ("chat_rate", OCTOBER, COMPANY)
    note_released(replace(before, cells={key: replace(only(before), band=Band(0, 20))}), settings)
    cell = only(standing_in(HELD, settings))
    assert (cell.percent, cell.band, cell.status) == (None, Band(0, 20), FigureStatus.PROTECTED)
    assert cell.is_stale


def test_what_stands_in_today_stands_in_tomorrow(settings: Settings) -> None:
    note_released(released(71, FigureStatus.OK), settings)
    for _ in range(2):
        shown = standing_in(HELD, settings)
        note_released(shown, settings)
    assert only(shown).percent == 71


def test_nothing_before_is_missing_and_not_zero(settings: Settings) -> None:
    assert only(standing_in(HELD, settings)).status is FigureStatus.MISSING
    note_released(released(71, FigureStatus.OK, "sales"), settings)
    assert only(standing_in(HELD, settings)).status is FigureStatus.MISSING


def test_a_figure_of_another_definition_does_not_stand_in(settings: Settings) -> None:
    note_released(released(71, FigureStatus.OK), settings)
    declared = metric()
    other = declared.model_copy(
        update={"numerator": declared.activities["numerator"].model_copy(update={"where": "x"})}
    )
    assert only(standing_in(replace(HELD, metrics={"chat_rate": other}), settings)).percent is None


def test_a_file_that_was_cut_off_is_no_figure(settings: Settings) -> None:
    note_released(released(71, FigureStatus.OK), settings)
    (file,) = settings.private.iterdir()
    file.write_bytes(file.read_bytes()[:20])
    assert only(standing_in(HELD, settings)).status is FigureStatus.MISSING


def test_no_day_of_a_held_figure_is_new(settings: Settings) -> None:
    note_released(released(71, FigureStatus.OK), settings)
    assert only(standing_in(HELD, settings)).as_of == date(2026, 10, 31)


UNITS = (("a", 40, 60), ("b", 6, 12), ("c", 20, 90), ("d", 30, 70), ("e", 50, 80))
NOVEMBER = OCTOBER.plus(1)


def company(period: Month = OCTOBER) -> list[Figure]:
    """A company with one department that is hidden, for whose sake another says less."""
    people, active = sum(size for _, _, size in UNITS), sum(count for _, count, _ in UNITS)
    counted = [(COMPANY, active, people), *UNITS]
    return [Figure("chat_rate", period, unit, n, size, period.last_day, FigureStatus.OK) for unit, n, size in counted]


def protected(cells: list[Figure]) -> ReleasedFigures:
    return protect(MeasuredFigures({"chat_rate": metric()}, Organisation(()), tuple(cells))).released


def said(figures: ReleasedFigures, period: Month = OCTOBER) -> dict[str | None, tuple[int | None, Band | None]]:
    return {c.department: (c.percent, c.band) for c in figures.cells.values() if c.period == period}


@pytest.mark.parametrize("unit", ["c", "d", "e"])
def test_the_others_of_its_month_say_no_more_than_when_it_was_released(unit: str, settings: Settings) -> None:
    before = protected(company())
    note_released(before, settings)
    now = protected([held(cell) if cell.department == unit else cell for cell in company()])
    assert said(now)["a"] != said(before)["a"]  # nobody can subtract while the held figure is unknown
    assert said(standing_in(now, settings)) == said(before)


def test_the_change_of_the_next_month_tells_nothing_of_the_held_one(settings: Settings) -> None:
    note_released(protected(company()), settings)
    october = [held(cell) if cell.department == "c" else cell for cell in company()]
    shown = standing_in(protected([*october, *company(NOVEMBER)]), settings).cells
    for unit, *_ in UNITS:
        before, after = shown["chat_rate", OCTOBER, unit], shown["chat_rate", NOVEMBER, unit]
        both = before.percent is not None and after.percent is not None
        assert after.change == ((after.percent or 0) - (before.percent or 0) if both else None)


@pytest.mark.parametrize("damage", ["[]", '{"chat_rate": 5}', '{"chat_rate": {"definition": "d", "cells": []}}', "["])
def test_a_file_of_another_shape_is_no_figure(settings: Settings, damage: str) -> None:
    note_released(released(71, FigureStatus.OK), settings)
    (file,) = settings.private.iterdir()
    file.write_text(damage * (1 if "chat" in damage else 50_000), "utf-8")
    assert only(standing_in(HELD, settings)).status is FigureStatus.MISSING


def test_a_cell_of_another_shape_is_no_figure(settings: Settings) -> None:
    note_released(released(71, FigureStatus.OK), settings)
    (file,) = settings.private.iterdir()
    file.write_text(file.read_text("utf-8").replace('"percent": 71', '"percent": "71%"'), "utf-8")
    assert only(standing_in(HELD, settings)).status is FigureStatus.MISSING


def test_a_range_that_no_share_has_is_no_figure(settings: Settings) -> None:
    before = released(None, FigureStatus.PROTECTED)
    key = ("chat_rate", OCTOBER, COMPANY)
    note_released(replace(before, cells={key: replace(only(before), band=Band(0, 20))}), settings)
    (file,) = settings.private.iterdir()
    file.write_text(file.read_text("utf-8").replace("20\n", "20000\n"), "utf-8")
    assert only(standing_in(HELD, settings)).band is None


@pytest.mark.parametrize("kind", METRIC_KINDS.values())
def test_figures_of_every_kind_are_remembered(settings: Settings, kind: type[Metric]) -> None:
    declared = DECLARED[kind]
    figures = replace(released(71, FigureStatus.OK), metrics={"chat_rate": declared})
    note_released(figures, settings)
    assert only(standing_in(replace(HELD, metrics={"chat_rate": declared}), settings)).percent == 71
    assert definition_of(declared)


def test_a_figure_of_another_window_does_not_stand_in(settings: Settings) -> None:
    weekly, monthly = (DECLARED[Share].model_copy(update={"window": timedelta(days=days)}) for days in (7, 28))
    note_released(replace(released(71, FigureStatus.OK), metrics={"chat_rate": weekly}), settings)
    assert only(standing_in(replace(HELD, metrics={"chat_rate": monthly}), settings)).percent is None
    assert definition_of(weekly) != definition_of(monthly)
