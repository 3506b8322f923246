"""The guide's reference tables and examples, read back from its Markdown."""

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


def put_files_of(page: str, folder: Path) -> None:
    """Every file that a page shows in full (a fence with a path as its title), put below a folder."""
    shown = re.findall(r'^(`{3,})[a-z]+ title="(.+?)"\n(.*?)^\1$', text_of(page), re.MULTILINE | re.DOTALL)
    assert shown
    for _, path, content in shown:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


def fenced(page: str, word: str) -> list[str]:
    """What stands in the fences of a kind; those inside longer fences (Markdown shown as an example) included."""
    return re.findall(rf"^```{word}\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL)


def text_of(page: str) -> str:
    return (GUIDE / page).read_text(encoding="utf-8")
