"""Rows about people on the disk: sealed with the operator's key where there is one, opened in memory only.

AES-SIV (RFC 5297): nobody without the key reads or changes them, and the same rows give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.model.finding import Text

if TYPE_CHECKING:
    import duckdb
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

KEY_BYTES = 64
_MARK = b"KWB1"


class NoKey(Exception):
    """The key cannot be used; `why` and `remedy` are whole sentences and hold no part of it."""

    def __init__(self, code: str, why: Text, remedy: Text) -> None:
        super().__init__(why.en)
        self.code = code
        self.why = why
        self.remedy = remedy


def key_from(variable: str | None, environ: Mapping[str, str]) -> bytes | None:
    """The key in an environment variable, None where no variable is named; raises NoKey."""
    if variable is None:
        return None
    try:
        key = base64.b64decode(environ.get(variable, ""), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        why = Text(
            f"環境変数 `{variable}` に、取り込んだデータを守る鍵（base64で書いた{KEY_BYTES}バイト）がありません",
            f"`{variable}` holds no key for the stored rows ({KEY_BYTES} bytes in base64)",
        )
        remedy = Text(
            f"`openssl rand -base64 {KEY_BYTES} | tr -d '\\n'` でつくった値を設定してください",
            f"set it to what `openssl rand -base64 {KEY_BYTES} | tr -d '\\n'` makes",
        )
        raise NoKey("bad-key", why, remedy)
    try:
        import cryptography  # noqa: F401  # the extra may be missing; said before anything is pulled
        import fsspec  # noqa: F401
    except ImportError as error:
        why = Text("鍵を使うための部品が入っていません", "what a key is used with is not installed")
        raise NoKey(
            "no-encryption",
            why,
            Text(
                "`pip install 'kawaraban[encryption]'` を実行してください", "run `pip install 'kawaraban[encryption]'`"
            ),
        ) from error
    return key


def fingerprint(key: bytes | None) -> str:
    """What tells one key from another and says nothing of either; empty for none."""
    return "" if key is None else hashlib.sha256(b"kawaraban key\0" + key).hexdigest()[:16]


@contextmanager
def opened(connection: duckdb.DuckDBPyConnection, path: Path, key: bytes | None) -> Iterator[str]:
    """Where `connection` reads the rows of a file as long as the block runs."""
    if key is None or not _is_sealed(path):
        yield str(path)
        return
    with _in_memory(connection, path) as (address, memory, name):
        memory.pipe(name, _cipher(key).decrypt(path.read_bytes()[len(_MARK) :], None))
        yield address


@contextmanager
def closed(connection: duckdb.DuckDBPyConnection, path: Path, key: bytes | None) -> Iterator[str]:
    """Where `connection` writes the rows of a file; they are on the disk at the end of the block."""
    if key is None:
        yield str(path)
        return
    with _in_memory(connection, path) as (address, memory, name):
        yield address
        path.write_bytes(_MARK + _cipher(key).encrypt(memory.cat_file(name), None))


def _is_sealed(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_MARK)) == _MARK


@contextmanager
def _in_memory(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[tuple[str, Any, str]]:
    """A file that exists in this process only, under a name of its own."""
    import fsspec

    memory = fsspec.filesystem("memory")
    name = f"/kawaraban/{hashlib.sha256(str(path).encode()).hexdigest()}.parquet"
    connection.register_filesystem(memory)
    try:
        yield f"memory:/{name}", memory, name
    finally:
        connection.unregister_filesystem("memory")
        if memory.exists(name):
            memory.rm_file(name)


def _cipher(key: bytes) -> AESSIV:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

    return AESSIV(key)
