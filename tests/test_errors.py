"""Errors: how a hint and what is allowed read together."""

import re
from pathlib import Path

import pytest

import riskmc as rm
from riskmc.errors import RiskmcError, joined, nearest
from riskmc.program.notation import size

SOURCES = Path(rm.__file__).parent


def test_what_is_allowed_follows_a_question_as_a_sentence_and_anything_else_after_a_semicolon():
    assert joined("; did you mean 'beta'?", "known: beta, pert") == "; did you mean 'beta'? Known: beta, pert"
    assert joined("", "known: beta, pert") == "; known: beta, pert"


@pytest.mark.parametrize(("known", "told"), [
    (["dig", "line"], "; did you mean 'line'? Known: dig"), ([], "; known: dig"),
])  # fmt: skip
def test_the_nearest_word_asks(known, told):
    assert joined(nearest("lime", known), "known: dig") == told


@pytest.mark.parametrize("text", ["tri(1d 2d 3d)", "triangulr(1d 2d 3d)", "uniform(1days 2d)"])
def test_no_error_of_a_size_has_a_semicolon_after_a_question(text):
    with pytest.raises(RiskmcError, match="did you mean") as error:
        size(text)
    assert "?;" not in str(error.value)


def test_no_source_writes_a_semicolon_after_a_hint():
    """A hint is a question where it is not empty: what follows it goes through `joined`."""
    loose = re.compile(r"\{(nearest\([^{}]*\)|hint|meant)\}; ")
    found = {path.name: loose.findall(path.read_text(encoding="utf-8")) for path in SOURCES.rglob("*.py")}
    found = {name: hints for name, hints in found.items() if hints and name not in ("errors.py", "link.py")}
    assert found == {}  # in a link the hint is never a question
