"""Python-Markdown, set up once a process and reused for every text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.slugs import slugify

from generator.model.finding import Text

_CJK = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK_BETWEEN = re.compile(f"(?<=[{_CJK}])\n(?=[{_CJK}])")
_VERBATIM = frozenset({"pre", "code", "script", "style"})

UNFIT_EXTENSIONS: Mapping[str, Text] = {
    "pymdownx.betterem": Text(
        "`**「太字」**` のような日本語の強調が効かなくなる", "it breaks emphasis beside Japanese brackets"
    ),
    "pymdownx.mark": Text("日本語の括弧の隣で `==` が効かない", "its `==` fails beside Japanese brackets"),
    "pymdownx.tilde": Text("日本語の括弧の隣で `~~` が効かない", "its `~~` fails beside Japanese brackets"),
    "pymdownx.caret": Text("日本語の括弧の隣で `^^` が効かない", "its `^^` fails beside Japanese brackets"),
    "pymdownx.snippets": Text(
        "記事の外のファイルが紙面に出るおそれがある", "files from outside the content could reach the site"
    ),
    "pymdownx.b64": Text(
        "記事の外のファイルが紙面に出るおそれがある", "files from outside the content could reach the site"
    ),
}
"""Extensions that a site may not use, and why (measured; see the guide)."""


@dataclass(frozen=True, slots=True)
class MarkdownDialect:
    """Which extensions read the authors' Markdown, as mkdocs.yml declares them."""

    extensions: Sequence[str] = ()
    configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class MarkdownReader:
    """A Markdown instance that is reset, not rebuilt, between texts: building it costs 14 % of a text."""

    def __init__(self, dialect: MarkdownDialect) -> None:
        configs = {name: dict(values) for name, values in dialect.configs.items()}
        # Python-Markdown's own slugs drop Japanese and count up (`_1`, `_2`): anchors would move with every edit.
        configs.setdefault("toc", {}).setdefault("slugify", slugify(case="lower"))
        self._markdown = markdown.Markdown(extensions=[*dialect.extensions, _JapaneseText()], extension_configs=configs)

    def convert(self, text: str) -> str:
        """HTML of one text; footnotes, ids and abbreviations of the text before do not leak into it."""
        self._markdown.reset()
        return self._markdown.convert(text)


class _JapaneseText(Extension):
    """What Japanese authors write and Python-Markdown does not know."""

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
    joined = _BREAK_BETWEEN.sub("", before[-1:] + text + after)
    return joined[len(before[-1:]) : len(joined) - len(after)]
