"""One word for one thing in what users read, and the one that they say themselves."""

from __future__ import annotations

from pathlib import Path

from tests.contracts.test_long_vowels import ROOT

READ = (ROOT / "README.ja.md", ROOT / "content/guide", ROOT / "generator", ROOT / "theme_overrides")
"""What we say ourselves: an author of the demo company may speak of a 合言葉."""
SAID = {"番地": "URL", "住所": "URL", "合言葉": "パスワード"}
"""A word that nobody uses for it → the one that is used."""


def files() -> list[Path]:
    return [file for top in READ for file in (sorted(top.rglob("*")) if top.is_dir() else [top])]


def test_addresses_and_passwords_are_called_what_users_call_them() -> None:
    found = [
        (file.relative_to(ROOT).as_posix(), word, better)
        for file in files()
        if file.suffix in {".md", ".py", ".yml", ".html", ".js"}
        for word, better in SAID.items()
        if word in file.read_text(encoding="utf-8")
    ]
    assert found == []
