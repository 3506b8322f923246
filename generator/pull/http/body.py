"""The bytes of one answer: all that were promised, none more, and never more than we take."""

from __future__ import annotations

import zlib

import httpx

from generator.model.finding import Text
from generator.pull.http.retry import MayPass
from generator.pull.remote.failure import FetchFailed

MOST_BYTES = 256 * 2**20  # of one answer, unpacked; 100,000 people with 33 columns are about 30 MB


def whole_body(response: httpx.Response, most: int = MOST_BYTES) -> bytes:
    """Read an answer to its end. Raises FetchFailed when it is too large, MayPass when it is not what was promised."""
    host = response.request.url.host
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip"}:
        what = Text(
            f"`{host}` の応答の圧縮方式 `{encoding[:20]}` は読めません", f"`{host}` compresses with `{encoding[:20]}`"
        )
        raise FetchFailed("unknown-compression", what, _TELL)
    unpack = None if encoding == "identity" else zlib.decompressobj(wbits=31)
    unpacked, packed = bytearray(), bytearray()
    for piece in response.iter_raw():
        packed += piece[-(2**20) :]
        del packed[: -(2**20)]
        try:
            unpacked += piece if unpack is None else unpack.decompress(piece, most + 1 - len(unpacked))
        except zlib.error as error:
            raise _broken(host) from error
        if len(unpacked) > most:
            raise _too_large(host, most)
    is_whole = unpack is None or (unpack.eof and not unpack.unused_data)
    if not is_whole or _goes_on(response, bytes(packed)):
        raise _broken(host)
    return bytes(unpacked)


def _goes_on(response: httpx.Response, end: bytes) -> bool:
    """Whether more bytes came than Content-Length promised; they would be rows that are silently missing."""
    if "content-length" not in response.headers or "transfer-encoding" in response.headers:
        return False
    stream = response.extensions["network_stream"].get_extra_info("kawaraban")
    if stream.last.endswith(end[-len(stream.last) :]):
        return False
    stream.close()  # what is left would be taken for the beginning of the next answer
    return True


_TELL = Text("出典を受け持つ人に知らせてください", "tell whoever runs the source")


def _broken(host: str) -> MayPass:
    what = Text(
        f"`{host}` の応答の長さが、予告（Content-Length や圧縮の終わりの印）と合いません",
        f"the answer of `{host}` is not as long as it says (Content-Length, or the end mark of its compression)",
    )
    return MayPass("broken-answer", what, _TELL)


def _too_large(host: str, most: int) -> FetchFailed:
    what = Text(
        f"`{host}` の応答が大きすぎます（上限は{most // 2**20} MB）",
        f"the answer of `{host}` is larger than {most // 2**20} MB",
    )
    remedy = Text("期間か項目を絞って取り込んでください", "ask for a shorter time or fewer columns")
    return FetchFailed("too-large", what, remedy)
