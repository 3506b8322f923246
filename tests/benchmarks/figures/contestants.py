"""`python -m tests.benchmarks.figures.contestants NAME FOLDER FORM`: one way to the same figures, in a process of its own.

Each prints how many months and departments it has figures of, and the sums of their numerators and denominators (who was
there on the month's last day), which must be the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tests.benchmarks.figures.rows import BUILD_DAY

Answer = tuple[int, int, int]
"""Cells, and the sums of their numerators and denominators."""


def kawaraban(folder: Path, _: str) -> Answer:
    """Pull what is new, judge it, and measure: sources.yml and metrics.yml say the rest."""
    from generator.effects import Effects
    from generator.measure import measure
    from generator.pull import pull
    from generator.settings import Settings

    settings = Settings(root=folder, content=folder / "content", site_name="大きな瓦版")
    effects = Effects(clock=lambda: datetime.fromisoformat(f"{BUILD_DAY}T03:00:00+00:00"))
    snapshots, findings = pull(settings, effects)
    figures, more = measure(settings, effects, snapshots)
    if findings or more:
        raise RuntimeError(f"{findings[:1]}{more[:1]}")
    departments = [cell for cell in figures.cells if cell.department is not None]
    numerators = sum(cell.numerator or 0 for cell in departments)
    return len(departments), numerators, sum(cell.denominator for cell in departments)


def duckdb(folder: Path, form: str) -> Answer:
    """One query of somebody who trusts the files."""
    import duckdb as engine

    answer = engine.execute(
        f"""
        WITH roster AS MATERIALIZED (FROM read_csv('{_roster(folder)}', types = {{last_day: DATE}})),
        active AS MATERIALIZED (
            SELECT DISTINCT last_day(day) AS month_end, mail FROM '{_usage(folder, form)}' WHERE messages > 0
        ),
        present AS (
            SELECT month_end, mail, department FROM (SELECT DISTINCT month_end FROM active) JOIN roster
            ON first_day <= month_end AND (last_day IS NULL OR last_day >= month_end)
        )
        SELECT count(*), sum(numerator), sum(denominator) FROM (
            SELECT month_end, department, count(active.mail) AS numerator, count(*) AS denominator
            FROM present LEFT JOIN active USING (month_end, mail) GROUP BY month_end, department
        )
        """  # noqa: S608 -- paths of ours
    ).fetchone()
    return _three(answer)


def polars(folder: Path, form: str) -> Answer:
    """The same in its lazy, streaming way."""
    import polars as engine

    files = _usage(folder, form)
    usage = engine.scan_parquet(files) if form == "parquet" else engine.scan_csv(files, try_parse_dates=True)
    active = usage.filter(engine.col("messages") > 0).select(engine.col("day").dt.month_end(), "mail").unique()
    active = active.collect(engine="streaming").lazy().with_columns(is_active=True)
    there = engine.col("last_day").is_null() | (engine.col("last_day") >= engine.col("day"))
    roster = engine.scan_csv(_roster(folder), try_parse_dates=True, schema_overrides={"last_day": engine.Date})
    present = active.select("day").unique().join(roster, how="cross")
    present = present.filter((engine.col("first_day") <= engine.col("day")) & there)
    cells = present.join(active, on=["day", "mail"], how="left").group_by("day", "department")
    counted = cells.agg(engine.col("is_active").sum().alias("numerator"), engine.len().alias("denominator"))
    told = counted.select(engine.len(), engine.col("numerator").sum(), engine.col("denominator").sum())
    return _three(told.collect(engine="streaming").row(0))


def pandas(folder: Path, form: str) -> Answer:
    """The same, file by file, for all of them at once are more than the memory."""
    import pandas as engine

    roster = engine.read_csv(_roster(folder), parse_dates=["first_day", "last_day"])
    cells, numerators, denominators = 0, 0, 0
    for path in sorted(Path(_usage(folder, form)).parent.glob(f"*.{form}")):
        if form == "parquet":
            usage = engine.read_parquet(path, columns=_WANTED)
        else:
            usage = engine.read_csv(path, usecols=_WANTED, parse_dates=["day"])
        month_end = engine.to_datetime(usage["day"].iloc[0]) + engine.offsets.MonthEnd(0)
        active = usage.loc[usage["messages"] > 0, "mail"].unique()
        is_there = (roster["first_day"] <= month_end) & (roster["last_day"].isna() | (roster["last_day"] >= month_end))
        present = roster[is_there]
        counted = present["mail"].isin(active).groupby(present["department"]).agg(["sum", "count"])
        cells, numerators = cells + len(counted), numerators + int(counted["sum"].sum())
        denominators += int(counted["count"].sum())
    return cells, numerators, denominators


_WANTED = ["day", "mail", "messages"]

CONTESTANTS: dict[str, Callable[[Path, str], Answer]] = {
    "kawaraban": kawaraban,
    "duckdb": duckdb,
    "polars": polars,
    "pandas": pandas,
}


def _usage(folder: Path, form: str) -> str:
    return str(folder / "content" / "data" / "exports" / "usage" / f"*.{form}")


def _roster(folder: Path) -> str:
    return str(folder / "content" / "data" / "exports" / "roster.csv")


def _three(answer: object) -> Answer:
    if not isinstance(answer, tuple):
        raise TypeError(f"{answer!r} is no answer")
    cells, numerators, denominators = map(int, answer)
    return cells, numerators, denominators


if __name__ == "__main__":
    sys.stdout.write(f"{CONTESTANTS[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])}\n")
