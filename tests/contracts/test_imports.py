"""The house rule: a verb knows the shared types and nothing of the other verbs."""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[2] / "generator"
COMMAND_LINE = GENERATOR / "cli"
VERBS = ("read", "pull", "measure", "protect", "compose", "render", "search", "verify", "publish")
SHARED = (
    "archetypes",
    "cache",
    "declared",
    "engines",
    "markup",
    "model",
    "settings",
    "effects",
    "errors",
    "theme",
    "lock",
    "accepted",
    "ledger",
    "workers",
    "whole_file",
)
BESIDE = {"compose": ("charts",)}
"""Folders that are not verbs and that one verb may use."""


def imported(file: Path) -> Iterator[str]:
    """Every module name a file imports, absolute."""
    return _named_in(ast.walk(ast.parse(file.read_text(encoding="utf-8"))), file)


def imported_at_once(file: Path) -> Iterator[str]:
    """Those that are loaded as soon as the file is."""
    return _named_in(ast.parse(file.read_text(encoding="utf-8")).body, file)


def _named_in(nodes: Iterable[ast.AST], file: Path) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written out in full"
            yield node.module or ""


def sources(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_imports_no_other_verb(verb: str) -> None:
    allowed = (verb, *SHARED, *BESIDE.get(verb, ()))
    files = sources(GENERATOR / verb)
    assert files
    for file in files:
        for module in imported(file):
            parts = module.split(".")
            if parts[0] == "generator" and len(parts) > 1:
                assert parts[1] in allowed, f"{file.relative_to(GENERATOR)} imports {module}"


def test_what_verbs_share_to_read_declarations_knows_the_shared_types_only() -> None:
    for file in sources(GENERATOR / "declared"):
        for module in imported(file):
            assert module.split(".")[:2] in (
                ["generator", "declared"],
                ["generator", "markup"],
                ["generator", "model"],
            ) or (not module.startswith("generator")), f"{file.relative_to(GENERATOR)} imports {module}"


def test_only_the_engine_folder_and_its_doors_know_mkdocs() -> None:
    for file in sources(GENERATOR):
        inside = file.is_relative_to(GENERATOR / "render" / "mkdocs") or file.name in {
            "mkdocs_build.py",
            "mkdocs_plugin.py",
            "mkdocs_reporting.py",
            "mkdocs_site.py",
        }
        if not inside:
            assert not [m for m in imported(file) if m.split(".")[0] in {"mkdocs", "material"}], file


def test_shared_types_do_no_input_or_output() -> None:
    doing = {"os", "io", "subprocess", "httpx", "duckdb", "mkdocs", "jinja2", "shutil", "socket", "yaml"}
    for file in sources(GENERATOR / "model"):
        assert not {m.split(".")[0] for m in imported(file)} & doing, file


def test_only_the_command_line_prints_and_exits() -> None:
    for file in sources(GENERATOR):
        if file.is_relative_to(COMMAND_LINE) or file.name == "__main__.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"print", "sys.exit", "exit", "quit"}, f"{file}:{node.lineno} calls {called}"
        assert "click" not in set(imported(file)), file


def test_a_command_loads_what_it_does_only_when_it_runs() -> None:
    for file in sources(COMMAND_LINE):
        if file.name == "progress.py":
            continue  # loaded itself only where somebody watches
        at_once = {module for module in imported_at_once(file) if module.split(".")[0] not in sys.stdlib_module_names}
        ours = {module for module in at_once if module.startswith("generator.cli.")}
        # The package itself, which says its release, is loaded with whatever is in it.
        assert at_once - ours <= {"click", "generator", "generator.cli", "generator.reporting"}, file
