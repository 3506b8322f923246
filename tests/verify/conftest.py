from pathlib import Path

import pytest

from tests.verify.built_site import BuiltSite


@pytest.fixture
def site(tmp_path: Path) -> BuiltSite:
    return BuiltSite(tmp_path)
