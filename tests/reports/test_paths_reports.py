"""Critical paths and replays as text and as JSON: the same numbers, the keys of the page, names that do no harm."""

import json

import pytest

import riskmc as rm
from pictured import HOSTILE, RIGHT_TO_LEFT, ferry
from recorded import named_on, not_in, undescribed
from riskmc.forecast.figures import chance
from riskmc.reports.answers.iteration import tell_iteration
from riskmc.reports.answers.paths import tell_paths
from riskmc.reports.records.iteration import compose_iteration, dumps_iteration
from riskmc.reports.records.paths import compose_paths, dumps_paths
from riskmc.reports.records.provenance import provenance_of


@pytest.fixture(scope="module")
def found():
    return rm.paths(ferry())


@pytest.fixture(scope="module")
def replay():
    return rm.iteration(ferry(), at=0.80)


def plan(activities, **sections):
    return rm.Program(program="Told", start="2027-01-04", projects={"p": {"activities": activities}}, **sections)


def test_the_first_sentence_counts_the_paths_and_names_the_one_behind(found):
    told = tell_paths(found).split("\n\n")[0].replace("\n", " ")
    assert told.startswith(
        f"{len(found)} critical paths; the most frequent sets the finish in {chance(found[0].share)}"
    )
    assert f"Behind P80 it is most often {'the same' if found.behind.number == 1 else 'no.'}" in told


def test_no_line_is_wider_than_eighty_columns(found, replay):
    for text in (tell_paths(found, 9), tell_iteration(replay)):
        assert max(map(len, text.splitlines())) <= 80


def test_the_first_path_is_listed_and_the_others_by_their_difference(found):
    told = tell_paths(found, 3)
    assert "Path 1  " in told
    assert "Path 2: as path 1, " in told
    assert f"and {len(found) - 3:,} more paths" in told


def test_keys_are_those_of_the_page(found, replay):
    known = set(provenance_of(ferry()))
    assert undescribed(compose_paths(found), "paths", known) == set()
    identified = ("projects", "risks", "choices", "activities")
    assert undescribed(compose_iteration(replay), "paths", known, identified) == set()
    words = named_on("paths", "## The records")
    ours = {word for word in words if word.startswith(("paths[", "activities["))}
    assert len(ours) == 10
    assert not_in(compose_paths(found), ours) == set()
    theirs = {word for word in words if word.startswith(("sizes[", "links[", "projects.", "risks.", "activities.{"))}
    assert len(theirs) == 11
    assert not_in(compose_iteration(replay), theirs, identified) == set()


def test_numbers_are_those_of_the_result(found):
    record = json.loads(dumps_paths(found, 3))
    assert len(record["paths"]) == 3
    assert record["paths"][0]["activities"] == list(found[0].activities)
    assert record["paths"][1]["share"]["high"] == pytest.approx(found[1].share.high, abs=1e-9)
    assert record["distinct_paths"] == len(found)
    assert record["near"] == 50
    assert dumps_paths(found) == dumps_paths(rm.paths(ferry()))


def test_the_replay_is_told_with_its_risks_and_its_path(replay):
    told = tell_iteration(replay)
    struck = sum(replay.occurred.values())
    assert told.startswith(f"Iteration {replay.number:,}, the P80: finish {replay.day(replay.finish)}")
    assert f"{struck} of {len(replay.occurred)} risks struck." in told.replace("\n", " ")
    table = told[told.index("Critical path") :]
    rows = table[: table.index("\n\n")].splitlines()[1:]
    assert len(rows) == len(replay.critical_path)


def test_the_replay_as_json_has_every_activity(replay):
    record = json.loads(dumps_iteration(replay))
    assert set(record["activities"]) == set(replay.activity)
    assert record["finish"] == replay.finish.isoformat(timespec="minutes")
    assert record["cost"] == round(replay.cost, 2)
    assert record["iteration_percentile"] == 0.8


def test_one_iteration_alone_says_which_it_is():
    told = tell_iteration(rm.iteration(plan({"a": {"duration": "uniform(5d 9d)"}}), 17))
    assert told.splitlines()[0].startswith("Iteration 17: finish ")
    assert "there are no risks" in told
    assert "iteration 17, seed 1, program " in told


def test_a_plan_has_one_path_and_says_so():
    told = {"a": {"duration": "5d"}, "b": {"duration": "5d", "after": ["a"]}}
    text = tell_paths(rm.paths(rm.simulate(plan(told), iterations=30)))
    assert text.startswith("One critical path: this is a plan, not a forecast")
    assert "always" in text


@pytest.mark.parametrize("name", [*HOSTILE, RIGHT_TO_LEFT])
def test_hostile_names_do_no_harm(name):
    told = {x: {"name": name, "duration": "uniform(5d 9d)"} for x in "ab"}
    risk = {"name": name, "probability": "99%", "impacts": [{"on": ["a"], "duration": "x1.2"}]}
    trials = rm.simulate(plan(told, risks={"r": risk}), iterations=50)
    for text in (tell_paths(rm.paths(trials)), tell_iteration(rm.iteration(trials, at=0.5))):
        assert "\u202e" not in text
        assert max(map(len, text.splitlines())) <= 80


def test_the_costs_of_the_projects_and_of_the_rest_are_those_of_the_iteration(replay):
    told = tell_iteration(replay)
    table = told[told.index("Project  ") :].partition("\n\n")[0].splitlines()[1:]
    assert table[-1].startswith("Program (no project) ")
    costs = [float(row.split("EUR ")[1].rstrip("M")) for row in table]
    assert sum(costs) == pytest.approx(replay.cost / 1e6, abs=0.01 * len(costs))
