"""Yardsticks: the same simulation written the obvious way in plain Python, in numpy and in numba.

All take the numbers of a `Workload` on one calendar and do riskmc's work on them: correlated sampling through a table
of the cumulative distribution, risks that occur and strike by one shared factor, durations in whole minutes, a forward
pass over FS, SS and FF links with lags, cost fixed, by the day and of risks; per iteration the finish and the cost,
per activity the mean finish and the criticality. Dates are working minutes after the start of the program; numba can
also turn every start and finish into an instant, as riskmc does for mean dates. Making the tables is set-up and not
timed, as compiling is not on riskmc's side.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import special

from benchmarks.workloads import CORRELATION, GROUPS, Workload

Floats, Ints = NDArray[np.float64], NDArray[np.int64]
LAST = 128  # a table is the cumulative probability at 129 sizes, evenly spaced from low to high
FS, SS, FF = range(3)
NONE = np.zeros(0, np.int64)
CHUNK = 500  # iterations at a time in numpy


@dataclass(frozen=True)
class Answer:
    """Finish (working minutes) and cost by iteration; mean finish and criticality by activity."""

    finish: Floats
    cost: Floats
    mean_finish: Floats
    criticality: Floats


class Tables(NamedTuple):
    """Distributions: size = low + width * x, where ``p[row]`` holds the probability of at most that size."""

    low: Floats
    width: Floats
    p: Floats


class Setup(NamedTuple):
    """A workload as arrays.

    Activity a has the links ``link_ptr[a]:link_ptr[a + 1]`` and is struck by the risks
    ``strike_ptr[a]:strike_ptr[a + 1]``; ``rate`` is by the minute, ``charges`` tells which risks cost money. ``opens``
    and ``worked`` are the shifts of the calendar, or empty.
    """

    days: Tables
    group: Ints
    loading: float
    link_ptr: Ints
    before: Ints
    type: Ints
    lag: Ints
    strike_ptr: Ints
    striker: Ints
    probability: Floats
    factor: Tables
    charges: NDArray[np.bool_]
    charge: Tables
    fixed: Floats
    rate: Floats
    opens: Ints
    worked: Ints


def setup(load: Workload, day: int = 480, opens: Ints = NONE, worked: Ints = NONE) -> Setup:
    """Return the arrays of a workload whose days have so many working minutes.

    With ``opens``, the minutes at which shifts begin, and ``worked``, the working minutes before each, `numba_loop`
    takes the means of instants.
    """
    links = [link for links in load.links for link in links]
    struck: list[list[int]] = [[] for _ in range(len(load))]
    for number, risk in enumerate(load.risks):
        for activity in risk.strikes:
            struck[activity].append(number)
    return Setup(
        days=_tables(np.array(load.days) * day, np.arange(len(load)) % 2 == 1),
        group=np.array(load.group),
        loading=math.sqrt(2 * math.sin(math.pi * CORRELATION / 6)),
        link_ptr=np.cumsum([0, *map(len, load.links)]),
        before=np.array([link.predecessor for link in links]),
        type=np.array([("FS", "SS", "FF").index(link.type) for link in links]),
        lag=np.array([link.lag * day for link in links]),
        strike_ptr=np.cumsum([0, *map(len, struck)]),
        striker=np.array([risk for risks in struck for risk in risks], np.int64),
        probability=np.array([risk.probability for risk in load.risks]),
        factor=_tables(np.array([risk.size for risk in load.risks]) / 100),
        charges=np.array([risk.cost is not None for risk in load.risks]),
        charge=_tables(np.array([risk.cost or (0, 1, 2) for risk in load.risks]) * 1000.0),
        fixed=np.array(load.fixed, float),
        rate=np.array(load.per_day) / day,
        opens=opens,
        worked=worked,
    )


def _tables(sizes: Floats, pert: NDArray[np.bool_] | None = None) -> Tables:
    """Return the tables of (low, mode, high) rows: triangular, or PERT where so marked."""
    low, mode, high = sizes.T
    x, peak = np.arange(LAST + 1) / LAST, ((mode - low) / (high - low))[:, None]
    p = np.where(x < peak, x * x / peak, 1 - (1 - x) ** 2 / (1 - peak))
    if pert is not None:
        p = np.where(pert[:, None], special.betainc(1 + 4 * peak, 5 - 4 * peak, x), p)
    return Tables(low.copy(), high - low, p)


# ---------------------------------------------------------------- plain Python, one iteration after the other


def plain(s: Setup, iterations: int, seed: int = 1) -> Answer:
    """Return the answer of a loop over iterations in plain Python; no numpy inside."""
    chance = random.Random(seed)
    lists = {name: value.tolist() for name, value in s._asdict().items() if isinstance(value, np.ndarray)}
    lists |= {
        f"{name} {part}": a.tolist()
        for name in ("days", "factor", "charge")
        for part, a in getattr(s, name)._asdict().items()
    }
    n = len(s.fixed)
    finishes, costs, total, critical = [], [], [0.0] * n, [0] * n
    for _ in range(iterations):
        finish, cost = _plain_iteration(lists, s.loading, chance, total, critical)
        finishes.append(finish)
        costs.append(cost)
    return Answer(np.array(finishes), np.array(costs), np.array(total) / iterations, np.array(critical) / iterations)


def _plain_size(lists: dict[str, list], name: str, row: int, u: float) -> float:
    p = lists[name + " p"][row]
    j = min(max(bisect_right(p, u) - 1, 0), LAST - 1)
    step = p[j + 1] - p[j]
    x = (j + ((u - p[j]) / step if step > 0 else 0.0)) / LAST
    return lists[name + " low"][row] + lists[name + " width"][row] * x


def _plain_iteration(
    lists: dict[str, list], loading: float, chance: random.Random, total: list, critical: list
) -> tuple[float, float]:
    cost, factors = _plain_risks(lists, chance)
    groups = [chance.gauss(0, 1) for _ in range(GROUPS)]
    n, own = len(lists["fixed"]), math.sqrt(1 - loading * loading)
    starts, finishes = [0] * n, [0] * n
    for a in range(n):
        z = loading * groups[lists["group"][a]] + own * chance.gauss(0, 1)
        minutes = _plain_size(lists, "days", a, 0.5 * math.erfc(-z / math.sqrt(2)))
        for k in range(lists["strike_ptr"][a], lists["strike_ptr"][a + 1]):
            minutes *= factors[lists["striker"][k]]
        minutes = math.floor(minutes + 0.5)
        start, bound = 0, 0
        for k in range(lists["link_ptr"][a], lists["link_ptr"][a + 1]):
            before, lag = lists["before"][k], lists["lag"][k]
            if lists["type"][k] == FF:
                bound = max(bound, finishes[before] + lag)
            else:
                start = max(start, (starts if lists["type"][k] == SS else finishes)[before] + lag)
        finishes[a] = max(start + minutes, bound)
        starts[a] = finishes[a] - minutes
        total[a] += finishes[a]
        cost += lists["fixed"][a] + lists["rate"][a] * minutes
    _plain_trace(lists, starts, finishes, critical)
    return max(finishes), cost


def _plain_risks(lists: dict[str, list], chance: random.Random) -> tuple[float, list[float]]:
    cost, factors = 0.0, []
    for r, probability in enumerate(lists["probability"]):
        occurs = chance.random() < probability
        factors.append(_plain_size(lists, "factor", r, chance.random()) if occurs else 1.0)
        if occurs and lists["charges"][r]:
            cost += _plain_size(lists, "charge", r, chance.random())
    return cost, factors


def _plain_trace(lists: dict[str, list], starts: list, finishes: list, critical: list) -> None:
    last = max(finishes)
    on = [finish == last for finish in finishes]
    for a in reversed(range(len(on))):
        if on[a]:
            critical[a] += 1
            for k in range(lists["link_ptr"][a], lists["link_ptr"][a + 1]):
                before = lists["before"][k]
                event = (starts if lists["type"][k] == SS else finishes)[before] + lists["lag"][k]
                if event == (finishes if lists["type"][k] == FF else starts)[a]:
                    on[before] = True


# ---------------------------------------------------------------- numpy, all iterations of a chunk at once


def numpy_rows(s: Setup, iterations: int, seed: int = 1) -> Answer:
    """Return the answer of numpy over iterations: a Python loop over activities, one row operation after the other."""
    chance, n = np.random.default_rng(seed), len(s.fixed)
    finish, cost, total, critical = np.empty(iterations), np.empty(iterations), np.zeros(n), np.zeros(n)
    for first in range(0, iterations, CHUNK):
        out = slice(first, min(first + CHUNK, iterations))
        finish[out], cost[out] = _numpy_chunk(s, chance, out.stop - first, total, critical)
    return Answer(finish, cost, total / iterations, critical / iterations)


def _numpy_sizes(tables: Tables, row: int, u: Floats) -> Floats:
    x = np.interp(u, tables.p[row], np.arange(LAST + 1) / LAST)
    return tables.low[row] + tables.width[row] * x


def _numpy_chunk(
    s: Setup, chance: np.random.Generator, lanes: int, total: Floats, critical: Floats
) -> tuple[Floats, Floats]:
    factors, cost = np.ones((len(s.probability), lanes)), np.full(lanes, s.fixed.sum())
    for r, probability in enumerate(s.probability):
        occurs = chance.random(lanes) < probability
        factors[r] = np.where(occurs, _numpy_sizes(s.factor, r, chance.random(lanes)), 1.0)
        if s.charges[r]:
            cost += np.where(occurs, _numpy_sizes(s.charge, r, chance.random(lanes)), 0.0)
    n, own = len(s.fixed), math.sqrt(1 - s.loading**2)
    groups = chance.standard_normal((GROUPS, lanes))
    starts, finishes = np.empty((n, lanes)), np.empty((n, lanes))
    for a in range(n):
        u = special.ndtr(s.loading * groups[s.group[a]] + own * chance.standard_normal(lanes))
        minutes = _numpy_sizes(s.days, a, u)
        for k in range(s.strike_ptr[a], s.strike_ptr[a + 1]):
            minutes *= factors[s.striker[k]]
        minutes = np.floor(minutes + 0.5)
        start, bound = np.zeros(lanes), np.zeros(lanes)
        for k in range(s.link_ptr[a], s.link_ptr[a + 1]):
            event = (starts if s.type[k] == SS else finishes)[s.before[k]] + s.lag[k]
            reached = bound if s.type[k] == FF else start
            np.maximum(reached, event, out=reached)
        finishes[a] = np.maximum(start + minutes, bound)
        starts[a] = finishes[a] - minutes
        cost += s.rate[a] * minutes
    total += finishes.sum(axis=1)
    critical += _numpy_trace(s, starts, finishes)
    return finishes.max(axis=0), cost


def _numpy_trace(s: Setup, starts: Floats, finishes: Floats) -> Ints:
    on = finishes == finishes.max(axis=0)
    for a in range(len(on) - 1, -1, -1):
        for k in range(s.link_ptr[a], s.link_ptr[a + 1]):
            before = s.before[k]
            event = (starts if s.type[k] == SS else finishes)[before] + s.lag[k]
            on[before] |= on[a] & (event == (finishes if s.type[k] == FF else starts)[a])
    return on.sum(axis=1)


# ---------------------------------------------------------------- numba, one iteration after the other


def numba_loop(s: Setup, iterations: int, seed: int = 1) -> Answer:
    """Return the answer of straightforward numba in one thread; the first call compiles."""
    finish, cost, n = np.empty(iterations), np.empty(iterations), len(s.fixed)
    total, critical = np.zeros((2, n)), np.zeros(n)
    _iterations(np.random.default_rng(seed), *_flat(s), finish, cost, total, critical)
    return Answer(finish, cost, total[1] / iterations, critical / iterations)


def numba_threads(s: Setup, iterations: int, threads: int = 2) -> Answer:
    """Return the answer of the same loop in threads, each with its own iterations and generator."""
    each = -(-iterations // threads)
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(lambda seed: numba_loop(s, each, seed), range(threads)))
    return Answer(
        np.concatenate([part.finish for part in parts]),
        np.concatenate([part.cost for part in parts]),
        np.mean([part.mean_finish for part in parts], axis=0),
        np.mean([part.criticality for part in parts], axis=0),
    )


def _flat(s: Setup) -> tuple[object, ...]:
    """Return the arrays one by one: numba passes them faster than tuples of arrays."""
    risks = (s.probability, *s.factor, s.charges, *s.charge)
    links = (s.link_ptr, s.before, s.type, s.lag)
    return *risks, *s.days, s.group, s.loading, s.strike_ptr, s.striker, *links, s.fixed, s.rate, s.opens, s.worked


@njit(nogil=True)
def _iterations(
    chance,
    probability, factor_low, factor_width, factor_p, charges, charge_low, charge_width, charge_p,
    low, width, p, group, loading, strike_ptr, striker, link_ptr, before, type, lag, fixed, rate, opens, worked,
    finish, cost, total, critical,
):  # fmt: skip
    n = fixed.size
    starts, finishes, on = np.zeros(n), np.zeros(n), np.zeros(n, np.bool_)
    factors, groups, minutes = np.ones(probability.size), np.zeros(GROUPS), np.zeros(n)
    for i in range(finish.size):
        cost[i] = 0.0
        for r in range(probability.size):
            factors[r] = 1.0
            if chance.random() < probability[r]:
                factors[r] = _size(factor_low, factor_width, factor_p, r, chance.random())
                if charges[r]:
                    cost[i] += _size(charge_low, charge_width, charge_p, r, chance.random())
        for g in range(GROUPS):
            groups[g] = chance.standard_normal()
        _durations(chance, low, width, p, group, loading, groups, strike_ptr, striker, factors, minutes)
        finish[i] = _forward(link_ptr, before, type, lag, minutes, starts, finishes)
        for a in range(n):
            cost[i] += fixed[a] + rate[a] * minutes[a]
            total[0, a] += _instant(opens, worked, starts[a], 0) if opens.size else starts[a]
            total[1, a] += _instant(opens, worked, finishes[a], 1) if opens.size else finishes[a]
        _trace(link_ptr, before, type, lag, starts, finishes, finish[i], on, critical)


@njit(nogil=True)
def _size(low, width, p, row, u):
    first, last = 0, LAST
    while last - first > 1:
        middle = (first + last) // 2
        if p[row, middle] <= u:
            first = middle
        else:
            last = middle
    step = p[row, first + 1] - p[row, first]
    x = (first + ((u - p[row, first]) / step if step > 0 else 0.0)) / LAST
    return low[row] + width[row] * x


@njit(nogil=True)
def _instant(opens, worked, minute, side):
    """Return the instant at which working minute ``minute`` begins (side 0), or at which the one before it ends (1)."""
    first, last = 0, worked.size
    while last - first > 1:
        middle = (first + last) // 2
        if worked[middle] <= minute - side:
            first = middle
        else:
            last = middle
    return opens[first] + minute - worked[first]


@njit(nogil=True)
def _durations(chance, low, width, p, group, loading, groups, strike_ptr, striker, factors, minutes):
    own = math.sqrt(1 - loading**2)
    for a in range(minutes.size):
        z = loading * groups[group[a]] + own * chance.standard_normal()
        size = _size(low, width, p, a, 0.5 * math.erfc(-z / math.sqrt(2.0)))
        for k in range(strike_ptr[a], strike_ptr[a + 1]):
            size *= factors[striker[k]]
        minutes[a] = math.floor(size + 0.5)


@njit(nogil=True)
def _forward(link_ptr, before, type, lag, minutes, starts, finishes):
    finish = 0.0
    for a in range(minutes.size):
        start, bound = 0.0, 0.0
        for k in range(link_ptr[a], link_ptr[a + 1]):
            if type[k] == FS:
                start = max(start, finishes[before[k]] + lag[k])
            elif type[k] == SS:
                start = max(start, starts[before[k]] + lag[k])
            else:
                bound = max(bound, finishes[before[k]] + lag[k])
        finishes[a] = max(start + minutes[a], bound)
        starts[a] = finishes[a] - minutes[a]
        finish = max(finish, finishes[a])
    return finish


@njit(nogil=True)
def _trace(link_ptr, before, type, lag, starts, finishes, finish, on, critical):
    for a in range(on.size):
        on[a] = finishes[a] == finish
    for a in range(on.size - 1, -1, -1):
        if on[a]:
            critical[a] += 1
            for k in range(link_ptr[a], link_ptr[a + 1]):
                event = (starts[before[k]] if type[k] == SS else finishes[before[k]]) + lag[k]
                if event == (finishes[a] if type[k] == FF else starts[a]):
                    on[before[k]] = True
