"""Kind `jira`: how many of a Jira Cloud project's issues are in a status of the category Done.

Counts are Jira's approximate ones: an issue that changed within the last minutes may not be in them.
Format: developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from generator.pull.formats.json_rows import value_at
from generator.pull.http.auth import Auth, BasicAuth
from generator.pull.remote.secret import Secret
from generator.pull.vendors.progress import REFUSES_PROJECT, ProgressService, no_project
from generator.pull.vendors.service import ServiceUrl

if TYPE_CHECKING:
    from generator.pull.http.client import Client


class JiraSource(ProgressService):
    """Progress of Jira projects."""

    PROJECT = r"[A-Z][A-Z0-9_]{1,30}"

    kind: Literal["jira"]
    site: ServiceUrl
    """The company's own address at Atlassian."""
    user: str
    """The mail address that the token belongs to."""
    token: Secret

    @property
    def home(self) -> str:
        return self.base_url or self.site

    def credentials(self) -> Auth:
        return BasicAuth(kind="basic", user=self.user, password=self.token)

    def count(self, client: Client, project: str, name: str) -> tuple[object, object]:
        # Finished ones first: whatever is added in between cannot make them more than all.
        done = _count(client, f'project = "{project}" AND statusCategory = Done', name)
        return done, _count(client, f'project = "{project}"', name)


def _count(client: Client, jql: str, name: str) -> object:
    payload = client.query("/rest/api/3/search/approximate-count", {"jql": jql}, also=REFUSES_PROJECT)
    if payload.status in REFUSES_PROJECT:
        raise no_project(payload.host, name)
    return value_at(payload.document, "count")
