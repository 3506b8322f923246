"""One language from the first word to the last, click's own words included."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from generator import cli
from generator.cli.language import language_first
from tests.commands import run

CATALOGUE = Path(cli.__file__).parent / "locale/ja/LC_MESSAGES/kawaraban"
SPOKEN_BY = ("core", "decorators", "exceptions", "formatting", "parser", "types")
"""Modules of click that say something to whoever types a command."""
NEVER_SAID = {
    # To whoever writes the command line.
    "Argument {name!r} takes {nargs} values.",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Could not determine name for option with declarations {decls!r}",
    "Invalid start character for option ({option})",
    "Missing parameter",
    "Missing parameter: {param_name}",
    "Missing {param_type}",
    "Name '{name}' defined twice",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? Did you mean to pass '--{name}'?",
    "Value must be an iterable.",
    # Of what no command has: things that are out of date, kinds of values, questions, variables.
    "(dynamic)",
    "Choice({choices})",
    "Choose from:\n\t{choices}",
    "Confirm the action without prompting.",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Do you want to continue?",
    "Show the version and exit.",
    "Takes {nargs} values but 1 was given.",
    "deprecated",
    "directory",
    "env var: {var}",
    "file",
    "path",
    "%(prog)s, version %(version)s",
    "{len_type} values are required, but {len_value} was given.",
    "{name} {filename!r} does not exist.",
    "{name} {filename!r} is a directory.",
    "{name} {filename!r} is a file.",
    "{name} {filename!r} is not executable.",
    "{name} {filename!r} is not writable.",
    "{value!r} does not match the format {format}.",
    "{value!r} is not a valid UUID.",
    "{value!r} is not a valid boolean. Recognized values: {states}",
    # Said by us before click can.
    "Aborted!",
    "Could not open file {filename!r}: {message}",
    "unknown error",
}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["build", "--help"],
        ["new", "--help"],
        ["biuld"],
        ["build", "x"],
        ["build", "x", "y"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["build", "--now"],
        ["build", "--strict=1"],
        ["build", "--fromat", "json"],
        ["build", "--format", "xml"],
        ["publish"],
        ["init", ""],
        [],
    ],
    ids=" ".join,
)
def test_not_one_sentence_is_in_another_language(arguments: list[str], tmp_path: Path) -> None:
    done = run("--lang", "ja", *arguments, cwd=tmp_path, LANG="C.UTF-8")
    sentences = [line for line in done.said.splitlines() if line.endswith((".", ":", "?")) or line.startswith("Error")]
    assert [line for line in sentences if line.isascii()] == []
    assert "使い方" in done.said or "エラー" in done.said
    english = run("--lang", "en", *arguments, cwd=tmp_path, LANGUAGE="ja")
    assert (english.code, english.said.isascii()) == (done.code, True), english.said


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--lang", "en", "--lang", "ja", "build"], "エラー"),
        (["--lang", "ja", "build", "--lang", "en"], "error"),
        (["build", "--lang=ja", "--lang=en"], "error"),
    ],
)
def test_of_two_languages_the_last_one_holds(arguments: list[str], word: str, tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.code, word in done.err, "--lang" in done.err) == (20, True, False), done.said


@pytest.mark.parametrize("arguments", [["--lang"], ["build", "--lang"], ["--lang", "ja", "build", "--lang"]])
def test_a_language_that_is_left_out_is_asked_for(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path, LANGUAGE="ja")
    assert (done.code, done.err) == (2, "エラー: オプション '--lang' には値が要ります。\n")


def test_what_is_said_to_be_no_option_is_none() -> None:
    words = ["new", "story", "--", "--lang", "ja"]
    assert language_first(words) == words


def test_programs_read_the_catalogue_that_people_write() -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as written, CATALOGUE.with_suffix(".mo").open("rb") as read:
        assert _sentences(read_mo(read)) == _sentences(read_po(written))


def _sentences(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    """What is said, each form of it, by the first form of what click says."""
    found = {}
    for message in catalogue:
        said = message.string or ""
        if message.id:
            found[_first(message.id)] = (said,) if isinstance(said, str) else tuple(said)
    return found


def test_everything_that_click_says_is_in_the_catalogue() -> None:
    said = set()
    for name in SPOKEN_BY:
        file = import_module(f"click.{name}").__file__
        assert file is not None
        said |= {_first(message) for _, message, _, _ in extract_from_file("python", file)}
    with CATALOGUE.with_suffix(".po").open("rb") as written:
        known = {_first(message.id) for message in read_po(written) if message.id}
    assert said - known == NEVER_SAID
    assert known <= said


def _first(message: str | tuple[str, ...] | list[str]) -> str:
    """Of several forms the first."""
    return message if isinstance(message, str) else message[0]
