"""A broken site as a test case: a folder with `content/`, and the sentences it must be answered with.

<case>/content/…         the site
<case>/mkdocs.yml        only where a setting matters
<case>/make.py           `make(root)` adds what git or some file systems cannot keep (pipes, odd names)
<case>/expected.ja.txt   one line a finding: `place severity family/code  what | remedy`
<case>/expected.en.txt
"""

from __future__ import annotations

import runpy
import shutil
from datetime import datetime
from pathlib import Path

import yaml

from generator.cache.store import Store
from generator.compose import compose
from generator.effects import Effects
from generator.measure import measure
from generator.model.finding import Finding
from generator.protect import protect
from generator.pull import pull
from generator.read import Notebook, read
from generator.search import read_synonyms
from generator.settings import Settings, read_options

CASES = Path(__file__).parent / "broken"
BUILD_TIME = datetime.fromisoformat("2026-11-20T09:00:00+09:00")


def prepared(case: Path, target: Path) -> Path:
    """A copy of the case with everything its make.py adds."""
    root = target / case.name
    shutil.copytree(case, root, symlinks=True)
    script = root / "make.py"
    if script.exists():
        runpy.run_path(str(script))["make"](root)
    return root


def findings_of(root: Path) -> list[Finding]:
    """Everything that is said about the site in `root`."""
    settings, findings = _settings(root)
    effects = Effects(clock=lambda: BUILD_TIME, environ={})
    library, read_findings = read(settings, effects, Notebook(Store(settings.private / "cache.sqlite3"), settings.zone))
    snapshots, pull_findings = pull(settings, effects)
    measured, measure_findings = measure(settings, effects, snapshots)
    _, synonym_findings = read_synonyms(settings)
    findings = [*findings, *read_findings, *pull_findings, *measure_findings, *synonym_findings]
    if any(finding.is_error for finding in (*pull_findings, *measure_findings, *synonym_findings)):
        return findings  # as the command does: without figures nothing can be put together
    released = protect(measured).released
    _, compose_findings = compose(settings, effects, library, released, snapshots.by_source)
    return [*findings, *compose_findings]


def _settings(root: Path) -> tuple[Settings, list[Finding]]:
    file = root / "mkdocs.yml"
    text = file.read_text(encoding="utf-8") if file.exists() else "plugins: []"
    plugins = yaml.safe_load(text)["plugins"]
    raw: dict[str, object] = next((plugin["kawaraban"] for plugin in plugins if "kawaraban" in plugin), {})
    options, findings = read_options(raw, text, "mkdocs.yml")
    return Settings(root=root, content=root / "content", site_name=root.name, options=options), findings


def report(findings: list[Finding], language: str) -> str:
    """The findings as the expected files keep them."""
    lines = [
        f"{finding.place} {finding.severity.value} {finding.name}  "
        f"{finding.what.in_language(language)} | {finding.remedy.in_language(language)}"
        for finding in findings
    ]
    return "".join(f"{line}\n" for line in lines)
