"""Primavera P6 plans -> Program, on small plans written by hand: one test a rule of docs/guide/xer.md."""

from datetime import datetime

import pytest

from riskmc.io import program_file
from xer_plans import DATA, activities, at, hours, link, plan


@pytest.fixture
def bridge():
    return activities("plain", "BRIDGE")


# Activities


def test_activities_keep_their_codes_verbatim_in_file_order(bridge):
    assert list(bridge) == ["A 10.2", "B", "C", "D", "GO", "DONE", "PM", "NIGHT"]


def test_names_are_display_names(bridge):
    assert bridge["B"].name == "Work B"


def test_durations_are_hours_to_the_minute(bridge):
    assert [hours(bridge[code].duration.plan) for code in ("A 10.2", "C")] == [40, 20.5]


def test_milestones_keep_their_kind_and_their_calendar(bridge):
    kinds = [(bridge[code].milestone, bridge[code].calendar, bridge[code].duration) for code in ("GO", "DONE")]
    assert kinds == [("start", "Office", None), ("finish", "Office", None)]


def test_resource_dependent_activities_are_work(bridge):
    assert hours(bridge["NIGHT"].duration.plan) == 24


def test_wbs_summaries_are_left_out_with_a_note(bridge):
    assert "SUM" not in bridge
    assert "WBS summaries are left out, as their dates follow from the work below them (SUM)" in plan("plain")[1]


def test_wbs_paths_are_dotted_without_the_project_itself(bridge):
    assert [bridge[code].wbs for code in ("A 10.2", "B", "C")] == ["CIV.01", "CIV", None]


def test_activity_codes_are_values_by_type(bridge):
    assert bridge["A 10.2"].codes == {"Discipline": "CIV", "Phase": "2"}
    assert bridge["B"].codes == {"Discipline": "CIV"}


# Links


def test_all_four_link_types_are_read_with_lags_in_hours(bridge):
    links = [link(bridge[code]) for code in ("C", "B", "D", "NIGHT")]
    assert links == [("A 10.2", "FS", 0), ("A 10.2", "SS", 20.5), ("C", "FF", 0), ("DONE", "SF", 0)]


def test_leads_are_negative_lags(bridge):
    assert link(bridge["C"], 1) == ("B", "FS", -4)


def test_level_of_effort_keeps_the_links_at_both_its_ends(bridge):
    assert bridge["PM"].level_of_effort is not None
    assert {link(bridge["PM"], number) for number in (0, 1)} == {("GO", "SS", 0), ("DONE", "FF", 0)}
    assert [found.activity for found in bridge["DONE"].after] == ["C"]


def test_level_of_effort_without_links_is_work_of_its_planned_duration():
    found = activities("costs", "MONEY")["LOE"]
    assert (found.level_of_effort, hours(found.duration.plan)) == (None, 80)
    assert any(note.startswith("level of effort without links") and "LOE" in note for note in plan("costs")[1])


def test_links_across_projects_name_both():
    south = activities("projects", "SOUTH")
    assert link(south["A"]) == ("NORTH.A", "FS", 8)
    assert link(south["A (2)"]) == ("A", "FS", 0)


def test_links_that_leave_the_file_are_reported():
    notes = plan("projects")[1]
    assert "links from activities that are not in the file are left out; their successors (B)" in notes
    assert "links to activities that are not in the file are left out; their predecessors (A (2))" in notes


def test_the_external_early_start_stands_in_for_a_predecessor_outside_the_file():
    north = activities("projects", "NORTH")
    assert at(north["B"].start_no_earlier_than.date) == datetime(2027, 5, 3, 8)
    assert north["A"].start_no_earlier_than is None


# Projects


def test_empty_projects_are_skipped_also_when_first():
    program, notes = plan("projects")
    assert list(program.projects) == ["NORTH", "SOUTH"]
    assert "projects without activities are skipped (EMPTY)" in notes


def test_every_project_has_its_own_dates():
    projects = plan("projects")[0].projects
    assert [at(project.data_date).day for project in projects.values()] == [11, 4]
    assert [at(project.start).month for project in projects.values()] == [1, 2]


def test_the_program_starts_with_its_earliest_project():
    assert at(plan("projects")[0].start) == datetime(2027, 1, 4, 8)


def test_one_project_gives_its_name_and_several_the_file():
    assert [plan(name)[0].program for name in ("plain", "projects")] == ["River bridge", "projects"]


