"""What feeds and the sitemap tell of a page."""

from datetime import date
from types import SimpleNamespace

from generator.compose.written import Written, told

PAGE = {"url": "a/", "kind": "story", "title": "題", "description": "要約"}
DAYS = {"published_on": date(2026, 11, 1), "updated_on": date(2026, 11, 2)}


def test_a_change_of_anything_that_they_may_tell_is_seen() -> None:
    told_of = [name for name in vars(Written) if not name.startswith("_")]
    assert sorted(told_of) == sorted([*PAGE, *DAYS])
    before = told(SimpleNamespace(**PAGE, **DAYS))
    for name in told_of:
        assert told(SimpleNamespace(**(PAGE | DAYS | {name: None}))) != before, name
