"""Rules on dates: constraints that would clip the simulation, and dates that hold work back."""

import pytest

from checked import found, places, program


def constrained(**words):
    return program({"a": {"duration": "10d"}, "b": {"duration": "10d", "after": ["a"], **words}})


@pytest.mark.parametrize("word", ["start_on", "finish_on", "mandatory_start", "mandatory_finish"])
def test_a_fixed_date_is_a_hard_constraint(word):
    (hard,) = found("hard-constraint", constrained(**{word: "2027-03-01"}))
    assert hard.place == "p.b"
    assert hard.detail == f"{word.replace('_', ' ')} 2027-03-01"


def test_as_late_as_possible_and_must_finish_by_are_hard_constraints():
    assert places("hard-constraint", constrained(as_late_as_possible=True)) == ["p.b"]
    project = {"must_finish_by": "2027-03-01", "activities": {"a": {"duration": "10d"}}}
    assert places("hard-constraint", program({}, projects={"p": project})) == ["p"]


@pytest.mark.parametrize("word", ["start_no_earlier_than", "finish_no_earlier_than", "finish_no_later_than"])
def test_a_date_that_logic_can_move_is_no_hard_constraint(word):
    assert places("hard-constraint", constrained(**{word: "2027-03-01"})) == []


def test_a_date_for_a_start_that_has_happened_is_no_finding():
    begun = constrained(mandatory_start="2027-01-04", progress={"started": "2027-01-04"}).but(data_date="2027-01-06")
    assert places("hard-constraint", begun) == []


@pytest.mark.parametrize("word", ["start_no_later_than", "finish_no_later_than"])
def test_a_no_later_than_date_is_told_as_a_limit_on_float_only(word):
    assert places("late-limit", constrained(**{word: "2027-03-01"})) == ["p.b"]
    assert places("late-limit", constrained()) == []


@pytest.mark.parametrize("date, holds", [("2027-01-13", 0), ("2027-01-14", 1), ("2027-02-01", 1)])
def test_an_earliest_date_holds_work_where_logic_would_start_it_no_later(date, holds):
    assert places("holding-date", constrained(start_no_earlier_than=date)) == ["p.b"] * holds
