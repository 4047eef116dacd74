"""Chances of what may happen again: one share, a list of them, or one that fades."""

from __future__ import annotations

import pytest

from riskmc.errors import ProgramError
from riskmc.program import Chance, QualityGate

SAID = {"one share": "30%", "a list": ["30%", "20%"], "fading": {"first": "30%", "factor": "50%"}}
PASSES = {"one share": [0.3, 0.3, 0.3], "a list": [0.3, 0.2, 0.2], "fading": [0.3, 0.15, 0.075]}


@pytest.mark.parametrize("form", SAID)
def test_every_pass_has_its_chance(form: str) -> None:
    gate = QualityGate(fail=SAID[form], redo="50%", at_most=3)
    assert [gate.fail.at_pass(number) for number in (1, 2, 3)] == pytest.approx(PASSES[form])


@pytest.mark.parametrize("form", SAID)
def test_it_is_written_as_it_was_said(form: str) -> None:
    gate = QualityGate(fail=SAID[form], redo="50%", at_most=3)
    assert gate.model_dump(mode="json", exclude_defaults=True)["fail"] == SAID[form]
    assert QualityGate(fail=gate.fail, redo="50%", at_most=3) == gate


def test_one_number_and_a_list_of_one_are_the_same() -> None:
    assert QualityGate(fail=0.3, redo=0.5, at_most=1) == QualityGate(fail=["30%"], redo="50%", at_most=1)


def test_two_forms_at_once_are_refused() -> None:
    with pytest.raises(ProgramError, match="is one share, a list of them"):
        Chance(each=["30%"], first="30%", factor="50%")
