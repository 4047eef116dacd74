"""Shapley shares: what each player of a game contributes, so that the parts add up to the whole whatever the order.

    shares = shapley_shares(players, value, seed=trials.seed)

``players`` are names: risks, or the changes between two programs. ``value`` is asked once, for many coalitions at a
time, and returns float64[coalitions, figures, 1 + sections]: for each coalition (the players that act) every figure
wanted, P80 finish and P80 cost and so on, of all iterations and then of each section of them (`sectioned`; NaN where
there is none). A last axis of length 1 says that values are without error. Risks, for example:

    def value(coalitions):
        cases = run_cases(trials, [frozenset(risks) - acting for acting in coalitions])
        finish, p80 = cases.finish_minutes, quantile_of(0.80)
        return np.array([[sectioned(finish(k), p80, trials.replicates)] for k in range(len(cases))])

The share of a player is its marginal value, averaged over all orders in which players can join. Up to 12 players
every coalition is valued; beyond, random orders are taken in antithetic pairs, an order and its reverse, keyed by
seed and names. The interval has both errors: that of the orders, from the pairs, and that of the iterations, from
the sections, for a share is linear in the values.

Sources: Shapley (1953), "A value for n-person games"; Castro, Gomez and Tejada (2009), Computers & Operations
Research 36, 1726-1730, sampling of orders; Mitchell, Cooper, Frank and Holmes (2022), Journal of Machine Learning
Research 23(43), antithetic pairs; Asmussen and Glynn (2007), III.5, sectioning; Satterthwaite (1946), the degrees of
freedom of two errors together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb, floor, inf, isnan, sqrt

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.paired import Difference
from riskmc.errors import ArgumentError
from riskmc.forecast.interval import CONFIDENCE, normal_quantile, student
from riskmc.sampling import orders

EXACT = 12  # players up to which every coalition is valued
PAIRS = 16  # antithetic pairs of orders beyond
_LARGE = 200  # degrees of freedom from which t is normal

Floats = NDArray[np.float64]
Value = Callable[[Sequence[frozenset[str]]], Floats]


@dataclass(frozen=True, eq=False)
class Shares:
    """The share of every player in every figure, and what it is known by.

    ``values`` float64[players, figures]; ``none`` and ``all`` float64[figures], the figures without any player and
    with all of them; ``errors`` float64[players, figures, 2], the standard errors from orders and from iterations,
    NaN where they cannot be told, with their degrees of freedom ``freedom`` int64[figures, 2]. ``pairs`` is the number
    of antithetic pairs of orders, 0 where every coalition was valued.
    """

    players: tuple[str, ...]
    values: Floats
    none: Floats
    all: Floats
    errors: Floats
    freedom: NDArray[np.int64]
    pairs: int
    coalitions: int

    def share(self, player: str, figure: int = 0, confidence: float = CONFIDENCE) -> Difference:
        """Return a player's share of ``all`` minus ``none`` with its simulation interval; no ends if unknown."""
        row = self.players.index(player)
        value, (of_orders, of_iterations) = float(self.values[row, figure]), self.errors[row, figure].tolist()
        if isnan(of_orders) or isnan(of_iterations):
            return Difference(value, None, None)
        half = _half_width(of_orders, of_iterations, self.freedom[figure], confidence)
        return Difference(value, value - half, value + half)

    def whole(self, figure: int = 0) -> NDArray[np.int64]:
        """Return the shares as whole numbers, int64[players], that add up to ``all`` minus ``none`` rounded."""
        return apportioned(self.values[:, figure], round(float(self.all[figure] - self.none[figure])))


def shapley_shares(
    players: Sequence[str], value: Value, *, seed: int = 1, exact: int = EXACT, pairs: int = PAIRS
) -> Shares:
    """Return the Shapley share of every player, in the order given; see the top of this file.

    Parameters
    ----------
    players : sequence of str
        Their names, each once.
    value : callable
        Returns float64[coalitions, figures, 1 + sections] for a sequence of coalitions.
    seed : int
        Of the random orders; the same seed and names give the same bits anywhere.
    exact : int
        Up to so many players all coalitions are valued, 2^n of them.
    pairs : int
        Antithetic pairs of orders beyond; at least 2. Values at most 2 x pairs x (n - 1) + 2 coalitions.

    Raises
    ------
    ArgumentError
        A name stands twice, or ``pairs`` is below 2.
    """
    names = tuple(sorted(players))
    if len(set(names)) < len(names):
        raise ArgumentError("a player can be named only once")
    if pairs < 2:
        raise ArgumentError(f"pairs: at least 2 pairs of orders, got {pairs}")
    found = _exactly(names, value) if len(names) <= exact else _sampled(names, value, seed, pairs)
    rows = [names.index(player) for player in players]
    return Shares(
        tuple(players), found.values[rows], found.none, found.all, found.errors[rows], found.freedom,
        found.pairs, found.coalitions,
    )  # fmt: skip


