"""A probability is a number that knows its interval."""

import pickle

import pytest

from riskmc.forecast import Probability


def test_a_probability_compares_and_prints_as_a_number():
    chance = Probability.of(38, 100)
    assert chance == chance.value == 0.38
    assert chance > 0.3
    assert f"{chance:.0%}" == "38%"


def test_its_words_say_how_well_it_is_known():
    assert str(Probability.of(3_800, 10_000)) == "38% (37% to 39%)"
    assert repr(Probability.of(0, 10_000)) == "<Probability <1% (<1% to <1%): simulation error only>"


def test_it_survives_a_process_boundary():
    there = pickle.loads(pickle.dumps(Probability.of(38, 100)))
    assert (there, there.low, there.high) == pytest.approx((0.38, 0.29095, 0.47793), abs=1e-4)
