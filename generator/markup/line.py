"""One line of a Markdown text: what it is, and in which lists, quotes and boxes it stands."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct

from generator.markup import boxes


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    TEXT = auto()
    HEADING = auto()
    RULE = auto()
    TABLE = auto()
    FENCE = auto()  # the opening line of a code block
    CODE = auto()
    FENCE_END = auto()
    INDENTED = auto()  # code because it stands four columns to the right
    FORMULA = auto()
    HTML = auto()
    COMMENT = auto()
    OPENING = auto()  # opens a list item, quote or box and holds nothing else
    MARK = auto()  # the place of a figure
    NOTHING = auto()  # means something to another tool and is not shown


class Holder(Enum):
    """What a container is."""

    QUOTE = auto()
    BULLET = auto()
    NUMBER = auto()
    INDENT = auto()  # a box, footnote or definition whose content is indented by four
    COLONS = auto()  # a box between lines of colons
    ALERT = auto()  # a quote that GitHub shows as a box


class Container(Struct, eq=False):
    """A list item, quote or box that holds lines; one object each, however many lines it holds."""

    holder: Holder
    width: int = 0  # columns that its content stands to the right
    mark: str = ""  # as it was written: "-", "3.", "!!! note", "[^1]:"
    box: boxes.Box | None = None
    colons: int = 0


class Line(Struct, eq=False):
    """One line of a text."""

    kind: Kind
    path: tuple[Container, ...]  # what it stands in, the outermost first
    opened: int  # how many of `path`, from its end, begin on this line
    text: str  # what it holds inside them; of code everything beyond its indentation
    fresh: bool  # whether a new block begins with it
    column: int  # where `text` begins in the line, tabs counted as columns
