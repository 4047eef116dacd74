"""Sensitivity as text and as JSON: the same numbers, the keys of the page, and names that do no harm."""

import json
import re

import pytest

import riskmc as rm
from pictured import HOSTILE, RIGHT_TO_LEFT, ferry
from recorded import named_on, not_in, undescribed
from riskmc.reports.answers.sensitivity import tell_sensitivity
from riskmc.reports.records.provenance import provenance_of
from riskmc.reports.records.sensitivity import compose_sensitivity, dumps_sensitivity


@pytest.fixture(scope="module")
def found():
    return rm.sensitivity(ferry())


@pytest.fixture(scope="module")
def variance():
    return rm.variance_shares(ferry())


def plan(activities, **sections):
    return rm.Program(program="Told", start="2027-01-04", projects={"p": {"activities": activities}}, **sections)


def test_the_first_sentence_names_what_the_finish_hangs_on_most(found):
    first = tell_sensitivity(found).split("\n\n")[0].replace("\n", " ")
    top = found.ranked[0]
    assert first.startswith(f"The finish hangs most on {ferry().program.activities()[top.path].name}: critical in ")
    assert f"index {top.schedule_sensitivity.value:.2f}." in first


def test_no_line_is_wider_than_eighty_columns(found, variance):
    assert max(map(len, tell_sensitivity(found, variance).splitlines())) <= 80


def test_rows_are_as_many_as_asked_for_and_the_rest_is_counted(found):
    told = tell_sensitivity(found, top=3)
    varying = sum(bool(one.schedule_sensitivity.value) for one in found.indices)
    assert f"and {varying - 3:,} more activities: --json lists them all." in told
    assert f"and {len(found.merge_points) - 3:,} more merges" in told


def test_the_variance_is_told_where_it_was_shared_out(found, variance):
    assert "Variance from" not in tell_sensitivity(found)
    told = tell_sensitivity(found, variance)
    top = variance.ranked[0]
    assert re.search(rf"Ranges of Quays.*{top.finish.total.value:.0%}", told)


def test_keys_are_those_of_the_pages(found, variance):
    record = compose_sensitivity(found, variance)
    known = {*provenance_of(ferry()), "variance"}
    assert undescribed(record, "sensitivity", known) == set()
    assert undescribed({"variance": record["variance"]}, "variance", set()) == set()
    listed = {word for word in named_on("sensitivity", "## The record") if word.startswith(("activities[", "merges["))}
    assert len(listed) > 10
    assert not_in(record, listed) == set()
    listed = {word for word in named_on("variance", "## The record") if word.startswith("variance[")}
    assert len(listed) == 5
    assert not_in(record, listed) == set()


def test_numbers_are_those_of_the_result(found, variance):
    record = json.loads(dumps_sensitivity(found, variance))
    first, top = record["activities"][0], found.ranked[0]
    assert first["id"] == top.path
    assert first["schedule_sensitivity"]["value"] == pytest.approx(top.schedule_sensitivity.value, abs=1e-9)
    assert first["cruciality"]["kendall"]["low"] == pytest.approx(top.kendall.magnitude().low, abs=1e-9)
    assert record["merges"][0]["merge_delay_days"]["value"] == pytest.approx(
        found.merge_points[0].delay_days.value, abs=1e-9
    )
    assert record["variance"][0]["finish"]["total"]["value"] == pytest.approx(
        variance.ranked[0].finish.total.value, abs=1e-9
    )
    assert dumps_sensitivity(found, variance) == dumps_sensitivity(rm.sensitivity(ferry()), variance)


def test_without_shares_the_variance_is_null(found):
    assert compose_sensitivity(found)["variance"] is None


def test_a_plan_is_said_to_be_one():
    found = rm.sensitivity(rm.simulate(plan({"a": {"duration": "5d"}}), iterations=30))
    told = tell_sensitivity(found, rm.variance_shares(found.trials))
    assert told.startswith("Nothing moves the finish: this is a plan, not a forecast")
    record = json.loads(dumps_sensitivity(found))
    assert record["random"] is False
    assert record["activities"][0]["schedule_sensitivity"] == {"value": None, "low": None, "high": None}


def test_without_money_the_variance_has_no_column_of_costs():
    trials = rm.simulate(plan({"a": {"duration": "uniform(5d 9d)"}}), iterations=100)
    told = tell_sensitivity(rm.sensitivity(trials), rm.variance_shares(trials))
    assert "Variance from" in told
    assert "Cost" not in told


def test_a_finish_that_never_moves_is_said_so():
    told = {"a": {"duration": "30d"}, "b": {"duration": "uniform(5d 9d)"}}
    found = rm.sensitivity(rm.simulate(plan(told), iterations=100))
    assert tell_sensitivity(found).startswith("Nothing that lasts moves the finish: it is the same in all 100")


@pytest.mark.parametrize("name", [*HOSTILE, RIGHT_TO_LEFT])
def test_hostile_names_do_no_harm(name):
    told = {"a": {"name": name, "duration": "uniform(5d 9d)"}, "b": {"name": name, "duration": "uniform(5d 9d)"}}
    told["c"] = {"name": name, "duration": "1d", "after": ["a", "b"]}
    trials = rm.simulate(plan(told), iterations=50)
    found = rm.sensitivity(trials)
    text = tell_sensitivity(found, rm.variance_shares(trials))
    assert "\u202e" not in text
    assert max(map(len, text.splitlines())) <= 80
    assert json.loads(dumps_sensitivity(found))["activities"][0]["name"] == name


def test_an_interval_whose_ends_read_alike_is_written_once(found, variance):
    told = tell_sensitivity(found, variance)
    assert "Variance from" in told
    assert not re.search(r"\b(\d+) to \1%", told)


def test_the_ranges_of_lags_are_called_so(variance):
    assert {one.group.label for one in variance.ranked if one.group.kind == "lags"} == {"Ranges of lags"}
