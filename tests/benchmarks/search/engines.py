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

    def open(self, page: Page) -> None:
        """Open the search as a reader does who has not typed yet."""

    def ask(self, page: Page, query: str) -> float:
        """Open it if it is not open, and type; milliseconds until the first results are there."""

    def answers(self, page: Page, query: str) -> list[str]:
        """All addresses found, the best first, below the site's home page."""


class Kawaraban:
    """This project's search, as readers use it: typed into the dialog of the masthead."""

    name = "Kawaraban"
    policy = True

    def prepare(self, site: Path) -> None:
        """Nothing: the index is part of the site."""

    def open(self, page: Page) -> None:
        """With its key."""
        page.keyboard.press("/")

    def ask(self, page: Page, query: str) -> float:
        """From the last key to the first results in the dialog."""
        script = """async (query) => {
          const typed = document.querySelector("[data-md-component=search-query]");
          const list = document.querySelector("[data-md-component=search-result] ol");
          const shown = new Promise((resolve, reject) => {
            setTimeout(() => reject(new Error(`no answer to ${query}`)), 30000);
            const observer = new MutationObserver(() => {
              const last = [...list.querySelectorAll("a")].at(-1);
              if (!last || new URL(last.href).searchParams.get("q") !== query) return;
              observer.disconnect();
              resolve();
            });
            observer.observe(list, { childList: true, subtree: true });
          });
          const start = performance.now();
          document.querySelector("[data-md-toggle=search]").checked = true;
          typed.focus();
          typed.value = query;
          typed.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
          await shown;
          return performance.now() - start;
        }"""
        return float(page.evaluate(script, query))

    def answers(self, page: Page, query: str) -> list[str]:
        """From the worker of the results page; in steps, for a browser keeps only so many requests waiting."""
        script = """([home, typed]) => new Promise((resolve, reject) => {
          const worker = (window.resultsWorker ??= new Worker(`${home}assets/kb/search/results-worker.js`));
          let wanted = 0;
          const more = () => {
            wanted += 500;
            worker.postMessage({ typed, wanted, filter: {}, number: 1 });
          };
          worker.onmessage = ({ data }) => {
            if (data.error) reject(new Error(`no answer to ${typed}`));
            else if (data.hits?.length === wanted) more();
            else resolve((data.hits ?? []).map(({ url }) => decodeURIComponent(url)));
          };
          worker.onerror = reject;
          more();
        })"""
        home = page.evaluate(
            "new URL(JSON.parse(document.getElementById('__config').textContent).base + '/', location).href"
        )
        return [str(url) for url in page.evaluate(script, [home, query])]


class Pagefind:
    """Pagefind as its documentation says, over the same part of each page that ours reads."""

    name = "Pagefind"
    policy = False  # WebAssembly, which needs 'wasm-unsafe-eval'

    def prepare(self, site: Path) -> None:
        """Index the articles; their navigation and footers are left out for it."""
        command = [sys.executable, "-m", "pagefind", "--site", str(site), "--root-selector", "article.kb-page"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def open(self, page: Page) -> None:
        """Load its program and its list of indexes, as its documentation advises when a field is entered."""
        page.evaluate("""async () => {
          window.pagefind = await import("/pagefind/pagefind.js");
          await window.pagefind.init();
        }""")

    def ask(self, page: Page, query: str) -> float:
        """Search, and load what is shown of the first results."""
        script = """async ([query, shown]) => {
          const start = performance.now();
          window.pagefind ??= await import("/pagefind/pagefind.js");
          const found = await window.pagefind.search(query);
          await Promise.all(found.results.slice(0, shown).map((result) => result.data()));
          return performance.now() - start;
        }"""
        return float(page.evaluate(script, [query, SHOWN]))

    def answers(self, page: Page, query: str) -> list[str]:
        """Every result's fragment has to be loaded for its address."""
        script = """async (query) => {
          window.pagefind ??= await import("/pagefind/pagefind.js");
          const found = await window.pagefind.search(query);
          const all = await Promise.all(found.results.map((result) => result.data()));
          return all.map((one) => one.url.replace(/^\\//, ""));
        }"""
        return [str(url) for url in page.evaluate(script, query)]
