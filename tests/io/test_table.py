"""A bare table of activities: CSV of any country, links, summaries, constraints, progress, and what its dates say."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

import riskmc as rm
from books import book
from riskmc.program.stored import StoredDates, stored_of


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> rm.Program:
    (tmp_path / "plan.csv").write_bytes(text.encode(encoding))
    return rm.read(tmp_path / "plan.csv")


def activities(tmp_path: Path, text: str) -> dict[str, rm.Activity]:
    return {path.removeprefix("plan."): found for path, found in table(tmp_path, text).activities().items()}


ROWS = 'ID,Name,Duration,Start,Predecessors\n1,Dig,5 days,2027-01-04,\n2,Line,"2,5 days",2027-01-11,1SS+2d\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_any_separator_and_encoding_says_the_same(sign: str, encoding: str, tmp_path: Path) -> None:
    text = "ID,Name,Duration,Start,Predecessors\n1,Café,5 days,2027-01-04,\n2,Line,3d,,1SS+2d\n".replace(",", sign)
    program = table(tmp_path, text, encoding)
    words = {"1": {"name": "Café", "duration": "5d"}, "2": {"name": "Line", "duration": "3d", "after": ["1 SS+2d"]}}
    assert (
        program.activities()
        == rm.Program(program="X", start="2027-01-04", projects={"plan": {"activities": words}}).activities()
    )
    assert str(program.start) == "2027-01-04"


def test_a_table_on_the_first_sheet_of_a_workbook_is_read_too(tmp_path: Path) -> None:
    rows = [("Export of the plan",), ("ID", "Task Name", "Duration", "Predecessors", "Start")]
    rows += [(1, "Dig", "5 days", None, datetime(2027, 1, 4, 8)), (2, "Line", 3, 1, datetime(2027, 1, 11, 8))]
    program = rm.read(book(tmp_path / "plan.xlsx", {"Task_Table1": rows}))
    assert program.activities()["plan.2"].after == (rm.Link(activity="1"),)
    assert str(program.start) == "2027-01-04T08:00"
    assert stored_of(program).dates["plan.2"] == StoredDates(early_start=datetime(2027, 1, 11, 8))


def test_decimals_may_have_commas(tmp_path: Path) -> None:
    found = activities(tmp_path, "ID;Duration;Cost;Min;Likely;Max\n1;2,5;1.200,50;2;2,5;4\n")["1"]
    assert found.duration == rm.Estimate(plan="2.5d", range="triangular(2d 2.5d 4d)")
    assert found.cost == rm.Cost(fixed="1200.5")


def test_a_lag_in_percent_is_of_the_predecessors_duration(tmp_path: Path) -> None:
    found = activities(tmp_path, "ID,Duration,Predecessors\n1,7d,\n2,8ed,1FS+50%\n3,1d,1FS-2 days;2FF-25%\n")
    assert found["2"].after == (rm.Link(activity="1", lag="50%"),)
    late = rm.Link(activity="2", type="FF", lag="-25%", lag_calendar="24h")  # a share of elapsed time is elapsed
    assert found["3"].after == (rm.Link(activity="1", lag="-2d"), late)


def test_work_below_a_summary_that_the_table_leaves_out_stands_below_no_other_row(tmp_path: Path) -> None:
    """5.3 is the summary of 5.3.1, and not in the table: 5.2, before it, is work as it was."""
    assert list(activities(tmp_path, "ID,WBS,Duration\n1,5.1,1d\n2,5.2,2d\n3,5.3.1,3d\n")) == ["1", "2", "3"]


@pytest.mark.parametrize("head, marks", [("Outline Level", "1 2 2 1"), ("WBS", "1 1.1 1.2 2")])
def test_links_of_a_summary_are_those_of_the_work_below_it(head: str, marks: str, tmp_path: Path) -> None:
    levels = dict(zip(("10", "2", "3", "4"), marks.split(), strict=True))

    def links(rows: dict[str, str], of: str) -> set[str]:
        lines = [f"{name},1d,{rows.get(name, '')},{level}\n" for name, level in levels.items()]
        found = activities(tmp_path, f"ID,Duration,Predecessors,{head}\n{''.join(lines)}")
        assert list(found) == ["2", "3", "4"]
        return {link.activity for link in found[of].after}

    assert links({"10": "4", "3": "2"}, "2") == {"4"}
    assert links({"10": "4", "3": "2"}, "3") == {"2", "4"}
    assert links({"4": "10"}, "4") == {"2", "3"}


def test_summaries_inside_a_summary_are_no_work_of_it(tmp_path: Path) -> None:
    found = activities(tmp_path, "ID,Duration,Predecessors,Outline Level\n1,9d,,1\n2,9d,,2\n3,1d,,3\n4,1d,1,1\n")
    assert found["4"].after == (rm.Link(activity="3"),)


def test_links_of_a_summary_without_known_work_are_told(tmp_path: Path) -> None:
    program = table(tmp_path, "ID,Duration,Predecessors,Summary,Start\n1,9d,,Yes,2027-01-04\n2,1d,1,No,2027-01-04\n")
    assert program.activities()["plan.2"].after == ()
    way_out = "a column Outline Level says what is below"
    assert f"links of summaries without known work below them are left out; {way_out} (2)" in program.notes


def test_a_milestone_is_marked_or_lasts_nothing(tmp_path: Path) -> None:
    found = activities(tmp_path, "ID,Duration,Milestone\n1,0 days,\n2,5d,Yes\n3,5d,No\n")
    assert [found[name].milestone for name in "123"] == [True, True, False]


def test_constraints_and_deadlines_keep_their_dates(tmp_path: Path) -> None:
    text = "ID,Duration,Constraint Type,Constraint Date,Deadline\n1,1d,Must Start On,2027-02-01,NA\n"
    text += "2,1d,Start No Earlier Than,2027-02-01,2027-03-01\n3,1d,As Late As Possible,NA,\n"
    found = activities(tmp_path, text)
    assert str(found["1"].mandatory_start) == "2027-02-01"
    assert str(found["2"].start_no_earlier_than.date) == "2027-02-01"
    assert str(found["2"].finish_no_later_than) == "2027-03-01"
    assert found["3"].as_late_as_possible


def test_progress_sets_the_status_date_and_says_so(tmp_path: Path) -> None:
    text = "ID,Duration,Start,Actual Start,Actual Finish,Remaining Duration\n1,5d,2027-01-04,2027-01-04,2027-01-08,\n"
    program = table(tmp_path, text + "2,5d,2027-01-11,2027-01-11,,2 days\n3,1d,2027-01-18,NA,NA,\n")
    found = program.activities()
    assert found["plan.1"].progress == rm.Progress(started="2027-01-04", finished="2027-01-08")
    assert found["plan.2"].progress == rm.Progress(started="2027-01-11", remaining="2d")
    assert str(program.data_date) == "2027-01-11"
    assert program.notes[0] == "the table has no status date: that of its last actual date is taken, 2027-01-11"


def test_a_start_that_no_link_explains_is_kept_as_the_earliest(tmp_path: Path) -> None:
    program = table(tmp_path, "ID,Duration,Start\n1,5d,2027-01-04\n2,5d,2027-02-01\n")
    assert str(program.activities()["plan.2"].start_no_earlier_than.date) == "2027-02-01"
    assert program.notes == ("activities without predecessors begin no earlier than the table says (2)",)


def test_a_table_without_dates_says_when_it_begins(tmp_path: Path) -> None:
    program = table(tmp_path, "Name,Duration\nDig,5\n")
    assert program.notes == ("the table has no dates: its work begins on 2000-01-03; a column Start says when it does",)


def test_resources_are_kept_and_are_no_limit(tmp_path: Path) -> None:
    program = table(tmp_path, 'ID,Duration,Resource Names,Start\n1,5d,"Ann;Bob[50%],Steel[3 t]",2027-01-04\n')
    assert program.activities()["plan.1"].uses == {"Ann": 1, "Bob": 0.5}
    assert {name: pool.from_plan for name, pool in program.resources.items()} == {"Ann": True, "Bob": True}


def test_columns_that_are_not_read_are_noted_and_can_be_named_as_three_points(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("ID,Duration,Start,Klein,Gross\n1,5d,2027-01-04,4,9\n", encoding="utf-8")
    assert rm.read(tmp_path / "plan.csv").notes == ("columns of the table that are not read (Klein, Gross)",)
    program = rm.read(tmp_path / "plan.csv", three_point="Klein,,Gross")
    assert program.activities()["plan.1"].duration == rm.Estimate(plan="5d", range="uniform(4d 9d)")


def test_hours_in_a_heading_are_the_unit_of_its_numbers(tmp_path: Path) -> None:
    found = activities(tmp_path, "ID,Duration,Min (hours),Likely (hours),Max (hours)\n1,1d,4,8,20\n")["1"]
    assert found.duration == rm.Estimate(plan="1d", range="triangular(4h 8h 20h)")


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    text = "ID,Name,Duration,Predecessors,Start,Cost\n1,a,soon,7,2027-01-04,\n1,b,5d,,31/02/2027,much\n"
    with pytest.raises(rm.InputError) as error:
        table(tmp_path, text)
    told = [str(problem).removeprefix(f"{tmp_path}/") for problem in error.value.problems]
    assert told == [
        "plan.csv:2: duration.plan: 'soon' is not a quantity; write a number and its unit, as 15d, 120k or 35%",
        "plan.csv:2: predecessors: '7' names no row of the table; write an ID, a type and a lag, as 12SS+5d",
        "plan.csv:3: ID: '1' is said twice; first in row 2",
        "plan.csv:3: cost: 'much' is no value; write 250k, 1.2M, 250,000 or 10%",
        "plan.csv:3: start: '31/02/2027' is no date; write 2027-01-04",
    ]


def test_a_date_that_may_be_one_of_two_is_refused_once(tmp_path: Path) -> None:
    with pytest.raises(rm.InputError, match=r"^\S+plan\.csv:2: start: '04/01/2027' may be day or month first") as error:
        table(tmp_path, "ID,Duration,Start\n1,5d,04/01/2027\n2,5d,05/01/2027\n")
    assert len(error.value.problems) == 1


def test_what_is_no_table_of_activities_says_what_it_found(tmp_path: Path) -> None:
    for text in ("a,b\n1,2\n", "Duration,Predecessors\n1,2\n", "ID,Name\n1,2\n", "ID,Duration\n"):
        with pytest.raises(rm.InputError, match=r"no table of activities|says no durations|holds no activity"):
            table(tmp_path, text)


@pytest.mark.parametrize("head", ["Start,Finish", "Takes,Start"])
def test_a_table_without_durations_is_refused_and_does_not_become_milestones(head: str, tmp_path: Path) -> None:
    said = rf"plan\.csv:1: the table says no durations: expected a column Duration, .* found ID, Name, {head[:5]}"
    with pytest.raises(rm.InputError, match=said):
        table(tmp_path, f"ID,Name,{head}\n1,Dig,2027-01-04,2027-01-15\n")


def test_an_empty_duration_between_two_days_is_a_fault_and_one_within_a_day_a_milestone(tmp_path: Path) -> None:
    rows = "ID,Duration,Start,Finish\n1,5d,2027-01-04,2027-01-08\n2,,2027-01-11,2027-01-{day}\n"
    with pytest.raises(rm.InputError, match=r"plan\.csv:3: duration: is empty, though start and finish are days apart"):
        table(tmp_path, rows.format(day="15"))
    assert table(tmp_path, rows.format(day="11")).activities()["plan.2"].milestone


@pytest.mark.parametrize("row", ["Total,,35 days", ",Grand total:,35 days", ",Summe,35 days", "9,TOTAL,35 days"])
def test_a_row_of_totals_is_left_out_with_a_note(row: str, tmp_path: Path) -> None:
    program = table(tmp_path, f"ID,Name,Duration,Start\n1,Dig,5 days,2027-01-04\n{row},\n")
    assert list(program.activities()) == ["plan.1"]
    assert "rows of totals are left out (row 3)" in program.notes


def test_work_that_is_called_total_of_something_stays(tmp_path: Path) -> None:
    assert "plan.2" in table(tmp_path, "ID,Name,Duration\n1,Dig,5d\n2,Total station survey,2d\n").activities()


def test_a_link_to_the_row_itself_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(rm.InputError, match=r"plan\.csv:3: predecessors: '2FS\+1d' is the row itself"):
        table(tmp_path, "ID,Duration,Predecessors\n1,5d,\n2,1d,2FS+1d\n")


def test_ids_that_a_spreadsheet_made_decimals_are_known_as_whole_numbers_too(tmp_path: Path) -> None:
    found = activities(tmp_path, "ID,Duration,Predecessors\n1.0,5d,\n2.0,1d,1SS+2d\n3.0,1d,2.0\n")
    assert found["2.0"].after == (rm.Link(activity="1.0", type="SS", lag="2d"),)
    assert found["3.0"].after == (rm.Link(activity="2.0"),)


def test_three_points_that_are_read_by_their_name_can_be_given_another_shape(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("ID,Duration,Min,Likely,Max\n1,5d,4,5,9\n")
    ranges = [
        rm.read(tmp_path / "plan.csv", three_point=names).activities()["plan.1"].duration
        for names in (None, "Min, Likely, Max, pert")
    ]
    assert ranges == [rm.Estimate(plan="5d", range=f"{shape}(4d 5d 9d)") for shape in ("triangular", "pert")]


def test_circular_links_are_found_when_the_plan_is_computed(tmp_path: Path) -> None:
    program = table(tmp_path, "ID,Duration,Predecessors,Start\n1,5d,2,2027-01-04\n2,5d,1,\n")
    with pytest.raises(rm.ProgramError, match=r"plan\.csv:\d"):
        rm.simulate(program, iterations=10)
