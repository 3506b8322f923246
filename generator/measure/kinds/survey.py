"""Answers on a scale: a person's latest one in the month counts; an empty one is none."""

from __future__ import annotations

from generator.measure.calendar import Calendar, days_of
from generator.measure.kinds import sql
from generator.measure.kinds.kind import Reading
from generator.measure.warehouse import quoted
from generator.model.metric import Answers


def readings(answers: Answers, calendar: Calendar) -> tuple[Reading, ...]:
    """The answers of the calendar month."""
    return (Reading("answers", "answers", answers, {month: days_of(month) for month in calendar.months}),)


def said(answers: Answers) -> dict[str, str]:
    """`_said`: `ends`, `department`, `person` and `value` of each eligible person, NULL without an answer.

    Of two answers on one day the lower counts, so that the order of the rows decides nothing.
    """
    value = quoted(answers.value)
    return {
        "_answer": f"""
            SELECT span.ends, answer._name AS name, answer._day AS day, min(answer.{value}) AS value
            FROM {sql.rows(answers, answers.value)} AS answer JOIN _answers_days AS span ON span.day = answer._day
            WHERE answer.{value} IS NOT NULL
            GROUP BY span.ends, answer._name, answer._day
        """,  # noqa: S608 -- see `quoted`
        "_newest": "SELECT ends, name, max(day) AS day FROM _answer GROUP BY ends, name",
        "_said": f"""
            SELECT member.ends, member.department, member.person, min(answer.value) AS value
            FROM _member AS member
            LEFT JOIN _newest AS newest
            ON newest.ends = member.ends AND newest.name = member.{sql.roster_name(answers)}
            LEFT JOIN _answer AS answer
            ON answer.ends = newest.ends AND answer.name = newest.name AND answer.day = newest.day
            GROUP BY member.ends, member.department, member.person
        """,  # noqa: S608 -- see `quoted`
    }
