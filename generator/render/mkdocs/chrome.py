"""A document's content inside the theme's page: masthead, navigation, footer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from generator.model.site import Document, Masthead


@dataclass(slots=True)
class ThemePage:
    """What Material's templates ask of MkDocs' `page`; plain text, the templates escape it."""

    url: str
    title: str
    content: str
    canonical_url: str | None
    is_homepage: bool
    meta: dict[str, Any] = field(default_factory=dict)
    toc: tuple[()] = ()
    previous_page: None = None
    next_page: None = None
    edit_url: None = None
    ancestors: tuple[()] = ()
    is_page: bool = True


class Chrome:
    """Renders whole pages with the theme's templates; made once a build."""

    def __init__(self, env: jinja2.Environment, config: MkDocsConfig, masthead: Masthead) -> None:
        # Globals, because MkDocs renders the error page itself and that page has the masthead too.
        env.globals["masthead"] = masthead
        self._config = config
        self._template = env.get_template("main.html")

    def page(self, document: Document, content: str) -> str:
        """The whole HTML page of a document whose content is finished."""
        site_url = self._config.site_url or ""
        page = ThemePage(
            url=document.url,
            title=document.title,
            content=content,
            canonical_url=site_url + document.url if site_url else None,
            is_homepage=document.url == "",
        )
        context = get_context(Navigation([], []), Files([]), self._config, page)  # type: ignore[arg-type]  # duck type
        return self._template.render({**context, "document": document})
