"""The printed waterfall: from the plan to P80, in printed steps that add up line by line."""

import re

import pytest

import riskmc as rm
from driven import chain, late, program
from riskmc.reports import tell_waterfall
from riskmc.reports.document.layout import WIDTH

RISKS = {"rock": late(9, "40%", cost="+ 20k"), "water": late(6, "50%"), "luck": late(-3, "30%"), "idle": late(1, "0%")}


@pytest.fixture(scope="module")
def told() -> str:
    return tell_waterfall(rm.waterfall(rm.simulate(chain(RISKS), 2_000)))


def table(told: str, heading: str) -> list[str]:
    return next(part for part in told.split("\n\n") if part.startswith(heading)).splitlines()[1:]


def test_the_printed_days_add_up_to_the_last_row(told):
    lines = table(told, "Finish, step by step")
    days = [int(re.search(r"([+−]?\d+) d\b", line)[1].replace("−", "-")) for line in lines[1:]]
    assert sum(days[:-1]) == days[-1]
    assert (lines[0].split()[0], lines[-1].split()[0]) == ("Plan", "P80")


def test_the_printed_money_adds_up_to_the_last_row(told):
    lines = table(told, "Cost, step by step")
    amounts = [re.search(r"([+−]?)EUR ([\d.]+)k", line) for line in lines[1:]]
    steps = [float(found[2]) * (-1 if found[1] == "−" else 1) for found in amounts]
    assert sum(steps[:-1]) == pytest.approx(steps[-1], abs=1e-6)


def test_the_sentence_says_how_far_it_is_and_what_of_that_are_risks(told):
    found = rm.waterfall(rm.simulate(chain(RISKS), 2_000))
    whole, count = found.whole("finish"), len(found.steps)
    first = " ".join(told.split("\n\n")[0].split())
    assert f", {sum(whole)} days after the plan: {sum(whole[:count])} days before any risk, " in first
    assert first.endswith(f"{sum(whole[count:])} days from the risks.")


def test_risks_of_nothing_are_counted_in_one_row(told):
    assert re.search(r"^1 other risk +0 d$", told, re.MULTILINE)
    assert "idle" not in told


def test_every_line_fits(told):
    assert max(map(len, told.splitlines())) <= WIDTH


def test_without_risks_and_without_money_it_says_so():
    free = program({"dig": {"duration": "uniform(10d 20d)"}})
    told = tell_waterfall(rm.waterfall(rm.simulate(free, 100)))
    assert "no risk is in the program" in told
    assert "Cost, step by step" not in told


def test_a_cost_that_no_step_moves_has_no_table():
    work = {"dig": {"duration": "uniform(10d 20d)", "cost": "5k"}}
    told = tell_waterfall(rm.waterfall(rm.simulate(program(work), 100)))
    assert "No step moves the cost: P80 is EUR 5.0k, as planned." in told
    assert "Cost, step by step" not in told
    assert "risks" not in told.split("Each step is")[1].split("95% interval")[0]


def test_a_plan_is_no_forecast():
    told = tell_waterfall(rm.waterfall(rm.simulate(program({"dig": {"duration": "10d"}}), 10)))
    assert "Nothing lies between the plan and a forecast" in " ".join(told.split())


def test_only_dates_have_merges():
    work = {"dig": {"duration": "uniform(10d 20d)", "cost": {"per_day": "1k"}}, "haul": {"duration": "uniform(9d 21d)"}}
    finish, cost = tell_waterfall(rm.waterfall(rm.simulate(program(work), 100))).split("Cost, step by step")
    assert "All other ranges (merge bias) " in finish
    assert "All other ranges " in cost
    assert "merge" not in cost
