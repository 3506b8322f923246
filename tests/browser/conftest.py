"""One server and one browser for all browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.ensure_chromium import ensure, find_chromium
from tests.browser.served_site import serve


@pytest.fixture(scope="session")
def home(demo_site: Path) -> Iterator[str]:
    """Address of the served front page, with a closing slash."""
    with serve(demo_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without any request of its own."""
    missing = ensure()
    assert missing is None, missing
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        )
        yield chromium
        chromium.close()


class Reader(Protocol):
    """How somebody reads: the options of a Playwright context."""

    def __call__(
        self, *, width: int = 1280, height: int = 800, scheme: str = "light", script: bool = True
    ) -> BrowserContext: ...


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Reader]:
    """Opens a fresh context, as a new reader's browser is; all are closed after the module's tests."""
    opened: list[BrowserContext] = []

    def read(*, width: int = 1280, height: int = 800, scheme: str = "light", script: bool = True) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",  # colours are judged where they end, not on their way
            java_script_enabled=script,
            locale="ja-JP",
        )
        opened.append(context)
        return context

    yield read
    for context in opened:
        context.close()
