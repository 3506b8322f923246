"""The texts of a built site, and the truth: which pages hold a text in any way of writing it.

The rules are written again here, apart from those of the search that is measured: width, case, white space and ー
count for nothing, and a text does not run on from one block into the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCKS = ["h1", "h2", "h3", "h4", "p", "li", "td", "th", "dt", "dd", "pre", "summary", "cite", "figcaption"]
_BLOCK = ", ".join(f".kb-prose {name}" for name in _BLOCKS[1:])
_PASSED_OVER = re.compile(r"[\s\u200b\ufeffー]+")


@dataclass(frozen=True)
class PageText:
    """A page as its readers see it."""

    address: str
    """Below the site, with a closing slash: `articles/2023/08/article-00448/`."""
    title: str
    blocks: tuple[str, ...]
    """Title and standfirst first; then the paragraphs, cells and items of the body, as they are written."""

    @property
    def folded(self) -> str:
        """What a folded text is looked for in."""
        return "\n".join(map(fold, self.blocks))


def fold(text: str) -> str:
    """Equal for all ways of writing a text."""
    return _PASSED_OVER.sub("", unicodedata.normalize("NFKC", text).casefold())


def pages_of(site: Path) -> Iterator[PageText]:
    """Every article of the site, figure articles included; lists and redirects are not looked for."""
    for file in sorted(site.rglob("index.html")):
        page = LexborHTMLParser(file.read_text("utf-8")).css_first("article.kb-page")
        title = page and page.css_first(".kb-head__title")
        if page and title:
            yield PageText(f"{file.parent.relative_to(site).as_posix()}/", _text(title), tuple(_blocks(page)))


def truth(pages: list[tuple[str, str]], query: str) -> frozenset[str]:
    """Addresses of the pages that hold `query`; `pages` are addresses with their folded texts."""
    wanted = fold(query)
    return frozenset(address for address, folded in pages if wanted in folded)


def _blocks(page: LexborNode) -> Iterator[str]:
    for node in page.css(".kb-head__title, .kb-head__standfirst"):
        yield _text(node)
    for node in page.css(_BLOCK):
        if not any(node.css_first(name) for name in _BLOCKS if name != node.tag):
            yield _text(node)


def _text(node: LexborNode) -> str:
    return node.text(separator="").strip()
