"""Joint confidence as JSON: the keys that the method page lists, and its numbers."""

import json
from pathlib import Path

import fabricated
import riskmc as rm
from recorded import keys_of, listed_on
from riskmc.reports.records.joint import compose_joint, dumps_joint

PAGE = Path(__file__).parents[3] / "docs" / "method" / "joint.md"


def test_the_keys_are_precisely_those_of_the_page():
    assert set(keys_of(compose_joint(rm.joint_curves(fabricated.trials())))) == listed_on(PAGE)


def test_numbers_are_those_of_the_curves():
    curves = rm.joint_curves(fabricated.trials(), (0.7,))
    record = compose_joint(curves, "2030-10-31", "450M")
    assert record["asked"]["finish"] == "2030-11-01T00:00"
    assert record["asked"]["confidence"]["probability"] == curves.confidence("2030-10-31", 450e6).value
    (level,) = record["levels"]
    assert level["budget_needed"]["value"] == round(curves.budget_needed("2030-10-31", 0.7).value, 2)
    assert level["curve"][0]["finish"] == curves.finish.quantile(0.7).isoformat(timespec="minutes")
    assert json.loads(dumps_joint(curves, "2030-10-31", "450M")) == record


def test_what_cannot_be_known_is_null_with_its_reason():
    record = compose_joint(rm.joint_curves(fabricated.trials(program=fabricated.program(targets=[]))))
    assert (record["asked"]["finish"], record["asked"]["confidence"]) == (None, None)
    assert record["levels"][0]["budget_needed"] is None
    assert record["together"] == {"alone": [], "dates": None, "dates_and_budgets": None}
    never = compose_joint(rm.joint_curves(fabricated.trials()))["levels"][-1]["budget_needed"]
    assert never["value"] is None
    assert never["reason"].startswith("the date alone is met in 14%")
