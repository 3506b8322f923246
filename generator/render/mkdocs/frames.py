"""The page around the content, made once for all pages that it is the same for.

Running Material's templates takes twenty times as long as joining the texts that they print, and these differ from
page to page only by the page's own words and by what the templates ask about it: how deep it lies, whether it is the
front page, which entry of the navigation is its own. So they are run once for each set of answers, with blanks for the words
(`blanks.py`), and a page is put together from the texts between them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable
from itertools import pairwise
from operator import attrgetter
from typing import Any, TypeAlias

from markupsafe import escape
from msgspec import Struct

from generator.render.mkdocs.blanks import Blank, Question, Recording

Answers: TypeAlias = tuple[tuple[Hashable, Hashable], ...]
"""Questions by their names, each with an answer, in the order in which they were asked."""


class Frame(Struct, frozen=True):
    """Texts with blanks between them; `texts` is one longer than `blanks`."""

    texts: tuple[str, ...]
    blanks: tuple[tuple[str, bool], ...]  # name of the value, and whether it is escaped
    answers: Answers
    """Of all pages that it is the frame of; no others give them."""
    digest: str
    """Of all of the above: the same on every machine for the same bytes around the content."""

    @classmethod
    def of(cls, parts: Iterable[str | Blank], answers: Answers) -> Frame:
        between: list[list[str]] = [[]]
        blanks: list[tuple[str, bool]] = []
        for part in parts:
            if isinstance(part, Blank):
                blanks.append((part.name, part.is_escaped))
                between.append([])
            else:
                between[-1].append(part)
        texts = ["".join(printed) for printed in between]
        digest = hashlib.sha256(json.dumps([texts, blanks, answers]).encode()).hexdigest()
        return cls(tuple(texts), tuple(blanks), answers, digest)

    def filled(self, subject: Any) -> str:
        """The page of `subject`, an object with the attributes that the blanks are named after."""
        pieces = [self.texts[0]]
        for text, (name, is_escaped) in zip(self.texts[1:], self.blanks, strict=True):
            value = attrgetter(name)(subject)
            pieces.append(escape(value) if is_escaped else value)
            pieces.append(text)
        return "".join(pieces)


class _Fork(Struct):
    """A question that the templates ask at this point, and where each answer leads."""

    question: Question
    branches: dict[Hashable, _Fork | Frame | None] = {}  # None: render in full


class Frames:
    """All frames made so far, found by the answers of a page to the templates' questions.

    `first` is what every page is asked before the templates are run. `record` runs them with blanks: it returns
    their output in pieces, or raises whatever they raise. `whole` renders a page in full.
    """

    def __init__(
        self, first: Question, record: Callable[[Recording], Iterable[str]], whole: Callable[[Any], str]
    ) -> None:
        self.first, self.record, self.whole = first, record, whole
        self._root = _Fork(first)

    def frame_of(self, subject: Any) -> Frame | None:
        """The frame of a page; None where the templates do with its words what no frame can follow."""
        at: _Fork | Frame | None = self._root
        while isinstance(at, _Fork):
            answer = at.question.ask(subject)
            if answer not in at.branches:
                return self._made(subject)
            at = at.branches[answer]
        return at

    def _made(self, subject: Any) -> Frame | None:
        recording = Recording(subject)
        recording.answer(self.first)
        try:
            parts = recording.parts_of(self.record(recording))
            frame = Frame.of(parts, tuple((question.name, answer) for question, answer in recording.answers.items()))
            # What nobody thought of (a filter in C, say) shows in the first page at the latest.
            is_right = frame.filled(subject) == self.whole(subject)
        except Exception:  # NotFollowed, or what templates raise of a blank; of a page they will raise it again
            return self._kept(recording, None)
        return self._kept(recording, frame if is_right else None)

    def _kept(self, recording: Recording, frame: Frame | None) -> Frame | None:
        """Put a frame where the next page with the same answers finds it."""
        fork, steps = self._root, list(recording.answers.items())
        for (_, answer), (question, _) in pairwise(steps):
            below = fork.branches.setdefault(answer, _Fork(question))
            if not isinstance(below, _Fork) or below.question != question:
                return None  # templates that ask differently each time have no frame
            fork = below
        kept = fork.branches.setdefault(steps[-1][1], frame)
        return None if isinstance(kept, _Fork) else kept
