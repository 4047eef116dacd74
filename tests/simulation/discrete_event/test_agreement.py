"""The two engines on the same draws (D0), and the two implementations of the second one, event by event."""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import assume, given, settings

import riskmc as rm
from behaving_programs import KINDS, behaving
from hostile_programs import hostile
from hunting import SHARED, assert_same_trials, ends, engines, twins
from rendering import MODELS
from riskmc.errors import DeadlockError, ProgramError, RiskmcError
from riskmc.forecast.figures import day
from riskmc.network.compiling import Settings
from riskmc.network.refusals import KINDS as IGNORABLE
from riskmc.simulation.agreement import compare_events
from riskmc.simulation.stretching import stretched


def both(program, iterations=256, **options):
    """Return the trials of both engines."""
    run = partial(rm.simulate, program, iterations, statistics=True, **options)
    return run(engine="monte-carlo"), run(engine="discrete-event")


@settings(max_examples=20)
@given(SHARED)
def test_without_any_behaviour_both_engines_give_the_same_minutes_cents_and_chains(words):
    try:
        engines(words)
    except ProgramError:
        assume(False)


@pytest.mark.parametrize("model", MODELS)
def test_the_worked_programs_stripped_to_what_both_share_are_the_same_in_both_engines(model):
    assert_same_trials(*both(rm.read(model), ignore=tuple(set(IGNORABLE) - {"weather", "calendar_risks"})))


@settings(max_examples=30)
@given(behaving())
def test_simpy_and_the_kernel_tell_the_same_events_dates_and_cents(words):
    agreed(words)


@pytest.mark.parametrize("kind", KINDS)
def test_they_tell_the_same_of_every_behaviour_on_its_own(kind):
    @settings(max_examples=8)
    @given(behaving((kind,)))
    def told(words):
        agreed(words)

    told()


ENDED = {"week": {"mon-fri": "off"}, "hours_per_day": "8", "hours_per_week": "40", "exceptions": {
    "2027-01-04..2027-01-29": "08:00-16:00"
}}  # fmt: skip


def test_work_that_its_calendar_has_no_hours_for_never_finishes():
    """Two share one seat for 20 days each, and the calendar has 26: the second ends in no night after them."""
    work = {name: {"duration": "20d", "uses": {"seat": "1"}} for name in ("one", "two")}
    program = rm.Program(
        program="Ended", start="2027-01-04", calendar="ended", calendars={"ended": ENDED},
        resources={"seat": {"capacity": "1"}}, projects={"p": {"activities": work}},
    )  # fmt: skip
    trials = rm.simulate(program, 4)
    assert trials.censored == 4
    end = day(datetime(1970, 1, 1) + timedelta(minutes=int(trials.finish_minutes.max())))
    assert trials.finish_minutes.min() == trials.finish_minutes.max()
    assert any(f"counted as finishing at the end of the calendars, {end}" in note for note in trials.notes)
    assert trials.notes[-1] == "the work at which most of them were stopped: p.two (4)"
    agreement = stretched(program, Settings(engine="discrete-event"), lambda network: compare_events(network, 1, 4))
    assert agreement.agree == 4


def test_work_that_nobody_can_ever_do_is_named_though_machines_go_on_breaking_down():
    """Later than planned the second of the crew has left for good; the crane's outages go on for ever."""
    crane = {"capacity": "1", "outages": {"after": "exponential(90d)", "lasts": "20d"}}
    late = {"plan": "3d", "range": "discrete(100%:50% 600%:50%)"}
    work = {"dig": {"duration": late, "uses": {"crane": "1"}}, "lift": {
        "duration": "2d", "after": ["dig"], "uses": {"crew": "2"}
    }, "end": {"milestone": "true", "after": ["lift"]}}  # fmt: skip
    program = rm.Program(
        program="Left", start="2027-01-04", projects={"p": {"activities": work}},
        resources={"crane": crane, "crew": {"capacity": "2", "staffing": {"2027-01-14": "1"}}},
    )  # fmt: skip
    trials = rm.simulate(program, 8)
    assert 0 < trials.censored < 8
    assert trials.notes[-1] == f"the work at which most of them were stopped: p.lift ({trials.censored})"
    agreement = stretched(program, Settings(engine="discrete-event"), lambda network: compare_events(network, 1, 8))
    assert agreement.agree == 8  # what never began drives nothing, whatever it did in the iteration before


@settings(max_examples=6)
@given(hostile())
def test_a_hostile_program_ends_or_is_refused_in_words(words):
    with suppress(RiskmcError):
        assert ends(words) in ("finished", "censored")


def test_finishes_leave_out_what_is_pushed_as_late_as_possible_in_both_engines():
    """The gate moves from 17:00 to 08:00 where nothing is poured: constraints as planned."""
    work = {
        "dig": {"duration": "10d", "exists": "50%"},
        "gate": {"milestone": True, "as_late_as_possible": True, "after": "dig SF+12d"},
        "pour": {"duration": "30eh", "exists": "50%", "after": "gate FF-1d"},
    }
    assert engines({"program": "Pier", "start": "2027-01-04", "projects": {"p": {"activities": work}}}) == "same"


def test_level_of_effort_that_nothing_ends_is_the_same_in_both_engines():
    work = {"dig": {"duration": "5d"}, "site": {"level_of_effort": "true", "after": ["dig"]}}
    program = rm.Program(program="Open", start="2027-01-04", projects={"p": {"activities": work}})
    assert_same_trials(*both(program, 8))


def agreed(words):
    """Assert that both implementations agree on a random program; give up on what no engine runs."""
    try:
        twins(words, 3)
    except (ProgramError, DeadlockError):
        assume(False)
