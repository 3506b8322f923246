"""What the documents promise stands in the code, and the other way round."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from generator.cli.commands import app
from generator.errors import ExitCode
from generator.model.page import PageType

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "content" / "guide"
COMMANDS = sorted(app.list_commands(click.Context(app)))


def read(*paths: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_file_of_its_name(command: str) -> None:
    assert (ROOT / "generator" / "cli" / f"{command}.py").is_file()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_guide(command: str) -> None:
    assert f"kawaraban {command}" in read(*sorted(GUIDE.glob("*.md")))


@pytest.mark.parametrize("document", ["README.md", "README.ja.md"])
def test_documents_name_only_commands_that_exist(document: str) -> None:
    fenced = "\n".join(re.findall(r"```.*?\n(.*?)```", read(ROOT / document), re.DOTALL))
    named = set(re.findall(r"^(?:\S*[/\\])?kawaraban (\w+)", fenced, re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)


@pytest.mark.parametrize(("language", "word"), [("ja", "例"), ("en", "Example")])
def test_help_of_every_command_shows_an_example(language: str, word: str) -> None:
    """One process for all commands: each would take its time to start."""
    script = (
        "import sys; from generator.cli.commands import app\n"
        f"for command in {COMMANDS!r}:\n"
        "    try: app([command, '--help'])\n"
        "    except SystemExit: pass\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, "--lang", language], capture_output=True, encoding="utf-8", check=True
    )
    missing = [c for c in COMMANDS if f"{word}: kawaraban {c}" not in " ".join(result.stdout.split())]
    assert not missing


def test_every_exit_code_is_explained_to_operators() -> None:
    for document in (read(GUIDE / "troubleshooting.md"), read(ROOT / "README.md"), read(ROOT / "README.ja.md")):
        for code in ExitCode:
            assert re.search(rf"\b{int(code)}\b", document), f"exit code {int(code)}"


def test_every_page_type_is_explained_to_writers() -> None:
    text = read(GUIDE / "writing.md")
    for page_type in PageType:
        assert f"`{page_type.value}`" in text, page_type


def test_both_readmes_have_the_same_commands() -> None:
    def commands(path: Path) -> list[str]:
        fenced = re.findall(r"```\n(.*?)```", read(path), re.DOTALL)
        return [re.sub(r"\s*#.*", "", line).strip() for line in "\n".join(fenced).splitlines()]

    assert commands(ROOT / "README.md") == commands(ROOT / "README.ja.md")
