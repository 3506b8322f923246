"""The demo, measured by DuckDB once for every engine to be compared with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.measure.engines.elsewhere import Demo, pulled_demo


@pytest.fixture(scope="session")
def demo(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return pulled_demo(tmp_path_factory.mktemp("demo-here"), demo_site.parent / "content" / "data" / "exports")
