"""What reads all texts of a site: most are written directly, the others by Python-Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from pymdownx.slugs import slugify

from generator.model.finding import Text
from generator.render.markdown.simple import SimpleTexts

if TYPE_CHECKING:
    from generator.render.markdown.python_markdown import PythonMarkdown

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


class MarkdownDialect(Struct, frozen=True):
    """Which extensions read the authors' Markdown, as mkdocs.yml declares them."""

    extensions: Sequence[str] = ()
    configs: Mapping[str, Mapping[str, Any]] = {}


_ALWAYS = ("admonition", "attr_list", "footnotes", "sane_lists", "tables", "pymdownx.details", "pymdownx.superfences")
"""What people expect of Markdown wherever they learnt it, whatever mkdocs.yml says."""

anchor_of = slugify(case="lower")
"""The id of a heading. Python-Markdown's own drop Japanese and count up (`_1`, `_2`): they would move with every edit."""


class MarkdownReader:
    """Reads one text after the other."""

    def __init__(self, dialect: MarkdownDialect) -> None:
        configs = {name: dict(values) for name, values in dialect.configs.items()}
        configs.setdefault("toc", {}).setdefault("slugify", anchor_of)
        # `use_align_attribute`: a strict Content-Security-Policy forbids the style attribute.
        configs.setdefault("tables", {}).setdefault("use_align_attribute", True)
        configs.setdefault("footnotes", {}).setdefault("BACKLINK_TITLE", "注 {} の付いた文へ戻る")
        named = dict.fromkeys((*dialect.extensions, "toc", *_ALWAYS))
        self._extensions = {name: configs.get(name, {}) for name in named}
        self._simple = SimpleTexts(self._extensions)

    def convert(self, text: str, *, is_english: bool = False) -> str:
        """HTML of one text; footnotes, ids and abbreviations of the text before do not leak into it."""
        html = self._simple.html(text)
        return self._python_markdown.html(text, is_english=is_english) if html is None else html

    @cached_property
    def _python_markdown(self) -> PythonMarkdown:
        # Here because it takes a twentieth of a build that makes one page, and most texts do without.
        from generator.render.markdown.python_markdown import PythonMarkdown

        return PythonMarkdown(self._extensions)
