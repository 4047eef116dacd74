"""What is made together is seen from the names, before anything is tried."""

from changed_programs import program, words
from riskmc.analysis.diff.differing import program_changes
from riskmc.analysis.diff.grouping import ChangeGroup, gathered, grouped
from riskmc.program.program import Program

BASE = program()


def groups(new: Program, old: Program = BASE) -> list[ChangeGroup]:
    changes, parts = program_changes(old, new)
    return grouped(changes, *parts, reordered=False)


def painted() -> Program:
    told = words()
    told["projects"]["works"]["activities"]["paint"] = {"duration": "8d", "after": ["deck"]}
    told["projects"]["works"]["activities"]["rail"]["after"] = ["paint"]
    told["risks"]["rain"] = {"probability": "50%", "impacts": [{"on": "paint", "duration": "+ 10d"}]}
    told["risks"]["clay"]["probability"] = "60%"
    return Program(**told)


def test_what_names_an_activity_that_comes_or_goes_goes_with_it():
    for found in (groups(painted()), groups(BASE, painted())):
        assert sorted(len(group.pieces) for group in found) == [1, 4]


def test_an_activity_on_a_choice_goes_with_a_change_of_its_outcomes():
    told = words(choices={"ground": {"rock": "30%", "sand": "50%", "mud": "20%"}})
    told["projects"]["site"]["activities"]["drain"] = {"duration": "9d", "after": ["dig"], "when": "ground = mud"}
    (group,) = groups(Program(**told))
    assert {piece.section for piece in group.pieces} == {"choices", "activities", "links"}


def test_promises_and_words_are_in_no_group():
    assert groups(program(targets=[], assumptions=[], risks__clay__owner="Geologist")) == []


def test_beyond_a_limit_those_of_one_kind_and_project_are_one_then_those_of_a_kind():
    told = words()
    for home, name in (("site", "dig"), ("site", "piles"), ("works", "deck"), ("works", "rail")):
        told["projects"][home]["activities"][name]["duration"] = "33d"
    new = Program(**told)
    names = [[group.name for group in gathered(groups(new), new, most)] for most in (4, 3, 1)]
    assert names[0][0] == "activity site.dig: duration"
    assert names[1] == ["changes of activities in Site", "changes of activities in works"]
    assert names[2] == ["changes of activities"]
