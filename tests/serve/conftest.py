"""One served site for all tests that only save, and leave what they found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.served import Served, serve


@pytest.fixture(scope="package")
def served(built_small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    site = Path(shutil.copytree(built_small_site, tmp_path_factory.mktemp("served") / "tayori"))
    with serve(site) as running:
        yield running
