"""Work on many things in several processes, with the same results as in one.

Where processes can be forked they inherit what the work is done with; elsewhere (Windows, macOS) it is pickled to
them once. Results come in the order of the items, whichever process was faster.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

Tools = TypeVar("Tools")
Item = TypeVar("Item")
Result = TypeVar("Result")

_FEW = 50
"""Below so many items, starting processes costs more than it saves."""
_AT_ONCE = 25
"""Items that a process takes at a time: few enough that all finish together."""


@dataclass(frozen=True, slots=True)
class Workers:
    """`jobs` processes; with one, the work is done here."""

    jobs: int = 1

    def map(
        self, work: Callable[[Tools, Item], Result], tools: Tools, items: Sequence[Item], *, few: int = _FEW
    ) -> Iterator[Result]:
        """`work(tools, item)` for every item, in order.

        `work` is a function of a module. Raises what it raises, and BrokenProcessPool when a process dies.
        """
        if self.jobs == 1 or len(items) < few:
            yield from (work(tools, item) for item in items)
            return
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        gc.freeze()  # what is here stays shared: looking for garbage in it would copy it into every process
        try:
            with ProcessPoolExecutor(self.jobs, context, _begin, (work, tools)) as pool:
                do: Callable[[Item], Result] = _do
                yield from pool.map(do, items, chunksize=min(_AT_ONCE, -(-len(items) // self.jobs)))
        finally:
            gc.unfreeze()


_HERE: list[tuple[Callable[[Any, Any], Any], Any]] = []
"""The work of this process; a pool gives its functions no other way to find it."""


def _begin(work: Callable[[Any, Any], Any], tools: object) -> None:
    _HERE[:] = [(work, tools)]


def _do(item: Any) -> Any:
    work, tools = _HERE[0]
    return work(tools, item)
