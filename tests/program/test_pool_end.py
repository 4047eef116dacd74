"""Pools that end: work that begins too late for its pool in every iteration is refused before a run."""

from __future__ import annotations

from typing import Any

import pytest

import riskmc as rm
from riskmc.errors import DeadlockError
from riskmc.program.pool_end import ends
from riskmc.program.reference import faults

CREW: dict[str, Any] = {"capacity": 2, "staffing": {"2027-02-01": 0}}


def program(lift: dict[str, Any], crew: dict[str, Any] | None = None, **words: Any) -> rm.Program:
    """Return digging, then lifting by a crew of two."""
    work = {"dig": {"duration": "uniform(5d 30d)"}, "lift": {"duration": "3d", "uses": {"crew": 2}, **lift}}
    pools = {"crew": CREW if crew is None else crew}
    return rm.Program(program="X", start="2027-01-04", projects={"p": {"activities": work}}, resources=pools, **words)


def told(found: rm.Program) -> str:
    return "\n".join(f"{place}: {text}" for place, text in faults(found))


def test_work_that_begins_after_its_pool_has_ended_is_refused_with_pool_date_rule_and_place():
    assert told(program({"start_no_earlier_than": "2027-03-01"})) == (
        "projects.p.activities.lift.uses.crew: needs 2 crew on 2027-03-01 or later, and `resources.crew.staffing` "
        "leaves no more than 0 from 2027-02-01 on: it can never start"
    )


@pytest.mark.parametrize("lift", [
    {"start_no_earlier_than": "2027-02-01"},
    {"after": "dig", "start_no_earlier_than": "2027-06-01"},
    {"approval": {"by": {"crew": 1}, "takes": "1d"}, "start_no_earlier_than": "2027-06-01"},
])  # fmt: skip
def test_the_day_on_which_it_ends_is_too_late(lift: dict[str, Any]):
    assert "it can never start" in told(program(lift))


def test_dates_of_what_comes_before_count_and_those_that_leads_pull_ahead_do_not():
    late = {"dig": {"duration": "5d", "start_no_earlier_than": "2027-03-01"}}
    for after, fault in (("dig", True), ("dig SS+2d", True), ("dig FS-60d", False), ("dig FF", False)):
        work = {**late, "lift": {"duration": "3d", "uses": {"crew": 2}, "after": after}}
        found = rm.Program(
            program="X", start="2027-01-04", projects={"p": {"activities": work}}, resources={"crew": CREW}
        )
        assert ("it can never start" in told(found)) == fault, after


@pytest.mark.parametrize(("lift", "crew"), [
    ({"start_no_earlier_than": "2027-01-31"}, CREW),
    ({"start_no_earlier_than": "2027-03-01", "exists": "50%"}, CREW),
    ({"start_no_earlier_than": "2027-03-01"}, {"capacity": 2, "staffing": {"2027-02-01": 0, "2028-01-01": 2}}),
    ({"start_no_earlier_than": "2027-03-01"}, {"capacity": 1, "staffing": {"2027-02-01": 2}}),
    ({"progress": {"started": "2027-01-04", "remaining": "2d"}, "start_no_earlier_than": "2027-03-01"}, CREW),
])  # fmt: skip
def test_what_may_have_its_units_is_left_to_the_run(lift: dict[str, Any], crew: dict[str, Any]):
    assert told(program(lift, crew)) == ""


def test_a_pool_that_a_policy_adds_to_is_left_to_the_run():
    more = {"add_units": {"resource": "crew", "units": 2, "lead": "5d"}}
    policy = {"review": "20d", "when": {"later_than": "2027-02-01"}, "do": more}
    assert told(program({"start_no_earlier_than": "2027-03-01"}, policies={"more": policy})) == ""


def test_a_pool_ends_where_it_never_again_has_enough():
    crew = rm.Resource(capacity=3, staffing={"2027-02-01": 1, "2027-03-01": 2, "2027-04-01": 1})
    assert ends(crew, 1) is None
    assert [str(ends(crew, units)[0]) for units in (2, 3)] == ["2027-04-01", "2027-02-01"]
    assert ends(crew, 3)[1] == 2


def test_a_plan_whose_pool_ends_too_early_is_refused_by_name_before_the_run(tmp_path):
    file = tmp_path / "crew.yaml"
    file.write_text(
        "program: X\nstart: 2027-01-04\nresources:\n  crew:\n    capacity: 2\n    staffing: {2027-02-01: 1}\n"
        "projects:\n  p:\n    activities:\n      dig: {duration: uniform(5d 90d)}\n"
        "      lift: {duration: 3d, after: dig, uses: {crew: 2}}\n",
        encoding="utf-8",
    )
    with pytest.raises(DeadlockError) as error:
        rm.simulate(file, 10)
    assert str(error.value) == (
        f"{file}:6: resources.crew.staffing: the plan can never finish: p.lift needs 2 of crew (1 free, and by its "
        "staffing plan never more than 1 from 2027-02-01 on)"
    )
