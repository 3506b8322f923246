"""Reads content/data/sources.yml: every source judged by its own kind, all problems at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.declaration import Declaration, nearest, parse
from generator.model.finding import Family, Finding, Place, Text
from generator.pull.csv_file import CsvSource
from generator.pull.excel import ExcelSource
from generator.pull.slack_member_analytics import SlackMemberAnalyticsSource
from generator.pull.source import Source
from generator.pull.sqlite import SqliteSource
from generator.pull.teams_user_activity import TeamsUserActivitySource
from generator.settings import Settings

KINDS: dict[str, type[Source]] = {
    "csv": CsvSource,
    "excel": ExcelSource,
    "teams_user_activity": TeamsUserActivitySource,
    "slack_member_analytics": SlackMemberAnalyticsSource,
    "sqlite": SqliteSource,
}

_SHAPE = Text(
    "次の形で書いてください: `sources:` の下に、名前ごとに `kind` `label` `path` …",
    "write `sources:` and below it, for each name, `kind`, `label`, `path`, …",
)


@dataclass(slots=True)
class SourcesFile:
    """The sources that are declared soundly, by name, and where each stands."""

    sources: dict[str, Source] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    unsound: set[str] = field(default_factory=set)
    """Names of declarations that are wrong."""


def read_sources(settings: Settings) -> tuple[SourcesFile, list[Finding]]:
    """Read the file; a site without one has no sources."""
    path = settings.data / "sources.yml"
    found = SourcesFile()
    if not path.exists():
        return found, []
    shown = settings.shown(path)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        what = Text(f"UTF-8として読めません（先頭から{error.start}バイト目）", f"not UTF-8 at byte {error.start}")
        remedy = Text("UTF-8で保存し直してください", "save it as UTF-8")
        return found, [Finding(Family.DATA, "wrong-encoding", Place(shown), what, remedy)]
    declaration, findings = parse(text, shown, Family.DATA)
    if declaration is not None:
        findings += _judge(declaration, found)
    return found, findings


def _judge(declaration: Declaration, found: SourcesFile) -> list[Finding]:
    value = declaration.value
    findings = []
    entries = value.get("sources") if isinstance(value, dict) else None
    for key in value if isinstance(value, dict) else ():
        if key != "sources":
            what = Text(f"`{key}` という項目はありません", f"there is no key `{key}`")
            findings.append(declaration.finding("unknown-key", (key,), what, nearest(str(key), ["sources"])))
    if not isinstance(entries, dict):
        what = Text("`sources:` がありません", "there is no `sources:`")
        return [*findings, declaration.finding("bad-value", ("sources",), what, _SHAPE)]
    for name, entry in entries.items():
        findings += _judge_entry(declaration, str(name), entry, found)
    return findings


def _judge_entry(declaration: Declaration, name: str, entry: object, found: SourcesFile) -> list[Finding]:
    at = ("sources", name)
    findings = []
    if not (name.isascii() and name.isidentifier()):
        what = Text(f"出典の名前 `{name}` は使えません", f"`{name}` cannot be the name of a source")
        remedy = Text("英小文字、数字、`_` で名付けてください", "use lower-case letters, digits and `_`")
        findings.append(declaration.finding("bad-name", at, what, remedy))
    kind = entry.get("kind") if isinstance(entry, dict) else None
    if not isinstance(kind, str):
        what = Text(f"出典 `{name}` に `kind` がありません", f"source `{name}` has no `kind`")
        findings.append(declaration.finding("missing-key", at, what, nearest("", KINDS)))
    elif kind not in KINDS:
        what = Text(f"`kind` の値 `{kind}` は使えません", f"there is no kind `{kind}`")
        findings.append(declaration.finding("unknown-kind", (*at, "kind"), what, nearest(kind, KINDS)))
    else:
        source, problems = declaration.validated(KINDS[kind], entry, at)
        findings += problems
        if source is not None and not findings:
            found.sources[name] = source
    found.places[name] = declaration.place(*at)
    if name not in found.sources:
        found.unsound.add(name)
    return findings
