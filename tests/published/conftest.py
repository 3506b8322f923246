"""The expected figures, and every published page parsed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.published.expected import Facts
from tests.published.expected import facts as facts_of
from tests.published.pages import Page, pages_of


@pytest.fixture(scope="session")
def facts(demo_site: Path) -> Facts:
    return facts_of(demo_site.parent / "content" / "data")


@pytest.fixture(scope="session")
def pages(demo_site: Path) -> dict[str, Page]:
    return pages_of(demo_site)
