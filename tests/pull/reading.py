"""One file read by one source, without a site around it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from generator.model.finding import Severity
from generator.pull.files import InputFile
from generator.pull.kinds import kind_named
from generator.pull.problems import Problems
from generator.pull.source import FileSource
from generator.pull.table import Table


@dataclass(frozen=True)
class Read:
    """What became of a file."""

    rows: Sequence[tuple[object, ...]]
    errors: list[str]
    warnings: list[str]


def read(declared: str, path: Path, content: bytes) -> Read:
    """Read `content`, laid at `path`, as the source that the YAML declares."""
    entry = {"label": "x", "path": path.name, **yaml.safe_load(declared)}
    kind = kind_named(entry["kind"])
    assert kind is not None
    source = kind.model_validate(entry)
    assert isinstance(source, FileSource)
    path.write_bytes(content)
    problems = Problems(path.name)
    table = Table(source.reads, ZoneInfo("Asia/Tokyo"))
    file = InputFile(path, path.name, hashlib.sha256(content).hexdigest(), len(content))
    table.add(list(source.rows(file, problems)), problems)
    if not problems.has_errors:
        table.settle(source.rules, problems)
    told = problems.findings()
    return Read(
        list(zip(*table.values, strict=True)),
        [finding.what.ja for finding in told if finding.severity is Severity.ERROR],
        [finding.what.ja for finding in told if finding.severity is Severity.WARNING],
    )
