"""The facts of the demo company: departments, headcounts, targets and the course of its campaigns.

Rates are whole percent of the eligible people on the month's last day. The courses are written out rather than
computed so that the story can be read here: who was early, who reached its target in which month.
"""

from datetime import date

from msgspec import Struct

from generator.demo.days import MONTHS, REORGANISATION

TENANT = "株式会社あさひ野製作所"
DOMAIN = "asahino.example"

FOUNDED = date(2016, 4, 1)
"""The organisation as it is has stood since this day; nobody's post begins earlier."""
BEFORE_REORGANISATION = date(2026, 3, 31)

SURVEY_START = date(2026, 4, 1)
PULSE_START = date(2026, 5, 1)
SLACK_OUTAGE = date(2026, 5, 1)
"""The month for which the vendor delivered no file at all: 未測定, never 0."""


class Department(Struct, frozen=True):
    """A department, or one of the four 本部 (which have no people of their own)."""

    id: str
    name: str
    parent_id: str = ""
    headcount: int = 0
    """Eligible people on the last day of 2026-10, or of 2026-03 for a department that ended then."""
    chat_target: float | None = None
    """Fraction of the eligible people, e.g. 0.8."""
    first: date = FOUNDED
    last: date | None = None
    successor_id: str = ""


DIVISIONS = (
    Department("administration", "管理本部"),
    Department("sales-division", "営業本部"),
    Department("engineering-division", "技術本部"),
    Department("production-division", "生産本部"),
)

DEPARTMENTS = (
    Department("corporate-planning", "経営企画部", "administration", 28, 0.9),
    Department("general-affairs", "総務部", "administration", 46, 0.9),
    Department("human-resources", "人事部", "administration", 38, 0.9),
    Department("accounting", "経理部", "administration", 42, 0.9),
    Department("information-systems", "情報システム部", "administration", 34, 0.9),
    Department("legal", "法務室", "administration", 4, 0.9),
    Department("sales-east", "東日本営業部", "sales-division", 164, 0.8),
    Department("sales-west", "西日本営業部", "sales-division", 148, 0.8),
    Department("overseas-sales", "海外営業部", "sales-division", 58, 0.8),
    Department("marketing", "マーケティング部", "sales-division", 36, 0.8),
    Department("customer-service", "カスタマーサービス部", "sales-division", 92, 0.8),
    Department("research", "研究開発部", "engineering-division", 120, 0.8),
    Department("design", "設計部", "engineering-division", 178, 0.8),
    Department("production-engineering", "生産技術部", "engineering-division", 134, 0.8),
    Department("manufacturing-1", "製造一部", "production-division", 360, 0.7),
    Department("manufacturing-2", "製造二部", "production-division", 312, 0.7),
    Department("quality", "品質保証部", "production-division", 112, 0.8),
    Department("supply", "購買物流部", "production-division", 94, 0.8, first=REORGANISATION),
)
"""The 18 departments of today."""

MERGED = (
    Department("procurement", "購買部", "production-division", 52, last=BEFORE_REORGANISATION, successor_id="supply"),
    Department("logistics", "物流部", "production-division", 42, last=BEFORE_REORGANISATION, successor_id="supply"),
)
"""The two departments that became 購買物流部."""

ONE_ON_ONE_TARGET = 0.8
SLACK_TARGET = 0.85

Course = dict[str, tuple[int, ...]]
"""Department → percent a month, from the first month in which both the department and the metric exist."""

