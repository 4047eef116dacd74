"""Policies written by the user: what they see and may do, the same log however often and in whatever order they run."""

from dataclasses import FrozenInstanceError
from datetime import datetime

import numpy as np
import pytest

import riskmc as rm
from riskmc.errors import ArgumentError
from riskmc.kernels.discrete_event.codes import ACTED
from riskmc.network.compiling import Settings, compile_network
from riskmc.simulation.discrete_event.hook_block import HookBlock
from riskmc.simulation.discrete_event.reference_block import ReferenceBlock


def release(**words):
    """Return a program in which two activities wait for the same testers."""
    testers = {"uses": {"testers": 2}, "after": ["design"]}
    acts = {
        "design": {"duration": "triangular(20d 30d 60d)"},
        "tests": {"duration": "triangular(30d 40d 70d)", "cost": {"per_day": 9}, **testers},
        "trials": {"duration": "triangular(30d 40d 70d)", **testers},
        "release": {"milestone": True, "after": ["tests", "trials"]},
    }
    return rm.Program(
        program="Release", start="2027-01-04", currency="EUR", projects={"p": {"activities": acts}},
        resources={"testers": {"capacity": 2}},
        targets=[{"name": "Promise", "at": "p.release", "finish": "2027-06-01"}],
        **words,
    )  # fmt: skip


@rm.policy("surge", every="20d")
def surge(view, memory):
    if view.forecast("p.release") > view.target("p.release") and not memory.get("done"):
        memory["done"] = True
        return [rm.AddUnits("testers", 2, lead="15d", ramp=(0.4, "30d"), cost_per_day=650)]
    return []


@rm.policy("moody", every="2w")
def moody(view, memory):
    memory["mood"] = view.draw("mood")
    return [rm.Overtime(["p.*"], "130%", premium="50%")] if memory["mood"] < 0.3 else [rm.NormalHours()]


def logs(lanes, policies=(surge, moody)):
    """Return the event logs of some iterations, run in this order, one after the other."""
    network = compile_network(release(), Settings(engine="discrete-event", hooks=tuple(policies)))
    block, told = HookBlock(network, 7, logs=True), {}
    for lane in lanes:
        block.run(0, lane, lane + 1)
        told[lane] = block.log(lane).tolist()
    return told


def test_iterations_run_alone_twice_or_in_reverse_tell_the_same():
    together = logs(range(6))
    assert any(row[1] == ACTED for log in together.values() for row in log)
    assert logs(reversed(range(6))) == together
    assert logs([3]) == {3: together[3]}
    assert logs([2, 2, 5])[2] == together[2]


def test_threads_and_parts_of_a_run_change_nothing():
    whole = rm.simulate(release(), 300, policies=[surge, moody], threads=1)
    assert np.array_equal(
        whole.finish_minutes, rm.simulate(release(), 300, policies=[surge, moody], threads=2).finish_minutes
    )
    part = rm.simulate(release(), range(250, 300), policies=[surge, moody])
    assert np.array_equal(part.finish_minutes, whole.finish_minutes[250:])
    assert np.array_equal(part.cost_cents, whole.cost_cents[250:])


def test_a_policy_that_does_nothing_changes_nothing():
    idle = rm.policy("idle")(lambda view, memory: [])
    plain, watched = rm.simulate(release(), 64), rm.simulate(release(), 64, policies=[idle])
    assert np.array_equal(plain.finish_minutes, watched.finish_minutes)
    assert np.array_equal(plain.cost_cents, watched.cost_cents)


def test_a_hook_does_what_the_policy_of_a_file_with_the_same_words_does():
    do = {"overtime": {"on": ["p.*"], "rate": "125%", "premium": "50%"}}
    when = {"at": "p.release", "later_than": "target"}
    program = release(policies={"o": {"review": "10d", "when": when, "do": do, "at_most": 1}})

    @rm.policy("o", every="10d")
    def same(view, memory):
        late = view.forecast("p.release") > view.target("p.release")
        if "on" not in memory and late:
            memory["on"] = True
            return [rm.Overtime(["p.*"], "125%", premium="50%")]
        if memory.get("on") and not late:
            memory["on"] = False
            return [rm.NormalHours()]
        return []

    filed, hooked = rm.simulate(program, 64), rm.simulate(release(), 64, policies=[same])
    assert np.array_equal(filed.finish_minutes, hooked.finish_minutes)
    assert np.array_equal(filed.cost_cents, hooked.cost_cents)


