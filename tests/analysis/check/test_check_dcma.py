"""The 14 points: figure, threshold and verdict of each, and what a file cannot tell; counted by hand."""

from datetime import datetime

import pytest

from checked import program, survey
from riskmc.analysis.check import check
from riskmc.analysis.check.dcma import assess
from riskmc.io.xer import reader as xer
from riskmc.program.stored import Stored, StoredDates, remember_stored, stored_of
from xer_plans import REAL_PLANS, real

CHAIN = {f"a{n}": {"duration": "10d", "after": [f"a{n - 1}"] if n else []} for n in range(20)}
NEEDS_A_BASELINE = (11, 13, 14)


def points(checked, **more):
    """The points by number."""
    return {point.point: point for point in assess(survey(checked, **more))}


def test_there_are_fourteen_points_in_order():
    assert [point.point for point in assess(survey(program(CHAIN)))] == [*range(1, 15)]


def test_a_chain_of_finish_to_start_links_passes_all_that_can_be_told():
    told = {number: point.passed for number, point in points(program(CHAIN)).items()}
    assert {number for number, passed in told.items() if passed is None} == {9, 10, *NEEDS_A_BASELINE}
    assert all(passed is not False for passed in told.values())


@pytest.mark.parametrize("number, change, figure, passed", [
    (1, {"b": {"duration": "10d"}}, 1 / 21, True),
    (1, {"b": {"duration": "10d"}, "c": {"duration": "10d"}}, 2 / 22, False),
    (2, {"a7": {"duration": "10d", "after": ["a6 FS-1d"]}}, 1 / 19, False),
    (3, {"a7": {"duration": "10d", "after": ["a6 FS+1d"]}}, 1 / 19, False),
    (3, {"a7": {"duration": "10d", "after": ["a6 FS+1d", "a5", "a4"]}}, 1 / 21, True),
    (4, {"a7": {"duration": "10d", "after": ["a6 SS"]}}, 18 / 19, True),
    (4, {"a7": {"duration": "10d", "after": ["a6 SS"]}, "a9": {"duration": "10d", "after": ["a8 FF"]}}, 17 / 19, False),
    (5, {"a7": {"duration": "10d", "after": ["a6"], "start_on": "2027-09-01"}}, 1 / 20, True),
    (6, {"b": {"duration": "10d", "after": ["a0"]}}, 1 / 21, True),
    (7, {"a19": {"duration": "10d", "after": ["a18"], "finish_no_later_than": "2027-03-01"}}, 1.0, False),
    (8, {"a7": {"duration": "45d", "after": ["a6"]}}, 1 / 20, True),
    (8, {"a7": {"duration": "45d", "after": ["a6"]}, "a8": {"duration": "45d", "after": ["a7"]}}, 2 / 20, False),
    (10, {"a7": {"duration": "10d", "after": ["a6"], "cost": "1k"}}, 19 / 20, False),
    (12, {"a7": {"duration": "10d", "after": ["a6"], "mandatory_start": "2027-03-15"}}, 0.0, False),
])  # fmt: skip
def test_a_point_fails_where_its_share_lies_beyond_the_threshold(number, change, figure, passed):
    """Twenty activities, nineteen links; a share of exactly 5% (1 of 20) still passes."""
    point = points(program({**CHAIN, **change}))[number]
    assert (point.figure, point.passed) == (pytest.approx(figure), passed)


def test_a_threshold_of_one_s_own_decides():
    lagged = program({**CHAIN, "a7": {"duration": "10d", "after": ["a6 FS+1d"]}})
    assert points(lagged, thresholds={"lags": "6%"})[3].passed
    assert points(lagged, thresholds={"lags": "6%"})[3].threshold == pytest.approx(0.06)
    assert not points(program(CHAIN), thresholds={"high_duration": "9d"})[8].passed


def test_a_finish_that_calendars_move_by_other_than_600_days_fails_unless_the_threshold_allows_it():
    """b works in winter weeks only: the delayed a waits longer for them, or less long, though b still follows a."""
    days_off = [f"{year}-04-01..{year}-10-31" for year in range(2027, 2031)]
    winter = {"winter": {"week": "24h", "exceptions": dict.fromkeys(days_off, "off")}}
    plan = program(
        {"a": {"duration": "40d"}, "b": {"duration": "90d", "after": ["a"], "calendar": "winter"}}, calendars=winter
    )
    point = points(plan)[12]
    assert not point.passed
    assert 30 < 600 - point.figure < 240
    assert points(plan, thresholds={"critical_path": "40%"})[12].passed


def test_what_has_no_data_cannot_be_told_and_passes_nothing():
    told = points(program(CHAIN))
    assert {told[number].reason for number in (11, 14)} == {"the file has no baseline"}
    assert "no baseline" in told[13].reason
    assert told[9].reason == "the plan has no data date"
    assert told[10].reason == "nothing in the plan has a resource or a cost"
    done = {"a": {"duration": "3d", "progress": {"started": "2027-01-04", "finished": "2027-01-06"}}}
    finished = points(program(done, data_date="2027-01-08"))
    assert {number for number, point in finished.items() if point.passed is None} == {*range(1, 9), *range(10, 15)}


def test_points_with_a_baseline_are_told():
    """Due by 14 January: a0 alone, finished on the 13th, in time; the plan finishes as in its baseline."""
    begun = {**CHAIN["a0"], "progress": {"started": "2027-01-04", "finished": "2027-01-13"}}
    plan = program({**CHAIN, "a0": begun}, data_date="2027-01-14")
    ends = {f"p.a{n}": datetime(2027, 1, 14) if n == 0 else datetime(2027, 7, 23) for n in range(20)}
    stored = {path: StoredDates(baseline_start=datetime(2027, 1, 4), baseline_finish=end) for path, end in ends.items()}
    told = points(plan, stored=stored)
    assert [(told[number].figure, told[number].passed) for number in NEEDS_A_BASELINE] == [
        (0.0, True),
        (1.0, True),
        (1.0, True),
    ]


def test_a_check_knows_the_stored_dates_of_the_plan_it_was_read_from():
    plan = program(CHAIN, data_date="2027-01-04")
    dates = {"p.a0": StoredDates(early_start=datetime(2027, 1, 1), baseline_finish=datetime(2027, 1, 2))}
    remember_stored(plan, Stored("plan.xer", "P6", dates))
    found = check(plan, 64)
    # a0 is stored before the data date, missed, the only one due; the plan is 200 days later than the baseline
    assert [point.point for point in found.failed] == [9, 11, 13, 14]
    assert not found.passed
    assert check(program(CHAIN), 64).passed


@REAL_PLANS
def test_the_populations_of_real_plans_are_parts_of_their_activities(name, activities):
    plan = xer.read(real(name))
    told = {point.point: point for point in assess(survey(plan, 64, stored=stored_of(plan).dates))}
    assert len(told) == 14
    assert all(point.of <= activities for number, point in told.items() if number in (1, 5, 6, 7, 8) and point.of)
    assert told[11].passed is told[14].passed is None
    assert told[12].figure is not None
