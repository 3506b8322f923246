"""Where an author's relative link leads on the site."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from generator.model.address import relative
from generator.model.finding import Family, Finding, Place, Text


class Addresses:
    """All places of a site that a link may lead to; made once a build."""

    def __init__(self, by_source: Mapping[str, str], urls: Iterable[str]) -> None:
        self._by_source = by_source
        self._urls = frozenset(urls)

    def of_source(self, path: str) -> str | None:
        """The address of a file below content/, of a folder's index, or of a page named without `.md`."""
        candidates = (path, f"{path}.md", posixpath.join(path, "index.md"), posixpath.join(path, "README.md"))
        return next((self._by_source[c] for c in candidates if c in self._by_source), None)

    def of_url(self, path: str) -> str | None:
        """The address of a page or file named as it is on the site, generated ones included."""
        bare = path.strip("/")
        candidates = ("",) if bare in ("", ".") else (f"{bare}/", bare)
        return next((url for url in candidates if url in self._urls), None)


class LinkResolver:
    """Resolves the links of one author's text and remembers those that lead nowhere."""

    def __init__(self, addresses: Addresses, source: str, page_url: str, id_prefix: str = "") -> None:
        self._addresses = addresses
        self._id_prefix = id_prefix
        self._folder = posixpath.dirname(source)
        self._page_url = page_url
        self.broken: list[str] = []

    def __call__(self, tag: str, attribute: str, value: str) -> str | None:
        """The value of an attribute as it goes into the page (see `render.sanitise.AttributeFilter`)."""
        if attribute == "id":
            return self._id_prefix + value
        if (tag, attribute) not in {("a", "href"), ("img", "src")}:
            return value
        try:
            parts = urlsplit(value)
        except ValueError:
            self.broken.append(value)
            return None
        if parts.scheme or parts.netloc:
            # A page loads nothing from elsewhere; a link to elsewhere is the reader's own choice.
            return value if tag == "a" else None
        if not parts.path:
            return f"#{self._id_prefix}{parts.fragment}" if parts.fragment else value
        address = self._find(unicodedata.normalize("NFC", unquote(parts.path)))
        if address is None:
            self.broken.append(value)
            return None
        target = f"{address.partition('#')[0]}#{unquote(parts.fragment)}" if parts.fragment else address
        return relative(target, self._page_url)

    def _find(self, path: str) -> str | None:
        """First as a file beside the author's (as MkDocs and editors read it), then as an address on the site."""
        if path.startswith("/"):
            from_root = posixpath.normpath(path.lstrip("/") or ".")
            return self._addresses.of_source(from_root) or self._addresses.of_url(from_root)
        beside = posixpath.normpath(posixpath.join(self._folder, path))
        found = self._addresses.of_source(beside)
        if found is not None:
            return found
        seen_from_page = posixpath.normpath(posixpath.join(self._page_url, path))
        by_url = self._addresses.of_url(beside)
        return self._addresses.of_url(seen_from_page) if by_url is None else by_url


def broken_link(source: str, target: str, markdown: str, first_line: int) -> Finding:
    """The finding for a link that leads nowhere, on the line where its target is written."""
    lines = markdown.split("\n")
    line = next((n for n, text in enumerate(lines, first_line) if target in text or unquote(target) in text), 0)
    return Finding(
        Family.CONTENT,
        "broken-link",
        Place(source, line),
        Text(f"リンク先 `{target}` がありません", f"the link target `{target}` does not exist"),
        Text(
            "相対パスと拡張子 .md を確かめてください（下書きや公開前のページへはリンクできません）",
            "check the relative path and the .md ending (drafts and embargoed pages cannot be linked to)",
        ),
    )
