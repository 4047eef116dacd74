"""Primavera P6 XML -> Program, on small plans written by hand: one test a rule of docs/guide/pmxml.md."""

from datetime import datetime, timedelta

import pytest

from pmxml_plans import DATA, changed, read_text, twin
from riskmc.io.plan_file import read_plan
from riskmc.io.pmxml import reader as pmxml
from riskmc.io.xer import reader as xer
from riskmc.network.compiling import Settings, compile_network
from riskmc.program.stored import stored_of
from xer_plans import DATA as XER
from xer_plans import hours, link, real


@pytest.fixture(scope="module")
def works():
    return pmxml.read(DATA / "works.xml")


def test_a_plan_is_the_same_program_as_its_xer_twin():
    found, (expected, notes) = pmxml.read(DATA / "plain.xml"), xer.read_with_notes(XER / "plain.xer")
    assert found.model_dump() == {**expected.model_dump(), "notes": notes}


def test_a_plan_knows_the_same_early_dates_as_its_xer_twin():
    found, expected = (
        stored_of(program).dates for program in (pmxml.read(DATA / "plain.xml"), xer.read(XER / "plain.xer"))
    )
    assert {path: (at.early_start, at.early_finish) for path, at in found.items()} == {
        path: (at.early_start, at.early_finish) for path, at in expected.items()
    }


@pytest.mark.parametrize("name", ["airport", "week2"])
def test_a_real_plan_is_the_same_program_as_its_xer_twin(name):
    found, expected = pmxml.read(twin(name)), xer.read(real(f"{name}"))
    assert found.hash() == expected.hash()
    assert found.model_dump(exclude={"notes"}) == expected.model_dump(exclude={"notes"})


@pytest.mark.parametrize("name", ["airport", "week2"])
def test_a_real_plan_knows_the_same_driving_path_and_late_dates_as_its_xer_twin(name):
    found, expected = stored_of(pmxml.read(twin(name))), stored_of(xer.read(real(name)))
    words = ("driving", "late_start", "late_finish")
    assert [[getattr(found.dates[path], word) for word in words] for path in found.dates] == [
        [getattr(expected.dates[path], word) for word in words] for path in found.dates
    ]


@pytest.mark.parametrize("name, unfinished", [("airport", 66), ("week2", 198)])
def test_a_real_plan_lands_on_every_early_date_that_it_stores(name, unfinished):
    network = compile_network(program := pmxml.read(twin(name)), Settings(constraints="as-planned"))
    dates, differing, counted = stored_of(program).dates, [], 0
    for task in network.tasks:
        work = network.axis.calendars[task.calendar]
        instants = int(network.plan.start[task.number]), int(network.plan.finish[task.number])
        wanted = (network.axis.minute(at) for at in (dates[task.path].early_start, dates[task.path].early_finish))
        counted += 1
        if [int(work.index(minute)) for minute in instants] != [int(work.index(minute)) for minute in wanted]:
            differing.append((task.path, network.axis.epoch + timedelta(minutes=instants[0])))
    assert (differing, counted) == ([], unfinished)


def test_the_file_of_a_fixture_is_read():
    assert list(pmxml.read(twin("parse-PredecessorCalendar")).activities()) == ["201020.A1000"]


def test_a_plan_in_xml_is_told_by_its_root_element():
    assert read_plan(DATA / "works.xml").program == "works"


@pytest.mark.parametrize("version", ["V8.1", "V25.12"])
def test_the_namespace_of_every_version_is_passed_over(tmp_path, version):
    assert (
        read_text(tmp_path, changed("V19.12", version)).but(program="x").hash() == pmxml.read(DATA / "plain.xml").hash()
    )


def test_projects_become_projects_with_links_across_them_once(works):
    """P6 writes relationship 5 with both of its projects."""
    assert list(works.projects) == ["SOUTH", "NORTH"]
    assert link(works.projects["NORTH"].activities["N1"]) == ("SOUTH.S3", "FS", 0)
    assert len(works.projects["NORTH"].activities["N1"].after) == 1


def test_scheduling_options_among_the_fields_of_an_old_project_count(works):
    south, north = works.projects["SOUTH"], works.projects["NORTH"]
    assert (south.lag_calendar, south.out_of_sequence) == ("24h", "progress_override")
    assert (north.lag_calendar, north.out_of_sequence) == ("project", "retained_logic")
    assert south.must_finish_by is None  # CalculateFloatBasedOnFinishDate is 0


def test_progress_has_actual_dates_and_what_remains(works):
    first, second = (works.projects["SOUTH"].activities[code] for code in ("S1", "S2"))
    assert str(first.progress.finished) == "2027-01-06T08:00"
    assert (str(second.progress.started), hours(second.progress.remaining.value)) == ("2027-01-20T06:00", 12)


def test_both_constraints_are_read(works):
    second, third = (works.projects["SOUTH"].activities[code] for code in ("S2", "S3"))
    assert str(second.finish_no_later_than) == "2027-03-01T00:00"
    assert str(second.start_no_earlier_than.date) == "2027-01-15T00:00"
    assert third.as_late_as_possible


