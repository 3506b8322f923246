"""A person's address that readers can read on a page is a leak, however its characters are written there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import Done, build_here

MAIL = "e0001@company.example"
READ_AS_ONE = {
    "as it is": MAIL,
    "marks within": "e0001**@**company.example",
    "a tag within": "e0001<wbr>@company.example",
    "full-width letters": "ｅ０００１＠ｃｏｍｐａｎｙ．ｅｘａｍｐｌｅ",
    "a full-width sign": "e0001＠company.example",
    "a soft hyphen": "e0001@com\xadpany.example",
    "a mark that nobody sees": "e0001\u2060@company.example",
}


def _built_with(site: Path, written: str) -> Done:
    """A site that reads the addresses in the roster, and an article."""
    sources = site / "content/data/sources.yml"
    kept = sources.read_text("utf-8").replace("ignored: [メールアドレス]", "ignored: []")
    column = "      メールアドレス: {name: mail, type: text}\n      所属コード:"
    sources.write_text(kept.replace("      所属コード:", column, 1), "utf-8")
    (site / "content/articles/new.md").write_text(f"# 題\n\n{written}\n", "utf-8")
    return build_here(site)


@pytest.mark.parametrize("written", READ_AS_ONE.values(), ids=READ_AS_ONE)
def test_an_address_is_found_however_it_is_written(written: str, small_site: Path) -> None:
    done = _built_with(small_site, f"詳しくは {written} まで。")
    assert done.code == 40, done.said
    assert "content/articles/new.md" in done.said
    assert "privacy/leak-mail" in done.said
    assert MAIL not in done.said


def test_full_width_letters_alone_are_no_leak(small_site: Path) -> None:
    assert _built_with(small_site, "ＡＢＣ株式会社、第２０２６号です。").code == 0
