"""Findings and explanations as people and machines read them: sentences, JSON, GitHub annotations, SARIF."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from generator.model.finding import Finding, Severity, Text

if TYPE_CHECKING:
    from generator.build.explain import Explanation

_WORDS = {
    ("ja", Severity.ERROR): "エラー",
    ("ja", Severity.WARNING): "注意",
    ("en", Severity.ERROR): "error",
    ("en", Severity.WARNING): "warning",
}


def spoken_language(environ: Mapping[str, str], locale_name: str | None = None) -> str:
    """`ja` or `en`, as gettext would decide: LANGUAGE, LC_ALL, LC_MESSAGES, LANG, then the system's own locale."""
    names = (environ.get(key) for key in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((name for name in names if name), locale_name) or ""
    return "ja" if name.lower().startswith("ja") else "en"


def as_text(finding: Finding, language: str) -> str:
    """Where, how grave, what and why; then, on a line of its own, what to do."""
    return "\n".join(_lines([finding], language))


def to_text(findings: Sequence[Finding], language: str) -> str:
    """Sentences in the order of the findings, a blank line between those of one file and those of the next.

    What to do about several in a row is said once, below the last: a page that was hardly begun has dozens.
    """
    return "\n\n".join(
        "\n".join(
            line
            for _, alike in groupby(found, lambda finding: finding.remedy)
            for line in _lines(list(alike), language)
        )
        for _, found in groupby(findings, lambda finding: finding.place.path)
    )


def _lines(alike: Sequence[Finding], language: str) -> Iterator[str]:
    """Findings with one remedy."""
    for finding in alike:
        yield f"{finding.place}: {_WORDS[language, finding.severity]} {finding.name}"
        yield f"    {finding.what.in_language(language)}"
    arrow = "→" if language == "ja" else "hint:"
    count = len(alike)
    of_all = Text(f"（上の {count} 件とも）", f"(all {count} above) ").in_language(language) if count > 1 else ""
    yield f"    {arrow} {of_all}{alike[0].remedy.in_language(language)}"


def counted(findings: Sequence[Finding], language: str) -> str:
    """How much has to be mended, in how many files, and how much may be."""
    errors = [finding for finding in findings if finding.is_error]
    files, warnings = len({finding.place.path for finding in errors}), len(findings) - len(errors)
    said = [Text(f"エラー {len(errors)} 件", f"{len(errors)} error(s)")]
    if files > 1:
        said.append(Text(f"（{files} ファイル）", f" in {files} files"))
    if warnings:
        said.append(Text(f"、注意 {warnings} 件", f", {warnings} to heed"))
    return "".join(text.in_language(language) for text in said)


def to_json(findings: Sequence[Finding], language: str) -> str:
    """One object a finding: `severity`, `code`, `path`, `line`, `column`, `message`, `remedy`."""
    return json.dumps(_rows(findings, language), ensure_ascii=False, indent=2)


def _rows(findings: Sequence[Finding], language: str) -> list[dict[str, object]]:
    return [
        {
            "severity": finding.severity.value,
            "code": finding.name,
            "path": finding.place.path,
            "line": finding.place.line,
            "column": finding.place.column,
            "message": finding.what.in_language(language),
            "remedy": finding.remedy.in_language(language),
        }
        for finding in findings
    ]


def to_github(findings: Sequence[Finding], language: str) -> str:
    """Workflow commands that GitHub shows beside the changed lines."""
    return "\n".join(_github_line(finding, language) for finding in findings)


def _github_line(finding: Finding, language: str) -> str:
    place = finding.place
    where = f"file={_escaped(place.path)},line={place.line or 1},title={_escaped(finding.name)}"
    text = f"{finding.what.in_language(language)} — {finding.remedy.in_language(language)}"
    return f"::{finding.severity.value} {where}::{text.replace('%', '%25').replace(chr(10), '%0A')}"


def _escaped(value: str) -> str:
    return value.replace("%", "%25").replace(",", "%2C").replace(":", "%3A").replace("\n", "%0A")


def to_sarif(findings: Sequence[Finding], language: str) -> str:
    """SARIF 2.1.0, as code-scanning dashboards read it."""
    rules = sorted({finding.name for finding in findings})
    run = {
        "tool": {"driver": {"name": "kawaraban", "rules": [{"id": rule} for rule in rules]}},
        "results": [_sarif_result(finding, language) for finding in findings],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _sarif_result(finding: Finding, language: str) -> dict[str, object]:
    place = finding.place
    region = {"startLine": place.line or 1, **({"startColumn": place.column} if place.column else {})}
    return {
        "ruleId": finding.name,
        "level": finding.severity.value,
        "message": {"text": f"{finding.what.in_language(language)} {finding.remedy.in_language(language)}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": place.path}, "region": region}}],
    }


FORMATS: dict[str, Callable[[Sequence[Finding], str], str]] = {
    "text": to_text,
    "json": to_json,
    "github": to_github,
    "sarif": to_sarif,
}
"""By the name of `--format`."""


_OUTCOMES = {
    "rendered": Text("つくりました", "rendered"),
    "reused": Text("今回はつくり直していません", "reused, not rendered this time"),
    "data": Text("数字のもとになる資料です", "data that figures are made from"),
    "absent": Text("ページはありません", "on no page"),
}
_MADE_FROM = Text("もとになるもの:", "made from:")


def explanations_to_text(explanations: Sequence[Explanation], language: str) -> str:
    """Each page, what became of it, why; then everything that it is made from."""
    return "\n".join(line for each in explanations for line in _explanation_lines(each, language))


def _explanation_lines(explanation: Explanation, language: str) -> Iterator[str]:
    yield f"{explanation.about}: {_OUTCOMES[explanation.outcome.value].in_language(language)}"
    for reason in explanation.reasons:
        yield f"    {reason.in_language(language)}"
    if explanation.made_from:
        yield f"    {_MADE_FROM.in_language(language)}"
    for noun in explanation.made_from:
        yield f"      - {noun.in_language(language)}"


def explanations_to_json(explanations: Sequence[Explanation], findings: Sequence[Finding], language: str) -> str:
    """`explained`: one object a page with `about`, `outcome`, `why`, `reasons`, `made_from`; beside it `findings`."""
    rows = [
        {
            "about": each.about,
            "outcome": each.outcome.value,
            "why": each.why,
            "reasons": [reason.in_language(language) for reason in each.reasons],
            "made_from": [noun.in_language(language) for noun in each.made_from],
        }
        for each in explanations
    ]
    return json.dumps({"explained": rows, "findings": _rows(findings, language)}, ensure_ascii=False, indent=2)
