"""Work on many things in several processes, with the same results as in one.

Where processes can be forked they inherit the items and what the work is done with; elsewhere (Windows, macOS) that is
pickled to them once, and each item. Results come in the order of the items, whichever process was faster.

Not `ProcessPoolExecutor`: with new processes it waits for ever when one of them dies while the next is being started,
and it takes results in as fast as they come, however slowly they are asked for.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Literal, TypeAlias, TypeVar, cast

from msgspec import Struct

from generator.errors import WorkerDied

Tools = TypeVar("Tools")
Item = TypeVar("Item")
Result = TypeVar("Result")

_Parts: TypeAlias = Sequence[Sequence[Any]]
"""Items, each part for one process at a time."""

_FEW = 50
"""Below so many items, starting processes costs more than it saves."""
_AT_ONCE = 25
"""Items that a process takes at a time: few enough that all finish together."""
_ROUNDS = 4
"""So often a process takes some at least: of few items, one may take as long as ten others."""
_METHOD: Literal["fork", "spawn"] = "fork" if sys.platform == "linux" else "spawn"


class Workers(Struct, frozen=True):
    """`jobs` processes; with one, the work is done here."""

    jobs: int = 1
    method: Literal["fork", "spawn"] = _METHOD
    """How processes come to be: as copies of this one, or as new ones that are given what they need."""

    @property
    def are_others(self) -> bool:
        """Whether other processes have what is here now, without being given it."""
        return self.jobs > 1 and self.method == "fork"

    def map(
        self, work: Callable[[Tools, Item], Result], tools: Tools, items: Sequence[Item], *, few: int = _FEW
    ) -> Generator[Result]:
        """`work(tools, item)` for every item, in order.

        `work` is a function of a module. Raises what it raises, and WorkerDied when a process dies.
        """
        if self.jobs == 1 or len(items) < few:
            yield from (work(tools, item) for item in items)
            return
        size = min(_AT_ONCE, -(-len(items) // (_ROUNDS * self.jobs)))
        parts = [items[start : start + size] for start in range(0, len(items), size)]
        # To send a part takes several times as long as to tell a copy of this process its number.
        at_hand = parts if self.are_others else None
        sent = parts if at_hand is None else range(len(parts))
        gc.freeze()  # what is here stays shared: looking for garbage in it would copy it into every process
        try:
            with self._started(work, tools, min(self.jobs, len(parts)), at_hand) as connections:
                for done in _in_order(sent, connections):
                    yield from done.results
                    if done.error is not None:
                        raise done.error
        finally:
            gc.unfreeze()

    @contextmanager
    def beside(self, work: Callable[[Tools], Result], tools: Tools) -> Iterator[Callable[[], Result]]:
        """Do `work(tools)` in a process of its own while the body runs, which is given what waits for the result.

        It raises what the work raises, and WorkerDied. Where there is one job, or a new process would have to be given
        everything, it does the work itself.
        """
        if not self.are_others:
            yield partial(work, tools)
            return
        gc.freeze()
        try:
            with self._started(_on_tools, (work, tools), 1) as (line,):
                try:
                    line.send([None])
                except BrokenPipeError as error:
                    raise WorkerDied from error
                yield partial(_only_result, line)
        finally:
            gc.unfreeze()

    @contextmanager
    def _started(
        self, work: Callable[[Tools, Item], Result], tools: Tools, count: int, at_hand: _Parts | None = None
    ) -> Iterator[list[Connection]]:
        """A line to each of `count` processes. They end with the body, whatever they are at.

        They are sent parts, or numbers of parts that are `at_hand`.
        """
        context: Any = multiprocessing.get_context(self.method)
        processes, lines = [], []
        try:
            for _ in range(count):
                here, there = context.Pipe()
                process = context.Process(target=_serve, args=(there, work, tools, at_hand), daemon=True)
                lines.append(here)
                try:
                    with _ctrl_c_waits():
                        process.start()
                        processes.append(process)
                except BrokenPipeError as error:  # it died before it had read what it is given
                    raise WorkerDied from error
                finally:
                    there.close()  # only the process itself holds it: when it dies, the line ends
            yield lines
        finally:
            for process in processes:
                process.kill()
            for process in processes:
                process.join()
            for line in lines:
                line.close()


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    """Hear of Ctrl-C afterwards. A process that is started meanwhile never does: it would tell where it was by then."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Done(Struct, frozen=True):
    """What came of a part: results as far as the work went, and what ended it too early."""

    results: list[Any]
    error: Exception | None = None


def _in_order(sent: Sequence[object], lines: Sequence[Connection]) -> Iterator[_Done]:
    """What came of each part. Each process has one part at a time, so that neither side waits for the other."""
    left = iter(range(len(sent)))
    given: dict[Connection, int] = {}
    done: dict[int, _Done] = {}

    def give(line: Connection) -> None:
        if (number := next(left, None)) is not None:
            line.send(sent[number])
            given[line] = number

    try:
        for line in lines:
            give(line)
        for number in range(len(sent)):
            while number not in done:
                for ready in wait(list(given)):
                    line = cast(Connection, ready)
                    done[given.pop(line)] = line.recv()
                    give(line)
            yield done.pop(number)
    except (EOFError, BrokenPipeError, ConnectionResetError) as error:
        raise WorkerDied from error


def _on_tools(given: tuple[Callable[[Any], Any], Any], _: None) -> object:
    work, tools = given
    return work(tools)


def _only_result(line: Connection) -> Any:
    try:
        done: _Done = line.recv()
    except (EOFError, ConnectionResetError) as error:
        raise WorkerDied from error
    if done.error is not None:
        raise done.error
    return done.results[0]


def _serve(line: Connection, work: Callable[[Any, Any], Any], tools: object, at_hand: _Parts | None) -> None:
    """Do part after part until there are no more, or nobody who would ask for them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the build, and the build ends its processes
    parent = cast(BaseProcess, multiprocessing.parent_process())
    with suppress(EOFError, BrokenPipeError):
        while line in wait([line, parent.sentinel]):
            part = line.recv() if at_hand is None else at_hand[line.recv()]
            line.send(_done(part, work, tools))


def _done(part: Sequence[Any], work: Callable[[Any, Any], Any], tools: object) -> _Done:
    results: list[Any] = []
    try:
        for item in part:
            results.append(work(tools, item))  # noqa: PERF401 (what was done before an error is kept)
    except Exception as error:
        return _Done(results, _fit_to_send(error))
    return _Done(results)


def _fit_to_send(error: Exception) -> Exception:
    """The error, or its words where it is of a library whose errors cannot be raised in another process."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (what was pickled right here)
    except Exception:  # whatever the code of that library makes of it
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
