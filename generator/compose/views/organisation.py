"""Views of the departments and their champions."""

from __future__ import annotations

from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct

from generator.compose.views.parts import Card, Foot, Head, Label, Link


class ChampionCard(Struct, frozen=True):
    """Who helps in a department."""

    anchor: str
    """Id on the page: the department's id."""
    department: Label
    """The department."""
    person: str
    """The champion's name."""
    person_role: str | None
    """Office."""
    term: str
    """「2026年5月1日から」."""
    brings: str | None
    """What they bring to the meeting."""
    takes: str | None
    """What they take back."""
    contact: Label | None
    """How to reach them."""
    body: Markup | None
    """Slot of the author's text; None on the department's page."""


class ChampionGroup(Struct, frozen=True):
    """The champions of one division."""

    name: str
    """「営業本部」; empty for departments without a division."""
    champions: tuple[ChampionCard, ...]
    """In organisation order."""
    vacant: tuple[Label, ...]
    """Departments that look for one."""


class ChampionsView(Struct, frozen=True):
    """推進担当: all of them."""

    kind: ClassVar[str] = "champions"
    head: Head
    """Name of the page."""
    intro: Markup | None
    """Slot of an author's index.md; None when there is none."""
    groups: tuple[ChampionGroup, ...]
    """By division, in organisation order."""


class DepartmentLine(Struct, frozen=True):
    """A department in the list of all."""

    id: str
    """The department's id, as `data-department`: a script may remember the reader's own."""
    link: Link
    """Its name, leading to its page."""
    what_we_do: str | None
    """What it does, in one line."""
    champion: str | None
    """「推進担当 高瀬 亮さん」."""


class DepartmentGroup(Struct, frozen=True):
    """A division and its departments."""

    name: str
    """「営業本部」; empty for departments without a division."""
    departments: tuple[DepartmentLine, ...]
    """In organisation order."""


class DepartmentsView(Struct, frozen=True):
    """部署と推進担当."""

    kind: ClassVar[str] = "departments"
    head: Head
    """Name of the page."""
    intro: Markup | None
    """Slot of an author's index.md; None when there is none."""
    groups: tuple[DepartmentGroup, ...]
    """By division, in organisation order."""
    champions: Link
    """To the champions of all departments."""


class DepartmentFigure(Struct, frozen=True):
    """One metric of a department."""

    link: Link
    """Name of the metric, leading to its page."""
    tile: Markup
    """The latest figure."""
    trend: Markup
    """The months."""
    reached: Link | None
    """When the department reached its target."""


class DepartmentView(Struct, frozen=True):
    """One department."""

    kind: ClassVar[str] = "department"
    id: str
    """The department's id, as `data-department`."""
    head: Head
    """Division, name, what it does."""
    history: str | None
    """What it was before a reorganisation, in one sentence."""
    ask_us_for: tuple[str, ...]
    """What others may ask of it."""
    champion: ChampionCard | None
    """Who helps in it."""
    figures: tuple[DepartmentFigure, ...]
    """Its own figures, one a metric."""
    data_use: str | None
    """What figures may be used for; None when it has none."""
    body: Markup | None
    """Slot of the author's text; None when nobody has written one."""
    stories: tuple[Card, ...]
    """Its newest stories."""
    notices: tuple[Card, ...]
    """Notices that hold today."""
    feed: Link
    """To its own feed."""
    foot: Foot | None
    """Whom to ask; None when nobody has written a page."""
