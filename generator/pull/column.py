"""What a column of a source is declared to hold."""

from __future__ import annotations

from enum import StrEnum

from pydantic import model_validator

from generator.model.finding import Text, listed
from generator.model.record import Name, Record, unfit
from generator.pull.dates import DATE_FORMS, MONTH_FORMS


class ColumnType(StrEnum):
    """The types a cell can have; each is one column type in Parquet."""

    TEXT = "text"
    INTEGER = "integer"  # 0 or more
    NUMBER = "number"  # 0 or more; shares as a fraction, 0.8 for 80 %
    DATE = "date"
    MONTH = "month"  # kept as the month's last day
    BOOLEAN = "boolean"

    @property
    def sql(self) -> str:
        return _SQL[self]


_SQL = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.NUMBER: "DOUBLE",
    ColumnType.DATE: "DATE",
    ColumnType.MONTH: "DATE",
    ColumnType.BOOLEAN: "BOOLEAN",
}


class Column(Record):
    """One column: its name in metrics.yml, its type, and what its cells may hold."""

    name: Name
    """What metrics.yml calls it."""
    type: ColumnType
    format: str | None = None
    """Form of a date (`YYYY-MM-DD` when absent) or of a month (`YYYY-MM` when absent)."""
    optional: bool = False
    """Whether a cell may be empty. The column itself must always be there."""
    values: tuple[str, ...] = ()
    """The only texts allowed, when given."""

    @model_validator(mode="after")
    def _fits_its_type(self) -> Column:
        forms = {ColumnType.DATE: DATE_FORMS, ColumnType.MONTH: MONTH_FORMS}.get(self.type, {})
        if self.format is not None and self.format not in forms:
            raise unfit(
                "bad-format",
                Text(
                    f"形式 `{self.format}` は型 `{self.type.value}` には使えません",
                    f"the format `{self.format}` does not fit the type `{self.type.value}`",
                ),
                Text(f"使える形式: {listed(forms)}", f"formats are: {listed(forms)}")
                if forms
                else Text("`format` を消してください", "remove `format`"),
            )
        if self.values and self.type is not ColumnType.TEXT:
            raise unfit(
                "unfit-key",
                Text("`values` は型 `text` の列にだけ書けます", "`values` is for columns of type `text` only"),
                Text("`values` を消すか、型を `text` にしてください", "remove `values` or make the type `text`"),
            )
        return self
