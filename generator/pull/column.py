"""What a column of a source is declared to hold."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.model.metric import Strict
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


class Column(Strict):
    """One column: its name in metrics.yml, its type, and what its cells may hold."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
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
            listed = ", ".join(f"`{form}`" for form in forms)
            raise PydanticCustomError(
                "format",
                "the format `{form}` does not fit the type `{kind}`",
                {
                    "form": self.format,
                    "kind": self.type.value,
                    "ja": f"形式 `{self.format}` は型 `{self.type.value}` には使えません",
                    "remedy_ja": f"使える形式: {listed}" if forms else "`format` を消してください",
                    "remedy_en": f"formats are: {listed}" if forms else "remove `format`",
                },
            )
        if self.values and self.type is not ColumnType.TEXT:
            raise PydanticCustomError(
                "values",
                "`values` is for columns of type `text` only",
                {
                    "ja": "`values` は型 `text` の列にだけ書けます",
                    "remedy_ja": "`values` を消すか、型を `text` にしてください",
                    "remedy_en": "remove `values` or make the type `text`",
                },
            )
        return self
