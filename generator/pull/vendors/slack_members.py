"""Slack's files about members, whether they come as files or over the API: one gzip or plain NDJSON file a day (UTC).

Format: docs.slack.dev/reference/methods/admin.analytics.getFile
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping

from generator.model.finding import Text
from generator.pull.cells.column import Column, ColumnType
from generator.pull.formats.header import positions
from generator.pull.formats.text import decode
from generator.pull.problems import Problems
from generator.pull.source import Rows, VendorSource
from generator.pull.table import TableRules

LARGEST_DAY = 256 * 2**20  # bytes after unpacking; 100,000 members need about 60 MB

_TRUTHS = (
    *("is_guest", "is_billable_seat", "is_active", "is_active_ios", "is_active_android", "is_active_desktop"),
    *("is_active_apps", "is_active_workflows", "is_active_slack_connect"),
)
_COUNTS = (
    *("reactions_added_count", "messages_posted_count", "channel_messages_posted_count", "files_added_count"),
    *("total_calls_count", "slack_calls_count", "slack_huddles_count", "search_count"),
)
_ALWAYS = {
    "date": Column(name="date", type=ColumnType.DATE),
    "user_id": Column(name="user_id", type=ColumnType.TEXT),
}
_OFFERED = {
    "email_address": Column(name="email_address", type=ColumnType.TEXT),
    "enterprise_employee_number": Column(name="enterprise_employee_number", type=ColumnType.TEXT, optional=True),
    **{name: Column(name=name, type=ColumnType.BOOLEAN) for name in _TRUTHS},
    **{name: Column(name=name, type=ColumnType.INTEGER) for name in _COUNTS},
}
_DECODER = json.JSONDecoder()  # one for all lines: to make one takes longer than to read a line
_UNREAD = ("enterprise_id", "team_id", "date_claimed")

_EXPORT_AGAIN = Text("その日のファイルを取り直してください", "fetch that day's file again")

REFUSALS = {
    "file_not_yet_available": Text(
        "Slackがその日のファイルをまだ用意していません", "Slack has not prepared that day's file yet"
    ),
    "file_not_found": Text("Slackにその日のファイルがありません", "Slack has no file for that day"),
    "data_not_available": Text("Slackにその日のデータがありません", "Slack has no data for that day"),
    "member_analytics_disabled": Text("Slackのメンバー分析が無効です", "member analytics is disabled in Slack"),
    "org_level_email_display_disabled": Text(
        "Slackの設定でメールアドレスが非表示になっています", "Slack is set to hide e-mail addresses"
    ),
    "not_an_enterprise": Text("このSlackの契約では分析を取り出せません", "this Slack plan has no analytics files"),
    "not_an_admin": Text(
        "取り出した人にSlackの管理者の権限がありません", "whoever fetched it is not a Slack administrator"
    ),
    "ratelimited": Text("Slackの回数制限を超えました", "Slack's rate limit was exceeded"),
}
"""What Slack sends with status 200 in place of data."""


class SlackMembers(VendorSource):
    """What each member did in Slack, day by day."""

    @classmethod
    def offered(cls) -> Mapping[str, Column]:
        return _OFFERED

    @property
    def reads(self) -> Mapping[str, Column]:
        return _ALWAYS | {name: column for name, column in _OFFERED.items() if name in self.columns}

    @property
    def rules(self) -> TableRules:
        return TableRules(("date", *self.columns), key=("date", "user_id"), time="date")

    def members(self, content: bytes, problems: Problems) -> Rows:
        """The rows of one day's file."""
        plain = _unpacked(content, problems)
        text = decode(plain, "utf-8", problems) if plain is not None else None
        if text is not None:
            yield from _members(text, list(self.reads), problems)


def _unpacked(content: bytes, problems: Problems) -> bytes | None:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        plain = gzip.GzipFile(fileobj=io.BytesIO(content)).read(LARGEST_DAY + 1)
    except (EOFError, OSError, zlib.error):
        what = Text(
            "gzipとして最後まで読めません。ファイルが途中で切れているか、壊れています",
            "the gzip file is cut off or damaged",
        )
        problems.add("broken-gzip", what, _EXPORT_AGAIN)
        return None
    if len(plain) > LARGEST_DAY:
        limit = LARGEST_DAY // 2**20
        what = Text(f"展開すると{limit} MBを超えます", f"it unpacks to more than {limit} MB")
        problems.add("too-large", what, _EXPORT_AGAIN)
        return None
    return plain


def _members(text: str, names: list[str], problems: Problems) -> Rows:
    checked = False
    for number, line in enumerate(text.split("\n"), start=1):
        for record in _objects(line, number, problems):
            if record.get("ok") is False:
                _tell_refusal(str(record.get("error")), problems)
                return
            if (
                not checked
                and positions(list(record), names, (*_ALWAYS, *_OFFERED, *_UNREAD), problems, number) is None
            ):
                return
            checked = True
            yield number, [record.get(name) for name in names]


def _objects(line: str, number: int, problems: Problems) -> Iterator[dict[str, object]]:
    """Yield the objects of a line: one as a rule, several where line breaks were lost in copying."""
    position, line = 0, line.strip()
    while position < len(line):
        try:
            record, position = _DECODER.raw_decode(line, position)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            what = Text(f"{number}行目がJSONのオブジェクトではありません", f"line {number} is not a JSON object")
            problems.add("broken-line", what, _EXPORT_AGAIN, line=number)
            return
        yield record
        while line[position : position + 1].isspace():
            position += 1


def _tell_refusal(error: str, problems: Problems) -> None:
    why = REFUSALS.get(error, Text("Slackがデータの代わりにエラーを返しました", "Slack sent an error in place of data"))
    problems.add("slack-refused", Text(f"{why.ja}（`{error}`）", f"{why.en} (`{error}`)"), _EXPORT_AGAIN)
