"""Conversions: by the ending of a file, with a sentence for each kind of thing that it does not hold."""

import pytest

import riskmc as rm
from mspdi_plans import link, read, task
from rendering import MODELS
from riskmc.analysis.conversion.converting import converted
from riskmc.errors import ArgumentError
from xer_plans import DATA

FERRY = next(model for model in MODELS if model.parent.name == "ferry")
PLAIN = rm.Program(
    program="Plain", start="2027-01-04", currency="EUR",
    projects={"p": {"activities": {"a1": {"duration": "2d"}, "b1": {"duration": "3d", "after": ["a1 SS+1d"]}}}},
)  # fmt: skip


def sentences(program, to):
    return [str(loss) for loss in converted(program, to).losses]


@pytest.mark.parametrize("to", ["a.yaml", "a.yml", "a.xlsx", "a.csv", "a.xer", "a.xml", "a.XER"])
def test_a_plain_program_comes_back_from_every_format(to, tmp_path):
    made = converted(PLAIN, to)
    file = tmp_path / to
    file.write_bytes(made.content)
    durations = [activity.duration.plan.value for activity in rm.read(file).activities().values()]
    assert durations in ([2, 3], [16, 24])
    assert made.losses == ()


@pytest.mark.parametrize("to", ["a.yaml", "a.xlsx"])
def test_program_file_and_workbook_hold_all_of_a_program(to, tmp_path):
    program = rm.read(FERRY)
    made = converted(program, to)
    (tmp_path / to).write_bytes(made.content)
    assert made.losses == ()
    assert made.kept is None
    assert rm.read(tmp_path / to) == program


def test_a_program_over_a_plan_stands_alone_and_says_what_it_leaves(tmp_path):
    program = rm.read(next(model for model in MODELS if model.parent.name == "tunnel"))
    made = converted(program, "a.yaml")
    (tmp_path / "a.yaml").write_bytes(made.content)
    back = rm.read(tmp_path / "a.yaml")
    assert back.plan is None
    assert back.projects == program.projects
    assert [str(loss) for loss in made.losses] == [
        "the dates that Primavera P6 stored are left out: `verify` needs the plan itself",
        "planned costs of work that has begun, which Primavera P6 stored, are left out "
        "(21 in all: OWN.O1010, OWN.O1020, OWN.O1030, ...)",
    ]


def test_what_a_planning_tool_does_not_hold_is_said_with_numbers_and_the_first_items():
    told = sentences(rm.read(FERRY), "a.xer")
    assert "risks are left out (10 in all: appeal, soft_clay, cells_late, ...)" in told
    assert "schedule margin is written as work (service.reserve)" in told
    assert "ranges of lags are written as their most likely value; into (vessel.outfitting)" in told
    assert "the cost of delay is left out" in told


def test_level_of_effort_is_held_by_p6_and_not_by_microsoft_project():
    sentence = "level of effort is written as work with a constraint at its start (vessel.supervision)"
    assert sentence in sentences(rm.read(FERRY), "a.xml")
    assert sentence not in sentences(rm.read(FERRY), "a.xer")


@pytest.mark.parametrize("to", ["a.xer", "a.xml", "a.csv"])
def test_no_word_of_the_other_engine_is_lost_in_silence(to):
    told = sentences(rm.read(DATA.parent / "behaviours.yaml"), to)
    for sentence in (
        "changes of scope are left out (change-requests, creep)",
        "policies of managers are left out (4 in all: overtime, surge, crash, ...)",
        "the rule by which funding binds is left out",
        "quality gates are left out (build.tests, build.accept)",
        "approvals are left out (build.accept)",
        "priorities of activities are left out (build.tests)",
        "priorities of projects are left out (build)",
        "rules of pre-emption and of paused work are left out (build.tests, build.accept)",
        "staffing plans are left out: resources have the capacity of their first day (testers)",
        "turnover of resources is left out (testers)",
        "ramp-up of resources is left out (testers)",
        "outages of resources are left out (testers)",
        "pre-emption of resources is left out (testers)",
    ):
        assert sentence in told


def test_names_that_are_cut_are_said():
    activities = {"a" * 50: {"duration": "1d", "name": "n" * 130}}
    long = rm.Program(program="Long", start="2027-01-04", projects={"p": {"activities": activities}})
    told = sentences(long, "a.xer")
    assert f"names of more than 40 characters are cut; of the activity ({'a' * 30}...)" in told
    assert f"names of more than 120 characters are cut; of the activity ({'n' * 30}...)" in told
    assert sentences(long, "a.xml") == []


