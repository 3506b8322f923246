"""The language that this run speaks, needed before the options are parsed because `--help` speaks it too."""

from __future__ import annotations

import locale
import os
import sys

from generator.reporting import spoken_language


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


def language_first(arguments: list[str]) -> list[str]:
    """`--lang` may stand anywhere; click looks for it before the command."""
    for index, argument in enumerate(arguments):
        length = 2 if argument == "--lang" else 1 if argument.startswith("--lang=") else 0
        if length:
            return [*arguments[index : index + length], *arguments[:index], *arguments[index + length :]]
    return arguments
