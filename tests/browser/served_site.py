"""The demo newsletter, served as a strict intranet server would serve it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.contracts.guide_servers import strict_policy

PAGES = {
    "home": "",
    "issue": "issues/006/",
    "issues": "issues/",
    "stories": "stories/",
    "story": "stories/sales-east-on-the-train/",
    "failed story": "stories/information-systems-february-rule/",
    "metrics": "metrics/",
    "metric": "metrics/chat_active_rate/",
    "metric month": "metrics/chat_active_rate/2026-10/",
    "target reached": "metrics/slack_active_rate/milestones/company/",
    "faq": "faq/",
    "questions of a campaign": "faq/chat/",
    "campaign": "campaigns/chat/",
    "switch-off": "campaigns/chat/switch-off/",
    "departments": "departments/",
    "department": "departments/sales-east/",
    "small department": "departments/legal/",
    "champions": "champions/",
    "mission": "about/mvv/",
    "article": "articles/meeting-room-phone/",
    "notice": "notices/mail-switch-off/",
    "guide": "guide/writing/",
    "tags": "tags/",
    "error": "404.html",
}
"""One page of every type, by name."""


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """Serve the site on loopback with that policy; yields the address of its home page."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, directory=str(site), **kwargs)

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", strict_policy())
            super().end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
