"""Responses as JSON: the keys that are promised, the same bytes, and every figure that of the results."""

import json

import pytest

import riskmc as rm
from rendering import ROOT
from riskmc.reports.records.responses import compose_responses, dumps_responses

FERRY = ROOT / "models" / "ferry" / "program.yaml"


@pytest.fixture(scope="module")
def trials():
    return rm.simulate(FERRY, 500)


@pytest.fixture(scope="module")
def found(trials):
    return rm.responses(trials)


@pytest.fixture(scope="module")
def frontier(trials):
    return rm.response_frontier(trials, budget="300k")


def test_every_response_has_its_effects_with_intervals(found, frontier):
    record = compose_responses(found, frontier)
    assert [entry["id"] for entry in record["responses"]] == ["neighbours", "second_source", "mock_up"]
    entry, effect = record["responses"][2], found["mock_up"]
    assert entry["status"] == "proposed"
    assert entry["cost"] == {"value": 240_000, "p10": None, "p90": None}
    for name, shift in (("finish_days", effect.change.finish()), ("cost_effect", effect.change.cost())):
        assert [*entry[name]] == ["p50", "p80", "mean"]
        assert [*entry[name]["p80"].values()] == pytest.approx(shift.quantile(0.80))
        assert [*entry[name]["mean"].values()] == pytest.approx(shift.mean())
    assert entry["finish_days"]["p80"]["value"] < 0 < entry["net"]["high"]
    assert entry["pays"] is effect.pays
    assert entry["chance"][0]["target"] == "Summer timetable"
    assert entry["chance"][0]["with"] > entry["chance"][0]["without"]


def test_the_frontier_says_what_is_bought_and_how_it_was_found(found, frontier):
    record = compose_responses(found, frontier)
    assert [entry["responses"] for entry in record["frontier"]] == [list(p.responses) for p in frontier.efficient]
    assert record["frontier"][0] | {"reaches": 0} == {
        "responses": [], "spent": 0, "reaches": 0, "value": 0, "low": 0, "high": 0, "step": None, "ties": []
    }  # fmt: skip
    assert record["frontier"][1]["reaches"] == frontier.efficient[1].value.isoformat(timespec="minutes")
    search = record["search"]
    assert (search["by"], search["exact"], search["rated"], search["budget"]) == ("finish", True, 4, 300_000)
    assert search["best"]["responses"] == ["mock_up"]
    assert [*search["states"]] == [*record["states"]] == ["pre", "current", "post"]


def test_states_stand_side_by_side_with_their_distance_from_now(found):
    states = compose_responses(found)["states"]
    assert states["current"]["from_current"]["finish_days"]["p80"] == {"value": 0, "low": 0, "high": 0}
    post = found.state_change("post").finish().quantile(0.80)
    assert [*states["post"]["from_current"]["finish_days"]["p80"].values()] == pytest.approx(post)
    assert states["pre"]["finish"]["p80"]["low"] <= states["pre"]["finish"]["p80"]["value"]


def test_without_proposed_responses_there_is_no_frontier(found):
    record = compose_responses(found)
    assert record["frontier"] == []
    assert record["search"] is None


def test_the_same_trials_give_the_same_bytes(trials, found, frontier):
    again = dumps_responses(rm.responses(trials), rm.response_frontier(trials, budget=300_000))
    assert again == dumps_responses(found, frontier)
    assert json.loads(again)["hash"] == trials.hash
