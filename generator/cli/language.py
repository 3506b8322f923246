"""The language that this run speaks, needed before the options are parsed because `--help` speaks it too."""

from __future__ import annotations

import gettext
import locale
import os
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from generator.reporting import spoken_language

_CATALOGUES = Path(__file__).parent / "locale"


def _apart(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """`--lang`, each time with what follows it, and everything else."""
    told: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--lang":
            told += [word, *islice(words, 1)]
        elif word.startswith("--lang="):
            told.append(word)
        else:
            rest.append(word)
    return told, rest


def _spoken() -> str:
    told, _ = _apart(sys.argv[1:])
    if told and told[-1] != "--lang":
        return told[-1].removeprefix("--lang=")
    return spoken_language(os.environ, locale.getlocale()[0])


LANGUAGE = _spoken()


def say(ja: str, en: str) -> str:
    """The sentence in the language of this run."""
    return ja if LANGUAGE == "ja" else en


def let_click_speak() -> None:
    """From now on click's own words ("Usage", "Missing argument") are in the language of this run, too."""
    if LANGUAGE == "ja":
        os.environ["LANGUAGE"] = LANGUAGE  # where gettext, through which click speaks, looks first
        gettext.bindtextdomain("kawaraban", _CATALOGUES)
        gettext.textdomain("kawaraban")


def language_first(arguments: Sequence[str]) -> list[str]:
    """`--lang` may stand anywhere, and the last one holds; click looks for it before the command."""
    told, rest = _apart(arguments)
    # Of one without a value click shall not take the command for that.
    return told if told and told[-1] == "--lang" else [*told, *rest]
