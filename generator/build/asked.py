"""Which pages somebody means who names a file or an address."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from generator.build.edition import Edition
from generator.errors import Rejected
from generator.model.finding import Family, Finding, Place, Text, nearest, one_line

_INDEX = "index.html"


class Asked(Struct, frozen=True):
    """A page by its address, or an author's file by its path below content/; the other one is None."""

    url: str | None
    source: str | None


def asked_for(told: str, edition: Edition, site_dir: Path) -> Asked:
    """What `told` means: an author's file, a page's address, or a page's file in the site.

    Raises Rejected when it is none of them.
    """
    newspaper = edition.newspaper
    urls, sources = {page.url for page in newspaper.pages}, newspaper.library.known
    for name in _names(told, edition, site_dir):
        if name in sources or _is_file_of(edition.settings.content, name):
            return Asked(None, name)
        url = _url(name)
        url = newspaper.redirects.get(url, url)
        if url in urls:
            return Asked(url, None)
    known = [edition.settings.shown(edition.settings.content / source) for source in sources]
    raise Rejected([_unknown(told, [*known, *(url for url in urls if url)])])


def _names(told: str, edition: Edition, site_dir: Path) -> Iterator[str]:
    """What `told` may be relative to: the address of the site, content/, the site's folder."""
    settings = edition.settings
    told = unicodedata.normalize("NFC", told).replace("\\", "/")
    if settings.site_url and f"{told}/".startswith(settings.site_url):
        yield unquote(told[len(settings.site_url) :])
        return
    for path in (Path(told), settings.root / told):
        for folder in (settings.content, site_dir):
            if path.resolve().is_relative_to(folder.resolve()):
                yield path.resolve().relative_to(folder.resolve()).as_posix()
    yield unquote(told)


def _is_file_of(content: Path, name: str) -> bool:
    path = content / name  # of an absolute name, that name
    try:
        return path.is_file() and path.resolve().is_relative_to(content.resolve())
    except OSError:  # longer than any name of a file
        return False


def _url(name: str) -> str:
    """The address of the page that is meant by a name: `/stories/x`, `stories/x/index.html`, `stories/x/#top`."""
    path = name.partition("#")[0].partition("?")[0].strip("/")
    path = path.removesuffix(_INDEX).rstrip("/") if path == _INDEX or path.endswith(f"/{_INDEX}") else path
    return f"{path}/" if path not in ("", ".") else ""


def _unknown(told: str, known: list[str]) -> Finding:
    shown = one_line(told, 200)
    what = Text(
        f"`{shown}` という原稿もページもありません", f"there is neither an author's file nor a page named `{shown}`"
    )
    otherwise = Text(
        "原稿のファイルか、ページのURLを書いてください", "name an author's file or the address of a page of the site"
    )
    return Finding(Family.SETTINGS, "nothing-to-explain", Place(shown), what, nearest(told, known, otherwise))
