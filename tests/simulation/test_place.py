"""Places: what `at` may name, and which targets stand where."""

import pytest

import fabricated
from riskmc.errors import ArgumentError
from riskmc.simulation.place import PROGRAM, cost_targets, finish_targets, is_program_finish, name_of, resolve


@pytest.mark.parametrize(
    "at, place",
    [
        (None, PROGRAM),
        ("design", "design"),
        ("build.open", "build.open"),
        ("open", "build.open"),
        ("Commitment", "build.open"),
        ("Approved budget", PROGRAM),
    ],
)
def test_a_place_is_a_project_an_activity_or_that_of_a_target(at, place):
    assert resolve(fabricated.program(), at) == place


def test_what_is_no_place_is_refused_with_the_nearest_known():
    with pytest.raises(ArgumentError, match=r"'build\.opn' is no project, activity or target: .* 'build\.open'"):
        resolve(fabricated.program(), "build.opn")


def test_the_program_finishes_with_the_activity_that_it_names():
    assert is_program_finish(fabricated.program(), "build.open")
    assert not is_program_finish(fabricated.program(), "build")
    assert not is_program_finish(fabricated.program(finish=None), "build.open")


def test_targets_stand_at_their_place_and_program_dates_with_the_program_too():
    program = fabricated.program()
    assert [target.name for target in finish_targets(program, PROGRAM)] == ["Open to public", "Commitment"]
    assert [target.name for target in finish_targets(program, "build.open")] == ["Open to public", "Commitment"]
    assert [target.name for target in cost_targets(program, PROGRAM)] == ["Approved budget"]
    assert finish_targets(program, "design") == cost_targets(program, "design") == []


def test_names_are_those_that_people_use():
    program = fabricated.program()
    assert [name_of(program, place) for place in (PROGRAM, "design", "build", "build.dig", "build.line")] == [
        "Harbour Tunnel",
        "Detailed design",
        "build",
        "build.dig",
        "Line the tunnel",
    ]
