"""A page of the newsletter as plugins know pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from msgspec import Struct
from msgspec.structs import replace

from generator.model.finding import Finding
from generator.model.site import Document, Slot
from generator.settings import NAME

Render = Callable[[Document], tuple[str, list[Finding]]]
"""HTML of a document's content, and what is wrong with its authors' texts."""


class NewsPage(Page):
    """MkDocs' page, but written by us: its text is judged before a plugin sees it, and rendered by our renderer.

    What plugins do to the HTML is not sanitised: whoever installs a plugin trusts it. The finished page is judged as
    any other.
    """

    findings: list[Finding]
    """What is wrong with its authors' texts; known once it is rendered."""

    def __init__(
        self, document: Document, file: File, front: Mapping[str, Any], render: Render, config: MkDocsConfig
    ) -> None:
        super().__init__(document.title, file, config)
        self.document = document
        self.meta = dict(front)
        self.toc = TableOfContents([])
        self.markdown = document.slots[0].markdown if document.slots else ""
        self.findings = []
        self.looked_at: set[str] = set()
        self._front = front
        self._render = render

    @property
    def url(self) -> str:
        """As our templates print it, which is not percent-encoded."""
        return "" if self.file.url == "./" else self.file.url

    @property
    def is_changed(self) -> bool:
        """Whether a plugin has left something on it for the templates."""
        return self.title != self.document.title or self.meta != self._front

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing is left to read."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Its content, from Markdown that plugins have worked on. A few pages have several authors' texts."""

        def worked_on(slot: Slot) -> Slot:
            markdown = config.plugins.on_page_markdown(slot.markdown, page=self, config=config, files=files)
            return replace(slot, markdown=markdown)

        first, others = self.document.slots[:1], self.document.slots[1:]
        slots = [*(replace(slot, markdown=self.markdown or "") for slot in first), *map(worked_on, others)]
        self.content, self.findings = self._render(replace(self.document, slots=tuple(slots)))


class NewsPages(Struct, frozen=True):
    """Makes them. `front_of` gives the front matter of an author's file in the folder `content`."""

    config: MkDocsConfig
    content: Path
    front_of: Callable[[str], Mapping[str, Any]]

    def of(self, document: Document, render: Render) -> NewsPage:
        front = self.front_of(document.source) if document.source else {}
        return NewsPage(document, self._file_of(document), front, render, self.config)

    def _file_of(self, document: Document) -> File:
        file = File(
            document.source or f"{document.url}index.md",
            str(self.content) if document.source else None,
            self.config.site_dir,
            use_directory_urls=True,
            dest_uri=f"{document.url}index.html",
            # A navigation of all pages on all pages is what makes other sites slow.
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        file.url = document.url or "./"
        file.generated_by = None if document.source else NAME
        return file
