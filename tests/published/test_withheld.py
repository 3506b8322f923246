"""What is not to be read yet, or no longer, is in no byte of the site; and the minute it opens is the minute it opens."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands import build_here
from tests.read.picture_files import png, png_chunk

PAGE = """---
id: ar-{name}
title: 見出しの{canary}です
summary: 要約の{canary}です。
tags: [札の{canary}]
author: 筆者の{canary}
{front}
---

本文の{canary}です。これは誰にも読まれてはいけません。

## 小見出しの{canary}

![図の{canary}]({name}.png)

> 声の{canary}
> — 名前の{canary}（役割）
"""
STAYS_IN = {
    "draft": "draft: true",
    "draft-status": "status: draft",
    "review": "status: review",
    "archived": "status: archived",
    "embargoed": "publish_at: 2026-11-20T00:00:01+09:00",
    "expired": "expires_on: 2026-11-19",
    "unapproved": "type: notice\nimportance: 1\nstarts_on: 2026-11-01\nends_on: 2026-12-01",
    "half-approved": "type: notice\nimportance: 1\nstarts_on: 2026-11-01\nends_on: 2026-12-01\napproved_by: 部長",
}


def canary(name: str) -> str:
    return f"炭鉱のカナリア{name}"


def plant(site: Path, name: str, front: str) -> None:
    """A page whose every part holds a text of its own, and a picture of its own."""
    folder = site / "content/articles"
    text = PAGE.format(name=name, canary=canary(name), front=front)
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / f"{name}.png").write_bytes(png(after=png_chunk(b"IDAT", canary(name).encode())))


def seen(site: Path, name: str) -> list[str]:
    """Files of the site with the page's text, as it is or as JSON writes it, or with its name."""
    forms = [canary(name).encode(), json.dumps(canary(name))[1:-1].encode()]
    return [
        path.relative_to(site).as_posix()
        for path in (site / "site").rglob("*")
        if f"articles/{name}/" in f"{path.as_posix()}/"
        or (path.is_file() and any(form in path.read_bytes() for form in forms))
    ]


def test_no_byte_of_what_stays_in_gets_out(small_site: Path) -> None:
    for name, front in STAYS_IN.items():
        plant(small_site, name, front)
    plant(small_site, "open", "date: 2026-11-19")
    done = build_here(small_site)
    assert done.code == 0, done.said
    assert {name: seen(small_site, name) for name in STAYS_IN} == {key: [] for key in STAYS_IN}
    sung = {"site/articles/open/index.html", "site/articles/open.png"}
    assert sung <= set(seen(small_site, "open")), "the canary sings where it may"


def test_what_stays_in_is_not_counted_or_named_by_its_address(small_site: Path) -> None:
    for name, front in STAYS_IN.items():
        plant(small_site, name, front)
    assert build_here(small_site).code == 0
    names = [
        f"{form}{name}{end}".encode()
        for name in STAYS_IN
        for form, end in (("articles/", "/"), ("p/ar-", "/"), ("", ".md"))
    ]
    for path in (small_site / "site").rglob("*"):
        assert not path.is_file() or not [name for name in names if name in path.read_bytes()], path


NINE_IN_JAPAN = {
    "zoned": "2026-11-25T09:00+09:00",
    "naive": "2026-11-25T09:00",
    "with-a-space": "2026-11-25 09:00:00",
    "utc": "2026-11-25T00:00Z",
    "new-york": "2026-11-24T19:00-05:00",
}


def test_an_embargo_ends_at_its_second_in_japan_unless_it_says_otherwise(small_site: Path) -> None:
    for name, written in NINE_IN_JAPAN.items():
        plant(small_site, name, f"publish_at: {written}")
    assert build_here(small_site, now="2026-11-25T08:59:59+09:00").code == 0
    assert [name for name in NINE_IN_JAPAN if seen(small_site, name)] == []
    assert build_here(small_site, now="2026-11-25T09:00:00+09:00").code == 0
    assert [name for name in NINE_IN_JAPAN if f"site/articles/{name}/index.html" not in seen(small_site, name)] == []


def test_a_page_leaves_with_the_day_on_which_it_expires(small_site: Path) -> None:
    plant(small_site, "expired", "expires_on: 2026-11-25")
    assert build_here(small_site, now="2026-11-25T23:59:59+09:00").code == 0
    assert seen(small_site, "expired") != []
    assert build_here(small_site, now="2026-11-26T00:00:00+09:00").code == 0
    assert seen(small_site, "expired") == [], "also from the site where it was"


def test_another_zone_in_the_settings_moves_the_day(small_site: Path) -> None:
    settings = small_site / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("      company:", "      timezone: America/New_York\n      company:"), encoding="utf-8"
    )
    plant(small_site, "embargoed", "publish_at: 2026-11-25T09:00")
    assert build_here(small_site, now="2026-11-25T23:00+09:00").code == 0  # 9:00 in New York
    assert seen(small_site, "embargoed") != []
    assert build_here(small_site, now="2026-11-25T22:59:59+09:00").code == 0
    assert seen(small_site, "embargoed") == []
