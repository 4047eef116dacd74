"""Cash in words: the answer first, every table in eighty columns, nothing that the file does not say."""

import re
from functools import cache

import pytest

import riskmc as rm
from pictured import HOSTILE, ferry
from riskmc.reports import compose_cash, dumps_cash, tell_cash

MORE = {
    "escalation": {"general": {"rate": "normal(3% 1%)", "from": 2028}},
    "payments": {"lag": "45ed", "retention": "5%"},
    "funding": {2027: "20M", 2028: "36M"},
}
NONE = {"escalation": {}, "payments": None, "funding": {}}


@cache
def flow(more=True, by="quarter"):
    program = ferry().again().program
    return rm.cash_flow(rm.simulate(program.but(**(MORE if more else NONE)), 500), by=by)


def test_the_answer_comes_first_and_names_the_money():
    first = " ".join(tell_cash(flow()).split("\n\n")[0].split())
    told = r"Electric Island Ferry spends EUR \S+ at P80 in then-year money\. The quarter that takes most is 2028 Q1 \("
    assert re.match(told, first)
    assert re.search(r"the most that one quarter takes, whichever it is, is EUR \S+ at P80\.", first)
    assert re.search(r"The funding of 2028 runs out with a chance of \d+%", first)


@pytest.mark.parametrize("by", ["month", "quarter", "year"])
def test_no_line_is_longer_than_eighty_columns(by):
    assert max(map(len, tell_cash(flow(by=by)).splitlines())) <= 80
    assert "\u2026" not in tell_cash(flow(by=by))


def test_the_limits_are_said_not_to_be_enforced_and_nothing_is_said_twice():
    told = " ".join(tell_cash(flow()).split())
    assert told.count("not enforced") == 1
    assert "costs are in constant money, without" not in told


def test_a_file_without_escalation_payments_and_funding_has_one_table_and_says_constant_money():
    told = tell_cash(flow(more=False))
    assert "Constant money: the file has no escalation" in " ".join(told.split())
    for absent in ("then-year", "Paid by", "Funding", "Slip"):
        assert absent not in told


def test_a_plan_is_said_to_be_one():
    activities = {"a": {"duration": "90d", "cost": "10k"}}
    plan = rm.Program(program="Plan", start="2027-01-04", projects={"p": {"activities": activities}})
    told = " ".join(tell_cash(rm.cash_flow(rm.simulate(plan, 10))).split())
    assert "This is a plan, not a forecast" in told
    assert "P80" not in told.split("Sums over")[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_do_no_harm(name):
    work = {"a": {"duration": "triangular(50d 60d 99d)", "cost": "10k"}}
    projects = {"p": {"name": name, "activities": work}, "q": {"activities": work}}
    found = rm.cash_flow(rm.simulate(rm.Program(program=name, start="2027-01-04", projects=projects), 50))
    assert max(map(len, tell_cash(found).splitlines())) <= 80
    assert dumps_cash(found)


def test_the_record_has_the_figures_of_the_cash_flow():
    found = flow()
    told = compose_cash(found)
    assert (told["by"], told["money"], told["funding_enforced"]) == ("quarter", "then-year", False)
    for key, money in (("constant", "constant"), ("then_year", "then-year"), ("paid", "paid")):
        for entry, period in zip(told["spending"][key]["periods"], found.periods, strict=True):
            assert entry["p80"]["value"] == round(found.spent(period, None, money).quantile(0.8), 2)
            assert entry["cumulative"]["p50"]["value"] == round(found.cumulative(period, None, money).quantile(0.5), 2)
            assert entry["p80"]["low"] <= entry["p80"]["value"] <= entry["p80"]["high"]
    assert {*told["projects"]} == {"vessel", "shore", "service", "no_project"}
    assert told["funding"][0]["breach"]["value"] == found.funding[0].breach.value
    assert {*told["escalation"]} == {"constant", "on_plan_dates", "slip", "then_year"}


def test_what_the_file_does_not_say_is_null_in_the_record():
    told = compose_cash(flow(more=False))
    assert (told["money"], told["escalation"], told["funding"]) == ("constant", None, [])
    assert told["spending"]["then_year"] is None
    assert told["spending"]["paid"] is None


def test_the_record_is_the_same_bytes_twice():
    assert dumps_cash(flow()) == dumps_cash(rm.cash_flow(flow().trials, by="quarter"))


@pytest.mark.parametrize("lag, told_apart", [("5ed", False), ("90ed", True)])
def test_what_is_paid_in_the_periods_in_which_it_is_spent_has_one_table(lag, told_apart):
    work = {"p": {"activities": {"a": {"duration": "uniform(5d 9d)", "cost": "uniform(10k 20k)"}}}}
    program = rm.Program(program="Short", start="2027-01-04", projects=work, payments={"lag": lag})
    found = rm.cash_flow(rm.simulate(program, 200), by="quarter")
    assert found.pays_later
    assert ("Paid by quarter" in tell_cash(found)) == told_apart
