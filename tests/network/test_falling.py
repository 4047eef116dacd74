"""Falling off the calendars: the error names the activity that does, its line and what to look for."""

import pytest

import riskmc as rm
from riskmc.errors import ProgramError

TEXT = (
    "is not done within centuries; look for a duration or a lag in the wrong unit (5y for 5d), in it or before it, or "
    "a calendar that runs out of work"
)


def refused(work, **words):
    with pytest.raises(ProgramError) as error:
        rm.simulate(rm.Program(program="Far", start="2027-01-04", projects={"p": {"activities": work}}, **words), 16)
    return str(error.value)


def row(last):
    """Return three activities of 190 years, and one more behind them."""
    work = {"a": {"duration": "190y"}}
    work |= {name: {"duration": "190y", "after": before} for before, name in ("ab", "bc")}
    return {**work, "d": last, "end": {"duration": "5d", "after": "d"}}


@pytest.mark.parametrize("last", [
    {"duration": "190y", "after": "c"},
    {"duration": "5d", "after": "c FS+190y"},
    {"duration": "triangular(1y 2y 190y)", "after": "c"},
])  # fmt: skip
def test_the_first_activity_past_the_calendars_is_named_in_plan_and_iterations(last):
    assert refused(row(last)) == f"p.d: {TEXT}"


def test_an_activity_whose_calendar_runs_out_of_work_is_named():
    season = {"week": {}, "hours_per_day": 8, "hours_per_week": 40, "hours_per_month": 160}
    season["exceptions"] = {"2027-06-01..2027-06-10": "08:00-16:00"}
    work = {"dig": {"duration": "10d"}, "pour": {"duration": "20d", "after": "dig", "calendar": "season"}}
    work["end"] = {"duration": "5d", "after": "pour"}
    assert refused(work, calendars={"season": season}) == f"p.pour: {TEXT}"


def test_the_line_of_the_file_stands_before_it(tmp_path):
    work = "".join(f"      {name}: {{duration: 190y{link}}}\n" for name, link in (
        ("a", ""), ("b", ", after: a"), ("c", ", after: b"), ("d", ", after: c"),
    ))  # fmt: skip
    file = tmp_path / "far.yaml"
    file.write_text(f"program: Far\nstart: 2027-01-04\nprojects:\n  p:\n    activities:\n{work}", encoding="utf-8")
    with pytest.raises(ProgramError) as error:
        rm.simulate(file, 16)
    assert str(error.value) == f"{file}:9: p.d: {TEXT}"
