"""One whole answer, and the ways to read it. Half an answer never gets here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property

import httpx
from msgspec import Struct

from generator.model.finding import Text
from generator.pull.remote.failure import FetchFailed


class Payload(Struct, frozen=True, dict=True):
    """Status, headers and bytes as the server sent them."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    content: bytes
    links: Mapping[str, str] = {}
    """Link headers (RFC 8288): relation → address."""

    def __repr__(self) -> str:  # without what was sent, and paths and queries can be signed
        return f"Payload({self.status}, {self.host!r})"

    @property
    def host(self) -> str:
        """What messages may show of the address; paths and queries can be signed."""
        return self.url.host

    @cached_property
    def document(self) -> object:
        """The answer as JSON; raises FetchFailed when it is none."""
        try:
            return json.loads(self.content.decode("utf-8-sig"), parse_constant=_refuse, object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            raise self._not_json() from error

    def records(self) -> Iterator[tuple[int, dict[str, object]]]:
        """The answer as NDJSON: line number and object; raises FetchFailed at the first line that is no object."""
        try:
            lines = self.content.decode("utf-8-sig").split("\n")
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    record = json.loads(line, parse_constant=_refuse, object_pairs_hook=_once)
                    if not isinstance(record, dict):
                        raise self._not_json(number)
                    yield number, record
        except (ValueError, RecursionError) as error:
            raise self._not_json() from error

    def _not_json(self, line: int = 0) -> FetchFailed:
        at = Text(f"の{line}行目" if line else "", f", line {line}," if line else "")
        what = Text(
            f"`{self.host}` の応答{at.ja}はJSONではありません", f"the answer of `{self.host}`{at.en} is not JSON"
        )
        remedy = Text("URLと、応答の形式を確かめてください", "check the address and the form of the answer")
        return FetchFailed("not-json", what, remedy)


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON; which of two values of one key is meant nobody can know."""
    whole = dict(pairs)
    if len(whole) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return whole
