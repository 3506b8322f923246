"""What Japanese authors write and Python-Markdown does not know."""

from __future__ import annotations

import re
from itertools import zip_longest
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

CJK = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Members of a character class: between two of them a line break is no space."""
_BREAK_BETWEEN = f"(?<=[{CJK}])\n[ ]*(?=[{CJK}])"  # takes 2 ms to compile, and many builds need it nowhere
_VERBATIM = frozenset({"pre", "code", "script", "style"})


class JapaneseText(Extension):
    """Line breaks and voices."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (Python-Markdown's own name)
        # After `inline` (priority 20) has turned the text into elements.
        md.treeprocessors.register(_Voices(md), "kawaraban-voices", 16)
        md.treeprocessors.register(_JoinLines(md), "kawaraban-line-breaks", 15)


class _Voices(Treeprocessor):
    """A quoted paragraph whose last line is `— 名前（役割）` is somebody's voice: the line names the speaker."""

    def run(self, root: Element) -> None:
        for quote in root.iter("blockquote"):
            for paragraph in quote.iter("p"):
                if self._name_speaker(paragraph):
                    quote.set("class", "kb-voice")

    def _name_speaker(self, paragraph: Element) -> bool:
        holder = paragraph[-1] if len(paragraph) else None
        text = (paragraph.text if holder is None else holder.tail) or ""
        words, dash, speaker = text.rpartition("\n— ")
        if not dash or "\n" in speaker:
            return False
        if holder is None:
            paragraph.text = words
        else:
            holder.tail = words
        SubElement(paragraph, "cite").text = AtomicString(f"— {speaker}")
        return True


class _JoinLines(Treeprocessor):
    """Japanese has no spaces: a line break inside a sentence must not become one."""

    def run(self, root: Element) -> None:
        for parent in root.iter():
            if parent.tag in _VERBATIM:
                continue
            children = list(parent)
            if "\n" not in "".join([parent.text or "", *(child.tail or "" for child in children)]):
                continue
            parent.text = _joined("", parent.text, children[0] if children else None)
            for child, following in zip_longest(children, children[1:]):
                child.tail = _joined(_text_of(child), child.tail, following)


def _text_of(element: Element) -> str:
    return "".join(element.itertext())


def _joined(before: str, text: str | None, following: Element | None) -> str | None:
    """`text` without the line breaks that stand between Japanese characters, its neighbours' included."""
    if not text or "\n" not in text:
        return text
    after = "" if following is None else _text_of(following)[:1]
    joined = re.sub(_BREAK_BETWEEN, "", before[-1:] + text + after)
    return joined[len(before[-1:]) : len(joined) - len(after)]
