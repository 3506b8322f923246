"""A PostgreSQL cluster of its own: in a temporary folder, on a free port of this machine, with a password."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.loopback import free_port
from tests.postgres.ensure_postgres import find_programs

PASSWORD = "Tr0ub4dor-kept-out-of-sight"  # noqa: S105 (of a server that lives as long as the tests)


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    port: int

    @property
    def address(self) -> str:
        """Its superuser's address, as SQLAlchemy reads it."""
        return f"postgresql://postgres:{PASSWORD}@127.0.0.1:{self.port}/postgres"

    def execute(self, *statements: str) -> None:
        """Run statements, each in a transaction of its own."""
        import psycopg

        with psycopg.connect(self.address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server, and stop it in the end."""
    programs = find_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="kawaraban-postgres-"))
    try:
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        _give_away(folder)
        data = folder / "data"
        _run(
            *(programs / "initdb", "--pgdata", data, "--username", "postgres", "--pwfile", folder / "password"),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync"),
        )
        port = free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off -c max_connections=20"
        control = (programs / "pg_ctl", "--pgdata", data)
        _run(*control, "-w", "-o", options, "-l", folder / "log", "start")
        try:
            yield Postgres(port)
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _give_away(folder: Path) -> None:
    """Let the user `postgres` have the folder where we are root, as whom no server starts."""
    if os.geteuid() == 0:
        for path in (folder, folder / "password"):
            shutil.chown(path, "postgres", "postgres")


def _run(*command: str | Path) -> None:
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # No pipes: the server would hold them open for as long as it runs.
    subprocess.run([*as_postgres, *command], check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
