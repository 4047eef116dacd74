"""The JSON record of drivers: every figure, shares null for all but risks, the same bytes for the same inputs."""

import json

import pytest

import riskmc as rm
from driven import chain, late, program
from riskmc.reports import compose_drivers, dumps_drivers

RISKS = {"rock": late(9, "40%", cost="+ 20k"), "water": late(6, "50%"), "luck": late(-3, "30%")}


@pytest.fixture(scope="module")
def found() -> rm.Drivers:
    return rm.drivers(rm.simulate(chain(RISKS), 500))


def test_every_driver_has_its_figures_with_their_intervals(found):
    told = compose_drivers(found)
    for entry, driver in zip(told["drivers"], found.drivers, strict=True):
        assert (entry["id"], entry["kind"]) == (driver.id, driver.kind)
        value, low, high = driver.removal_finish_days
        assert entry["removal_finish_days"] == pytest.approx({"value": value, "low": low, "high": high})
        assert (entry["finish_days"] is None) == (entry["cost"] is None) == (driver.kind != "risk")
    assert told["percentile"] == 0.8
    assert told["removal_order"]["finish"][0]["risk"] == found.finish_order[0].risk


def test_shares_add_up_to_the_figure_of_all_risks(found):
    told = compose_drivers(found)
    for by, word in (("finish", "finish_days"), ("cost", "cost")):
        shares = [entry[word]["value"] for entry in told["drivers"] if entry[word]]
        assert sum(shares) == pytest.approx(told[by]["all_risks"]["value"], abs=1e-6)
    days = [entry["printed_days"] for entry in told["drivers"] if entry["kind"] == "risk"]
    assert sum(days) == sum(found.whole_shares("finish").values())


def test_the_bytes_are_the_same_for_any_number_of_threads(found):
    again = rm.drivers(rm.simulate(chain(RISKS), 500, threads=2))
    assert dumps_drivers(again) == dumps_drivers(found)


def test_a_plan_has_an_empty_list():
    told = json.loads(dumps_drivers(rm.drivers(rm.simulate(program({"dig": {"duration": "10d"}}), 10))))
    assert (told["random"], told["drivers"]) == (False, [])


def test_what_is_not_known_is_null():
    told = json.loads(dumps_drivers(rm.drivers(rm.simulate(chain(RISKS), 5))))
    assert told["drivers"][0]["finish_days"]["low"] is None
