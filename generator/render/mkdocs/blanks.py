"""Values of a page that are not known yet, and how a template may use them.

A theme's template is run once with blanks in place of one page's own words, so that its output can be filled in for
other pages. Templates are anybody's (a site's `custom_dir`): a blank therefore watches what is done to it.

- Printed, as it is or through `| e`, it leaves a `Piece` in the output.
- Asked whether it is empty, or whether it equals a text, it answers with the truth about the page at hand, and the
  question is kept: the output holds for every page that answers it in the same way.
- Anything else (`| upper`, `~`, `in`, a loop, a filter or a call of a plugin) raises `NotFollowed`: those pages are
  rendered in full, each by itself.

Nothing gets past unseen: every piece that was handed out must arrive in the output as the object it was, so a text
that was put together from it, measured, or dropped is missed there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from operator import attrgetter
from typing import Any, NoReturn

from generator.model import marker


class NotFollowed(Exception):
    """A template uses a value in a way that cannot be repeated without the template."""


class Question:
    """What a template wanted to know of a page. `name` tells it from others; `ask` answers for any page."""

    def __init__(self, name: Hashable, ask: Callable[[Any], Hashable]) -> None:
        self.name, self.ask = name, ask

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Question) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)


def question_named(name: tuple[str, ...]) -> Question:
    """What is asked of one value: whether it `is` so, holds something (`bool`), or equals (`==`) a text."""
    value = attrgetter(name[0])
    match name[1:]:
        case ("is",):
            return Question(name, value)
        case ("bool",):
            return Question(name, lambda subject: bool(value(subject)))
        case ("==", text):
            return Question(name, lambda subject: value(subject) == text)
    raise ValueError(f"nothing is asked by the name of {name!r}")


class Recording:
    """One run of a template over blanks: the questions it asked about `subject`, and the pieces it was given."""

    def __init__(self, subject: Any) -> None:
        self.subject = subject
        self.answers: dict[Question, Hashable] = {}
        self.is_followed = True
        self._handed_out = 0

    def answer(self, question: Question) -> Any:
        """The truth about the page at hand; kept, because other pages may answer otherwise."""
        if question not in self.answers:
            self.answers[question] = question.ask(self.subject)
        return self.answers[question]

    def not_followed(self) -> NoReturn:
        """Give up, also when the template or a filter swallows the exception."""
        self.is_followed = False
        raise NotFollowed

    def piece(self, parts: tuple[str | Blank, ...], serials: frozenset[int]) -> Piece:
        """A new piece, which must arrive in the output."""
        self._handed_out += 1
        return Piece(self, parts, serials | {self._handed_out})

    def parts_of(self, output: Iterable[str]) -> tuple[str | Blank, ...]:
        """The finished output as texts and blanks by turns. Raises NotFollowed unless every piece is in it."""
        parts, serials = _taken_apart(output)
        is_touched = any(isinstance(part, str) and marker.BLANK in part for part in parts)
        if is_touched or not self.is_followed or len(serials) != self._handed_out:
            raise NotFollowed
        return parts


class Blank:
    """One value of the page, by its name in templates (`document.title`).

    It answers no questions when the value `is_unknown` even of the page at hand.
    """

    __slots__ = ("_is_unknown", "_recording", "is_escaped", "name")

    def __init__(self, recording: Recording, name: str, *, is_unknown: bool, is_escaped: bool = False) -> None:
        self._recording = recording
        self._is_unknown = is_unknown
        self.name = name
        self.is_escaped = is_escaped

    def escaped(self) -> Blank:
        """The same through `| e`, which leaves alone what was escaped before."""
        return Blank(self._recording, self.name, is_unknown=self._is_unknown, is_escaped=True)

    def __str__(self) -> str:
        return self._recording.piece((self,), frozenset())

    def __bool__(self) -> bool:
        if self._is_unknown:
            self._recording.not_followed()
        return bool(self._recording.answer(question_named((self.name, "bool"))))

    def __eq__(self, other: object) -> bool:
        if self._is_unknown or self.is_escaped or type(other) is not str:
            self._recording.not_followed()
        return bool(self._recording.answer(question_named((self.name, "==", other))))


class Piece(str):
    """What a template holds after it has turned a blank into text; it can only be printed."""

    _recording: Recording
    parts: tuple[str | Blank, ...]
    serials: frozenset[int]

    def __new__(cls, recording: Recording, parts: tuple[str | Blank, ...], serials: frozenset[int]) -> Piece:
        piece = super().__new__(cls, marker.BLANK)
        piece._recording, piece.parts, piece.serials = recording, parts, serials
        return piece

    def __str__(self) -> str:
        # A new one each time: the one that is printed must not vouch for one that went elsewhere.
        return self._recording.piece(self.parts, self.serials)


class Watched:
    """Stands for `page` or `document`: its texts are blanks, `same` is the same on all pages of a frame."""

    def __init__(self, recording: Recording, name: str, *, same: frozenset[str], unknown: frozenset[str]) -> None:
        self._recording = recording
        self._name = name
        self._same = same
        self._unknown = unknown

    def __getattr__(self, attribute: str) -> object:
        name = f"{self._name}.{attribute}"
        value: object = attrgetter(name)(self._recording.subject)  # AttributeError: the same as of the real one
        if attribute in self._same:
            return value
        if isinstance(value, bool):
            return self._recording.answer(question_named((name, "is")))
        if not isinstance(value, str):
            self._recording.not_followed()
        return Blank(self._recording, name, is_unknown=attribute in self._unknown)


_OURS = (Blank, Piece, Watched)


def joined(output: Iterable[str]) -> str:
    """Jinja's `concat`: what a block, a macro or `{% set %}` printed stays a piece while it holds blanks."""
    texts = list(output)
    for text in texts:
        if isinstance(text, Piece):
            return Piece(text._recording, *_taken_apart(texts))
    return "".join(texts)


def recording_of(value: object) -> Recording | None:
    """The recording to which a value belongs; None when it is nothing of a page's."""
    return value._recording if isinstance(value, _OURS) else None


def _taken_apart(output: Iterable[str]) -> tuple[tuple[str | Blank, ...], frozenset[int]]:
    parts: list[str | Blank] = []
    serials: set[int] = set()
    for text in output:
        if isinstance(text, Piece):
            parts.extend(text.parts)
            serials |= text.serials
        else:
            parts.append(text)
    return tuple(parts), frozenset(serials)


def _refuse(value: Blank | Piece | Watched, *_arguments: object, **_named: object) -> NoReturn:
    value._recording.not_followed()


_OPERATORS = (
    *("__add__", "__radd__", "__mul__", "__rmul__", "__mod__", "__rmod__", "__lt__", "__le__", "__gt__", "__ge__"),
    *("__len__", "__iter__", "__contains__", "__getitem__", "__hash__", "__format__", "__repr__", "__call__"),
    *("__int__", "__float__", "__index__", "__reversed__"),
)
_OF_ANY_OBJECT = {*dir(object), "__getnewargs__"} - {*_OPERATORS, "__eq__", "__ne__"}


def _refuse_the_rest() -> None:
    """Whatever else Python can do with these values is a use that is not followed."""
    for name in _OPERATORS:
        setattr(Blank, name, _refuse)
    for name in {*dir(str), *_OPERATORS} - _OF_ANY_OBJECT | {"__html__"}:
        setattr(Piece, name, _refuse)
    for name in ("__eq__", "__ne__", "__hash__", "__format__", "__repr__", "__str__"):
        setattr(Watched, name, _refuse)
    setattr(Blank, "__getattr__", _refuse)  # noqa: B010  # mypy would take every attribute for known


_refuse_the_rest()
