"""What browsers are shown: the last good pages, and what is wrong since."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path
from threading import Condition

from msgspec import Struct

from generator.render.deliver import NO_DIFFERENCES, Delivered, SiteFiles, deliver, differences
from generator.serve.mistakes import Mistakes

_NOTHING_YET = "<!doctype html><html><head><title>kawaraban</title></head><body></body></html>"


class State(Struct, frozen=True):
    """What a browser must know to be up to date."""

    version: str
    """Digest of the site that is shown."""
    problems: str = ""
    """What is wrong with what was saved last, as people read it."""
    mistakes: str = ""
    """Digest of what keeps pages from being shown: matters to whoever looks at the address of such a page."""


class ShownFile(Struct, frozen=True):
    """A file of the site as it is at one moment."""

    path: str
    content: bytes
    sha256: str
    state: State


class ShownSite:
    """Files in a folder of its own; asked by many threads, changed by one. A request sees all of a build or nothing."""

    def __init__(self, folder: Path, before: Mapping[str, Delivered]) -> None:
        """`before` is what an earlier process put there."""
        self.folder, self.before = folder, before
        self.state = State("")
        self.files: Mapping[str, Delivered] = {}
        """What is shown, by posix path."""
        self.mistakes = Mistakes()
        self._is_known = False
        """Whether `files` is what lies in the folder."""
        self._changed = Condition()

    def show(self, files: SiteFiles, later: Collection[str] = (), mistakes: Mistakes | None = None) -> bool:
        """Show these files from now on, and return whether browsers will ask for a page anew.

        Those of `later` stay what they are until there are new ones; no page is shown anew because of them.
        `mistakes` keep pages from being among the files.
        """
        with self._changed:
            # Nobody else writes there: what this process put there need not be looked for.
            before = self.files or self.before
            staying = {path: before[path] for path in later if path in before and path not in files}
            leaving = {path: file for path, file in before.items() if path not in staying}
            is_known, self._is_known = self._is_known, False
            look = (lambda: NO_DIFFERENCES) if is_known else partial(differences, self.folder, leaving)
            self.files = deliver(files, self.folder, leaving, look) | (staying if is_known else {})
            self._is_known = True
            self.mistakes = mistakes or Mistakes()
            before_now, self.state = self.state, State(_digest_of(self.files, later), mistakes=self.mistakes.digest)
            self._changed.notify_all()
            return self.state != before_now

    def tell(self, problems: str, mistakes: Mistakes | None = None) -> None:
        """Go on showing what is shown, and say what is wrong; without `mistakes` they are those of before."""
        with self._changed:
            self.mistakes = mistakes or self.mistakes
            self.state = State(self.state.version, problems, self.mistakes.digest)
            self._changed.notify_all()

    def read(self, path: str) -> ShownFile | None:
        """One file; None when the site has none of that name."""
        with self._changed:
            if path not in self.files:
                return None
            try:
                content = (self.folder / path).read_bytes()
            except FileNotFoundError:  # somebody emptied the folder: the next build puts everything there again
                self._is_known = False
                return None
            return ShownFile(path, content, self.files[path].sha256, self.state)

    def missing(self, address: str, folder: str) -> ShownFile:
        """What stands at an address where there is no page: what is wrong with it, else the site's own error page.

        While the site has none, all that is wrong. `folder` is the address of the files that such a list needs.
        """
        with self._changed:
            page = self.mistakes.page_at(address, folder)
            if page is None and (own := self.read("404.html")) is not None:
                return own
            page = page or self.mistakes.page_of_all(folder)
            return ShownFile("404.html", (page or _NOTHING_YET).encode(), "", self.state)

    def wait(self, known: State | None, seconds: float) -> State:
        """The state as soon as it is another than the `known` one, at the latest after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.state != known, timeout=seconds)
            return self.state


def _digest_of(files: Mapping[str, Delivered], without: Collection[str]) -> str:
    told = "\0".join(f"{path}\1{files[path].sha256}" for path in sorted(files) if path not in without)
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
