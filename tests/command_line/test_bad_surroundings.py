"""Whatever a command meets, it answers with sentences and an exit code: never a traceback, never "a bug"."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.effects import Effects
from generator.lock import held
from tests.commands import SMALL_DAY, build_here, differing, run_here, tree_of

Spoil = Callable[[Path], object]


def settings(old: str, new: str) -> Spoil:
    def spoil(site: Path) -> None:
        file = site / "mkdocs.yml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return spoil


def content_of(name: str, content: bytes) -> Spoil:
    return lambda site: (site / name).write_bytes(content)


def folder_instead(name: str) -> Spoil:
    def spoil(site: Path) -> None:
        (site / name).unlink()
        (site / name).mkdir()

    return spoil


def file_instead(name: str) -> Spoil:
    def spoil(site: Path) -> None:
        shutil.rmtree(site / name)
        (site / name).write_text("a file", encoding="utf-8")

    return spoil


WRONG: dict[str, tuple[Spoil, int]] = {
    "no mkdocs.yml": (lambda site: (site / "mkdocs.yml").unlink(), 20),
    "mkdocs.yml is a folder": (folder_instead("mkdocs.yml"), 20),
    "mkdocs.yml is empty": (content_of("mkdocs.yml", b""), 20),
    "mkdocs.yml is a list": (content_of("mkdocs.yml", b"- a\n"), 20),
    "mkdocs.yml is no YAML": (content_of("mkdocs.yml", b"site_name: [\n"), 20),
    "mkdocs.yml is bytes": (content_of("mkdocs.yml", b"\xff\xfe\x00\x81"), 20),
    "mkdocs.yml is in CP932": (content_of("mkdocs.yml", "site_name: 瓦版\n".encode("cp932")), 20),
    "no plugin": (settings("  - kawaraban:", "  - search:"), 20),
    "site_dir is a list": (settings("site_dir: site", "site_dir: [1]"), 20),
    "site_dir in content": (settings("site_dir: site", "site_dir: content/site"), 20),
    "options of wrong types": (settings("publisher: 総務部", "publisher: [総務部]"), 20),
    "a zone that is none": (settings("      company:", "      timezone: Asia/Edo\n      company:"), 20),
    "a theme that is none": (settings("name: material", "name: materail"), 20),
    "an extension that is none": (settings("  - abbr\n", "  - abbrr\n"), 20),
    "a font from outside": (settings("font: false", "font: {text: Roboto}"), 20),
    "a metric that is none": (settings("headline_metric: chat_active_rate", "headline_metric: x"), 20),
    "people's rows below the site": (settings("      company:", "      private_dir: site/p\n      company:"), 20),
    "people's rows below content": (settings("      company:", "      private_dir: content/p\n      company:"), 20),
    "content is a file": (file_instead("content"), 20),
    "content is gone": (lambda site: shutil.rmtree(site / "content"), 20),
    "the private folder is a file": (file_instead(".kawaraban"), 50),
    "sources.yml is no mapping": (content_of("content/data/sources.yml", b"sources: 3\n"), 30),
    "metrics.yml is empty": (content_of("content/data/metrics.yml", b""), 30),
    "metrics.yml is bytes": (content_of("content/data/metrics.yml", b"\xff\xfe\x00\x81"), 30),
    "departments.csv is bytes": (content_of("content/data/departments.csv", b"\xff\xfe\x00\x81"), 30),
    "an unknown key of mkdocs.yml": (settings("docs_dir: content", "docs_dir: content\nsitename: 瓦版"), 20),
    "a program in mkdocs.yml": (settings("docs_dir: content", "docs_dir: content\nhooks: [x.py]"), 20),
    "a call in mkdocs.yml": (
        settings("docs_dir: content", "docs_dir: content\nextra: {a: !!python/object/apply:os.getcwd []}"),
        20,
    ),
    "a theme in a language that is none": (settings("language: ja", "language: xx"), 20),
    "a private folder above the site": (settings("      company:", "      private_dir: ..\n      company:"), 20),
    "metrics.yml is a folder": (folder_instead("content/data/metrics.yml"), 30),
    "sources.yml is a folder": (folder_instead("content/data/sources.yml"), 30),
    "departments.csv is a folder": (folder_instead("content/data/departments.csv"), 30),
    "a page is bytes": (content_of("content/articles/welcome.md", b"\xff\xfe\x00\x81"), 20),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_and_changes_nothing(case: str, small_site: Path) -> None:
    spoil, code = WRONG[case]
    _is_said(spoil, code, small_site)


def _is_said(spoil: Spoil, code: int, site: Path) -> None:
    before = tree_of(site / "site")
    spoil(site)
    done = build_here(site)
    assert done.code == code, done.said
    assert "Traceback" not in done.said
    assert "→" in done.said or "hint:" in done.said, "and what to do about it"
    assert differing(tree_of(site / "site"), before) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["init", "."],
        ["init", "mkdocs.yml"],
        ["new", "storry", "題"],
        ["new", "faq", "題", "--campaign", "nothing"],
        ["new", "article", ""],
        ["new", "article", "題", "--slug", "../outside"],
        ["new", "article", "ようこそ", "--slug", "welcome"],
        ["publish", "nowhere", "--rollback"],
        ["publish", "mkdocs.yml"],
        ["publish", "site"],
        ["build", "--now", "yesterday"],
        ["build", "-d", "mkdocs.yml"],
        ["build", "-d", "content"],
        ["build", "-d", "."],
        ["check", "-f", "nowhere/mkdocs.yml"],
        ["check", "-f", "content"],
        ["pull", "-f", "nowhere/mkdocs.yml"],
        ["doctor", "-f", "nowhere/mkdocs.yml"],
    ],
    ids=" ".join,
)
def test_arguments_that_cannot_be_meant_are_refused(
    arguments: list[str], small_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_site)
    before = tree_of(small_site)
    done = run_here(*arguments)
    assert done.code in (2, 20, 50), done.said
    assert "Traceback" not in done.said
    assert [name for name in differing(tree_of(small_site), before) if not name.startswith(".kawaraban/")] == []


@pytest.mark.parametrize(
    "folder",
    ["content", "content/site", ".", "..", ".kawaraban", ".kawaraban/site", "theme_overrides", ".git/site"],
)
@pytest.mark.parametrize("command", [["build"], ["publish", "../served"]], ids=" ".join)
def test_a_folder_that_cannot_be_the_site_is_refused_as_the_option_it_was_given_by(
    command: list[str], folder: str, small_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_site)
    before = tree_of(small_site)
    done = run_here(*command, "--site-dir", folder)
    assert (done.code, "settings/folders-overlap" in done.err) == (20, True), done.said
    assert ("--site-dir" in done.err, "mkdocs.yml" in done.err, str(small_site) in done.err) == (True, False, False)
    assert differing(tree_of(small_site), before) == []


@pytest.mark.parametrize(
    "address",
    ["", "8000", "localhost", "localhost:", "localhost:http", "localhost:-1", "127.0.0.1:65536", "256.1.1.1:80", ":80"],
)
def test_an_address_that_is_none_is_refused_as_the_option_it_was_given_by(address: str, built_small_site: Path) -> None:
    done = run_here("serve", "-f", built_small_site / "mkdocs.yml", "--address", address)
    assert done.code == 2
    assert ("--address" in done.err, "mkdocs.yml" in done.err) == (True, False)


KEEPS_RULES = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all"]
"""Root may write everywhere; without these capabilities even root is held to the permissions of files."""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_of_a_folder_that_cannot_be_read_only_that_is_told(small_site: Path) -> None:
    (small_site / "content/guide").mkdir()
    (small_site / "content/guide/links.md").write_text("# 題\n\n[記事](../articles/welcome.md)\n", "utf-8")
    done = _without_permission(small_site, "content/articles", "check", "--now", SMALL_DAY, "--format", "json")
    found = [(each["code"], each["path"]) for each in json.loads(done.stdout)]
    assert (done.returncode, found) == (20, [("content/unreadable", "content/articles")])


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
@pytest.mark.parametrize(
    ("locked", "code"),
    [
        ("site", 50),
        ("site/articles", 50),
        (".kawaraban/snapshots/usage", 0),
        ("content/data/exports/sample/usage.csv", 3),
        ("content/articles/welcome.md", 20),
        ("mkdocs.yml", 2),
    ],
)
def test_without_permission_it_says_where(locked: str, code: int, small_site: Path) -> None:
    write(small_site)
    before = tree_of(small_site / "site")
    done = _without_permission(
        small_site, locked, "build", "--now", SMALL_DAY, may_be_read=(small_site / locked).is_dir()
    )
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert "Traceback" not in said
    assert locked in said or code == 0
    assert str(small_site) not in said
    if code not in (0, 3):
        assert differing(tree_of(small_site / "site"), before) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
@pytest.mark.parametrize(
    ("command", "locked", "code"),
    [
        ("check --now 2026-11-20", "content/data", 50),
        ("check --now 2026-11-20", ".kawaraban", 50),
        ("pull", ".kawaraban", 50),
        ("audit --now 2026-11-20", ".kawaraban", 50),
        ("serve --address 127.0.0.1:0 --now 2026-11-20", ".kawaraban", 50),
        ("publish served --now 2026-11-20", ".kawaraban/built.json", 50),
        ("publish served --now 2026-11-20", "site", 50),
        ("new story x", "content", 50),
        ("doctor", ".kawaraban", 20),
    ],
)
def test_what_may_not_be_read_is_named_and_no_bug(command: str, locked: str, code: int, small_site: Path) -> None:
    done = _without_permission(small_site, locked, *command.split())
    said = done.stdout + done.stderr
    assert (done.returncode, locked in said, str(small_site) in said) == (code, True, False), said
    assert "hint:" in said or "→" in said


def _without_permission(
    site: Path, locked: str, *arguments: str, may_be_read: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command while a file or folder of the site may not be written, nor read."""
    prefix = KEEPS_RULES if os.geteuid() == 0 else []
    if prefix and not shutil.which(prefix[0]):
        pytest.skip("root, and no setpriv")
    (site / locked).chmod(0o500 if may_be_read else 0o000)
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "generator.cli", "--lang", "en", *arguments],
        cwd=site,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    (site / locked).chmod(0o755)
    return done


