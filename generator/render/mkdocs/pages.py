"""All pages and files of a newsletter, written into one folder."""

from __future__ import annotations

import html
import multiprocessing
import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import jinja2

from generator.effects import Progress
from generator.errors import EngineFailed
from generator.model.address import relative
from generator.model.finding import Family, Finding, Place, Text
from generator.model.site import Document, Site
from generator.render.body import BodyRenderer
from generator.render.mkdocs.chrome import Chrome

_TITLE = Text("ページを作成", "rendering")
_FEW = 50
"""Below so many pages, starting worker processes costs more than it saves."""


class PageRenderer:
    """Renders one document after another into a folder; one in each process."""

    def __init__(self, body: BodyRenderer, chrome: Chrome, folder: Path) -> None:
        self._body = body
        self._chrome = chrome
        self._folder = folder

    def render(self, document: Document) -> list[Finding]:
        """Write one page; returns what is wrong with its authors' texts or with the theme around them."""
        content, findings = self._body.render(document)
        try:
            page = self._chrome.page(document, content)
        except jinja2.TemplateError as error:
            return [*findings, bad_theme(error)]
        _write(self._folder, f"{document.url}index.html", page.encode())
        return findings


def write_pages(documents: Sequence[Document], renderer: PageRenderer, jobs: int, progress: Progress) -> list[Finding]:
    """Render all documents with `jobs` processes; the bytes are the same whatever their number."""
    total = len(documents)
    if jobs == 1 or total < _FEW or "fork" not in multiprocessing.get_all_start_methods():
        rendered = progress.track(map(renderer.render, documents), _TITLE, total)
        return [finding for findings in rendered for finding in findings]
    # Forked processes inherit the renderer with its compiled templates; nothing of it is copied or pickled.
    context = multiprocessing.get_context("fork")
    with context.Pool(jobs, initializer=_inherit, initargs=(renderer,)) as pool:
        rendered = progress.track(pool.imap(_render_in_worker, documents, chunksize=25), _TITLE, total)
        return [finding for findings in rendered for finding in findings]


_inherited: list[PageRenderer] = []
"""The renderer of this worker process; multiprocessing gives functions no other way to find it."""


def _inherit(renderer: PageRenderer) -> None:
    _inherited[:] = [renderer]


def _render_in_worker(document: Document) -> list[Finding]:
    return _inherited[0].render(document)


def write_files(site: Site, folder: Path) -> None:
    """Put everything that is not a page beside the pages: pictures, data, feeds, permanent addresses."""
    for asset in site.assets:
        with open(asset.path, "rb", opener=_open_no_link) as picture:
            _write(folder, asset.url, picture.read())
    for file in site.files:
        _write(folder, file.url, file.content)
    for url, target_url in sorted(site.redirects.items()):
        _write(folder, f"{url}index.html", _redirect_page(relative(target_url, url)).encode())


def bad_theme(error: jinja2.TemplateError) -> Finding:
    name = getattr(error, "name", None) or "main.html"
    return Finding(
        Family.SETTINGS,
        "bad-theme",
        Place(f"theme_overrides/{name}", getattr(error, "lineno", None) or 0),
        Text(f"テーマのテンプレートを使えません（{error}）", f"a template of the theme cannot be used: {error}"),
        Text(
            "custom_dir のテンプレートか、mkdocs.yml の theme の設定（language など）を直してください",
            "correct the template in custom_dir, or the theme's settings (such as language) in mkdocs.yml",
        ),
    )


def _write(folder: Path, url: str, content: bytes) -> None:
    """Write one file of the site; an address can never lead out of its folder, whatever it was made from."""
    if ".." in PurePosixPath(url).parts or url.startswith("/"):
        raise EngineFailed(f"the address {url!r} leads out of the site")
    path = folder / url
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _open_no_link(path: str, flags: int) -> int:
    """Pictures were judged as plain files; one that has become a link since is not followed."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def _redirect_page(target: str) -> str:
    link = html.escape(target)
    return (
        '<!doctype html>\n<html lang="ja"><head><meta charset="utf-8"><title>移動しました</title>'
        f'<meta http-equiv="refresh" content="0; url={link}"><link rel="canonical" href="{link}"></head>'
        f'<body><h1>移動しました</h1><p><a href="{link}">こちらへ移動しました</a></p></body></html>\n'
    )
