"""How each search is asked in a browser."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Page

SHOWN = 10  # results that a reader sees at once


class Engine(Protocol):
    """A search over a built site."""

    name: str
    policy: bool
    """Whether it works under the strict policy that is recommended to operators."""

    def prepare(self, site: Path) -> None:
        """Build the index into the site's folder, if the site's own build did not."""

    def ask(self, page: Page, query: str) -> float:
        """Milliseconds until the first results are there."""

    def answers(self, page: Page) -> list[str]:
        """All addresses found for the last query, the best first, below the site's home page."""


class Pagefind:
    """Pagefind as its documentation says, over the same part of each page that ours reads."""

    name = "Pagefind"
    policy = False  # WebAssembly, which needs 'wasm-unsafe-eval'

    def prepare(self, site: Path) -> None:
        """Index the articles; their navigation and footers are left out for it."""
        command = [sys.executable, "-m", "pagefind", "--site", str(site), "--root-selector", "article.kb-page"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def ask(self, page: Page, query: str) -> float:
        """Search, and load what is shown of the first results."""
        script = """async ([query, shown]) => {
          const start = performance.now();
          window.pagefind ??= await import("/pagefind/pagefind.js");
          window.found = await window.pagefind.search(query);
          await Promise.all(window.found.results.slice(0, shown).map((result) => result.data()));
          return performance.now() - start;
        }"""
        return float(page.evaluate(script, [query, SHOWN]))

    def answers(self, page: Page) -> list[str]:
        """Every result's fragment has to be loaded for its address."""
        script = """async () => {
          const all = await Promise.all(window.found.results.map((result) => result.data()));
          return all.map((one) => one.url.replace(/^\\//, ""));
        }"""
        return [str(url) for url in page.evaluate(script)]
