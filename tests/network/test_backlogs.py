"""Backlogs by hand: what a team takes for known items, period by period and stage by stage."""

from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskmc.distributions.constant import Constant
from riskmc.distributions.poisson import poisson
from riskmc.kernels.discrete_event.flow import OUT, STEADY, pieces
from riskmc.kernels.throughput import UNFINISHED, burn_down
from riskmc.network.backlogs import (
    ARRIVALS,
    ITEMS,
    SPLIT,
    THROUGHPUT,
    Board,
    BurnDown,
    backlog_minutes,
    is_endless,
    planned_minutes,
)
from riskmc.network.teams import flow_table
from riskmc.program import Stage

WEEK, LIMIT = 2400, 10_000_000


def certain(items, throughput, growth=0.0, **more):
    """Return a backlog in which nothing is random."""
    sizes = {ITEMS: items, THROUGHPUT: throughput, **more}
    return BurnDown({name: Constant(value) for name, value in sizes.items()}, WEEK, growth, LIMIT)


@pytest.mark.parametrize(
    ("items", "throughput", "weeks"), [(120, 10, 12), (125, 10, 12.5), (1, 10, 0.1), (119.2, 10, 12), (0, 10, 0.1)]
)
def test_a_certain_team_takes_items_over_throughput(items, throughput, weeks):
    assert planned_minutes(certain(items, throughput)) == weeks * WEEK


def test_a_third_of_a_week_is_rounded_up_to_the_next_minute():
    assert planned_minutes(certain(4, 7)) == ceil(WEEK * 4 / 7)


def test_new_items_of_every_week_are_done_too():
    assert planned_minutes(certain(60, 10, arrivals=4)) == 10 * WEEK


def test_known_and_new_items_split_alike():
    """60 items become 90, and of 4 new ones a week come 6: 90 / (10 - 6)."""
    assert planned_minutes(certain(60, 10, arrivals=4, split=0.5)) == 22.5 * WEEK


def test_t19_a_scope_that_grows_2_percent_a_month_ends_after_16_788058_months():
    """120 items, 10 a month, compound growth: 120 e^(0.02 t) = 10 t. The answer stands on a whole minute, and the
    scope is a straight line in each sixteenth of a month, which is 0.000005 months off."""
    month = 43_800
    sizes = {ITEMS: Constant(120.0), THROUGHPUT: Constant(10.0)}
    found = planned_minutes(BurnDown(sizes, month, 0.02 / month, LIMIT)) / month
    assert 16.788058 <= found <= 16.788058 + 0.000005 + 1 / month


@pytest.mark.parametrize(("growth", "endless"), [(0.0306, False), (0.0307, True)])
def test_t19_growth_above_0_030657_a_month_never_ends(growth, endless):
    month = 43_800
    sizes = {ITEMS: Constant(120.0), THROUGHPUT: Constant(10.0)}
    assert is_endless(BurnDown(sizes, month, growth / month, LIMIT)) is endless


@pytest.mark.parametrize(("arrivals", "endless"), [(9, False), (10, True)])
def test_as_many_new_items_as_are_done_never_end(arrivals, endless):
    assert is_endless(certain(60, 10, arrivals=arrivals)) is endless
    assert is_endless(certain(60, 11, arrivals=arrivals, split=0.1)) is endless


@pytest.mark.parametrize(("items", "share", "known"), [(50, 0.1, 55), (50, 0.11, 56), (51, 0.0, 51), (1, 0.1, 2)])
def test_split_items_are_counted_up_to_a_whole_one(items, share, known):
    assert pieces(items, round(share * 1_000_000)) == known


def burnt_down(items, split, done, more, period):
    """The slow, obvious oracle: an hour glass, week by week."""
    left = items
    for week, count in enumerate(done):
        net = count - more[week] * (1 + split)
        if left <= net:
            return period * week + ceil(period * left / net)
        left -= net
    return UNFINISHED


