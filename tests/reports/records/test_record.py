"""The JSON record says everything, in the keys that the guide lists, in the same bytes for the same trials."""

import json
from datetime import datetime
from pathlib import Path

import pytest

import fabricated
from recorded import keys_of, listed_on
from riskmc.reports.records.forecast import compose, dumps
from riskmc.simulation.delays import Delay
from riskmc.simulation.trials import Acted, Arrived, Rework
from riskmc.simulation.understanding import Understanding

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "json.md"
BY_IDENTIFIER = {"projects": "{id}", "milestones": "{id}", "quantiles": "{level}"}


def as_in_the_guide(place, key):
    """Return a key as the guide writes it, ``finish.quantiles.{level}.low``."""
    return BY_IDENTIFIER.get(place) or key


def described():
    """Every key that the guide lists, the blocks of projects and milestones written out."""
    keys = listed_on(GUIDE)
    keys -= {"coverage", "recomputed"}
    block = {key for key in keys if key.startswith(("finish.", "cost.")) and not key.endswith("_with_margin")}
    money = {"cost.mean", "cost.sd", "cost.quantiles", "cost.deterministic"}
    money |= {key for key in block if key.startswith("cost.targets")}
    finish = {key for key in block if key.startswith("finish.")}
    milestones = {f"milestones.{{id}}.{key}" for key in finish | money}
    return keys | {f"projects.{{id}}.{key}" for key in block} | milestones


def full():
    """A record in which every list has an entry."""
    targets = [
        *fabricated.HARBOUR["targets"],
        {"name": "Design", "at": "design", "finish": "2029-06-30", "cost": "21M"},
        {"name": "Build", "at": "build", "finish": "2030-06-30", "cost": "400M"},
    ]
    held = fabricated.plan(finish_with_margin=fabricated.PLANNED + 30, cost_with_margin_cents=fabricated.MONEY + 1)
    said = {"relaxed": ("a",), "ignored": ("resources",), "notes": ("b",)}
    known = Understanding("plan.xer", "Primavera P6", 3, 4, (Delay("build.dig", 2.0),))
    whole = fabricated.program(targets=targets)
    happened = {
        "arrived": {"soil": Arrived(0.5, 0.8)},
        "rework": (Rework("gate", "build.dig", 0.4, 0.5, 0.1, 2.0),),
        "acted": {"react": Acted(0.4, 0.5, datetime(2029, 1, 2))},
    }
    return compose(fabricated.trials(program=whole, plan=held, understand=lambda: known, **said, **happened))


def test_the_keys_are_precisely_those_of_the_guide():
    assert set(keys_of(full(), as_in_the_guide)) == described()


def test_percentiles_stand_at_every_twentieth_and_at_99():
    levels = list(compose(fabricated.trials())["finish"]["quantiles"])
    assert levels == [f"{step * 0.05:.2f}" for step in range(1, 20)] + ["0.99"]


def test_dates_money_and_days_are_those_of_the_forecasts():
    trials = fabricated.trials()
    record, finish, cost = compose(trials), trials.finish(), trials.cost()
    low, high = finish.quantile_interval(0.80)
    assert record["finish"]["quantiles"]["0.80"] == {
        "value": finish.quantile(0.80).strftime("%Y-%m-%dT%H:%M"),
        "low": low.strftime("%Y-%m-%dT%H:%M"),
        "high": high.strftime("%Y-%m-%dT%H:%M"),
    }
    assert record["cost"]["quantiles"]["0.80"]["value"] == cost.quantile(0.80)
    assert record["cost"]["mean"] == pytest.approx(cost.mean(), abs=0.005)
    assert record["finish"]["sd"] == pytest.approx(finish.sd(), abs=1e-6)
    days = (finish.quantile(0.80) - trials.start).total_seconds() / 86_400
    assert record["finish"]["elapsed_days"]["quantiles"]["0.80"]["value"] == pytest.approx(days)
    assert record["finish"]["elapsed_days"]["sd"] == pytest.approx(finish.sd())


