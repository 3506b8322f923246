"""Kind `python`: the rows that a function of the site's own repository gives, when its owner trusts it to run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal, cast

from pydantic import Field, field_validator

from generator.model.finding import Text, one_line
from generator.model.period import YearMonth
from generator.model.record import unfit
from generator.pull.child_process import Died, answer_of
from generator.pull.formats.header import positions
from generator.pull.problems import Problems
from generator.pull.remote.failure import FetchFailed
from generator.pull.remote.session import Session
from generator.pull.remote.window import EVERYTHING, Window, past_months
from generator.pull.source import RemoteSource, Rows, TabularSource
from generator.settings import Profile, Settings

_CALLABLE = re.compile(r"((?:[\w-]+/)*[\w-]+\.py):([A-Za-z_]\w*)")


class PythonSource(RemoteSource, TabularSource):
    """A source that only the company has, in twenty lines of Python."""

    kind: Literal["python"]
    function: str = Field(alias="callable")
    """`sources/attendance.py:rows`: a file below the site's folder, and a function in it that gives mappings."""
    since: YearMonth | None = None
    """The first month to ask for: the function gets the first and the last day of each month that is over."""

    @field_validator("function")
    @classmethod
    def _names_a_function(cls, written: str) -> str:
        if _CALLABLE.fullmatch(written):
            return written
        raise unfit(
            "bad-callable",
            Text(f"`{one_line(written)}` は関数の名前ではありません", f"`{one_line(written)}` names no function"),
            Text(
                "`mkdocs.yml` のあるフォルダーから見て `sources/attendance.py:rows` のように書いてください",
                "write it like `sources/attendance.py:rows`, as seen from the folder of mkdocs.yml",
            ),
        )

    @property
    def _parts(self) -> tuple[str, str]:
        """The file and the name in it."""
        file, _, name = self.function.partition(":")
        return file, name

    def program(self, settings: Settings) -> str:
        path = settings.root / self._parts[0]
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""

    def windows(self, today: date) -> Sequence[Window]:
        return past_months(self.since, today) if self.since else [EVERYTHING]

    def fetch(self, window: Window, session: Session, problems: Problems) -> Rows:
        root = self._trusted_root(session.settings)
        days = [str(window.first), str(window.last)] if self.since else []
        answer = self._answer(["call", str(root), *self._parts, *days], session)
        if answer and isinstance(answer[-1], dict):
            raise self._failure(answer[-1], max(1, len(answer) - 1))
        names, *rows = cast(list[list[object]], answer) or [[]]
        places = positions([str(name) for name in names], self.columns, self.ignored, problems, 0) if names else None
        if places is not None:
            for number, row in enumerate(rows, start=1):
                yield number, [row[place] for place in places]

    def _trusted_root(self, settings: Settings) -> Path:
        """The site's folder, if its owner lets its programs run. Raises FetchFailed."""
        if settings.options.profile is not Profile.TRUSTED:
            what = Text(
                f"`{self.function}` は、信頼した記事の置き場でだけ動かします",
                f"`{self.function}` runs in trusted sites only",
            )
            remedy = Text(
                "中身を確かめ、よければ mkdocs.yml の kawaraban に `profile: trusted` と書いてください",
                "read it, and if it may run write `profile: trusted` below kawaraban in mkdocs.yml",
            )
            raise FetchFailed("not-trusted", what, remedy)
        root, path = settings.root.resolve(), (settings.root / self._parts[0]).resolve()
        if not path.is_file() or not path.is_relative_to(root) or path.is_relative_to(settings.content.resolve()):
            what = Text(
                f"`{self._parts[0]}` がサイトのフォルダーにありません", f"there is no `{self._parts[0]}` in the site"
            )
            remedy = Text(
                "`mkdocs.yml` のあるフォルダーの下、記事のフォルダーの外に置いてください",
                "put it below the folder of mkdocs.yml, outside the authors' folder",
            )
            raise FetchFailed("no-program", what, remedy)
        return root

    def _answer(self, task: Sequence[str], session: Session) -> list[object]:
        try:
            return answer_of(task, seconds=session.deadline.left, environ=session.effects.environ)
        except TimeoutError:
            raise session.deadline.passed() from None
        except Died:
            what = Text(
                f"`{self.function}` が途中で終わったか、返す行が多すぎます",
                f"`{self.function}` ended early, or gives too much",
            )
            raise FetchFailed("program-died", what, _LOOK) from None

    def _failure(self, told: dict[str, object], row: int) -> FetchFailed:
        """Why the function gave no more rows; what it raised is named, for its words may speak of people."""
        file, name = self._parts
        match told:
            case {"raised": error, "file": place, "line": line}:
                where = f"{place or file}:{line or '?'}"
                what = Text(f"`{where}` で `{error}` が起きました", f"`{error}` was raised at `{where}`")
            case {"absent": _}:
                what = Text(f"`{file}` に関数 `{name}` がありません", f"there is no function `{name}` in `{file}`")
            case _:
                what = Text(
                    f"`{self.function}` の{row}行目が、ほかと同じ列の辞書ではありません",
                    f"row {row} of `{self.function}` is no mapping with the columns of the others",
                )
        return FetchFailed("program-failed", what, _LOOK)


_LOOK = Text("その関数だけを動かして直してください", "run the function alone and mend it")
