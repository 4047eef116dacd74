"""The JSON record of a waterfall: steps that add up, exactly and as printed, the same bytes for the same inputs."""

from datetime import datetime

import pytest

import riskmc as rm
from driven import chain, late, program
from riskmc.reports import compose_waterfall, dumps_waterfall

RISKS = {"rock": late(9, "40%", cost="+ 20k"), "water": late(6, "50%"), "luck": late(-3, "30%")}


def test_the_steps_add_up_to_the_forecast_less_the_plan():
    told = compose_waterfall(rm.waterfall(rm.simulate(chain(RISKS), 500)))
    plan, forecast = told["plan"], told["forecast"]
    apart = datetime.fromisoformat(forecast["finish"]) - datetime.fromisoformat(plan["finish"])
    assert sum(step["finish_days"]["value"] for step in told["steps"]) == pytest.approx(apart.total_seconds() / 86_400)
    assert sum(step["cost"]["value"] for step in told["steps"]) == pytest.approx(forecast["cost"] - plan["cost"])
    printed = sum(step["printed_cost"] for step in told["steps"])
    assert printed == pytest.approx(forecast["cost"] - plan["cost"], rel=0.01)
    assert [step["kind"] for step in told["steps"]] == ["step"] * 3 + ["risk"] * 3


def test_the_bytes_are_the_same_for_any_number_of_threads():
    one, two = (rm.waterfall(rm.simulate(chain(RISKS), 500, threads=threads)) for threads in (1, 2))
    assert dumps_waterfall(one) == dumps_waterfall(two)


def test_a_plan_has_no_steps():
    told = compose_waterfall(rm.waterfall(rm.simulate(program({"dig": {"duration": "10d"}}), 10)))
    assert (told["random"], told["steps"]) == (False, [])
    assert told["plan"] == told["forecast"]
