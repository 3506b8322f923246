"""While something is wrong the last good pages stay, and every browser is told what it is."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.commands import run_here
from tests.serve.served import Served, serve, until
from tests.serve.test_saves import article

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
        assert served.get("").status == 503
        assert "content/articles/wrong.md:2" in served.problems()
        (small_site / "content/articles/wrong.md").unlink()
        until(lambda: served.get("").status == 200)


def test_under_strict_a_warning_is_a_mistake(small_site: Path) -> None:
    with serve(small_site, "--strict") as served:
        served.write("content/articles/link.md", "# 題\n\n[先](nowhere.md)\n")
        until(served.problems)
        assert "content/articles/link.md" in served.problems()


def test_a_folder_that_was_emptied_is_filled_by_the_next_save(small_site: Path) -> None:
    with serve(small_site) as served:
        served.page("")
        shutil.rmtree(small_site / ".kawaraban/serve")
        assert served.get("").status == 404
        served.write("content/articles/again.md", article("もう一度"))
        until(lambda: served.get("articles/again/").status == 200)
        served.page("")


def test_what_is_no_address_is_a_bad_request(served: Served) -> None:
    host, port = urlsplit(served.url).netloc.split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(b"GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b" 400 " in connection.makefile("rb").readline()
    served.page("")


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_number_that_no_port_has_is_told(small_site: Path, port: str) -> None:
    done = run_here("serve", "-f", small_site / "mkdocs.yml", "--address", f"127.0.0.1:{port}")
    assert (done.code, "settings/address-not-free" in done.said) == (20, True), done.said
