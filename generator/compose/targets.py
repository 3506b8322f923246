"""Links and pictures of authors' texts that lead nowhere, judged when every address of the site is known.

In an article below articles/, which may come from another tool as it is, each is a warning and its words stay; in Kawaraban's own
kinds of pages it stops the build.
"""

from __future__ import annotations

import difflib
import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from generator.markup.targets import (
    Addresses,
    first_among,
    is_bare_host,
    is_elsewhere,
    is_template,
    meant_files,
    path_of,
)
from generator.model.finding import Family, Finding, Place, Severity, Text
from generator.model.page import Page, PageText, Reference
from generator.settings import Settings

_MAX_REPORTED = 20  # on one page; whoever mends these learns the rest in the next run
_MAX_COMPARED = 50  # names of one folder; comparing more would cost more than the hint is worth
_MAX_SHOWN = 80  # characters of a target
_PAGES = frozenset({"", ".md", ".html", ".htm"})


class TargetJudge(Struct, frozen=True, dict=True):
    """Judges the references of pages of a site that is about to be rendered."""

    settings: Settings
    known: frozenset[str]
    """Every file below content/ by source."""
    addresses: Addresses

    def of_page(self, page: Page, text: PageText, url: str) -> Iterator[Finding]:
        """The findings about one page, which is read at `url`."""
        if text.references:
            yield from islice(self._of_references(page, text.references, url), _MAX_REPORTED)

    def _of_references(self, page: Page, references: Iterable[Reference], url: str) -> Iterator[Finding]:
        shown = self.settings.shown(self.settings.content / page.source)
        for reference in references:
            finding = self._judge(page, url, reference, Place(shown, reference.line, reference.column))
            if finding is not None:
                yield replace(finding, severity=Severity.WARNING) if page.is_foreign else finding

    def _judge(self, page: Page, url: str, reference: Reference, place: Place) -> Finding | None:
        target = reference.target
        if is_template(target):
            return _template(target, place)
        if is_elsewhere(target) or not (path := path_of(target)):
            return None
        if self.addresses.find(path, page.source, url, is_foreign=page.is_foreign) is not None:
            return None
        if first_among(meant_files(page.source, path, is_foreign=page.is_foreign), self.known) is not None:
            return None  # it is there: `read` has said why it is not on the site
        if is_bare_host(target):
            return _without_scheme(target, place)
        return self._nowhere(page, reference, path, place)

    def _nowhere(self, page: Page, reference: Reference, path: str, place: Place) -> Finding:
        shown = _shown(reference.target)
        if PurePosixPath(path).suffix.lower() in _PAGES and not reference.is_picture:
            return _finding(
                "broken-link",
                place,
                Text(f"リンク先のページ `{shown}` がありません", f"there is no page `{shown}`"),
                self._meant(page, path)
                or Text("リンク先を直すか、リンクを消してください", "correct the link, or delete it"),
            )
        return _finding(
            "missing-file",
            place,
            Text(f"ファイル `{shown}` がありません", f"there is no file `{shown}`"),
            self._meant(page, path)
            or Text("ファイルを置くか、書いた場所を直してください", "add the file, or correct its path"),
        )

    def _meant(self, page: Page, path: str) -> Text | None:
        """The file that was probably meant: one of the same name elsewhere, or of a name like it in the same folder."""
        folder = posixpath.dirname(page.source)
        wanted = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        name = posixpath.basename(wanted)
        near = [other for other in self._by_name[name.casefold()] if other != page.source]
        siblings = self._by_folder[posixpath.dirname(wanted)]
        if not near and len(siblings) <= _MAX_COMPARED:
            close = difflib.get_close_matches(name, siblings, n=1, cutoff=0.7)
            near = [posixpath.join(posixpath.dirname(wanted), other) for other in close]
        if not near or near[0] == page.source:
            return None
        shown = posixpath.relpath(near[0], folder or ".")
        return Text(f"`{shown}` のことではありませんか", f"did you mean `{shown}`?")

    @cached_property
    def _by_name(self) -> defaultdict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for source in sorted(self.known):
            found[posixpath.basename(source).casefold()].append(source)
        return found

    @cached_property
    def _by_folder(self) -> defaultdict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for source in sorted(self.known):
            found[posixpath.dirname(source)].append(posixpath.basename(source))
        return found


def _shown(target: str) -> str:
    flat = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in target).replace("`", "'")
    return flat if len(flat) <= _MAX_SHOWN else f"{flat[:_MAX_SHOWN]}…"


def _template(target: str, place: Place) -> Finding:
    shown = _shown(target)
    return _finding(
        "template-link",
        place,
        Text(
            f"リンク先 `{shown}` は別のツールの書き方です。瓦版では行き先が分かりません",
            f"the target `{shown}` is a template of another tool: Kawaraban cannot know where it leads",
        ),
        Text("相対パス（`other.md`）で書き直してください", "write a relative path, like `other.md`"),
    )


def _without_scheme(target: str, place: Place) -> Finding:
    shown = _shown(target)
    return _finding(
        "broken-link",
        place,
        Text(
            f"リンク先 `{shown}` に `https://` がないため、ファイルの名前として読まれます",
            f"the target `{shown}` has no `https://` and is read as the name of a file",
        ),
        Text(f"`https://{shown}` のように書いてください", f"write it like `https://{shown}`"),
    )


def _finding(code: str, place: Place, what: Text, remedy: Text) -> Finding:
    return Finding(Family.CONTENT, code, place, what, remedy)
