"""What is there already and a new page fits itself into: departments, campaigns, stories, issues.

Files are looked at by name and by single lines only: `kawaraban new` must work while another page has a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator.declared.departments import read_departments
from generator.model.organisation import Department

_NUMBER = re.compile(r"^number:\s*(\d+)", re.MULTILINE)
_DATE = re.compile(r"^date:\s*(\d{4}-\d{2}-\d{2})", re.MULTILINE)


def departments(data: Path, today: date) -> tuple[Department, ...]:
    """The departments of today that have none below them, in the company's order; of a broken list what is right."""
    organisation, _ = read_departments(data / "departments.csv", "departments.csv")
    return organisation.units_on(today)


def campaigns(folder: Path) -> list[str]:
    """The campaigns by file name."""
    return sorted(path.stem for path in folder.glob("*.md") if path.stem != "index")


def next_issue_number(issues: Path) -> int:
    """One more than the highest number that an issue has, in its file name or in its front matter."""
    numbers = [0]
    for path, text in _texts(issues):
        numbers += [int(path.stem)] if re.fullmatch(r"[0-9]+", path.stem) else []
        numbers += [int(match[1]) for match in _NUMBER.finditer(text)]
    return max(numbers) + 1


def newest_story(stories: Path) -> str | None:
    """The path below content/ of the story with the latest `date:`; None while there is no story."""
    dated = [(found[1] if (found := _DATE.search(text)) else "", path.name) for path, text in _texts(stories)]
    return f"stories/{max(dated)[1]}" if dated else None


def _texts(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.glob("*.md")):
        yield path, path.read_text("utf-8", errors="replace")
