"""File names that would not survive: on Windows, in a shell, in an address."""

from __future__ import annotations

import re
import unicodedata

from generator.markup.forbidden import escaped, forbidden
from generator.model.finding import Finding, Place, Text
from generator.read.reporting import error

MAX_NAME_BYTES = 240  # file systems take 255; ".html", ".xml" and the like are put behind names
MAX_PATH_BYTES = 900  # below content/; macOS takes 1,024 for a whole path, and the site lies in some folder
_WRITTEN_BELOW = "/index.html"

_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|CLOCK\$|COM[0-9¹²³]|LPT[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_NOT_UTF8 = re.compile("[\udc80-\udcff]")  # what Python makes of the bytes
_PLAIN = re.compile(r"[0-9a-z][0-9a-z_-]{0,79}(?:\.[0-9a-z]{1,9})?")
_LINE_BREAK = re.compile(r"[\n\t]")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\]')


def suffix_of(name: str) -> str:
    """The ending of a file's name in lower case, with its dot; "" when it has none, or nothing before it."""
    stem, dot, suffix = name.rpartition("/")[2].rpartition(".")
    return f".{suffix.lower()}" if dot and stem and suffix else ""


def shown_name(name: str) -> str:
    """A name as messages show it: NFC, with what cannot be seen written as an escape."""
    return escaped(unicodedata.normalize("NFC", name))


def judge_name(name: str, place: Place) -> list[Finding]:
    """Why a file or folder cannot keep its name; at most one finding."""
    why = _objection(name)
    if why is None:
        return []
    return [
        error(
            "file-name",
            place,
            why,
            Text(
                "英数字・日本語・ハイフンの短い名前に変えてください（例: `sales-east.md`）",
                "give it a short name of letters, digits and hyphens, like `sales-east.md`",
            ),
        )
    ]


def judge_length(source: str, place: Place) -> list[Finding]:
    """Why a file cannot lie so deep under such names; `source` is its path below content/."""
    if len(f"{source}{_WRITTEN_BELOW}".encode("utf-8", "surrogateescape")) <= MAX_PATH_BYTES:
        return []
    return [
        error(
            "file-name",
            place,
            Text(
                f"フォルダー名とファイル名を合わせて {MAX_PATH_BYTES} バイト（日本語で約 300 文字）を超えます",
                f"the names of its folders and its own make more than {MAX_PATH_BYTES} bytes",
            ),
            Text(
                "フォルダー名を短くするか、浅い場所に移してください",
                "shorten the folders' names, or nest it less deeply",
            ),
        )
    ]


def _objection(name: str) -> Text | None:
    if _PLAIN.fullmatch(name) and not _DEVICES.fullmatch(name):
        return None  # as most are; tens of thousands are judged in every build
    if _NOT_UTF8.search(name):
        return Text("ファイル名が UTF-8 ではありません", "the file name is not UTF-8")
    if match := forbidden(name) or _LINE_BREAK.search(name):
        point = f"U+{ord(match[0]):04X}"
        return Text(
            f"ファイル名に、改行や見えない文字（`{point}`）が入っています",
            f"the file name holds a line break or an invisible character (`{point}`)",
        )
    if len(unicodedata.normalize("NFC", name).encode("utf-8")) > MAX_NAME_BYTES:
        return Text(
            f"ファイル名が {MAX_NAME_BYTES} バイト（日本語で約 80 文字）を超えています",
            f"the file name is longer than {MAX_NAME_BYTES} bytes",
        )
    if name.startswith("-"):
        return Text(
            "ファイル名が `-` で始まっています。命令の指定と取り違えられます",
            "the file name begins with `-` and would be taken for an option",
        )
    if name.endswith((".", " ")):
        return Text(
            "ファイル名が `.` か空白で終わっています。Windows では扱えません",
            "the file name ends in `.` or a space, which Windows cannot handle",
        )
    if _DEVICES.fullmatch(name):
        return Text(
            "`CON` や `NUL` などは、Windows が機器の名前に使います",
            "Windows keeps names like `CON` and `NUL` for devices",
        )
    if match := _NOT_ON_WINDOWS.search(name):
        return Text(
            f"ファイル名の `{match[0]}` は、Windows では使えません", f"Windows cannot have `{match[0]}` in a file name"
        )
    return None
