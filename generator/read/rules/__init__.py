"""What must hold between pages, one rule a function; the order does not matter.

A rule takes the whole edition and yields findings: those of `PAGE_RULES` about one page at a time, which need not be
judged again while neither it nor its surroundings change, those of `EDITION_RULES` about all of them. Adding one: a
function in the file of its idea, a line here, and a case in tests/sites/broken/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.model.finding import Finding
from generator.read.manuscript import Manuscript
from generator.read.rules.campaigns import enforcement_says_what_ends, launches_are_decided
from generator.read.rules.dates import milestones_are_not_overdue, reviews_are_not_overdue, spans_end_after_they_begin
from generator.read.rules.departments import departments_exist, departments_of_mvv_are_named
from generator.read.rules.edition import Edition
from generator.read.rules.faqs import required_questions_are_answered
from generator.read.rules.issues import issue_files_are_named_after_numbers, issue_numbers_follow
from generator.read.rules.missions import the_company_has_one_mission
from generator.read.rules.placeholders import drafts_are_written_over, nothing_is_left_to_fill_in, somebody_has_agreed
from generator.read.rules.stories import (
    failures_have_lessons,
    stories_are_worth_something,
    stories_have_their_sections,
)
from generator.read.rules.targets import (
    campaigns_exist,
    covers_are_complete,
    links_lead_to_no_draft,
    named_pages_exist,
)
from generator.read.rules.words import words_stand_apart

PAGE_RULES: tuple[Callable[[Edition, Manuscript], Iterable[Finding]], ...] = (
    campaigns_exist,
    covers_are_complete,
    departments_exist,
    departments_of_mvv_are_named,
    drafts_are_written_over,
    enforcement_says_what_ends,
    failures_have_lessons,
    issue_files_are_named_after_numbers,
    launches_are_decided,
    links_lead_to_no_draft,
    milestones_are_not_overdue,
    named_pages_exist,
    nothing_is_left_to_fill_in,
    reviews_are_not_overdue,
    somebody_has_agreed,
    spans_end_after_they_begin,
    stories_are_worth_something,
    stories_have_their_sections,
    words_stand_apart,
)
EDITION_RULES: tuple[Callable[[Edition], Iterable[Finding]], ...] = (
    issue_numbers_follow,
    required_questions_are_answered,
    the_company_has_one_mission,
)
