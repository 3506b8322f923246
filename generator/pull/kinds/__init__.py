"""The kinds of source: our own, one line each, and those that other packages add as entry points."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from inspect import isabstract

from generator.model.finding import Text
from generator.pull.kinds.csv_file import CsvSource
from generator.pull.kinds.database_table import TableSource
from generator.pull.kinds.excel import ExcelSource
from generator.pull.kinds.forms import FormsSource
from generator.pull.kinds.http_rows import HttpSource
from generator.pull.kinds.parquet_file import ParquetSource
from generator.pull.kinds.python_source import PythonSource
from generator.pull.kinds.slack_member_analytics import SlackMemberAnalyticsSource
from generator.pull.kinds.sql_source import SqlSource
from generator.pull.kinds.sqlite import SqliteSource
from generator.pull.kinds.teams_user_activity import TeamsUserActivitySource
from generator.pull.source import FileSource, RemoteSource, Source
from generator.pull.vendors.asana import AsanaSource
from generator.pull.vendors.github_copilot import GithubCopilotSource
from generator.pull.vendors.google_workspace_reports import GoogleWorkspaceReportsSource
from generator.pull.vendors.jira import JiraSource
from generator.pull.vendors.microsoft_graph import MicrosoftGraphSource
from generator.pull.vendors.slack_analytics import SlackAnalyticsSource
from generator.pull.vendors.trello import TrelloSource
from generator.pull.vendors.zoom import ZoomSource

KINDS: dict[str, type[Source]] = {
    "csv": CsvSource,
    "parquet": ParquetSource,
    "excel": ExcelSource,
    "forms": FormsSource,
    "teams_user_activity": TeamsUserActivitySource,
    "slack_member_analytics": SlackMemberAnalyticsSource,
    "sqlite": SqliteSource,
    "http": HttpSource,
    "sql": SqlSource,
    "python": PythonSource,
    "microsoft_graph": MicrosoftGraphSource,
    "slack_analytics": SlackAnalyticsSource,
    "google_workspace_reports": GoogleWorkspaceReportsSource,
    "github_copilot": GithubCopilotSource,
    "zoom": ZoomSource,
    "jira": JiraSource,
    "asana": AsanaSource,
    "trello": TrelloSource,
    "table": TableSource,
}
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
    return KINDS.get(name) or (_loaded(name) if name in offered() else None)


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
