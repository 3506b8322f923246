"""Work that may end badly, in a process of its own: run as a program, never imported by what it works for.

    child.py sheet [NAME]                        an .xls workbook on the input → the rows of one of its sheets
    child.py call ROOT FILE FUNCTION [FIRST LAST]   a function of the site's own → the rows it gives

Each line of the output is JSON; its last one says that it is whole. This file stands alone, so that it starts at once.
"""

import importlib.util
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

MEMORY = 2 * 2**30  # bytes


def main(task: str, *arguments: str) -> None:
    """Do one task."""
    _limit()
    # Whatever the work prints goes where nobody looks; the answer has a line of its own.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    tasks: dict[str, Callable[..., Iterator[object]]] = {"sheet": _sheet, "call": _call}
    for line in tasks[task](*arguments):
        answer.write(json.dumps(line, default=_tagged) + "\n")
    answer.write('"whole"\n')
    answer.close()


def _limit() -> None:
    """Bound what this process may take, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _tagged(cell: object) -> dict[str, str]:
    """A cell that JSON does not know."""
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return {"number": str(cell)} if isinstance(cell, Decimal) else {"other": type(cell).__name__}


def _sheet(*wanted: str) -> Iterator[object]:
    """The names of the sheets; and every row of the wanted one, or of the only one."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    names = workbook.sheet_names
    (sheet,) = wanted or (names if len(names) == 1 else [None])
    yield names
    yield sheet in names
    if sheet in names:
        yield from workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _call(root: str, file: str, function: str, *window: str) -> Iterator[object]:
    """The names of the columns and every row; in place of a row, why there are no more."""
    try:
        yield from _rows(Path(root, file), function, [date.fromisoformat(day) for day in window])
    except BaseException as error:  # whatever a program of the site's does, down to SystemExit
        yield {"raised": type(error).__name__, **_place(error, Path(root))}


def _rows(file: Path, function: str, window: list[date]) -> Iterator[object]:
    sys.path.insert(0, str(file.parent))
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None  # noqa: PT018, S101 (the file ends in .py)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    names: list[str] | None = None
    found: Any = getattr(module, function, None)
    if not callable(found):
        yield {"absent": function}
        return
    for row in found(*window):
        if names is None and isinstance(row, Mapping):
            yield (names := [str(name) for name in row])
        if not isinstance(row, Mapping) or set(row) != set(names or ()):
            yield {"unlike": type(row).__name__}
            return
        yield [_cell(row[name]) for name in names or ()]


def _cell(value: object) -> object:
    """A cell as it is, but of several values in one only the name of their type: no column holds such."""
    return {"other": type(value).__name__} if isinstance(value, (Mapping, list, tuple)) else value


def _place(error: BaseException, root: Path) -> dict[str, object]:
    """The last line of the site's own that an error passed."""
    if isinstance(error, SyntaxError) and error.filename:
        place = (Path(error.filename), error.lineno)
    else:
        frames, step = [], error.__traceback__
        while step is not None:
            frames.append((Path(step.tb_frame.f_code.co_filename), step.tb_lineno))
            step = step.tb_next
        place = next((frame for frame in reversed(frames) if frame[0].is_relative_to(root)), (root, 0))
    is_ours = place[0] != root and place[0].is_relative_to(root)
    return {"file": place[0].relative_to(root).as_posix() if is_ours else "", "line": place[1]}


if __name__ == "__main__":
    main(*sys.argv[1:])
