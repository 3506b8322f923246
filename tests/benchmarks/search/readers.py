"""Two hundred readers, each with a browser that has never seen the site, and what each question costs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.search.engines import Engine
from tests.benchmarks.search.queries import Query
from tests.benchmarks.search.served import Counter
from tests.browser.ensure_chromium import find_chromium


@dataclass(frozen=True)
class Cost:
    """Of one question."""

    bytes: int
    ms: float


@dataclass(frozen=True)
class Costs:
    """What a reader pays who types in the moment in which the search is opened, and then asks for something else."""

    first: Cost
    """With all that opening the search loads."""
    following: Cost


@dataclass(frozen=True)
class Opened:
    """What a reader pays who opens the search and types when everything is there that opening loads."""

    opening: int  # bytes
    first: Cost


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; a new reader has a new context in it, with nothing in its cache."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", *quiet])
        yield browser
        browser.close()


@dataclass(frozen=True)
class Desk:
    """Where readers sit: a browser, the page that they are reading, and what is sent to them."""

    browser: Browser
    page: str
    """Its address."""
    counter: Counter

    @contextmanager
    def reader(self) -> Iterator[Page]:
        """A new reader, who reads until everything of the page is there."""
        context = self.browser.new_context()
        page = context.new_page()
        page.goto(self.page, wait_until="load")
        self.counter.take_when_quiet()
        yield page
        context.close()

    def costs(self, engine: Engine, asked: Sequence[Query]) -> Iterator[Costs]:
        """Each question to a new reader, who asks the one behind it next."""
        for query, following in zip(asked, [*asked[1:], asked[0]], strict=True):
            with self.reader() as page:
                yield Costs(self._ask(engine, page, query), self._ask(engine, page, following))

    def costs_when_open(self, engine: Engine, asked: Sequence[Query]) -> Iterator[Opened]:
        """Each question to a new reader, who opens the search a while before."""
        for query in asked:
            with self.reader() as page:
                engine.open(page)
                yield Opened(self.counter.take_when_quiet(), self._ask(engine, page, query))

    def _ask(self, engine: Engine, page: Page, query: Query) -> Cost:
        ms = engine.ask(page, query.text)  # nothing is under way when the results are there
        return Cost(self.counter.take(), ms)

    def answers(self, engine: Engine, asked: Sequence[Query]) -> Iterator[Sequence[str]]:
        """Everything that is found for each question, by one reader: who asks makes no difference to it."""
        with self.reader() as page:
            for query in asked:
                yield engine.answers(page, query.text)
