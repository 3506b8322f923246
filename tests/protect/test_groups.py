"""Figures that divide by a number nobody may know: shown when every group behind them is large, else hidden."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.model.figure import Figure, FigureStatus, MeasuredFigures
from generator.model.metric import Answers, Freshness, Label, Population
from generator.model.metric_kinds import Enps
from generator.model.organisation import Organisation
from generator.model.period import Month
from generator.protect import explain, protect
from generator.protect.explaining import Rule
from generator.protect.primary import half_up, judge

OCTOBER = Month(2026, 10)
COUNTS = st.integers(0, 60)


def cell(promoters: int, neutral: int, detractors: int, silent: int = 0) -> Figure:
    """An eNPS."""
    answers = promoters + neutral + detractors
    return Figure(
        "enps",
        OCTOBER,
        None,
        promoters,
        answers,
        OCTOBER.last_day,
        FigureStatus.OK,
        against=detractors,
        groups=(promoters, detractors, answers),
        headcount=answers + silent,
    )


def enps() -> Enps:
    answers = Answers(source="survey", column="mail", matches="mail", time="day", value="score")
    return Enps(
        name="enps",
        label=Label(ja="推奨度", en="eNPS"),
        owner="人事部",
        definition="点数です。",
        entity="employee",
        answers=answers,
        eligible=Population(source="roster", column="id"),
        freshness=Freshness.model_validate({"warn_after": "45d", "fail_after": "400d"}),
    )


@given(promoters=COUNTS, neutral=COUNTS, detractors=COUNTS)
def test_it_is_shown_exactly_when_no_group_is_small(promoters: int, neutral: int, detractors: int) -> None:
    said = judge(cell(promoters, neutral, detractors), 10)
    assert (said.percent is not None) == (min(promoters, detractors) >= 10)
    assert said.band is None


def test_six_of_ten_is_no_recommendation() -> None:
    """10, 9, 9, 8, 8, 7, 7, 6, 5, 3, ten times each; one vendor takes a 6 for neutral, and says +10."""
    assert judge(cell(promoters=30, neutral=40, detractors=30), 10).percent == 0
    assert judge(cell(promoters=30, neutral=50, detractors=20), 10).percent == 10


@given(promoters=st.integers(10, 60), neutral=COUNTS, detractors=st.integers(10, 60))
def test_turning_promoters_into_detractors_turns_the_sign(promoters: int, neutral: int, detractors: int) -> None:
    one, other = (
        judge(c, 10).percent for c in (cell(promoters, neutral, detractors), cell(detractors, neutral, promoters))
    )
    assert one is not None
    assert other == -one
    assert -100 <= one <= 100


@given(part=st.integers(-500, 500), whole=st.integers(1, 500))
def test_halves_are_rounded_away_from_zero(part: int, whole: int) -> None:
    assert half_up(-part, whole) == -half_up(part, whole)
    assert abs(2 * whole * half_up(part, whole) - 200 * part) <= whole


@given(answers=st.integers(20, 60), silent=COUNTS)
def test_the_response_rate_is_told_when_neither_side_is_small(answers: int, silent: int) -> None:
    one = cell(answers // 2, answers % 2, answers // 2, silent)
    protected = protect(MeasuredFigures({"enps": enps()}, Organisation(()), (one,)))
    (shown,) = protected.released.cells.values()
    assert not protected.findings
    assert (shown.response_percent is not None) == (silent >= 10)
    assert shown.eligible == answers + silent  # the headcount, never the number of answers


def test_more_promoters_and_detractors_than_answers_are_impossible() -> None:
    wrong = Figure("enps", OCTOBER, None, 20, 30, OCTOBER.last_day, FigureStatus.OK, against=20, groups=(20, 20, 30))
    protected = protect(MeasuredFigures({"enps": enps()}, Organisation(()), (wrong,)))
    assert protected.released.cells == {}
    assert [finding.code for finding in protected.findings] == ["impossible-counts"]


def _of(department: str | None, *groups: int) -> Figure:
    promoters, detractors, answers = groups
    counts = {"against": detractors, "groups": groups, "headcount": 2 * answers}
    return Figure("enps", OCTOBER, department, promoters, answers, OCTOBER.last_day, FigureStatus.OK, **counts)  # type: ignore[arg-type]


def _shown(*cells: Figure) -> set[str | None]:
    released = protect(MeasuredFigures({"enps": enps()}, Organisation(()), cells)).released
    return {cell.department for cell in released.cells.values() if cell.is_shown}


def test_what_is_hidden_is_no_small_group_when_the_rest_is_taken_off_the_company() -> None:
    whole, large, middle, small = _of(None, 64, 64, 140), _of("a", 40, 40, 85), _of("b", 20, 20, 45), _of("c", 4, 4, 10)
    assert _shown(whole, large, middle, small) == {None, "a"}
    assert _shown(large, middle, small) == {"a", "b"}


def test_hidden_departments_that_are_many_together_cost_no_other() -> None:
    small = [_of(name, 6, 6, 14) for name in "cde"]
    assert _shown(_of(None, 78, 78, 172), _of("a", 40, 40, 85), _of("b", 20, 20, 45), *small) == {None, "a", "b"}


def test_of_shown_departments_the_smallest_is_hidden_with_the_others() -> None:
    whole, small = _of(None, 94, 94, 210), _of("z", 4, 4, 10)
    assert _shown(whole, _of("b", 20, 20, 45), _of("a", 20, 20, 45), _of("c", 50, 50, 110), small) == {None, "b", "c"}


def test_where_all_departments_are_hidden_the_company_is_still_told() -> None:
    assert _shown(_of(None, 12, 12, 30), _of("a", 6, 6, 15), _of("b", 3, 3, 8)) == {None}


def test_hidden_people_who_just_reach_the_threshold_together_are_no_small_group() -> None:
    large = _of("a", 40, 40, 85)
    assert _shown(_of(None, 50, 50, 109), large, _of("b", 5, 5, 12), _of("c", 5, 5, 12)) == {None, "a"}
    assert _shown(_of(None, 49, 50, 109), large, _of("b", 5, 5, 12), _of("c", 4, 5, 12)) == {None}


def test_a_figure_that_is_held_stays_held() -> None:
    held = Figure("enps", OCTOBER, None, None, 30, OCTOBER.last_day, FigureStatus.HELD, groups=(0, 0, 30))
    assert judge(held, 10).status is FigureStatus.HELD


def test_the_operator_is_told_the_fewest_people_behind_a_hidden_figure_and_nothing_of_a_shown_one() -> None:
    few, many = cell(12, 20, 3), cell(12, 20, 13, 25)
    (reason,) = explain(MeasuredFigures({"enps": enps()}, Organisation(()), (few,)))
    assert (reason.rule, reason.said.judgement.percent) == (Rule.SMALL_PART, None)
    assert [(each.people, each.low, each.high) for each in reason.without] == [(35, 3, 3)]
    assert explain(MeasuredFigures({"enps": enps()}, Organisation(()), (many,))) == []


def test_people_of_no_department_are_hidden_like_one() -> None:
    """The company less its departments would be these few."""
    a, b = _of("a", 40, 40, 85), _of("b", 20, 20, 45)
    assert _shown(_of(None, 60, 60, 130), a, b) == {None, "a", "b"}
    assert _shown(_of(None, 62, 61, 139), a, b) == {None, "a"}


def test_many_people_of_no_department_need_no_neighbours() -> None:
    assert _shown(_of(None, 60, 60, 130), _of("a", 40, 40, 85)) == {None, "a"}
    assert _shown(_of(None, 80, 80, 175), _of("b", 40, 40, 85), _of("c", 2, 2, 4)) == {None, "b"}


def test_a_large_hidden_department_beside_tiny_ones_is_not_told_by_subtraction() -> None:
    """Of 24 who answered, at most 4 promoters stand elsewhere: that leaves 5 counts, where 10 must remain."""
    large, tiny = _of("b", 9, 12, 24), _of("c", 2, 1, 4)
    assert _shown(_of(None, 51, 53, 113), _of("a", 40, 40, 85), large, tiny) == {None}
    assert _shown(_of(None, 53, 54, 119), _of("a", 40, 40, 85), large, tiny, _of("d", 2, 1, 6)) == {None, "a"}


def test_where_hiding_all_departments_does_not_help_the_company_is_hidden_too() -> None:
    assert _shown(_of(None, 11, 13, 28), _of("b", 9, 12, 24), _of("c", 2, 1, 4)) == set()


def test_a_value_that_nearly_everybody_s_answer_is_needed_for_is_hidden() -> None:
    """Ten promoters and ten detractors in twenty people: nobody was silent."""
    assert _responses(cell(10, 0, 10)) == {}
    assert _shown(cell(10, 0, 10)) == set()
    assert _shown(cell(10, 9, 10)) == {None}  # of 29 people, 20 to 29 may have answered
    assert _shown(cell(10, 8, 10)) == set()


def test_departments_tell_their_response_where_neither_side_is_small() -> None:
    a, b = _asked("a", 86, 125), _asked("b", 84, 115)
    assert _responses(_asked(None, 170, 240), a, b) == {None: 71, "a": 69, "b": 73}
    assert _responses(_asked(None, 170, 240), a) == {None: 71}


def test_no_department_tells_its_response_where_silence_would_tell_how_few_were_silent() -> None:
    """Readers know that up to nine were silent; of 92 people, not all numbers of answers make nineteen points."""
    a, few = _asked("a", 86, 126), [_of(name, 50, 34, 84) for name in "bcde"]
    whole = _of(None, 43 + 200, 43 + 136, 86 + 336)
    enough = [replace(figure, headcount=90) for figure in few]
    assert _responses(replace(whole, headcount=126 + 360), a, *enough) == {None: 87, "a": 68}
    less = [replace(enough[0], headcount=92), *enough[1:]]
    assert _responses(replace(whole, headcount=126 + 362), a, *less) == {None: 86}


def test_the_company_s_response_is_not_told_where_that_of_few_would_follow() -> None:
    a, b = _asked("a", 86, 125), _asked("b", 84, 115)
    assert _responses(_asked(None, 178, 248), a, b, _asked("c", 8, 8)) == {None: 72}
    assert _responses(_asked(None, 85, 96), _asked("a", 85, 96)) == {}
    assert _responses(_asked(None, 85, 125), _asked("a", 85, 125)) == {None: 68}


def test_departments_that_are_no_parts_of_the_company_are_refused() -> None:
    for whole in (_of(None, 30, 30, 70), _of(None, 60, 60, 120)):
        protected = protect(MeasuredFigures({"enps": enps()}, Organisation(()), (whole, _of("a", 40, 40, 85))))
        codes = [finding.code for finding in protected.findings]
        assert codes == (["not-a-partition"] if whole.denominator < 85 else [])


def _asked(department: str | None, answers: int, people: int) -> Figure:
    """Half of those who answered are promoters."""
    promoters, detractors = answers // 2, answers - answers // 2
    counts = {"against": detractors, "groups": (promoters, detractors, answers), "headcount": people}
    return Figure("enps", OCTOBER, department, promoters, answers, OCTOBER.last_day, FigureStatus.OK, **counts)  # type: ignore[arg-type]


def _responses(*cells: Figure) -> dict[str | None, int]:
    released = protect(MeasuredFigures({"enps": enps()}, Organisation(()), cells)).released
    told = {cell.department: cell.response_percent for cell in released.cells.values()}
    return {department: percent for department, percent in told.items() if percent is not None}
