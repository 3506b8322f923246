"""The verb: every source gives a snapshot; one that fails leaves its last good one standing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from importlib import import_module
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from generator.cache.sealed import NoKey, key_from
from generator.effects import Effects, Quiet
from generator.model.finding import Family, Finding, Place, Text
from generator.model.snapshot import Snapshot, Snapshots
from generator.pull import refusals
from generator.pull.digests import Digests
from generator.pull.files import InputFile, find
from generator.pull.kinds.database_table import TableSource
from generator.pull.looking import looked_at
from generator.pull.one_source import OneSource, Pulled
from generator.pull.pieces import file_pieces, window_pieces
from generator.pull.problems import Problems, told_once
from generator.pull.remote.secret import secrets_in
from generator.pull.remote.session import Session
from generator.pull.renewing import renewed
from generator.pull.source import FileSource, RemoteSource
from generator.pull.sources_file import read_sources
from generator.pull.unread import tell_unread
from generator.settings import Settings

FEW_BYTES = 16 * 2**20
"""New files of a source that are read beside those of others: of more, one after the other, for memory's sake."""
_PULLING = Text("データを取り込み", "pulling data")


def pull(
    settings: Settings,
    effects: Effects,
    *,
    offline: bool = False,
    asks_outside: bool = True,
    digests: Digests | None = None,
) -> tuple[Snapshots, list[Finding]]:
    """Return the newest good rows of every source in content/data/sources.yml, and what is wrong with any.

    With `offline` no source is touched and the latest snapshots are used as they are; without `asks_outside` those of
    sources on the network, where there are any. Files that `digests` knows are not read to be known. Findings about a
    source are warnings when an earlier snapshot stands in for it (status STALE), else errors.
    """
    digests = digests or Digests()
    declared, findings = read_sources(settings)
    try:
        key = key_from(settings.options.private_key_env, effects.environ)
    except NoKey as missing:
        refusal = Finding(Family.DATA, missing.code, Place(settings.config_file), missing.why, missing.remedy)
        return Snapshots({}, frozenset(declared.places), declared.is_readable), [*findings, refusal]
    sources = [
        OneSource(settings, effects, name, source, declared.places[name], key)
        for name, source in declared.sources.items()
    ]
    snapshots: dict[str, Snapshot] = {}
    exports = {} if offline else _exports(sources, digests)
    findings += _unread(settings, sources, exports)
    read = _read_at_once(sources, exports, effects)
    pulled = [_begun(one, exports, read, offline=offline, asks_outside=asks_outside) for one in sources]
    for one, result in effects.progress.track(zip(sources, pulled, strict=True), _PULLING, total=len(sources)):
        snapshot, told = result()
        findings += told
        if snapshot is not None:
            snapshots[one.name] = snapshot
    without_rows = frozenset(declared.places.keys() - snapshots.keys())
    are_local = not any(isinstance(source, RemoteSource | TableSource) for source in declared.sources.values())
    secrets = frozenset(chain.from_iterable(secrets_in(source) for source in declared.sources.values()))
    return Snapshots(snapshots, without_rows, declared.is_readable, are_local, secrets), findings


class _Exports(Struct, frozen=True):
    """The files of a source."""

    source: FileSource
    files: list[InputFile]
    problems: Problems
    new: int
    """Bytes of those that nobody knows."""


def _exports(sources: Iterable[OneSource], digests: Digests) -> dict[str, _Exports]:
    """By the names of those sources that are files."""
    known = {sha256 for _, sha256 in digests.before.values()}
    exports = {}
    for one in sources:
        if isinstance(one.source, FileSource):
            problems = one.problems()
            files = find(one.settings, one.source.path, problems, digests)
            new = sum(file.size for file in files if file.sha256 not in known)
            exports[one.name] = _Exports(one.source, files, problems, new)
    return exports


def _unread(settings: Settings, sources: Iterable[OneSource], exports: Mapping[str, _Exports]) -> list[Finding]:
    """What lies beside the files that were found."""
    patterns = [one.source.path for one in sources if isinstance(one.source, FileSource) and one.name in exports]
    return tell_unread(settings, patterns, (file.path for found in exports.values() for file in found.files))


def _read_at_once(sources: Iterable[OneSource], exports: Mapping[str, _Exports], effects: Effects) -> dict[str, Pulled]:
    """What came of the sources of few new files, by name, several at a time; nothing where one is read at a time.

    In processes, for to type rows takes a core as long as it lasts. Before any source on the network is asked: a
    process with threads must not be copied.
    """
    few = [one for one in sources if one.name in exports and 0 < exports[one.name].new <= FEW_BYTES]
    if len(few) < 2 or not effects.workers.are_others:
        return {}
    import_module("duckdb")  # takes 0.1 s: once, for all of them and for whoever counts the rows
    # Another process must not draw on the terminal of this one.
    quiet = [replace(one, effects=replace(one.effects, progress=Quiet())) for one in few]
    read = effects.progress.track(effects.workers.map(_with_files, exports, quiet, few=1), _PULLING, total=len(few))
    return dict(zip([one.name for one in few], read, strict=True))


def _begun(
    one: OneSource,
    exports: Mapping[str, _Exports],
    read: Mapping[str, Pulled],
    *,
    offline: bool,
    asks_outside: bool,
) -> Callable[[], Pulled]:
    """Start a source on the network; what is returned waits for it, or reads files that are not `read` yet.

    Each on the network answers in its own time, and most of it is waiting: all that are down cost as much time as one.
    """
    if offline:
        return lambda: _offline(one)
    is_remote = isinstance(one.source, RemoteSource)
    is_outside = is_remote or isinstance(one.source, TableSource)
    if is_outside and not asks_outside and one.store.latest()[0] is not None:
        return lambda: _offline(one, may_ask=True)
    if isinstance(one.source, FileSource):
        return lambda: read.get(one.name) or _with_files(exports, one)
    return _started(lambda: _online(one)) if is_remote else lambda: _online(one)


def _with_files(exports: Mapping[str, _Exports], one: OneSource) -> Pulled:
    found = exports[one.name]
    pieces = file_pieces(found.source, found.files, may_lie_open=one.key is None)
    return renewed(one, pieces, found.problems.findings())


def _offline(one: OneSource, *, may_ask: bool = False) -> Pulled:
    """Use what is there; with `may_ask` a table of a database may still be counted."""
    last, told = one.last()
    if last is not None and one.is_of_another(last):
        return None, [refusals.other_declaration(one.place, one.name)]
    if last is not None:
        return one.snapshot(last, may_ask=may_ask), told_once(last.meta.warnings)
    return None, [finding for finding in told if finding.is_error] or [refusals.no_snapshot(one.place, one.name)]


def _online(one: OneSource) -> Pulled:
    """Ask the source, unless its rows are those of the windows of the last snapshot."""
    if isinstance(one.source, RemoteSource):
        with Session(one.effects, one.settings, one.source.budget) as session:
            return renewed(one, window_pieces(one.source, session, one.today, one.place), [])
    if isinstance(one.source, TableSource):
        return looked_at(one, one.source)
    raise TypeError(f"{type(one.source)} is no kind of source")


def _started(work: Callable[[], Pulled]) -> Callable[[], Pulled]:
    """Do `work` in a thread, and return what waits for its result or raises its error."""
    future: Future[Pulled] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # raised again where the result is waited for
            future.set_exception(error)

    # A daemon, unlike those of an executor: whoever presses Ctrl-C does not wait for a server.
    threading.Thread(target=run, daemon=True).start()
    return future.result
