"""What is not read at all: hidden entries, what Windows and Office leave beside files, and what articles of other tools
bring along beside pages and pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.cache.sight import FolderEntry
from generator.model.finding import Finding, Place, Text
from generator.model.page import is_foreign
from generator.read.file_kinds import ALLOWED, may_be_secret, pass_over
from generator.read.file_names import suffix_of
from generator.read.reporting import warning

_LEFT_BY_WINDOWS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})
_OFFICE_LOCK = "~$"


class PassedOver:
    """What is passed over: hidden entries and files that no author has made, and among articles everything that is no
    page, picture or download."""

    def __init__(self) -> None:
        self._hidden: list[Place] = []
        self._by_suffix: defaultdict[str, list[Place]] = defaultdict(list)

    def takes(self, entry: FolderEntry, below: str, place: Place) -> bool:
        """Whether an entry is passed over; `below` is its path below content/."""
        if entry.is_hidden:
            if is_foreign(below) and entry.name != ".git" and entry.is_folder:
                self._hidden.append(place)
            return True
        if entry.is_file and _is_left_behind(entry.name):
            return True
        if not is_foreign(below):
            return False
        suffix = suffix_of(entry.name)
        if suffix in ALLOWED or may_be_secret(suffix):
            return False
        if not entry.is_file:
            return False
        self._by_suffix[suffix].append(place)
        return True

    def findings(self) -> Iterator[Finding]:
        """One warning for all hidden folders among articles, and one for each kind of file."""
        if self._hidden:
            yield _hidden_folders(len(self._hidden), min(self._hidden))
        for suffix, places in sorted(self._by_suffix.items()):
            yield pass_over(suffix, len(places), min(places))


def _is_left_behind(name: str) -> bool:
    """Whether Windows has put the file there, or an Office program while another file is open in it."""
    return name.casefold() in _LEFT_BY_WINDOWS or name.startswith(_OFFICE_LOCK)


def _hidden_folders(count: int, first: Place) -> Finding:
    return warning(
        "hidden-folder",
        first,
        Text(
            f"名前が `.` で始まるフォルダー（{count} 個）の中は読みません",
            f"nothing is read in folders whose names begin with `.` ({count})",
        ),
        Text(
            "載せたいものがあれば、フォルダーの名前を変えてください", "rename the folder if it holds pages or pictures"
        ),
    )
