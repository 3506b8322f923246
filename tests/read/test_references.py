from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.outline import outline
from generator.read.places import PlaceOf
from generator.read.references import references, resolved
from generator.read.unsafe import judge_safety
from tests.read.content import names


def _targets(text: str) -> list[tuple[str, bool]]:
    return [(reference.target, reference.is_picture) for reference in references(outline(text).prose)]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[a](b.md)", [("b.md", False)]),
        ("![a](b.png)", [("b.png", True)]),
        ('[a](b.md "題 (一)")', [("b.md", False)]),
        ("[a](<my file.md>) [b](my file.md)", [("my file.md", False), ("my file.md", False)]),
        ("[a](b_(c).md)", [("b_(c).md", False)]),
        ("[![a](b.png)](c.md)", [("c.md", False), ("b.png", True)]),
        ("![a][x]\n\n[x]: b.png 'T'", [("b.png", True)]),
        ("[x][] と [x]\n\n[x]: b.md", [("b.md", False), ("b.md", False)]),
        ('<img alt="a" src="b.png"> <a href=c.md>', [("b.png", True), ("c.md", False)]),
        ("`[a](b.md)`", []),
        ("\\[a](b.md)", []),
        ("<!-- ![a](b.png) -->", []),
        ("[a](b\n\n.md)", []),
    ],
)
def test_links_and_pictures_are_found_as_markdown_reads_them(text: str, targets: list[tuple[str, bool]]) -> None:
    assert _targets(text) == targets


@pytest.mark.parametrize(
    ("source", "path", "expected"),
    [
        ("a/b.md", "c.png", "a/c.png"),
        ("a/b.md", "../c.png", "c.png"),
        ("a/b.md", "./x/../c.png", "a/c.png"),
        ("a/b.md", "../../c.png", "../c.png"),
        ("b.md", "カ\u3099.png", "ガ.png"),
    ],
)
def test_paths_are_resolved_from_the_page(source: str, path: str, expected: str) -> None:
    assert resolved(source, path) == expected


def test_only_relative_paths_are_files_of_the_site() -> None:
    found = references(
        outline("[a](https://x) [b](//x/y.png) [c](/x.png) [d](mailto:a@b) [e](#x) [f](%E9%A1%8C.md?a#b)").prose
    )
    meant = [next(reference.files_from("p/q.md", is_foreign=False), None) for reference in found]
    assert meant == [None, None, "x.png", None, None, "p/題.md"]


@pytest.mark.parametrize(
    "text",
    [
        "<ScRiPt>",
        "<iframe src=x>",
        "<p onclick = 'x'>",
        "{: onmouseover=x }",
        "<p style=x>",
        "[a](JavaScript:x)",
        "[a](java&#115;cript:x)",
        "[a]( javascript:x)",
        "![a](data:image/svg+xml,x)",
        "[a][b]\n\n[b]: vbscript:x",
        "<data:text/html,x>",
    ],
)
def test_what_will_be_removed_is_told(text: str) -> None:
    prose = outline(text).prose
    findings = judge_safety(prose, references(prose), PlaceOf(prose, "p.md"))
    assert findings
    assert not any(finding.is_error for finding in findings)


@pytest.mark.parametrize(
    "text", ["{{ x }}", "{% if a %}", "a < b", "1 on 1 = 2", "<kbd>x</kbd>", "`<script>`", "style = 流儀"]
)
def test_harmless_text_gives_no_warning(text: str) -> None:
    prose = outline(text).prose
    assert judge_safety(prose, references(prose), PlaceOf(prose, "p.md")) == []


@pytest.mark.parametrize("entity", ["&#x10F000;", "&#1110016;", "&#x0010F002", "&#x202e;", "&#0;"])
def test_an_entity_cannot_spell_a_forbidden_character(entity: str) -> None:
    prose = outline(f"文 {entity} です").prose
    findings = judge_safety(prose, [], PlaceOf(prose, "p.md"))
    assert names(findings) == ["forbidden-entity"]
    assert findings[0].is_error


@given(st.text(alphabet="[]()!\\\"' \n<>=ab:#{}&;`", max_size=150))
def test_any_prose_is_searched_without_a_crash(text: str) -> None:
    prose = outline(text).prose
    found = references(prose)
    judge_safety(prose, found, PlaceOf(prose, "p.md"))
    assert all(0 <= reference.index < len(text) for reference in found)
