"""Small built sites: real files, good unless a case spoils them."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from generator.model.finding import Finding
from generator.model.page import AssetFile, PageText
from generator.model.site import Document, Masthead, Site, Slot
from generator.settings import Settings
from generator.verify import FileJudge, Forbidden, Origin, SiteJudge, Sources, findings, leak_problems
from generator.verify.address import file_of
from generator.verify.folder import BuiltFolder, link_out_problems

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
        pictures = frozenset(asset.url for asset in self.site.assets)
        judge = FileJudge.of(self.settings, forbidden or Forbidden(), pictures)
        folder = BuiltFolder.scan(self.folder)
        documents = {file_of(document.url): document for document in self.site.documents}
        foreign = {path for path, document in documents.items() if any(slot.is_foreign for slot in document.slots)}
        without_text = {"404.html", *map(file_of, self.site.redirects)}
        verdicts = {
            path: judge.judge(path, folder.read(path), is_foreign=path in foreign, has_text=path not in without_text)
            for path in folder.files
        }
        facts = {path: verdict.facts for path, verdict in verdicts.items() if verdict.facts is not None}
        site = SiteJudge(folder.files, facts, foreign)
        stylesheets = {path: verdict.loads for path, verdict in verdicts.items() if verdict.loads}
        met = {text for verdict in verdicts.values() for text in verdict.met}
        problems = [
            *link_out_problems(folder),
            *(problem for verdict in verdicts.values() for problem in verdict.problems),
            *site.whole(script for told in facts.values() for script in told.inline_scripts),
            *site.links(facts, stylesheets),
            *(leak_problems(met, ((path, folder.read(path)) for path in folder.files)) if met else ()),
        ]
        return findings(problems, self._sources(documents))

    def _sources(self, documents: dict[str, Document]) -> Sources:
        slots = [slot for document in documents.values() for slot in document.slots]
        texts = {slot.source: PageText(slot.markdown, slot.first_line) for slot in slots}
        origins = {
            path: Origin(document.source, tuple(slot.source for slot in document.slots))
            for path, document in documents.items()
        }
        return Sources(self.settings, origins, texts)

    def told(self, forbidden: Forbidden | None = None) -> list[str]:
        """Findings as `place code`, enough to compare."""
        return [f"{finding.place} {finding.code}" for finding in self.findings(forbidden)]