def write(site: Path) -> None:
    """Something new, so that there is something to write."""
    (site / "content/articles/new.md").write_text("# 題\n\n本文です。\n", encoding="utf-8")


def test_a_working_folder_that_is_a_link_is_not_followed(small_site: Path) -> None:
    shutil.rmtree(small_site / ".kawaraban" / "staging")
    (small_site / ".kawaraban" / "staging").symlink_to(small_site / "content")
    before = tree_of(small_site / "content")
    assert build_here(small_site).code == 0
    assert tree_of(small_site / "content") == before


def test_a_second_build_of_the_same_site_waits_for_its_turn_outside(small_site: Path) -> None:
    before = tree_of(small_site / "site")
    with held(small_site / ".kawaraban" / "build.lock", Effects()):
        done = build_here(small_site)
    assert (done.code, "build-under-way" in done.said) == (60, True), done.said
    assert differing(tree_of(small_site / "site"), before) == []
    assert build_here(small_site).code == 0


@pytest.mark.parametrize("target", [".", "content", "content/releases"])
def test_nothing_is_published_among_the_authors_files(target: str, small_site: Path) -> None:
    done = run_here("publish", small_site / target, "-f", small_site / "mkdocs.yml")
    assert (done.code, "target-in-content" in done.said) == (50, True), done.said
    assert not (small_site / target / "current").exists()
