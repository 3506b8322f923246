"""The guide's configurations of web servers do what it says of them, on the servers themselves."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.read.file_kinds import DOWNLOADS, PICTURES
from tests.commands import build_here, run
from tests.contracts.guide_servers import SERVERS, configuration, policy_of, strict_policy
from tests.read.picture_files import avif, png, webp
from tests.webservers.ensure_webservers import what_is_missing
from tests.webservers.server import WebServer, running

PAGE = "---\ndate: 2026-11-19\nsummary: 写真です。\n---\n\n# 写真\n\n![a](a.png) ![b](b.webp) ![c](c.avif) [d](d.csv)\n"
FOR_EVER, ASK = "max-age=31536000, immutable", "no-cache"
KNOWN_TO_IIS = frozenset({".html", ".css", ".js", ".xml", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".pdf"})


@pytest.fixture(scope="module")
def target(built_small_site: Path) -> Iterator[Path]:
    """Where a site with pictures was published; the user as whom a server runs may read it."""
    folder = Path(tempfile.mkdtemp(prefix="kawaraban-served-"))
    folder.chmod(0o755)
    site = Path(shutil.copytree(built_small_site, folder / "tayori", symlinks=True))
    articles = site / "content/articles"
    (articles / "photo.md").write_text(PAGE, encoding="utf-8")
    for name, content in (("a.png", png()), ("b.webp", webp()), ("c.avif", avif((b"av01", b"picture")))):
        (articles / name).write_bytes(content)
    (articles / "d.csv").write_text("月,人数\n", encoding="utf-8")
    assert build_here(site).code == 0
    done = run("publish", str(folder / "target"), cwd=site)
    assert done.code == 0, done.said
    yield folder / "target"
    shutil.rmtree(folder)


@pytest.fixture(scope="module", params=["nginx", "apache"])
def server(
    request: pytest.FixtureRequest, target: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WebServer]:
    if (missing := what_is_missing()) is not None:
        pytest.skip(f"NOT TESTED WITH WEB SERVERS: {missing}")
    with running(request.param, target, tmp_path_factory.mktemp(request.param)) as started:
        yield started


def one_below(target: Path, pattern: str) -> str:
    current = target / "current"
    return "/" + min(current.glob(pattern)).relative_to(current).as_posix()


KINDS = {
    "index.html": ("text/html; charset=utf-8", ASK),
    "articles/photo/index.html": ("text/html; charset=utf-8", ASK),
    "search/index.json": ("application/json", ASK),
    "search/index.bin": ("application/octet-stream", ASK),
    "search/grams/*.bin": ("application/octet-stream", FOR_EVER),
    "search/pages/*.gz": ("application/", FOR_EVER),
    "assets/javascripts/bundle.*.js": ("javascript", FOR_EVER),
    "assets/stylesheets/main.*.css": ("text/css", FOR_EVER),
    "assets/kb/scope.js": ("javascript", ASK),
    "assets/kb/text.css": ("text/css", ASK),
    "feeds/all.xml": ("application/atom+xml", ASK),
    "figures/index.json": ("application/json", ASK),
    "figures/*.csv": ("text/csv; charset=utf-8", ASK),
    "articles/a.png": ("image/png", ASK),
    "articles/b.webp": ("image/webp", ASK),
    "articles/c.avif": ("image/avif", ASK),
    "articles/d.csv": ("text/csv; charset=utf-8", ASK),
}


@pytest.mark.parametrize("pattern", KINDS)
def test_a_file_comes_whole_with_its_kind_and_how_long_it_may_be_kept(
    server: WebServer, target: Path, pattern: str
) -> None:
    kind, kept = KINDS[pattern]
    path = one_below(target, pattern)
    answer = server.ask(path.removesuffix("index.html"), Accept_Encoding="identity")
    assert (answer.status, answer.content) == (200, (target / f"current{path}").read_bytes())
    assert kind in answer.headers["content-type"]
    assert "content-encoding" not in answer.headers
    assert answer.headers["cache-control"] == kept
    assert answer.headers["content-security-policy"] == strict_policy()
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = server.ask(path.removesuffix("index.html"), If_None_Match=answer.headers["etag"])
    assert (again.status, again.headers["cache-control"]) == (304, kept)


def test_texts_are_packed_on_their_way_and_what_is_packed_already_is_not(server: WebServer, target: Path) -> None:
    page = server.ask("/articles/photo/", Accept_Encoding="gzip")
    assert page.headers["content-encoding"] == "gzip"
    assert gzip.decompress(page.content) == (target / "current/articles/photo/index.html").read_bytes()
    for pattern in ("search/grams/*.bin", "search/pages/*.gz", "articles/a.png"):
        assert "content-encoding" not in server.ask(one_below(target, pattern), Accept_Encoding="gzip").headers


@pytest.mark.parametrize("path", ["/nowhere/", "/.kawaraban", "/search/grams/000-00000000.bin"])
def test_what_is_not_there_or_not_for_readers_is_answered_with_the_page_that_leads_on(
    server: WebServer, target: Path, path: str
) -> None:
    answer = server.ask(path)
    assert (answer.status, answer.content) == (404, (target / "current/404.html").read_bytes())
    assert answer.headers["content-security-policy"] == strict_policy()
    assert answer.headers["cache-control"] == ASK


def test_an_address_without_its_last_stroke_leads_to_the_page(server: WebServer) -> None:
    answer = server.ask("/articles/photo")
    assert answer.status == 301
    assert answer.headers["location"].endswith("/articles/photo/")


def test_no_page_has_a_script_that_the_policy_would_stop(target: Path) -> None:
    pages = [page.read_text(encoding="utf-8") for page in (target / "current").rglob("*.html")]
    assert len(pages) > 30
    assert not any("<script>" in page for page in pages)


def test_every_server_gets_the_same_policy() -> None:
    assert {server: policy_of(server) for server in SERVERS} == dict.fromkeys(SERVERS, strict_policy())


def test_iis_knows_every_kind_of_file_and_keeps_for_ever_what_the_others_do(target: Path) -> None:
    told = ElementTree.fromstring(configuration("xml"))  # noqa: S314 (our own)
    known = {kind.get("fileExtension") for kind in told.findall("system.webServer/staticContent/mimeMap")}
    current = target / "current"
    there = {file.suffix for file in current.rglob("*") if file.is_file() and not file.name.startswith(".")}
    assert there | PICTURES | DOWNLOADS <= known | KNOWN_TO_IIS
    kept = {place.get("path") for place in told.findall("location") if place.find(".//clientCache") is not None}
    assert kept == {"search/grams", "search/pages"}
    assert all((current / str(path)).is_dir() for path in kept)
