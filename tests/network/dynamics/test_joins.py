"""Nodes that only start after others: their links say what their instructions say."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings

import riskmc as rm
from random_programs import programs
from riskmc.network.compiling import Settings, compile_network
from riskmc.network.dynamics.joins import END
from riskmc.simulation.event_block import EventBlock


def network_of(activities, **words):
    """Return the network of a program of one project, for the discrete-event engine."""
    one = rm.Program(
        program="Joins", start="2027-01-04", calendar="24h", projects={"p": {"activities": activities}}, **words
    )
    return compile_network(one, Settings(engine="discrete-event"))


def joins_of(network):
    """Return by activity the links of its join, as (row, lag in minutes); None where it is no join."""
    joins = network.dynamics.model.joins
    links = {}
    for a, task in enumerate(network.tasks):
        at, links[task.path] = int(joins.first[a]), None
        if at >= 0:
            end = at + int(np.flatnonzero(joins.row[at:] == END)[0])
            links[task.path] = {*zip(joins.row[at:end].tolist(), joins.lag[at:end].tolist(), strict=True)}
    return links


def test_work_after_others_with_lags_is_a_join_of_their_finishes():
    found = joins_of(network_of({
        "dig": {"duration": "uniform(5d 9d)"}, "pipe": {"duration": "3d", "after": ["dig"]},
        "pour": {"duration": "2d", "after": ["dig + 2d", "pipe"]},
    }))  # fmt: skip
    assert found == {"p.dig": set(), "p.pipe": {(3, 0)}, "p.pour": {(3, 2 * 24 * 60), (4, 0)}}


def test_what_is_bound_otherwise_is_no_join():
    """By its finish, or by a calendar of its own."""
    found = joins_of(network_of(
        {
            "dig": {"duration": "uniform(5d 9d)"}, "tidy": {"duration": "3d", "after": ["dig FF"]},
            "shift": {"duration": "2d", "after": ["dig"], "calendar": "week"},
        },
        calendars={"week": {"week": {"mon-fri": "08:00-16:00"}}},
    ))  # fmt: skip
    assert found["p.dig"] == set()
    assert found["p.tidy"] is None
    assert found["p.shift"] is None


@given(programs())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_replications_go_the_same_by_links_and_by_instructions(words):
    network = compile_network(rm.Program(**words), Settings(engine="discrete-event"))
    by_links, by_instructions = EventBlock(network, 1), EventBlock(network, 1)
    model = network.dynamics.model
    none = model.joins._replace(first=np.full_like(model.joins.first, -1))
    by_instructions.dynamics = replace(network.dynamics, model=model._replace(joins=none))
    for block in (by_links, by_instructions):
        block.run(0, 0, 64)
    for rows in ("pool", "exists", "tight", "began", "release", "done_at"):
        assert np.array_equal(getattr(by_links.space, rows)[:64], getattr(by_instructions.space, rows)[:64]), rows
    assert np.array_equal(by_links.critical, by_instructions.critical)
