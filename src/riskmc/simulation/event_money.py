"""Money in the discrete-event engine: the purse of a replication, and what everything costs in each iteration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import costs
from riskmc.kernels.structs import as_struct
from riskmc.network.dynamics.funding import Spending

if TYPE_CHECKING:
    from riskmc.simulation.event_block import EventBlock


class Purse(NamedTuple):
    """The money of one replication, by node: kernels/discrete_event/funding.py.

    ``whole`` and ``fixed`` cents over ``minutes`` of its calendar, ``taken`` cents so far, ``ends`` the minute of the
    axis at which they end, ``opened`` the minute of its calendar at which what goes on by itself began, ``open_ends``
    how many of those it follows are not done; ``closed`` whether its fixed cost is paid, ``unpaid`` whether it has
    paused for want of money, ``told`` whether that was logged, ``asks`` workspace. ``lump`` is by release what is
    spent by nobody until the next, ``sums`` int64[3] what is free, the next release, and how many have paused.
    """

    whole: NDArray[np.int64]
    fixed: NDArray[np.int64]
    minutes: NDArray[np.int64]
    taken: NDArray[np.int64]
    ends: NDArray[np.int64]
    opened: NDArray[np.int64]
    open_ends: NDArray[np.int64]
    closed: NDArray[np.uint8]
    unpaid: NDArray[np.uint8]
    told: NDArray[np.uint8]
    asks: NDArray[np.uint8]
    lump: NDArray[np.int64]
    sums: NDArray[np.int64]


class Prices(NamedTuple):
    """What everything costs, lane by lane: the first two by node, ``lump`` by release; empty where no money binds."""

    whole: NDArray[np.int64]
    fixed: NDArray[np.int64]
    lump: NDArray[np.int64]


def new_purse(nodes: int, releases: int) -> Purse:
    """Return a purse with nothing in it."""
    whole, fixed, minutes, taken, ends, opened, open_ends = np.zeros((7, nodes), np.int64)
    closed, unpaid, told, asks = np.zeros((4, nodes), np.uint8)
    lump, sums = np.zeros(releases, np.int64), np.zeros(3, np.int64)
    return Purse(whole, fixed, minutes, taken, ends, opened, open_ends, closed, unpaid, told, asks, lump, sums)


def new_prices(nodes: int, releases: int, lanes: int) -> Prices:
    """Return the arrays of a block."""
    whole, fixed = np.zeros((2, lanes, nodes), np.int64)
    return Prices(whole, fixed, np.zeros((lanes, releases), np.int64))


def fill_prices(block: EventBlock, prices: Prices) -> None:
    """Say what everything costs in each lane as the static pass dates it, and what of that no date changes."""
    network, dynamics = block.network, block.dynamics
    table, spent, n = network.costs, dynamics.spending, network.nodes
    own = as_struct(table._replace(project=np.arange(table.fixed.size, dtype=np.int32)))
    still = np.zeros((2 * n, block.lanes), np.int32)
    dated, exists = _as_if_there(block)
    for pool, out in ((dated, prices.whole), (still, prices.fixed)):
        cents = np.zeros((1 + table.fixed.size, block.lanes), np.int64)
        drawn = (block.money, block.factors, block.additions)
        costs.costs(own, *drawn, exists, pool, block.work, block.spent, cents)
        out[:] = 0
        for entry, node in enumerate(spent.node):
            if node >= 0:
                out[:, node] += _of(entry, spent, cents)
        if out is prices.whole and prices.lump.size:
            _spread(block, spent, cents, prices.lump)
    np.maximum(prices.whole, 0, out=prices.whole)
    np.clip(prices.fixed, 0, prices.whole, out=prices.fixed)


def _as_if_there(block: EventBlock) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Return dates and existence of a block, what does not exist because of a date as if it did: it may yet."""
    open_ = (block.exists == 0) & (block.space.possible.T != 0)
    if not open_.any():
        return block.pool, block.exists
    starts, finishes = block.network.logic.starts, block.network.logic.finishes
    dated = block.pool.copy()
    dated[finishes] = np.where(open_, dated[starts] + block.space.duration.T, dated[finishes])
    return dated, block.exists | open_


def _of(entry: int, spent: Spending, cents: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the cents of an item by lane, however it is known."""
    row = spent.row[entry]
    return cents[1 + row] if row >= 0 else np.full(cents.shape[1], spent.cents[entry])


def _spread(block: EventBlock, spent: Spending, cents: NDArray[np.int64], lump: NDArray[np.int64]) -> None:
    """Spread what hangs on no activity evenly until the finish of its project in the static pass, by release."""
    lump[:] = 0
    edges = block.dynamics.model.funding.minute
    for entry in np.flatnonzero(spent.node < 0):
        last = block.pool[block.network.logic.outputs][spent.output[entry]].astype(np.float64)
        begin = float(spent.begin[entry])
        length = np.maximum(last - begin, 1.0)
        share = np.clip((edges[:, None] - begin) / length, 0.0, 1.0)
        by_then = np.floor(share * _of(int(entry), spent, cents)).astype(np.int64)
        by_then[0] = 0
        until = np.vstack((by_then[1:], _of(int(entry), spent, cents)))
        lump += (until - by_then).T
