"""What a page was made from, by name: noted while it is written, compared when it might be written again."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct

from generator.model.period import Month

DAY, DEFINITIONS, FILES, ORGANISATION, UNITS = "day", "definitions", "files", "organisation", "units"
"""Facts of which there is one. `generator.compose.facts` gives each its digest."""
MOMENT, PAGE, TEXT, SHELF, ASSET, BESIDE = "moment:", "page:", "text:", "shelf:", "asset:", "beside:"
FIGURES, MONTH = "figures:", "month:"
"""Kinds of facts of which there are many; what follows the colon says which."""
_AT = "@"  # no metric has one in its name


class Uses(Struct):
    """The facts that one page was made from."""

    names: set[str] = set()

    def day(self) -> None:
        self.names.add(DAY)

    def moment(self, moment: datetime) -> None:
        self.names.add(f"{MOMENT}{moment.astimezone(UTC).isoformat()}")

    def definitions(self) -> None:
        """Which metrics there are, and all that is printed beside their figures."""
        self.names.add(DEFINITIONS)

    def figures(self, metric: str, until: Month | None = None) -> None:
        """The figures of a metric, those of later months than `until` left out."""
        self.names.add(f"{FIGURES}{metric}{_AT}{until}" if until else f"{FIGURES}{metric}")

    def month(self, metric: str, month: Month) -> None:
        """Whether there is a page about a month of a metric."""
        self.names.add(f"{MONTH}{metric}{_AT}{month}")

    def files(self) -> None:
        self.names.add(FILES)

    def organisation(self) -> None:
        self.names.add(ORGANISATION)

    def units(self) -> None:
        self.names.add(UNITS)

    def page(self, source: str) -> None:
        self.names.add(f"{PAGE}{source}")

    def text(self, source: str) -> None:
        self.names.add(f"{TEXT}{source}")

    def shelf(self, name: str) -> None:
        self.names.add(f"{SHELF}{name}")

    def beside(self, path: str) -> None:
        """A file or folder that a plugin looked at, by its posix path from the site's root; `*` is anything else."""
        self.names.add(f"{BESIDE}{path}")

    def asset(self, source: str) -> None:
        self.names.add(f"{ASSET}{source}")


def metric_and_month(about: str) -> tuple[str, Month | None]:
    """What follows the colon of `FIGURES` or `MONTH`."""
    metric, _, month = about.partition(_AT)
    return metric, Month.parse(month) if month else None
