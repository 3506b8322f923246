"""Addresses on the site: from its root, with a trailing slash for a page, `#anchor` for a place on it."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

_PLAIN = re.compile(r"[0-9A-Za-z/._~-]*")


@lru_cache(maxsize=65536)
def quoted(address: str) -> str:
    """Percent-encoded as UTF-8; a colon too, so that no first part is taken for a scheme."""
    return address if _PLAIN.fullmatch(address) else quote(address, safe="/.-_~")


def relative(target: str, page: str) -> str:
    """`target`, which may carry `#anchor`, as a reference on the page at `page`; percent-encoded.

    Links stay relative so that the site works below any address, from a file share too.
    """
    path, hash_sign, anchor = target.partition("#")
    here, there = page.split("/")[:-1], path.split("/")
    shared = 0
    for mine, theirs in zip(here, there[:-1], strict=False):
        if mine != theirs:
            break
        shared += 1
    steps = "../" * (len(here) - shared) + quoted("/".join(there[shared:]))
    # A colon may stay in an anchor: `#:~:text=` points at words and `#fn:1` at a footnote.
    return (steps or "./") + hash_sign + quote(anchor, safe="/.-_~:")


def slug_of(url: str) -> str:
    """Last part of a page's address; what `campaign:` refers to."""
    return url.rstrip("/").rsplit("/", 1)[-1]
