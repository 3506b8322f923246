"""What one page says about itself, read from its bytes alone.

`page_facts` is a pure function of the bytes and the page's place, so the facts of an unchanged page can be kept
from build to build, and the checks over all pages stay a matter of sets. The parser is Lexbor: it reads as
browsers do (the HTML standard), and takes 0.3 ms for a page that costs the standard library's parser 2.4 ms.
"""

from __future__ import annotations

import base64
import hashlib
import sys
from functools import lru_cache

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.verify.address import Home, Reach, Target, file_of
from generator.verify.stylesheet import references

_POINTS_ONLY = frozenset({"canonical", "alternate", "next", "prev", "author", "license", "help", "search", "nofollow"})
"""Values of `<link rel>` that name another page; every other one makes the browser fetch something."""
_LOADS = {
    "img": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "script": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src", "formaction"),
    "button": ("formaction",),
    "form": ("action",),
    "body": ("background",),
    "image": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
}
"""Attributes whose address a browser fetches (or sends to) without a reader's click on a link."""
_PICTURES = frozenset({"img", "source", "image"})
_TOLD = _LOADS.keys() | {
    *("html", "title", "body", "main", "article", "h1"),
    *("a", "area", "link", "meta", "script", "style", "base", "template"),
}
"""Elements that say something by being there; most others only have attributes."""
_HARMLESS = frozenset(
    (
        *("class", "href", "src", "alt", "rel", "title", "type", "content", "name", "for", "role", "lang", "dir"),
        *("hidden", "tabindex", "scope", "datetime", "charset", "media", "defer", "http-equiv", "width", "height"),
        *("aria-label", "aria-labelledby", "aria-current", "aria-hidden", "data-department", "data-kb-address"),
        *("data-md-component", "data-md-toggle", "data-md-scrollfix", "data-md-color-media", "data-md-color-scheme"),
        *("data-md-color-primary", "data-md-color-accent", "autocomplete", "autocapitalize", "autocorrect"),
        *("spellcheck", "placeholder", "required", "xmlns", "viewBox", "d", "fill", "x", "y", "x1", "y1", "x2", "y2"),
        *("cx", "cy", "r", "points", "text-anchor", "patternUnits", "patternTransform"),
    )
)
"""Attributes that say nothing by themselves: nearly all but `id`."""
_SILENT = frozenset({"h1", "script", "style"})
"""Elements whose words do not make a page less empty."""
_DATA_SCRIPTS = frozenset({"application/json", "application/ld+json", "text/plain"})


class Picture(Struct, frozen=True):
    """An `<img>` without an alternative text: `alt=""` says decoration, no attribute at all says nothing."""

    address: str
    has_attribute: bool


class PageFacts(Struct, frozen=True):
    """One page. Addresses are from the site's root and decoded; those that leave it are as written."""

    size: int  # bytes
    lang: str
    title: str
    h1_count: int
    is_empty: bool  # whether the main content has no words besides h1 and scripts
    ids: tuple[str, ...]
    duplicate_ids: tuple[str, ...]
    links: tuple[str, ...]  # pages and files a reader may follow, #fragment included
    pictures: tuple[str, ...]
    resources: tuple[str, ...]  # style sheets, scripts, icons
    silent_pictures: tuple[Picture, ...]
    outside: tuple[tuple[str, str], ...]  # (tag, address) of what would be fetched from elsewhere
    inline_scripts: tuple[str, ...]  # sha256 as a Content-Security-Policy writes it
    unsafe: tuple[str, ...]  # what the policy forbids, e.g. "onclick" or "<base>"
    content_scripts: int  # scripts inside the articles, where only authors' and composed text stands

    def jumps(self, page: str) -> tuple[str, ...]:
        """The links that lead from `page`, whose facts these are, to a name on another page."""
        split = ((link, *link.partition("#")) for link in self.links)
        return tuple(link for link, address, _, name in split if name and file_of(address) != page)