@given(
    st.integers(1, 60),
    st.sampled_from([0.0, 0.25, 0.5]),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=20),
)
def test_the_kernel_burns_down_as_the_oracle_does(items, split, weeks):
    done, more = (np.array(column, np.float32)[:, None] for column in zip(*weeks, strict=True))
    out = np.zeros(1)
    burn_down(float(WEEK), np.ones(len(weeks) + 1), done, more, np.array([float(items)]), np.array([split]), out)
    assert out[0] == burnt_down(items, split, done[:, 0], more[:, 0], WEEK)


def test_a_draw_below_nothing_finishes_nothing():
    out = np.zeros(1)
    done = np.array([[-5.0], [10.0]], np.float32)
    burn_down(float(WEEK), np.ones(3), done, done[:0], np.array([10.0]), np.zeros(1), out)
    assert out[0] == 2 * WEEK


def slowly(name, n):
    """Return 300 items and a throughput of 0 or 1, whose first draws do not hang on how many are asked for."""
    chance = np.random.default_rng(1)
    return np.full((n, 3), 300, np.float32) if name == ITEMS else chance.integers(0, 2, (n, 3)).astype(np.float32)


def test_drawing_more_occurrences_changes_nothing():
    """A lane that needs more periods than were drawn at first takes the same as with all of them drawn (D6)."""
    team = BurnDown({ITEMS: Constant(300.0), THROUGHPUT: poisson(3.5)}, WEEK, 0.0, LIMIT)
    assert not team.worked_off(slowly, 200)[1].any()
    minutes, ended = team.worked_off(slowly, 1000)
    assert ended.all()
    assert backlog_minutes(team, slowly).tolist() == minutes.tolist()


def board(items, *stages, wip=None, limit=LIMIT):
    sizes = {ITEMS: Constant(items), **{stage.name: Constant(float(stage.takes.value.value)) for stage in stages}}
    return Board(sizes, tuple(stage.name for stage in stages), flow_table(stages, wip, STEADY), 0.0, limit)


def stage(name, minutes, **words):
    return Stage(name=name, takes=f"{minutes}min", **words)


def test_items_flow_through_two_stages_like_through_a_line():
    """The first passes both, the others follow at the pace of the slower: 10 + 5 x 30."""
    assert planned_minutes(board(5.0, stage("a", 10), stage("b", 30))) == 160


def test_one_item_at_a_time_takes_all_stages_one_after_the_other():
    assert planned_minutes(board(5.0, stage("a", 10), stage("b", 30), wip=1)) == 200


def test_the_log_ends_when_the_backlog_does():
    team = board(5.0, stage("a", 10), stage("b", 30))
    log = team.log(lambda name, n: np.full((n, 2), team.sizes[name].mean(), np.float32), 1)
    assert tuple(log[-1]) == (160, OUT, 1, 4)
    assert (log[:, 1] == OUT).sum() == 5


def test_a_backlog_that_outlasts_its_limit_counts_as_the_limit():
    assert planned_minutes(board(5.0, stage("a", 10), limit=45)) == 45
    team = BurnDown({ITEMS: Constant(120.0), THROUGHPUT: Constant(10.0)}, WEEK, 0.0, 5 * WEEK)
    assert planned_minutes(team) == 5 * WEEK


def test_known_items_and_splitting_are_planned_at_their_central_value():
    team = BurnDown({ITEMS: Constant(50.0), SPLIT: Constant(0.1), THROUGHPUT: poisson(5.0)}, WEEK, 0.0, LIMIT)
    assert planned_minutes(team) == 11 * WEEK


def test_a_poisson_count_has_its_mean_and_its_standard_deviation():
    for mean in (0.3, 4.0, 250.0):
        found = poisson(mean)
        assert found.mean() == pytest.approx(mean, rel=1e-9)
        assert found.sd() == pytest.approx(mean**0.5, rel=1e-6)
    assert poisson(0.0).mean() == 0
    assert ARRIVALS == "arrivals"
