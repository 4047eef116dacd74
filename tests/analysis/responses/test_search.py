"""Search among portfolios: dominated ones dropped, ties said, greedy steps never worse than what they started from."""

from itertools import combinations
from random import Random

import pytest

from riskmc.analysis.responses.search import EXACT, Rating, Search, screened


def additive(prices, gains, overlap=0):
    """Return what rates portfolios whose gains add up, less ``overlap`` for every pair bought together."""

    def rate(portfolios):
        pairs = [len(bought) * (len(bought) - 1) // 2 for bought in portfolios]
        return [
            Rating(sum(prices[n] for n in bought), 1000 - sum(gains[n] for n in bought) + overlap * shared)
            for bought, shared in zip(portfolios, pairs, strict=True)
        ]

    return rate


def every(names):
    """Return every subset of the names."""
    return [frozenset(some) for size in range(len(names) + 1) for some in combinations(sorted(names), size)]


def slow_frontier(names, rate):
    """Return the efficient ratings, found by comparing every portfolio with every other."""
    ratings = set(rate(every(names)))
    beaten = {
        one
        for one in ratings
        for other in ratings
        if other != one and other.spent <= one.spent and other.value <= one.value
    }
    return sorted(ratings - beaten)


@pytest.mark.parametrize("seed", range(20))
def test_the_exact_frontier_is_that_of_comparing_every_portfolio_with_every_other(seed):
    chance = Random(seed)
    names = "abcdef"
    prices, gains = ({n: chance.randrange(0, 6) for n in names} for _ in range(2))
    rate = additive(prices, gains, overlap=seed % 2)
    search = Search(names, rate)
    search.everything()
    assert [search.ratings[bought] for bought in search.efficient()] == slow_frontier(names, rate)


def test_what_changes_nothing_is_in_no_efficient_portfolio_and_in_no_tie():
    search = Search("abn", additive({"a": 3, "b": 4, "n": 0}, {"a": 5, "b": 9, "n": 0}))
    search.everything()
    assert search.efficient() == [frozenset(), frozenset("a"), frozenset("b"), frozenset("ab")]
    assert [search.tied(bought) for bought in search.efficient()] == [[], [], [], []]


def test_equal_portfolios_are_ties_of_the_first_by_name():
    search = Search("abc", additive({"a": 3, "b": 3, "c": 6}, {"a": 5, "b": 5, "c": 10}))
    search.everything()
    assert search.efficient() == [frozenset(), frozenset("a"), frozenset("c"), frozenset("ac"), frozenset("abc")]
    assert search.tied(frozenset("a")) == [frozenset("b")]
    assert search.tied(frozenset("c")) == [frozenset("ab")]


def test_a_portfolio_is_rated_once():
    asked = []

    def rate(portfolios):
        asked.extend(portfolios)
        return additive({"a": 1, "b": 2}, {"a": 1, "b": 3})(portfolios)

    search = Search("ab", rate)
    search.everything()
    search.greedily()
    assert len(asked) == len(set(asked)) == 4


@pytest.mark.parametrize("seed", range(12))
def test_greedy_steps_are_never_worse_than_single_responses_nor_than_all_of_them(seed):
    chance = Random(seed)
    names = [f"r{k:02}" for k in range(EXACT + 2)]
    prices, gains = ({n: chance.randrange(1, 40) for n in names} for _ in range(2))
    rate = additive(prices, gains, overlap=seed % 3)
    search = Search(names, rate)
    search.greedily()
    found = [search.ratings[bought] for bought in search.efficient()]
    simple = [frozenset(), *(frozenset({name}) for name in names), frozenset(names)]
    for rating in rate(simple):
        assert any(one.spent <= rating.spent and one.value <= rating.value for one in found)


def test_greedy_steps_and_swaps_find_the_frontier_of_gains_that_add_up_where_prices_are_equal():
    names = [f"r{k:02}" for k in range(EXACT + 1)]
    rate = additive(dict.fromkeys(names, 10), {name: 3 * k + 1 for k, name in enumerate(names)})
    search = Search(names, rate)
    search.greedily()
    exact = slow_frontier(names, rate)
    assert [search.ratings[bought] for bought in search.efficient()] == exact
    assert len(search.ratings) < 2 ** len(names) / 4


def test_a_swap_mends_a_greedy_step():
    """The best first buy for its money, a, shuts out b and c, which are better together for the same money."""
    values = {"": 0, "a": 10, "b": 6, "c": 6, "ab": 10, "ac": 10, "bc": 30, "abc": 30}

    def rate(portfolios):
        prices = {"a": 10, "b": 8, "c": 8}
        return [Rating(sum(prices[n] for n in bought), -values["".join(sorted(bought))]) for bought in portfolios]

    search = Search("abc", rate)
    search.greedily()
    assert frozenset("bc") in search.efficient()


def test_the_screen_keeps_what_helps_first_or_last_and_drops_the_rest():
    def helps(before, after):
        (name,) = after - before
        return {"first": not before, "last": bool(before), "both": True, "never": False}[name]

    assert screened(["first", "never", "last", "both"], helps) == (["first", "last", "both"], ["never"])
