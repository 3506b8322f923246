"""What holds a secret does not show it where somebody prints it: in a traceback, a log or a failing test."""

from __future__ import annotations

import httpx
import pytest

from generator.effects import Effects
from generator.model.finding import Place
from generator.pull.http.payload import Payload
from generator.pull.http.proxy import proxy_for
from generator.pull.kinds.csv_file import CsvSource
from generator.pull.one_source import OneSource
from generator.pull.remote.deadline import Deadline
from generator.pull.sql.database import Database
from tests.pull.conftest import Desk

HELD = "hunter2hunter2"
COLUMNS = {"mail": {"name": "mail", "type": "text"}}
HOLDERS = {
    "environment": Effects(environ={"ROWS_KEY": HELD}),
    "proxy": proxy_for(httpx.URL("https://example.com"), {"https_proxy": f"http://me:{HELD}@proxy.example:8080"}),
    "database": Database(f"postgresql://me:{HELD}@db.example/hr", "HR_DB", Deadline.after(1, lambda: 0.0)),
    "answer": Payload(httpx.URL(f"https://example.com/a?sig={HELD}"), 200, httpx.Headers(), HELD.encode()),
}


@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS)
def test_a_secret_is_not_shown_by_what_holds_it(holder: object) -> None:
    assert holder is not None
    assert HELD not in repr(holder)


def test_a_source_does_not_show_the_key_of_its_rows(desk: Desk) -> None:
    declared = {"kind": "csv", "path": "a.csv", "encoding": "utf-8", "label": "名簿", "columns": COLUMNS}
    source = CsvSource.model_validate(declared)
    one = OneSource(desk.settings, desk.effects, "roster", source, Place("sources.yml"), HELD.encode())
    assert HELD not in repr(one)
