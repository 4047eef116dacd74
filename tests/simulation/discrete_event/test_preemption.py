"""Pre-emption: who takes units from whom, who is left alone, and what the interrupted do on their return (D5)."""

import numpy as np
import pytest

import riskmc as rm
from pooled import days, durations, pooled

ONE = {"machine": {"capacity": 1, "preemption": True}}


def shop(resources=ONE, low=(), high=()):
    """Return ten days of work that is interrupted on day 4 by three days of work of a better priority."""
    activities = {
        "low": {"duration": "10d", "uses": {"machine": 1}, "priority": 5, **dict(low)},
        "high": {
            "duration": "3d",
            "uses": {"machine": 1},
            "priority": 1,
            "start_no_earlier_than": "2027-01-08",
            **dict(high),
        },
    }
    return pooled(activities, resources)


@pytest.mark.parametrize(
    ("rule", "finish"),
    [
        ({"resumes": "continue"}, 13),
        ({"resumes": "continue", "set_up": "1d"}, 14),
        ({"resumes": "restart"}, 17),
        ({"resumes": "restart", "set_up": "1d"}, 18),
        ({"resumes": "redraw"}, 17),  # a certain duration drawn anew is the same
    ],
)
def test_interrupted_work_does_what_is_left_or_all_of_it_again(rule, finish):
    assert days(shop(low={"preemption": rule})) == {"low": (0, finish), "high": (4, 7)}


@pytest.mark.parametrize(
    "program",
    [
        shop({"machine": {"capacity": 1}}),
        shop(low={"preemption": {"interruptible": False}}),
        shop(low={"priority": 1}),
        shop(high={"preemption": {"interrupts": False}}),
        shop(low={"preemption": False}),
    ],
)
def test_nothing_is_interrupted_unless_pool_and_both_allow_it_and_the_priority_is_strictly_better(program):
    assert days(program) == {"low": (0, 10), "high": (10, 13)}


def test_where_a_request_would_not_fit_even_so_nobody_is_disturbed():
    activities = {
        "worse": {"duration": "10d", "uses": {"machine": 1}, "priority": 5},
        "better": {"duration": "10d", "uses": {"machine": 1}, "priority": 1},
        "asks": {"duration": "1d", "uses": {"machine": 2}, "priority": 2, "start_no_earlier_than": "2027-01-06"},
    }
    found = days(pooled(activities, {"machine": {"capacity": 2, "preemption": True}}))
    assert found == {"worse": (0, 10), "better": (0, 10), "asks": (10, 11)}


def test_the_worst_priority_gives_way_first_and_among_equals_the_latest_start():
    def victims(first, second):
        activities = {
            "one": {"duration": "10d", "uses": {"machine": 1}, "priority": first},
            "two": {
                "duration": "10d", "uses": {"machine": 1}, "priority": second, "start_no_earlier_than": "2027-01-05",
            },
            "asks": {"duration": "1d", "uses": {"machine": 1}, "priority": 1, "start_no_earlier_than": "2027-01-06"},
        }  # fmt: skip
        found = days(pooled(activities, {"machine": {"capacity": 2, "preemption": True}}))
        return found["one"][1], found["two"][1]

    assert victims(7, 5) == (11, 11)
    assert victims(5, 7) == (10, 12)
    assert victims(5, 5) == (10, 12)


def test_at_equal_priority_suspended_work_goes_before_new_work():
    activities = dict(shop().projects["p"].activities)
    new = {"duration": "1d", "uses": {"machine": 1}, "priority": 5, "start_no_earlier_than": "2027-01-09"}
    program = pooled({"a_new": new, **{name: a.model_dump(exclude_unset=True) for name, a in activities.items()}}, ONE)
    found = days(program)
    assert (found["low"], found["a_new"]) == ((0, 13), (13, 14))


def test_a_duration_drawn_anew_is_another_draw_of_the_same_spread():
    spread = {"duration": "triangular(9d 10d 20d)"}
    again = durations(shop(low={**spread, "preemption": {"resumes": "redraw"}}), 4_096)
    same = durations(shop(low={**spread, "preemption": {"resumes": "restart"}}), 4_096)
    first = durations(shop(low=spread, high={"duration": "0.001d"}), 4_096)
    assert np.allclose(same, first + 7, atol=0.01)
    assert abs(np.corrcoef(again, same)[0, 1]) < 4.9 / 64  # false-alarm rate 1e-6
    assert abs(again.mean() - same.mean()) < 4.9 * np.hypot(again.std(), same.std()) / 64


def test_work_in_progress_may_be_interrupted_like_other_work():
    activities = {
        "running": {
            "duration": "10d", "uses": {"machine": 1}, "priority": 5,
            "progress": {"started": "2027-01-04", "remaining": "8d"},
        },
        "urgent": {"duration": "1d", "uses": {"machine": 1}, "priority": 1, "start_no_earlier_than": "2027-01-10"},
    }  # fmt: skip
    found = days(pooled(activities, ONE, data_date="2027-01-06"))
    assert (found["running"][1], found["urgent"]) == (11, (6, 7))


def test_what_is_interrupted_does_not_shift_the_draws_of_others():
    spread = {"duration": "triangular(9d 10d 20d)", "preemption": {"resumes": "redraw"}}
    other = {"duration": "exponential(5d)"}

    def program(high):
        activities = {
            name: a.model_dump(exclude_unset=True)
            for name, a in shop(low=spread, high=high).projects["p"].activities.items()
        }
        return pooled({**activities, "other": other, "end": {"milestone": True, "after": ["other"]}}, ONE)

    ends = [
        rm.simulate(program(high), 256, engine="discrete-event").milestone_finish["p.end"]
        for high in ({}, {"priority": 9})
    ]
    assert np.array_equal(*ends)
