"""Delays in a plan's stored dates are kept: by a link to work on the same resource, or by an earliest start."""

from datetime import datetime

import pytest

import riskmc as rm
from riskmc.forecast.instant import instant_of
from riskmc.program.stored import Stored, StoredDates, keeps_delays, plan_of, remember_stored, stored_of
from stored_plans import task, written


def day(number, clock=8):
    return datetime(2027, 1, number, clock)


def plan(*stored, uses=("A", "B"), **activities):
    """Return a plan of work on one crew; ``stored`` is (code, first day, last day) of January 2027."""
    known = {"A": {"duration": "5d"}, "B": {"duration": "5d"}, **activities}
    for code in uses:
        known[code] = {**known[code], "uses": {"crew": 1}}
    program = rm.Program(
        program="Demo", start="2027-01-04", projects={"P": {"activities": known}},
        resources={"crew": {"capacity": 1, "from_plan": True}, "crane": {"capacity": 1, "from_plan": True}},
    )  # fmt: skip
    dates = {f"P.{code}": StoredDates(early_start=day(a), early_finish=day(b, 17)) for code, a, b in stored}
    remember_stored(program, Stored("demo.xer", "Primavera P6", dates))
    return program


LEVELLED = (("A", 4, 8), ("B", 11, 15))  # B could start on the 4th; it waits for the crew that A has till the 8th


def planned(program, path):
    """Return the day on which the plan starts an activity."""
    return instant_of(rm.simulate(program, 1).plan.activity_start[path])


def test_work_waits_for_the_work_that_has_its_resource_until_then():
    kept = rm.keep_delays(plan(*LEVELLED))
    assert list(map(str, kept.activities()["P.B"].after)) == ["P.A"]
    assert kept.activities()["P.B"].start_no_earlier_than is None
    assert planned(kept, "P.B") == day(11)


def test_a_longer_predecessor_then_moves_it_and_an_earliest_start_alone_would_not():
    kept = rm.keep_delays(plan(*LEVELLED))
    longer = kept.scenario(rm.Scenario(set={"P.A.duration": "7d"}))
    assert planned(longer, "P.B") == day(13)


def test_work_on_another_resource_starts_no_earlier_than_stored():
    kept = rm.keep_delays(plan(*LEVELLED, uses=("A",)))
    assert kept.activities()["P.B"].after == ()
    assert str(kept.activities()["P.B"].start_no_earlier_than.date) == "2027-01-11T08:00"
    assert planned(kept, "P.B") == day(11)


def test_work_that_ends_at_another_time_is_not_waited_for():
    """B stands on the 12th; A ended on the 8th, not on the evening before."""
    kept = rm.keep_delays(plan(("A", 4, 8), ("B", 12, 18)))
    assert kept.activities()["P.B"].after == ()
    assert planned(kept, "P.B") == day(12)


def test_no_link_closes_a_loop():
    """A may begin up to five days before B does, so that B cannot wait for A."""
    program = plan(("A", 4, 8), ("B", 11, 15), A={"duration": "5d", "after": ["B SS-5d"]})
    kept = rm.keep_delays(program)
    assert kept.activities()["P.B"].after == ()
    assert planned(kept, "P.B") == day(11)


def test_a_slip_of_an_earliest_start_stays_when_its_date_moves():
    slipping = {"duration": "5d", "start_no_earlier_than": {"date": "2027-01-05", "slip": "triangular(0d 1d 2d)"}}
    kept = rm.keep_delays(plan(("A", 4, 8), ("B", 13, 19), uses=(), B=slipping))
    held = kept.activities()["P.B"].start_no_earlier_than
    assert str(held.date) == "2027-01-13T08:00"
    assert held.slip is not None


def test_a_plan_without_delays_stays_as_it_is():
    program = plan(("A", 4, 8), ("B", 4, 8))
    assert rm.keep_delays(program) is program


def test_a_program_without_a_plan_stays_as_it_is():
    dig = {"dig": {"duration": "5d"}}
    program = rm.Program(program="Shed", start="2027-01-04", projects={"p": {"activities": dig}})
    assert rm.keep_delays(program) is program


@pytest.mark.parametrize(
    "uses, how", [(("A", "B"), "1 by links to work on the same resource"), ((), "1 by earliest starts")]
)
def test_a_note_says_what_is_kept(uses, how):
    told = "1 activity keeps the delay in the plan's own dates, 5 working days in all"
    assert rm.keep_delays(plan(*LEVELLED, uses=uses)).notes == (f"{told}: {how}",)


def test_the_plan_below_stays_what_the_tool_stored():
    program = plan(*LEVELLED)
    kept = rm.keep_delays(program)
    assert plan_of(kept) is program
    assert stored_of(kept) is None
    assert keeps_delays(kept)
    assert not keeps_delays(program)
    assert keeps_delays(kept.scenario(rm.Scenario(set={"P.A.duration": "7d"})))


def test_an_overlay_keeps_the_delays_of_its_plan_beside_its_own_words(tmp_path):
    written(tmp_path / "plan.xer", [task("A", 5, "4 08:00, 8 17:00"), task("B", 3, "13 08:00, 15 17:00")], ["A B"])
    (tmp_path / "over.yaml").write_text(
        "riskmc: 1\nprogram: Over\nplan: plan.xer\n"
        "projects: {PLAN: {activities: {B: {duration: triangular(2d 3d 9d)}}}}\n"
    )
    kept = rm.keep_delays(rm.read(tmp_path / "over.yaml"))
    assert str(kept.activities()["PLAN.B"].start_no_earlier_than.date) == "2027-01-13T08:00"
    assert kept.activities()["PLAN.B"].duration.range is not None
    assert "1 activity keeps the delay" in kept.notes[-1]
