"""Rows of a table can be told apart, and the projects add up to the program."""

import riskmc as rm
from riskmc.reports.answers.forecast import tell
from riskmc.reports.document import sections
from riskmc.reports.document.sections import told_apart

LONG = "Electrical installation of the northern wing, part "


def test_names_that_read_alike_have_their_identifier_in_front():
    assert told_apart(["Survey", "Survey", "Dig"], ["A10", "A20", "B10"]) == ["A10 Survey", "A20 Survey", "Dig"]


def test_names_that_read_alike_once_they_are_cut_have_it_too():
    told = told_apart([f"{LONG}one", f"{LONG}two"], ["A10", "A20"], 18)
    assert [name[:20] for name in told] == ["A10 Electrical insta", "A20 Electrical insta"]
    assert told_apart(["Electrical installation", "Electrical works"], ["A", "B"], 40)[0] == "Electrical installation"


def test_a_path_that_is_the_name_is_not_said_twice():
    assert told_apart(["k.a", "k.a"], ["k.a", "k.b"]) == ["k.a", "k.b k.a"]


def twins(**more):
    """A program of two projects in which all names are the same."""
    work = {
        "a": {"name": f"{LONG}one", "duration": "uniform(5d 9d)", "cost": "1k"},
        "b": {"name": f"{LONG}two", "duration": "uniform(5d 9d)", "after": ["a"]},
        "m": {"name": "Handed over", "milestone": True, "after": ["b"]},
    }
    projects = {name: {"name": "House", "activities": work} for name in ("east", "west")}
    return rm.simulate(rm.Program(program="X", start="2027-01-04", projects=projects, **more), 200)


def test_no_two_rows_of_a_printed_table_read_alike():
    trials = twins()
    for section in (sections.critical_path(trials), sections.milestones(trials), sections.projects(trials)):
        names = [row[0] for row in section.rows]
        assert len(set(names)) == len(names) > 1
    cells = [line.split("  ")[0] for line in tell(trials).splitlines() if "Electrical" in line]
    assert len(set(cells)) == len(cells) == 4


def test_the_cost_of_no_project_is_a_row_of_its_own():
    trials = twins(costs={"office": {"fixed": "500"}})
    section = sections.projects(trials)
    assert section.rows[-1] == ("Program (no project)", "", "", "500", "500")
    assert section.notes == [sections.SUMS]
    assert [row[0] for row in sections.projects(twins()).rows] == ["east House", "west House"]


def test_what_lasts_nothing_at_the_start_is_printed_on_the_day_of_the_start():
    words = {"go": {"milestone": "start"}, "a": {"duration": "uniform(5d 9d)", "after": ["go"]}}
    program = rm.Program(program="X", start="2027-01-04", projects={"k": {"activities": words}})
    trials = rm.simulate(program, 200)
    (row,) = sections.milestones(trials).rows
    assert row == ("k.go", "4 Jan 2027", "4 Jan 2027", "4 Jan 2027")
    assert " 3 Jan 2027" not in tell(trials)
    assert " 3 Jan 2027" not in tell(rm.simulate(program.but(projects={"k": {"activities": {"go": words["go"]}}}), 200))
