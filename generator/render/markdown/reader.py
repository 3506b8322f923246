"""Python-Markdown, set up once a process and reused for every text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import markdown
from markdown.preprocessors import Preprocessor
from pymdownx.slugs import slugify
from pymdownx.superfences import SuperFencesBlockPreprocessor

from generator.markup.html_tags import WITH_MARKDOWN
from generator.model.finding import Text
from generator.render.markdown.inline import InlineDialect
from generator.render.markdown.japanese import JapaneseText
from generator.render.markdown.layout import LayoutPreprocessor
from generator.render.markdown.shortcuts import Shortcuts
from generator.render.markdown.simple import SimpleTexts

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


_ALWAYS = ("admonition", "attr_list", "footnotes", "sane_lists", "tables", "pymdownx.details", "pymdownx.superfences")
"""What people expect of Markdown wherever they learnt it, whatever mkdocs.yml says."""

anchor_of = slugify(case="lower")
"""The id of a heading. Python-Markdown's own drop Japanese and count up (`_1`, `_2`): they would move with every edit."""


class MarkdownReader:
    """A Markdown instance that is reset, not rebuilt, between texts: building it costs 14 % of a text."""

    def __init__(self, dialect: MarkdownDialect) -> None:
        configs = {name: dict(values) for name, values in dialect.configs.items()}
        configs.setdefault("toc", {}).setdefault("slugify", anchor_of)
        # `use_align_attribute`: a strict Content-Security-Policy forbids the style attribute.
        configs.setdefault("tables", {}).setdefault("use_align_attribute", True)
        configs.setdefault("footnotes", {}).setdefault("BACKLINK_TITLE", "注 {} の付いた文へ戻る")
        named = dict.fromkeys((*dialect.extensions, "toc", *_ALWAYS))
        self._markdown = markdown.Markdown(
            extensions=[*named, JapaneseText(), InlineDialect()], extension_configs=configs
        )
        self._layout = self._lay_out_first()
        self._leave_templates_alone()
        self._shortcuts = Shortcuts(self._markdown)
        self._simple = SimpleTexts({name: configs.get(name, {}) for name in named})

    def convert(self, text: str, *, is_english: bool = False) -> str:
        """HTML of one text; footnotes, ids and abbreviations of the text before do not leak into it."""
        html = self._simple.html(text)
        return self._converted(text, is_english=is_english) if html is None else html

    def _converted(self, text: str, *, is_english: bool) -> str:
        """HTML of a text that may hold anything."""
        self._markdown.reset()
        self._shortcuts.begin(text)
        self._layout.is_english = is_english
        return self._markdown.convert(text)

    def _leave_templates_alone(self) -> None:
        """attr_list takes any `{…}` at the end of a block for attributes, another generator's `{% endif %}` too."""
        attributes: Any = self._markdown.treeprocessors["attr_list"]
        base = r"\{(?![%{<])\:?[ ]*([^\}\n ][^\n]*)[ ]*\}"
        attributes.HEADER_RE = re.compile(rf"[ ]+{base}[ ]*$")
        attributes.BLOCK_RE = re.compile(rf"\n[ ]*{base}[ ]*$")
        attributes.INLINE_RE = re.compile(rf"^{base}")

    def _lay_out_first(self) -> LayoutPreprocessor:
        """Put our reading of blocks before Python-Markdown's, which then finds only what it knows."""
        preprocessors = self._markdown.preprocessors
        layout = LayoutPreprocessor(self._markdown, preprocessors["fenced_code_block"])
        html = preprocessors["html_block"]
        preprocessors.register(layout, "kawaraban-layout", 26)
        # Under this name superfences looks for its own settings while the layout lets it write a block.
        preprocessors.register(_FencesOnDemand(self._markdown, layout.fences), "fenced_code_block", 25)
        preprocessors.register(_HtmlWhereAsked(self._markdown, html), "html_block", 20)
        return layout


class _FencesOnDemand(Preprocessor):
    """superfences without its own search for fences: the layout has found them all."""

    def __init__(self, md: markdown.Markdown, fences: SuperFencesBlockPreprocessor) -> None:
        super().__init__(md)
        self._fences = fences
        self.get_hl_settings = fences.get_hl_settings

    @property
    def use_pygments(self) -> bool:
        return bool(self._fences.use_pygments)

    def run(self, lines: list[str]) -> list[str]:
        return lines


class _HtmlWhereAsked(Preprocessor):
    """Python-Markdown's own reading of HTML, for texts that use its attribute `markdown`; else CommonMark's holds."""

    def __init__(self, md: markdown.Markdown, html: Preprocessor) -> None:
        super().__init__(md)
        self._html = html

    def run(self, lines: list[str]) -> list[str]:
        asked = any("markdown" in line and WITH_MARKDOWN.search(line) for line in lines)
        return self._html.run(lines) if asked else lines
