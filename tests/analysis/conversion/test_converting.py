"""Conversions: by the ending of a file, with a sentence for each kind of thing that it does not hold."""

import pytest

import riskmc as rm
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
        "(21: OWN.O1010, OWN.O1020, OWN.O1030, ...)",
    ]


def test_what_a_planning_tool_does_not_hold_is_said_with_numbers_and_the_first_items():
    told = sentences(rm.read(FERRY), "a.xer")
    assert "risks are left out (10: appeal, soft_clay, cells_late, ...)" in told
    assert "schedule margin is written as work (1: service.reserve)" in told
    assert "ranges of lags are written as their most likely value; into (1: vessel.outfitting)" in told
    assert "the cost of delay is left out" in told


def test_level_of_effort_is_held_by_p6_and_not_by_microsoft_project():
    sentence = "level of effort is written as work with a constraint at its start (1: vessel.supervision)"
    assert sentence in sentences(rm.read(FERRY), "a.xml")
    assert sentence not in sentences(rm.read(FERRY), "a.xer")


@pytest.mark.parametrize("to", ["a.xer", "a.xml", "a.csv"])
def test_no_word_of_the_other_engine_is_lost_in_silence(to):
    told = sentences(rm.read(DATA.parent / "behaviours.yaml"), to)
    for sentence in (
        "changes of scope are left out (2: change-requests, creep)",
        "policies of managers are left out (4: overtime, surge, crash, ...)",
        "the rule by which funding binds is left out",
        "quality gates are left out (2: build.tests, build.accept)",
        "approvals are left out (1: build.accept)",
        "priorities of activities are left out (1: build.tests)",
        "priorities of projects are left out (1: build)",
        "rules of pre-emption and of paused work are left out (2: build.tests, build.accept)",
        "staffing plans are left out: resources have the capacity of their first day (1: testers)",
        "turnover of resources is left out (1: testers)",
        "ramp-up of resources is left out (1: testers)",
        "outages of resources are left out (1: testers)",
        "pre-emption of resources is left out (1: testers)",
    ):
        assert sentence in told


def test_names_that_are_cut_are_said():
    activities = {"a" * 50: {"duration": "1d", "name": "n" * 130}}
    long = rm.Program(program="Long", start="2027-01-04", projects={"p": {"activities": activities}})
    told = sentences(long, "a.xer")
    assert f"names of more than 40 characters are cut; of the activity (1: {'a' * 30}...)" in told
    assert f"names of more than 120 characters are cut; of the activity (1: {'n' * 30}...)" in told
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
    assert sentences(program, "a.xer") == ["constraints beyond the first 2 of an activity are left out (1: p.a)"]
    assert sentences(program, "a.xml") == ["constraints beyond the first of an activity are left out (1: p.a)"]


def test_the_file_is_scheduled_anew_and_says_how_many_dates_stay():
    assert converted(PLAIN, "a.xer").kept == type(converted(PLAIN, "a.xer").kept)(2, 2, 2, ())
    late = rm.Program(
        program="Late", start="2027-01-04",
        projects={"p": {"must_finish_by": "2027-03-01", "activities": {"a": {"duration": "2d"}}}},
    )  # fmt: skip
    kept = converted(late, "a.xml").kept
    assert (kept.early, kept.all, kept.compared) == (1, 0, 1)


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
