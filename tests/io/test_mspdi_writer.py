"""Microsoft Project XML files that riskmc writes: read back they are the same plan, on the same dates."""

from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from test_xer_writer import hostile

import riskmc as rm
from converted import trip
from mpxj_oracle import ask, needs_mpxj
from random_programs import programs
from rendering import MODELS
from riskmc.io.xer import reader as xer
from xer_plans import real

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
EARLY = ("early_start", "early_finish")
SPACE = "{http://schemas.microsoft.com/project}"


def tasks(file):
    """Return the tasks of a file as mappings of their texts, without the project's own row."""
    found = ElementTree.parse(file).getroot().find(f"{SPACE}Tasks")
    return [{child.tag.removeprefix(SPACE): child.text for child in task} for task in found][1:]


def made(**activities):
    return rm.Program(program="Small", start="2027-01-04", projects={"p": {"activities": activities}})


@pytest.mark.parametrize("name", ["airport", "week2", "level-of-effort"])
def test_real_plans_of_p6_keep_their_early_dates(name, tmp_path):
    found = trip(xer.read(real(name)), tmp_path, "xml")
    assert found.moved(EARLY) == []


@pytest.mark.parametrize("model", MODELS, ids=[model.parent.name for model in MODELS])
def test_models_keep_their_early_dates(model, tmp_path):
    """In the tunnel one level of effort has begun: its early start is its actual one, and not today's."""
    found = trip(rm.read(model), tmp_path, "xml")
    names = [found.back.activities()[path].codes["Activity ID"] for path in found.moved(EARLY)]
    assert names == (["C1900"] if model.parent.name == "tunnel" else [])


@SLOW
@given(programs())
def test_random_programs_can_be_read_back_and_scheduled(tmp_path_factory, words):
    program = rm.Program(**words)
    found = trip(program, tmp_path_factory.mktemp("random"), "xml")
    assert len(found.back.activities()) == len(program.activities())
    assert len(found.again().tasks) == len(program.activities())


def test_hostile_names_stay_in_their_elements(tmp_path):
    found = trip(hostile(), tmp_path, "xml")
    names = [activity.name for activity in found.back.projects[next(iter(found.back.projects))].activities.values()]
    assert names[0] == "=cmd()|' /C calc'!A0"
    assert "tab line end" in names[1]
    assert max(map(len, names)) <= 255
    assert found.moved() == []


def test_links_have_project_numbers_and_lags_in_tenths_of_a_minute(tmp_path):
    """By hand: FS 1, SS 3; 2 working days are 960 minutes, so 9,600 tenths; 3 elapsed days 43,200."""
    program = made(a={"duration": "2d"}, b={"duration": "1d", "after": ["a SS+2d"]},
                   c={"duration": "1d", "after": ["a FS+3ed"]})  # fmt: skip
    found = trip(program, tmp_path, "xml")
    links = ElementTree.parse(found.file).getroot().iter(f"{SPACE}PredecessorLink")
    texts = [[link.findtext(f"{SPACE}{name}") for name in ("Type", "LinkLag", "LagFormat")] for link in links]
    assert texts == [["3", "9600", "5"], ["1", "43200", "6"]]
    assert found.moved() == []


def test_constraints_have_project_numbers(tmp_path):
    program = made(
        a={"duration": "2d", "start_no_earlier_than": "2027-01-06", "finish_no_later_than": "2027-02-05"},
        b={"duration": "2d", "mandatory_start": "2027-01-11T08:00"},
        c={"duration": "2d", "start_on": "2027-01-12T08:00", "after": ["a"]},
    )
    rows = tasks(trip(program, tmp_path, "xml").file)
    assert [(row["ConstraintType"], row.get("ConstraintDate")) for row in rows] == [
        ("4", "2027-01-06T00:00:00"), ("2", "2027-01-11T08:00:00"), ("4", "2027-01-12T08:00:00"),
    ]  # fmt: skip
    assert rows[0]["Deadline"] == "2027-02-05T17:00:00"


def microsoft(**activities):
    project = {"scheduling": "microsoft", "constraints_win": True, "activities": activities}
    return rm.Program(program="Small", start="2027-01-04", projects={"p": project})


def test_manual_work_stands_at_its_date_in_project_too_and_has_a_mandatory_start_in_p6(tmp_path):
    """b stands on Wednesday though a, before it, ends on Friday; c follows on Thursday."""
    after = {"duration": "1d", "after": "a", "manual_start": "2027-01-06 08:00"}
    program = microsoft(a={"duration": "5d"}, b=after, c={"duration": "1d", "after": "b"})
    found, other = trip(program, tmp_path, "xml"), trip(program, tmp_path, "xer")
    written = tasks(found.file)[1]
    assert (written["Manual"], written["ManualStart"], written["ManualFinish"], written["ManualDuration"]) == (
        "1", "2027-01-06T08:00:00", "2027-01-06T17:00:00", "PT8H0M0S",
    )  # fmt: skip
    assert (found.moved(), other.moved(EARLY)) == ([], [])
    assert (found.lost, other.lost) == ([], ["manually scheduled work is written with a mandatory start"])


def test_a_finish_no_later_than_that_pulls_work_back_is_a_constraint_and_else_a_deadline(tmp_path):
    """b, after five days of a, is pulled back to Wednesday where constraints win; elsewhere it is late."""
    work = {"a": {"duration": "5d"}, "b": {"duration": "1d", "after": "a", "finish_no_later_than": "2027-01-06 17:00"}}
    pulled, late = trip(microsoft(**work), tmp_path, "xml", "pulled"), trip(made(**work), tmp_path, "xml", "late")
    told = [(task["ConstraintType"], "Deadline" in task) for task in (tasks(pulled.file)[1], tasks(late.file)[1])]
    assert told == [("7", False), ("0", True)]
    assert (pulled.moved(), late.moved()) == ([], [])


