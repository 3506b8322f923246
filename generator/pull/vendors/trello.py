"""Kind `trello`: how many of a board's cards are finished: marked complete, or in a list that holds finished ones.

An archived card counts if it is finished; else it was dropped.
Format: developer.atlassian.com/cloud/trello/rest/api-group-boards
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from generator.pull.http.auth import Auth, Door
from generator.pull.remote.secret import Secret
from generator.pull.vendors.progress import REFUSES_PROJECT, ProgressService, no_project

if TYPE_CHECKING:
    from generator.pull.http.client import Client
    from generator.pull.http.paging import Page
    from generator.pull.http.payload import Payload

_MOST_CARDS = 1000  # of one answer


class TrelloAuth(Auth):
    """A key and a token, in the header that Trello takes them in, so that neither stands in an address."""

    key: Secret
    token: Secret

    @property
    def variables(self) -> tuple[str, ...]:
        return self.key.env, self.token.env

    def headers(self, door: Door) -> Mapping[str, str]:
        key, token = door.secret(self.key), door.secret(self.token)
        return {"Authorization": f'OAuth oauth_consumer_key="{key}", oauth_token="{token}"'}


class TrelloSource(ProgressService):
    """Progress of Trello boards."""

    HOME = "https://api.trello.com/1"
    PROJECT = r"[A-Za-z0-9]{8,24}"

    kind: Literal["trello"]
    key: Secret
    token: Secret
    done_lists: tuple[str, ...] = ()
    """The ids of lists whose cards are finished."""

    def credentials(self) -> Auth:
        return TrelloAuth(key=self.key, token=self.token)

    def count(self, client: Client, project: str, name: str) -> tuple[object, object]:
        cards = _cards(client, project, name)
        if cards is None:
            return None, None
        finished = [card.get("dueComplete") is True or card.get("idList") in self.done_lists for card in cards]
        dropped = [card.get("closed") is True and not is_done for card, is_done in zip(cards, finished, strict=True)]
        return sum(finished), len(cards) - sum(dropped)


def _cards(client: Client, board: str, name: str) -> list[Mapping[str, object]] | None:
    """All cards of a board, newest pages first; None when an answer is no list of cards."""
    from generator.pull.http.paging import Page, pages

    fields = {"filter": "all", "fields": "idList,dueComplete,closed", "limit": str(_MOST_CARDS)}
    cards: list[Mapping[str, object]] = []
    for payload in pages(client, Page(f"/boards/{board}/cards", fields), _before, also=REFUSES_PROJECT):
        if payload.status in REFUSES_PROJECT:
            raise no_project(payload.host, name)
        found = _cards_in(payload)
        if found is None:
            return None
        cards += found
    return cards


def _before(payload: Payload, page: Page) -> Page | None:
    """A full page is followed by the cards that were made before its oldest; ids begin with the time."""
    found = _cards_in(payload) or []
    return page.asking("before", min(str(card["id"]) for card in found)) if len(found) >= _MOST_CARDS else None


def _cards_in(payload: Payload) -> list[Mapping[str, object]] | None:
    found = payload.document
    is_cards = isinstance(found, list) and all(isinstance(card, dict) and "id" in card for card in found)
    return found if is_cards and isinstance(found, list) else None
