"""Kind `forms`: the answers to a survey, as Microsoft Forms and Google Forms export them (CSV, or Excel).

What the product adds to the answers is known here, in Japanese and English; sources.yml declares the questions. What
people wrote in their own words is stored only where that is declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from pydantic import model_validator

from generator.model.finding import Text
from generator.model.record import unfit
from generator.pull.cells.column import Column, ColumnType
from generator.pull.files import InputFile
from generator.pull.formats import delimited, workbook
from generator.pull.formats.text import Encoding, decode
from generator.pull.problems import Problems
from generator.pull.source import FileSource, Rows, TabularSource

_ADDED = {
    "microsoft": (
        *(("ID", "Id"), ("開始時刻", "Start time"), ("完了時刻", "Completion time"), ("メール", "Email")),
        *(("名前", "Name"), ("最終変更時刻", "Last modified time"), ("言語", "Language")),
    ),
    "google": (("タイムスタンプ", "Timestamp"), ("メールアドレス", "Email Address", "ユーザー名", "Username")),
}
"""Columns that each product adds: the names of one column in each language."""
_MAILS = {"メール", "Email", "メールアドレス", "Email Address", "ユーザー名", "Username"}


class Question(Column):
    """A question, or a column that the product adds."""

    free_text: bool = False
    """Whether whatever people wrote is stored."""

    @model_validator(mode="after")
    def _says_what_is_stored(self) -> Question:
        if self.free_text and (self.type is not ColumnType.TEXT or self.values):
            what = Text(
                "`free_text` は `values` のない `text` の列にだけ書けます", "`free_text` is for plain text only"
            )
            raise unfit("unfit-key", what, Text("`free_text` を消してください", "remove `free_text`"))
        return self


class FormsSource(FileSource, TabularSource):
    """A survey's answers, one row each."""

    kind: Literal["forms"]
    product: Literal["microsoft", "google"]
    """Whose export it is."""
    columns: Mapping[str, Question]
    """Heading as the file has it → what its answers hold. Only these are ever stored."""
    sheet: str | None = None
    """Of an Excel file; its only one when absent."""
    encoding: Encoding = "utf-8"
    """Of a CSV file."""
    ends_in_line_break: bool = True
    """Whether the last row of a CSV file does. Google Sheets writes none there."""

    @model_validator(mode="after")
    def _stores_no_words_unasked(self) -> FormsSource:
        for heading, question in self.columns.items():
            is_open = question.type is ColumnType.TEXT and not (question.values or question.free_text)
            if is_open and heading not in self._added:
                raise unfit(
                    "free-text",
                    Text(
                        f"質問 `{heading}` は自由に書いた言葉を取り込むことになります",
                        f"the question `{heading}` would store what people wrote in their own words",
                    ),
                    Text(
                        "選択肢を `values` に書くか、`ignored` に移すか、承知のうえなら `free_text: true` と書いてください",
                        "list its choices as `values`, move it to `ignored`, or declare `free_text: true`",
                    ),
                )
        return self

    @property
    def _added(self) -> frozenset[str]:
        return frozenset(name for names in _ADDED[self.product] for name in names)

    @cached_property
    def _declared(self) -> dict[str, str]:
        """From a heading of the file to the declared one: whatever its spaces, and in either language."""
        declared = {_squeezed(heading): heading for heading in self.columns}
        for names in _ADDED[self.product]:
            chosen = next((declared[name] for name in names if name in declared), None)
            declared |= dict.fromkeys(names, chosen) if chosen else {}
        return declared

    def _heading(self, written: str) -> str:
        squeezed = _squeezed(written)
        return self._declared.get(squeezed, squeezed)

    def rows(self, file: InputFile, problems: Problems) -> Rows:
        content = file.content(problems)
        if content is not None:
            yield from self._signed(self._answers(file, content, problems), problems)

    def _answers(self, file: InputFile, content: bytes, problems: Problems) -> Rows:
        ignored = (*self.ignored, *self._added)
        if file.path.suffix.lower() in {".xlsx", ".xls"}:
            layout = workbook.Layout(self.sheet, heading=self._heading)
            yield from workbook.read(content, layout, self.columns, ignored, problems)
        elif (text := decode(content, self.encoding, problems)) is not None:
            dialect = delimited.Dialect(ends_in_line_break=self.ends_in_line_break, heading=self._heading)
            yield from delimited.read(text, dialect, self.columns, ignored, problems)

    def _signed(self, answers: Rows, problems: Problems) -> Iterator[tuple[int, list[object]]]:
        """Pass answers on; told when all are anonymous although a column says who answered."""
        place = next((n for n, heading in enumerate(self.columns) if heading in _MAILS), None)
        signed = 0
        line = 0
        for line, cells in answers:
            signed += place is None or cells[place] != "anonymous"
            yield line, list(cells)
        if line and not signed:
            what = Text(
                "回答がすべて匿名（`anonymous`）のため、誰の回答か分かりません",
                "all answers are anonymous, so nobody knows whose they are",
            )
            remedy = Text(
                "フォームの設定で名前の記録を有効にするか、メールの列を `columns` から除いてください",
                "let the form record names, or remove the mail column from `columns`",
            )
            problems.add("anonymous-answers", what, remedy)


def _squeezed(heading: str) -> str:
    """A heading with single plain spaces: products write no-break spaces and line breaks into questions."""
    return " ".join(heading.split())
