"""Sites that several folders of tests share, each built once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from generator.scaffold import create_site
from tests.commands import SMALL_DAY, build_here
from tests.demo_site import build_demo
from tests.examples import few
from tests.mariadb.ensure_mariadb import what_is_missing as what_mariadb_misses
from tests.mariadb.server import MariaDB, running_mariadb
from tests.postgres.ensure_postgres import what_is_missing as what_postgres_misses
from tests.postgres.server import Postgres, running_postgres

# Machines that run tests are shared and slow at times: how long an example takes says nothing about the code.
settings.register_profile("kawaraban", few(100), deadline=None)
settings.load_profile("kawaraban")


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built demo newsletter; its content/ lies beside it. Read only."""
    return build_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def built_small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as `kawaraban init` makes it, and built. Read only."""
    folder = tmp_path_factory.mktemp("small") / "tayori"
    create_site(folder, title="ためし便り", today=date.fromisoformat(SMALL_DAY))
    done = build_here(folder)
    assert done.code == 0, done.said
    return folder


@pytest.fixture
def small_site(built_small_site: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copytree(built_small_site, tmp_path / "tayori", symlinks=True))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL server for all tests of a run; they are skipped where none can be started."""
    if (missing := what_postgres_misses()) is not None:
        pytest.skip(f"NOT TESTED AGAINST POSTGRESQL: {missing}")
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDB]:
    """A real MariaDB server for all tests of a run; they are skipped where none can be started."""
    if (missing := what_mariadb_misses()) is not None:
        pytest.skip(f"NOT TESTED AGAINST MARIADB: {missing}")
    with running_mariadb() as server:
        yield server
