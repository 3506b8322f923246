"""A table of a database is looked at, not pulled: its rows stay there, and only how many there are is stored."""

from __future__ import annotations

from generator.engines import DatabaseFailed, connect
from generator.pull import refusals
from generator.pull.files import digest
from generator.pull.judging import judge_time
from generator.pull.kinds.database_table import Extent, TableSource, extent
from generator.pull.one_source import OneSource, Pulled, has_errors
from generator.pull.remote.failure import FetchFailed
from generator.pull.remote.session import Session
from generator.pull.snapshots import parquet
from generator.pull.snapshots.store import Stored


def looked_at(one: OneSource, source: TableSource) -> Pulled:
    """Ask the table of `one` how many rows it has."""
    last, findings = one.last()
    if has_errors(findings):
        return None, findings
    try:
        with Session(one.effects, one.settings, source.budget) as session:
            address = session.secret(source.url)
            with connect(address, source.url.env, source.budget) as engine:
                found = extent(source, engine)
        told = judge_time(one, found.watermark) if found.rows else [refusals.empty_table(one.place)]
        if not told:
            return one.snapshot(_note(one, source, found, last)), findings
    except (FetchFailed, DatabaseFailed) as failed:
        told = [refusals.not_answered(one.place, failed)]
    except OSError as error:
        told = [refusals.unwritable(one.place, one.settings.shown(one.store.folder), error)]
    return one.fall_back(last, findings + told)


def _note(one: OneSource, source: TableSource, found: Extent, last: Stored | None) -> Stored:
    """Store what is known of a table, beside a file of its columns without a row."""
    inputs = digest([one.declared, *(f"{part.path} {part.rows} {part.days}" for part in found.parts)])
    if last is not None and last.meta.inputs == inputs and one.is_sealed(last):
        return last
    columns = list(source.reads.values())
    return one.store.add(
        lambda path: parquet.write(path, columns, [], [[] for _ in columns], None, one.key),
        lambda sha256: one.meta(found, columns, sha256, inputs, ()),
    )
