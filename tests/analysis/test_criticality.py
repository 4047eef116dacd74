"""Criticality: the most critical first, in a table an analyst can sort again."""

import fabricated
from riskmc.analysis.criticality import criticality, most_critical


def test_the_most_critical_activity_stands_first():
    frame = criticality(fabricated.trials())
    assert list(frame.index) == ["build.open", "build.line", "build.dig", "design.permits", "design.survey"]
    assert list(frame["criticality"]) == [1.0, 0.75, 0.5, 0.25, 0.0]


def test_milestones_and_what_is_never_critical_are_not_among_the_most_critical():
    assert most_critical(fabricated.trials(), rows=10) == [3, 2, 1]
    assert most_critical(fabricated.trials(), rows=2) == [3, 2]
