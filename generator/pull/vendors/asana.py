"""Kind `asana`: how many of a project's tasks are completed. Milestones count as tasks, as Asana counts them.

Format: developers.asana.com/reference/gettaskcountsforproject
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from generator.pull.formats.json_rows import value_at
from generator.pull.http.auth import Auth, BearerAuth
from generator.pull.remote.secret import Secret
from generator.pull.vendors.progress import REFUSES_PROJECT, ProgressService, no_project

if TYPE_CHECKING:
    from generator.pull.http.client import Client


class AsanaSource(ProgressService):
    """Progress of Asana projects."""

    HOME = "https://app.asana.com/api/1.0"
    PROJECT = r"\d{1,30}"

    kind: Literal["asana"]
    token: Secret
    """A personal access token."""

    def credentials(self) -> Auth:
        return BearerAuth(kind="bearer", token=self.token)

    def count(self, client: Client, project: str, name: str) -> tuple[object, object]:
        fields = {"opt_fields": "num_tasks,num_completed_tasks"}  # Asana sends none that are not named
        payload = client.get(f"/projects/{project}/task_counts", fields, also=REFUSES_PROJECT)
        if payload.status in REFUSES_PROJECT:
            raise no_project(payload.host, name)
        document = payload.document
        return value_at(document, "data.num_completed_tasks"), value_at(document, "data.num_tasks")
