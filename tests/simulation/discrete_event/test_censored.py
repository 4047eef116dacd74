"""Iterations that never end: what is left undone in them finishes no earlier than the calendars, everywhere."""

from datetime import datetime, timedelta

import numpy as np
import pytest

import riskmc as rm
from riskmc.errors import DeadlockError
from riskmc.forecast.interval import quantile_rank
from riskmc.network.compiling import Settings
from riskmc.simulation.agreement import compare_events
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.kept_dates import kept_dates
from riskmc.simulation.stretching import stretched


def left(**words):
    """Return a program in which half of the iterations miss the crew: it has left before the digging is done."""
    work = {
        "dig": {"duration": {"plan": "3d", "range": "discrete(100%:50% 1200%:50%)"}, "uses": {"crane": 1}},
        "lift": {"duration": "2d", "after": "dig", "uses": {"crew": 2}},
        "coat": {"duration": "4d", "after": "lift"},
        "end": {"milestone": True, "after": "coat"},
        "guard": {"level_of_effort": {"from": "dig", "to": "coat"}},
        "watch": {"level_of_effort": {"from": "lift", "to": "coat"}},
    }
    paint = {"duration": "triangular(10d 15d 40d)"}
    return rm.Program(
        program="Left", start="2027-01-04", projects={"p": {"activities": work}, "q": {"activities": {"paint": paint}}},
        resources={
            "crane": {"capacity": 1, "outages": {"after": "exponential(90d)", "lasts": "20d"}},
            "crew": {"capacity": 2, "staffing": {"2027-01-14": 1}},
        },
        **words,
    )  # fmt: skip


@pytest.fixture(scope="module")
def trials():
    return rm.simulate(left(), 64)


@pytest.fixture(scope="module")
def endless(trials):
    """The iterations that do not end: those in which the digging takes twelve times as long."""
    _, finishes = kept_dates(trials.again(), ["p.dig"])
    late = finishes[0] > finishes[0].min()
    assert trials.censored == late.sum() > 0
    return late


def end_of_calendars(trials):
    axis = trials.again().network.axis
    return axis.unix + axis.horizon - 1


@pytest.mark.parametrize("path", ["p.lift", "p.coat", "p.end", "p.guard", "p.watch"])
def test_what_is_left_undone_finishes_when_the_program_does(trials, endless, path):
    """Not at the last hour of its own calendar, which is the Friday before."""
    _, finishes = kept_dates(trials.again(), [path])
    assert (finishes[0][endless] == trials.finish_minutes[endless]).all()
    assert (finishes[0][endless] == end_of_calendars(trials)).all()
    assert (finishes[0][~endless] < end_of_calendars(trials)).all()


def test_projects_milestones_and_activities_never_finish_together(trials, endless):
    for kept in (trials.project_finish["p"], trials.milestone_finish["p.end"]):
        assert (kept[endless] == trials.finish_minutes[endless]).all()
    assert (trials.project_finish["q"] < end_of_calendars(trials)).all()


def test_what_never_begins_starts_no_earlier_than_the_calendars_and_what_has_begun_when_it_did(trials, endless):
    starts, _ = kept_dates(trials.again(), ["p.lift", "p.coat", "p.watch", "p.guard"])
    assert (starts[:3, endless] == end_of_calendars(trials)).all()
    assert (starts[3] == starts[3].min()).all()


def test_percentiles_of_an_activity_above_the_share_that_ends_are_the_end_of_the_calendars(trials, endless):
    never = datetime(1970, 1, 1) + timedelta(minutes=end_of_calendars(trials))
    ends = 1 - endless.mean()
    found = trials.finish_percentiles(ends - 0.05, ends + 0.05)
    for path in ("p.lift", "p.coat", "p.end", "p.guard"):
        assert found[path][0] < datetime(2028, 1, 1)
        assert found[path][1] == never


def test_mean_finishes_count_what_never_ends_as_the_mean_of_the_program_does(trials):
    told = dict(zip(trials.statistics.paths, trials.statistics.mean_finish, strict=True))
    assert told["p.end"] == trials.milestone_finish["p.end"].mean()
    assert told["p.coat"] == pytest.approx(told["p.end"])


def test_what_is_done_when_the_rest_is_stopped_keeps_its_finish(trials, endless):
    _, finishes = kept_dates(trials.again(), ["q.paint", "p.dig"])
    assert (finishes[0] == trials.project_finish["q"]).all()
    assert (finishes[1] < end_of_calendars(trials)).all()


def without_outages():
    """The same program: where the digging lasts long, nothing can happen any more, and work is left."""
    program = left()
    crane = program.resources["crane"].model_copy(update={"outages": None})
    return program.model_copy(update={"resources": {**program.resources, "crane": crane}})


def test_where_iterations_do_not_end_one_that_is_blocked_without_a_behaviour_counts_too(trials, endless):
    with pytest.raises(DeadlockError, match="iteration 0 can never finish"):
        rm.simulate(without_outages(), 64)
    other = simulate_like(trials, without_outages())
    never = other.milestone_finish["p.end"] == end_of_calendars(other)
    assert other.censored == never.sum() > 0
    assert not (never & ~endless).any()  # without outages no more digging is late


def test_both_implementations_count_what_is_blocked_alike():
    settings = Settings(engine="discrete-event", counts_blocked=True)
    found = stretched(without_outages(), settings, lambda network: compare_events(network, 1, 16))
    assert (found.agree, found.first) == (16, None)


def test_analyses_answer_where_iterations_do_not_end_and_a_step_has_blocked_ones(trials):
    steps = rm.waterfall(trials, 0.3)
    assert steps.end("finish") == np.sort(trials.finish_minutes)[quantile_rank(64, 0.3) - 1]
    assert not rm.drivers(trials, 0.3).risks
