"""Whether a build that used its cache made the site that a build from nothing makes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from generator.build.impression import Impression
from generator.cache.store import Store
from generator.errors import CacheDiffers
from generator.model.finding import Family, Finding, Place, Text, listed
from generator.render.deliver import SiteFile

_SHOWN = 20
"""Names of files that a message lists."""


def require_same(expected: Mapping[str, str], impression: Impression, store: Store) -> None:
    """Compare every file, byte for byte, with those that are `expected` (sha256 by path).

    Raises CacheDiffers, with nothing left in the store: the next build is right.
    """
    names = sorted(_differing(expected, impression.site_files()))
    if names:
        store.forget()
        raise CacheDiffers(_finding(names))


def _differing(expected: Mapping[str, str], files: Mapping[str, SiteFile]) -> Iterator[str]:
    yield from expected.keys() ^ files.keys()
    for path in expected.keys() & files.keys():
        file = files[path]
        # What the record says of a page that is reused, and what its parts in the store come to.
        content = file.content() if file.staged is None else file.staged.read_bytes()
        if {file.sha256, hashlib.sha256(content).hexdigest()} != {expected[path]}:
            yield path


def _finding(names: list[str]) -> Finding:
    shown, more = listed(names[:_SHOWN]), len(names) - _SHOWN
    rest = Text(f" ほか {more:,} 個", f" and {more:,} more") if more > 0 else Text("", "")
    what = Text(
        f"控えを使ってつくったサイトが、控えなしでつくったものと {len(names):,} 個のファイルで違います（{shown}{rest.ja}）",
        f"{len(names):,} file(s) made with the cache differ from those made without it: {shown}{rest.en}",
    )
    remedy = Text(
        "控えは消しました。もう一度 `kawaraban build` を動かし、この文をそのまま開発元へ知らせてください",
        "the cache is gone now; run `kawaraban build` once more, and report this message as a bug",
    )
    return Finding(Family.SITE, "cache-differs", Place("site"), what, remedy)
