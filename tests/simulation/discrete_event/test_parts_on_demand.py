"""Behaviours are compiled apart, when a program first needs them, and change nothing by that (kernels/apart.py)."""

import numpy as np

import riskmc as rm
from riskmc.kernels.discrete_event.apart import PARTS
from riskmc.network.compiling import Settings, compile_network
from riskmc.simulation.event_block import EventBlock
from told_alike import assert_told_alike

DIG = {"duration": "uniform(5d 9d)", "uses": {"crew": "1"}}
POUR = {"duration": "uniform(2d 4d)", "uses": {"crew": "2"}, "after": ["dig"]}


def program(pour=POUR, **words):
    return rm.Program(
        program="Parts", start="2027-01-04", resources={"crew": {"capacity": "2"}},
        projects={"p": {"activities": {"dig": DIG, "other": DIG, "pour": pour}}}, **words,
    )  # fmt: skip


def compiled(one):
    """Return the parts that a program has asked for."""
    block = EventBlock(compile_network(one, Settings(engine="discrete-event")), 1)
    block.run(0, 0, 8)
    return {PARTS[place] for place in np.flatnonzero(block.state.code)}


def test_units_alone_ask_for_no_part():
    assert compiled(program()) == set()


def test_a_gate_asks_for_what_tests_and_sends_back():
    gate = {"fail": "60%", "redo": "50%", "at_most": "3"}
    assert compiled(program(POUR | {"quality_gate": gate})) == {"judge", "send_back", "release_redone"}


def test_a_replication_that_wants_a_part_begins_anew_and_tells_what_the_reference_tells():
    gate = {"fail": "60%", "redo": "50%", "at_most": "3"}
    funding = {"currency": "EUR", "funding": {"2027": "20k"}, "funding_rule": {"without": "pause_all"}}
    one = program(POUR | {"quality_gate": gate, "cost": {"per_day": "500"}}, **funding)
    assert compiled(one) >= {"judge", "begin_funding", "has_money_for", "move_money"}
    assert_told_alike(one)


def test_driving_chains_ask_for_parts_too():
    """Who waited for the crew is found by the good minutes of a clock that loses days to the weather."""
    lost = {"jan-dec": {"lost": "30%", "persistence": "50%"}}
    week = {"week": {"mon-fri": "08:00-16:00"}, "weather": lost}
    one = program(calendars={"site": week}, calendar="site")
    assert compiled(one) == {"good_by", "opens_by", "over_by"}
    assert_told_alike(one)