def test_constraints_beyond_the_room_for_them_are_said():
    limits = {
        "start_no_earlier_than": "2027-01-05",
        "finish_no_earlier_than": "2027-01-08",
        "start_no_later_than": "2027-02-01",
    }
    program = rm.Program(
        program="Limits", start="2027-01-04", projects={"p": {"activities": {"a": {"duration": "2d", **limits}}}}
    )
    assert sentences(program, "a.xer") == ["constraints beyond the first 2 of an activity are left out (p.a)"]
    assert sentences(program, "a.xml") == ["constraints beyond the first of an activity are left out (p.a)"]


def test_the_file_is_scheduled_anew_and_says_how_many_dates_stay():
    assert converted(PLAIN, "a.xer").kept == type(converted(PLAIN, "a.xer").kept)(2, 2, 2, ())
    late = rm.Program(
        program="Late", start="2027-01-04",
        projects={"p": {"must_finish_by": "2027-03-01", "activities": {"a": {"duration": "2d"}}}},
    )  # fmt: skip
    kept = converted(late, "a.xml").kept
    assert (kept.early, kept.all, kept.compared) == (1, 0, 1)


DONE = {
    "ActualStart": "2027-01-04T08:00:00", "ActualFinish": "2027-01-04T17:00:00", "PercentComplete": 100,
    "RemainingDuration": "PT0H0M0S", "Start": "2027-01-04T08:00:00", "Finish": "2027-01-04T17:00:00",
}  # fmt: skip
BEGUN = {
    "ActualStart": "2027-01-04T08:00:00", "PercentComplete": 50, "RemainingDuration": "PT8H0M0S",
    "Resume": "2027-01-05T08:00:00", "Start": "2027-01-04T08:00:00",
}  # fmt: skip
STATUS = "2027-02-01T08:00:00"
UNDER_WAY = {
    "ActualStart": "2027-01-04T08:00:00", "PercentComplete": 40, "RemainingDuration": "PT24H0M0S",
    "Resume": "2027-01-06T08:00:00", "Start": "2027-01-04T08:00:00",
}  # fmt: skip


@pytest.mark.parametrize(
    ("first", "date"),
    [({}, "2027-01-04 08:00"), (BEGUN, "2027-01-05 08:00"), (DONE, "2027-01-05 08:00")],
    ids=["planned", "begun", "done"],
)
def test_a_plan_of_project_behind_its_status_date_keeps_its_dates_in_p6(tmp_path, first, date):
    """Two days from Mon 4 January, one done or not, then two more, under a status date four weeks later."""
    plan = read(tmp_path, task(1, 8 if first is DONE else 16, **first), task(2, 16, link(1)), StatusDate=STATUS)
    made = converted(plan, "a.xer")
    assert (made.kept.early, made.kept.all) == (made.kept.compared, made.kept.compared)
    (loss,) = made.losses
    assert str(loss).startswith(f"the data date is {date}, not the status date: P6 pushes past it")
    (tmp_path / "a.xer").write_bytes(made.content)
    assert str(rm.read(tmp_path / "a.xer").projects["Plan"].data_date).replace("T", " ") == date
    assert converted(plan, "a.xml").losses == ()


def test_why_work_behind_the_status_date_moves_in_p6_is_said_where_something_happened_since(tmp_path):
    """Task 3 stands at the 4th, before the end of task 1, so that no data date has both behind and before it."""
    made = converted(read(tmp_path, task(1, 8, **DONE), task(2, 16, link(1)), task(3, 4), StatusDate=STATUS), "a.xer")
    assert made.kept.early == 0
    (loss,) = made.losses
    assert str(loss).endswith("by P6, where Microsoft Project lets it stand (Plan.2 Task 2, Plan.3 Task 3)")
    assert made.kept.moved == ("Plan.2 Task 2", "Plan.3 Task 3")


@pytest.mark.parametrize("to", ["a.xer", "a.xml"])
def test_a_link_from_the_start_of_a_summary_is_written_from_the_first_of_its_work(tmp_path, to):
    """3 starts on the 4th and 2 after it, on the 6th: 4 follows 3 by a day, for no file says which comes first."""
    rows = (task(1, 0, Summary=1), task(2, 16, link(3), level=2), task(3, 16, level=2), task(4, 8, link(1, "SS", 8)))
    made = converted(read(tmp_path, *rows), to)
    (loss,) = made.losses
    assert str(loss).endswith("are written from today's first; into (Plan.4 Task 4)")
    assert (made.kept.early, made.kept.all) == (3, 3)
    (tmp_path / to).write_bytes(made.content)
    last = [one for one in rm.read(tmp_path / to).activities().values() if one.name == "Task 4"]
    assert [len(one.after) for one in last] == [1]


