"""The text of a file under content/data, or why it cannot be had."""

from __future__ import annotations

import stat
from pathlib import Path

from generator.model.finding import Family, Finding, Place, Text

LARGEST = 4_000_000
"""Bytes. A list of ten thousand departments has one; more is an export in the wrong place."""


def read_declared_text(path: Path, shown: str, family: Family = Family.DATA) -> tuple[str | None, list[Finding]]:
    """Read a file that people keep in UTF-8, with LF line ends; None without a finding where there is no such file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None, [_not_a_file(shown, family)]
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except FileNotFoundError:
        return None, []
    except OSError as error:
        return None, [_unreadable(shown, family, error)]
    if len(content) > LARGEST:
        return None, [_too_large(shown, family)]
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), []
    except UnicodeDecodeError as error:
        return None, [_wrong_encoding(shown, family, content, error.start)]


def _not_a_file(shown: str, family: Family) -> Finding:
    what = Text(
        "フォルダーか特殊なファイルなので、読めません", "this is a folder or a special file, and cannot be read"
    )
    remedy = Text("同じ名前の、普通のファイルを置いてください", "put an ordinary file of that name there")
    return Finding(family, "unreadable", Place(shown), what, remedy)


def _unreadable(shown: str, family: Family, error: OSError) -> Finding:
    reason = error.strerror or type(error).__name__
    what = Text(f"このファイルを開けません（{reason}）", f"this file cannot be opened: {reason}")
    remedy = Text("読み取りの権限を確かめてください", "check the permissions")
    return Finding(family, "unreadable", Place(shown), what, remedy)


def _too_large(shown: str, family: Family) -> Finding:
    limit = LARGEST // 1_000_000
    what = Text(f"このファイルは大きすぎます（上限は{limit} MB）", f"this file is larger than {limit} MB")
    remedy = Text(
        "設定だけを残し、データは別のファイルにしてください", "leave only the settings in it; data go elsewhere"
    )
    return Finding(family, "too-large", Place(shown), what, remedy)


def _wrong_encoding(shown: str, family: Family, content: bytes, offset: int) -> Finding:
    what = Text(f"UTF-8として読めません（先頭から{offset}バイト目）", f"not UTF-8 at byte {offset}")
    remedy = Text("UTF-8（Excelなら「CSV UTF-8」）で保存し直してください", "save it as UTF-8 (in Excel: “CSV UTF-8”)")
    return Finding(family, "wrong-encoding", Place(shown, content.count(b"\n", 0, offset) + 1), what, remedy)
