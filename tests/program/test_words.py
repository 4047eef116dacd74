"""What a duration of work may be: at most two centuries, and no less than nothing."""

import pytest

from riskmc.errors import ProgramError
from riskmc.program.activity import Activity
from riskmc.program.link import Link
from riskmc.program.uncertainty import RangeRule, Template


@pytest.mark.parametrize("duration", ["73001d", "100000000d", "201y", "106000000min", "73001ed", "pert(1d 2d 73001d)"])
def test_a_time_of_more_than_two_centuries_is_refused(duration):
    with pytest.raises(ProgramError, match=r"duration: a time of at most 200 years is needed, got \d"):
        Activity(duration=duration)


def test_a_time_of_two_centuries_is_not():
    for duration in ("73000d", "200y", "2400mo", "-0d"):
        Activity(duration=duration)


@pytest.mark.parametrize(
    "duration",
    [
        "uniform(-3d 6d)",
        "triangular(-1d 2d 3d)",
        "discrete(-3d:20% 6d:80%)",
        "normal(3d 6d) clip(-1d 9d)",
        {"plan": "5d", "range": "pert(-10% 100% 110%)"},
    ],
)
def test_work_that_may_last_less_than_nothing_is_refused_with_the_rule(duration):
    with pytest.raises(ProgramError, match=r"duration: work lasts no less than nothing: low >= 0 must hold, got -"):
        Activity(duration=duration)


def test_rules_and_templates_and_what_remains_are_held_to_the_same():
    with pytest.raises(ProgramError, match="low >= 0 must hold"):
        RangeRule(on="all", duration="uniform(-10% 110%)", sizes="own")
    with pytest.raises(ProgramError, match="low >= 0 must hold"):
        Template(duration="uniform(-10% 110%)")
    with pytest.raises(ProgramError, match="low >= 0 must hold"):
        Activity(duration="5d", progress={"started": "2027-01-04", "remaining": "uniform(-1d 3d)"})


def test_unbounded_sizes_and_clipped_ones_and_lags_and_costs_may_begin_below_zero():
    Activity(duration="normal(3d 6d)")
    Activity(duration="uniform(-3d 6d) clip(0d 6d)")
    Activity(duration="5d", cost="uniform(-100 600)")
    Link(activity="a", lag="uniform(-3d 6d)")


def test_a_range_written_backwards_is_offered_the_other_way_round():
    with pytest.raises(ProgramError, match=r"low <= high must hold, got 6d, 3d; swap them\?"):
        Activity(duration="uniform(6d 3d)")
