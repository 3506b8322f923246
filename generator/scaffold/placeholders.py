"""The names that stand in `starter/` and in the drafts for what differs from site to site and from day to day."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping
from datetime import date, timedelta

from generator import __version__
from generator.model.period import Month

CLOSED_MONTHS = 6
"""How many months of sample figures a new site shows."""


class _Template(string.Template):
    """`§name`: unlike `$`, `@` or `{{ }}`, the sign has no meaning in YAML, Markdown, CSV or a CI file."""

    delimiter = "§"


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; raises KeyError for a name that has none, which is a mistake in our own files."""
    return _Template(text).substitute(values)


def names_in(text: str) -> set[str]:
    """The placeholders that a file uses."""
    return set(_Template(text).get_identifiers())


def is_filled_from(template: str, text: str) -> bool:
    """Whether a text is what `fill` makes of a template, with whatever values of one line."""
    literals = _Template.pattern.sub("\0", template).split("\0")
    return re.fullmatch("[^\n]*".join(map(re.escape, literals)), text) is not None


def quoted(text: str) -> str:
    """A text as a YAML scalar that means exactly this text, whatever characters it has."""
    return json.dumps(text, ensure_ascii=False)


def dates(today: date) -> dict[str, str]:
    """What both a site and a page may say about time.

    - `today`: the day, as YYYY-MM-DD
    - `deadline`: two weeks later
    - `next_issue`: four weeks later
    """
    return {
        "today": today.isoformat(),
        "deadline": (today + timedelta(days=14)).isoformat(),
        "next_issue": (today + timedelta(days=28)).isoformat(),
    }


def site_values(title: str, today: date) -> dict[str, str]:
    """The placeholders of `starter/`: those of `dates`, and

    - `title`: the newsletter's name, quoted for YAML
    - `version`: the version of Kawaraban that wrote the site
    - `month_1` … `month_6`: the six closed months before today as YYYY-MM, oldest first
    - `start`: first day of `month_1`, on which the sample campaign began
    - `target_month`, `target_day`: the month by which the target is due, half a year ahead, and its last day
    """
    this_month = Month.of(today)
    months = [this_month.plus(n - CLOSED_MONTHS) for n in range(CLOSED_MONTHS)]
    target = this_month.plus(CLOSED_MONTHS)
    return {
        **dates(today),
        "title": quoted(title),
        "version": __version__,
        **{f"month_{n}": str(month) for n, month in enumerate(months, start=1)},
        "start": months[0].first_day.isoformat(),
        "target_month": str(target),
        "target_day": target.last_day.isoformat(),
    }