def test_costs_are_what_is_spent_and_what_is_left(works):
    """S2: 700 spent; 600 left of labour with fixed units per time over 12 h, half a day of 24 h: 1200 a day.
    S3: 900 of sand budgeted and nothing spent, and 100 left of a permit."""
    second, third = (works.projects["SOUTH"].activities[code] for code in ("S2", "S3"))
    assert (second.progress.actual_cost.value, second.cost.per_day.value, second.cost.fixed) == (700, 1200, None)
    assert third.cost.fixed.plan.value == 1000


def test_overtime_is_not_counted_twice_in_the_actual_cost(works):
    """ActualCost of 700 includes ActualOvertimeCost of 100, which XER keeps apart."""
    assert works.projects["SOUTH"].activities["S2"].progress.actual_cost.value == 700


def test_resources_have_the_capacity_of_their_rate(works):
    assert works.resources["CREW"].capacity == 2
    assert works.projects["SOUTH"].activities["S2"].uses == {"CREW": 0.5}
    assert "SAND" not in works.resources


def test_the_guid_is_written_in_one_way_for_all_tools(works):
    """In XER files the same sixteen bytes stand as kE7Ji32KpUOPL8EScLb3pw, in base 64."""
    assert works.projects["SOUTH"].activities["S1"].guid == "8BC94E90-8A7D-43A5-8F2F-C11270B6F7A7"


def test_a_link_from_outside_the_file_is_noted_and_its_date_kept(works):
    assert "links from activities that are not in the file are left out; their successors (N2)" in works.notes
    assert str(works.projects["NORTH"].activities["N2"].start_no_earlier_than.date) == "2027-02-20T00:00"


def test_the_current_baseline_gives_its_dates_by_code():
    """Of B the baseline has only planned dates; GONE is no longer in the plan."""
    dates = stored_of(pmxml.read(DATA / "plain.xml")).dates
    assert dates["BRIDGE.A 10.2"].baseline_finish == datetime(2027, 1, 8, 17)
    assert dates["BRIDGE.B"].baseline_start == datetime(2027, 1, 5, 13, 30)
    assert dates["BRIDGE.C"].baseline_finish is None
    assert "BRIDGE.GONE" not in dates


def test_a_baseline_that_is_not_the_current_one_gives_no_dates(tmp_path):
    old, new = (f"<CurrentBaselineProjectObjectId>{number}<" for number in (99, 98))
    dates = stored_of(read_text(tmp_path, changed(old, new))).dates
    assert {at.baseline_finish for at in dates.values()} == {None}


def test_activities_without_a_flag_are_off_the_longest_path_where_others_have_one(tmp_path):
    flagged = changed("<Id>B</Id>", "<Id>B</Id>\n      <IsLongestPath>1</IsLongestPath>")
    dates = stored_of(read_text(tmp_path, flagged)).dates
    assert (dates["BRIDGE.B"].driving, dates["BRIDGE.C"].driving) == (True, False)


def test_without_any_flag_nothing_is_known_of_the_longest_path():
    assert {at.driving for at in stored_of(pmxml.read(DATA / "plain.xml")).dates.values()} == {None}


def test_the_node_of_the_project_itself_is_no_part_of_the_wbs_path(tmp_path):
    """Some tools write it as the one node above all others, with the project's own code."""
    root = "<WBS>\n      <Code>BRIDGE</Code>\n      <ObjectId>100</ObjectId>\n    </WBS>\n    <WBS>"
    with_root = changed("<WBS>", root).replace(
        '<ParentObjectId xsi:nil="true"/>', "<ParentObjectId>100</ParentObjectId>"
    )
    with_root = with_root.replace("<WBSObjectId>100</WBSObjectId>\n    <WBS>", "<WBS>")
    assert read_text(tmp_path, with_root).projects["BRIDGE"].activities["A 10.2"].wbs == "CIV.01"


def test_fields_that_are_missing_take_what_p6_takes(tmp_path):
    bare = "<APIBusinessObjects><Project><PlannedStartDate>2027-01-04T08:00:00</PlannedStartDate>"
    bare += "<Activity><Id>A</Id><PlannedDuration>8</PlannedDuration></Activity>"
    bare += "<Activity><Id>B</Id><PlannedDuration>4</PlannedDuration></Activity></Project></APIBusinessObjects>"
    found = read_text(tmp_path, bare).activities().values()
    assert [hours(activity.duration.plan) for activity in found] == [8, 4]


def test_a_link_without_a_type_is_finish_to_start(tmp_path):
    untyped = changed("<Type>Finish to Start</Type>", '<Type xsi:nil="true"/>')
    assert read_text(tmp_path, untyped).hash() == pmxml.read(DATA / "plain.xml").hash()


def test_what_the_reader_leaves_out_is_among_the_notes():
    assert pmxml.read(DATA / "plain.xml").notes == (
        "WBS summaries are left out, as their dates follow from the work below them (SUM)",
    )


def test_hostile_names_are_kept_as_text(tmp_path):
    name = "&lt;script&gt;alert(1)&lt;/script&gt; =cmd() \u202e" + "x" * 300
    program = read_text(tmp_path, changed("<Name>Work B</Name>", f"<Name>{name}</Name>"))
    assert program.projects["BRIDGE"].activities["B"].name.startswith("<script>alert(1)</script> =cmd() \u202exxx")
