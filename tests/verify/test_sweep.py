"""A forbidden text is found in every output byte, however it is written, and is never told."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable, Sequence
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model.finding import Family
from generator.verify import Forbidden, ForbiddenText, Kind
from generator.verify.sweep import Sweep
from tests.verify.built_site import BuiltSite, page

MAIL = ForbiddenText("hanako.sato@asahino.example", Kind.MAIL, "人事名簿")
NUMBER = ForbiddenText("050123", Kind.IDENTIFIER, "人事名簿")
ACCOUNT = ForbiddenText("U04AB-77XY", Kind.IDENTIFIER, "Slack")
DRAFT = ForbiddenText("来春には全社の会議室を減らします", Kind.WITHHELD, "content/stories/secret.md")
TOKEN = ForbiddenText("s3cr&t/Value=9", Kind.CREDENTIAL, "HR_API_TOKEN")
ALL = (MAIL, NUMBER, ACCOUNT, DRAFT, TOKEN)
CROWDS: tuple[tuple[ForbiddenText, ...], ...] = (
    (),
    tuple(ForbiddenText(f"q{n:04}@crowd.invalid", Kind.MAIL, "人事名簿") for n in range(101)),
    tuple(ForbiddenText(f"架空の議題の{n:04}番を検討", Kind.WITHHELD, "content/crowd.md") for n in range(101)),
)
"""Among many addresses or many sentences a text is looked for in another way than among few."""


def met(content: str | bytes, path: str = "a.html") -> set[ForbiddenText]:
    return met_of(ALL, content if isinstance(content, bytes) else content.encode(), path)


def met_of(texts: Sequence[ForbiddenText], content: bytes, path: str) -> set[ForbiddenText]:
    """Which of `texts` are found, the same in every crowd."""
    alone, *in_crowds = (Sweep((*texts, *crowd)).look(path, content)[0] for crowd in CROWDS)
    assert in_crowds == [alone] * len(in_crowds)
    return alone


def references(text: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in text)


def hexadecimal_references(text: str) -> str:
    return "".join(f"&#x{ord(letter):X};" for letter in text)


def json_escapes(text: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in text)


def percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


WRITINGS: list[Callable[[str], str]] = [
    str,
    str.upper,
    references,
    hexadecimal_references,
    json_escapes,
    percent,
    quote,
    json.dumps,
    lambda text: text.replace("&", "&amp;").replace("@", "&commat;"),
    lambda text: json.dumps(references(text)),
    lambda text: references(json_escapes(text)),
    lambda text: f"\\n{text}\\n",
    lambda text: f"社員番号{text}は",
]


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("text", ALL, ids=lambda text: text.kind.value)
def test_every_way_of_writing_is_seen_through(text: ForbiddenText, writing: Callable[[str], str]) -> None:
    assert met(f"<p>x {writing(text.text)} y</p>") == {text}


@pytest.mark.parametrize(
    "near",
    [
        "m.hanako.sato@asahino.example",
        "hanako.sato@asahino.example.com",
        "hanako_sato@asahino.example",
        "1050123",
        "050123.5",
        "3.050123",
        "1,050123",
        "#050123",
        "a050123b",
        "U04AB-77XYZ",
        "来春には全社の会議室を増やします",
    ],
)
def test_what_only_looks_alike_is_let_through(near: str) -> None:
    assert met(f"<p>x {near} y</p>") == set()


def test_numbers_in_the_themes_programs_are_nobodys(site: BuiltSite) -> None:
    assert met("var a=[050123]", "assets/bundle.js") == set()
    assert met("hanako.sato@asahino.example", "assets/bundle.js") == {MAIL}
    assert met("050123", "search/search_index.json") == {NUMBER}


def test_compressed_files_and_pictures_are_read_too() -> None:
    assert met(gzip.compress(b"<loc>/050123/</loc>"), "sitemap.xml.gz") == {NUMBER}
    assert met(b"\x89PNG\xff\xfeAuthor\x00hanako.sato@asahino.example\x00", "a.png") == {MAIL}


def test_a_compressed_file_is_unpacked_whole_before_its_lines_are_compared(site: BuiltSite) -> None:
    lines = b"\n".join(bytes([n]) * n for n in range(256)) + b"\n"
    site.write("first.xml", lines)
    site.write("second.xml.gz", gzip.compress(lines + b"<loc>/050123/</loc>", compresslevel=0))
    assert site.told(Forbidden(ALL)) == ["site/second.xml.gz leak-identifier"]


@pytest.mark.parametrize(
    "content", [gzip.compress(b"x" * 99, mtime=0)[:-9], gzip.compress(b"x", mtime=0)[:9] + b"\xff" * 9, b"text"]
)
def test_a_compressed_file_that_cannot_be_unpacked_stops_the_site(site: BuiltSite, content: bytes) -> None:
    site.write("a.xml.gz", content)
    assert site.told() == ["site/a.xml.gz unreadable-file"]


def test_a_compressed_file_larger_inside_than_can_be_read_stops_the_site(
    site: BuiltSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.verify.sweep._LARGEST_UNPACKED", 1024**2)
    site.write("a.xml.gz", gzip.compress(b"x" * 1024**2))
    assert site.told() == []
    site.write("a.xml.gz", gzip.compress(b"x" * 1024**2 + MAIL.text.encode()))
    assert site.told(Forbidden(ALL)) == ["site/a.xml.gz unsearched-file"]


def test_a_line_that_every_page_repeats_is_reported_on_each(site: BuiltSite) -> None:
    for name in ("a", "b"):
        site.add(f"{name}/", page(f"<p>{name}</p>", frame=f"\n<footer>{MAIL.text}</footer>\n"), f"{name}.md", name)
    assert site.told(Forbidden(ALL)) == ["content/a.md leak-mail", "content/b.md leak-mail"]


def test_what_exposes_a_person_or_a_credential_is_a_privacy_refusal(site: BuiltSite) -> None:
    site.write("search/index.json", json.dumps([text.text for text in ALL]))
    families = {finding.code: finding.family for finding in site.findings(Forbidden(ALL))}
    assert families == {
        "leak-credential": Family.PRIVACY,
        "leak-identifier": Family.PRIVACY,
        "leak-mail": Family.PRIVACY,
        "leak-withheld": Family.SITE,
    }


def test_the_finding_says_what_kind_and_whence_but_never_the_text(site: BuiltSite) -> None:
    site.write("search/index.json", json.dumps([text.text for text in ALL]))
    findings = site.findings(Forbidden(ALL))
    assert [f"{finding.place} {finding.code}" for finding in findings] == [
        "site/search/index.json leak-credential",
        "site/search/index.json leak-identifier",
        "site/search/index.json leak-identifier",
        "site/search/index.json leak-mail",
        "site/search/index.json leak-withheld",
    ]
    told = repr(findings) + repr(Forbidden(ALL))
    assert not [text for text in ALL if text.text in told]
    assert "content/stories/secret.md" in told
    assert "HR_API_TOKEN" in told


_LETTERS = st.text(alphabet="abyz019._-", min_size=3, max_size=12)


@given(st.sets(_LETTERS, min_size=1, max_size=8), st.data())
@example({"-._"}, None)
def test_one_address_among_many_is_always_found(locals_: set[str], data: st.DataObject | None) -> None:
    texts = [ForbiddenText(f"{local}@x.jp", Kind.MAIL, "名簿") for local in sorted(locals_)]
    chosen = data.draw(st.sampled_from(texts)) if data else texts[0]
    writing = data.draw(st.sampled_from(WRITINGS[2:8])) if data else str
    assert met_of(texts, f'["{writing(chosen.text)}"]'.encode(), "a.json") == {chosen}


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(content: bytes) -> None:
    met(content)
    met(content, "a.json")


def test_base64_of_nothing_forbidden_is_let_through() -> None:
    assert met(base64.b64encode(b"hanako")) == set()


def test_what_an_earlier_build_of_this_process_found_is_found_again() -> None:
    forbidden = Forbidden(ALL)
    page = b"<p>" + ALL[0].text.encode() + b"</p>"
    found = [forbidden.sweep.look("a.html", page)[0] for _ in range(2)]
    assert found[0]
    assert found[0] == found[1]
