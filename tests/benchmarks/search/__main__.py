"""`make bench-search`: ask a built site 200 questions in Chromium, and say how it answered."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from tests.benchmarks.contestants import KAWARABAN
from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.search.engines import Engine, Kawaraban, Pagefind
from tests.benchmarks.search.queries import queries
from tests.benchmarks.search.readers import Desk, chromium
from tests.benchmarks.search.report import Answer, report
from tests.benchmarks.search.served import served
from tests.benchmarks.search.site import PageText, pages_of, truth
from tests.browser.ensure_chromium import ensure
from tests.contracts.guide_servers import strict_policy

ENGINES: dict[str, Engine] = {"kawaraban": Kawaraban(), "pagefind": Pagefind()}
One = TypeVar("One")


def main(arguments: list[str]) -> int:
    """Ask and print; return the exit code."""
    parser = argparse.ArgumentParser(prog="make bench-search", description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000, help="how many the site has")
    parser.add_argument("--only", choices=ENGINES, help="one engine")
    parser.add_argument("--round-trip", type=int, default=0, metavar="MS", help="how far away the site is")
    options = parser.parse_args(arguments)
    if missing := ensure():
        sys.stderr.write(f"{missing}\n")
        return 1
    names = [options.only] if options.only else list(ENGINES)
    with tempfile.TemporaryDirectory(prefix="kawaraban-bench-") as folder:
        sys.stderr.write(f"writing and building {options.articles:,} articles ...\n")
        write_corpus(Path(folder), options.articles)
        KAWARABAN.build(Path(folder))
        pages = list(pages_of(Path(folder) / "site"))
        for name in names:
            sys.stdout.write(f"{_asked(ENGINES[name], Path(folder) / 'site', pages, options.round_trip)}\n\n")
            sys.stdout.flush()
    return 0


def _asked(engine: Engine, site: Path, pages: list[PageText], round_trip: int) -> str:
    """All questions to one search, on a copy of the site so many milliseconds away; returns the report."""
    asked = queries(pages)
    start = next(page.address for page in pages if page.address.startswith("articles/"))
    with tempfile.TemporaryDirectory(prefix="kawaraban-search-") as folder:
        copy = Path(shutil.copytree(site, Path(folder) / "site", copy_function=_link))
        engine.prepare(copy)
        policy = strict_policy() if engine.policy else None
        with served(copy, policy, round_trip / 1000) as (home, counter), chromium() as browser:
            desk = Desk(browser, home + start, counter)
            costs = _counted("first and next questions", desk.costs(engine, asked), len(asked))
            half = asked[::2]
            opened = _counted("questions to the opened search", desk.costs_when_open(engine, half), len(half))
            found = _counted("answers", desk.answers(engine, asked), len(asked))
    folded = [(page.address, page.folded) for page in pages]
    answers = [
        Answer(query, truth(folded, query.text), addresses, cost)
        for query, addresses, cost in zip(asked, found, costs, strict=True)
    ]
    heading = f"{engine.name}, {len(pages):,} pages, {round_trip} ms away"
    return report(heading, answers, opened, {page.address: page.title for page in pages})


def _counted(what: str, steps: Iterable[One], total: int) -> list[One]:
    """Every step, counted on a line of standard error."""
    done: list[One] = []
    for step in steps:
        done.append(step)
        sys.stderr.write(f"\r{what}: {len(done)} of {total}")
        sys.stderr.flush()
    sys.stderr.write("\n")
    return done


def _link(source: str, target: str) -> None:
    """A copy that costs nothing; an engine adds files and changes none."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
