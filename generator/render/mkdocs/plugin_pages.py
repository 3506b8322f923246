"""Pages on which other people's plugins work: one by one, or in MkDocs' own loop over all of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from generator.errors import Rejected
from generator.model.finding import Family, Finding, Place, Text
from generator.model.site import Document
from generator.render.mkdocs.chrome import Chrome
from generator.render.mkdocs.looks import Looks
from generator.render.mkdocs.news_page import NewsPage, NewsPages, Render
from generator.render.mkdocs.plugins import listens


class PagesOneByOne:
    """Calls the events of each page as MkDocs would, in whichever process the page is made.

    It is both what renders a content and what makes the page around it: plugins may leave things on a page (`meta`)
    while its content is made, and look for them later. Forked processes inherit the plugins as MkDocs set them up;
    spawned ones would have to be given them, and with them MkDocs' configuration.
    """

    def __init__(self, pages: NewsPages, render: Render, chrome: Chrome, files: Files, looks: Looks) -> None:
        self._pages, self._render, self._chrome, self._files, self._looks = pages, render, chrome, files, looks
        self._changes_context = listens(pages.config, "page_context")
        self._page: NewsPage | None = None

    def render(self, document: Document) -> tuple[str, list[Finding]]:
        config, files, plugins = self._pages.config, self._files, self._pages.config.plugins
        page = self._page = self._pages.of(document, self._render)
        plugins.on_pre_page(page, config=config, files=files)  # which may change the page, not replace it
        if document.slots:
            page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        return page.content, page.findings

    @property
    def looked_at(self) -> frozenset[str]:
        """What plugins looked at for that page, or before any."""
        return frozenset(self._looks.before | (self._page.looked_at if self._page is not None else set()))

    def frame_of(self, document: Document) -> None:
        """Plugins may do anything with the whole page: nothing of it is shared."""

    def page(self, document: Document, content: str) -> str:
        """The whole HTML page of the document that was rendered last. Raises LookupError for any other."""
        page, config = self._page, self._pages.config
        if page is None or page.document.url != document.url:
            raise LookupError(f"{document.url} was not rendered last")
        page.content, page.active = content, True
        if self._changes_context or page.is_changed:
            nav = Navigation([], [])
            output = self._chrome.in_full(
                document,
                page,
                lambda context: config.plugins.on_page_context(context, page=page, config=config, nav=nav),
            )
        else:
            output = self._chrome.page(document, content)
        return config.plugins.on_post_page(output, page=page, config=config)


class PagesInMkDocs:
    """Lets MkDocs itself read and build all pages, so that plugins see them as they are used to.

    Afterwards it hands each page over as MkDocs wrote it.
    """

    def __init__(self, pages: NewsPages, render: Render, documents: Iterable[Document]) -> None:
        self._pages = {document.url: pages.of(document, render) for document in documents}
        self._folder = Path(pages.config.site_dir)

    def add_to(self, files: Files) -> Files:
        return Files([*files, *(page.file for page in self._pages.values())])

    @property
    def looked_at(self) -> tuple[()]:
        """Nothing need be known of pages that are made anew each time."""
        return ()

    @property
    def paths(self) -> frozenset[str]:
        """The pages' files from the site's root."""
        return frozenset(page.file.dest_uri for page in self._pages.values())

    def render(self, document: Document) -> tuple[str, list[Finding]]:
        page = self._pages[document.url]
        return page.content or "", page.findings

    def frame_of(self, document: Document) -> None:
        """Plugins may do anything with the whole page: nothing of it is shared."""

    def page(self, document: Document, content: str) -> str:
        """The file that MkDocs wrote. Raises Rejected when a plugin has taken it away."""
        try:
            return (self._folder / self._pages[document.url].file.dest_uri).read_text(encoding="utf-8")
        except FileNotFoundError:
            raise Rejected([_taken_away(document.url)]) from None


def _taken_away(url: str) -> Finding:
    what = Text(f"ページ `{url}` がプラグインに外されました", f"a plugin has taken the page `{url}` off the site")
    remedy = Text(
        "載せないページは `status: draft` にし、プラグインは外してください",
        "set `status: draft` on pages that stay in, and remove the plugin",
    )
    return Finding(Family.SETTINGS, "page-taken-away", Place("mkdocs.yml"), what, remedy)