def test_a_milestone_that_waits_for_its_calendar_is_held_there_where_others_wait_for_it(tmp_path):
    """a ends on Monday 4 January. The gate opens on Saturdays at 08:00, so b starts on Monday the 11th. Nothing waits
    for the second gate."""
    gate = {"milestone": True, "calendar": "Saturdays", "after": "a"}
    program = rm.Program(
        program="Small", start="2027-01-04", calendars={"Saturdays": {"week": {"sat": "08:00-12:00"}}},
        projects={"p": {"activities": {"a": {"duration": "1d"}, "gate": gate, "b": {"duration": "1d", "after": "gate"},
                                       "other": gate}}},
    )  # fmt: skip
    found = trip(program, tmp_path, "xml")
    told = [(row["ConstraintType"], row.get("ConstraintDate")) for row in tasks(found.file)]
    assert told == [("0", None), ("4", "2027-01-09T08:00:00"), ("0", None), ("0", None)]
    assert (found.plan.dates["p.b"].early_start.isoformat(), found.moved(EARLY)) == ("2027-01-11T08:00:00", [])
    assert found.lost == ["milestones that wait for their calendar get a constraint at today's date"]


def test_the_wbs_is_an_outline_of_summary_tasks(tmp_path):
    program = made(
        a={"duration": "2d", "wbs": "civil.roads"}, b={"duration": "1d", "wbs": "civil"}, c={"duration": "1d"}
    )
    rows = tasks(trip(program, tmp_path, "xml").file)
    assert [(row["Name"], row["OutlineNumber"], row["Summary"]) for row in rows] == [
        ("civil", "1", "1"), ("roads", "1.1", "1"), ("a", "1.1.1", "0"), ("b", "1.2", "0"), ("c", "2", "0"),
    ]  # fmt: skip
    assert (rows[0]["Start"], rows[0]["Finish"]) == ("2027-01-04T08:00:00", "2027-01-05T17:00:00")


def test_work_that_the_data_date_holds_is_constrained_to_it(tmp_path):
    """Microsoft Project pushes nothing behind the status date: b, with nothing before it, needs a constraint there."""
    program = rm.Program(
        program="Status", start="2027-01-04", data_date="2027-01-11",
        projects={"p": {"activities": {
            "a": {"duration": "10d", "progress": {"started": "2027-01-04", "remaining": "6d"}},
            "b": {"duration": "5d"},
        }}},
    )  # fmt: skip
    found = trip(program, tmp_path, "xml")
    rows = tasks(found.file)
    assert rows[1]["ConstraintType"] == "4"
    assert rows[1]["ConstraintDate"] == "2027-01-11T08:00:00"
    assert (rows[0]["RemainingDuration"], rows[0]["PercentComplete"]) == ("PT48H0M0S", "40")
    assert found.moved(EARLY) == []


def test_codes_of_activities_and_three_points_are_custom_fields(tmp_path):
    program = made(A10={"duration": {"plan": "10d", "range": "triangular(80% 100% 150%)"}, "codes": {"Trade": "Civil"}})
    found = trip(program, tmp_path, "xml").back
    codes = next(iter(found.activities().values())).codes
    assert codes["Activity ID"] == "A10"
    assert codes["Trade"] == "Civil"


def test_three_points_are_read_back_as_a_range(tmp_path):
    """Of 10 days of 8 h: 64, 80 and 120 h."""
    found = trip(made(A10={"duration": {"plan": "10d", "range": "triangular(80% 100% 150%)"}}), tmp_path, "xml").back
    duration = next(iter(found.activities().values())).duration
    assert (duration.plan.value, duration.range.family) == (80, "triangular")
    assert [(name, point.value, point.unit) for name, point in duration.range.parameters] == [
        ("low", 64, "h"), ("mode", 80, "h"), ("high", 120, "h"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["xer", "xml"])
@pytest.mark.parametrize("model", MODELS, ids=[model.parent.name for model in MODELS])
def test_mpxj_reads_the_same_dates_and_links(model, kind, tmp_path):
    """mpxj is another reader of both formats, by other people: https://www.mpxj.org."""
    needs_mpxj()
    found = trip(rm.read(model), tmp_path, kind)
    tasks = [task for task in ask(found.file) if task["name"] and task["hours"] is not None]
    rows = sorted([task["name"], task["start"], task["finish"], len(task["after"])] for task in tasks)
    parts = slice(3 if kind == "xer" else 4)  # mpxj leaves links out that lead to a project further down
    assert [row[parts] for row in rows] == [row[parts] for row in sorted(expected(found.plan))]


def expected(plan):
    """Yield the name, the dates and the number of different links of every activity."""
    program = plan.program
    for path, activity in plan.program.activities().items():
        known, progress = plan.dates.get(path), activity.progress
        start = progress.started.at if progress is not None else known.early_start
        finish = progress.finished.at if progress is not None and progress.finished else known.early_finish
        home = program.project_of(path)
        links = {(program.path(link.activity, home), link.type) for link in activity.after}
        yield [activity.name, *(f"{at:%Y-%m-%dT%H:%M}" for at in (start, finish)), len(links)]
