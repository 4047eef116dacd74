"""Crosscheck: both engines on what they share, both implementations on everything, and what is said where they part."""

import dataclasses

import pytest

import riskmc as rm
from happening import program
from riskmc.analysis.crosscheck import EngineAgreement
from riskmc.simulation.agreement import Divergence, EventAgreement

PLAIN = {"program": "Plain", "start": "2027-01-04", "projects": {"p": {"activities": {"a": {"duration": "5d"}}}}}


def test_a_program_in_which_everything_happens_agrees_in_every_iteration():
    found = rm.crosscheck(program(), 40)
    assert found.agrees
    assert found.engines.agree == found.engines.iterations == 40
    assert found.implementations.agree == found.implementations.iterations == 40
    assert found.engines.first is found.implementations.first is found.kernel_says is found.simpy_says is None


def test_it_names_what_was_left_out_where_the_engines_are_compared():
    found = rm.crosscheck(program(), 3)
    told = "; ".join(found.engines.left_out)
    for item in ("resources.testers", "alpha.test", "beta.approve", "risks.changes", "scope.wishes"):
        assert item in told
    assert f"both without {told}" in found.sentences()[0]


def test_what_is_ignored_is_not_said_to_be_left_out():
    found = rm.crosscheck(program(), 3, ignore=["resources"])
    assert "resources" not in "; ".join(found.engines.left_out)


def test_a_scenario_is_named_where_the_numbers_come_from():
    found = rm.crosscheck(
        rm.Program(**PLAIN, scenarios={"longer": {"set": {"p.a.duration": "6d"}}}), 2, scenario="longer"
    )
    assert found.trials.scenario == "longer"
    assert "scenario longer" in rm.reports.tell_crosscheck(found)


def test_one_certain_activity_has_three_events():
    """It may start, it starts, it finishes: three in each of two iterations."""
    found = rm.crosscheck(rm.Program(**PLAIN), 2)
    assert found.implementations.events == 6
    assert not found.engines.left_out
    assert found.sentences()[0] == "engines agree on 2 of 2 iterations, to the minute and the cent"


def test_lanes_beyond_one_block_and_hypercubes_are_compared_too():
    found = rm.crosscheck(program(), 258, sampling="lhs", dispatch="file-order", strict=True)
    assert found.agrees
    assert found.implementations.iterations == 258


def test_where_something_differs_it_says_so_and_in_which_iteration():
    found = rm.crosscheck(program(), 2)
    parted = Divergence(1, (60, 1, 0, -1), None)
    broken = dataclasses.replace(
        found,
        engines=EngineAgreement(2, 1, (), first=1),
        implementations=EventAgreement(2, 1, 10, parted),
    )
    assert not broken.agrees
    assert "alpha.design starts" in broken.kernel_says
    assert broken.simpy_says == "nothing more"
    assert "engines agree on 1 of 2 iterations" in repr(broken)


@pytest.mark.parametrize("wrong", [{"iterations": 0}, {"seed": -1}])
def test_arguments_without_meaning_are_refused(wrong):
    with pytest.raises(rm.ArgumentError):
        rm.crosscheck(rm.Program(**PLAIN), **wrong)