CHAT: Course = {
    "corporate-planning": (41, 48, 54, 62, 66, 69, 72, 75, 79, 82, 86, 89),
    "general-affairs": (41, 48, 55, 64, 68, 72, 75, 79, 83, 87, 91, 91),  # 90 in 2026-09
    "human-resources": (35, 44, 51, 61, 66, 70, 74, 79, 83, 86, 88, 92),  # 90 in 2026-10
    "accounting": (35, 43, 49, 57, 61, 65, 69, 72, 77, 80, 85, 88),
    "information-systems": (66, 70, 73, 78, 81, 84, 87, 91, 91, 91, 91, 91),  # 90 in 2026-06
    "legal": (31, 36, 40, 46, 49, 53, 55, 59, 63, 65, 71, 75),
    "sales-east": (26, 32, 40, 48, 53, 58, 63, 69, 76, 81, 82, 84),  # 80 in 2026-08
    "sales-west": (18, 23, 27, 35, 39, 43, 46, 51, 57, 60, 68, 74),
    "overseas-sales": (38, 45, 51, 58, 62, 65, 70, 75, 82, 83, 84, 86),  # 80 in 2026-07
    "marketing": (62, 67, 71, 76, 81, 82, 83, 86, 86, 89, 89, 92),  # 80 in 2026-03
    "customer-service": (26, 32, 39, 47, 51, 56, 61, 67, 74, 81, 82, 83),  # 80 in 2026-08
    "research": (31, 38, 44, 52, 56, 60, 64, 68, 74, 81, 82, 84),  # 80 in 2026-08
    "design": (29, 36, 42, 51, 56, 60, 66, 74, 81, 82, 83, 85),  # 80 in 2026-07
    "production-engineering": (19, 25, 31, 39, 43, 48, 52, 57, 63, 67, 75, 81),  # 80 in 2026-10
    "manufacturing-1": (6, 9, 11, 16, 19, 23, 26, 30, 37, 41, 51, 59),
    "manufacturing-2": (9, 12, 16, 21, 25, 29, 32, 37, 44, 48, 58, 66),
    "quality": (19, 25, 30, 38, 42, 47, 51, 56, 61, 65, 73, 79),
    "supply": (41, 45, 50, 56, 60, 68, 74),
    "procurement": (22, 28, 34, 43, 47),
    "logistics": (9, 13, 17, 21, 26),
}

ONE_ON_ONE: Course = {
    "corporate-planning": (44, 52, 58, 64, 67, 71, 75),
    "general-affairs": (33, 40, 46, 52, 56, 61, 65),
    "human-resources": (50, 57, 63, 69, 72, 76, 79),
    "accounting": (35, 42, 48, 54, 58, 63, 67),
    "information-systems": (43, 51, 57, 62, 66, 70, 74),
    "legal": (25, 25, 25, 50, 50, 50, 50),
    "sales-east": (36, 43, 49, 55, 59, 64, 68),
    "sales-west": (30, 37, 43, 49, 53, 58, 62),
    "overseas-sales": (39, 47, 53, 59, 62, 67, 71),
    "marketing": (49, 56, 62, 67, 71, 75, 78),
    "customer-service": (38, 46, 52, 58, 61, 66, 70),
    "research": (42, 49, 55, 61, 65, 69, 73),
    "design": (55, 62, 68, 73, 76, 79, 82),  # the model case: 80 in 2026-10
    "production-engineering": (38, 46, 52, 58, 61, 66, 70),
    "manufacturing-1": (22, 29, 35, 41, 46, 52, 57),
    "manufacturing-2": (24, 31, 37, 43, 48, 54, 59),
    "quality": (36, 43, 49, 55, 59, 64, 68),
    "supply": (32, 39, 45, 51, 55, 60, 64),
}

SLACK: Course = {  # 技術本部 as a whole: 85 in 2026-08
    "research": (60, 62, 64, 68, 71, 73, 77, 80, 84, 88, 89, 90),
    "design": (61, 63, 65, 68, 71, 74, 77, 80, 84, 87, 88, 89),
    "production-engineering": (46, 48, 50, 55, 58, 62, 67, 71, 77, 82, 84, 85),
}


def expected(course: Course, department_id: str, month: date) -> int:
    """Return the percent that `course` plans for a department in a month; IndexError outside its life."""
    values = course[department_id]
    ended = MONTHS.index(REORGANISATION) if department_id in {gone.id for gone in MERGED} else len(MONTHS)
    position = MONTHS.index(month) - ended + len(values)
    if not 0 <= position < len(values):
        raise IndexError(f"no value is planned for {department_id} in {month:%Y-%m}")
    return values[position]
