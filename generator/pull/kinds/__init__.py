"""The kinds of source: our own, one line each, and those that other packages add as entry points."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from inspect import isabstract

from generator.model.finding import Text
from generator.pull.source import FileSource, RemoteSource, Source

KINDS: Mapping[str, str] = {
    "csv": "generator.pull.kinds.csv_file:CsvSource",
    "parquet": "generator.pull.kinds.parquet_file:ParquetSource",
    "excel": "generator.pull.kinds.excel:ExcelSource",
    "forms": "generator.pull.kinds.forms:FormsSource",
    "teams_user_activity": "generator.pull.kinds.teams_user_activity:TeamsUserActivitySource",
    "slack_member_analytics": "generator.pull.kinds.slack_member_analytics:SlackMemberAnalyticsSource",
    "sqlite": "generator.pull.kinds.sqlite:SqliteSource",
    "http": "generator.pull.kinds.http_rows:HttpSource",
    "sql": "generator.pull.kinds.sql_source:SqlSource",
    "python": "generator.pull.kinds.python_source:PythonSource",
    "microsoft_graph": "generator.pull.vendors.microsoft_graph:MicrosoftGraphSource",
    "slack_analytics": "generator.pull.vendors.slack_analytics:SlackAnalyticsSource",
    "google_workspace_reports": "generator.pull.vendors.google_workspace_reports:GoogleWorkspaceReportsSource",
    "github_copilot": "generator.pull.vendors.github_copilot:GithubCopilotSource",
    "zoom": "generator.pull.vendors.zoom:ZoomSource",
    "jira": "generator.pull.vendors.jira:JiraSource",
    "asana": "generator.pull.vendors.asana:AsanaSource",
    "trello": "generator.pull.vendors.trello:TrelloSource",
    "table": "generator.pull.kinds.database_table:TableSource",
}
"""Our own kinds as `module:class`; a build loads those that its sources.yml names, for all of them take as long to
import as everything else that reads data."""
GROUP = "kawaraban.sources"
"""The entry point group: `my_kind = "my_package.module:MySource"`, a whole `FileSource` or `RemoteSource`."""


class UnfitKind(Exception):
    """A package offers a kind that cannot be used; `why` and `remedy` are whole sentences."""

    def __init__(self, why: Text, remedy: Text) -> None:
        super().__init__(why.en)
        self.why = why
        self.remedy = remedy


def known_kinds() -> list[str]:
    """All names that sources.yml may write under `kind`."""
    return [*KINDS, *sorted(name for name in offered() if name not in KINDS)]


def kind_named(name: str) -> type[Source] | None:
    """The kind, or None when there is none of this name; raises UnfitKind when a package's own cannot be used."""
    if name in KINDS:
        return _our_own(name)
    return _loaded(name) if name in offered() else None


def _our_own(name: str) -> type[Source]:
    module, _, found = KINDS[name].partition(":")
    kind: type[Source] = getattr(import_module(module), found)
    return kind


@cache
def offered() -> dict[str, str]:
    """Name → `module:class`. Looked for once a process: installed packages do not change under it."""
    return {point.name: point.value for point in entry_points(group=GROUP)}


def _loaded(name: str) -> type[Source]:
    (point, *others) = entry_points(group=GROUP, name=name)
    remedy = Text(f"パッケージを直すか、`{GROUP}` から外してください", f"mend the package or its entry in `{GROUP}`")
    if others:
        raise UnfitKind(
            Text(f"種類 `{name}` を2つのパッケージが名乗っています", f"two packages offer the kind `{name}`"), remedy
        )
    try:
        found = point.load()
    except Exception as error:  # whatever a foreign module does when it is imported
        reason = type(error).__name__
        raise UnfitKind(
            Text(f"`{point.value}` を読み込めません（{reason}）", f"`{point.value}` cannot be loaded: {reason}"), remedy
        ) from error
    is_source = isinstance(found, type) and issubclass(found, FileSource | RemoteSource)
    if not is_source or isabstract(found):
        raise UnfitKind(
            Text(
                f"`{point.value}` は、完成した FileSource か RemoteSource のクラスではありません",
                f"`{point.value}` is no whole FileSource or RemoteSource class",
            ),
            remedy,
        )
    kind: type[Source] = found
    return kind
