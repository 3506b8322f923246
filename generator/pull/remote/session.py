"""What a source on the network is handed while it is pulled: the time that is left, its secrets, and a way out."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from generator.effects import Effects
from generator.pull.remote.deadline import Deadline
from generator.pull.remote.secret import Secret, Vault
from generator.settings import Settings

if TYPE_CHECKING:
    from generator.pull.http.access import Access
    from generator.pull.http.client import Client


class Session:
    """One pull of one source; a context manager that closes every connection."""

    def __init__(self, effects: Effects, settings: Settings, budget: float) -> None:
        self.effects = effects
        self.settings = settings
        self.deadline = Deadline.after(budget, effects.monotonic)
        self._vault = Vault(effects.environ)
        self._clients: dict[str, Client] = {}
        self._open = ExitStack()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    def secret(self, secret: Secret) -> str:
        """The value behind a declared name, for use in a connection and nowhere else; raises FetchFailed."""
        return self._vault.reveal(secret)

    def http(self, access: Access) -> Client:
        """The HTTP client for one service; the same one for every window, so that it signs in once."""
        client = self._clients.get(access.url)
        if client is None:
            from generator.pull.http.client import Client  # httpx takes 0.1 s to import, and most sources are files

            client = self._clients[access.url] = self._open.enter_context(
                Client(access, self.effects, self.deadline, self._vault)
            )
        return client
