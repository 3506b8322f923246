"""Pictures and downloads: sound ones that a released page uses leave, all others stay in."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from generator.markup.targets import first_among
from generator.model.finding import Finding, Place, Text
from generator.model.page import AssetFile, Sides, is_foreign
from generator.read.addresses import address_of
from generator.read.file_kinds import HEAD_BYTES, MAX_FILE_BYTES, PICTURES, judge_file, sides_of, without_metadata
from generator.read.manuscript import Manuscript
from generator.read.notebook import Notebook, SoundFile
from generator.read.references import resolved
from generator.read.reporting import warning
from generator.read.rules.edition import Edition
from generator.read.walk import FoundFile, read_bytes

MAX_QUICK_BYTES = 1_500_000
"""A picture of more keeps a reader on a phone waiting: for two seconds where it gets six megabits a second."""


def judge_assets(files: Iterable[FoundFile], notebook: Notebook) -> tuple[dict[str, Sides | None], list[Finding]]:
    """How large each picture is, by source, and findings about each file by itself.

    A file that an earlier build found sound is not read again.
    """
    sides: dict[str, Sides | None] = {}
    findings: list[Finding] = []
    sound: dict[str, SoundFile] = {}
    for file in files:
        known = notebook.sound.get(file.source)
        if known is None or known.signature != file.signature:
            known, problems = _judged(file)
            findings += problems
            is_settled = not problems and notebook.clock.is_settled(file.signature)
        else:
            is_settled = True
        if is_settled:
            sound[file.source] = known
        sides[file.source] = known.sides
        if file.suffix in PICTURES and known.size > MAX_QUICK_BYTES:
            findings.append(_heavy(Place(file.shown), known.size))
    notebook.sound = sound
    return sides, findings


def _judged(file: FoundFile) -> tuple[SoundFile, list[Finding]]:
    content, problems = read_bytes(file, MAX_FILE_BYTES if file.suffix in PICTURES else HEAD_BYTES)
    problems = problems or judge_file(
        file.suffix, file.size, content, Place(file.shown), is_foreign=is_foreign(file.source)
    )
    if any(finding.is_error for finding in problems):
        return SoundFile(file.signature, 0, None), problems
    size = len(without_metadata(file.suffix, content)) if file.size > MAX_QUICK_BYTES else file.size
    return SoundFile(file.signature, size, sides_of(file.suffix, content)), problems


def released_assets(
    edition: Edition,
    files: Iterable[FoundFile],
    uses: Mapping[str, frozenset[str]],
    sides: Mapping[str, Sides | None],
) -> tuple[tuple[AssetFile, ...], list[Finding]]:
    """The files that go out with the released pages, and a warning for each that no page uses at all.

    `uses` names the files of each page, and `sides` are those of its pictures (`judge_assets`). A picture that only a draft shows would tell what the draft is about, so it stays in with it.
    """
    released = {path for manuscript in edition.released for path in uses[manuscript.source]}
    anywhere = {path for paths in uses.values() for path in paths}
    # A page that could not be read may be the one that uses a file; then nothing is said about unused ones.
    all_read = len(edition.manuscripts) == len(edition.sources)
    assets = tuple(
        AssetFile(f.source, address_of(f.source), f.path, sides[f.source]) for f in files if f.source in released
    )
    unused = [_unused(Place(f.shown)) for f in files if f.source not in anywhere] if all_read else []
    return assets, unused


def used_files(manuscript: Manuscript, files: Container[str]) -> frozenset[str]:
    """Those of `files` (paths below content/) that a page shows or links to."""
    source, cover = manuscript.source, manuscript.page.front.cover
    meant = (first_among(found, files) for found in manuscript.meant_files())
    linked = frozenset(path for path in meant if path is not None)
    return linked | {resolved(source, cover)} if cover else linked


def _heavy(place: Place, size: int) -> Finding:
    return warning(
        "heavy-picture",
        place,
        Text(
            f"画像が重く（{size / 1_000_000:.1f} MB）、スマートフォンの読者を待たせます",
            f"the picture is heavy ({size / 1_000_000:.1f} MB) and keeps readers on a phone waiting",
        ),
        Text(
            "写真のソフトで幅 2,000 画素ほどに縮小し、JPEG か WebP で書き出してください",
            "scale it down to about 2,000 pixels wide and export it as JPEG or WebP",
        ),
    )


def _unused(place: Place) -> Finding:
    return warning(
        "unused-file",
        place,
        Text("どのページからも使われていないため、公開しません", "no page uses it, so it is not published"),
        Text("ページから参照するか、消してください", "use it on a page, or delete it"),
    )
