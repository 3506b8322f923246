"""A desk with one source on the loopback server: `usage`, with mail, day and count, as JSON."""

from __future__ import annotations

from tests.pull.conftest import Desk
from tests.pull.server.loopback import Loopback
from tests.pull.server.reply import Reply, json_reply

TOKEN = 'tok-7Qz/+=&9%x"\\-canary-0123456789'  # noqa: S105 -- made up, with characters that encodings change

COLUMNS = """\
    columns:
      mail: {name: mail, type: text}
      day: {name: day, type: date}
      count: {name: count, type: integer}
"""


def declare(desk: Desk, server: Loopback, extra: str = "", *, path: str = "/usage", name: str = "usage") -> None:
    """Write sources.yml with a bearer token from USAGE_TOKEN, which is set."""
    desk.environ.setdefault("USAGE_TOKEN", TOKEN)
    desk.put(
        "sources.yml",
        f"sources:\n  {name}:\n    kind: http\n    label: 利用状況\n    url: {server.address}{path}\n"
        f"    auth: {{kind: bearer, token: {{env: USAGE_TOKEN}}}}\n    time: day\n{extra}{COLUMNS}",
    )


def record(mail: str = "a", day: str = "2026-10-01", count: object = 3) -> dict[str, object]:
    return {"mail": mail, "day": day, "count": count}


GOOD: Reply = json_reply([record(), record("b", "2026-10-02", 0)])