def test_must_finish_by_counts_only_where_the_options_use_it():
    bridge, underway = plan("plain")[0].projects["BRIDGE"], plan("progress")[0].projects["UNDERWAY"]
    assert at(bridge.must_finish_by) == datetime(2027, 6, 30, 17)
    assert underway.must_finish_by is None


@pytest.mark.parametrize(
    "name, project, calendar, out_of_sequence",
    [
        ("plain", "BRIDGE", "predecessor", "retained_logic"),
        ("progress", "UNDERWAY", "successor", "progress_override"),
        ("projects", "SOUTH", "24h", "retained_logic"),
        ("projects", "NORTH", "24h", "retained_logic"),
        ("costs", "MONEY", "predecessor", "retained_logic"),
    ],
)
def test_scheduling_options_are_read_or_assumed(name, project, calendar, out_of_sequence):
    found = plan(name)[0].projects[project]
    assert (found.lag_calendar, found.out_of_sequence) == (calendar, out_of_sequence)


def test_assumed_scheduling_options_are_reported():
    assert any("with the file's first ones (NORTH)" in note for note in plan("projects")[1])
    assert any("with P6's defaults (MONEY)" in note for note in plan("costs")[1])


def test_repeated_codes_are_numbered_and_reported():
    program, notes = plan("projects")
    assert list(program.projects["SOUTH"].activities) == ["A", "A (2)", "LOST"]
    assert "activity codes that repeat within a project are numbered (A (2))" in notes


def test_activities_that_p6_never_scheduled_are_flagged():
    program, notes = plan("projects")
    flagged = [path for path, activity in program.activities().items() if activity.unscheduled]
    assert flagged == ["SOUTH.LOST"]
    assert any("never scheduled" in note and "LOST" in note for note in notes)


def test_a_plan_that_was_never_scheduled_at_all_is_all_scheduled_by_us():
    assert not any(activity.unscheduled for activity in plan("quirks")[0].activities().values())


# Constraints and progress


@pytest.mark.parametrize(
    "code, word",
    [
        ("CS_MSO", "start_on"),
        ("CS_MSOB", "start_no_later_than"),
        ("CS_MEO", "finish_on"),
        ("CS_MEOA", "finish_no_earlier_than"),
        ("CS_MEOB", "finish_no_later_than"),
        ("CS_MANDSTART", "mandatory_start"),
        ("CS_MANDFIN", "mandatory_finish"),
    ],
)
def test_every_constraint_has_its_word(code, word):
    assert at(getattr(activities("constraints", "LIMITS")[code], word)) == datetime(2027, 2, 1, 8)


def test_start_no_earlier_than_is_a_constraint_that_may_slip():
    found = activities("constraints", "LIMITS")["CS_MSOA"].start_no_earlier_than
    assert at(found.date) == datetime(2027, 2, 1, 8)
    assert found.slip is None


def test_both_constraint_slots_are_read():
    limits = activities("constraints", "LIMITS")
    assert at(limits["BOTH"].start_no_earlier_than.date) == datetime(2027, 2, 1, 8)
    assert at(limits["BOTH"].finish_no_later_than) == datetime(2027, 3, 1, 17)


def test_as_late_as_possible_is_read_from_either_slot():
    limits = activities("constraints", "LIMITS")
    assert [limits[code].as_late_as_possible for code in ("ALAP", "ALAP2", "BOTH")] == [True, True, False]


def test_a_constraint_without_a_date_is_left_out_with_a_note():
    program, notes = plan("constraints")
    assert program.projects["LIMITS"].activities["EMPTY"].start_no_earlier_than is None
    assert "constraints without a date are left out (EMPTY)" in notes


def test_complete_activities_have_both_actual_dates():
    done = activities("progress", "UNDERWAY")["DONE"]
    assert (at(done.progress.started), at(done.progress.finished)) == (
        datetime(2027, 1, 4, 8),
        datetime(2027, 1, 8, 17),
    )
    assert done.progress.remaining is None


def test_started_activities_have_a_remaining_duration():
    half = activities("progress", "UNDERWAY")["HALF"]
    assert hours(half.progress.remaining.value) == 36.25
    assert hours(half.duration.plan) == 80
    assert half.progress.finished is None


def test_a_complete_milestone_has_one_date_for_both():
    milestone = activities("progress", "UNDERWAY")["MS"]
    assert at(milestone.progress.started) == at(milestone.progress.finished) == datetime(2027, 1, 8, 17)