def test_every_target_stands_with_the_program_and_again_at_its_place():
    record = full()
    assert [t["name"] for t in record["finish"]["targets"]] == ["Open to public", "Commitment", "Design", "Build"]
    assert [t["name"] for t in record["cost"]["targets"]] == ["Approved budget", "Commitment", "Design", "Build"]
    assert record["projects"]["design"]["finish"]["targets"] == [record["finish"]["targets"][2]]
    assert record["projects"]["design"]["cost"]["targets"] == [record["cost"]["targets"][2]]
    assert record["milestones"]["build.open"]["finish"]["targets"] == record["finish"]["targets"][:2]
    assert record["milestones"]["build.open"]["cost"]["targets"] == [record["cost"]["targets"][1]]


def test_a_target_is_written_with_its_place_its_last_instant_and_its_chance():
    trials = fabricated.trials()
    chance = trials.finish().probability("2030-06-30")
    assert compose(trials)["finish"]["targets"][0] == {
        "name": "Open to public",
        "at": "build.open",
        "value": "2030-07-01T00:00",
        "probability": chance.value,
        "low": pytest.approx(chance.low),
        "high": pytest.approx(chance.high),
    }


def test_activities_have_numbers_or_null_and_never_nan():
    record = compose(fabricated.trials())
    assert record["activities"][0]["mean_start"] is None
    assert record["activities"][4] == {
        "id": "build.open",
        "project": "build",
        "name": "Open to public",
        "criticality": 1.0,
        "mean_start": "2029-12-27T17:00",
        "mean_finish": "2030-02-15T17:00",
        "mean_duration_days": 180.0,
        "total_float_days": None,
    }
    assert record["risks"] == [{"id": "soil", "occurred": 0.3515}]


def test_margin_stands_beside_the_plan_only_where_there_is_any():
    assert full()["finish"]["deterministic_with_margin"] == "2030-02-15T17:30"
    assert full()["cost"]["deterministic_with_margin"] == 370_000_000.01
    assert "deterministic_with_margin" not in compose(fabricated.trials())["finish"]


def test_a_plan_without_anything_random_keeps_its_dates_and_has_no_numbers_of_chance():
    record = compose(fabricated.certain())
    assert record["random"] is False
    assert record["finish"]["deterministic"] == "2030-02-15T17:00"
    for block in (
        record["finish"],
        record["cost"],
        record["finish"]["elapsed_days"],
        record["projects"]["build"]["cost"],
    ):
        assert [block["mean"], block["sd"], block["quantiles"]] == [None, None, None]
    assert [record["finish"]["targets"][0][key] for key in ("probability", "low", "high")] == [None, None, None]
    assert record["joint"][0]["probability"] is None
    assert record["coverage"] is None


def test_too_few_iterations_leave_an_end_open():
    quantile = compose(fabricated.trials(20))["finish"]["quantiles"]["0.99"]
    assert quantile["high"] is None
    assert quantile["value"] is not None


def test_the_same_trials_give_the_same_bytes_and_plain_json():
    assert dumps(fabricated.trials()) == dumps(fabricated.trials())
    assert json.loads(dumps(fabricated.trials())) == compose(fabricated.trials())
    assert dumps(fabricated.trials()).endswith("}\n")


def test_the_cost_of_no_project_is_null_or_completes_the_sum():
    assert compose(fabricated.trials())["unassigned_cost"] is None
    plan = fabricated.plan(project_cost={"design": fabricated.MONEY // 20, "build": 0})
    told = compose(fabricated.trials(plan=plan))["unassigned_cost"]
    assert told["deterministic"] == (fabricated.MONEY - fabricated.MONEY // 20) / 100
    assert set(told) == {"deterministic", "mean", "sd", "quantiles"}
    assert told["quantiles"]["0.80"]["value"] == 0


def test_how_well_the_plan_was_understood_is_said_where_a_tool_stored_its_dates():
    assert compose(fabricated.trials())["recomputed"] is None
    delays = {"activities": 1, "working_days": 2.0, "kept": False}
    assert full()["recomputed"] == {"tool": "Primavera P6", "matched": 3, "compared": 4, "delays": delays}
