"""`mkdocs serve`: what it watches, and what it does while a text is wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from generator.model.finding import Text

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.kawaraban")

_STAYS = Text(
    "前のページを表示しています。直して保存すると新しくなります。", "showing the pages of before; save a correction."
)


def watch_what_people_edit(server: LiveReloadServer, content: Path, config: MkDocsConfig) -> None:
    """Build again when a page or one of the site's own templates is saved."""
    server.watch(str(content))
    for folder in config.theme.dirs:
        if Path(folder).name == "theme_overrides":
            server.watch(folder)


def keeping_the_last_good_pages(build: Callable[[], None], language: str) -> Callable[[], None]:
    """MkDocs stops answering when a rebuild fails; the findings are logged already, and the old pages still stand."""

    def build_or_stay() -> None:
        try:
            build()
        except Abort:
            log.warning(_STAYS.in_language(language))

    return build_or_stay
