"""The guide's reference tables, read back from its Markdown."""

from __future__ import annotations

import re
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "content" / "guide"

Row = tuple[str, ...]


def rows_below(page: str, heading: str) -> list[Row]:
    """The rows of the first table below a heading of a guide page; its column names are left out."""
    lines = text_of(page).split("\n")
    starts = [index for index, line in enumerate(lines) if line.startswith("#") and line.lstrip("# ") == heading]
    assert len(starts) == 1, f"{page} has {len(starts)} headings 「{heading}」"
    rows: list[Row] = []
    for line in lines[starts[0] + 1 :]:
        if line.startswith("#") or (rows and not line.startswith("|")):
            break
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split(" | ")))
    return rows[2:]


def section(page: str, heading: str) -> str:
    """Everything from a heading to the next one."""
    parts = re.split(r"^#+ (.+)$", text_of(page), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[heading]


def name_in(cell: str) -> str:
    """The one name that a cell shows as code."""
    (name,) = re.findall(r"`([^`]+)`", cell)
    return str(name)


def text_of(page: str) -> str:
    return (GUIDE / page).read_text(encoding="utf-8")
