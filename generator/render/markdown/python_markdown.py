"""Python-Markdown, set up once a process and reused for every text that is not simple."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import markdown
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import SuperFencesBlockPreprocessor

from generator.markup.html_tags import WITH_MARKDOWN
from generator.render.markdown.inline import InlineDialect
from generator.render.markdown.japanese import JapaneseText
from generator.render.markdown.layout import LayoutPreprocessor
from generator.render.markdown.shortcuts import Shortcuts


class PythonMarkdown:
    """An instance that is reset, not rebuilt, between texts: building it costs 14 % of a text.

    `extensions` are all that read the site's Markdown, each with its options.
    """

    def __init__(self, extensions: Mapping[str, dict[str, Any]]) -> None:
        self._markdown = markdown.Markdown(
            extensions=[*extensions, JapaneseText(), InlineDialect()], extension_configs=extensions
        )
        self._layout = self._lay_out_first()
        self._leave_templates_alone()
        self._count_in_ascii()
        self._shortcuts = Shortcuts(self._markdown)

    def html(self, text: str, *, is_english: bool) -> str:
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

    def _count_in_ascii(self) -> None:
        """It takes any script's digits for a list's number and writes them into `start`, where only ASCII is HTML."""
        for name in ("olist", "ulist"):
            items: Any = self._markdown.parser.blockprocessors[name]
            for attribute in ("RE", "CHILD_RE", "INDENT_RE"):
                setattr(items, attribute, re.compile(getattr(items, attribute).pattern, re.ASCII))

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
