"""Departments that pages speak of must be in the company's list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from generator.declared.departments import read_departments
from generator.model.finding import Finding, Place, Text, nearest
from generator.model.page import Champion, DepartmentPage, Mvv, Story
from generator.read.manuscript import Manuscript
from generator.read.reporting import error, one_line
from generator.read.rules.edition import Edition
from generator.settings import Settings


def department_names(settings: Settings) -> dict[str, str] | None:
    """Ids and names in departments.csv, oldest first, former departments included; None when it cannot tell.

    What is wrong with the file itself is for `measure` to say.
    """
    file = settings.data / "departments.csv"
    organisation, findings = read_departments(file, settings.shown(file))
    oldest_first = sorted(organisation.departments, key=lambda department: (department.valid_from, department.id))
    known = {department.id: department.name for department in oldest_first}
    return known if known and not findings else None


def departments_exist(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """`department` of stories and MVV pages, and the file names of department and champion pages."""
    known, front = edition.department_names, manuscript.page.front
    if known is None:
        return
    if isinstance(front, Story | Mvv) and front.department is not None:
        yield from _judge(front.department, known, manuscript)
    if isinstance(front, DepartmentPage | Champion):
        stem = PurePosixPath(manuscript.source).stem
        if stem not in known:
            yield _bad_file_name(stem, known, manuscript.place)


def departments_of_mvv_are_named(edition: Edition, manuscript: Manuscript) -> Iterator[Finding]:
    """A department's mission says whose it is."""
    mvv = manuscript.page.front
    if not isinstance(mvv, Mvv):
        return
    if mvv.level == "department" and mvv.department is None:
        yield error(
            "missing-key",
            manuscript.at("level"),
            Text("部署の使命なのに、`department` がありません", "the mission of a department needs `department`"),
            Text("`department` に部署のIDを書いてください", "write the department's id in `department`"),
        )


def _judge(department: str, known: Mapping[str, str], manuscript: Manuscript) -> Iterator[Finding]:
    if department not in known:
        shown = one_line(department)
        yield error(
            "unknown-department",
            manuscript.at("department"),
            Text(
                f"部署 `{shown}` が `data/departments.csv` にありません",
                f"`data/departments.csv` has no department `{shown}`",
            ),
            _hint(department, known, _WRITE),
        )


def _bad_file_name(stem: str, known: Mapping[str, str], place: Place) -> Finding:
    shown = one_line(stem)
    return error(
        "unknown-department",
        place,
        Text(
            f"ファイル名は部署のIDにします。`{shown}` は `data/departments.csv` にありません",
            f"the file must be named after a department; `data/departments.csv` has no `{shown}`",
        ),
        _hint(stem, known, _RENAME),
    )


_WRITE = Text("`data/departments.csv` にあるIDを書いてください", "write an id from `data/departments.csv`")
_RENAME = Text(
    "ファイル名を `data/departments.csv` にあるIDに変えるか、要らないページなら消してください",
    "rename the file to an id from `data/departments.csv`, or delete it if nobody needs the page",
)


def _hint(written: str, known: Mapping[str, str], otherwise: Text) -> Text:
    named = [department for department, name in known.items() if name == written.strip()]
    if named:
        return Text(
            f"名前ではなくIDで、`{named[-1]}` と書いてください", f"write the id `{named[-1]}` in place of the name"
        )
    return nearest(written, known, otherwise)
