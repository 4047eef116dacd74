"""What the points of the gate count: small programs, each counted by hand.

Days have 24 hours and the program starts on Monday 4 January 2027, unless a test says otherwise.
"""

from datetime import datetime

import pytest

from checked import program, survey
from riskmc.analysis.check.measures import measured
from riskmc.program.stored import StoredDates

FINISHED = {"started": "2027-01-04", "finished": "2027-01-06"}


def counted(name, checked, **more):
    """The paths that a point counts, and out of how many."""
    found = measured(survey(checked, **more), name)
    return [hit.path.removeprefix("p.") for hit in found.found], found.of


def work(*after, **more):
    """An activity of ten days after others."""
    return {"duration": "10d", "after": list(after), **more}


def test_logic_counts_work_without_predecessor_or_successor_but_for_one_start_and_one_finish():
    """a -> b -> c (ends on 3 February) is the chain; d has neither, e no successor: 2 of 5.

    a starts first of a and d (of equal starts, the first); c finishes last of c, d and e.
    """
    five = program({"a": work(), "b": work("a"), "c": work("b"), "d": work(), "e": work("a")})
    assert counted("logic", five) == (["d", "e"], 5)


def test_logic_lets_the_named_finish_off():
    """c is the named finish; e finishes later (20 days after a), and nothing follows it: 1 of 3."""
    three = program({"a": work(), "c": work("a"), "e": {"duration": "20d", "after": ["a"]}}, finish="c")
    assert counted("logic", three) == (["e"], 3)


def test_logic_counts_no_milestones_level_of_effort_margin_or_finished_work():
    """Of five, b alone is unfinished work, and it has both: 0 of 1."""
    others = {
        "a": {"milestone": "start"}, "b": work("a", "done"), "m": {"margin": True, "duration": "5d", "after": ["b"]},
        "e": {"level_of_effort": {"from": "a", "to": "b"}}, "done": work(progress=FINISHED),
    }  # fmt: skip
    assert counted("logic", program(others, data_date="2027-01-08")) == ([], 1)


def test_leads_and_lags_are_counted_among_the_links_into_what_is_not_finished():
    """done -> b, a -> b SS+2d, b -> c FS-1d, c -> m (milestone); the link into done is left out: 1 lead, 1 lag of 4."""
    plan = {
        "z": work(progress=FINISHED), "done": work("z FS+3d", progress=FINISHED), "a": work(),
        "b": work("done", "a SS+2d"), "c": work("b FS-1d"), "m": {"milestone": True, "after": ["c"]},
    }  # fmt: skip
    checked = program(plan, data_date="2027-01-08")
    assert counted("leads", checked) == (["c"], 4)
    assert counted("lags", checked) == (["b"], 4)
    assert counted("types", checked) == (["b"], 4)


@pytest.mark.parametrize("word, hard", [
    ("start_on", 1), ("finish_on", 1), ("mandatory_start", 1), ("mandatory_finish", 1), ("start_no_later_than", 1),
    ("finish_no_later_than", 1), ("start_no_earlier_than", 0), ("finish_no_earlier_than", 0),
])  # fmt: skip
def test_hard_constraints_are_dates_that_must_be_met(word, hard):
    assert counted("hard", program({"a": work(), "b": work("a", **{word: "2027-06-01"})})) == (["b"] * hard, 2)


def test_as_late_as_possible_is_no_hard_constraint_to_the_guide():
    assert counted("hard", program({"a": work(), "b": work("a", as_late_as_possible=True)})) == ([], 2)


def test_a_start_that_has_passed_constrains_no_longer():
    begun = work(start_on="2027-01-04", finish_no_later_than="2027-02-01", progress={"started": "2027-01-04"})
    (hit,) = measured(survey(program({"a": begun}, data_date="2027-01-06")), "hard").found
    assert hit.detail == "finish no later than"


@pytest.mark.parametrize("long, high", [(54, []), (55, ["b"])])
def test_float_is_high_above_44_days(long, high):
    """a (long) and b (10 d) side by side before c: b has long - 10 days of float; 44 is not yet too much."""
    plan = program({"a": {"duration": f"{long}d"}, "b": work(), "c": work("a", "b")})
    assert counted("high-float", plan) == (high, 3)


