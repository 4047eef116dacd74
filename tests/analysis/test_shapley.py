"""Shapley shares: games with known shares, the axioms, the two errors, and coverage at 1,000 seeds."""

from itertools import permutations
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import riskmc as rm
from riskmc.analysis.sectioned import mean_of, quantile_of, sectioned
from riskmc.analysis.shapley import apportioned, shapley_shares

SEEDS = 1_000


def game(worth):
    """Return what values coalitions of a game with one figure, known without error."""
    return lambda coalitions: np.array([[[float(worth(coalition))]] for coalition in coalitions])


def shares(players, worth, **more):
    return shapley_shares(players, game(worth), **more)


def naive(players, worth):
    """Return the shares as Shapley wrote them: mean marginal value over all orders."""
    total = dict.fromkeys(players, 0.0)
    for order in permutations(players):
        for place, player in enumerate(order):
            total[player] += worth(frozenset(order[: place + 1])) - worth(frozenset(order[:place]))
    return [total[player] / factorial(len(players)) for player in players]


# --------------------------------------------------------------------------- closed forms


def test_in_an_additive_game_everyone_contributes_what_is_its_own():
    own = {"b": 3.0, "a": -1.5, "c": 0.0}
    found = shares(list(own), lambda who: 10 + sum(own[p] for p in who))
    assert found.values[:, 0].tolist() == pytest.approx([3.0, -1.5, 0.0])
    assert (found.none[0], found.all[0]) == (10.0, 11.5)


def test_a_left_glove_is_worth_two_thirds_of_a_pair_where_two_have_right_ones():
    """Glove game (Shapley and Shubik 1969): 2/3, 1/6, 1/6."""
    found = shares(["left", "right", "other"], lambda who: len(who & {"left"}) and len(who & {"right", "other"}) > 0)
    assert found.values[:, 0].tolist() == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_an_airport_runway_is_paid_for_as_littlechild_and_owen_say():
    """Littlechild and Owen (1973): each part of the runway is shared by those who need it."""
    cost = {"small": 8, "middle": 11, "large": 13}
    found = shares(list(cost), lambda who: max((cost[p] for p in who), default=0))
    assert found.values[:, 0].tolist() == pytest.approx([8 / 3, 8 / 3 + 3 / 2, 8 / 3 + 3 / 2 + 2])


@given(st.lists(st.integers(-50, 50), min_size=16, max_size=16))
def test_shares_are_the_mean_over_all_orders_whatever_the_game(worths):
    players = ["d", "b", "a", "c"]
    number = {player: 1 << place for place, player in enumerate(players)}
    worth = lambda who: worths[sum(number[p] for p in who)]  # noqa: E731
    assert shares(players, worth).values[:, 0].tolist() == pytest.approx(naive(players, worth))


def test_twelve_players_are_valued_in_all_4_096_coalitions_and_thirteen_along_orders():
    names = [f"p{n:02}" for n in range(13)]
    assert (shares(names[:12], len).coalitions, shares(names[:12], len).pairs) == (4_096, 0)
    assert (shares(names, len).coalitions <= 2 * 16 * 12 + 2, shares(names, len).pairs) == (True, 16)


def test_a_player_alone_and_no_player_at_all_have_shares_too():
    assert shares(["a"], len).share("a") == (1.0, 1.0, 1.0)
    assert shares([], len).values.shape == (0, 1)


# ------------------------------------------------------------------------- along random orders


def bent(who):
    """A game of 20 with players 0 and 1 alike, and player 2 without effect."""
    weight = {f"p{n}": 1.0 + n for n in range(20)} | {"p0": 5.0, "p1": 5.0, "p2": 0.0}
    return sum(weight[p] for p in who) ** 1.5


NAMES = [f"p{n}" for n in range(20)]


