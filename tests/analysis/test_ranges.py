"""Which range applies to each activity (K1, K8): its place, its numbers, and how it is drawn with others."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

import riskmc as rm
from ranged import RANGED
from riskmc.analysis.ranges import range_table


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> rm.Program:
    file = tmp_path_factory.mktemp("ranged") / "ranged.yaml"
    file.write_text(RANGED, encoding="utf-8")
    return rm.read(file)


@pytest.fixture(scope="module")
def table(program: rm.Program) -> pd.DataFrame:
    return rm.ranges(program)


def test_there_is_a_row_for_every_activity_in_file_order(program: rm.Program, table: pd.DataFrame) -> None:
    assert list(table.index) == list(program.activities())
    assert table.state["build.done"] == "finished"
    assert table.state["build.end"] == "milestone"
    assert table.state["build.begun"] == "started"


@pytest.mark.parametrize(
    ("activity", "rule", "place", "sizes", "shared"),
    [
        ("own", "own", "ranged.yaml:8", "own", ""),
        ("deep", "ranges[1] wbs:CIV.* (civil)", "ranged.yaml:29", "correlated 0.3", "wbs:CIV.*"),
        ("same1", "ranges[2] tag:same", "ranged.yaml:30", "same", "tag:same"),
        ("ruled", "ranges[3] ruled, tag:tied", "ranged.yaml:31", "correlated 0.5", "ruled,tag:tied"),
        ("rest", "own, of what remains", "ranged.yaml:19", "own", ""),
        ("bare", "", "", "", ""),
        ("done", "", "", "", ""),
    ],
)
def test_a_duration_has_the_rule_that_counts_with_its_place(
    table: pd.DataFrame, activity: str, rule: str, place: str, sizes: str, shared: str
) -> None:
    row = table.loc[f"build.{activity}"]
    found = (row.duration_rule, row.duration_place, row.duration_sizes, row.duration_shared)
    assert found == (rule, place, sizes, shared)


def test_the_last_rule_that_speaks_of_cost_counts_for_cost(table: pd.DataFrame) -> None:
    assert table.cost_rule["build.share"] == "ranges[1] wbs:CIV.* (civil)"
    assert table.cost_rule["build.ruled"] == "ranges[0] all except bare"
    assert table.cost_rule["build.days"] == ""


def test_low_and_high_elicited_as_percentiles_are_told_as_both(table: pd.DataFrame) -> None:
    """`elicited_as: p10-p90` for the file, min-max for one activity (K8)."""
    row = table.loc["build.own"]
    assert row.duration_range == "pert(p10=15d mode=20d p90=40d)"
    assert (row.duration_p10, row.duration_p90) == (pytest.approx(15.0), pytest.approx(40.0))
    assert row.duration_minimum < 15
    assert row.duration_maximum > 40
    row = table.loc["build.plan"]
    assert (row.duration_minimum, row.duration_most_likely, row.duration_maximum) == (16.0, 20.0, 30.0)


def test_what_has_no_end_has_percentiles_alone(table: pd.DataFrame) -> None:
    row = table.loc["build.slow"]
    assert math.isnan(row.duration_maximum)
    assert (row.duration_p10, row.duration_p90) == (pytest.approx(30.0), pytest.approx(65.0))


RULE = {"on": "a", "sizes": "same"}
BEGUN = {"started": "2027-01-04", "remaining": "5d"}
DRAWN = [
    ({"duration": "20d"}, [{**RULE, "duration": "triangular(90% 100% 150%)"}]),
    ({"duration": "20d"}, [{**RULE, "duration": "pert(10d 20d 60d)", "elicited_as": "p10-p90"}]),
    ({"duration": "lognormal(p10=10d p90=40d)"}, []),
    ({"duration": {"plan": "20d", "range": "normal(110% 10%) clip(90% 140%)"}}, []),
    ({"duration": "triangular(10d 20d 60d)", "progress": BEGUN}, []),
    ({"duration": "20d", "progress": BEGUN}, [{**RULE, "duration": "uniform(1d 60d)"}]),
    ({"duration": "20d", "progress": {**BEGUN, "remaining": "pert(3d 5d 12d)"}}, []),
    ({"duration": "20d", "progress": {"started": "2027-01-04"}}, [{**RULE, "duration": "pert(80% 100% 150%)"}]),
]  # fmt: skip


@pytest.mark.parametrize(("activity", "rules"), DRAWN)
def test_the_numbers_are_those_that_are_drawn(activity: dict, rules: list[dict]) -> None:
    """P10 and P90 of 4,000 draws lie between the P8.5 and P11.5 (3 sd) of the table; all lie between its ends."""
    words = {"program": "One", "start": "2027-01-04", "data_date": "2027-01-14", "calendar": "24h"}
    program = rm.Program(**words, projects={"p": {"activities": {"a": activity}}}, ranges=rules)
    row = rm.ranges(program).loc["p.a"]
    trials = rm.simulate(program, iterations=4_000)
    days = (trials.finish_minutes - pd.Timestamp("2027-01-14").timestamp() / 60) / 1440
    assert row.duration_minimum - 0.001 <= days.min()
    assert not days.max() > row.duration_maximum + 0.001
    assert np.mean(days <= row.duration_p10) == pytest.approx(0.1, abs=0.015)
    assert np.mean(days <= row.duration_p90) == pytest.approx(0.9, abs=0.015)


def test_a_default_range_applies_where_nothing_else_does(program: rm.Program) -> None:
    row = rm.ranges(program, "triangular(80% 100% 140%)").loc["build.bare"]
    assert (row.duration_rule, row.duration_sizes, row.duration_shared) == ("default", "correlated 0.3", "default")
    assert (row.duration_p10, row.duration_p90) == (pytest.approx(4.0), pytest.approx(7.0))  # elicited_as of the file
    with pytest.raises(rm.ArgumentError, match="in shares of the plan"):
        rm.ranges(program, "triangular(1d 2d 3d)")


def test_each_rule_says_how_many_it_matches_and_counts_for(program: rm.Program) -> None:
    rules = range_table(program).rules
    assert [(rule.matches, rule.durations, rule.costs) for rule in rules] == [
        (16, 0, 1),
        (2, 2, 2),
        (2, 2, 1),
        (3, 3, 0),
        (2, 2, 0),
    ]
    assert (rules[1].duration, rules[1].cost) == ("trigen(90% 100% 140%)", "normal(100% 8%)")
    assert rules[1].sizes == "correlated 0.3"


def test_critical_is_known_here() -> None:
    activities = {"a": {"duration": "10d"}, "b": {"duration": "5d"}, "c": {"duration": "1d", "after": ["a", "b"]}}
    rule = {"on": "critical", "duration": "pert(90% 100% 130%)", "sizes": "own"}
    words = {"program": "X", "start": "2027-01-04", "projects": {"p": {"activities": activities}}}
    table = rm.ranges(rm.Program(**words, ranges=[rule]))
    assert table.duration_rule.tolist() == ["ranges[0] critical", "", "ranges[0] critical"]
    assert table.duration_place.tolist() == ["", "", ""]
