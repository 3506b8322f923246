"""Where a list item, a quote or a box begins in a line (CommonMark §5, and the boxes of other tools)."""

from __future__ import annotations

import re

from generator.markup import boxes
from generator.markup.line import Container, Holder

_FULL_WIDTH, _ASCII = "０１２３４５６７８９", "0123456789"
ITEM_STARTS = f"-*+{_ASCII}{_FULL_WIDTH}"
"""With one of these an item of a list begins: Japanese keyboards write `１. ` as readily as `1. `."""
ITEM = re.compile(rf"(?:(?P<bullet>[-*+])|(?P<number>[{_ASCII}{_FULL_WIDTH}]{{1,9}})[.)])(?P<space>[ ]*)(?P<rest>.*)$")
_IN_ASCII = str.maketrans(_FULL_WIDTH, _ASCII)
RULE = re.compile(r"(?:\*[ ]*){3,}$|(?:-[ ]*){3,}$|(?:_[ ]*){3,}$")
_INDENTED_BOX = re.compile(r"""(?:!!!|\?\?\?\+?|===[!+]?)[ ]?[\w"'-]""")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,80}\]:")
_DEFINITION = re.compile(r":[ ]{1,3}(?=\S)")


def container_at(bare: str, indent: int, *, interrupts: bool) -> tuple[Container | None, int]:
    """The container that begins here, and how many columns its mark takes."""
    first = bare[0]
    if first == ">":
        used = indent + 1 + (bare[1:2] == " ")
        alert = boxes.ALERT.match(bare[1:].lstrip())
        if alert:
            return Container(Holder.ALERT, box=boxes.alert_box(alert)), indent + len(bare)
        return Container(Holder.QUOTE), used
    if first in ITEM_STARTS:
        return _item(bare, indent, interrupts=interrupts)
    holder = box_at(bare)
    if holder is None:
        return None, 0
    if holder.holder is Holder.COLONS:
        return holder, indent + len(bare)
    return holder, indent + len(holder.mark)


def _item(bare: str, indent: int, *, interrupts: bool) -> tuple[Container | None, int]:
    match = ITEM.match(bare)
    if match is None or (match["rest"] and not match["space"]) or RULE.match(bare):
        return None, 0
    number = (match["number"] or "").translate(_IN_ASCII)
    if interrupts and (not match["rest"] or number not in ("", "1")):
        return None, 0
    mark = match["bullet"] or f"{number}."
    space = len(match["space"])
    used = indent + len(mark) + (space if match["rest"] and 1 <= space <= 4 else 1)
    holder = Holder.BULLET if match["bullet"] else Holder.NUMBER
    return Container(holder, width=used, mark=mark), min(used, indent + len(bare))


def box_at(bare: str) -> Container | None:
    """The box, footnote or definition that begins with this line."""
    match bare[0]:
        case ":":
            if bare.startswith(":::"):
                colons = boxes.COLONS.match(bare)
                box = boxes.colon_box(colons) if colons else None
                return Container(Holder.COLONS, box=box, colons=len(colons["marks"])) if colons and box else None
            definition = _DEFINITION.match(bare)
            return Container(Holder.INDENT, 4, ":") if definition else None
        case "!" | "?" | "=" if _INDENTED_BOX.match(bare):
            return Container(Holder.INDENT, 4, bare)
        case "[":
            footnote = _FOOTNOTE.match(bare)
            return Container(Holder.INDENT, 4, footnote[0]) if footnote else None
    return None
