"""A MariaDB of its own: in a temporary folder, on a free port of this machine, with a password."""

from __future__ import annotations

import getpass
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.loopback import free_port
from tests.mariadb.ensure_mariadb import find_program

PASSWORD = "c0rrect-h0rse-out-of-sight"  # noqa: S105 (of a server that lives as long as the tests)
_SECONDS = 60  # a busy machine takes long to start it


@dataclass(frozen=True)
class MariaDB:
    """A running server."""

    port: int

    def address(self, kind: str = "mariadb") -> str:
        """The address of its user, who may do everything; `kind` is `mariadb` or `mysql`."""
        return f"{kind}://kawaraban:{PASSWORD}@127.0.0.1:{self.port}/test"

    def execute(self, *statements: str) -> list[tuple[object, ...]]:
        """Run statements; returns the rows of the last one."""
        import pymysql

        connected = pymysql.connect(
            host="127.0.0.1", port=self.port, user="kawaraban", password=PASSWORD, database="test", autocommit=True
        )
        with closing(connected) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall())


@contextmanager
def running_mariadb() -> Iterator[MariaDB]:
    """Start a server, and stop it in the end."""
    folder = Path(tempfile.mkdtemp(prefix="kawaraban-mariadb-"))
    server = None
    try:
        (folder / "first.sql").write_text(
            "CREATE DATABASE test CHARACTER SET utf8mb4;\n"
            f"CREATE USER kawaraban@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';\n"
            "GRANT ALL ON *.* TO kawaraban@'127.0.0.1';\n",
            encoding="utf-8",
        )
        data = (f"--datadir={folder / 'data'}", f"--user={getpass.getuser()}")
        _prepare(*data)
        port = free_port()
        server = subprocess.Popen(
            [
                *(_program("mariadbd"), "--no-defaults", *data, f"--init-file={folder / 'first.sql'}"),
                *("--bind-address=127.0.0.1", f"--port={port}", f"--socket={folder / 'socket'}"),
                *(f"--pid-file={folder / 'pid'}", "--skip-log-bin", "--innodb-flush-log-at-trx-commit=0"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        running = MariaDB(port)
        _wait_for(running, server)
        yield running
    finally:
        if server is not None:
            server.kill()
            server.wait()
        shutil.rmtree(folder)


def _prepare(*data: str) -> None:
    """Make the server's own tables. Raises RuntimeError with what `mariadb-install-db` says when it fails."""
    command = (_program("mariadb-install-db"), "--no-defaults", *data, "--skip-test-db")
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise RuntimeError(f"mariadb-install-db ended with {done.returncode}:\n{done.stdout.strip()}")


def _wait_for(running: MariaDB, server: subprocess.Popen[bytes]) -> None:
    import pymysql

    for _ in range(_SECONDS * 10):
        assert server.poll() is None, "MariaDB ended as soon as it was started"
        try:
            running.execute("SELECT 1")
        except pymysql.MySQLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"MariaDB does not answer within {_SECONDS} seconds")


def _program(name: str) -> str:
    found = find_program(name)
    assert found is not None
    return found