def test_orders_and_their_reverses_are_exact_where_the_gain_grows_evenly_with_those_before():
    """With v = n squared the k-th to join gains 2k - 1, and an order and its reverse average to n for everyone."""
    found = shares(NAMES, lambda who: len(who) ** 2, pairs=2)
    assert found.values[:, 0] == pytest.approx(np.full(20, 20.0))
    assert found.errors[:, 0, 0] == pytest.approx(np.zeros(20), abs=1e-9)


def test_sampled_shares_add_up_to_the_whole_and_a_player_without_effect_has_none():
    found = shares(NAMES, bent)
    assert found.values.sum() == pytest.approx(found.all[0] - found.none[0], rel=1e-12)
    assert found.share("p2") == (0.0, 0.0, 0.0)


def test_the_interval_of_sampled_shares_covers_the_exact_ones_as_often_as_it_says():
    """Of 200 seeds, 12 players each: intervals of exactly 95% fail once in a million runs."""
    weight = {f"p{n}": float(1 + n) for n in range(12)}
    worth = lambda who: sum(weight[p] for p in who) ** 2.5 / 100  # noqa: E731
    exact = shares(list(weight), worth)
    covered = np.zeros(12)
    for seed in range(200):
        found = shares(list(weight), worth, seed=seed, exact=0)
        for row, player in enumerate(weight):
            told = found.share(player)
            covered[row] += told.low <= exact.values[row, 0] <= told.high
    for hits in covered:
        assert stats.binomtest(int(hits), 200, 0.95, "less").pvalue > 1e-6 / 12


def test_the_same_seed_and_names_give_the_same_bits_in_any_sequence_and_another_seed_others():
    one, other = shares(NAMES, bent, seed=5), shares(NAMES[::-1], bent, seed=5)
    assert one.values[:, 0].tolist() == other.values[::-1, 0].tolist()
    assert one.values[:, 0].tolist() != shares(NAMES, bent, seed=6).values[:, 0].tolist()


def test_every_coalition_is_asked_for_once_and_all_of_them_together():
    asked = []

    def value(coalitions):
        asked.append(coalitions)
        return game(len)(coalitions)

    shapley_shares(NAMES, value, pairs=3)
    assert len(asked) == 1
    assert len(set(asked[0])) == len(asked[0])
    assert {frozenset(), frozenset(NAMES)} <= set(asked[0])


# ---------------------------------------------------------------------------- both errors

CHANCE = {"a": 0.3, "b": 0.5, "c": 0.1, "d": 0.4}
SIZE = {"a": (500, 900), "b": (100, 400), "c": (2000, 3000), "d": (-300, -100)}
FIGURES = {"mean": mean_of, "P80": quantile_of(0.8), "P95": quantile_of(0.95)}


def law(active):
    """Return the chances of a sum of two uniform numbers and the impacts of risks, and its least value."""
    chances, least = np.convolve(np.full(2001, 1 / 2001), np.full(2001, 1 / 2001)), 0
    for name in active:
        low, high = SIZE[name]
        one = np.zeros(max(high, 0) - min(low, 0) + 1)
        one[-min(low, 0)] = 1 - CHANCE[name]
        one[low - min(low, 0) : high - min(low, 0) + 1] += CHANCE[name] / (high - low + 1)
        chances, least = np.convolve(chances, one), least + min(low, 0)
    return chances, least


def true_shares(name):
    def worth(active):
        chances, least = law(sorted(active))
        if name == "mean":
            return float(np.sum(chances * (least + np.arange(chances.size))))
        return least + int(np.searchsorted(np.cumsum(chances), FIGURES[name].p - 1e-12))

    return naive(list(CHANCE), worth)


def drawn(seed, n):
    """Return n iterations of the sum without risks, and of what each risk adds."""
    chance = np.random.default_rng(seed)
    base = chance.integers(0, 2001, n) + chance.integers(0, 2001, n)
    return base, {p: (chance.random(n) < CHANCE[p]) * chance.integers(SIZE[p][0], SIZE[p][1] + 1, n) for p in CHANCE}


