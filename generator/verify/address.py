"""Where an address written in a page leads: to a file of this site, to another host, or nowhere that is fetched."""

from __future__ import annotations

import posixpath
import re
import sys
from enum import Enum
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from msgspec import Struct

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"([^/?#]*)(.*)", re.DOTALL)
_FETCHED = frozenset({"http", "https", "ftp", "ws", "wss", "file"})
_IGNORED_BY_BROWSERS = re.compile(r"[\t\n\r]")  # WHATWG URL: taken out wherever they stand
_BEGINS_PATH = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
_BLANK = "".join(map(chr, range(0x21)))  # C0 controls and space: taken off both ends


class Reach(Enum):
    """What following an address means."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    CODE = "code"  # javascript: and its kin
    INLINE = "inline"  # data: and blob:, nothing is fetched
    OTHER = "other"  # mailto:, tel:


class Target(Struct, frozen=True):
    """`address` is the path from the site's root, with `#fragment`, decoded, when inside; else as written."""

    reach: Reach
    address: str


class Home(Struct, frozen=True):
    """Where the site is served: host and base path, from `site_url`; both unknown when it is empty."""

    host: str
    path: str  # begins and ends with "/"

    @classmethod
    def of(cls, site_url: str) -> Home:
        parts = urlsplit(site_url)
        return cls(parts.netloc.lower(), f"/{parts.path.strip('/')}/".replace("//", "/"))

    def resolve(self, written: str, page: str) -> Target:
        """The target of an address in the file `page` (posix path from the site's root).

        Addresses are read as browsers read them (WHATWG URL): a backslash is a slash, `//host` leaves the site.
        """
        climbs, rest = _climbed(written)
        folders = _folders(page)
        if 0 <= climbs < len(folders):
            return _resolved(self.host, self.path, rest, folders[climbs])
        return self._resolve(written, page)

    def _resolve(self, written: str, page: str) -> Target:
        cleaned = _IGNORED_BY_BROWSERS.sub("", written.strip(_BLANK)).replace("\\", "/")
        if scheme := _SCHEME.match(cleaned):
            return self._absolute(written, scheme[1].lower(), cleaned[scheme.end() :])
        if cleaned.startswith("//"):
            return self._absolute(written, "https", cleaned)
        return self._relative(cleaned, page)

    def _absolute(self, written: str, scheme: str, rest: str) -> Target:
        if scheme in {"javascript", "vbscript"}:
            return Target(Reach.CODE, written)
        if scheme in {"data", "blob"}:
            return Target(Reach.INLINE, written)
        if scheme not in _FETCHED:
            return Target(Reach.OTHER, written)
        host, path = _HOST.match(rest.lstrip("/")).groups()  # type: ignore[union-attr]  # matches the empty text too
        if self.host and host.lower() == self.host and f"{path}/".startswith(self.path):
            return self._relative(path, "")
        return Target(Reach.OUTSIDE, written)

    def _relative(self, cleaned: str, page: str) -> Target:
        path, _, fragment = cleaned.partition("#")
        path = unquote(path.partition("?")[0])
        if path.startswith("/"):
            if not f"{path}/".startswith(self.path):
                return Target(Reach.OTHER, cleaned)  # another application on the same host
            path = path[len(self.path) :]
        elif path:
            path = posixpath.join(posixpath.dirname(page), path)
        else:
            path = page
        address = _normal(path)
        # The same few addresses stand on every page: one string each, not one a page.
        return Target(Reach.INSIDE, sys.intern(f"{address}#{unquote(fragment)}" if fragment else address))


# The frame's links stand on every page, each time with another number of `../` before them.
@lru_cache(maxsize=16384)
def _climbed(written: str) -> tuple[int, str]:
    """How many folders an address goes up first, and the rest of it; -1 when it does not begin with a path."""
    if written[:1] not in _BEGINS_PATH:
        return -1, written
    climbs, rest = 0, written
    if ":" not in written:
        while rest.startswith("../") and rest[3:4] in _BEGINS_PATH:
            climbs, rest = climbs + 1, rest[3:]
    return climbs, rest


@lru_cache(maxsize=16)
def _folders(page: str) -> tuple[str, ...]:
    """The folder of a page, then the one above, up to the root."""
    folders = [page.rpartition("/")[0]]
    while folders[-1]:
        folders.append(folders[-1].rpartition("/")[0])
    return tuple(folders)


@lru_cache(maxsize=16384)
def _resolved(host: str, path: str, written: str, folder: str) -> Target:
    """The target of an address that begins with a path: of the page it stands on only the folder counts."""
    return Home(host, path)._resolve(written, f"{folder}/-" if folder else "-")


def _normal(path: str) -> str:
    """Without `.` and `..`, a closing slash kept; the site's root is the empty path."""
    if not path:
        return ""
    normal = posixpath.normpath(path)
    if normal == ".":
        return ""
    return f"{normal}/" if path.endswith(("/", "/.", "/..")) else normal


def file_of(url: str) -> str:
    """The file that a server answers with for a path from the site's root: `stories/` is `stories/index.html`."""
    return f"{url}index.html" if url == "" or url.endswith("/") else url
