"""content/data/synonyms.yml: words that mean the same to this company, so that each finds what is written with the others."""

from __future__ import annotations

from generator.declared.declared_text import read_declared_text
from generator.declared.marks import Location, Marks
from generator.declared.schema import validate
from generator.declared.yaml_fields import Origin, read_fields
from generator.model.finding import Family, Finding, Text, one_line
from generator.model.record import Record
from generator.search.fold import fold
from generator.settings import Settings

_SHORTEST = 2  # UTF-16 units: what the index can look up


class SynonymsFile(Record):
    """The keys of synonyms.yml."""

    groups: tuple[tuple[str, ...], ...]
    """Each a list of two or more words that mean the same."""


def read_synonyms(settings: Settings) -> tuple[tuple[tuple[str, ...], ...], list[Finding]]:
    """The groups; none for a site without the file, or when it is wrong."""
    path = settings.data / "synonyms.yml"
    shown = settings.shown(path)
    text, findings = read_declared_text(path, shown)
    if text is None:
        return (), findings
    fields, findings = read_fields(text, Origin(shown, Family.DATA))
    if fields is None:
        return (), findings
    file, findings = validate(SynonymsFile, fields.values, fields)
    if file is None:
        return (), findings
    findings = _unfit_words(file, fields)
    return ((), findings) if findings else (file.groups, [])


def _unfit_words(file: SynonymsFile, marks: Marks) -> list[Finding]:
    findings, seen = [], dict[str, str]()
    for number, group in enumerate(file.groups):
        if len(group) < 2:
            findings.append(_lonely(marks, ("groups", number)))
        for position, word in enumerate(group):
            at, folded = ("groups", number, position), fold(word)
            if len(folded.encode("utf-16-le")) // 2 < _SHORTEST:
                findings.append(_short(marks, at, word))
            elif folded in seen:
                findings.append(_repeated(marks, at, word, seen[folded]))
            seen.setdefault(folded, word)
    return findings


def _lonely(marks: Marks, at: Location) -> Finding:
    what = Text("同じ意味の言葉が1つしかありません", "a group of words that mean the same has fewer than two words")
    remedy = Text(
        "`[在宅勤務, テレワーク]` のように2つ以上並べるか、その行を消してください",
        "write two or more, like `[在宅勤務, テレワーク]`, or delete the line",
    )
    return marks.finding("single-word", at, what, remedy)


def _short(marks: Marks, at: Location, word: str) -> Finding:
    shown = one_line(word)
    what = Text(f"`{shown}` は短すぎて、検索では探せません", f"`{shown}` is too short to be searched for")
    remedy = Text("2文字以上の言葉にしてください", "use words of two or more characters")
    return marks.finding("short-word", at, what, remedy)


def _repeated(marks: Marks, at: Location, word: str, first: str) -> Finding:
    shown, earlier = one_line(word), one_line(first)
    what = Text(
        f"`{shown}` は、上に書かれている `{earlier}` と検索では同じ言葉です",
        f"to the search `{shown}` is the same word as `{earlier}` above",
    )
    remedy = Text(
        "片方を消し、同じ意味なら1つの並びにまとめてください（全角と半角、大文字と小文字、「ー」の有無は区別しません）",
        "delete one, or make one group of both (width, case and ー make no difference)",
    )
    return marks.finding("repeated-word", at, what, remedy)
