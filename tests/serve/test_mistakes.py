"""While something is wrong the last good pages stay, and every browser is told what it is."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from dataclasses import replace
from http.client import HTTPConnection
from ipaddress import IPv4Address
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.commands import run_here
from tests.serve.served import PATIENCE, Served, serve, until
from tests.serve.test_saves import article

EVERYWHERE = str(IPv4Address(0))
_BROKEN = "---\ntitel: 題\n---\n\n本文。\n"


def test_a_mistake_is_told_above_the_page_of_before_until_it_is_mended(served: Served) -> None:
    path = served.write("content/articles/wrong.md", article("直す記事"))
    until(lambda: served.get("articles/wrong/").status == 200)
    path.write_text(_BROKEN, encoding="utf-8")
    until(served.problems)
    assert "content/articles/wrong.md:2" in served.problems()
    assert "titel" in served.problems()
    assert "直す記事" in served.page("articles/wrong/")
    path.write_text(article("直した記事"), encoding="utf-8")
    until(lambda: "直した記事" in served.page("articles/wrong/"))
    assert served.problems() == ""


def test_at_the_address_of_a_new_page_stands_what_is_wrong_with_it(served: Served) -> None:
    path = served.write("content/articles/new.md", "---\ntitel: <b>題\nslug: newly-made\n---\n\n本文。\n")
    until(served.problems)
    for address in ("articles/new/", "articles/newly-made/"):
        answer = served.get(address)
        assert answer.status == 404
        assert "content/articles/new.md:2" in answer.text
        assert "content/unknown-key" in answer.text
        assert "did you mean <code>title</code>?" in answer.text
        assert "default-src 'none'" in answer.text
    assert "content/articles/new.md" not in served.get("articles/nowhere/").text
    assert served.get(".kawaraban/mistakes.css").kind == "text/css"
    path.write_text(article("できた記事"), encoding="utf-8")
    until(lambda: "できた記事" in served.get("articles/new/").text)
    assert "content/articles/new.md" not in served.get("articles/newly-made/").text


def test_at_the_address_of_the_first_question_about_something_stands_what_is_wrong_with_it(served: Served) -> None:
    path = served.write("content/faq/new-tool/first.md", "---\ntitel: 題\n---\n\n本文。\n")
    until(served.problems)
    assert "content/faq/new-tool/first.md:2" in served.get("faq/new-tool/").text
    path.unlink()
    until(lambda: not served.problems())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
def test_what_is_no_file_is_told_and_not_waited_for(served: Served) -> None:
    pipe = served.site / "content/articles/pipe.md"
    os.mkfifo(pipe)
    until(lambda: "content/articles/pipe.md" in served.get("articles/pipe/").text)
    pipe.unlink()
    until(lambda: not served.problems())


def test_what_else_keeps_a_new_page_away_is_told_there_too(served: Served) -> None:
    other = served.write("content/articles/other.md", _BROKEN)
    path = served.write("content/articles/mine.md", "---\ntitle: 記事\nsumary: 短く\n---\n\n本文。\n")
    until(lambda: "sumary" in served.get("articles/mine/").text)
    assert "content/articles/other.md:2" in served.get("articles/mine/").text
    other.unlink()
    until(lambda: "content/articles/other.md:2" not in served.get("articles/mine/").text)
    assert "sumary" in served.get("articles/mine/").text
    path.unlink()
    until(lambda: "sumary" not in served.get("articles/mine/").text)


def test_what_was_saved_beside_a_mistake_is_shown_when_it_is_mended(served: Served) -> None:
    wrong = served.write("content/articles/wrong-too.md", _BROKEN)
    until(served.problems)
    served.write("content/articles/right.md", article("正しい記事"))
    wrong.unlink()
    until(lambda: served.get("articles/right/").status == 200)
    assert served.problems() == ""


def test_a_mistake_in_the_settings_is_told_too(served: Served) -> None:
    settings = (served.site / "mkdocs.yml").read_text(encoding="utf-8")
    served.write("mkdocs.yml", settings.replace("publisher:", "publishr:"))
    until(served.problems)
    assert "settings/unknown-key" in served.problems()
    served.write("content/articles/meanwhile.md", article("設定を直す間の記事"))
    served.write("mkdocs.yml", settings)
    until(lambda: served.get("articles/meanwhile/").status == 200)
    assert served.problems() == ""


def test_a_site_that_is_wrong_from_the_beginning_is_served_as_soon_as_it_is_mended(small_site: Path) -> None:
    (small_site / "content/articles/wrong.md").write_text(_BROKEN, encoding="utf-8")
    with serve(small_site) as served:
        for address in ("", "articles/welcome/", "no/such/page.html"):
            answer = served.get(address)
            assert answer.status == 503
            assert "content/articles/wrong.md:2" in answer.text
        assert "content/articles/wrong.md:2" in served.problems()
        assert "pages of before" not in served.problems()
        (small_site / "content/articles/wrong.md").unlink()
        until(lambda: served.get("").status == 200)


def test_a_mistake_that_is_in_no_page_is_listed_too_where_nothing_was_shown_yet(small_site: Path) -> None:
    data = small_site / "content/data/metrics.yml"
    right = data.read_text(encoding="utf-8")
    data.write_text(f"{right}\nnonsense: 1\n", encoding="utf-8")
    with serve(small_site) as served:
        assert "content/data/metrics.yml" in served.get("").text
        asked_with = served.get("").text.partition("data-mistakes=")[2][:20]
        (small_site / "content/articles/wrong.md").write_text(_BROKEN, encoding="utf-8")
        until(lambda: "content/articles/wrong.md:2" in served.get("").text)
        assert served.get("").text.partition("data-mistakes=")[2][:20] != asked_with
        (small_site / "content/articles/wrong.md").unlink()
        data.write_text(right, encoding="utf-8")
        until(lambda: served.get("").status == 200)


def test_under_strict_a_warning_is_a_mistake(small_site: Path) -> None:
    with serve(small_site, "--strict") as served:
        served.write("content/articles/link.md", "# 題\n\n[先](nowhere.md)\n")
        until(served.problems)
        assert "content/articles/link.md" in served.problems()


def test_a_folder_that_was_emptied_is_filled_by_the_next_save(small_site: Path) -> None:
    with serve(small_site) as served:
        served.page("")
        shutil.rmtree(small_site / ".kawaraban/drafts/serve")
        assert served.get("").status == 404
        served.write("content/articles/again.md", article("もう一度"))
        until(lambda: served.get("articles/again/").status == 200)
        served.page("")


def test_what_is_no_address_is_a_bad_request(served: Served) -> None:
    host, port = urlsplit(served.url).netloc.split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(b"GET http://[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert b" 400 " in connection.makefile("rb").readline()
    served.page("")


def _asked_as(served: Served, name: str) -> tuple[int, str]:
    """What a browser gets that was led here under a name."""
    address = urlsplit(served.url)
    connection = HTTPConnection(address.netloc, timeout=PATIENCE)
    connection.putrequest("GET", address.path, skip_host=True)
    if name:
        connection.putheader("Host", name)
    connection.endheaders()
    response = connection.getresponse()
    told = response.read().decode()
    connection.close()
    return response.status, told


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "127.9.9.9", "[::1]:8000"])
def test_this_machine_is_asked_under_its_own_names(served: Served, name: str) -> None:
    assert _asked_as(served, name)[0] == 200


@pytest.mark.parametrize(
    "name", ["rebound.example", "rebound.example:8000", "localhost.example", "192.0.2.1", "[", EVERYWHERE, ""]
)
def test_a_name_that_others_gave_this_machine_shows_nothing(served: Served, name: str) -> None:
    status, told = _asked_as(served, name)
    assert (status, "<html" in told) == (421, False)
    assert served.url in told
    assert "--address" in told


def test_a_machine_that_answers_its_colleagues_is_asked_by_address(small_site: Path) -> None:
    with serve(small_site, "--address", f"{EVERYWHERE}:0") as everywhere:
        local = replace(everywhere, url=everywhere.url.replace(EVERYWHERE, "127.0.0.1"))
        assert _asked_as(local, "192.0.2.1:8000")[0] == 200
        assert _asked_as(local, "rebound.example:8000")[0] == 421


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_number_that_no_port_has_is_told(small_site: Path, port: str) -> None:
    done = run_here("serve", "-f", small_site / "mkdocs.yml", "--address", f"127.0.0.1:{port}")
    assert (done.code, "'--address'" in done.said) == (2, True), done.said
    with (small_site / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"dev_addr: 127.0.0.1:{port}\n")
    done = run_here("serve", "-f", small_site / "mkdocs.yml")
    assert (done.code, "settings/address-not-free" in done.said) == (20, True), done.said
