"""Kind `http`: rows of a service of the company's own choice, as JSON, NDJSON or CSV, page by page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from generator.model.finding import Text
from generator.model.period import YearMonth
from generator.model.record import unfit
from generator.pull.formats import delimited, json_rows
from generator.pull.formats.text import Encoding, decode
from generator.pull.http.auth import AnyAuth
from generator.pull.kinds.http_paging import AnyPaging
from generator.pull.problems import Problems
from generator.pull.remote.session import Session
from generator.pull.remote.window import EVERYTHING, Window, past_days, past_months
from generator.pull.source import RemoteSource, Row, Rows, TabularSource

if TYPE_CHECKING:
    from generator.pull.http.paging import Page
    from generator.pull.http.payload import Payload

_WORD = re.compile(r"\{([^{}]*)\}")
_WORDS = ("first", "last", "after", "month")


class HttpSource(RemoteSource, TabularSource):
    """A service that answers GET with a table."""

    kind: Literal["http"]
    url: str
    """Where the rows are. In `url` and `params`, `{first}` and `{last}` are the days of a window, `{after}` the day
    behind it and `{month}` its month, `2026-10`."""
    params: Mapping[str, str] = Field(default_factory=dict)
    format: Literal["json", "ndjson", "csv"] = "json"
    rows: str | None = None
    """JSON: where the list of rows stands in the document, e.g. `data.items`; the document itself when absent."""
    total: str | None = None
    """JSON: where the document says how many rows there are in all pages, to be compared."""
    encoding: Encoding = "utf-8"
    delimiter: Literal[",", "\t", ";"] = ","
    auth: AnyAuth | None = None
    paging: AnyPaging | None = None
    internal: bool = False
    """Whether the service is the company's own, so that its name may lead to a private address."""
    window: Literal["month", "day"] | None = None
    """The service is asked for one month or day at a time, from `since` on; for everything when absent."""
    since: YearMonth | None = None

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme in {"https", "http"} and parts.hostname and not parts.username and not parts.fragment:
            return url
        raise unfit(
            "bad-url",
            Text(
                "には、URLだけを書きます（利用者名やパスワードは書けません）",
                "takes an address, without user or password",
            ),
            Text(
                "`https://api.example.co.jp/usage` の形で書いてください",
                "write it like `https://api.example.co.jp/usage`",
            ),
        )

    @model_validator(mode="after")
    def _fits_together(self) -> HttpSource:
        _judge_words(self)
        _judge_window(self)
        return self

    def windows(self, today: date) -> Sequence[Window]:
        if self.since is None:
            return [EVERYTHING]
        return past_months(self.since, today) if self.window == "month" else past_days(self.since.first_day, today)

    def fetch(self, window: Window, session: Session, problems: Problems) -> Rows:
        from generator.pull.http.access import Access
        from generator.pull.http.paging import Page, pages

        parts = urlsplit(self.url)
        client = session.http(Access(f"{parts.scheme}://{parts.netloc}", self.auth, is_internal=self.internal))
        first = Page(_filled(self.url, window), {name: _filled(value, window) for name, value in self.params.items()})
        if self.paging is not None:
            first = self.paging.first(first)
        reading = _Reading(self, problems)
        for payload in pages(client, first, reading.following):
            reading.take(payload)
        yield from reading.rows()


