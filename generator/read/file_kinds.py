"""Which kinds of file may lie in content/, and whether a file is what its name says."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from generator.model.finding import Finding, Place, Severity, Text
from generator.model.page import Sides
from generator.read.metadata import WITHOUT_METADATA, Damaged
from generator.read.reporting import error, warning
from generator.read.sides import SIDES

MAX_FILE_BYTES = 20_000_000
MAX_SIDE = 12_000  # pixels
MAX_PIXELS = 60_000_000
HEAD_BYTES = 1_000_000  # enough to know a PDF or CSV

PAGE = ".md"
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"})
DOWNLOADS = frozenset({".pdf", ".csv"})
ALLOWED = frozenset({PAGE}) | PICTURES | DOWNLOADS

_CAN_RUN = Text("読者のブラウザーで動くプログラムを含められる", "can hold programs that run in readers' browsers")
_CAN_HIDE = Text("見えないシートやマクロを含められる", "can hold hidden sheets and macros")
_SECRETS = frozenset({".pem", ".key", ".p12", ".pfx", ".crt", ".env"})
_REASONS: dict[str, tuple[Text, Text]] = {
    **dict.fromkeys(
        (".html", ".htm", ".xhtml", ".js", ".mjs", ".css", ".xml", ".swf"),
        (_CAN_RUN, Text("内容を Markdown（`.md`）に書き直してください", "write its content as Markdown (`.md`)")),
    ),
    ".svg": (_CAN_RUN, Text("PNG か WebP に書き出して置いてください", "export it as PNG or WebP")),
    **dict.fromkeys(
        (".xlsx", ".xlsm", ".xls", ".docx", ".docm", ".doc", ".pptx", ".ppt"),
        (_CAN_HIDE, Text("PDF か CSV に書き出して置いてください", "export it as PDF or CSV")),
    ),
    **dict.fromkeys(
        sorted(_SECRETS),
        (
            Text("鍵や証明書かもしれない", "may be a key or a certificate"),
            Text(
                "すぐに content の外へ移し、公開済みなら鍵を取り替えてください",
                "move it out of content at once; replace the key if it was ever public",
            ),
        ),
    ),
    **dict.fromkeys(
        (".heic", ".heif", ".bmp", ".tif", ".tiff", ".psd", ".ico"),
        (
            Text("多くのブラウザーで表示できない", "is a picture that many browsers cannot show"),
            Text("JPEG、PNG か WebP に書き出してください", "export it as JPEG, PNG or WebP"),
        ),
    ),
    **dict.fromkeys(
        (".markdown", ".mdx", ".mkd", ".txt"),
        (
            Text("原稿として読めない拡張子の", "has an extension that is not read as a page"),
            Text("Markdown の原稿なら、拡張子を `.md` に変えてください", "rename it to `.md` if it is a Markdown page"),
        ),
    ),
}
_UNKNOWN = (
    Text("公開してよいか判断できない", "is of a kind nobody has judged safe to publish"),
    Text(
        "content の外へ移してください。置けるのは `.md`、画像（`.png` `.jpg` `.webp` `.gif` `.avif`）、`.pdf`、`.csv` です",
        "move it out of content; `.md`, pictures (`.png` `.jpg` `.webp` `.gif` `.avif`), `.pdf` and `.csv` may stay",
    ),
)


class _Format(Struct, frozen=True):
    name: str
    suffixes: tuple[str, ...]  # the usual one first
    fits: Callable[[bytes], bool]


_FORMATS = (
    _Format("PNG", (".png",), lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    _Format("JPEG", (".jpg", ".jpeg"), lambda head: head.startswith(b"\xff\xd8\xff")),
    _Format("GIF", (".gif",), lambda head: head[:6] in (b"GIF87a", b"GIF89a")),
    _Format("WebP", (".webp",), lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    _Format("AVIF", (".avif",), lambda head: head[4:12] in (b"ftypavif", b"ftypavis")),
    _Format("PDF", (".pdf",), lambda head: head.startswith(b"%PDF-")),
)


def refuse_kind(suffix: str, place: Place) -> Finding:
    """The finding for a file whose extension is not allowed."""
    why, remedy = _REASONS.get(suffix, _UNKNOWN)
    shown = f"`{suffix}`" if suffix else ""
    return error(
        "file-type",
        place,
        Text(
            f"{why.ja}ファイル（{shown or '拡張子なし'}）は置けません",
            f"a {shown} file {why.en}" if shown else f"a file without an extension {why.en}",
        ),
        remedy,
    )


def may_be_secret(suffix: str) -> bool:
    """Whether a file of this kind must be moved away, and not only be passed over."""
    return suffix in _SECRETS


def pass_over(suffix: str, count: int, first: Place) -> Finding:
    """The finding for files of a kind that articles from elsewhere bring along and that no site gets."""
    why, remedy = _REASONS.get(suffix, _UNKNOWN)
    kind = f"`{suffix}`" if suffix else ""
    return warning(
        "file-type",
        first,
        Text(
            f"{why.ja}ファイル（{kind or '拡張子なし'}、{count} 個）は公開しません",
            f"{count} files ({kind or 'without an extension'}) are passed over: each {why.en}",
        ),
        remedy,
    )


def without_metadata(suffix: str, content: bytes) -> bytes:
    """What is published of a file: of a picture nothing but the picture, of a download all.

    Raises Damaged when it is no picture, or none whose parts can be told apart.
    """
    if suffix not in PICTURES:
        return content
    actual = _format_of(content)
    if actual is None or actual.name not in WITHOUT_METADATA:
        raise Damaged
    return WITHOUT_METADATA[actual.name](content)


def sides_of(suffix: str, content: bytes) -> Sides | None:
    """Of a picture, as browsers show it; None of a download, and where the file does not say. Raises Damaged."""
    actual = _format_of(content) if suffix in PICTURES else None
    sides = SIDES[actual.name](content) if actual is not None and actual.name in SIDES else None
    return sides if sides is not None and all(sides) else None


def _format_of(content: bytes) -> _Format | None:
    return next((form for form in _FORMATS if form.fits(content)), None)


def judge_file(suffix: str, size: int, content: bytes, place: Place, *, is_foreign: bool = False) -> list[Finding]:
    """Findings about a picture or download: too large, empty, cut off, not what its extension says, too many pixels.

    `content` is a whole picture, or the first HEAD_BYTES of a download. Of a foreign file, one that came with articles
    from elsewhere, a wrong extension is only told where browsers show the picture all the same.
    """
    if size > MAX_FILE_BYTES:
        return [_too_large(size, place)]
    if not size:
        return [_empty(place)]
    if suffix == ".csv":
        return [_mismatch(suffix, None, place)] if b"\0" in content else []
    actual = _format_of(content)
    findings: list[Finding] = []
    if actual is None or suffix not in actual.suffixes:
        findings.append(_mismatch(suffix, actual, place))
        if actual is None or not is_foreign or not PICTURES.issuperset((suffix, *actual.suffixes)):
            return findings
        findings = [replace(finding, severity=Severity.WARNING) for finding in findings]
    try:
        sides = sides_of(suffix, content)
        if sides is not None and (max(sides) > MAX_SIDE or sides.width * sides.height > MAX_PIXELS):
            return [*findings, _too_many_pixels(*sides, place)]
        without_metadata(suffix, content)
    except Damaged:
        return [*findings, _damaged(actual.name, place)]
    return findings


def _too_large(size: int, place: Place) -> Finding:
    limit = MAX_FILE_BYTES // 1_000_000
    return error(
        "file-too-large",
        place,
        Text(
            f"ファイルが大きすぎます（{size / 1_000_000:.1f} MB。上限は {limit} MB）",
            f"the file is too large ({size / 1_000_000:.1f} MB; the limit is {limit} MB)",
        ),
        Text("画像は縮小し、資料は分けてください", "scale the picture down, or split the document"),
    )


def _empty(place: Place) -> Finding:
    return error(
        "file-empty",
        place,
        Text("ファイルが空（0 バイト）です", "the file is empty (0 bytes)"),
        Text("元のファイルをもう一度コピーしてください", "copy the original again"),
    )


def _mismatch(suffix: str, actual: _Format | None, place: Place) -> Finding:
    if actual is None:
        what = Text(f"中身が `{suffix}` の形式ではありません", f"its content is not `{suffix}`")
        return error(
            "file-content", place, what, Text("正しいファイルに置き換えてください", "replace it with the right file")
        )
    return error(
        "file-content",
        place,
        Text(
            f"拡張子は `{suffix}` ですが、中身は {actual.name} です",
            f"it is called `{suffix}` but its content is {actual.name}",
        ),
        Text(f"拡張子を `{actual.suffixes[0]}` に変えてください", f"change the extension to `{actual.suffixes[0]}`"),
    )


def _damaged(name: str, place: Place) -> Finding:
    return error(
        "file-content",
        place,
        Text(f"{name} の画像が途中で切れているか、壊れています", f"the {name} picture is cut off or damaged"),
        Text(
            "元のファイルをもう一度コピーするか、画像のソフトで書き出し直してください",
            "copy the original again, or export it anew",
        ),
    )


def _too_many_pixels(width: int, height: int, place: Place) -> Finding:
    return error(
        "too-many-pixels",
        place,
        Text(
            f"画像が大きすぎます（{width:,}×{height:,} 画素。上限は一辺 {MAX_SIDE:,}、全体 {MAX_PIXELS:,}）",
            f"the picture is too large ({width:,}×{height:,} pixels; at most {MAX_SIDE:,} a side and {MAX_PIXELS:,} in all)",
        ),
        Text("幅 2,000 画素ほどに縮小してください", "scale it down to about 2,000 pixels wide"),
    )
