"""What a page was made from, by name: noted while it is written, compared when it might be written again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from generator.model.period import Month

DAY, METRICS, FILES, ORGANISATION, UNITS = "day", "metrics", "files", "organisation", "units"
MOMENT, PAGE, TEXT, SHELF, ASSET, BESIDE = "moment:", "page:", "text:", "shelf:", "asset:", "beside:"
FIGURES, MONTH = "figures:", "month:"
"""Kinds of facts; what follows the colon says which. `generator.compose.facts` gives each its digest."""


@dataclass(slots=True)
class Uses:
    """The facts that one page was made from."""

    names: set[str] = field(default_factory=set)

    def day(self) -> None:
        self.names.add(DAY)

    def moment(self, moment: datetime) -> None:
        self.names.add(f"{MOMENT}{moment.astimezone(UTC).isoformat()}")

    def metrics(self) -> None:
        """Which metrics there are, and all that is printed beside their figures."""
        self.names.add(METRICS)

    def figures(self, metric: str, until: Month | None = None) -> None:
        """The figures of a metric, those of later months than `until` left out."""
        self.names.add(f"{FIGURES}{metric}@{until}" if until else f"{FIGURES}{metric}")

    def month(self, metric: str, month: Month) -> None:
        """Whether a metric has figures of a month."""
        self.names.add(f"{MONTH}{metric}@{month}")

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
