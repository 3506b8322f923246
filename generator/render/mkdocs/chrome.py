"""A document's content inside the theme's page: masthead, navigation, footer."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Any, cast

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from msgspec import Struct

from generator.model.site import Document, Masthead
from generator.render.mkdocs.blanks import Question, Recording, Watched, question_named
from generator.render.mkdocs.frame_store import FrameStore
from generator.render.mkdocs.frames import Answers, Frame, Frames
from generator.render.mkdocs.guards import install_guards
from generator.render.mkdocs.shell import add_our_theme


class ThemePage(Struct):
    """What Material's templates ask of MkDocs' `page`; plain text, the templates escape it."""

    url: str
    title: str
    content: str
    canonical_url: str | None
    is_homepage: bool
    meta: dict[str, Any] = {}
    toc: tuple[()] = ()
    previous_page: None = None
    next_page: None = None
    edit_url: None = None
    ancestors: tuple[()] = ()
    is_page: bool = True


_SAME_ON_ALL_PAGES = frozenset({"meta", "toc", "previous_page", "next_page", "edit_url", "ancestors", "is_page"})
_SOME_CONTENT = "<p>&amp;</p>"
"""Stands for the content of a page while only what is around it is asked for."""


class _Subject(Struct, frozen=True):
    """One page by the names that templates use."""

    page: ThemePage | Page
    document: Document

    @property
    def path(self) -> tuple[str, ...]:
        return _parts(self.page.url)


def _parts(address: str) -> tuple[str, ...]:
    """Folders and name of an address; like MkDocs, it goes no higher than the root of the site."""
    return tuple(part for part in posixpath.normpath("/" + address.replace("\\", "/")).split("/") if part)


def _place(subject: _Subject) -> Hashable:
    """What no page of a frame may differ in: relative links, and the language whose file is imported."""
    path = subject.path
    return subject.document.lang, len(path), path[:1]


class Chrome:
    """Renders whole pages with the theme's templates; made once a build.

    Templates keep nothing from one page to the next: pages come in any order, and to several processes.
    """

    def __init__(self, env: jinja2.Environment, config: MkDocsConfig, masthead: Masthead) -> None:
        # Globals, because MkDocs renders the error page itself and that page has the masthead too.
        env.globals["masthead"] = masthead
        install_guards(env, _asked_for_its_address)
        self._config = config
        self._masthead = masthead
        self._template = env.get_template("main.html")
        self._same = _SAME_ON_ALL_PAGES if config.site_url else _SAME_ON_ALL_PAGES | {"canonical_url"}
        self._frames = Frames(_question_named("place"), self._recorded, self._whole)

    def page(self, document: Document, content: str) -> str:
        """The whole HTML page of a document whose content is finished."""
        subject = self._subject(document, content)
        frame = self._frames.frame_of(subject)
        return self._whole(subject) if frame is None else frame.filled(subject)

    def __reduce__(self) -> _Remade:
        return _remade_from(self._config, self._masthead)

    def in_full(self, document: Document, page: Page, context: Callable[[TemplateContext], TemplateContext]) -> str:
        """The same by the templates themselves, for a page and a `context` that plugins may have changed."""
        return self._template.render(context(self._context(_Subject(page, document))))

    def frame_of(self, document: Document) -> Frame | None:
        """What is around the content of this document's page, its own words left out.

        None when the templates make something of the words themselves: then only rendering the page tells.
        """
        return self._frames.frame_of(self._subject(document, _SOME_CONTENT))

    def _subject(self, document: Document, content: str) -> _Subject:
        return _subject(document, content, self._config.site_url or "")

    def _whole(self, subject: _Subject) -> str:
        return self._template.render(self._context(subject))

    def _recorded(self, recording: Recording) -> Iterable[str]:
        subject: _Subject = recording.subject
        context = self._context(subject)
        # A frame is asked for before its pages have their content (`frame_of`).
        page = Watched(recording, "page", same=self._same, unknown=frozenset({"content"}))
        document = Watched(recording, "document", same=frozenset({"lang"}), unknown=frozenset())
        for address in (*self._config.extra_css, *self._config.extra_javascript):
            _asked_for_its_address(recording, str(address))  # they stand in the context, relative to the page
        return self._template.root_render_func(
            self._template.new_context({**context, "page": page, "document": document})
        )

    def _context(self, subject: _Subject) -> TemplateContext:
        context = get_context(Navigation([], []), Files([]), self._config, subject.page)  # type: ignore[arg-type]  # duck type
        return with_document(context, subject.document)


def with_document(context: TemplateContext, document: Document) -> TemplateContext:
    """What MkDocs gives to templates, and what ours ask for beside it."""
    return cast(TemplateContext, {**context, "document": document})


def _subject(document: Document, content: str, site_url: str) -> _Subject:
    page = ThemePage(
        url=document.url,
        title=document.title,
        content=content,
        canonical_url=site_url + document.url if site_url else None,
        is_homepage=document.url == "",
    )
    return _Subject(page, document)


class ChromeOnDemand:
    """A chrome whose templates are compiled when the first page needs them: most builds change few pages or none.

    `kept` are the frames of an earlier build under the same templates.
    """

    def __init__(self, config: MkDocsConfig, masthead: Masthead, kept: FrameStore | None = None) -> None:
        self._config = config
        self._masthead = masthead
        self._kept = kept

    def page(self, document: Document, content: str) -> str:
        frame = self._known(document)
        if frame is None:
            return self.ready.page(document, content)
        return frame.filled(self._subject(document, content))

    def frame_of(self, document: Document) -> Frame | None:
        return self._known(document) or self.ready.frame_of(document)

    def _known(self, document: Document) -> Frame | None:
        """The frame that the page had, or that others have which answer the templates in the same way."""
        if self._kept is None:
            return None
        if (frame := self._kept.frame_of(document)) is not None:
            return frame
        subject = self._subject(document, _SOME_CONTENT)
        return next((frame for frame in self._kept.frames if _gives(subject, frame.answers)), None)

    def _subject(self, document: Document, content: str) -> _Subject:
        return _subject(document, content, self._config.site_url or "")

    @cached_property
    def ready(self) -> Chrome:
        return Chrome(self._config.theme.get_env(), self._config, self._masthead)

    def __reduce__(self) -> _Remade:
        return _remade_from(self._config, self._masthead)


_Remade = tuple[Callable[[str, Masthead], ChromeOnDemand], tuple[str, Masthead]]


def _remade_from(config: MkDocsConfig, masthead: Masthead) -> _Remade:
    """How another process comes to a chrome: it reads the configuration file itself.

    What plugins did to the configuration and to the templates' environment does not come along.
    """
    return _remade, (str(config.config_file_path), masthead)


def _remade(config_file: str, masthead: Masthead) -> ChromeOnDemand:
    config = load_config(config_file)
    add_our_theme(config)
    return ChromeOnDemand(config, masthead)


def _asked_for_its_address(recording: Recording, address: str) -> ThemePage | Page:
    """MkDocs makes `address` relative to the page, which looks at the folders that the two share."""
    subject: _Subject = recording.subject
    parts = _parts(address)
    # Pages of a frame share the first folder (`_place`); what lies in another is as far from each of them.
    if len(parts) > 1 and parts[:1] == subject.path[:1]:
        recording.answer(_shared_with(parts))
    return subject.page


def _shared_with(parts: tuple[str, ...]) -> Question:
    def shared(subject: _Subject) -> int:
        return len(posixpath.commonprefix([parts, subject.path]))

    return Question(("shared", parts), shared)


def _question_named(name: Any) -> Question:
    """What the templates asked of a page, by the name under which the answer was kept."""
    match name:
        case "place":
            return Question("place", _place)
        case ("shared", parts):
            return _shared_with(parts)
    return question_named(name)


def _gives(subject: _Subject, answers: Answers) -> bool:
    return all(_question_named(name).ask(subject) == answer for name, answer in answers)