def test_the_mark_of_high_float_can_be_another():
    plan = program({"a": {"duration": "20d"}, "b": work(), "c": work("a", "b")})
    assert counted("high-float", plan, thresholds={"high_float": "9d"}) == (["b"], 3)


def test_float_below_nought_is_negative():
    """a takes 10 days, to 14 January, and must finish by the 12th, two days before: a lacks 2 days, b none."""
    plan = program({"a": work(finish_no_later_than="2027-01-11"), "b": work("a")})
    found = measured(survey(plan), "negative-float")
    assert [(hit.path, hit.value) for hit in found.found] == [("p.a", -2.0)]
    assert found.of == 2


@pytest.mark.parametrize("days, long", [("44d", 0), ("45d", 1), ("352h", 0)])
def test_work_is_long_above_44_days_of_its_calendar(days, long):
    """On a calendar of eight hours 352 hours are 44 days."""
    eight = {"standard": {"week": {"mon-fri": "08:00-16:00"}}}
    plan = program({"a": {"duration": days}}, calendars=eight, calendar="standard")
    assert counted("long", plan) == (["a"] * long, 1)


def test_the_baseline_says_how_long_work_is_where_there_is_one():
    """10 days in the plan, 4 January to 28 February in the baseline: 55 days."""
    baseline = StoredDates(baseline_start=datetime(2027, 1, 4), baseline_finish=datetime(2027, 2, 28))
    (hit,) = measured(survey(program({"a": work()}), stored={"p.a": baseline}), "long").found
    assert hit.value == 55


def test_a_forecast_that_the_tool_stored_before_the_data_date_is_invalid():
    """Data date 8 January: a, not started, is stored from the 5th on; b, started, to the 8th, 00:00: in time."""
    plan = program({"a": work(), "b": work(progress={"started": "2027-01-04"}), "c": work()}, data_date="2027-01-08")
    stored = {
        "p.a": StoredDates(early_start=datetime(2027, 1, 5), early_finish=datetime(2027, 1, 7)),
        "p.b": StoredDates(early_start=datetime(2027, 1, 4), early_finish=datetime(2027, 1, 8)),
    }
    assert counted("invalid", plan, stored=stored) == (["a"], 3)


def test_stored_dates_are_compared_in_working_time():
    """17:00 on Friday and 08:00 on Monday are the same instant to the calendar."""
    eight = {"standard": {"week": {"mon-fri": "08:00-16:00"}}}
    plan = program({"a": work()}, calendars=eight, calendar="standard", data_date="2027-01-11T08:00")
    friday = StoredDates(early_start=datetime(2027, 1, 8, 16), early_finish=datetime(2027, 1, 22, 16))
    assert counted("invalid", plan, stored={"p.a": friday}) == ([], 1)


def test_work_of_a_day_or_more_needs_a_resource_or_a_cost():
    """b has a cost, c a resource, d lasts 12 hours; a has nothing: 1 of 3."""
    plan = {"a": work(), "b": work(cost="1k"), "c": work(uses={"crew": 1}), "d": {"duration": "12h"}}
    assert counted("resources", program(plan, resources={"crew": {"capacity": 2}})) == (["a"], 3)


def test_a_task_is_missed_that_was_due_by_the_data_date_and_finished_later():
    """Due by 10 January: a (finished on the 6th, due on the 6th), b (finished on the 8th, due on the 6th), c (not done,
    due on the 9th); d is due later: 2 of 3, by 2 days, and by 24 - 9 = 15 (c takes 14 d more, from the 10th)."""
    late = {"started": "2027-01-04", "finished": "2027-01-07"}
    plan = program(
        {"a": work(progress={**late, "finished": "2027-01-05"}), "b": work(progress=late),
         "c": work(progress={"started": "2027-01-04", "remaining": "14d"}), "d": work()},
        data_date="2027-01-10",
    )  # fmt: skip
    due = {"a": 6, "b": 6, "c": 9, "d": 20}
    stored = {f"p.{name}": StoredDates(baseline_finish=datetime(2027, 1, day)) for name, day in due.items()}
    found = measured(survey(plan, stored=stored), "missed")
    assert [(hit.path, hit.value) for hit in found.found] == [("p.b", 2.0), ("p.c", 15.0)]
    assert found.of == 3


def test_a_measure_is_counted_once():
    looked = survey(program({"a": work()}))
    assert measured(looked, "logic") is measured(looked, "logic")
