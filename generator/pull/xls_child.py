"""Reads one sheet of an .xls workbook and nothing else: run as a program of its own, with the workbook on its input.

The format is old and binary, and a damaged file can end the process that reads it. This one may end.
Output, each on a line of JSON: the names of the sheets; and when there is the sheet, "rows" and then every row.
"""

import io
import json
import sys
from datetime import date, datetime

MEMORY = 2 * 2**30  # bytes
SECONDS = 60  # of CPU time


def limit() -> None:
    """Bound what this process may take, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def tagged(cell: object) -> dict[str, str]:
    """A cell that JSON does not know."""
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return {"other": str(cell)}  # a time of day, a duration


def main(*wanted: str) -> None:
    """Write the rows of the wanted sheet, or of the only one."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    names = workbook.sheet_names
    (sheet,) = wanted or (names if len(names) == 1 else [None])
    lines: list[object] = [names]
    if sheet in names:
        lines += ["rows", *workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]
    for line in lines:
        sys.stdout.write(json.dumps(line, default=tagged) + "\n")


if __name__ == "__main__":
    limit()
    main(*sys.argv[1:])
