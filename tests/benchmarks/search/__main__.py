"""`make bench-search`: ask a built site 200 questions in Chromium, and say how it answered."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.contestants import KAWARABAN
from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.search.engines import Engine, Kawaraban, Pagefind
from tests.benchmarks.search.queries import Query, queries
from tests.benchmarks.search.served import served
from tests.benchmarks.search.site import pages_of, truth
from tests.browser.ensure_chromium import ensure, find_chromium
from tests.browser.served_site import strict_policy

ENGINES: dict[str, Engine] = {"kawaraban": Kawaraban(), "pagefind": Pagefind()}


@dataclass(frozen=True)
class Answer:
    """What came of a question asked first in a fresh browser, and of one asked next."""

    query: Query
    held: frozenset[str]
    """The truth."""
    found: Sequence[str]
    first_bytes: int
    first_ms: float
    next_bytes: int
    next_ms: float

    @property
    def recall(self) -> float:
        """Of the pages that hold the text, how many were found."""
        return len(self.held.intersection(self.found)) / len(self.held)


def main(arguments: list[str]) -> int:
    """Ask and print; return the exit code."""
    parser = argparse.ArgumentParser(prog="make bench-search", description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000, help="how many the site has")
    parser.add_argument("--only", choices=ENGINES, help="one engine")
    options = parser.parse_args(arguments)
    if missing := ensure():
        sys.stderr.write(f"{missing}\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="kawaraban-bench-") as folder:
        write_corpus(Path(folder), options.articles)
        KAWARABAN.build(Path(folder))
        _ask_engines([options.only] if options.only else list(ENGINES), Path(folder) / "site")
    return 0


def _ask_engines(names: list[str], site: Path) -> None:
    pages = list(pages_of(site))
    asked = queries(pages)
    folded = [(page.address, page.folded) for page in pages]
    held = {query.text: truth(folded, query.text) for query in asked}
    titles = {page.address: page.title for page in pages}
    start = next(page.address for page in pages if page.address.startswith("articles/"))
    for name in names:
        answers = _ask_all(ENGINES[name], site, asked, held, start)
        sys.stdout.write(f"{_report(ENGINES[name], answers, titles)}\n\n")
        sys.stdout.flush()


def _ask_all(
    engine: Engine, site: Path, asked: list[Query], held: dict[str, frozenset[str]], start: str
) -> list[Answer]:
    """All questions, each in a context of its own as a new reader's browser is, on a copy of the site."""
    with tempfile.TemporaryDirectory(prefix="kawaraban-search-") as folder, sync_playwright() as playwright:
        copy = Path(folder) / "site"
        shutil.copytree(site, copy, copy_function=_link)
        engine.prepare(copy)
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        )
        answers = list(_answers(engine, copy, chromium, asked, held, start))
        chromium.close()
    return answers


def _answers(
    engine: Engine, site: Path, chromium: Browser, asked: list[Query], held: dict[str, frozenset[str]], start: str
) -> Iterator[Answer]:
    with served(site, strict_policy(site) if engine.policy else None) as (home, counter):
        for query, following in zip(asked, [*asked[1:], asked[0]], strict=True):
            context = chromium.new_context()
            page = context.new_page()
            page.goto(home + start, wait_until="networkidle")
            counter.take()
            first_ms, first_bytes = engine.ask(page, query.text), counter.take()
            found = engine.answers(page)
            counter.take()
            next_ms, next_bytes = engine.ask(page, following.text), counter.take()
            context.close()
            yield Answer(query, held[query.text], found, first_bytes, first_ms, next_bytes, next_ms)


def _link(source: str, target: str) -> None:
    """A copy that costs nothing; an engine adds files and changes none."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def _report(engine: Engine, answers: list[Answer], titles: Mapping[str, str]) -> str:
    """Recall by kind, and what a question costs."""
    lines = [
        f"### {engine.name}, {len(answers)} questions",
        "",
        "| | recall | all found | found beside |",
        "|---|---|---|---|",
    ]
    kinds = dict.fromkeys(answer.query.kind for answer in answers)
    lines += [_row(kind, [answer for answer in answers if answer.query.kind == kind]) for kind in kinds]
    typed = [answer for answer in answers if answer.query.kind == "titles"]
    come_first = sum(titles.get(answer.found[0]) == answer.query.text for answer in typed if answer.found)
    first_kb, next_kb = ([getattr(a, name) / 1000 for a in answers] for name in ("first_bytes", "next_bytes"))
    first_ms, next_ms = ([getattr(a, name) for a in answers] for name in ("first_ms", "next_ms"))
    lines += [
        _row("all", answers),
        "",
        f"- the page whose title is typed comes first: {come_first} of {len(typed)}",
        f"- first question: {_spread(first_kb)} KB, {_spread(first_ms)} ms",
        f"- next question: {_spread(next_kb)} KB, {_spread(next_ms)} ms",
    ]
    missed = [f"`{answer.query.text}` {answer.recall:.0%}" for answer in answers if answer.recall < 1]
    return "\n".join([*lines, *([f"- missed: {', '.join(missed[:20])}"] if missed else [])])


def _spread(costs: list[float]) -> str:
    """Median, and what one in twenty exceeds, and the most."""
    return f"{median(costs):.0f} (one in twenty {quantiles(costs, n=20)[-1]:.0f}, most {max(costs):.0f})"


def _row(kind: str, answers: list[Answer]) -> str:
    recall = sum(answer.recall for answer in answers) / len(answers)
    complete = sum(answer.recall == 1 for answer in answers)
    beside = sum(len(set(answer.found) - answer.held) for answer in answers)
    return f"| {kind} | {recall:.1%} | {complete} of {len(answers)} | {beside} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
