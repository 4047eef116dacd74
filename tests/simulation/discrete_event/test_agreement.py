"""The two engines on the same draws (D0), and the two implementations of the second one, event by event."""

from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import riskmc as rm
from behaving_programs import KINDS, behaving
from random_programs import programs, programs_in_progress
from rendering import MODELS
from riskmc.errors import DeadlockError, ProgramError, RiskmcError
from riskmc.network.compiling import Settings
from riskmc.network.refusals import KINDS as IGNORABLE
from riskmc.simulation.agreement import compare_events
from riskmc.simulation.stretching import stretched

STATISTICS = ("criticality", "mean_start", "mean_finish", "mean_duration_days")


def both(program, iterations=256, **options):
    """Return the trials of both engines."""
    run = partial(rm.simulate, program, iterations, statistics=True, **options)
    return run(engine="monte-carlo"), run(engine="discrete-event")


def assert_equal(static, events):
    """Assert that two trials are the same in every iteration: minutes, cents, chains and means."""
    assert np.array_equal(static.finish_minutes, events.finish_minutes)
    assert np.array_equal(static.cost_cents, events.cost_cents)
    for kept in ("project_finish", "project_cost", "milestone_finish"):
        ours, theirs = getattr(static, kept), getattr(events, kept)
        assert all(np.array_equal(ours[name], theirs[name]) for name in ours)
    for told in STATISTICS:
        assert np.array_equal(getattr(static.statistics, told), getattr(events.statistics, told), equal_nan=True), told
    assert vars(static.plan) == vars(events.plan)


@settings(max_examples=40)
@given(st.one_of(programs(), programs_in_progress()), st.sampled_from(("relaxed", "as-planned")))
def test_without_any_behaviour_both_engines_give_the_same_minutes_cents_and_chains(words, constraints):
    try:
        program = rm.Program(**words)
        static = rm.simulate(program, 256, engine="monte-carlo", constraints=constraints, statistics=True)
    except RiskmcError:
        assume(False)
    events = rm.simulate(program, 256, engine="discrete-event", constraints=constraints, statistics=True)
    assert_equal(static, events)


@pytest.mark.parametrize("model", MODELS)
def test_the_worked_programs_stripped_to_what_both_share_are_the_same_in_both_engines(model):
    assert_equal(*both(rm.read(model), ignore=tuple(set(IGNORABLE) - {"weather", "calendar_risks"})))


@settings(max_examples=40)
@given(behaving())
def test_simpy_and_the_kernel_tell_the_same_events_dates_and_cents(words):
    agreement = agreed(words)
    assert agreement.first is None
    assert agreement.agree == agreement.iterations


@pytest.mark.parametrize("kind", KINDS)
def test_they_tell_the_same_of_every_behaviour_on_its_own(kind):
    @settings(max_examples=8)
    @given(behaving((kind,)))
    def told(words):
        assert agreed(words).first is None

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
    assert rm.simulate(program, 4).censored == 4
    agreement = stretched(program, Settings(engine="discrete-event"), lambda network: compare_events(network, 1, 4))
    assert agreement.agree == 4


def agreed(words, iterations=3):
    """Return how far both implementations agree on a random program; give up on what no engine runs."""
    try:
        program = rm.Program(**words)
        settings = Settings(engine="discrete-event")
        return stretched(program, settings, lambda network: compare_events(network, 1, iterations))
    except (ProgramError, DeadlockError):
        assume(False)
        raise
