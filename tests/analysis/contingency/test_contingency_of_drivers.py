"""Drivers that are known already are not worked out again, and give the same contingency."""

import pytest

import riskmc as rm
from committees import small, trials_of


def test_the_drivers_of_the_same_percentile_give_the_same_parts():
    trials = trials_of(small(), 500)
    alone, given = rm.contingency(trials, 0.70), rm.contingency(rm.drivers(trials, 0.70))
    assert given.percentile == 0.70
    assert [(part.id, part.minutes, part.cents) for part in given.sources.parts] == [
        (part.id, part.minutes, part.cents) for part in alone.sources.parts
    ]


def test_drivers_without_shares_are_refused():
    with pytest.raises(rm.ArgumentError, match="no shares"):
        rm.contingency(rm.drivers(trials_of(small(), 100), shares=False))
