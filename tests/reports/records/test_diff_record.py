"""The semantic difference as JSON: the keys that the method page lists, the same bytes each time, and its numbers."""

import json
from pathlib import Path

import pytest

import riskmc as rm
from changed_programs import program
from recorded import keys_of, listed_on
from riskmc.reports.records.diff import compose_diff, dumps_diff

ROOT = Path(__file__).parents[3]

PAGE = ROOT / "docs" / "method" / "diff.md"
CHANGES = {
    "risks__clay__probability": "80%",
    "projects__works__activities__deck__duration": "triangular(25d 35d 60d)",
    "risks__clay__owner": "Geologist",
    "management_reserve": "1M",
}


@pytest.fixture(scope="module")
def found() -> rm.ProgramDiff:
    return rm.diff(program(), program(**CHANGES), 300)


def by_measure(place, key):
    """Return a key as the page writes it; percentiles and the mean are one."""
    return "{measure}" if key in ("p50", "p80", "mean") else key


def test_the_keys_are_precisely_those_of_the_page(found):
    assert set(keys_of(compose_diff(found), by_measure)) == listed_on(PAGE)


def test_numbers_are_those_of_the_difference_and_every_change_is_there(found):
    record = compose_diff(found)
    assert record["movement"]["finish_days"]["p80"]["value"] == pytest.approx(found.moved().value, abs=1e-9)
    assert [group["name"] for group in record["groups"]] == [group.name for group in found.groups]
    told = {change["id"]: change for change in record["changes"] if change["reach"] == "forecast"}
    assert (told["clay"]["word"], told["clay"]["old"], told["clay"]["new"]) == ("probability", "40%", "80%")
    assert {change["reach"] for change in record["changes"]} == {"forecast", "promise", "words"}
    assert all((change["group"] is not None) == (change["reach"] == "forecast") for change in record["changes"])


def test_the_bytes_are_the_same_each_time(found):
    again = rm.diff(program(), program(**CHANGES), 300, threads=1)
    assert dumps_diff(found) == dumps_diff(again)
    assert json.loads(dumps_diff(found)) == compose_diff(found)
