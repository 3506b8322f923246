"""What the plan of a newsletter is made from: a build that finds it unchanged takes the plan of before for the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from generator.compose import plan
from generator.compose.uses import BESIDE, MOMENT, TEXT
from generator.effects import Effects
from generator.model.page import PageText
from generator.settings import Settings
from tests.compose.newsroom import SNAPSHOTS, TODAY, at, library, released, whole_newsletter


class Unread(Mapping[str, PageText]):
    """Texts that nobody may ask for."""

    def __getitem__(self, source: str) -> PageText:
        raise AssertionError(f"{source} was read")

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def test_pages_are_planned_without_reading_what_they_say() -> None:
    root = Path("/site")
    settings = Settings(root=root, content=root / "content", site_name="あさひ野瓦版")
    pages = replace(library(whole_newsletter()), texts=Unread())
    newspaper = plan(settings, Effects(clock=lambda: at(TODAY)), pages, released(), SNAPSHOTS)
    assert {page.source for page in pages.pages} <= newspaper.sources.keys()
    assert len(newspaper.addresses.digest) > 0
    assert [name for name in newspaper.desk.uses.names if name.startswith((MOMENT, TEXT, BESIDE))] == []
