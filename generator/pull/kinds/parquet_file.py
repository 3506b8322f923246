"""Kind `parquet`: a table with types of its own, such as a data platform exports."""

from __future__ import annotations

from typing import ClassVar, Literal

from generator.cache.database import empty_database
from generator.model.finding import Text
from generator.pull.bulk import Cells, Unusual, database, is_plain, literal
from generator.pull.files import InputFile
from generator.pull.formats.header import positions
from generator.pull.problems import Problems
from generator.pull.source import FileSource, Rows, TabularSource

_AT_ONCE = 10_000  # rows


class ParquetSource(FileSource, TabularSource):
    """A Parquet file; the names of its columns are the keys of `columns`."""

    kind: Literal["parquet"]
    least: ClassVar[int] = 2**14
    """Some thousand rows."""

    def rows(self, file: InputFile, problems: Problems) -> Rows:
        import duckdb  # here because it takes 0.3 s

        if file.content(problems) is None:
            return
        try:
            with empty_database({}) as connection:
                table = connection.execute("FROM read_parquet(?)", [str(file.path)])
                names = [str(column[0]) for column in table.description or ()]
                places = positions(names, self.columns, self.ignored, problems, 0)
                if places is None:
                    return
                number = 0
                while some := table.fetchmany(_AT_ONCE):
                    for row in some:
                        number += 1
                        yield number, [row[place] for place in places]
        except duckdb.Error as error:
            kind = type(error).__name__.removesuffix("Exception")
            what = Text(f"Parquetとして読めません（{kind}）", f"not readable as Parquet: {kind}")
            problems.add("broken-parquet", what, Text("もう一度書き出してください", "export it again"))

    def cells(self, file: InputFile) -> Cells:
        """All its rows, unless a column is declared in a form that only texts have."""
        import duckdb

        problems = Problems(file.shown)
        if not all(map(is_plain, self.columns.values())):
            raise Unusual
        try:
            with database().cursor() as connection:
                table = connection.execute("FROM read_parquet(?) LIMIT 0", [str(file.path)])
                names = [str(column[0]) for column in table.description or ()]
        except duckdb.Error as error:
            raise Unusual from error
        if positions(names, self.columns, self.ignored, problems, 0) is None:
            raise Unusual
        found = {header: '"' + header.replace('"', '""') + '"' for header in self.columns}
        return Cells(f"read_parquet({literal(file.path)})", found, are_text=False, findings=tuple(problems.findings()))
