"""The bundled programs: each gives the very answer kept beside it, and shows what its README says it shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import riskmc as rm
from rendering import MODELS, record

IDS = [model.parent.name for model in MODELS]


def differences(found: Any, kept: Any, path: str = "") -> list[str]:
    """Return the paths at which two JSON values differ, with both values."""
    if isinstance(found, dict) and isinstance(kept, dict):
        keys = [*kept, *(key for key in found if key not in kept)]
        return [line for key in keys for line in differences(found.get(key), kept.get(key), f"{path}.{key}")]
    if isinstance(found, list) and isinstance(kept, list) and len(found) == len(kept):
        pairs = enumerate(zip(found, kept, strict=True))
        return [line for i, pair in pairs for line in differences(*pair, f"{path}[{i}]")]
    return [] if found == kept else [f"{path}: {found!r}, kept is {kept!r}"]


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_the_answer_is_the_one_kept_beside_the_program(model: Path):
    """The same seed gives the same numbers on every machine (R6); ``python tests/rendering.py`` keeps a new answer."""
    kept = (model.parent / "expected.json").read_text(encoding="utf-8")
    found = record(model)
    assert differences(json.loads(found), json.loads(kept)) == []
    assert found == kept


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_a_readme_says_what_the_program_shows(model: Path):
    text = (model.parent / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "## What it shows" in text


SCENARIOS = [(model, name) for model in MODELS for name in rm.read(model).scenarios]


@pytest.mark.parametrize("model, scenario", SCENARIOS, ids=[f"{model.parent.name}-{name}" for model, name in SCENARIOS])
def test_every_scenario_can_be_forecast_and_changes_the_answer(model: Path, scenario: str):
    base = rm.simulate(model, iterations=500)
    other = rm.simulate(model, iterations=500, scenario=scenario)
    assert (other.finish().samples != base.finish().samples).any()


def test_a_difference_names_its_place():
    assert differences({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}], "c": 4}) == [
        ".a[1].b: 2, kept is 3",
        ".c: None, kept is 4",
    ]
