"""Filters and tests of a Jinja environment, made to notice blanks that are given to them.

They stay in place for good: compiled macros keep the filters they were first run with.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import jinja2
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from mkdocs.utils import templates

from generator.render.mkdocs.blanks import Blank, Recording, joined, recording_of

_ASKS_NOTHING = ("defined", "undefined", "none")
"""Tests that say the same of a blank as of any text."""
_ADDRESSES = (templates.url_filter, templates.script_tag_filter)
"""MkDocs' filters that look at the address of the page to make another relative to it."""


def install_guards(env: jinja2.Environment, followed: Callable[[Recording, str], Any]) -> None:
    """Let no value of a page go unseen through a filter or test of `env`.

    `followed` is told of each address that is made relative to the page at hand, and returns that page.
    """
    env.filters.update({name: _filter(function, followed) for name, function in env.filters.items()})
    tests: Mapping[str, Any] = env.tests
    env.tests.update({name: _guarded(test) for name, test in tests.items() if name not in _ASKS_NOTHING})
    env.concat = joined  # type: ignore[method-assign]  # of this environment only


def _filter(function: Callable[..., Any], followed: Callable[[Recording, str], Any]) -> Callable[..., Any]:
    if function is FILTERS["escape"]:
        return _escaping(_guarded(function))
    return _relative(_guarded(function), followed) if function in _ADDRESSES else _guarded(function)


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)  # with the mark by which Jinja knows that it wants the context
    def guarded(*arguments: Any, **named: Any) -> Any:
        for value in (*arguments, *named.values()):
            if recording := recording_of(value):
                recording.not_followed()
        return function(*arguments, **named)

    return guarded


def _escaping(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def escaping(value: Any) -> Any:
        return value.escaped() if isinstance(value, Blank) else function(value)

    return escaping


def _relative(function: Callable[..., Any], followed: Callable[[Recording, str], Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def relative(context: Context, value: Any) -> Any:
        recording = recording_of(context["page"])
        if recording is None or isinstance(value, Blank):
            return function(context, value)
        page = followed(recording, str(value))
        return function({"page": page, "base_url": context["base_url"]}, value)

    return relative
