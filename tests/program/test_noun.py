"""Nouns are built from named words."""

import pytest

import riskmc as rm
from riskmc.program.activity import Activity


def test_a_value_without_its_word_is_refused_with_the_way_out():
    with pytest.raises(rm.ArgumentError) as error:
        rm.Program("harbour.yaml")
    assert str(error.value) == (
        "Program takes its words by name, as Program(program=...), got 'harbour.yaml'; "
        "a file is read by riskmc.read(...)"
    )
    with pytest.raises(rm.ArgumentError, match=r"Activity takes its words by name, as Activity\(name=\.\.\.\), got 5"):
        Activity(5)
