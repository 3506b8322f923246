"""Bytes to text: strict UTF-8, LF line ends, NFC, within limits, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

from generator.model.finding import Finding, Place, Text
from generator.read.characters import judge_characters, without_removable
from generator.read.reporting import error, warning

MAX_PAGE_BYTES = 2_000_000
MAX_LINE_BYTES = 64_000  # Python-Markdown is quadratic in some long lines: 10 s for 8,000 `[`

_BOM = b"\xef\xbb\xbf"
_UTF_16_BOMS = (b"\xff\xfe", b"\xfe\xff")
# A picture, a definition of one, or an <img>, whose address is the picture itself; written so that no part of it
# can be matched in two ways.
_EMBEDDED = re.compile(
    r"""!\[(?P<alt>[^\[\]\n]{0,300})\]\(\s*<?data:[^()\s]*[^()\n]{0,300}\)"""
    r"""|^[ ]{0,3}\[[^\[\]\n]{1,200}\]:[ ]*<?data:.*$|<img\b[^<>]{0,300}?\ssrc=["']?data:[^<>]*>"""
)
_DATA = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]{1000,}")  # in code, a style sheet of a page
_KANA = re.compile("[ぁ-んァ-ヶー、。]")


def decode(data: bytes, path: str) -> tuple[str | None, list[Finding]]:
    """The text of a page as its author meant it; None when it cannot be read at all.

    A byte order mark is dropped, CRLF and CR become LF, and the text is NFC. Columns in findings count
    characters of the line before normalisation, which is what an editor shows.
    """
    text, findings = _text_of(data, path)
    if text is None:
        return None, findings
    findings = [*_long_lines(text, path), *judge_characters(text, path)]
    if findings:
        # Normalising hostile text can be slow, and its positions no longer agree with the file.
        return None, findings
    return unicodedata.normalize("NFC", text), []


def decode_article(data: bytes, path: str) -> tuple[str | None, list[Finding]]:
    """As `decode`, for a page from elsewhere that it refused: what nobody misses is left out, with a warning each.

    None, without findings, when that does not make it a page.
    """
    text, _ = _text_of(data, path)
    if text is None:
        return None, []
    text, removed = without_removable(text, path)
    text, pictures = _without_embedded_pictures(text, path)
    if _long_lines(text, path) or judge_characters(text, path):
        return None, []
    return unicodedata.normalize("NFC", text), [*removed, *pictures]


def _text_of(data: bytes, path: str) -> tuple[str | None, list[Finding]]:
    if len(data) > MAX_PAGE_BYTES:
        return None, [_too_large(path)]
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as failure:
        return None, [_not_utf8(data, failure, path)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _without_embedded_pictures(text: str, path: str) -> tuple[str, list[Finding]]:
    """`text` without the pictures that are written into its long lines; their words stay."""
    findings = []
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if _is_too_long(line) and "data:" in line:
            lines[index] = _DATA.sub("data:", _EMBEDDED.sub(lambda match: match["alt"] or "", line))
            findings.append(_embedded(Place(path, index + 1)))
    return "\n".join(lines), findings


def _embedded(place: Place) -> Finding:
    return warning(
        "embedded-picture",
        place,
        Text(
            "本文に埋め込まれた画像（`data:`）が大きすぎるため、取り除いて掲載します",
            "a picture written into the text (`data:`) is too large and is left out",
        ),
        Text("画像をファイルとして原稿の横に置いてください", "put the picture beside the page as a file"),
    )


def _too_large(path: str) -> Finding:
    return error(
        "page-too-large",
        Place(path),
        Text(
            f"ページが大きすぎます（上限は {MAX_PAGE_BYTES:,} バイト）",
            f"the page is too large (the limit is {MAX_PAGE_BYTES:,} bytes)",
        ),
        Text(
            "ページを分けるか、大きな表は CSV ファイルにして添付してください",
            "split the page, or attach a large table as a CSV file",
        ),
    )


def _not_utf8(data: bytes, failure: UnicodeDecodeError, path: str) -> Finding:
    had_bom = data.startswith(_BOM)
    offset = failure.start + (len(_BOM) if had_bom else 0)
    before = failure.object[: failure.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    place = Place(path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    byte = f"0x{data[offset]:02x}"
    looks_like = probable_encoding(data)
    hint_ja = f"。{looks_like} で保存されているようです" if looks_like else ""
    hint_en = f"; it looks like {looks_like}" if looks_like else ""
    return error(
        "not-utf-8",
        place,
        Text(
            f"UTF-8として読めません（ファイルの先頭から {offset} バイト目の `{byte}`）{hint_ja}",
            f"not UTF-8 (byte `{byte}` at offset {offset}){hint_en}",
        ),
        Text("エディターの文字コードで UTF-8 を選び、保存し直してください", "save the file again as UTF-8"),
    )


def probable_encoding(data: bytes) -> str | None:
    """The encoding that bytes seem to be in, for a hint in a message; never used to read them."""
    if data.startswith(_UTF_16_BOMS) or data[:400].count(0) > len(data[:400]) // 4:
        return "UTF-16"
    scores = {name: _japanese_share(data, name) for name in ("cp932", "euc_jp")}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 0 else None


def _japanese_share(data: bytes, encoding: str) -> float:
    """How much of `data` is kana and Japanese punctuation when read as `encoding`; 0 when it cannot be."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    return len(_KANA.findall(text)) / max(len(text), 1)


def _long_lines(text: str, path: str) -> list[Finding]:
    if not _may_be_too_long(text):  # so are most pages as a whole
        return []
    return [_too_long(number, path) for number, line in enumerate(text.split("\n"), start=1) if _is_too_long(line)]


def _is_too_long(line: str) -> bool:
    return _may_be_too_long(line) and len(line.encode("utf-8")) > MAX_LINE_BYTES


def _may_be_too_long(text: str) -> bool:
    """Whether a line of so many characters can have too many bytes: they take at most 4 each."""
    return len(text) * 4 > MAX_LINE_BYTES


def _too_long(number: int, path: str) -> Finding:
    return error(
        "line-too-long",
        Place(path, number),
        Text(
            f"1行が長すぎます（上限は {MAX_LINE_BYTES:,} バイト）",
            f"the line is too long (the limit is {MAX_LINE_BYTES:,} bytes)",
        ),
        Text(
            "改行を入れてください。画像を埋め込んでいるなら、ファイルとして横に置いてください",
            "break the line; put an embedded picture beside the page as a file",
        ),
    )
