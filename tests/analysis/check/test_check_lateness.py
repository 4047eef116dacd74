"""Points 12 to 14 of the gate, on programs whose answer can be worked out by hand; days have 24 hours."""

from datetime import datetime

import pytest

from checked import program, survey
from riskmc.analysis.check.lateness import critical_path_test, execution_index, path_length_index
from riskmc.program.stored import StoredDates

CHAIN = {"a": {"duration": "10d"}, "b": {"duration": "10d", "after": ["a"]}}


def work(*after, **more):
    return {"duration": "10d", "after": list(after), **more}


def finishes(**days):
    """Stored baselines: from 4 January to the given day of that month."""
    return {
        f"p.{name}": StoredDates(baseline_start=datetime(2027, 1, 4), baseline_finish=datetime(2027, 1, day))
        for name, day in days.items()
    }


def test_600_days_more_of_critical_work_move_the_finish_by_600_days():
    assert critical_path_test(survey(program(CHAIN))) == ("p.a", 600.0)


def test_a_mandatory_start_keeps_the_finish_where_it_is():
    """b starts on 14 January whatever a does: the finish stays."""
    held = program(
        {"a": {"duration": "10d"}, "b": {"duration": "10d", "after": ["a"], "mandatory_start": "2027-01-14"}}
    )
    assert critical_path_test(survey(held)) == ("p.a", 0.0)


def test_a_finish_that_does_not_wait_for_all_moves_by_less():
    """Only the start of a drives b, so it is b, critical by itself, that is delayed; without b's finish a would be."""
    tied = program({"a": {"duration": "10d"}, "b": {"duration": "30d", "after": ["a SS"]}})
    assert critical_path_test(survey(tied)) == ("p.b", 600.0)


def test_remaining_work_is_delayed_where_work_has_begun():
    begun = {**CHAIN, "a": {"duration": "10d", "progress": {"started": "2027-01-04", "remaining": "6d"}}}
    assert critical_path_test(survey(program(begun, data_date="2027-01-08"))) == ("p.a", 600.0)


def test_the_delay_is_counted_in_days_of_the_delayed_activity_s_calendar():
    """Five days of eight hours a week: 600 days are 120 weeks, and b follows at once, on the clock."""
    eight = {"office": {"week": {"mon-fri": "08:00-16:00"}}}
    plan = program({"a": {"duration": "10d", "calendar": "office"}, "b": work("a")}, calendars=eight)
    assert critical_path_test(survey(plan)) == ("p.a", 600.0)


def test_a_plan_that_is_done_has_no_critical_work():
    done = {"a": work(progress={"started": "2027-01-04", "finished": "2027-01-06"})}
    assert critical_path_test(survey(program(done, data_date="2027-01-08"))) is None


@pytest.mark.parametrize("day, cpli", [(24, 1.0), (29, 1.25), (19, 0.75)])
def test_the_path_length_index_is_length_plus_float_over_length(day, cpli):
    """The plan takes 20 days, to 24 January 00:00; the baseline finish of b lies on the given day."""
    figure, reason = path_length_index(survey(program(CHAIN), stored=finishes(b=day)))
    assert figure == pytest.approx(cpli)
    assert reason == f"to the baseline finish, {day - 1} Jan 2027"


def test_the_length_runs_from_the_data_date():
    """At 14 January 10 of the 20 days are left: 5 days late is an index of (10 - 5) / 10."""
    done = {"started": "2027-01-04", "finished": "2027-01-13"}
    plan = program({"a": work(progress=done), "b": work("a")}, data_date="2027-01-14")
    assert path_length_index(survey(plan, stored=finishes(b=19)))[0] == pytest.approx(0.5)


@pytest.mark.parametrize("words, project, cpli", [
    ({"targets": [{"name": "T", "finish": "2027-01-25"}]}, {}, 1.1),
    ({"targets": [{"name": "T", "finish": "2027-01-25", "at": "p"}]}, {}, None),
    ({}, {"must_finish_by": "2027-01-21"}, 0.9),
])  # fmt: skip
def test_without_a_baseline_the_index_is_measured_to_the_date_that_must_be_met_or_to_a_target(words, project, cpli):
    """Bare dates mean the end of their day: 25 January is two days after the finish, 21 January two before."""
    projects = {"p": {"activities": CHAIN, **project}}
    figure, reason = path_length_index(survey(program(CHAIN, **words).but(projects=projects)))
    assert figure == (None if cpli is None else pytest.approx(cpli))
    assert cpli is not None or "no baseline" in reason


def test_a_constraint_on_the_last_activity_is_a_date_to_meet():
    plan = program({**CHAIN, "b": {**CHAIN["b"], "finish_no_later_than": "2027-01-21"}})
    assert path_length_index(survey(plan))[0] == pytest.approx(0.9)


def test_the_execution_index_is_what_is_done_over_what_was_due():
    """By 14 January: a and b done, a, b and c were due, d has no baseline, e is due later: 2 / (3 + 1)."""
    done = {"started": "2027-01-04", "finished": "2027-01-12"}
    tasks = {"a": work(progress=done), "b": work(progress=done), "c": work(), "d": work(), "e": work()}
    plan = program(tasks, data_date="2027-01-14")
    figure, reason = execution_index(survey(plan, stored=finishes(a=10, b=12, c=14, e=15)))
    assert figure == pytest.approx(0.5)
    assert reason == "2 finished, 3 due, 1 without a baseline"


def test_the_execution_index_cannot_be_told_without_a_baseline_or_before_anything_is_due():
    assert execution_index(survey(program(CHAIN)))[0] is None
    assert execution_index(survey(program(CHAIN), stored=finishes(a=14, b=24)))[0] is None
