"""Microsoft Project XML -> Program: identity, codes, calendars, cost, targets, what is left out; broken files."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mspdi_plans import REAL, STANDARD, WEEK, calendar, day, link, read, real, task, times, xml
from riskmc.analysis.verification import verify
from riskmc.errors import InputError, ProgramError, RiskmcError
from riskmc.io import plan_file
from riskmc.io.mspdi import reader as mspdi
from riskmc.io.mspdi.recurrence import Recurrence, days
from riskmc.network.compiling import Settings, compile_network
from riskmc.program.stored import stored_of
from riskmc.simulation.engine import simulate

# Identity


def test_activities_are_named_by_their_uid_and_keep_name_wbs_and_guid(tmp_path):
    guid = "6ea4d60c-ace0-e111-9c96-f0def1a69bd1"
    program = read(tmp_path, task(7, GUID=guid, WBS="A.1", Name="Dig"), task(9, GUID=guid))
    found = program.projects["Plan"].activities
    assert list(found) == ["7", "9"]
    assert (found["7"].name, found["7"].wbs, found["7"].guid) == ("Dig", "A.1", guid.upper())
    assert found["9"].guid is None
    assert "GUIDs that repeat are left out for all but the first (9 Task 9)" in program.notes


def test_a_fault_found_when_the_plan_is_compiled_names_file_and_line_of_its_task(tmp_path):
    file = tmp_path / "plan.xml"
    ring = xml(task(1, 8, link(2)), task(2, 8, link(1)))
    file.write_text(ring.replace("<Task>", "\n<Task>"), encoding="utf-8")
    with pytest.raises(ProgramError) as error:
        simulate(plan_file.read_plan(file), iterations=2)
    assert error.value.places[0] in (f"{file}:2", f"{file}:3")


TITLES = [("A & B: phase 2", "A_B_phase_2"), ("", "plan"), ("<script>", "script"), ("=1", "1")]


@pytest.mark.parametrize("title, name", TITLES)
def test_the_title_becomes_a_safe_identifier(tmp_path, title, name):
    assert list(read(tmp_path, task(1), Title=title).projects) == [name]


def test_a_project_file_is_read_by_its_root_element(tmp_path):
    file = tmp_path / "plan.xml"
    file.write_text(xml(task(1)), encoding="utf-8")
    assert plan_file.read_plan(file).activities().keys() == {"Plan.1"}


def test_custom_fields_become_codes_by_alias_or_name(tmp_path):
    fields = [{"FieldID": 1, "FieldName": "Text1", "Alias": "Discipline"}, {"FieldID": 2, "FieldName": "Duration1"}]
    said = [{"FieldID": 1, "Value": "Civil"}, {"FieldID": 2, "Value": "PT12H0M0S"}, {"FieldID": 3, "Value": "x"}]
    program = read(tmp_path, task(1, ExtendedAttribute=said), fields=fields)
    assert program.activities()["Plan.1"].codes == {"Discipline": "Civil", "Duration1": "12h", "3": "x"}


# What is left out


def test_summaries_inactive_and_blank_rows_are_no_activities(tmp_path):
    program = read(
        tmp_path, task(1, Summary=1), task(2, level=2), task(3, 8, link(2), Active=0), {"UID": 4, "ID": 4, "IsNull": 1},
        task(5, 8, link(3)),
    )  # fmt: skip
    assert list(program.projects["Plan"].activities) == ["2", "5"]
    assert program.activities()["Plan.5"].after == ()
    assert "inactive tasks are left out, and links through them do not act (3 Task 3)" in program.notes


def test_rows_without_name_duration_and_links_are_kept_and_left_out(tmp_path):
    blank = {"UID": 2, "ID": 2, "OutlineLevel": 1, "Duration": "PT0H0M0S", "Start": "2027-09-01T08:00:00"}
    assert read(tmp_path, task(1), blank).activities()["Plan.2"].unscheduled


def test_a_link_to_a_task_outside_the_file_leaves_its_start_as_a_floor(tmp_path):
    program = read(tmp_path, task(1, 8, link(99, CrossProject=1), Start="2027-02-01T08:00:00"))
    found = program.activities()["Plan.1"]
    assert (found.after, str(found.start_no_earlier_than.date)) == ((), "2027-02-01T08:00")
    assert any(note.startswith("links from tasks that are not in the file") for note in program.notes)


def test_external_tasks_stand_at_their_dates(tmp_path):
    program = read(tmp_path, task(1, ExternalTask=1, Start="2027-02-01T08:00:00", Finish="2027-02-01T17:00:00"))
    found = program.activities()["Plan.1"]
    assert (found.tags, str(found.mandatory_start)) == (("external",), "2027-02-01T08:00")


# Calendars


def exception(first, last, *, worked="", **more):
    said = {"DayWorking": 1, "WorkingTimes": times(worked)} if worked else {"DayWorking": 0}
    span = {"TimePeriod": {"FromDate": f"{first}T00:00:00", "ToDate": f"{last}T23:59:00"}}
    return {**span, **more, **said}


def special(tmp_path, made, name="Standard"):
    program = read(tmp_path, task(1), calendars=(made,))
    return {(e.first.isoformat(), e.last.isoformat()): e.shifts for e in program.calendars[name].exceptions}


def test_exceptions_of_both_styles_are_the_same(tmp_path):
    old = [*STANDARD["WeekDays"]["WeekDay"], {"DayType": 0, **exception("2027-12-24", "2027-12-26")}]
    new = {**STANDARD, "Exceptions": {"Exception": [exception("2027-12-24", "2027-12-26", Type=1)]}}
    wanted = {("2027-12-24", "2027-12-26"): ()}
    assert special(tmp_path, new) == special(tmp_path, {**STANDARD, "WeekDays": {"WeekDay": old}}) == wanted


def test_a_work_week_changes_the_weekdays_it_names_between_its_dates(tmp_path):
    week = {"TimePeriod": {"FromDate": "2027-06-07T00:00:00", "ToDate": "2027-06-18T23:59:00"},
            "WeekDays": {"WeekDay": [day(7, "08:00-12:00"), day(2, "")]}}  # fmt: skip
    found = special(tmp_path, {**STANDARD, "WorkWeeks": {"WorkWeek": [week]}})
    assert found == {("2027-06-07", "2027-06-07"): (), ("2027-06-12", "2027-06-12"): ((480, 720),),
                     ("2027-06-14", "2027-06-14"): ()}  # fmt: skip


@pytest.mark.parametrize("found, wanted", [
    (Recurrence(type=1), ["2027-01-01", "2027-01-02", "2027-01-03"]),
    (Recurrence(type=1, every=10), ["2027-01-01", "2027-01-11", "2027-01-21"]),
    (Recurrence(type=7, every=10), ["2027-01-01", "2027-01-11", "2027-01-21"]),
    (Recurrence(type=6, every=2, weekdays=2), ["2027-01-11", "2027-01-25", "2027-02-08"]),  # every second Monday
    (Recurrence(type=4, every=2, month_day=31), ["2027-01-31", "2027-03-31", "2027-05-31"]),
    (Recurrence(type=5, item=4, position=0), ["2027-01-04", "2027-02-01", "2027-03-01"]),  # the first Monday
    (Recurrence(type=5, item=1, position=4), ["2027-01-29", "2027-02-26", "2027-03-31"]),  # the last weekday
    (Recurrence(type=5, item=2, position=1), ["2027-01-03", "2027-02-07", "2027-03-07"]),  # the second weekend day
    (Recurrence(type=2, month=1, month_day=29), ["2027-02-28", "2028-02-29", "2029-02-28"]),
    (Recurrence(type=3, month=10, item=7, position=3), ["2027-11-25", "2028-11-23", "2029-11-22"]),  # Thanksgiving
])  # fmt: skip
def test_recurrences_are_the_days_of_the_calendar(found, wanted):
    walk = days(found, date(2027, 1, 1), date(2031, 1, 1))
    assert [next(walk).isoformat() for _ in range(3)] == wanted


def test_occurrences_bound_a_recurrence():
    assert len([*days(Recurrence(type=7, occurrences=4), date(2027, 1, 1), date(2028, 1, 1))]) == 4


def test_recurring_exceptions_are_those_that_project_wrote_out_itself(tmp_path):
    """The file has every exception twice: as a recurrence, and day by day in the older style."""
    text = real("parse-recurring-exceptions").read_text(encoding="utf-8")
    start, end = text.index("<Exceptions>"), text.index("</Exceptions>")
    found = []
    for name, content in (("new", text), ("old", text[:start] + text[end + 13 :])):
        (tmp_path / name).write_text(content.replace("2017-10-20T08:00:00", "2000-01-03T08:00:00"), encoding="utf-8")
        program = mspdi.read(tmp_path / name)
        found.append({day for e in program.calendars["Standard"].exceptions for day in (e.first, e.last)})
    assert found[0] == found[1]
    assert len(found[0]) > 120


def test_a_resource_calendar_without_a_word_of_its_own_is_its_base(tmp_path):
    own = calendar(2, "Ann", base=1)
    who, does = {"UID": 1, "Name": "Ann", "Type": 1, "CalendarUID": 2}, {"UID": 1, "TaskUID": 1, "ResourceUID": 1}
    does |= {"Units": 1, "Work": "PT8H0M0S"}
    program = read(tmp_path, task(1), calendars=(STANDARD, own), resources=[who], assignments=[does])
    assert program.activities()["Plan.1"].calendar == "Standard"
    assert list(program.calendars) == ["Standard"]


# Cost


def costed(tmp_path, kind, fixed_work=False, **more):
    who = {"UID": 1, "Name": "R", "Type": kind, "CalendarUID": 1, "MaxUnits": 2}
    does = {"UID": 1, "TaskUID": 1, "ResourceUID": 1, "Units": 1, "Work": "PT16H0M0S", "Cost": 160000,
            "RemainingCost": 160000, "ActualCost": 0, "HasFixedRateUnits": 1}  # fmt: skip
    said = task(1, 16, Type=2 if fixed_work else 0, Cost=200000, RemainingCost=200000, ActualCost=0, FixedCost=40000)
    return read(tmp_path, {**said, **more}, resources=[who], assignments=[does])


def parts(program):
    cost = program.activities()["Plan.1"].cost
    return cost.fixed and cost.fixed.plan.value, cost.per_day and cost.per_day.value


@pytest.mark.parametrize("kind, fixed_work, wanted", [
    (1, False, (400, 800)),  # 1,600 of work over two days, and 400 fixed; the file counts cents
    (1, True, (2000, None)),
    (0, False, (2000, None)),  # material
    (2, False, (2000, None)),  # cost resource
])  # fmt: skip
def test_money_that_grows_with_time_is_told_from_money_that_does_not(tmp_path, kind, fixed_work, wanted):
    assert parts(costed(tmp_path, kind, fixed_work)) == wanted


def test_actual_and_remaining_cost_are_told_apart(tmp_path):
    """Half done: 700 spent, 1,300 to spend of which 800 grow with time: the 500 fixed are half of what was planned."""
    begun = {"ActualStart": "2027-01-04T08:00:00", "RemainingDuration": "PT8H0M0S", "Resume": "2027-01-05T08:00:00"}
    who = {"UID": 1, "Name": "R", "Type": 1, "CalendarUID": 1}
    does = {"UID": 1, "TaskUID": 1, "ResourceUID": 1, "Units": 1, "Work": "PT16H0M0S", "RemainingCost": 80000,
            "ActualCost": 60000}  # fmt: skip
    said = task(1, 16, ActualCost=70000, RemainingCost=130000, Cost=200000, PercentComplete=50, **begun)
    program = read(tmp_path, said, resources=[who], assignments=[does])
    assert parts(program) == (1000, 800)
    assert program.activities()["Plan.1"].progress.actual_cost.value == 700


def test_resources_keep_their_capacity_and_are_used(tmp_path):
    program = costed(tmp_path, 1)
    assert (program.resources["R"].capacity, program.resources["R"].from_plan) == (2, True)
    assert program.activities()["Plan.1"].uses == {"R": 1}


# What Project stored


def test_stored_dates_slack_and_baseline_are_remembered(tmp_path):
    said = {"EarlyStart": "2027-01-04T08:00:00", "LateFinish": "2027-01-05T17:00:00", "TotalSlack": 4800,
            "Baseline": [{"Number": 1, "Start": "2026-01-01T08:00:00"},
                         {"Number": 0, "Start": "2027-01-01T08:00:00"}]}  # fmt: skip
    program = read(tmp_path, task(1, **said))
    found = stored_of(program).dates["Plan.1"]
    assert (found.total_float, f"{found.late_finish:%m-%d}", f"{found.baseline_start:%Y-%m-%d}") == (
        480, "01-05", "2027-01-01",
    )  # fmt: skip
    assert (stored_of(program).tool, found.driving) == ("Microsoft Project", None)


@pytest.mark.parametrize("answer", [verify, simulate])
def test_a_file_without_tasks_is_read_and_answers_say_so_with_its_name(tmp_path, answer):
    program = read(tmp_path)
    assert "the file has no tasks" in program.notes
    with pytest.raises(ProgramError, match=r"plan\.xml: projects: there are none with activities"):
        answer(program)


def test_files_to_be_read_are_read():
    for file in sorted(REAL.glob("parse-*.xml")) or [real("parse-timephased")]:
        assert mspdi.read(file).projects


# Broken files


@pytest.mark.parametrize("broken, told", [
    (task(1, Duration="eight hours"), "Task 1 Duration: expected a duration of 0 to 100 years like PT8H0M0S"),
    (task(1, Duration="-PT8H0M0S"), "expected a duration of 0 to 100 years"),
    (task(1, Start="0000-01-01T00:00:00"), "Task 1 Start: expected a date"),
    (task(1, Start="9999-01-01T00:00:00"), "expected a year from 1900 to 2199"),
    (task(1, 8, link(2, form=7) | {"Type": 9}), "expected 0 (FF), 1 (FS), 2 (SF) or 3 (SS)"),
    (task(1, ConstraintType=12), "Task 1 ConstraintType: expected 0 to 7"),
    (task(1, PercentComplete="half"), "expected a number"),
])  # fmt: skip
def test_fields_that_make_no_sense_are_refused_with_their_line(tmp_path, broken, told):
    with pytest.raises(InputError) as found:
        read(tmp_path, broken, task(2))
    assert told in str(found.value)
    assert "plan.xml:2" in str(found.value)


def test_a_uid_that_repeats_is_refused(tmp_path):
    with pytest.raises(InputError, match="expected a new number, found 1 again"):
        read(tmp_path, task(1), task(1))


def test_circular_links_are_refused_by_name(tmp_path):
    program = read(tmp_path, task(1, 8, link(2)), task(2, 8, link(1)))
    with pytest.raises(RiskmcError, match=r"Plan\.[12] -> Plan\.[12] -> Plan\.[12]"):
        compile_network(program, Settings())


def test_links_between_large_summaries_are_bounded(tmp_path):
    left, right = ([task(n, 8, level=2) for n in range(a, a + 1100)] for a in (10, 2000))
    with pytest.raises(InputError, match="expected at most 1,000,000 links"):
        read(tmp_path, task(1, Summary=1), *left, task(2, 8, link(1), Summary=1), *right)


NO_PLANS = [b"", b"<Project>", b"\x00\x01", b"<Other/>", b"PK\x03\x04", "<Project/>".encode("utf-16")[:9]]


@pytest.mark.parametrize("content", NO_PLANS)
def test_what_is_no_such_file_is_refused(tmp_path, content):
    file = tmp_path / "plan.xml"
    file.write_bytes(content)
    with pytest.raises(InputError):
        mspdi.read(file)


def test_entities_are_refused(tmp_path):
    file = tmp_path / "plan.xml"
    file.write_text('<!DOCTYPE Project [<!ENTITY a "b">]><Project><Name>&a;</Name></Project>', encoding="utf-8")
    with pytest.raises(InputError, match="document type"):
        mspdi.read(file)


def test_a_calendar_without_working_time_is_refused_when_it_is_used(tmp_path):
    program = read(tmp_path, task(1), calendars=(calendar(1, "Never"),))
    with pytest.raises(RiskmcError, match="a calendar needs work"):
        compile_network(program, Settings())


def test_calendars_based_on_each_other_are_cut(tmp_path):
    loop = (calendar(1, "A", WEEK, base=2), calendar(2, "B", {3: "09:00-10:00"}, base=1))
    found = compile_network(read(tmp_path, task(1), calendars=loop), Settings())
    assert list(found.program.calendars["A"].week) == ["mon", "tue", "wed", "thu", "fri"]
    assert found.program.calendars["A"].based_on is None


def test_hostile_names_are_kept_as_text(tmp_path):
    name = "<script>alert(1)</script> =cmd() \u202e" + "x" * 300
    program = read(tmp_path, task(1, Name=name), Title=name)
    assert program.activities()[f"{next(iter(program.projects))}.1"].name == name
    assert len(next(iter(program.projects))) <= 60


BEGUN = {"ActualStart": "2027-01-04T08:00:00", "PercentComplete": 50, "Resume": "2027-01-05T08:00:00"}
OFF = {"Exceptions": {"Exception": [exception("2027-02-01", "2027-05-01", Type=6, Period=2, DaysOfWeek=4)]}}
SOUND = xml(
    task(1, Summary=1, GUID="6ea4d60c-ace0-e111-9c96-f0def1a69bd1"),
    task(2, 8, level=2, ConstraintType=4, ConstraintDate="2027-01-05T08:00:00"),
    task(3, 16, link(2, "SS", 4), level=2, **BEGUN),
    task(4, 0, link(1, "FS", 50, 19), Milestone=1, Deadline="2027-03-01T17:00:00"),
    task(5, 24, link(4, "FF", 8, 8), DurationFormat=8),
    calendars=(STANDARD, calendar(2, "Ann", {7: "08:00-12:00"}, base=1, **OFF)),
    resources=[{"UID": 1, "Name": "Ann", "Type": 1, "CalendarUID": 2, "MaxUnits": 1}],
    assignments=[{"UID": 1, "TaskUID": 2, "ResourceUID": 1, "Units": 1, "Work": "PT8H0M0S", "Cost": 1000}],
).encode()  # fmt: skip
NASTY = (
    b"-1", b"0", b"", b"9999999999999999999", b"NaN", b"1e308", b"2027-13-45T99:99:99", b"PT99999999999H", b"&#0;",
    b"\xff", b"8", b"2149-12-31T00:00:00",
)  # fmt: skip


def mutated(seed: int) -> bytes:
    """Return the sound plan with a few bytes, elements or texts dropped, doubled or garbled."""
    rng, out = random.Random(seed), SOUND
    for _ in range(rng.randint(1, 4)):
        spots = [n for n, byte in enumerate(out) if byte == ord("<")] or [0]
        a = rng.choice(spots)
        b = min(len(out), a + rng.randint(1, 200))
        text, end = out.find(b">", a) + 1, out.find(b"<", out.find(b">", a) + 1)
        out = rng.choice([
            out[:a] + out[b:], out[:b] + out[a:], out[:a] + rng.choice(NASTY) + out[b:],
            out[:text] + rng.choice(NASTY) + out[end:], out[:text] + rng.choice(NASTY) + out[end:], out[:b],
            _element(out, a, rng.random() < 0.5),
        ])  # fmt: skip
    return out


def _element(out: bytes, a: int, drop: bool) -> bytes:
    """Return the file without an element, or with it twice."""
    name = out[a + 1 : a + 40].partition(b">")[0]
    end = out.find(b"</" + name + b">", a)
    if end < 0:
        return out
    end += len(name) + 3
    return out[:a] + out[end:] if drop else out[:end] + out[a:end] + out[end:]


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_whatever_is_broken_a_program_comes_out_or_our_own_error(tmp_path_factory, seed):
    file = tmp_path_factory.getbasetemp() / "mutated.xml"
    file.write_bytes(mutated(seed))
    try:
        program = mspdi.read(file)
    except InputError:
        return
    try:
        compile_network(program, Settings(constraints="as-planned"))
    except RiskmcError:
        return