def test_the_view_is_frozen_and_made_by_hand_in_a_test_of_a_policy():
    view = rm.PolicyView(
        datetime(2027, 3, 1), forecasts={"p.release": datetime(2027, 7, 1)}, targets={"p.release": datetime(2027, 6, 1)}
    )
    memory = {}
    assert surge(view, memory) == [rm.AddUnits("testers", 2, lead="15d", ramp=(0.4, "30d"), cost_per_day=650)]
    assert surge(view, memory) == []
    with pytest.raises(FrozenInstanceError):
        view.now = datetime(2028, 1, 1)
    with pytest.raises(ArgumentError, match=r"view.forecast\('p.relaese'\): there is none; did you mean 'p.release'"):
        view.forecast("p.relaese")


def test_the_view_shows_what_managers_see():
    seen = []

    @rm.policy("look", every="60d")
    def look(view, memory):
        units = view.capacity("testers"), view.idle("testers"), view.queue("testers")
        same = view.forecast() == view.forecast("p.release")
        seen.append((view.now, view.progress("p.design"), *units, view.target("p.release"), same))
        return []

    rm.simulate(release(), 1, policies=[look])
    now, done, units, idle, queue, target, same = seen[0]
    assert now == datetime(2027, 3, 5)
    assert (done, units, idle, queue) == (1.0, 2.0, 0.0, 1)
    assert target.date() in (datetime(2027, 6, 1).date(), datetime(2027, 6, 2).date())
    assert same


def test_draws_are_uniform_by_name_and_independent_of_other_policies():
    drawn = {}

    def keep(view, memory):
        drawn.setdefault(len(drawn), view.draw("coin"))
        return []

    one = rm.policy("gambler", every="200d")(keep)
    rm.simulate(release(), 512, policies=[rm.policy("gambler", every="30d")(keep)], threads=1)
    values = np.array(list(drawn.values()))
    assert 0 < values.min() < values.max() < 1
    # the mean of n uniforms has a standard error of sqrt(1 / 12 n); 5 of them: one false alarm in a million
    assert values.mean() == pytest.approx(0.5, abs=5 * (1 / 12 / len(values)) ** 0.5)
    first = logs([0], (moody,))
    assert one.name == "gambler"
    assert [row for row in logs([0], (moody, one))[0] if row[1] == ACTED] == [
        row for row in first[0] if row[1] == ACTED
    ]


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ([3], "an action is one of AddUnits, Overtime, NormalHours, Crash, Prioritise, got 3"),
        ([rm.AddUnits("tester", 2)], "there is no limited resource 'tester'"),
        ([rm.Overtime(["p.*"], "80%")], "overtime does more than normal"),
        ([rm.Crash(["p.nobody"], "80%")], "nobody"),
        ([rm.Prioritise({})], "at least one"),
    ],
)
def test_a_wrong_action_is_refused_with_policy_time_and_iteration(returned, message):
    wrong = rm.policy("wrong", every="20d")(lambda view, memory: returned)
    with pytest.raises(rm.PolicyError, match=r"policy 'wrong' at 2027-01-24 00:00, iteration 0: ") as caught:
        rm.simulate(release(), 2, policies=[wrong])
    assert message in str(caught.value)


def test_an_exception_of_a_policy_names_policy_time_and_iteration():
    broken = rm.policy("broken", every="20d")(lambda view, memory: 1 / 0)
    with pytest.raises(rm.PolicyError, match="policy 'broken' at 2027-01-24 00:00, iteration 0: ZeroDivisionError"):
        rm.simulate(release(), 2, policies=[broken])


def test_policies_are_checked_before_the_run():
    with pytest.raises(ArgumentError, match="decorated"):
        rm.simulate(release(), 2, policies=[lambda view, memory: []])
    with pytest.raises(ArgumentError, match="two are called 'surge'"):
        rm.simulate(release(), 2, policies=[surge, surge])
    with pytest.raises(ArgumentError, match="only the discrete-event engine"):
        rm.simulate(release(), 2, engine="monte-carlo", policies=[surge])
    with pytest.raises(rm.RiskmcError):
        rm.policy("never", every="0d")
    with pytest.raises(ArgumentError, match="needs a name"):
        rm.policy("")


def test_a_note_says_which_policies_ran_and_on_what():
    assert (
        "policies in Python (surge) ran on the simpy reference" in rm.simulate(release(), 2, policies=[surge]).notes[-1]
    )


def test_hooks_run_on_the_same_draws_as_the_reference():
    network = compile_network(release(), Settings(engine="discrete-event", hooks=(rm.policy("idle")(lambda v, m: []),)))
    plain, hooked = (kind(network, 1, logs=True) for kind in (ReferenceBlock, HookBlock))
    for one in (plain, hooked):
        one.run(0, 0, 4)
    assert [plain.log(i).tolist() for i in range(4)] == [hooked.log(i).tolist() for i in range(4)]
