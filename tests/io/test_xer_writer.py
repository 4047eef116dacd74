"""XER files that riskmc writes: read back they are the same plan, on the same dates."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings

import riskmc as rm
from converted import trip
from random_programs import programs, programs_in_progress
from rendering import MODELS
from riskmc.io.xer import reader as xer
from riskmc.io.xer.tables import tables
from riskmc.io.xer.writer_tables import encoded, guid_text
from xer_plans import DATA, real

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
PLANS = ["airport", "week2", "level-of-effort", "hotel"]
EARLY = ("early_start", "early_finish")


def without_notes(program):
    return program.model_copy(update={"notes": ()})


def raw(file, name):
    """Return the rows of a table as mappings."""
    found = tables(file.read_bytes(), file.name)[1][name]
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


@pytest.mark.parametrize("name", PLANS)
def test_real_plans_come_back_as_equal_programs(name, tmp_path):
    program = xer.read(real(name))
    found = trip(program, tmp_path, "xer", name)
    assert without_notes(found.back) == without_notes(program)
    assert found.moved() == []
    assert found.lost == []


@pytest.mark.parametrize("name", ["plain", "progress", "sequence", "ahead", "constraints", "costs", "calendars"])
def test_plans_of_our_own_come_back_on_every_date(name, tmp_path):
    found = trip(xer.read(DATA / f"{name}.xer"), tmp_path, "xer")
    assert found.moved() == []


@pytest.mark.parametrize("model", MODELS, ids=[model.parent.name for model in MODELS])
def test_models_come_back_on_their_early_dates(model, tmp_path):
    """Lags that P6 counts on another calendar keep today's early dates, not the late ones."""
    found = trip(rm.read(model), tmp_path, "xer")
    assert found.moved(EARLY) == []
    assert found.moved() == [] or any("another calendar" in sentence for sentence in found.lost)


@SLOW
@given(programs())
def test_random_programs_come_back_on_their_early_dates(tmp_path_factory, words):
    assert trip(rm.Program(**words), tmp_path_factory.mktemp("random"), "xer").moved(EARLY) == []


@SLOW
@given(programs_in_progress())
def test_random_programs_in_progress_come_back_with_all_their_activities(tmp_path_factory, words):
    program = rm.Program(**words)
    found = trip(program, tmp_path_factory.mktemp("progress"), "xer")
    assert found.back.activities().keys() == program.activities().keys()
    for path, activity in program.activities().items():
        finished = activity.progress is not None and activity.progress.finished is not None
        again = found.back.activities()[path].progress
        assert (again is not None and again.finished is not None) == finished


HOSTILE = {
    "<script>alert(1)</script>": "=cmd()|' /C calc'!A0",
    "tab code": "tab\tline\r\nend\x00\x1b[31m\x85\u2028",
    "\u05e9\u05dc": "\u202e\u05e9\u05dc\u05d5\u05dd " * 3,
    "x" * 300: "n" * 300,
    "y" * 39 + "1": "%T\tTASK",
    "%E": "%E",
}


def hostile():
    activities = {code: {"name": name, "duration": "5d"} for code, name in HOSTILE.items()}
    return rm.Program(
        program="Hostile\t%E\r\n%T\tTASK",
        start="2027-01-04",
        projects={"=p": {"activities": activities, "name": "n\nm\t%R"}},
    )


def test_hostile_names_stay_in_their_fields(tmp_path):
    found = trip(hostile(), tmp_path, "xer")
    kept = next(iter(found.back.projects.values())).activities
    assert len(kept) == len(HOSTILE)
    assert next(activity.name for activity in kept.values()) == "=cmd()|' /C calc'!A0"
    assert max(len(row["task_code"]) for row in raw(found.file, "TASK")) <= 40
    assert max(len(row["task_name"]) for row in raw(found.file, "TASK")) <= 120
    assert found.moved() == []


def test_text_that_fits_is_cp1252_and_all_else_utf_8():
    assert encoded("Caf\u00e9") == b"Caf\xe9"
    assert encoded("\u05e9") == "\u05e9".encode()
    assert encoded("\u00c3\u00a9") == "\u00c3\u00a9".encode()  # as cp1252 it would read as e with an accent


def test_guids_are_kept_or_made_of_the_path():
    assert guid_text("97E1DD2F-ADE3-4C49-AD14-1960093195AD", "p.a") == "L93hl+OtSUytFBlgCTGVrQ"
    assert guid_text(None, "p.a") == guid_text(None, "p.a") != guid_text(None, "p.b")
    assert len(guid_text("no guid at all", "p.a")) == 22


