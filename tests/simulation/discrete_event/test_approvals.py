"""Approvals: closed forms first, then every rule by hand."""

import numpy as np
import pytest

import riskmc as rm
from arriving import DAY, only, program, told
from published import assert_mean, assert_variance
from riskmc.errors import DeadlockError, ProgramError

N = 100_000
MONDAY = np.datetime64("2027-01-04", "m").astype(np.int64)


def days(one, iterations=256, **options):
    """Return the finish of every iteration in days of 24 hours from the start."""
    return (rm.simulate(one, iterations, **options).finish_minutes - MONDAY) / DAY


def approved(duration="4d", resources=None, **approval):
    """Return a program of one activity that must be approved."""
    activities = {"design": {"duration": duration, "approval": {"takes": "1d"} | approval}}
    return program(activities, resources={name: {"capacity": units} for name, units in (resources or {}).items()})


def events(one, *kinds):
    """Return what happened in the first iteration: the day, the kind, the value."""
    return [(minute / DAY, kind, value) for minute, kind, _, value in only(told(one, 256)[0], *kinds)]


# ---- closed forms; false alarm one in a million


def test_approvers_side_by_side_take_as_long_as_the_slowest_of_them():
    """The largest of three exponentials of mean 2: 2 (1 + 1/2 + 1/3), variance 4 (1 + 1/4 + 1/9)."""
    found = days(approved("0d", takes="exponential(2d)", approvers=3), N)
    assert_mean(found, 2 * (1 + 1 / 2 + 1 / 3), 1e-3)
    assert_variance(found, 4 * (1 + 1 / 4 + 1 / 9), 0.01)


def test_approvers_one_after_the_other_take_the_sum():
    found = days(approved("0d", takes="exponential(2d)", approvers=3, order="sequence"), N)
    assert_mean(found, 6.0, 1e-3)
    assert_variance(found, 12.0, 0.01)


def test_those_discovered_come_after_the_known_ones():
    """One day for the known, and one more where anybody is discovered: 4 + 1 + 0.4."""
    assert_mean(days(approved(approvers=2, discovered="discrete(0:60% 1:30% 2:10%)"), N), 5.4)


def test_rejected_rounds_are_a_self_loop():
    """Two approvers, each rejects with 0.3, so a round with q = 0.51: (4 + 1) / (1 - q)."""
    found = days(approved(approvers=2, reject="30%", redo="100%", at_most=1000), N)
    assert_mean(found, 5 / 0.49)
    assert_variance(found, 25 * 0.51 / 0.49**2)


def test_the_chance_of_a_rejection_may_fade_from_round_to_round():
    """One approver, 0.5 in the first round, 0.2 from then on: 5 (1 + 0.5 / 0.8)."""
    assert_mean(days(approved(reject=["50%", "20%"], redo="100%", at_most=1000), N), 5 * (1 + 0.5 / 0.8))


# ---- the rules, by hand


def test_after_the_last_rejection_the_work_is_approved_as_it_is():
    one = approved(reject="100%", redo="50%", at_most=2)
    assert set(days(one)) == {4.0 + 1 + 2 + 1 + 2 + 1}
    assert events(one, "ASKED", "REJECTED", "OVERRULED") == [
        (4, "ASKED", 1), (5, "REJECTED", 1), (7, "ASKED", 1), (8, "REJECTED", 2), (10, "ASKED", 1), (11, "OVERRULED", 3)
    ]  # fmt: skip


def test_a_rejection_may_send_back_earlier_work():
    activities = {
        "draft": {"duration": "3d"},
        "design": {"duration": "2d", "after": ["draft"], "approval": {
            "takes": "1d", "reject": "100%", "redo": "100%", "at_most": 1, "of": ["draft"],
        }},
    }  # fmt: skip
    assert set(days(program(activities))) == {3.0 + 2 + 1 + 3 + 1}


