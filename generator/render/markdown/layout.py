"""Blocks as `generator.markup.structure` reads them, written down the way Python-Markdown needs them.

Python-Markdown wants a blank line before a list, four columns for what a list item holds, one kind of fence and
its own kind of box. Authors who learnt Markdown on GitHub, Zenn or Qiita write none of that. A text that is
already in Python-Markdown's form stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from msgspec import Struct

from generator.markup import boxes, html_tags
from generator.markup.fences import OPENING, fence_info
from generator.markup.line import Container, Holder, Kind, Line
from generator.markup.structure import structure

_STEP = 4  # columns by which Python-Markdown indents
_WRITTEN_BY = {
    Kind.FENCE: frozenset({Kind.CODE, Kind.FENCE_END}),
    Kind.HTML: frozenset({Kind.HTML}),
    Kind.COMMENT: frozenset({Kind.COMMENT}),
    Kind.FORMULA: frozenset({Kind.FORMULA}),
}
"""Blocks of several lines that are written as a whole, by the kind of their first line."""


class Writers(Struct, frozen=True):
    """How whole blocks are written; each gives the lines that stand for one."""

    fence: Callable[[str, Sequence[str]], list[str]]  # info, lines of code
    html: Callable[[str], list[str]]
    is_english: bool = False


class LayoutPreprocessor(Preprocessor):
    """Brings a text into Python-Markdown's form; code and HTML become placeholders on the way."""

    def __init__(self, md: Markdown, fences: Preprocessor) -> None:
        super().__init__(md)
        self.fences = fences
        self.is_english = False

    def run(self, lines: list[str]) -> list[str]:
        return laid_out(lines, Writers(self._fence, self._html, self.is_english))

    def _fence(self, info: str, code: Sequence[str]) -> list[str]:
        return self.fences.run(canonical_fence(info, code))

    def _html(self, html: str) -> list[str]:
        return [self.md.htmlStash.store(html_tags.with_ids(html_tags.without_unknown(html)))]


def canonical_fence(info: str, code: Sequence[str]) -> list[str]:
    """A code block with the only options superfences knows."""
    told = fence_info(info)
    longest = max((_backticks(line) for line in code), default=0)
    marks = "`" * max(3, longest + 1)
    title = told.title.replace('"', "'")
    options = (("title", title), ("hl_lines", told.marked), ("linenums", told.first_number))
    words = [told.language, *(f'{name}="{value}"' for name, value in options if value)]
    return [f"{marks}{' '.join(word for word in words if word)}", *code, marks]


def _backticks(line: str) -> int:
    bare = line.lstrip(" >")
    return len(bare) - len(bare.lstrip("`"))


def laid_out(lines: Sequence[str], writers: Writers) -> list[str]:
    """`lines` in Python-Markdown's form."""
    out = _Sheet()
    read = structure(lines)
    index = 0
    while index < len(read):
        line = read[index]
        end = index + 1
        if line.kind in _WRITTEN_BY:
            rest = _WRITTEN_BY[line.kind]
            while end < len(read) and read[end].kind in rest and not read[end].fresh:
                end += 1
        elif line.kind is Kind.INDENTED:
            end = _end_of_code(read, index)
        _write(out, line, read[index:end], writers)
        index = end
    return out.lines


def _end_of_code(read: Sequence[Line], start: int) -> int:
    """Where indented code ends; blank lines inside belong to it."""
    end = index = start + 1
    while index < len(read) and (read[index].kind is Kind.BLANK or _goes_on(read[index], read[start])):
        index += 1
        end = end if read[index - 1].kind is Kind.BLANK else index
    return end


def _goes_on(line: Line, code: Line) -> bool:
    return line.kind is Kind.INDENTED and line.path == code.path and not line.opened


def _write(out: _Sheet, line: Line, block: Sequence[Line], writers: Writers) -> None:
    match line.kind:
        case Kind.BLANK:
            out.blank(line)
        case Kind.NOTHING:
            out.drop(line)
        case Kind.FENCE:
            match = OPENING.match(line.text)
            code = [told.text for told in block[1:] if told.kind is Kind.CODE]
            out.block(line, writers.fence(match["info"] if match else "", code))
        case Kind.HTML | Kind.COMMENT:
            out.block(line, writers.html("\n".join(told.text for told in block)))
        case Kind.FORMULA:
            out.block(line, writers.fence("math", [told.text for told in block]))
        case Kind.INDENTED:
            # Below a list or a box Python-Markdown would take indented code for a part of it.
            out.block(line, writers.fence("", [told.text for told in block]))
        case Kind.OPENING if (box := _box(line.path[-1])) is not None:
            out.box(line, box, is_english=writers.is_english)
        case Kind.TABLE:
            out.add(line, _bordered(line.text))
        case _:
            out.add(line, line.text)


def _box(container: Container) -> boxes.Box | None:
    """The box that begins on this line and that Python-Markdown does not know by itself.

    A tab of Material for MkDocs (`=== "macOS"`) needs scripts to be one: it becomes a box with the same title.
    """
    if container.mark.startswith("==="):
        return boxes.Box("example", container.mark.lstrip("=!+ ").strip("\"' "))
    return container.box