def test_night_shifts_are_split_at_midnight(tmp_path):
    """P6 knows no shift over midnight: Monday 22:00-06:00 is Monday 22:00-24:00 and Tuesday 00:00-06:00."""
    program = rm.Program(
        program="Nights", start="2027-01-04", calendar="nights",
        calendars={"nights": {"week": {"mon": "22:00-06:00"}, "exceptions": {"2027-01-11": "off"}}},
        projects={"p": {"activities": {"a": {"duration": "20h"}}}},
    )  # fmt: skip
    found = trip(program, tmp_path, "xer")
    calendar = found.back.calendars["nights"]
    assert calendar.week["mon"] == ((22 * 60, 24 * 60),)
    assert calendar.week["tue"] == ((0, 360),)
    assert [(e.first, e.last, e.shifts) for e in calendar.exceptions] == [(date(2027, 1, 11), date(2027, 1, 12), ())]
    assert found.moved() == []


def test_options_constraints_and_lags_stand_in_p6s_words(tmp_path):
    """By hand: A is 2 d from Mon 4 Jan, B starts 1 d after A starts, no earlier than Thu 7 Jan, and lasts 3 d."""
    program = rm.Program(
        program="Words", start="2027-01-04", lag_calendar="24h", out_of_sequence="progress_override",
        projects={"p": {"activities": {
            "A": {"duration": "2d", "milestone": False},
            "B": {"duration": "3d", "after": ["A SS+1d"], "start_no_earlier_than": "2027-01-07",
                  "finish_no_later_than": "2027-02-05"},
        }}},
    )  # fmt: skip
    found = trip(program, tmp_path, "xer")
    options, second = raw(found.file, "SCHEDOPTIONS")[0], raw(found.file, "TASK")[1]
    assert options["sched_calendar_on_relationship_lag"] == "rcal_24Hour"
    assert (options["sched_retained_logic"], options["sched_progress_override"]) == ("N", "Y")
    assert (second["cstr_type"], second["cstr_date"]) == ("CS_MSOA", "2027-01-07 00:00")
    assert (second["cstr_type2"], second["cstr_date2"]) == ("CS_MEOB", "2027-02-05 17:00")
    assert (second["early_start_date"], second["early_end_date"]) == ("2027-01-07 08:00", "2027-01-11 17:00")
    assert [(row["pred_type"], row["lag_hr_cnt"]) for row in raw(found.file, "TASKPRED")] == [("PR_SS", "24")]


def test_costs_fixed_and_by_the_day_come_back_by_their_kind(tmp_path):
    program = rm.Program(
        program="Money", start="2027-01-04", data_date="2027-01-06", currency="EUR",
        projects={"p": {"activities": {
            "A": {"duration": "4d", "cost": {"fixed": "1000", "per_day": "50"}, "progress": {"started": "2027-01-04",
                  "remaining": "2d", "actual_cost": "700"}},
            "B": {"duration": "4d", "cost": {"per_day": "50"}, "uses": {"crew": 2}, "after": ["A"]},
        }}},
        resources={"crew": {"capacity": 3}},
    )  # fmt: skip
    back = trip(program, tmp_path, "xer").back
    first, second = back.projects["p"].activities.values()
    assert first.cost.fixed.plan.value == pytest.approx(1000)
    assert first.cost.per_day.value == pytest.approx(50)
    assert first.progress.actual_cost.value == 700
    assert first.uses == {}
    assert second.uses == {"crew": 2}
    assert second.cost.per_day.value == pytest.approx(50)
    assert back.currency == "EUR"
    assert list(back.resources) == ["crew"]
    assert back.resources["crew"].capacity == 3


def test_three_points_come_back_as_ranges(tmp_path):
    program = rm.Program(
        program="Range", start="2027-01-04",
        projects={"p": {"activities": {"A": {"duration": {"plan": "10d", "range": "triangular(80% 100% 150%)"}}}}},
    )  # fmt: skip
    found = trip(program, tmp_path, "xer").back.projects["p"].activities["A"].duration
    assert [(name, quantity.value, quantity.unit) for name, quantity in found.range.parameters] == [
        ("low", 8, "d"), ("mode", 10, "d"), ("high", 15, "d"),
    ]  # fmt: skip


def test_the_header_has_the_data_date_and_no_time_of_writing(tmp_path):
    found = trip(xer.read(DATA / "progress.xer"), tmp_path, "xer")
    first = found.file.read_bytes().split(b"\r\n")[0].split(b"\t")
    assert first[0] == b"ERMHDR"
    assert datetime.fromisoformat(first[2].decode()) == found.plan.program.projects["UNDERWAY"].data_date.at.replace(
        hour=0, minute=0
    )
