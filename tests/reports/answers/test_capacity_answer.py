"""Capacity in words and as a record: the same numbers in both, and nothing that the other does not know."""

from functools import cache

import pytest

import riskmc as rm
from recorded import not_in, undescribed
from riskmc.reports import compose_capacity, dumps_capacity, tell_capacity

PRODUCTS = "docs/method/data/products.yaml"
KNOWN = {
    "program", "hash", "seed", "iterations", "first_iteration", "engine", "sampling", "version", "scenario",
    "mitigation", "constraints", "currency", "confidence", "relaxed", "ignored", "notes",
}  # fmt: skip


@cache
def products(threads=None):
    return rm.capacity(rm.simulate(PRODUCTS, 300, engine="discrete-event", threads=threads), steps=2)


def words(found):
    return " ".join(tell_capacity(found).split())


def test_it_says_who_waits_most_and_what_one_more_is_worth():
    told, record = words(products()), compose_capacity(products())
    waiting = record["pools"]["architects"]["waiting_days"]["mean"]["value"]
    assert f"Most waiting is for Architects: {waiting:.0f} d on average; 67% of its requests wait." in told
    gained = record["pools"]["testers"]["one_more"]["finish_days"]["mean"]["value"]
    assert f"One unit more of Testers is worth most: the mean finish moves by −{-gained:.0f}" in told
    assert "never done" in told
    assert "Never done: with one unit less there is work that never has enough of them." in told
    assert record["pools"]["architects"]["one_less"] is None


def test_a_pool_with_a_staffing_plan_shows_its_fewest_and_its_most_units():
    """The capacity of the first day alone said four of a pool that soon has six, while its use counted six."""
    work = {name: {"duration": "30d", "uses": {"crews": 2}} for name in ("dig", "line", "pave")}
    staffed = rm.Program(
        program="Tunnel", start="2027-01-04", projects={"p": {"activities": work}},
        resources={"crews": {"capacity": 4, "staffing": {"2027-01-11": 6, "2027-02-01": 2}}},
    )  # fmt: skip
    found = rm.capacity(rm.simulate(staffed, 50), what_ifs=False)
    record = compose_capacity(found)["pools"]["crews"]
    assert (record["units"], record["units_at_least"], record["units_at_most"]) == (4, 2, 6)
    assert "\ncrews        2 – 6  " in tell_capacity(found)


def test_utilisation_alone_misleads_where_the_busiest_pool_is_not_worth_most():
    record = compose_capacity(products())
    assert (record["worth_most"], record["busiest"], record["utilisation_misleads"]) == ("testers", "architects", True)
    assert "Utilisation alone misleads: one unit more of Testers, 8" in words(products())


def test_no_line_is_wider_than_the_terminal():
    assert max(map(len, tell_capacity(products()).splitlines())) <= 80


def test_without_pools_it_says_so_plainly():
    program = rm.Program(program="P", start="2027-01-04", projects={"p": {"activities": {"a": {"duration": "2d"}}}})
    found = rm.capacity(rm.simulate(program, 20, engine="discrete-event"))
    assert tell_capacity(found).startswith("Nothing waits: no pool limits the work of this program.")
    assert compose_capacity(found)["pools"] == {}


def test_the_bytes_are_the_same_for_any_number_of_threads():
    assert dumps_capacity(products(1)) == dumps_capacity(products(2))


def test_every_key_of_the_record_is_on_its_page_and_the_other_way_round():
    record = compose_capacity(products())
    assert undescribed(record, "capacity", KNOWN, ("pools", "project_first", "projects")) == set()
    paths = {"pools.{id}.one_more.finish_days.mean.value", "pools.{id}.periods[].queue.low", "staircase[].pool",
             "pools.{id}.queue[].p90", "held_up[].held_by", "project_first.{id}.projects.{id}.finish_days.p80.value",
             "bottlenecks[].share_of_iterations.high"}  # fmt: skip
    assert not_in(record, paths, ("pools", "project_first", "projects")) == set()


@pytest.mark.parametrize("place", ["staircase", "held_up", "bottlenecks"])
def test_the_record_lists_what_the_tables_list(place):
    found, record = products(), compose_capacity(products())
    frames = {"staircase": found.staircase(), "held_up": found.held_up(), "bottlenecks": found.bottleneck_frame()}
    assert len(record[place]) == len(frames[place]) > 0