def simulated(seed, n):
    base, impact = drawn(seed, n)

    def value(coalitions):
        sums = [base + sum((impact[p] for p in who), np.zeros(n, np.int64)) for who in coalitions]
        return np.array([[sectioned(total, measure) for measure in FIGURES.values()] for total in sums])

    return value


def test_the_true_share_of_a_mean_is_chance_times_mean_impact():
    assert true_shares("mean") == pytest.approx([0.3 * 700, 0.5 * 250, 0.1 * 2500, -0.4 * 200])


@pytest.mark.parametrize("exact", [12, 0])
def test_intervals_of_shares_cover_the_true_ones_as_often_as_they_say(exact):
    """Of 1,000 seeds about 95%: intervals of exactly 95% fail once in a million runs of all 24 shares."""
    true = {name: true_shares(name) for name in FIGURES}
    covered = dict.fromkeys(((name, player) for name in FIGURES for player in CHANCE), 0)
    for seed in range(SEEDS):
        found = shapley_shares(list(CHANCE), simulated(seed, 1_000), seed=seed, exact=exact)
        for (figure, name), (row, player) in [(f, p) for f in enumerate(FIGURES) for p in enumerate(CHANCE)]:
            told = found.share(player, figure)
            covered[name, player] += told.low <= true[name][row] <= told.high
    for hits in covered.values():
        assert stats.binomtest(hits, SEEDS, 0.95).pvalue > 1e-6 / (2 * len(covered)), covered


def test_more_pairs_of_orders_leave_the_error_of_the_iterations():
    few = shapley_shares(list(CHANCE), simulated(1, 2_000), exact=0, pairs=4)
    many = shapley_shares(list(CHANCE), simulated(1, 2_000), exact=0, pairs=200)
    exact = shapley_shares(list(CHANCE), simulated(1, 2_000))
    assert (many.errors[:, 1, 0] < few.errors[:, 1, 0]).all()
    assert many.errors[:, 1, 1] == pytest.approx(exact.errors[:, 1, 1], rel=0.2)
    assert not exact.errors[:, :, 0].any()


def test_too_few_iterations_leave_the_share_without_interval():
    found = shapley_shares(list(CHANCE), simulated(1, 100))
    assert found.share("a", 1)[1:] == (None, None)
    assert found.share("a", 0).low is not None


# ------------------------------------------------------------------------- whole numbers


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_whole_shares_add_up_and_lie_within_one_of_what_they_were(parts):
    values = np.array(parts)
    found = apportioned(values, round(float(values.sum())))
    assert found.sum() == round(float(values.sum()))
    assert (np.abs(found - values) <= 1 + 1e-6).all()


def test_the_largest_remainders_are_rounded_up_and_of_equal_ones_the_first():
    assert apportioned(np.array([0.5, 0.5, 1.0]), 2).tolist() == [1, 0, 1]
    assert apportioned(np.array([-0.7, 2.4, 0.3]), 2).tolist() == [-1, 3, 0]
    assert apportioned(np.array([]), 0).tolist() == []


def test_shares_in_minutes_add_up_to_the_movement_of_the_figure():
    found = shapley_shares(list(CHANCE), simulated(3, 2_000), exact=0)
    assert found.whole(1).sum() == found.all[1] - found.none[1]


# ------------------------------------------------------------------------------ refusals


def test_a_player_named_twice_a_single_pair_and_values_of_another_shape_are_refused():
    with pytest.raises(rm.ArgumentError, match="only once"):
        shares(["a", "a"], len)
    with pytest.raises(rm.ArgumentError, match="at least 2 pairs of orders, got 1"):
        shares(NAMES, len, pairs=1)
    with pytest.raises(
        rm.ArgumentError, match=r"values of 2 coalitions have three axes .* got an array of shape \(2,\)"
    ):
        shapley_shares(["a"], lambda coalitions: np.zeros(len(coalitions)))