def _bordered(row: str) -> str:
    """A row of a table between bars: Python-Markdown wants either all rows so or none."""
    bare = row.strip()
    left = "" if bare.startswith("|") else "| "
    right = "" if bare.endswith("|") and not bare.endswith("\\|") else " |"
    return f"{left}{bare}{right}"


class _Sheet:
    """Lines written so far; knows where a blank line is needed."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._above: Line | None = None  # the last line that is not blank; None at a boundary
        self._is_blank = True
        self._depth = 0  # containers around the first line since the last blank one
        self._is_block = False  # whether a whole block was written last
        self._begins_item = False  # whether the paragraph above is the first of its list item

    def blank(self, line: Line) -> None:
        self.lines.append(_prefix(line.path).rstrip())
        self._is_blank = True
        self._is_block = False

    def drop(self, line: Line) -> None:
        """A line of the author's that shows nothing; what stands around it does not grow together."""
        self._separate(line)

    def add(self, line: Line, text: str) -> None:
        if self._is_block or (self._above is not None and self._needs_blank(self._above, line)):
            self._separate(line)
        if self._is_blank:
            self._depth = len(line.path) - line.opened
        if line.fresh or line.opened:
            self._begins_item = bool(line.opened) and _is_item(line.path[-1])
        self.lines.append(_prefix(line.path, line.opened) + text)
        self._above = line
        self._is_blank = False

    def block(self, line: Line, written: Sequence[str]) -> None:
        """A whole block, apart from what stands around it."""
        opened = line.opened
        if opened and _is_item(line.path[-1]):
            # Python-Markdown reads no block on the line of the list mark: the item begins empty.
            self.add(Line(Kind.OPENING, line.path, opened, "", True, line.column), "")
            opened = 0
        self._separate(line)
        first, *rest = written
        self.lines.append((_prefix(line.path, opened) + first).rstrip())
        self.lines += [(_prefix(line.path) + text).rstrip() for text in rest]
        self._above = line
        self._is_blank = False
        self._is_block = True

    def box(self, line: Line, box: boxes.Box, *, is_english: bool) -> None:
        if not box.kind:
            self._separate(line)
            return
        title = (box.title or boxes.TITLES[box.kind][is_english]).replace('"', "'")
        mark = "???" if box.kind == "details" else "!!!"
        kind = "note" if box.kind == "details" else box.kind
        self._separate(line)
        self.lines.append(f'{_prefix(line.path[:-1], line.opened - 1)}{mark} {kind} "{title}"')
        self._above = line
        self._is_blank = False

    def _needs_blank(self, above: Line, line: Line) -> bool:
        """Whether Python-Markdown would take two lines for one block that are none."""
        if not line.fresh and not line.opened:
            return False
        if above.kind is Kind.OPENING and above.path == line.path[: len(above.path)]:
            return False  # the first line of what was just opened
        if not line.opened:
            return line.path != above.path or line.kind is not Kind.TEXT or above.kind not in (Kind.TEXT, Kind.HEADING)
        parent = line.path[: -line.opened]
        begun = line.path[len(parent)]
        if len(above.path) > len(parent) and above.path[: len(parent)] == parent:
            # What begins deep in a list, Python-Markdown reads up to the next blank line as a part of that depth.
            return len(parent) < self._depth or not _are_siblings(above.path[len(parent)], begun)
        if above.kind is not Kind.TEXT or above.path != parent:
            return True
        return not begun.mark.startswith(":") and not (self._begins_item and _is_item(begun))

    def _separate(self, line: Line) -> None:
        self._is_block = False
        if self._is_blank:
            return
        above = self._above.path if self._above is not None else ()
        shared = tuple(a for a, b in zip(above, line.path, strict=False) if a is b)
        self.lines.append(_prefix(shared).rstrip())
        self._is_blank = True


def _are_siblings(one: Container, other: Container) -> bool:
    """Whether two containers are neighbours that Python-Markdown tells apart by itself."""
    if one.holder is not other.holder:
        return False
    return one.holder in (Holder.BULLET, Holder.NUMBER) or one.mark[:1] == other.mark[:1] in (":", "[")


def _is_item(container: Container) -> bool:
    return container.holder in (Holder.BULLET, Holder.NUMBER)


def _prefix(path: Sequence[Container], opened: int = 0) -> str:
    """What stands before the text of a line; the last `opened` containers begin on it."""
    if not path:
        return ""
    return "".join(_step(container, begins=index >= len(path) - opened) for index, container in enumerate(path))


def _step(container: Container, *, begins: bool) -> str:
    match container.holder:
        case Holder.QUOTE:
            return "> "
        case Holder.COLONS if container.box is not None and not container.box.kind:
            return ""
        case Holder.BULLET | Holder.NUMBER if begins:
            return f"{container.mark} ".ljust(_STEP)
        case Holder.INDENT if begins:
            return f"{container.mark} ".ljust(_STEP) if container.mark[0] in ":[" else container.mark
    return " " * _STEP