@pytest.mark.parametrize("to", ["a.xer", "a.xml", "a.csv"])
def test_what_is_written_twice_is_the_same_program(tmp_path, to):
    """Begun work under a summary, a percentage lag, elapsed work: a second trip through a file changes nothing."""
    rows = (
        task(1, 0, Summary=1, WBS="A"), task(7, 40, level=2, WBS="A.1", FixedCost=40000, Cost=40000, **UNDER_WAY),
        task(3, 16, link(7, "FS", 50, 19), level=2, WBS="A.2"), task(9, 24, link(3), WBS="B", DurationFormat=8),
    )  # fmt: skip
    back = []
    for program in (read(tmp_path, *rows, StatusDate="2027-01-06T08:00:00"), None):
        (tmp_path / to).write_bytes(converted(program or back[-1], to).content)
        back.append(rm.read(tmp_path / to))
    first, second = (program.model_copy(update={"notes": ()}) for program in back)
    assert first == second
    assert [one.wbs for one in first.activities().values()] == {"a.xer": ["A", "A", None]}.get(to, ["A.1", "A.2", "B"])


def test_a_plan_of_project_keeps_its_uids_and_its_numbers_of_the_outline(tmp_path):
    """The file has tasks 1, a summary, 7 and 3; their own numbers in the WBS are below its."""
    rows = (task(1, 0, Summary=1, WBS="1"), task(7, level=2, WBS="1.1"), task(3, 8, link(7), level=2, WBS="1.2"))
    plan = read(tmp_path, *rows)
    (tmp_path / "a.xml").write_bytes(converted(plan, "a.xml").content)
    again = rm.read(tmp_path / "a.xml")
    assert [*again.activities()] == ["Plan.7", "Plan.3"]
    kept = ("name", "wbs", "duration", "after", "codes")
    for path, activity in plan.activities().items():
        assert [getattr(again.activities()[path], word) for word in kept] == [getattr(activity, word) for word in kept]


@pytest.mark.parametrize("to", ["a.xer", "a.xml", "a.csv"])
def test_a_range_that_begins_below_nothing_is_written_from_nothing_on_and_can_be_read_back(tmp_path, to):
    """Percentiles 1 d and 40 d about 5 d: the triangle through them begins below nothing."""
    work = {"duration": {"plan": "5d", "range": "triangular(p10=1d mode=5d p90=40d)"}}
    program = rm.Program(program="Wide", start="2027-01-04", projects={"p": {"activities": {"a": work}}})
    made = converted(program, to)
    assert any(loss.sentence == "ranges that begin below nothing are written from nothing on" for loss in made.losses)
    (tmp_path / to).write_bytes(made.content)
    (back,) = rm.read(tmp_path / to).activities().values()
    assert back.duration.range.parameters[0][1].value == 0


@pytest.mark.parametrize("to", ["a.xer", "a.xml"])
def test_a_project_may_be_called_as_a_section_of_a_program_is(tmp_path, to):
    words = {"projects": {"works": {"activities": {"a": {"duration": "1d"}}}}}
    content = converted(rm.Program(program="risks", start="2027-01-04", **words), to).content
    (tmp_path / to).write_bytes(content.replace(b"\tworks\t", b"\trisks\t"))
    assert [*rm.read(tmp_path / to).projects] == ["risks_"]


def test_strict_refuses_what_would_be_left_out_and_names_it():
    with pytest.raises(ArgumentError, match=r"does not hold all of the program \(--strict\):\n  risks are left out"):
        converted(rm.read(FERRY), "a.xer", strict=True)
    assert converted(PLAIN, "a.xer", strict=True).content


def test_a_scenario_is_applied_first():
    program = rm.read(FERRY)
    name = next(iter(program.scenarios))
    assert converted(program, "a.yaml", scenario=name).program == program.scenario(name)


def test_an_unknown_ending_is_refused():
    with pytest.raises(ArgumentError, match=r"a program becomes one of .* got '.xlx'; did you mean '.xlsx'"):
        converted(PLAIN, "a.xlx")


def test_a_table_is_read_with_links_and_without_formulas():
    names = {"=cmd()": "a1", "@sum(A1)": "b1", "<script>": "c1"}
    activities = {code: {"name": name, "duration": "2d", "after": []} for name, code in names.items()}
    program = rm.Program(program="Hostile", start="2027-01-04", projects={"p": {"activities": activities}})
    lines = converted(program, "a.csv").content.decode().splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == ["'=cmd()", "'@sum(A1)", "'<script>"]


def test_a_plan_of_our_own_keeps_all_its_dates_from_xer_to_xer():
    kept = converted(rm.read(DATA / "progress.xer"), "a.xer").kept
    assert kept.compared > 0
    assert kept.all == kept.compared