def page_facts(content: bytes, page: str, home: Home) -> PageFacts:
    """Facts of the page whose file is `page` (posix path from the site's root)."""
    parser = LexborHTMLParser(content)
    reading = _Reading(page, home)
    root = parser.root
    if root is not None:
        for node in root.traverse(include_text=False):
            tag, attributes = node.tag or "", node.attributes
            if not _HARMLESS.issuperset(attributes):
                reading.attributes(tag, attributes)
            if tag in _TOLD:
                reading.element(node, tag, attributes)
    return PageFacts(
        size=len(content),
        lang=reading.lang,
        title=reading.title or "",
        h1_count=reading.h1_count,
        is_empty=not any(map(_has_words, reading.content_roots())),
        ids=tuple(reading.ids),
        duplicate_ids=tuple(dict.fromkeys(reading.duplicate_ids)),
        links=tuple(dict.fromkeys(reading.links)),
        pictures=tuple(dict.fromkeys(reading.pictures)),
        resources=tuple(dict.fromkeys(reading.resources)),
        silent_pictures=tuple(reading.silent_pictures),
        outside=tuple(dict.fromkeys(reading.outside)),
        inline_scripts=tuple(dict.fromkeys(reading.inline_scripts)),
        unsafe=tuple(dict.fromkeys(reading.unsafe)),
        content_scripts=reading.content_scripts,
    )


