"""The comparison as JSON: the keys that the method page lists, and the numbers of the comparison."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import fabricated
import riskmc as rm
from recorded import keys_of, listed_on
from riskmc.analysis.comparison import Comparison, compare
from riskmc.reports.records.comparison import compose_comparison, dumps_comparison

PAGE = Path(__file__).parents[3] / "docs" / "method" / "comparison.md"
BY_IDENTIFIER = {"scenarios": "{id}", "projects": "{id}", "milestones": "{id}"}
LEVEL = re.compile(r"^p\d+(\.\d+)?$")


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    base = fabricated.trials()
    finish = base.finish_minutes - 43 * fabricated.DAY
    kept = {"finish_minutes": finish, "milestone_finish": {"build.open": finish.copy()}}
    return compare(base, replace(base, **kept, scenario="faster"), replace(base, scenario="idle"))


def as_on_the_page(place, key):
    """Return a key as the page writes it, ``scenarios.{id}.finish_days.{level}.low``."""
    return BY_IDENTIFIER.get(place) or ("{level}" if LEVEL.match(key) else key)


def test_the_keys_are_precisely_those_of_the_page(comparison):
    assert set(keys_of(compose_comparison(comparison), as_on_the_page)) == listed_on(PAGE)


def test_differences_are_those_of_the_comparison(comparison):
    record = compose_comparison(comparison)
    faster = record["scenarios"]["faster"]
    assert faster["finish_days"]["p80"] == {"value": -43.0, "low": -43.0, "high": -43.0}
    assert faster["finish_days"]["mean"] == {"value": -43.0, "low": -43.0, "high": -43.0}
    assert faster["cost"]["p50"] == {"value": 0.0, "low": 0.0, "high": 0.0}
    assert faster["milestones"]["build.open"]["finish_days"]["p50"]["value"] == -43.0
    assert faster["projects"]["design"]["finish_days"]["p50"]["value"] == 0.0
    assert list(faster["finish_days"]) == ["p10", "p50", "p80", "p90", "mean"]
    (first, *_) = faster["targets"]
    assert first["scenario"]["probability"] - first["base"]["probability"] == pytest.approx(
        first["difference"]["value"]
    )


def test_a_scenario_that_changes_nothing_is_marked_and_zero_throughout(comparison):
    idle = compose_comparison(comparison)["scenarios"]["idle"]
    assert idle["changes_nothing"] is True
    assert compose_comparison(comparison)["scenarios"]["faster"]["changes_nothing"] is False
    told = [idle["finish_days"], idle["cost"], *(target["difference"] for target in idle["targets"])]
    assert set(re.findall(r"-?\d+\.\d+", json.dumps(told))) == {"0.0"}


def test_the_figures_of_the_base_are_those_of_its_forecasts(comparison):
    base = compose_comparison(comparison)["base"]
    finish = comparison.base.finish()
    assert base["finish"]["p80"]["value"] == finish.quantile(0.80).strftime("%Y-%m-%dT%H:%M")
    assert base["cost"]["p80"]["low"] == pytest.approx(comparison.base.cost().quantile_interval(0.80)[0], abs=0.005)


def test_the_levels_of_the_organisation_are_added(comparison):
    program = fabricated.program(confidence={"expect": "60%", "commit": "85%"})
    base = replace(comparison.base, program=program)
    record = compose_comparison(compare(base, replace(base, scenario="idle")))
    assert list(record["scenarios"]["idle"]["cost"]) == ["p10", "p50", "p60", "p80", "p85", "p90", "mean"]


def test_what_has_no_interval_is_null():
    base = fabricated.trials(15)
    other = replace(base, finish_minutes=base.finish_minutes - fabricated.shuffled(15, 7).astype(int), scenario="few")
    other = replace(other, cost_cents=(base.cost_cents * fabricated.shuffled(15, 7)).astype(int))
    record = json.loads(dumps_comparison(compare(base, other)))
    assert record["scenarios"]["few"]["cost"]["p80"]["low"] is None


def test_the_text_is_the_same_bytes_and_holds_a_line_a_figure(comparison):
    text = dumps_comparison(comparison)
    assert text == dumps_comparison(comparison)
    assert json.loads(text) == compose_comparison(comparison)
    assert '\n   "finish_days": {"p10": {"value": -43.0' in text


def test_a_comparison_of_simulated_scenarios_is_the_same_for_any_number_of_threads():
    ferry = rm.read(Path(__file__).parents[3] / "models" / "ferry" / "program.yaml")
    texts = [
        dumps_comparison(
            rm.compare(*(rm.simulate(ferry, 1_000, scenario=name, threads=threads) for name in (None, "respond")))
        )
        for threads in (1, 2)
    ]
    assert texts[0] == texts[1]
