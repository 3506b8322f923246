"""What stands at the address of a page that cannot be shown: what is wrong, and how to mend it."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby, islice
from pathlib import Path, PurePosixPath

from msgspec import Struct

from generator.model.finding import Finding, Text, in_order
from generator.model.page import FOLDERS, PageType
from generator.read.addresses import address_for
from generator.read.attempts import FIRST_LINES
from generator.read.file_kinds import PAGE
from generator.settings import Settings

STYLE = "mistakes.css"
"""Lies beside `reload.js`: the page allows no style of its own."""

_UNSHOWN = "draft-not-shown"  # says that other findings keep a draft from being shown, not what they are
_QUESTIONS = f"{FOLDERS[PageType.FAQ]}/"
_SLUG = re.compile(r"^slug[ \t]*[:：=][ \t]*[\"']?([A-Za-z0-9_-]+)", re.MULTILINE)
_NAME = re.compile("`([^`]+)`")
_CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"

_TITLE = Text("このページは、まだ表示できません", "This page cannot be shown yet")
_LEAD = Text(
    "次のところを直して保存すると、ここにページが出ます。",
    "Mend this and save: the page appears here by itself.",
)
_OTHERS = Text(
    "ほかのファイルにも間違いがあります。これも直すまで、新しいページは出ません",
    "There are mistakes in other files too: nothing new is shown until they are mended",
)


class Mistakes(Struct, frozen=True):
    """What keeps pages from being shown, as it was found when files were saved last."""

    by_address: Mapping[str, tuple[Finding, ...]] = {}
    """By the address that a page would have, with a trailing slash."""
    errors: tuple[Finding, ...] = ()
    """What must be mended before anything new is shown."""
    language: str = "ja"

    @property
    def digest(self) -> str:
        """Names what is wrong; "" when nothing is."""
        if not self.by_address and not self.errors:
            return ""
        return blake2b(repr((sorted(self.by_address.items()), self.errors)).encode(), digest_size=16).hexdigest()

    def page_at(self, address: str, folder: str) -> str | None:
        """The page about what is wrong at an address; None when nothing is. `folder` has its stylesheet."""
        own = self.by_address.get(address)
        if own is None:
            return None
        others = [finding for finding in self.errors if finding not in own]
        return _page(own, others, self.language, folder)

    def page_of_all(self, folder: str) -> str | None:
        """The page about all that keeps a site from being shown at all; None when nothing does."""
        return _page(self.errors, (), self.language, folder) if self.errors else None


def mistakes_in(findings: Sequence[Finding], settings: Settings, language: str) -> Mistakes:
    """Those among findings that keep pages from being shown."""
    errors = tuple(finding for finding in findings if finding.is_error)
    unshown = {finding.place.path for finding in findings if finding.code == _UNSHOWN}
    by_address: dict[str, tuple[Finding, ...]] = {}
    for path, found in groupby(in_order(findings), lambda finding: finding.place.path):
        own = tuple(each for each in found if (each.is_error or path in unshown) and each.code != _UNSHOWN)
        if own and path.endswith(PAGE):
            by_address |= {address: by_address.get(address, ()) + own for address in _addresses_of(path, settings)}
    return Mistakes(by_address, errors, language)


def _addresses_of(path: str, settings: Settings) -> set[str]:
    """Where the page of a file would stand, as far as that can be told of one that may be unreadable."""
    file, content = PurePosixPath(path), PurePosixPath(settings.shown(settings.content))
    if not file.is_relative_to(content):
        return set()
    source = file.relative_to(content).as_posix()
    if source.startswith(_QUESTIONS):
        return {f"{posixpath.dirname(source)}/"}  # those about one campaign share a page
    slug = _SLUG.search(_opening(settings.content / source))
    return {address_for(source), address_for(source, slug and slug[1])}


def _opening(file: Path) -> str:
    """The lines in which front matter stands; none of a file that is gone, or that cannot be opened."""
    if not file.is_file():  # a pipe would be waited for
        return ""
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            return "".join(islice(stream, FIRST_LINES))
    except OSError:
        return ""


def _page(own: Iterable[Finding], others: Iterable[Finding], language: str, folder: str) -> str:
    title, lead, heading = (html.escape(text.in_language(language)) for text in (_TITLE, _LEAD, _OTHERS))
    further = "".join(_item(finding, language) for finding in others)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_CSP}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{html.escape(folder + STYLE)}"></head>'
        f'<body><main id="kawaraban-mistakes"><h1>{title}</h1><p>{lead}</p>'
        f"<ol>{''.join(_item(finding, language) for finding in own)}</ol>"
        f"{f'<h2>{heading}</h2><ol>{further}</ol>' if further else ''}</main></body></html>"
    )


def _item(finding: Finding, language: str) -> str:
    what, remedy = (
        _NAME.sub(r"<code>\1</code>", html.escape(text.in_language(language)))
        for text in (finding.what, finding.remedy)
    )
    return (
        f"<li><p><b>{html.escape(str(finding.place))}</b> <small>{html.escape(finding.name)}</small></p>"
        f"<p>{what}</p><p>→ {remedy}</p></li>"
    )
