"""Progress on a terminal: a bar for what takes longer than a second, nothing in CI or in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from generator.model.finding import Text

T = TypeVar("T")


class TerminalProgress:
    """`generator.effects.Progress` drawn with rich; one line that changes, and gone when done."""

    def __init__(self, console: Console, language: str) -> None:
        self._language = language
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Draw while the body runs."""
        with self._progress:
            yield

    def track(self, items: Iterable[T], title: Text, total: int) -> Iterator[T]:
        task = self._progress.add_task(title.in_language(self._language), total=total)
        try:
            for item in items:
                yield item
                self._progress.advance(task)
        finally:
            self._progress.remove_task(task)

    @contextmanager
    def step(self, title: Text) -> Iterator[None]:
        task = self._progress.add_task(title.in_language(self._language), total=None)
        try:
            yield
        finally:
            self._progress.remove_task(task)
