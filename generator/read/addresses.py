"""Where a page stands on the site, and which addresses clash."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping

from generator.model.finding import Finding, Place, Text
from generator.model.page import Faq, FrontMatter
from generator.read.reporting import error, listed

INDEX_NAMES = frozenset({"index", "readme"})
GENERATED = frozenset(
    {"metrics", "feeds", "figures", "tags", "p", "assets", "search", "stylesheets", "javascripts"}
    | {"sitemap.xml", "sitemap.xml.gz", "404.html", "index.html"}
)
"""First parts of addresses that Kawaraban writes itself."""
_SWITCH_OFF = re.compile("campaigns/[^/]+/switch-off")


def _slug(source: str, slug: str | None) -> str:
    """The last part of a page's address; that of its folder for an index page, "" for the home page."""
    return slug or (posixpath.basename(posixpath.dirname(source)) if is_index(source) else _stem(source))


def _stem(source: str) -> str:
    """The file's name without its ending. By hand, as all paths of pages here: `PurePosixPath` takes ten times as long."""
    return posixpath.splitext(posixpath.basename(source))[0]


def is_index(source: str) -> bool:
    """Whether a page stands for its folder."""
    return _stem(source).lower() in INDEX_NAMES


def url_of(source: str, front: FrontMatter) -> str:
    """The address of a page, with a trailing slash; a question's is an anchor on its campaign's page."""
    if isinstance(front, Faq):
        return f"faq/{front.campaign}/#q-{_slug(source, front.slug)}"
    return address_for(source, front.slug)


def address_for(source: str, slug: str | None = None) -> str:
    """The address of a page that is no question, with a trailing slash; "" for the home page."""
    slug = _slug(source, slug)
    folder = posixpath.dirname(source)
    if is_index(source):
        folder = posixpath.dirname(folder)
    return address_of(posixpath.join(folder, slug)) + "/" if slug else ""


def address_of(path: str) -> str:
    """A path as an address: `#` would begin the name of a place on a page."""
    return path.replace("#", "-")


def judge_addresses(urls: Mapping[str, str], place_of: Callable[[str], Place]) -> list[Finding]:
    """Findings for addresses that two sources share, or that Kawaraban needs for itself.

    `urls` maps pages, pictures and downloads to their addresses. `place_of` says where a source is; it is asked about
    those with an objection only. Addresses that differ only in case or in Unicode form clash as well: on some file systems they are one file.
    """
    by_key: dict[str, list[str]] = defaultdict(list)
    for source, url in urls.items():
        by_key[_key(url)].append(source)
    findings = []
    for key in sorted(key for key, sources in by_key.items() if len(sources) > 1 or _is_generated(key)):
        sources = sorted(by_key[key])
        places = [place_of(source) for source in sources]
        if len(sources) > 1:
            findings.append(_clash(urls[sources[0]], places))
        if _is_generated(key):
            findings += [_generated(urls[source], place) for source, place in zip(sources, places, strict=True)]
    return findings


def _is_generated(key: str) -> bool:
    """Whether Kawaraban writes something itself at an address."""
    return key == "" or key.partition("/")[0] in GENERATED or _SWITCH_OFF.fullmatch(key) is not None


def _key(url: str) -> str:
    return unicodedata.normalize("NFC", url.casefold()).rstrip("/")


def _clash(url: str, places: list[Place]) -> Finding:
    shown = listed(place.path for place in places)
    return error(
        "duplicate-url",
        places[0],
        Text(
            f"{shown} が同じURL `/{url}` になります（大文字と小文字は区別しません）",
            f"{shown} have the same address `/{url}` (upper and lower case do not differ)",
        ),
        Text("どちらかのファイル名か `slug` を変えてください", "rename one of them, or give it another `slug`"),
    )


def _generated(url: str, place: Place) -> Finding:
    return error(
        "reserved-url",
        place,
        Text(
            f"URL `/{url}` は、瓦版が自動でつくるページが使います",
            f"the address `/{url}` belongs to a page that Kawaraban writes itself",
        ),
        Text("ファイル名かフォルダー名を変えてください", "rename the file or its folder"),
    )


def judge_ids(pages: Mapping[str, str], place_of: Callable[[str], Place]) -> list[Finding]:
    """Findings for permanent names that two pages share; `pages` maps sources to ids.

    `place_of` says where a source declares its id; it is asked about clashing ones only.
    """
    by_id: dict[str, list[str]] = defaultdict(list)
    for source, name in pages.items():
        by_id[name.casefold()].append(source)
    return [
        _shared_id(pages[sources[0]], place_of(sources[-1]), [place_of(source).path for source in sources])
        for _, sources in sorted(by_id.items())
        if len(sources) > 1
    ]


def _shared_id(name: str, place: Place, paths: list[str]) -> Finding:
    return error(
        "duplicate-id",
        place,
        Text(f"{listed(paths)} の `id` が同じ `{name}` です", f"{listed(paths)} have the same `id`, `{name}`"),
        Text(
            "新しいほうのページに、別の `id` を付けてください（公開済みの `id` は変えません）",
            "give the newer page another `id` (a published `id` never changes)",
        ),
    )
