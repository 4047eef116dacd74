"""Tables of ranges in a program: its own table gives back the same draws, an edited one changes what was edited."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import riskmc as rm
from ranged import RANGED
from riskmc.io import plan_file
from riskmc.reports import ranges_csv

RULES = RANGED[: RANGED.index("ranges:")]


def file(folder: Path, text: str, table: str | None = None, name: str = "program.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    if table is not None:
        (folder / "ranges.csv").write_text(table, encoding="utf-8")
    return folder / name


def exported(program: rm.Program) -> str:
    return ranges_csv(rm.range_table(program))


def edited(table: str, activity: str, **cells: str) -> str:
    """Return a table with other texts in some cells of one row, written as a European spreadsheet writes it."""
    rows = list(csv.DictReader(io.StringIO(table)))
    row = next(row for row in rows if row["activity"] == activity)
    assert row.keys() >= cells.keys()
    row.update(cells)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(row), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def assert_same(one: rm.Trials, other: rm.Trials) -> None:
    np.testing.assert_array_equal(one.finish_minutes, other.finish_minutes)
    np.testing.assert_array_equal(one.cost_cents, other.cost_cents)
    np.testing.assert_array_equal(one.activities().mean_finish, other.activities().mean_finish)


def test_a_program_whose_rules_are_its_own_table_draws_the_same_bits(tmp_path: Path) -> None:
    program = rm.read(file(tmp_path, RANGED))
    again = rm.read(file(tmp_path, RULES + "ranges: [{csv: ranges.csv}]\n", exported(program), "again.yaml"))
    assert len(again.ranges) > len(program.ranges)
    before, after = rm.simulate(program, 300), rm.simulate(again, 300)
    assert before.finish_minutes.std() > 0
    assert before.cost_cents.std() > 0
    assert_same(before, after)
    assert exported(again).replace("again.yaml", "program.yaml") != ""


def test_a_table_exported_again_says_the_same_ranges(tmp_path: Path) -> None:
    program = rm.read(file(tmp_path, RANGED))
    again = rm.read(file(tmp_path, RULES + "ranges: [{csv: ranges.csv}]\n", exported(program), "again.yaml"))
    said = [column for column in rm.ranges(program) if not column.endswith(("_rule", "_place"))]
    assert rm.ranges(program)[said].equals(rm.ranges(again)[said])


def test_the_default_range_comes_back_with_its_common_factor(tmp_path: Path) -> None:
    wide = "triangular(80% 100% 140%)"
    program = rm.read(file(tmp_path, RULES))
    table = ranges_csv(rm.range_table(program, wide))
    again = rm.read(file(tmp_path, RULES + "ranges: [{csv: ranges.csv}]\n", table, "again.yaml"))
    assert_same(rm.simulate(program, 200, default_range=wide), rm.simulate(again, 200))


def test_a_table_beside_the_file_is_laid_over_its_rules(tmp_path: Path) -> None:
    source = file(tmp_path, RANGED)
    table = tmp_path / "elsewhere.csv"
    table.write_text(exported(rm.read(source)), encoding="utf-8")
    assert_same(rm.simulate(rm.read(source), 200), rm.simulate(rm.read(source, ranges=table), 200))
    only = "activity,duration_minimum,duration_most_likely,duration_maximum\nbare,4,5,9\n"
    table.write_text(only, encoding="utf-8")
    row = rm.ranges(rm.read(source, ranges=table)).loc["build.bare"]
    assert (row.duration_range, row.duration_place) == ("triangular(4d 5d 9d)", "elsewhere.csv:2")


EDITS: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("build.own", {"duration_maximum": "90"}, {"duration_maximum": 90.0, "duration_rule": "own"}),
    ("build.own", {"cost_minimum": "8000,5"}, {"cost_minimum": 8000.5, "cost_rule": "own"}),
    ("build.plan", {"duration_range": "pert(50% 100% 200%)"}, {"duration_minimum": 10.0, "duration_maximum": 40.0}),
    ("build.slow", {"duration_p90": "100"}, {"duration_p90": 100.0, "duration_family": "lognormal"}),
    ("build.deep", {"duration_minimum": "5", "duration_most_likely": "7", "duration_maximum": "14"},
     {"duration_maximum": 14.0, "duration_sizes": "correlated 0.3", "duration_shared": "wbs:CIV.*"}),
    ("build.begun", {"duration_minimum": "4", "duration_most_likely": "8", "duration_maximum": "9"},
     {"duration_minimum": 4.0, "duration_maximum": 9.0}),
    ("build.rest", {"duration_p90": "15"}, {"duration_p90": 15.0, "duration_rule": "own, of what remains"}),
    ("build.ruled", {"duration_maximum": "30", "duration_family": "triangular"}, {"duration_maximum": 30.0}),
    ("build.elapsed", {"duration_range": "uniform(8ed 20ed)"}, {"duration_maximum": 20.0, "unit": "ed"}),
    ("build.bare", {"duration_minimum": "4", "duration_most_likely": "5", "duration_maximum": "9"},
     {"duration_maximum": 9.0, "duration_sizes": "own"}),
]  # fmt: skip


@pytest.mark.parametrize(("activity", "cells", "expected"), EDITS, ids=[activity for activity, _, _ in EDITS])
def test_what_was_edited_in_a_spreadsheet_counts_and_nothing_else_changes(
    activity: str, cells: dict[str, str], expected: dict[str, Any], tmp_path: Path
) -> None:
    program = rm.read(file(tmp_path, RANGED))
    table = edited(exported(program), activity, **cells)
    again = rm.read(file(tmp_path, RULES + "ranges: [{csv: ranges.csv}]\n", table, "again.yaml"))
    before, after = rm.ranges(program), rm.ranges(again)
    numbers = {key: pytest.approx(value) if isinstance(value, float) else value for key, value in expected.items()}
    assert {key: after.loc[activity, key] for key in expected} == numbers
    said = [column for column in before if not column.endswith(("_rule", "_place"))]
    others = before.index != activity
    assert before.loc[others, said].equals(after.loc[others, said])


def test_other_ranges_of_an_activity_keep_their_reading_when_one_is_edited(tmp_path: Path) -> None:
    """The cost of `own` was elicited as P10 and P90; an edited duration must not make it minimum and maximum."""
    program = rm.read(file(tmp_path, RANGED))
    table = edited(exported(program), "build.own", duration_maximum="90")
    again = rm.read(file(tmp_path, RULES + "ranges: [{csv: ranges.csv}]\n", table, "again.yaml"))
    np.testing.assert_array_equal(rm.simulate(program, 100).cost_cents.std() > 0, True)
    cost = [rm.ranges(found).loc["build.own", "cost_p10"] for found in (program, again)]
    assert cost[0] == pytest.approx(9000.0)
    assert cost[0] == cost[1]


def test_the_place_of_a_table_in_the_order_counts(tmp_path: Path) -> None:
    row = "activity,duration_range\ntied1,triangular(50% 100% 200%)\n"
    last = '{on: "tag:tied", duration: uniform(90% 110%), sizes: own}'
    before = rm.read(file(tmp_path, f"{RULES}ranges:\n  - {{csv: ranges.csv}}\n  - {last}\n", row))
    after = rm.read(file(tmp_path, f"{RULES}ranges:\n  - {last}\n  - {{csv: ranges.csv}}\n", row))
    found = [rm.ranges(program).loc["build.tied1"] for program in (before, after)]
    assert [row.duration_family for row in found] == ["uniform", "triangular"]
    assert [row.duration_place for row in found] == ["program.yaml:29", "ranges.csv:2"]
    assert found[0].duration_rule == "ranges[1] tag:tied"


def test_a_program_with_a_table_is_written_and_read_as_itself(tmp_path: Path) -> None:
    again = rm.read(file(tmp_path, RULES + "ranges: [{csv: ranges.csv}]\n", exported(rm.read(file(tmp_path, RANGED)))))
    rm.io.program_file.write(again, tmp_path / "written.yaml")
    assert rm.read(tmp_path / "written.yaml") == again


def test_all_faults_of_a_table_are_told_with_those_of_the_file(tmp_path: Path) -> None:
    table = (
        "activity,duration_minimum,duration_most_likely,duration_maximum,duration_range,cost_range,duration_sizes\n"
        "bare,5,4,9,,,\n"
        "bare,4,5,9,,,\n"
        "deeep,4,5,9,,,\n"
        "deep,,,,pert(1d 2d,2k,\n"
        "days,soon,5,9,,,\n"
        "share,,,,1d,,many\n"
        "tied1,,,,1d,,same\n"
        "elapsed,4,5,9,,,\n"
    )
    text = RULES + "ranges: [{csv: ranges.csv}, {csv: none.csv}, {csv: ranges.csv, on: all}, {on: al}]\nfinish: edn\n"
    with pytest.raises(rm.InputError) as caught:
        rm.read(file(tmp_path, text, table))
    said = [str(problem).removeprefix(f"{tmp_path}/") for problem in caught.value.problems]
    assert [text.split(": ")[0] for text in said] == [
        "none.csv", "program.yaml:27", "program.yaml:27", "program.yaml:28",
        *(f"ranges.csv:{line}" for line in (2, 3, 4, 5, 6, 7, 8)),
    ]  # fmt: skip
    assert "low <= mode <= high must hold, got 5d, 4d, 9d" in said[4]
    assert "first on line 2" in said[5]
    assert "did you mean 'deep'?" in said[6]
    assert "needs `duration_shared`" in said[10]


def test_a_row_cannot_take_an_activitys_own_range_away(tmp_path: Path) -> None:
    table = edited(
        exported(rm.read(file(tmp_path, RANGED))), "build.own",
        **dict.fromkeys([f"duration_{name}" for name in ("minimum", "most_likely", "maximum", "p10", "p90")], ""),
    )  # fmt: skip
    with pytest.raises(
        rm.InputError, match=r"ranges\.csv:2: build\.own: duration: the activity has a range of its own"
    ):
        rm.read(file(tmp_path, RULES + "ranges: [{csv: ranges.csv}]\n", table))


def test_a_table_named_in_python_is_refused_with_the_way_out() -> None:
    words = {"program": "X", "start": "2027-01-04", "projects": {"p": {"activities": {"a": {"duration": "1d"}}}}}
    with pytest.raises(rm.ProgramError, match="a table is read with the program file"):
        rm.simulate(rm.Program(**words, ranges=[{"csv": "x.csv"}]), 5)


def test_rows_of_what_a_plan_has_lost_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = rm.Program(
        program="Plan", start="2027-01-04", projects={"P": {"activities": {"=A 10": {"duration": "10d"}}}}
    )
    monkeypatch.setattr(plan_file, "PLANS", {".xer": lambda path: plan})
    table = (
        "activity;duration_minimum;duration_most_likely;duration_maximum\r\n'P.=A 10;8,5;10;14\r\nP.=A 11;8;10;14\r\n"
    )
    source = file(tmp_path, "program: X\nplan: plan.xer\nranges: {csv: ranges.csv}\n", table)
    program = rm.read(source)
    assert rm.ranges(program).loc["P.=A 10", "duration_range"] == "triangular(8.5d 10d 14d)"
    assert program.notes == ("ranges.csv:3: unknown activity 'P.=A 11'; did you mean 'P.=A 10'?",)
    with pytest.raises(rm.InputError, match=r"ranges\.csv:3: unknown activity"):
        rm.read(source, strict=True)


def test_codes_that_look_like_patterns_come_back(tmp_path: Path) -> None:
    activities = {name: {"duration": "10d", "tags": "x"} for name in ("A*1", "tag:x", "all", "A:2", 'A"3')}
    rule = {"on": "all", "duration": "triangular(90% 100% 130%)", "sizes": "same"}
    words = {"program": "X", "start": "2027-01-04", "projects": {"p": {"activities": activities}}}
    program = rm.Program(**words, ranges=[rule])
    rm.io.program_file.write(rm.Program(**words, ranges=[{"csv": "ranges.csv"}]), tmp_path / "again.yaml")
    (tmp_path / "ranges.csv").write_text(exported(program), encoding="utf-8")
    again = rm.read(tmp_path / "again.yaml")
    assert len(again.ranges) == 5
    assert_same(rm.simulate(program, 50), rm.simulate(again, 50))
