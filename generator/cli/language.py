"""The language that this run speaks, needed before the options are parsed because `--help` speaks it too."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable
from typing import TypeVar

from generator.reporting import spoken_language

Command = TypeVar("Command", bound=Callable[..., None])


def _spoken() -> str:
    arguments = sys.argv[1:]
    for index, argument in enumerate(arguments):
        if argument == "--lang" and arguments[index + 1 : index + 2]:
            return arguments[index + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return spoken_language(os.environ, locale.getlocale()[0])


LANGUAGE = _spoken()


def say(ja: str, en: str) -> str:
    """The sentence in the language of this run."""
    return ja if LANGUAGE == "ja" else en


def described(ja: str, en: str) -> Callable[[Command], Command]:
    """Make this the docstring of a command, which is what `--help` shows."""

    def describe(command: Command) -> Command:
        command.__doc__ = say(ja, en)
        return command

    return describe


def language_first(arguments: list[str]) -> list[str]:
    """`--lang` may stand anywhere; typer looks for it before the command."""
    for index, argument in enumerate(arguments):
        length = 2 if argument == "--lang" else 1 if argument.startswith("--lang=") else 0
        if length:
            return [*arguments[index : index + length], *arguments[:index], *arguments[index + length :]]
    return arguments