def test_only_the_round_that_was_rejected_is_held_again():
    """The known one approves on day 5 and is asked no more; the discovered one rejects once."""
    one = approved(discovered="discrete(1:100%)", reject=["0%", "0%"], redo="50%", at_most=1)
    assert [value for *_, value in events(one, "DECIDES")] == [1, 2]
    one = approved(approvers=0, discovered="discrete(2:100%)", reject=["100%", "0%"], redo="50%", at_most=3)
    assert [value for *_, value in events(one, "DECIDES")] == [1, 2, 3, 4]
    assert set(days(one)) == {4.0 + 1 + 2 + 1}


@pytest.mark.parametrize(("units", "finish"), [(1, 7), (2, 6), (3, 5), (9, 5)])
def test_approvers_wait_for_the_units_that_each_needs(units, finish):
    assert set(days(approved(approvers=3, by={"board": 1}, resources={"board": units}))) == {float(finish)}


def test_two_approvals_share_a_board_and_the_better_priority_goes_first():
    one = {"duration": "1d", "approval": {"takes": "2d", "by": {"board": 1}}}
    activities = {"a": one, "b": one | {"priority": 1}}
    trials = rm.simulate(program(activities, resources={"board": {"capacity": 1}}), 256)
    assert set((trials.finish_minutes - MONDAY) / DAY) == {5.0}
    logs = told(program(activities, resources={"board": {"capacity": 1}}), 256)
    assert [(minute / DAY, entity) for minute, _, entity, _ in only(logs[0], "FINISHED")] == [(3, 1), (5, 0)]


def test_nobody_to_ask_approves_at_once():
    assert set(days(approved(approvers=0, discovered="discrete(0:100%)"))) == {4.0}


def test_the_gate_comes_before_the_approval_and_again_after_a_rejection():
    gate = {"fail": ["100%", "0%"], "redo": "50%", "at_most": 5}
    one = approved(reject=["100%", "0%"], redo="25%", at_most=5)
    words = one.projects["p"].activities["design"].model_dump(exclude_none=True, exclude_defaults=True)
    activities = {"design": words | {"quality_gate": gate}}
    assert set(days(program(activities))) == {4.0 + 2 + 1 + 1 + 1}


def test_approvers_decide_in_the_hours_of_the_activity_and_of_their_pool():
    """Work ends on Friday at 17:00; eight hours of the standard calendar later it is Monday 17:00."""
    activities = {"design": {"duration": "5d", "approval": {"takes": "8h", "by": {"board": 1}}}}
    resources = {"board": {"capacity": 1}}
    assert set(days(program(activities, "standard", resources=resources))) == {7 + 17 / 24}
    resources["board"]["calendar"] = "24h"
    assert set(days(program(activities, "standard", resources=resources))) == {7 + 17 / 24}
    activities["design"]["approval"]["takes"] = "8eh"
    assert events(program(activities, "standard", resources=resources), "FINISHED") == [(4 + 25 / 24, "FINISHED", 0)]


def test_units_are_free_again_when_an_approver_has_decided():
    activities = {
        "design": {"duration": "1d", "approval": {"takes": "2d", "by": {"crew": 1}}},
        "build": {"duration": "5d", "uses": {"crew": 1}, "start_no_earlier_than": "2027-01-06"},
    }
    assert set(days(program(activities, resources={"crew": {"capacity": 1}}))) == {3.0 + 5}


def test_an_approval_that_needs_more_than_there_is_is_refused_before_the_run():
    with pytest.raises(ProgramError, match="never more than 1"):
        rm.simulate(approved(by={"board": 2}, resources={"board": 1}), 256)


def test_approvers_without_units_for_good_are_a_named_deadlock():
    resources = {"board": {"capacity": 1, "staffing": {"2027-01-05": 0}}}
    activities = {"design": {"duration": "4d", "approval": {"takes": "1d", "by": {"board": 1}}}}
    with pytest.raises(DeadlockError, match=r"p\.design waits for approvers: 1 of board"):
        rm.simulate(program(activities, resources=resources), 256)
