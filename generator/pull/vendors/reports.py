"""A service that offers several tables: a source names one of them, and the columns of it to store."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from pydantic import ValidationInfo, field_validator

from generator.pull.cells.column import Column
from generator.pull.source import judge_columns
from generator.pull.vendors.service import VendorService


class ReportsService(VendorService):
    """One of a vendor's reports."""

    report: str
    """Which of them; each kind names its own."""
    columns: tuple[str, ...]
    """What is stored beside the day, so that nothing more about people is kept than metrics.yml uses."""

    @classmethod
    @abstractmethod
    def offered(cls) -> Mapping[str, Mapping[str, Column]]:
        """Report → the columns that may be stored: name in its answers → column."""

    @field_validator("columns")
    @classmethod
    def _are_offered(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if "report" in info.data:  # else that is told already
            judge_columns(names, cls.offered()[info.data["report"]])
        return names