class _Reading:
    """What the elements of a page say, one after the other."""

    def __init__(self, page: str, home: Home) -> None:
        self._page = page
        self._home = home
        self.lang = ""
        self.title: str | None = None
        self.h1_count = 0
        self.content_scripts = 0
        self.ids: dict[str, None] = {}
        self.duplicate_ids: list[str] = []
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.resources: list[str] = []
        self.silent_pictures: list[Picture] = []
        self.outside: list[tuple[str, str]] = []
        self.inline_scripts: list[str] = []
        self.unsafe: list[str] = []
        self._holders: dict[str, list[LexborNode]] = {"article": [], "main": [], "body": []}

    def element(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        """An element of `_TOLD`."""
        if tag in _LOADS:
            self._loads(tag, attributes)
        match tag:  # the most frequent first
            case "a" | "area":
                self._link(attributes)
            case "link":
                self._head_link(attributes)
            case "script":
                self._script(node, attributes)
            case "meta":
                self._meta(attributes)
            case "img":
                self._picture(attributes)
            case "article" | "main" | "body":
                self._holders[tag].append(node)
            case "h1":
                self.h1_count += 1
            case "html":
                self.lang = attributes.get("lang") or ""
            case "title":
                self._title(node)
            case "style":
                self.unsafe.append("<style>")
                self._style(node.text())
            case "base" | "template":
                # <base> moves every address of the page; a template can carry a shadow tree that runs scripts.
                self.unsafe.append(f"<{tag}>")

    def content_roots(self) -> list[LexborNode]:
        """Where a page's own text stands: the articles; the main part where a page has none."""
        articles, mains, bodies = self._holders.values()
        return [node for node in articles if _is_in(node, "main")] or articles or mains or bodies

    def attributes(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Attributes of whatever element, not all of them `_HARMLESS`."""
        for name, value in attributes.items():
            if name in _HARMLESS:
                continue
            if name == "id" and value:
                self._id(value)
            elif name == "style":
                self.unsafe.append(f"<{tag} style>")
                self._style(value or "")
            elif name == "srcdoc" or name.startswith("on"):
                self.unsafe.append(f"<{tag} {name}>")
            elif name == "ping" and value:
                self._load(tag, value)
            elif name == "srcset" and value:
                for candidate in value.split(","):
                    self._load(tag, candidate.strip().partition(" ")[0])

    def _title(self, node: LexborNode) -> None:
        """Drawings have titles too; of several of the page itself browsers show the first."""
        if self.title is None and node.parent is not None and node.parent.tag == "head":
            self.title = node.text(strip=True)

    def _id(self, value: str) -> None:
        if value in self.ids:
            self.duplicate_ids.append(value)
        self.ids[sys.intern(value)] = None

    def _loads(self, tag: str, attributes: dict[str, str | None]) -> None:
        for name in _LOADS[tag]:
            if value := attributes.get(name):
                self._load(tag, value)

    def _load(self, tag: str, written: str) -> None:
        target = self._home.resolve(written, self._page)
        match target.reach:
            case Reach.INSIDE:
                (self.pictures if tag in _PICTURES else self.resources).append(target.address)
            case Reach.OUTSIDE:
                self.outside.append((tag, written))
            case Reach.CODE:
                self.unsafe.append(f"<{tag}> javascript:")
            case Reach.INLINE if tag != "style" and tag not in _PICTURES:
                self.unsafe.append(f"<{tag}> data:")  # the policy allows data: for pictures only

    def _link(self, attributes: dict[str, str | None]) -> None:
        if name := attributes.get("name"):
            self.ids[sys.intern(name)] = None  # the old way to write an anchor; it may equal the element's id
        written = attributes.get("href") or attributes.get("xlink:href")
        if not written:
            return
        target = self._home.resolve(written, self._page)
        if target.reach is Reach.INSIDE:
            self.links.append(target.address)
        elif target.reach in {Reach.CODE, Reach.INLINE}:
            self.unsafe.append(f"<a> {written.partition(':')[0].strip().lower()}:")

    def _picture(self, attributes: dict[str, str | None]) -> None:
        if not (attributes.get("alt") or "").strip():
            target = self._home.resolve(attributes.get("src") or "", self._page)
            self.silent_pictures.append(Picture(target.address, "alt" in attributes))

    def _head_link(self, attributes: dict[str, str | None]) -> None:
        written = attributes.get("href")
        if not written:
            return
        if _POINTS_ONLY.issuperset((attributes.get("rel") or "").lower().split()):
            target = self._home.resolve(written, self._page)
            if target.reach is Reach.INSIDE:
                self.links.append(target.address)
        else:
            self._load("link", written)

    def _meta(self, attributes: dict[str, str | None]) -> None:
        if (attributes.get("http-equiv") or "").strip().lower() != "refresh":
            return
        written = (attributes.get("content") or "").partition("=")[2].strip(" '\"")
        target = self._home.resolve(written, self._page)
        if target.reach is Reach.INSIDE:
            self.links.append(target.address)
        else:
            self.outside.append(("meta", written))

    def _script(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        if (attributes.get("type") or "").strip().lower() in _DATA_SCRIPTS:
            return
        if self._holders["article"] and _is_in(node, "article"):
            self.content_scripts += 1
        if "src" not in attributes:
            self.inline_scripts.append(_digest(node.text()))

    def _style(self, css: str) -> None:
        for written in references(css):
            self._load("style", written)


@lru_cache(maxsize=64)  # the theme's few, which stand on every page
def _digest(script: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _is_in(node: LexborNode, tag: str) -> bool:
    above = node.parent
    while above is not None:
        if above.tag == tag:
            return True
        above = above.parent
    return False


def _has_words(root: LexborNode) -> bool:
    """Whether anything is to be read in it; `_SILENT` is not."""
    return any(
        node.tag == "-text" and node.text().strip() and not _is_silent(node, root)
        for node in root.traverse(include_text=True)
    )


def _is_silent(text: LexborNode, root: LexborNode) -> bool:
    above = text.parent
    while above is not None and above.mem_id != root.mem_id:
        if above.tag in _SILENT:
            return True
        above = above.parent
    return False


def loads_of_stylesheet(css: str, sheet: str, home: Home) -> list[Target]:
    """What the style sheet in the file `sheet` makes a browser fetch."""
    return [home.resolve(written, sheet) for written in references(css)]
