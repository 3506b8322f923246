"""Published pages as an outsider reads them: lxml over the bytes, and nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree, html
from lxml.html import HtmlElement

TELLS_A_FIGURE = re.compile(r"[%％]|パーセント|ポイント|\d割")
_BLOCKS = {
    "p",
    "li",
    "dd",
    "dt",
    "td",
    "th",
    "caption",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "title",
    "desc",
    "text",
    "label",
}


@dataclass(frozen=True)
class Page:
    """One page: its address on the site and its tree."""

    url: str
    tree: HtmlElement

    def figures(self) -> list[HtmlElement]:
        """Every tile and chart."""
        return all_of(self.tree, "kb-figure")

    def without_figures(self) -> HtmlElement:
        """A copy of the page with nothing of a tile or chart left in it."""
        copy = html.fromstring(html.tostring(self.tree, encoding="unicode"))
        for figure in all_of(copy, "kb-figure"):
            figure.drop_tree()
        return copy


def pages_of(site: Path) -> dict[str, Page]:
    """Every page by its address, `404.html` included."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        url = path.relative_to(site).as_posix().removesuffix("index.html")
        found[url] = Page(url, html.document_fromstring(path.read_bytes(), parser=_PARSER))
    return found


_PARSER = html.HTMLParser(encoding="utf-8")


def words_of(element: HtmlElement) -> str:
    """All text in it, with white space as one space."""
    return " ".join("".join(element.itertext()).split())


def one(element: HtmlElement, name: str) -> HtmlElement:
    """The only element of a class in another."""
    found = all_of(element, name)
    assert len(found) == 1, f"{len(found)} elements of class {name}"
    return found[0]


def all_of(element: HtmlElement, name: str) -> list[HtmlElement]:
    """Every element of a class, in document order."""
    return [found for found in element.iter() if name in _classes(found)]


def _classes(element: HtmlElement) -> list[str]:
    return (element.get("class") or "").split() if isinstance(element.tag, str) else []


def rows_of(table: HtmlElement) -> tuple[str, list[str], list[list[str]]]:
    """Caption, header and rows of a table."""
    caption = words_of(next(table.iter("caption")))
    rows = [[words_of(cell) for cell in row] for row in table.iter("tr")]
    return caption, rows[0], rows[1:]


def notes_of(figure: HtmlElement) -> dict[str, str]:
    """The small type below a figure: term → words."""
    return {words_of(note[0]): words_of(note[1]) for note in all_of(figure, "kb-figure__note")}


def telling(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Every block of text, and every attribute, that tells a share or a difference."""
    seen = set()
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            if text and holder is not None and TELLS_A_FIGURE.search(text):
                block = _block(holder)
                if block not in seen:
                    seen.add(block)
                    yield block, words_of(block)
        for name, value in element.attrib.items():
            if name not in ("href", "src") and TELLS_A_FIGURE.search(unquote(value)):
                yield element, unquote(value)


def _block(element: HtmlElement) -> HtmlElement:
    """The paragraph, cell or caption around it; the spans of a figure's caption stand alone."""
    while element.tag not in _BLOCKS and not _is_caption(element) and (parent := element.getparent()) is not None:
        element = parent
    return element


def _is_caption(element: HtmlElement) -> bool:
    return any(name.startswith("kb-figure__") for name in _classes(element))


def feed_entries(path: Path) -> Iterator[tuple[str, str, str]]:
    """Address (on the site), title and summary of each entry."""
    atom = "{http://www.w3.org/2005/Atom}"
    for entry in etree.parse(str(path)).getroot().iter(f"{atom}entry"):
        link = entry.find(f"{atom}link")
        assert link is not None
        yield (
            unquote(link.get("href", "")).removeprefix("../"),
            entry.findtext(f"{atom}title", ""),
            entry.findtext(f"{atom}summary", ""),
        )
