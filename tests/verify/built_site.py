"""Small built sites: real files, good unless a case spoils them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.model.finding import Finding
from generator.model.page import AssetFile
from generator.model.site import Document, Masthead, Site, Slot
from generator.settings import Settings
from generator.verify import Forbidden, verify

MASTHEAD = Masthead("あさひ野瓦版", "", "情報システム部", None, (), None, None, None)
PNG = b"\x89PNG\r\n\x1a\n picture"


def page(body: str = "<p>本文です。</p>", head: str = "", frame: str = "") -> str:
    """A whole page around an article's `body`; `frame` stands outside the article, as the theme's parts do."""
    return (
        f'<!doctype html>\n<html lang="ja">\n<head><title>題</title>{head}</head>\n'
        f"<body><main><article><h1>題</h1>\n{body}\n</article>{frame}</main></body>\n</html>\n"
    )


class BuiltSite:
    """A folder with a front page, and the `Site` it was made from."""

    def __init__(self, root: Path, site_url: str = "https://news.asahino.example/kawaraban/") -> None:
        self.settings = Settings(root=root, content=root / "content", site_name="瓦版", site_url=site_url)
        self.folder = root / "staging"
        self.site = Site(MASTHEAD, (), (), ())
        self.write("index.html", page())

    def write(self, path: str, content: str | bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def add(self, url: str, html: str, source: str | None = None, markdown: str = "", first_line: int = 1) -> None:
        """A page of the site, from an author's file when `source` is given."""
        self.write(f"{url}index.html", html)
        slots = (Slot(markdown, source, first_line),) if source else ()
        document = Document(url, "story", "題", "", "", slots, source)
        self.site = replace(self.site, documents=(*self.site.documents, document))

    def add_picture(self, url: str) -> None:
        self.write(url, PNG)
        self.site = replace(self.site, assets=(*self.site.assets, AssetFile(url, url, "")))

    def redirect(self, url: str, to: str) -> None:
        self.site = replace(self.site, redirects={**self.site.redirects, url: to})

    def findings(self, forbidden: Forbidden | None = None) -> list[Finding]:
        return verify(self.folder, self.settings, self.site, forbidden or Forbidden())

    def told(self, forbidden: Forbidden | None = None) -> list[str]:
        """Findings as `place code`, enough to compare."""
        return [f"{finding.place} {finding.code}" for finding in self.findings(forbidden)]
