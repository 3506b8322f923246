"""Departments that pages speak of must be in the company's list."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.model.finding import Finding, Place, Text
from generator.model.page import Champion, DepartmentPage, Mvv, Story
from generator.read.reporting import error, one_line
from generator.read.rules.edition import Edition

ID_COLUMN = "department_id"


def department_ids(file: Path) -> frozenset[str] | None:
    """The ids in departments.csv, former departments included; None when it cannot tell.

    What is wrong with the file itself is for `measure` to say, which reads all of it.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    rows = csv.DictReader(io.StringIO(text))
    if ID_COLUMN not in (rows.fieldnames or ()):
        return None
    return frozenset(row[ID_COLUMN].strip() for row in rows if row[ID_COLUMN])


def departments_exist(edition: Edition) -> Iterator[Finding]:
    """`department` of stories and MVV pages, and the file names of department and champion pages."""
    known = edition.department_ids
    if known is None:
        return
    for manuscript, story in edition.of(Story):
        yield from _judge(story.department, known, manuscript.at("department"))
    for manuscript, mvv in edition.of(Mvv):
        if mvv.department is not None:
            yield from _judge(mvv.department, known, manuscript.at("department"))
    for model in (DepartmentPage, Champion):
        for manuscript, _ in edition.of(model):
            stem = PurePosixPath(manuscript.source).stem
            if stem not in known:
                yield _bad_file_name(stem, known, manuscript.place)


def departments_of_mvv_are_named(edition: Edition) -> Iterator[Finding]:
    """A department's MVV says whose it is."""
    for manuscript, mvv in edition.of(Mvv):
        if mvv.level == "department" and mvv.department is None:
            yield error(
                "missing-key",
                manuscript.at("level"),
                Text("部署の MVV なのに、`department` がありません", "the MVV of a department needs `department`"),
                Text("`department` に部署のIDを書いてください", "write the department's id in `department`"),
            )


def _judge(department: str, known: frozenset[str], place: Place) -> Iterator[Finding]:
    if department not in known:
        shown = one_line(department)
        yield error(
            "unknown-department",
            place,
            Text(
                f"部署 `{shown}` が `data/departments.csv` にありません",
                f"`data/departments.csv` has no department `{shown}`",
            ),
            _hint(department, known),
        )


def _bad_file_name(stem: str, known: frozenset[str], place: Place) -> Finding:
    shown = one_line(stem)
    return error(
        "unknown-department",
        place,
        Text(
            f"ファイル名は部署のIDにします。`{shown}` は `data/departments.csv` にありません",
            f"the file must be named after a department; `data/departments.csv` has no `{shown}`",
        ),
        _hint(stem, known),
    )


def _hint(written: str, known: frozenset[str]) -> Text:
    near = difflib.get_close_matches(written, sorted(known), n=1, cutoff=0.6)
    if near:
        return Text(f"`{near[0]}` のことではありませんか", f"did you mean `{near[0]}`?")
    return Text("`data/departments.csv` にあるIDを書いてください", "write an id from `data/departments.csv`")
