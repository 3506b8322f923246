"""What several folders of tests share: the demo newsletter is built once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo_site import build_demo


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; its content/ lies beside it. Read only."""
    return build_demo(tmp_path_factory.mktemp("demo"))