def test_a_missing_actual_finish_is_assumed_and_reported():
    program, notes = plan("progress")
    assert at(program.projects["UNDERWAY"].activities["GONE"].progress.finished) == datetime(2027, 1, 5, 8)
    assert any(note.startswith("complete without an actual finish") and "GONE" in note for note in notes)


def test_work_not_started_lasts_its_remaining_duration_as_in_p6():
    program, notes = plan("progress")
    assert hours(program.projects["UNDERWAY"].activities["NEXT"].duration.plan) == 24
    assert any("remaining duration differs" in note and "NEXT" in note for note in notes)


def test_an_actual_start_after_the_data_date_is_not_started_and_no_earlier():
    ahead = activities("ahead", "AHEAD")["START"]
    assert ahead.progress is None
    assert hours(ahead.duration.plan) == 8
    assert at(ahead.start_no_earlier_than.date) == datetime(2027, 1, 14, 8)


def test_an_actual_finish_after_the_data_date_has_nothing_left_and_is_no_earlier():
    found = activities("ahead", "AHEAD")
    assert hours(found["FINISH"].progress.remaining.value) == 0
    assert found["FINISH"].progress.finished is None
    assert (found["BOTH"].progress, hours(found["BOTH"].duration.plan)) == (None, 0)
    assert {at(found[code].finish_no_earlier_than) for code in ("FINISH", "BOTH")} == {datetime(2027, 1, 15, 17)}


def test_actual_dates_after_the_data_date_are_reported():
    assert any(
        note.startswith("actual dates after the data date") and "(4 in all: START" in note for note in plan("ahead")[1]
    )


# Calendars


def test_only_calendars_in_use_are_kept_with_those_they_are_based_on():
    calendars = plan("calendars")[0].calendars
    names = ["Office", "Separated", "Turned", "Round the clock", "Evening", "Night", "Broken", "Heir", "24h (2)"]
    assert list(calendars) == names
    assert calendars["Heir"].based_on == "Office"


def test_a_week_its_exceptions_and_its_hours_are_read():
    office = plan("calendars")[0].calendars["Office"]
    assert tuple(map(tuple, office.week["mon"])) == ((480, 720), (780, 1020))
    assert not office.week.get("sun")
    days = [(found.first.isoformat(), tuple(map(tuple, found.shifts))) for found in office.exceptions]
    assert days == [("2027-01-01", ()), ("2027-01-09", ((480, 720),))]
    assert (office.hours_per_day, office.hours_per_week, office.hours_per_month) == (8, 40, 172)


def test_hours_that_the_file_leaves_out_are_left_to_the_week():
    assert plan("calendars")[0].calendars["Turned"].hours_per_day is None


@pytest.mark.parametrize(
    "name, shifts",
    [
        ("Separated", ((480, 720), (780, 1020))),
        ("Turned", ((480, 720), (780, 1020))),
        ("Round the clock", ((0, 1440),)),
        ("Evening", ((960, 1440),)),
        ("Night", ((1320, 1800),)),
    ],
)
def test_every_way_of_writing_shifts_is_read(name, shifts):
    assert tuple(map(tuple, plan("calendars")[0].calendars[name].week["tue"])) == shifts


def test_a_calendar_that_cannot_be_read_is_an_office_week_and_reported():
    program, notes = plan("calendars")
    assert tuple(map(tuple, program.calendars["Broken"].week["fri"])) == ((480, 720), (780, 1020))
    assert any(note.startswith("calendars without a readable week") and "Broken" in note for note in notes)


def test_an_activity_without_its_calendar_runs_on_the_default_and_is_reported():
    program, notes = plan("calendars")
    assert program.projects["HOURS"].activities["NONE"].calendar is None
    assert "activities whose calendar is not in the file run on the default one (NONE)" in notes


# Quirks


def test_an_old_small_encoded_file_with_broken_lines_is_read():
    program, _ = plan("quirks")
    found = program.projects["CAFÉ"].activities
    assert found["A"].name == "Fondations – pile"
    assert hours(found["A"].duration.plan) == 7.5
    assert link(found["B"]) == ("A", "FS", 0)


# The same program in our own file


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.xer")))
def test_a_plan_written_as_a_program_file_is_the_same_program(name, tmp_path):
    program_file.write(plan(name)[0], tmp_path / "program.yaml")
    assert program_file.read(tmp_path / "program.yaml") == plan(name)[0]
