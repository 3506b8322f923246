"""Rows that another pull replaces while they are read: only the newest snapshots of a source are kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from generator.errors import Rejected
from generator.model.finding import Place
from generator.model.snapshot import Snapshots
from generator.read.notebook import changed_meanwhile
from generator.settings import Settings


@contextmanager
def rows_that_stay(settings: Settings, snapshots: Snapshots) -> Iterator[None]:
    """Read the rows of snapshots in the body. Raises Rejected when some of them are gone."""
    import duckdb  # here because it takes 0.1 s; whoever reads rows has it

    try:
        yield
    except (duckdb.IOException, FileNotFoundError) as error:
        files = [snapshot.parquet for snapshot in snapshots.by_source.values() if snapshot.table is None]
        gone = [settings.shown(file.parent) for file in files if not file.exists()]
        if not gone:
            raise
        raise Rejected([changed_meanwhile(Place(folder)) for folder in sorted(gone)]) from error
