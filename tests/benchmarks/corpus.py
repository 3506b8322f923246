"""`python -m tests.benchmarks.corpus DIR --articles 5000`: a newsletter with many articles, to measure with.

The demo company's newsletter is the ground (its pages, 18 departments and a year of figures); on it stand generated
articles, stories, questions and notices of the last six years. The same size and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.demo.write import write as write_exports
from tests.benchmarks.pages import Slot, page
from tests.benchmarks.prose import TITLES, Voice
from tests.benchmarks.vocabulary import vocabulary

ROOT = Path(__file__).parents[2]
SEED = 20261120
BUILD_DAY = "2026-11-20"
"""The day the demo company lives on; nothing generated is younger."""
FIRST_DAY, LAST_DAY = dt.date(2020, 12, 1), dt.date(2026, 11, 12)
LINKED_BACK = 300  # an article links to one of so many before it


def write_corpus(folder: Path, articles: int) -> None:
    """Write a site of the demo's pages and `articles` generated ones into `folder`, which must not have one."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("exports"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    _free_from_last_month(content / "issues")
    write_exports(content / "data" / "exports")
    for path, text in generated(articles):
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")


def _free_from_last_month(issues: Path) -> None:
    """Let issues tell figures of the month before the last one, which a benchmark brings later."""
    for issue in issues.glob("*.md"):
        text = issue.read_text("utf-8").replace("period: 2026-10\n", "period: 2026-09\n")
        issue.write_text(text, "utf-8", newline="\n")


def generated(articles: int) -> Iterator[tuple[str, str]]:
    """Path below `content/` and text of every generated page, the oldest first."""
    words = vocabulary(SEED)
    slots = [_slot(number, articles) for number in range(articles)]
    titles: set[str] = set()
    for slot in slots:
        chance = random.Random(SEED * 100_000 + slot.number)
        voice = Voice(words, chance)
        title = next(title for title in iter(lambda: voice.say(TITLES), None) if title not in titles)  # noqa: B023
        titles.add(title)
        earlier = slots[max(0, slot.number - LINKED_BACK) : slot.number]
        yield slot.path, page(slot, title, earlier, voice, chance)


def _slot(number: int, articles: int) -> Slot:
    """Every tenth page is a story, every fiftieth a question, another fiftieth a notice."""
    share = {1: "story", 5: "faq", 7: "notice"}
    kind = share.get(number % 50 if number % 10 in (5, 7) else number % 10, "article")
    day = FIRST_DAY + (LAST_DAY - FIRST_DAY) * number // articles
    return Slot(number, kind, day)


def main(arguments: list[str]) -> int:
    """Write the corpus; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.corpus")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000, help="how many pages to generate")
    options = parser.parse_args(arguments)
    write_corpus(options.folder, options.articles)
    sys.stdout.write(f"{options.folder}: {options.articles} generated pages, build with --now {BUILD_DAY}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
