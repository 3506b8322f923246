"""Progress on a terminal: a bar for what takes longer than a second, nothing in CI or in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

T = TypeVar("T")

_TITLES: Mapping[str, tuple[str, str]] = {
    "read": ("記事を読んでいます", "reading pages"),
    "pull": ("データを取り込んでいます", "pulling data"),
    "measure": ("数字を計算しています", "measuring"),
    "protect": ("少人数を保護しています", "protecting small groups"),
    "compose": ("紙面を組んでいます", "composing"),
    "render": ("ページを作っています", "rendering"),
    "verify": ("仕上がりを確かめています", "verifying"),
    "deliver": ("サイトに反映しています", "delivering"),
}


class TerminalProgress:
    """`generator.effects.Progress` drawn with rich; one line that changes, and gone when done."""

    def __init__(self, console: Console, language: str) -> None:
        self._column = 0 if language == "ja" else 1
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

    def track(self, items: Iterable[T], title: str, total: int) -> Iterator[T]:
        task = self._progress.add_task(self._title(title), total=total)
        for item in items:
            yield item
            self._progress.advance(task)
        self._progress.remove_task(task)

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        task = self._progress.add_task(self._title(title), total=None)
        try:
            yield
        finally:
            self._progress.remove_task(task)

    def _title(self, title: str) -> str:
        return _TITLES[title][self._column]
