"""Where a link or picture of an author's text leads: which files below content/ may be meant, and what is there.

Articles come from other tools as they are, so their targets are also read the ways those tools read them: from the
root of the folder they were copied with (Zenn's `/images/`, Hugo's `/static/`, VitePress' `/public/`), with the
`.html` of the finished page, as a folder with a README. Kawaraban's own kinds of pages have one way to write a link.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import blake2b
from urllib.parse import unquote, urlsplit

from generator.model.page import AssetFile

_ARTICLES = "articles"
_SERVED = ("static", "public", "assets", "docs", "content", "src")
"""Folders that other tools serve from their site's root."""
_INDEXES = ("index.md", "README.md", "readme.md", "_index.md")
_PAGE_OF_SITE = re.compile(r"(.*?)(?:/?index)?\.html?$")
_BARE_HOST = re.compile(r"(?:www\.|(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|jp|me|co|app)(?:[:/?#]|$))", re.IGNORECASE)
_LOCAL_SCHEMES = ("file:", "smb:")


def is_template(target: str) -> bool:
    """Whether another site generator was to fill in the target: `{{< ref "a.md" >}}`, `{% post_url a %}`."""
    return "{{" in target or "{%" in target


def is_bare_host(target: str) -> bool:
    """Whether the target is an address whose `https://` was forgotten."""
    return bool(_BARE_HOST.match(target))


def is_local_file(target: str) -> bool:
    """Whether the target is a file of somebody's computer or of a shared folder: `Z:\\a.pdf`, `\\\\server\\a.pdf`.

    A single backslash is what Markdown leaves of the two before a server's name; before `_` it is an escape.
    """
    if target.startswith("\\"):
        return target[1:2] == "\\" or target[1:2].isalnum()
    is_drive = target[1:2] == ":" and target[0].isascii() and target[0].isalpha()
    return is_drive or target[:5].lower().startswith(_LOCAL_SCHEMES)


def is_elsewhere(target: str) -> bool:
    """Whether following the target leaves the site: another origin, a mail address, a scheme of any kind, a disk."""
    if is_local_file(target):
        return True
    try:
        parts = urlsplit(target)
    except ValueError:  # a malformed IPv6 host
        return True
    return bool(parts.scheme or parts.netloc)


def path_of(target: str) -> str:
    """The path of a relative target, decoded and in NFC; "" when it only names a place on its own page."""
    return unicodedata.normalize("NFC", unquote(re.split("[?#]", target, maxsplit=1)[0]))


def meant_files(source: str, path: str, *, is_foreign: bool) -> Iterator[str]:
    """Files below content/ that `path` on page `source` may mean, the likeliest first."""
    for base in _bases(source, path, is_foreign=is_foreign):
        yield base
        yield f"{base}.md"
        for name in _INDEXES:
            yield posixpath.join(base, name)
        built = _PAGE_OF_SITE.match(base) if is_foreign else None
        if built and base:
            yield f"{built[1]}.md"
            for name in _INDEXES:
                yield posixpath.join(built[1], name)


def _bases(source: str, path: str, *, is_foreign: bool) -> Iterator[str]:
    if not path.startswith("/"):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        return
    from_root = posixpath.normpath(path.lstrip("/") or ".")
    yield from_root
    steps = source.split("/")
    if is_foreign and steps[0] == _ARTICLES and len(steps) > 2:
        root = f"{_ARTICLES}/{steps[1]}"
        yield posixpath.normpath(posixpath.join(root, from_root))
        for folder in _SERVED:
            yield posixpath.normpath(posixpath.join(root, folder, from_root))


class Addresses:
    """All places of a site that a link may lead to; made once a build."""

    def __init__(self, by_source: Mapping[str, str], urls: Iterable[str], assets: Iterable[AssetFile] = ()) -> None:
        self.by_source = by_source
        self.assets = {asset.url: asset for asset in assets}
        self.urls = frozenset((*urls, *self.assets))

    @cached_property
    def digest(self) -> bytes:
        """Digest of all the places."""
        sources = (f"{source}\1{url}" for source, url in sorted(self.by_source.items()))
        told = "\0".join([*sources, *sorted(self.urls)])
        return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def find(self, path: str, source: str, page_url: str, *, is_foreign: bool) -> str | None:
        """Where `path` on page `source`, shown at `page_url`, leads; None when there is nothing.

        First as a file below content/, as MkDocs and editors read it, then as an address on the site.
        """
        for file in meant_files(source, path, is_foreign=is_foreign):
            if file in self.by_source:
                return self.by_source[file]
        if path.startswith("/"):
            return self._of_url(posixpath.normpath(path.lstrip("/") or "."))
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        by_url = self._of_url(beside)
        return self._of_url(posixpath.normpath(posixpath.join(page_url, path))) if by_url is None else by_url

    def asset(self, url: str) -> AssetFile | None:
        """The picture or download at an address of the site."""
        return self.assets.get(url)

    def _of_url(self, path: str) -> str | None:
        """The address of a page or file named as it is on the site, generated ones included."""
        bare = path.strip("/")
        candidates = ("",) if bare in ("", ".") else (f"{bare}/", bare)
        return next((url for url in candidates if url in self.urls), None)


def first_among(files: Iterable[str], known: Container[str]) -> str | None:
    """The first of `files` that is `known`."""
    return next((file for file in files if file in known), None)