def apportioned(parts: Floats, total: int) -> NDArray[np.int64]:
    """Return whole numbers near ``parts`` that add up to ``total``: rounded down, then the largest remainders up.

    Hamilton's method. Equal remainders go to the earlier part. ``parts`` must add up to the total within 1/2 each.
    """
    whole = np.floor(parts).astype(np.int64)
    missing = total - int(whole.sum())
    by_remainder = np.argsort(-(parts - whole), kind="stable")
    each, more = divmod(missing, max(1, parts.size))
    whole += each
    whole[by_remainder[:more]] += 1
    return whole


def _exactly(names: tuple[str, ...], value: Value) -> Shares:
    """Value every coalition; coalition number m holds the players whose bits are set in m."""
    n = len(names)
    numbers = range(2**n)
    values = _valued(value, [frozenset(p for i, p in enumerate(names) if m >> i & 1) for m in numbers])
    sizes = np.array([m.bit_count() for m in numbers])
    shares = np.empty((n, *values.shape[1:]))
    for i in range(n):
        before = np.array([m for m in numbers if not m >> i & 1])
        gains = values[before | 1 << i] - values[before]
        by_size = [_summed(gains[sizes[before] == size]) / comb(n - 1, size) for size in range(n)]
        shares[i] = _summed(np.array(by_size)) / n
    return _shares(names, values[0], values[-1], shares, np.zeros(shares.shape[:2]), pairs=0, coalitions=2**n)


def _sampled(names: tuple[str, ...], value: Value, seed: int, pairs: int) -> Shares:
    """Value the coalitions that grow along random orders and their reverses, each once."""
    n = len(names)
    first = orders(names, pairs, seed)
    number: dict[int, int] = {0: 0}
    steps = np.empty((2 * pairs, n + 1), np.int64)
    rows = np.stack((first, first[:, ::-1]), axis=1).reshape(2 * pairs, n)
    for path, order in zip(steps, rows.tolist(), strict=True):
        coalition = path[0] = 0
        for step, player in enumerate(order):
            coalition |= 1 << player
            path[step + 1] = number.setdefault(coalition, len(number))
    values = _valued(value, [frozenset(p for i, p in enumerate(names) if m >> i & 1) for m in number])
    gains = np.empty((2 * pairs, n, *values.shape[1:]))
    gains[np.arange(2 * pairs)[:, None], rows] = values[steps[:, 1:]] - values[steps[:, :-1]]
    means = (gains[0::2] + gains[1::2]) / 2
    shares = _summed(means) / pairs
    apart = np.square(means[..., 0] - shares[..., 0])
    errors = np.sqrt(_summed(apart) / (pairs - 1) / pairs)
    return _shares(names, values[0], values[number[2**n - 1]], shares, errors, pairs=pairs, coalitions=len(number))


def _shares(
    names: tuple[str, ...], none: Floats, everything: Floats, shares: Floats, errors: Floats, pairs: int,
    coalitions: int,
) -> Shares:  # fmt: skip
    """Return the shares with the errors of orders and of iterations; ``shares`` is [players, figures, 1 + sections].

    An axis without sections says that there is no error of iterations; one of NaN, that it cannot be told.
    """
    known = ~np.isnan(shares[..., 1:]).any(axis=0)
    sections = known.sum(axis=1)
    apart = np.square(np.where(known, shares[..., 1:] - shares[..., :1], 0.0))
    of_iterations = np.sqrt(_summed(np.moveaxis(apart, 2, 0)) / np.maximum(1, (sections - 1) * sections))
    if shares.shape[2] > 1:
        of_iterations[:, sections < 2] = np.nan
    freedom = np.column_stack((np.full(sections.size, pairs - 1), sections - 1))
    both = np.stack((errors, of_iterations), axis=2)
    return Shares(names, shares[..., 0], none[:, 0], everything[:, 0], both, np.maximum(1, freedom), pairs, coalitions)


def _valued(value: Value, coalitions: Sequence[frozenset[str]]) -> Floats:
    found = np.asarray(value(coalitions), np.float64)
    if found.ndim != 3 or len(found) != len(coalitions):
        raise ArgumentError(
            f"values of {len(coalitions)} coalitions have three axes (coalitions, figures, 1 + sections), "
            f"got an array of shape {found.shape}"
        )
    return found


def _summed(values: Floats) -> Floats:
    """Return the sum along the first axis in its order, the same bits on every machine (R6); zeros if it is empty."""
    return np.add.accumulate(values, axis=0)[-1] if len(values) else np.zeros(values.shape[1:])


def _half_width(first: float, second: float, freedom: NDArray[np.int64], confidence: float) -> float:
    """Return half the t interval of a sum of two independent errors, with Satterthwaite's degrees of freedom."""
    variance, (one, other) = first**2 + second**2, freedom.tolist()
    spread = first**4 / one + second**4 / other
    many = variance**2 / spread if spread > 0 else inf
    wide = normal_quantile((1 + confidence) / 2) if many > _LARGE else student(floor(many), confidence)
    return wide * sqrt(variance)