class _Reading:
    """The pages of one window, as they come."""

    def __init__(self, source: HttpSource, problems: Problems) -> None:
        self._source = source
        self._problems = problems
        self._lines: list[Row] = []
        self._records: list[tuple[int, dict[str, object]]] = []
        self._rows = 0
        self._of_page = 0
        self._promised: object = None

    def take(self, payload: Payload) -> None:
        """Add the rows of one page, numbered on from those before."""
        if self._source.format == "csv":
            lines = self._csv(payload)
            self._lines += [(self._rows + line, cells) for line, cells in lines]
            self._of_page = len(lines)
        else:
            records = self._objects(payload)
            self._records += [(self._rows + number, record) for number, record in records]
            self._of_page = len(records)
        self._rows += self._of_page

    def following(self, payload: Payload, page: Page) -> Page | None:
        """What to ask next; nothing when there are errors already."""
        paging = self._source.paging
        return None if paging is None or self._problems.has_errors else paging.following(payload, page, self._of_page)

    def rows(self) -> list[Row]:
        """The rows of all pages."""
        self._judge_total()
        source = self._source
        return [*self._lines, *json_rows.read(self._records, source.columns, source.ignored, self._problems)]

    def _judge_total(self) -> None:
        """Compare the rows with what the service said there are: a page may be missing."""
        if self._source.total is None or self._problems.has_errors or self._promised == self._rows:
            return
        shown = self._promised if isinstance(self._promised, int) else "?"
        what = Text(
            f"全部で{shown}行のはずが、{self._rows}行しか届きません"
            if isinstance(shown, int) and shown > self._rows
            else f"全部で{shown}行のはずが、{self._rows}行届きました",
            f"there should be {shown} rows in all, and {self._rows} came",
        )
        remedy = Text(
            "`paging` と `total` を確かめ、もう一度実行してください", "check `paging` and `total`, and run again"
        )
        self._problems.add("row-total", what, remedy)

    def _csv(self, payload: Payload) -> list[Row]:
        source = self._source
        text = decode(payload.content, source.encoding, self._problems)
        if text is None:
            return []
        # The client gives whole answers only: no line break has to tell that this is one.
        dialect = delimited.Dialect(source.delimiter, ends_in_line_break=False)
        return list(delimited.read(text, dialect, source.columns, source.ignored, self._problems))

    def _objects(self, payload: Payload) -> list[tuple[int, dict[str, object]]]:
        if self._source.format == "ndjson":
            return list(payload.records())
        source, document = self._source, payload.document
        found = json_rows.value_at(document, source.rows) if source.rows else document
        if source.total is not None:
            self._promised = json_rows.value_at(document, source.total)
        if isinstance(found, list) and all(isinstance(record, dict) for record in found):
            return list(enumerate(found, start=1))
        named = f"`{source.rows}`"
        at = Text(named, named) if source.rows else Text("文書のいちばん外", "the document")
        what = Text(f"{at.ja} がオブジェクトの並びではありません", f"{at.en} is no list of objects")
        remedy = Text("`rows` に、行の並びまでの道を書いてください", "write the way to the list of rows under `rows`")
        self._problems.add("not-rows", what, remedy)
        return []


def _filled(text: str, window: Window) -> str:
    if window == EVERYTHING:
        return text
    words = {
        "first": window.first.isoformat(),
        "last": window.last.isoformat(),
        "after": (window.last + timedelta(days=1)).isoformat(),
        "month": f"{window.first:%Y-%m}",
    }
    return _WORD.sub(lambda match: words[match[1]], text)


def _judge_words(source: HttpSource) -> None:
    words = [word for text in (source.url, *source.params.values()) for word in _WORD.findall(text)]
    shown = "、".join(f"`{{{word}}}`" for word in _WORDS)
    if any(word not in _WORDS for word in words) or (source.window is None) != (not words):
        raise unfit(
            "bad-window",
            Text(
                "`window` を書くときは、`url` か `params` に期間の言葉が要り、書かないときは使えません",
                "`window` goes together with words for its days in `url` or `params`",
            ),
            Text(f"使える言葉は {shown} です", f"the words are {shown.replace('、', ', ')}"),
        )


def _judge_window(source: HttpSource) -> None:
    """A window's rows must say their day, or nobody could tell that the service ignored the question."""
    is_whole = source.since is not None and source.time is not None and (not source.key or source.time in source.key)
    if (source.window is None and source.since is None) or (source.window is not None and is_whole):
        return
    raise unfit(
        "bad-window",
        Text(
            "`window` には `since` と `time` が要り、`key` を書くなら `time` の列を含めます",
            "`window` goes together with `since` and `time`, and a `key` must hold the column of `time`",
        ),
        Text("そろえて書いてください", "write them all, or none"),
    )
