"""Findings on float, length, dates, resources and missed finishes: those that the gate counts, with their marks."""

from datetime import datetime

import pytest

from checked import program, survey
from riskmc.analysis.check import check
from riskmc.analysis.check.registry import RULE
from riskmc.program.stored import StoredDates


def found(rule, checked, **more):
    """What one rule finds: place, figure, threshold."""
    return [(f.place, f.value, f.threshold) for f in RULE[rule].find(survey(checked, **more))]


def work(*after, **more):
    return {"duration": "10d", "after": list(after), **more}


def test_float_is_told_with_its_mark():
    """b has 60 - 10 days of float; a must finish on the 12th, 52 days before it does."""
    plan = program({"a": {"duration": "60d"}, "b": work(), "c": work("a", "b")})
    assert found("high-float", plan) == [("p.b", 50.0, 44.0)]
    late = program({"a": work(finish_no_later_than="2027-01-11"), "b": work("a")})
    assert found("negative-float", late) == [("p.a", -2.0, 0.0)]


def test_long_work_without_a_range_is_doubtful_and_with_one_worth_knowing():
    plan = program({"a": {"duration": "50d"}, "b": {"duration": "triangular(40d 50d 90d)", "after": ["a"]}})
    told = list(RULE["long-activity"].find(survey(plan)))
    assert [(f.place, f.severity, f.value, f.threshold) for f in told] == [
        ("p.a", "doubtful", 50.0, 44.0),
        ("p.b", "to know", 50.0, 44.0),
    ]
    assert "no range" in told[0].reason
    assert "no range" not in told[1].reason


def test_the_effect_of_long_work_is_that_of_the_usual_range_on_it():
    plan = program({"a": {"duration": "50d"}, "b": {"duration": "triangular(5d 6d 9d)", "after": ["a"]}})
    (long,) = check(plan, 2_000).of("long-activity")
    # triangular(45, 50, 65): P80 is 65 - sqrt(0.2 x 20 x 15) = 57.3, that of both in a row some 7 days more
    assert 5 < long.effect_days < 9
    ranged = program({"a": {"duration": "triangular(45d 50d 65d)"}, "b": {"duration": "5d", "after": ["a"]}})
    assert check(ranged, 64).of("long-activity")[0].effect is None


def test_an_actual_date_in_the_future_is_wrong_and_a_forecast_in_the_past_doubtful():
    ahead = work(progress={"started": "2027-01-20"})
    plan = program({"a": ahead, "b": work("a")}, data_date="2027-01-08")
    assert [(f.place, f.severity) for f in check(plan, 64).of("invalid-date")] == [("p.a", "wrong")]
    past = {"p.a": StoredDates(early_start=datetime(2027, 1, 5))}
    told = RULE["invalid-date"].find(survey(program({"a": work()}, data_date="2027-01-08"), stored=past))
    assert [(f.place, f.severity) for f in told] == [("p.a", "doubtful")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({}, "riskmc starts it no earlier than the data date"),
        ({"progress": {"started": "2027-01-04", "remaining": "5d"}}, "riskmc goes on with it no earlier"),
    ],
)
def test_what_becomes_of_work_in_the_past_is_told_as_its_rules_have_it(words, told):
    """A P6 forecast before the data date of the 8th moves to it; Project leaves planned work, from the 4th, there."""
    for scheduling, sentence in (("standard", told), ("microsoft", "Microsoft Project")):
        project = {"scheduling": scheduling, "activities": {"a": work(**words)}}
        plan = program({}, data_date="2027-01-08", projects={"p": project})
        looked = survey(plan, stored={"p.a": StoredDates(early_finish=datetime(2027, 1, 5))})
        (finding,) = RULE["invalid-date"].find(looked)
        assert sentence in finding.reason
    assert ("goes on where it resumes" in finding.reason) == bool(words)
    assert looked.mean_finish["p.a"] == looked.network.axis.minute(datetime(2027, 1, 9 if words else 14))


def test_work_without_resources_is_found_only_where_other_work_has_them():
    assert found("no-resource", program({"a": work(), "b": work(cost="1k")})) == [("p.a", None, None)]
    assert found("no-resource", program({"a": work(), "b": work()})) == []


def test_a_missed_task_is_told_with_the_days_by_which_it_is_late():
    plan = program({"a": work(progress={"started": "2027-01-04", "remaining": "14d"})}, data_date="2027-01-10")
    stored = {"p.a": StoredDates(baseline_finish=datetime(2027, 1, 9))}
    assert found("missed-task", plan, stored=stored) == [("p.a", 15.0, 0.0)]
