"""The files of the site that are no pages of the newsletter: pictures, data, the theme's, permanent addresses."""

from __future__ import annotations

import hashlib
import html
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.build.memory import AssetNote, FileRecord, Memory
from generator.build.page import FACTS, facts_name
from generator.cache import records
from generator.cache.file_clock import FileClock, signature_of
from generator.cache.store import Store
from generator.errors import Rejected
from generator.model.address import relative
from generator.model.finding import Place
from generator.model.page import AssetFile
from generator.model.site import DataFile
from generator.read.file_kinds import without_metadata
from generator.read.file_names import suffix_of
from generator.read.metadata import Damaged
from generator.read.notebook import changed_meanwhile
from generator.verify import FileJudge, ForbiddenText
from generator.verify.address import file_of

ERROR_PAGE = "404.html"


class LooseFile(Struct, frozen=True):
    """A file by its posix path from the site's root; `content` reads its bytes when somebody needs them."""

    path: str
    sha256: str
    size: int  # bytes
    content: Callable[[], bytes]
    has_text: bool = True  # false for a page on which there is nothing to read
    leads_to: str = ""
    """Of a permanent address: the address of the page to which it leads."""

    @classmethod
    def of(cls, path: str, content: bytes, *, has_text: bool = True) -> LooseFile:
        return cls(path, hashlib.sha256(content).hexdigest(), len(content), _given(content), has_text)


class LooseFiles(Struct):
    """All of them, judged."""

    files: dict[str, LooseFile] = {}
    records: dict[str, FileRecord] = {}
    digests: set[str] = set()
    """sha256 of every file, those included in whose place another one stands at the same path."""
    met: set[ForbiddenText] = set()

    @property
    def stylesheets(self) -> dict[str, tuple[str, ...]]:
        return {path: record.loads for path, record in self.records.items() if record.loads}


def judged(
    files: Iterable[LooseFile], judge: FileJudge, memory: Memory, store: Store, *, is_swept_anew: bool
) -> LooseFiles:
    """Judge what no earlier build has judged, or everything when there are new texts to look for."""
    result = LooseFiles()
    for file in files:
        result.files[file.path] = file
        result.digests.add(file.sha256)
        known = memory.files.get(file.path)
        if known is not None and known.sha256 == file.sha256 and not is_swept_anew:
            result.records[file.path] = known
            continue
        verdict = judge.judge(file.path, file.content(), has_text=file.has_text)
        facts = verdict.facts
        scripts = facts.inline_scripts if facts is not None else ()
        jumps = facts.jumps(file.path) if facts is not None else ()
        if facts is not None:
            store.put(FACTS, facts_name(file.sha256), records.to_bytes(facts))
        result.records[file.path] = FileRecord(
            file.sha256, file.size, verdict.loads, scripts, jumps, verdict.problems, leads_to=file.leads_to
        )
        result.met |= verdict.met
    return result


def redirect_files(redirects: Mapping[str, str], known: Mapping[str, FileRecord]) -> Iterator[LooseFile]:
    """Permanent addresses: a page each that leads to where the page is today.

    `known` are the files of the last build: one that leads to the same page is not written again.
    """
    for url, target in sorted(redirects.items()):
        path, content = file_of(url), partial(_redirect_page, url, target)
        before = known.get(path)
        if before is not None and before.leads_to == target:
            yield LooseFile(path, before.sha256, before.size, content, has_text=False, leads_to=target)
        else:
            yield replace(LooseFile.of(path, content(), has_text=False), leads_to=target)


def loose_files(shell: Mapping[str, tuple[str, bytes]]) -> Iterator[LooseFile]:
    """The theme's files, given as sha256 and bytes by path."""
    for path, (sha256, content) in shell.items():
        yield LooseFile(path, sha256, len(content), _given(content), has_text=path != ERROR_PAGE)


def _given(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def data_files(
    urls: Iterable[str], make: Callable[[], Iterable[DataFile]], known: Mapping[str, FileRecord]
) -> list[LooseFile]:
    """Feeds, the sitemap, and figures as data, which `make` returns for all `urls`.

    `known` are the files of the last build where all of these say what they said then: they are not made to be told.
    """
    before = {url: known.get(url) for url in urls}
    contents = cache(lambda: {file.url: file.content for file in make()})
    if None in before.values():
        return [LooseFile.of(url, content) for url, content in contents().items()]
    return [
        LooseFile(url, record.sha256, record.size, partial(_one_of, contents, url))
        for url, record in before.items()
        if record is not None
    ]


def _one_of(contents: Callable[[], Mapping[str, bytes]], url: str) -> bytes:
    return contents()[url]


def asset_files(
    assets: Iterable[AssetFile], known: Mapping[str, AssetNote], clock: FileClock
) -> Iterator[tuple[LooseFile, AssetNote]]:
    """Pictures and downloads; one whose size and times are those of an earlier build is not read again."""
    for asset in assets:
        status = Path(asset.path).lstat()
        signature = signature_of(status)
        before = known.get(asset.source)
        if before is None or before.signature != signature:
            kept = signature if clock.is_settled(signature) else ()  # it may change again and look the same
            published = _bytes_of(asset)
            before = AssetNote(kept, hashlib.sha256(published).hexdigest(), len(published))
        yield LooseFile(asset.url, before.sha256, before.size, partial(_bytes_of, asset)), before


def _bytes_of(asset: AssetFile) -> bytes:
    """What is published of it. Raises Rejected when it is no sound picture any more."""
    with open(asset.path, "rb", opener=_open_no_link) as file:
        content = file.read()
    try:
        return without_metadata(suffix_of(asset.source), content)
    except Damaged as error:
        raise Rejected([changed_meanwhile(Place(f"content/{asset.source}"))]) from error


def _open_no_link(path: str, flags: int) -> int:
    """Pictures were judged as plain files; one that has become a link since is not followed."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def _redirect_page(url: str, target: str) -> bytes:
    link = html.escape(relative(target, url))
    page = (
        '<!doctype html>\n<html lang="ja"><head><meta charset="utf-8"><title>移動しました</title>'
        f'<meta http-equiv="refresh" content="0; url={link}"><link rel="canonical" href="{link}"></head>'
        f'<body><h1>移動しました</h1><p><a href="{link}">こちらへ移動しました</a></p></body></html>\n'
    )
    return page.encode()
