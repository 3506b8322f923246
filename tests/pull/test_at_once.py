"""Several sources on the network are asked at the same time (P14: all of them down cost as much as one)."""

from __future__ import annotations

import threading

from tests.pull.conftest import Desk
from tests.pull.remote import COLUMNS, GOOD
from tests.pull.server.loopback import Asked, Loopback
from tests.pull.server.reply import Reply

NAMES = ("alpha", "beta", "gamma")


def test_p14_all_are_asked_before_any_has_answered(desk: Desk, server: Loopback) -> None:
    everybody = threading.Barrier(len(NAMES), timeout=20)

    def once_all_have_asked(_: Asked) -> Reply:
        everybody.wait()
        return GOOD

    server.when("/usage", once_all_have_asked)
    entries = (
        f"  {name}:\n    kind: http\n    label: {name}\n    url: {server.address}/usage\n    time: day\n{COLUMNS}"
        for name in NAMES
    )
    desk.put("sources.yml", "sources:\n" + "".join(entries))
    snapshots, findings = desk.pull()
    assert (sorted(snapshots.by_source), findings) == (list(NAMES), [])


def test_without_asking_outside_what_is_there_is_enough(desk: Desk, server: Loopback) -> None:
    server.on("/usage", GOOD)
    desk.put(
        "sources.yml",
        f"sources:\n  usage:\n    kind: http\n    label: x\n    url: {server.address}/usage\n    time: day\n{COLUMNS}",
    )
    for _ in range(2):  # the first time there is nothing yet
        assert desk.pull(asks_outside=False)[0].by_source["usage"].rows == 2
    assert len(server.asked) == 1
