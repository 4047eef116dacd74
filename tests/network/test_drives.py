"""Drives: of the links into a node the latest is its start, where nothing else holds it; and which links are taken."""

from __future__ import annotations

import numpy as np

import riskmc as rm
from rendering import ROOT
from riskmc.network.compiling import Settings, compile_network
from riskmc.network.drives import build_drives
from riskmc.simulation.blocks import Block

TUNNEL = ROOT / "models" / "tunnel" / "program.yaml"


def network(activities, **sections):
    plan = rm.Program(program="D", start="2027-01-04", projects={"p": {"activities": activities}}, **sections)
    return compile_network(plan, Settings())


def ran(compiled):
    """Return the drives of block 0, and the pool of the block."""
    block = Block(compiled, 1)
    block.run(0, 0, 256)
    drives = build_drives(compiled.logic)
    pool = np.zeros((drives.rows, 256), np.int32)
    held = compiled.logic.layout.first_late
    pool[:held] = block.pool[:held]
    return drives, drives.run(pool, block.exists), block


def test_the_latest_drive_is_the_start_where_only_links_hold_it():
    """Every merge at a start of a real program with ten calendars: the latest drive, as a start of work, is no later
    than the start; and in all iterations it is that start unless a floor holds it."""
    compiled = compile_network(rm.read(TUNNEL), Settings())
    drives, found, block = ran(compiled)
    latest = np.maximum.reduceat(found, drives.first[:-1], axis=0)
    layout, held = compiled.logic.layout, 0
    for merge in np.flatnonzero(~drives.at_finish):
        node = drives.node[merge]
        calendar = layout.tables.calendars[layout.calendar[node]]
        starts = block.pool[node]
        own = calendar.index(latest[merge])
        assert np.all(own <= starts)
        held += np.mean(own == starts)
    assert held / np.sum(~drives.at_finish) > 0.9


def test_links_are_in_the_order_of_their_merges():
    compiled = compile_network(rm.read(TUNNEL), Settings())
    drives = build_drives(compiled.logic)
    edges = compiled.logic.layout.edges
    for merge, (first, last) in enumerate(zip(drives.first[:-1], drives.first[1:], strict=True)):
        assert set(edges.successor[drives.links[first:last]].tolist()) == {drives.node[merge]}
        assert len(set(edges.predecessor[drives.links[first:last]].tolist())) > 1


def test_one_predecessor_makes_no_merge_however_many_links_it_has():
    drives, found, _ = ran(network({"a": {"duration": "5d"}, "b": {"duration": "5d", "after": ["a", "a SS+2d"]}}))
    assert drives.links.size == 0
    assert found.shape == (0, 256)


def test_what_has_started_or_follows_is_no_merge():
    told = {
        "a": {"duration": "5d", "progress": {"started": "2027-01-04", "finished": "2027-01-08"}},
        "b": {"duration": "5d", "progress": {"started": "2027-01-04", "finished": "2027-01-08"}},
        "c": {
            "duration": "2d",
            "after": ["a", "b"],
            "progress": {"started": "2027-01-11", "finished": "2027-01-12"},
        },
        "d": {"duration": "5d", "after": ["c"]},
        "loe": {"level_of_effort": {"from": "c", "to": "d"}},
    }
    drives, _, _ = ran(network(told, data_date="2027-01-18"))
    assert drives.links.size == 0


def test_a_drive_is_the_finish_of_the_predecessor_and_its_lag():
    told = {"a": {"duration": "5d"}, "b": {"duration": "2d"}, "c": {"duration": "1d", "after": ["a", "b FS+10d"]}}
    compiled = network(told, calendar="24h")
    drives, found, block = ran(compiled)
    finishes = block.pool[compiled.logic.finishes]
    by = {
        int(compiled.logic.layout.edges.predecessor[link]): row for link, row in zip(drives.links, found, strict=True)
    }
    assert np.array_equal(by[0], finishes[0])
    assert np.array_equal(by[1], finishes[1] + 10 * 1440)
