"""What a column of a source is declared to hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from generator.model.finding import Text, listed
from generator.model.record import Name, Record, unfit
from generator.pull.cells.dates import DATE_FORMS, MONTH_FORMS
from generator.pull.cells.numbers import INTEGER_FORMS, NUMBER_FORMS


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

    @property
    def is_day(self) -> bool:
        return self in _DAYS


_SQL = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.NUMBER: "DOUBLE",
    ColumnType.DATE: "DATE",
    ColumnType.MONTH: "DATE",
    ColumnType.BOOLEAN: "BOOLEAN",
}
_NUMBERS = (ColumnType.INTEGER, ColumnType.NUMBER)
_DAYS = (ColumnType.DATE, ColumnType.MONTH)
_FORMS: Mapping[ColumnType, Iterable[str]] = {
    ColumnType.DATE: DATE_FORMS,
    ColumnType.MONTH: MONTH_FORMS,
    ColumnType.INTEGER: INTEGER_FORMS,
    ColumnType.NUMBER: NUMBER_FORMS,
}
_FIT: Mapping[str, tuple[ColumnType, ...]] = {
    "values": (ColumnType.TEXT,),
    "scale": _NUMBERS,
    "full_width": (*_NUMBERS, *_DAYS),
    "timezone": _DAYS,
}
"""Keys that only some types may have."""


class Column(Record):
    """One column: its name in metrics.yml, its type, and what its cells may hold."""

    name: Name
    """What metrics.yml calls it."""
    type: ColumnType
    format: str | None = None
    """Form of a date (`YYYY-MM-DD` when absent), a month (`YYYY-MM`) or a number (plain digits)."""
    timezone: str | None = None
    """Zone of the times in the file when they carry none; the day is then the site's."""
    full_width: bool = False
    """Whether digits and signs may be of full width (`８５％`)."""
    optional: bool = False
    """Whether a cell may be empty. The column itself must always be there."""
    empty: tuple[str, ...] = ()
    """Texts that mean an empty cell, such as `該当なし`."""
    values: tuple[str, ...] = ()
    """The only texts allowed, when given."""
    scale: Mapping[str, Annotated[int, Field(ge=0)]] = {}
    """The only texts allowed, each with the number it stands for."""

    @property
    def zone(self) -> ZoneInfo | None:
        return ZoneInfo(self.timezone) if self.timezone else None

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str | None) -> str | None:
        try:
            if value is not None:
                ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # a name that is none, leads out, or is of a folder
            what = Text(f"`{value}` は時間帯の名前ではありません", f"there is no time zone `{value}`")
            remedy = Text("`Asia/Tokyo` のように書いてください", "write it like `Asia/Tokyo`")
            raise unfit("bad-timezone", what, remedy) from None
        return value

    @model_validator(mode="after")
    def _fits_its_type(self) -> Column:
        forms = _FORMS.get(self.type, ())
        if self.format is not None and self.format not in forms:
            what = Text(
                f"形式 `{self.format}` は型 `{self.type.value}` には使えません",
                f"the format `{self.format}` does not fit the type `{self.type.value}`",
            )
            usable = Text(f"使える形式: {listed(forms)}", f"formats are: {listed(forms)}")
            raise unfit("bad-format", what, usable if forms else Text("`format` を消してください", "remove `format`"))
        for key, types in _FIT.items():
            if getattr(self, key) and self.type not in types:
                raise _unfit_key(key, types)
        if self.scale and (self.format or self.full_width):
            what = Text("`scale` の列には `format` も `full_width` も書けません", "`scale` stands alone")
            raise unfit("unfit-key", what, Text("どちらかを消してください", "remove one of them"))
        return self


def _unfit_key(key: str, types: tuple[ColumnType, ...]) -> Exception:
    named = listed(fit.value for fit in types)
    return unfit(
        "unfit-key",
        Text(f"`{key}` は型 {named} の列にだけ書けます", f"`{key}` is for columns of type {named} only"),
        Text(f"`{key}` を消すか、型を直してください", f"remove `{key}` or correct the type"),
    )
