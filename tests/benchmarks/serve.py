"""`make bench-serve`: how long after a save of an article does a browser show it?"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.contestants import KAWARABAN
from tests.benchmarks.corpus import BUILD_DAY, write_corpus
from tests.benchmarks.process import surroundings
from tests.browser.ensure_chromium import ensure, find_chromium
from tests.loopback import free_port

_SECONDS = 120  # to start, and to show a save
_REST_MS = 1_500  # between two saves, as a person who writes rests


def main(arguments: list[str]) -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(prog="make bench-serve", description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000, help="how many the site has")
    parser.add_argument("--saves", type=int, default=12, help="how often an article is saved")
    options = parser.parse_args(arguments)
    if missing := ensure():
        sys.stderr.write(f"{missing}\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="kawaraban-bench-") as folder:
        corpus = Path(folder)
        write_corpus(corpus, options.articles)
        KAWARABAN.build(corpus)
        with _server(corpus) as address:
            seconds = list(_saves(corpus, address, options.saves))
    told = f"{median(seconds):.2f} s (least {min(seconds):.2f}, most {max(seconds):.2f})"
    sys.stdout.write(f"{options.articles:,} articles, from a save to the browser, {len(seconds)} saves: {told}\n")
    return 0


@contextmanager
def _server(corpus: Path) -> Iterator[str]:
    """`kawaraban serve`, once it answers; its address."""
    port = free_port()
    command = (sys.executable, "-m", "generator.cli", "serve", "--now", BUILD_DAY, "-a", f"127.0.0.1:{port}")
    with tempfile.NamedTemporaryFile() as output:  # a pipe that nobody reads fills up
        server = subprocess.Popen(command, cwd=corpus, env=surroundings(), stdout=output)
        try:
            _wait_for_address(server, Path(output.name))
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(_SECONDS)


def _wait_for_address(server: subprocess.Popen[bytes], output: Path) -> None:
    while "http://" not in output.read_text("utf-8"):
        if server.poll() is not None:
            raise RuntimeError("`kawaraban serve` ended before it answered")
        time.sleep(0.1)


def _saves(corpus: Path, address: str, count: int) -> Iterator[float]:
    """Seconds of each save, of one article after the other, while the browser shows it."""
    articles = sorted((corpus / "content" / "articles").rglob("article-*.md"))[-count:]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-background-networking"]
        )
        page = chromium.new_page()
        for number, article in enumerate(articles):
            place = article.relative_to(corpus / "content").with_suffix("").as_posix()
            page.goto(f"{address}{place}/", wait_until="load")
            page.wait_for_timeout(_REST_MS)
            yield _shown(page, article, f"保存の{number}回目です。")
        chromium.close()


def _shown(page: Page, article: Path, sentence: str) -> float:
    """Save the article with one sentence more, and wait until it is on the page."""
    text = f"{article.read_text('utf-8')}\n{sentence}\n"
    start = time.perf_counter()
    article.write_text(text, "utf-8", newline="\n")
    # Looked for in every frame that is drawn: a locator would look every half second after the first quarter of one.
    shown = "sentence => document.body?.innerText.includes(sentence)"
    page.wait_for_function(shown, arg=sentence, polling="raf", timeout=_SECONDS * 1000)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
