"""Bytes to text in the declared encoding, strictly, with a hint when they look like another one."""

from __future__ import annotations

import codecs
from typing import Literal

from generator.model.finding import Text
from generator.pull.formats.compound_file import SIGNATURE
from generator.pull.problems import Problems

Encoding = Literal["utf-8", "cp932", "utf-16"]

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode(content: bytes, encoding: Encoding, problems: Problems) -> str | None:
    """Read `content` as text without its byte order mark; None and a problem when it is something else."""
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        what = Text("空のファイルです。0人という意味にはなりません", "the file is empty; that does not mean 0")
        problems.add("empty-file", what, Text("もう一度書き出してください", "export it again"))
        return None
    if _is_workbook(content):
        _tell_workbook(problems)
        return None
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    if marked not in {None, encoding}:
        _tell_other(encoding, str(marked), "BOM", problems)
        return None
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        _tell_undecodable(content, encoding, error, problems)
        return None
    if encoding == "cp932" and not content.isascii() and _is(content, "utf-8"):
        _tell_other(encoding, "utf-8", "", problems)  # decodes by chance, as mojibake
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        what = Text("NUL文字があります", "there is a NUL character")
        problems.add("nul", what, Text("壊れたファイルです。書き出し直してください", "export it again"), line=line)
        return None
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:9].lower().startswith(("<!doctype", "<html")):
        what = Text(
            "データではなくHTMLのページです（ログイン画面など）",
            "an HTML page, such as a sign-in form, in place of data",
        )
        problems.add("html-page", what, Text("サインインしてから書き出し直してください", "sign in and export it again"))
        return None
    return text


def _is_workbook(content: bytes) -> bool:
    """Whether it is an .xlsx or .xls, whatever its name says."""
    is_new = content.startswith(b"PK\x03\x04") and b"xl/" in content  # other zip archives begin alike
    return is_new or content.startswith(SIGNATURE)


def _tell_workbook(problems: Problems) -> None:
    what = Text("CSVではなくExcelのブックです", "this is an Excel workbook, not text")
    remedy = Text(
        "Excelで開き、「CSV UTF-8」で保存し直してください（`kind: csv` の資料なら、`kind: excel` にしても読めます）",
        "open it in Excel and save it as “CSV UTF-8” (a source of `kind: csv` can be of `kind: excel` instead)",
    )
    problems.add("workbook-as-text", what, remedy)


def _is(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _looks_like(content: bytes, declared: str) -> str | None:
    """Another encoding that fits. UTF-16 shows in its zeros; almost anything can be decoded as it."""
    if content[:2000].count(0) * 4 >= len(content[:2000]):
        return "utf-16"
    return next((name for name in ("utf-8", "cp932") if name != declared and _is(content, name)), None)


def _tell_undecodable(content: bytes, encoding: str, error: UnicodeDecodeError, problems: Problems) -> None:
    line = content.count(b"\n", 0, error.start) + 1
    other = _looks_like(content, encoding)
    hint = Text(f"。{other} のようです", f"; it looks like {other}") if other else Text("", "")
    what = Text(
        f"{encoding} として読めません（{line}行目、先頭から{error.start}バイト目）{hint.ja}",
        f"not {encoding}: row {line}, byte {error.start}{hint.en}",
    )
    remedy = (
        Text(f"sources.yml の `encoding` を `{other}` にしてください", f"set `encoding: {other}` in sources.yml")
        if other
        else Text("文字コードを指定して書き出し直してください", "export it again in a known encoding")
    )
    problems.add("wrong-encoding", what, remedy, line=line)


def _tell_other(encoding: str, other: str, sign: str, problems: Problems) -> None:
    why = Text("先頭のBOM" if sign else "中身の並び", "byte order mark" if sign else "bytes")
    what = Text(
        f"`encoding` は {encoding} ですが、{why.ja}から見ると {other} です",
        f"declared {encoding}, but judging by its {why.en} it is {other}",
    )
    remedy = Text(f"sources.yml の `encoding` を `{other}` にしてください", f"set `encoding: {other}` in sources.yml")
    problems.add("wrong-encoding", what, remedy)
