"""Reads content/data/sources.yml: every source judged by its own kind, all problems at once."""

from __future__ import annotations

from msgspec import Struct

from generator.declared.cut_texts import judge_cut_texts
from generator.declared.declared_text import read_declared_text
from generator.declared.schema import validate
from generator.declared.yaml_fields import Fields, Origin, read_fields
from generator.model.finding import Family, Finding, Place, Text, listed, nearest, one_line
from generator.model.record import NAME_RULE, is_name
from generator.pull.kinds import UnfitKind, kind_named, known_kinds
from generator.pull.source import Source
from generator.settings import Settings

_SHAPE = Text(
    "`sources:` の下に、名前ごとに `kind` `label` `path` … を書いてください",
    "write `sources:` and below it, for each name, `kind`, `label`, `path`, …",
)


class SourcesFile(Struct):
    """The sources that are declared soundly, by name, and where each stands."""

    sources: dict[str, Source] = {}
    places: dict[str, Place] = {}
    """Of every source that is named, sound or not."""
    is_readable: bool = True
    """Whether all names are known; False when the file is no YAML."""


def read_sources(settings: Settings) -> tuple[SourcesFile, list[Finding]]:
    """Read the file; a site without one has no sources."""
    path = settings.data / "sources.yml"
    shown = settings.shown(path)
    text, findings = read_declared_text(path, shown)
    if text is None:
        return SourcesFile(is_readable=not findings), findings
    fields, findings = read_fields(text, Origin(shown, Family.DATA))
    if fields is None:
        return SourcesFile(is_readable=False), findings
    return _judged(fields)


def _judged(fields: Fields) -> tuple[SourcesFile, list[Finding]]:
    entries = fields.values.get("sources")
    findings = [_unknown_key(fields, key) for key in fields.values if key != "sources"]
    if not isinstance(entries, dict):
        what = Text("`sources:` がありません", "there is no `sources:`")
        findings.append(fields.finding("missing-key", ("sources",), what, _SHAPE))
        return SourcesFile(is_readable=False), findings
    found = SourcesFile(places={name: fields.place_of(("sources", name)) for name in entries})
    for name, entry in entries.items():
        source, problems = _judge(fields, name, entry)
        findings += problems
        if source is not None and not problems:
            found.sources[name] = source
            findings += judge_cut_texts(source, fields, ("sources", name))
    return found, findings


def _unknown_key(fields: Fields, key: str) -> Finding:
    shown = one_line(key)
    what = Text(f"`{shown}` という項目はありません", f"`{shown}`: there is no such key")
    return fields.finding("unknown-key", (key,), what, nearest(key, ["sources"], _SHAPE))


def _judge(fields: Fields, name: str, entry: object) -> tuple[Source | None, list[Finding]]:
    """The source under one name, as its kind reads it."""
    at = ("sources", name)
    shown = one_line(name)
    findings = []
    if not is_name(name):
        what = Text(f"出典の名前 `{shown}` は使えません", f"`{shown}` cannot be the name of a source")
        findings.append(fields.finding("bad-name", at, what, NAME_RULE))
    kind = entry.get("kind") if isinstance(entry, dict) else None
    if kind is None:
        kinds = listed(known_kinds())
        what = Text(f"出典 `{shown}` に `kind` がありません", f"source `{shown}` has no `kind`")
        remedy = Text(f"`kind` に {kinds} のどれかを書いてください", f"write a `kind`: {kinds}")
        return None, [*findings, fields.finding("missing-key", at, what, remedy)]
    model, problems = _kind(fields, at, str(kind))
    if model is None:
        return None, findings + problems
    source, problems = validate(model, entry, fields, at)
    return source, findings + problems


def _kind(fields: Fields, at: tuple[str, ...], kind: str) -> tuple[type[Source] | None, list[Finding]]:
    """The kind that a source names."""
    typed = one_line(fields.typed.get((*at, "kind"), kind))
    try:
        model = kind_named(kind)
    except UnfitKind as unfit:
        return None, [fields.finding("unfit-kind", (*at, "kind"), unfit.why, unfit.remedy)]
    if model is None:
        what = Text(f"`{typed}` という種類の出典はありません", f"there is no kind of source `{typed}`")
        return None, [fields.finding("unknown-kind", (*at, "kind"), what, nearest(typed, known_kinds()))]
    return model, []
