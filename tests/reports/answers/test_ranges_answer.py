"""The ranges told: in 80 columns, as JSON, and as CSV; hostile names do no harm."""

from __future__ import annotations

import csv
import io
import json

import pytest

import riskmc as rm
from riskmc.reports import dumps_ranges, ranges_csv, tell_ranges

HOSTILE = ["<script>alert(1)</script>", "=cmd|'/C calc'!A0", "x" * 300, "מגדל הנמל", "[bold]red[/bold]", "a\nb"]


def program(**more: object) -> rm.Program:
    activities = {f"a{number}": {"name": name, "duration": "20d", "cost": "12k"} for number, name in enumerate(HOSTILE)}
    activities["open"] = {"milestone": True}
    activities["slow"] = {"duration": "lognormal(p10=10d p90=40d)", "cost": {"per_day": 100}}
    words = {"program": "Hostile", "start": "2027-01-04", "projects": {"p": {"activities": activities}}}
    ranges = [
        {"on": "all", "duration": "triangular(5% 100% 1300%)", "sizes": "correlated 0.3"},
        {"on": ["a1", "a2"], "duration": "90%", "cost": "normal(100% 8%)", "sizes": "same", "except": "tag:none"},
    ]
    return rm.Program(**{**words, "ranges": ranges, **more})


TABLE = rm.range_table(program())


def test_the_answer_begins_with_how_many_have_a_range() -> None:
    lines = tell_ranges(TABLE).splitlines()
    assert lines[0] == "7 of 7 activities of Hostile with work to do have a range."
    assert lines[1] == "Finished work, milestones and the like are left out: 1."


def test_no_line_is_wider_than_80_columns_and_no_cell_wraps() -> None:
    text = tell_ranges(TABLE)
    assert max(map(len, text.splitlines())) <= 80
    starts = [line.split(" ")[0] for line in text.splitlines() if line.startswith("p.")]
    assert starts == [*[f"p.a{n}" for n in range(6)], "p.slow", *[f"p.a{n}" for n in range(6)]]


def test_rules_say_how_many_activities_they_count_for() -> None:
    lines = tell_ranges(TABLE).splitlines()
    assert any(line.startswith("[0] all") and line.endswith("4 of 8") and "corr. 0.3" in line for line in lines)
    assert any(line.startswith("[1] a1, a2") and "days" in line and line.endswith("2 of 2") for line in lines)


def test_a_range_without_an_end_is_told_by_percentiles() -> None:
    text = tell_ranges(TABLE)
    first, slow = (next(line for line in text.splitlines() if line.startswith(name)) for name in ("p.a0", "p.slow"))
    assert first.split()[-5:] == ["20", "1", "20", "260", "triangular"]
    assert "P10 10" in slow
    assert "P90 40" in slow


def test_what_matches_nothing_is_told() -> None:
    assert "Note: ranges[1].except[0]: 'tag:none' matches no activity" in tell_ranges(TABLE)


def test_the_record_has_every_activity_and_the_same_bytes_every_time() -> None:
    record = json.loads(dumps_ranges(TABLE))
    assert [entry["id"] for entry in record["activities"]] == [*(f"p.a{n}" for n in range(6)), "p.open", "p.slow"]
    assert record["activities"][1]["duration"]["family"] == ""
    assert record["activities"][6]["duration"] is None
    assert record["activities"][0]["duration"]["maximum"] == 260.0
    assert record["rules"][1]["durations"] == 2
    assert dumps_ranges(TABLE) == dumps_ranges(rm.range_table(program()))


def test_the_table_for_a_spreadsheet_has_what_can_be_ranged_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(ranges_csv(TABLE))))
    assert [row["activity"] for row in rows] == [*(f"p.a{n}" for n in range(6)), "p.slow"]
    assert not [cell for row in rows for name, cell in row.items() if cell[:1] in "=+@" and cell]
    assert rows[5]["name"] == "a b"


@pytest.mark.parametrize("activities", [{"a": {"milestone": True}}, {"a": {"duration": "5d"}}])
def test_a_program_without_ranges_or_work_is_told(activities: dict) -> None:
    found = program(projects={"p": {"activities": activities}}, ranges=[])
    told = tell_ranges(rm.range_table(found))
    assert told.startswith(f"0 of {'1' if 'duration' in activities['a'] else '0'} activities of Hostile")
    assert len(ranges_csv(rm.range_table(found)).splitlines()) == (2 if "duration" in activities["a"] else 1)
