"""What is mistyped in mkdocs.yml is told where it stands, in the words that are used of front matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import Rejected
from generator.mkdocs_site import load_site
from generator.model.finding import Finding

FULL_WIDTH, TAB = "全角の `：` が使われています", "行頭の空白にタブが使われています"


def refused(folder: Path, text: str) -> list[Finding]:
    (folder / "content").mkdir()
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    with pytest.raises(Rejected) as rejected:
        load_site(folder / "mkdocs.yml")
    return list(rejected.value.findings)


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("site_name：瓦版\nplugins:\n  - kawaraban\n", "1:1", FULL_WIDTH),
        ("site_name：瓦版\n", "1:1", FULL_WIDTH),
        ("site_name: 瓦版\nplugins：\n  - kawaraban\n", "2:1", FULL_WIDTH),
        ("plugins:\n  - kawaraban:\n      company：あさひ野\n", "3:7", FULL_WIDTH),
        ("plugins:\n  - kawaraban:\n      publisher：総務部\n      contact: 内線\n", "3:7", FULL_WIDTH),
        ("site_name: 瓦版\nplugins:\n\t- kawaraban\n", "3:1", TAB),
        ("plugins:\n  - kawaraban:\n\t  company: あさひ野\n", "3:1", TAB),
        ("site_name:瓦版\nplugins:\n  - kawaraban\n", "1:11", "`site_name:` の後に半角の空白がありません"),
        ("nav: [a.md\nplugins:\n  - kawaraban\n", "1:6", "`[` が閉じていません"),
    ],
)
def test_a_slip_of_yaml_is_told_with_line_and_column(text: str, place: str, what: str, tmp_path: Path) -> None:
    (finding,) = refused(tmp_path, text)
    assert (finding.name, str(finding.place)) == ("settings/bad-yaml", f"mkdocs.yml:{place}")
    assert finding.what.ja == what
    assert "mkdocs.yml" not in finding.remedy.ja, "a remedy says what to write"


def test_a_character_that_yaml_forbids_is_told_where_it_stands(tmp_path: Path) -> None:
    (finding,) = refused(tmp_path, "site_name: 瓦\x08版\nplugins:\n  - kawaraban\n")
    assert (finding.name, str(finding.place)) == ("settings/forbidden-escape", "mkdocs.yml:1:13")


@pytest.mark.parametrize("name", ["'company：瓦版'", "kawaraban：社内瓦版", ">-\n  company：瓦版"])
def test_a_full_width_colon_inside_a_text_is_none_of_a_key(name: str, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    text = f"site_name: {name}\ndocs_dir: content\nplugins:\n  - kawaraban\ntheme:\n  name: material\n"
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert load_site(tmp_path / "mkdocs.yml").config.site_name.endswith("瓦版")
