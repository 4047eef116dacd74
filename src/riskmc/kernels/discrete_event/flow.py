"""A backlog worked off by an agile team: items flow through stages with servers and limits of work in progress.

The time is the working minutes of the team since the backlog was begun. Items are numbered from 0 and are pulled in
that order; a stage serves them first come, first served, its free server of lowest number first. An item that is
worked moves on when the next stage has a place; until then it keeps its place, and its server too where the stage
holds (blocking after service). At one minute all servers that are done are settled, by stage and server; then new
items come; then places are filled, from the last stage to the first (D4). Sources: Anderson (2010), Kanban; Spearman,
Woodruff and Hopp (1990), CONWIP.

The tables ``stages`` and ``servers``, ``queues``, ``following``, ``count`` are those of network/backlogs.py. ``takes``
float32[stages, items, lanes] are minutes, ``gaps`` float32[arrivals, lanes] the minutes between new items, ``crossing``
float64[n] those in which a scope that grows by a share comes from one item to n + 1. The rows of the log are (minute,
kind, stage, item).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked, linking_entry
from riskmc.kernels.discrete_event.codes import CENSORED, FINE, MORE_DRAWS, MORE_LOG

CAME, ENTERED, BEGAN, WORKED, OUT = range(5)  # an item: new in the backlog, in a stage, at a server, worked, done
STEADY, BY_COUNT, BY_SHARE = range(3)  # how a backlog grows: not at all, by items at random, by a share of its scope
FIRST, LAST, PLACES, HOLDS = range(4)  # columns of `stages`: its servers, places for items, whether a blocked one holds
DUE, ITEM = range(2)  # columns of `servers`: the minute at which it is done, the item it has
CARDS, WAITING, LAST_WAITING, READY, LAST_READY = range(5)  # columns of `queues`: items inside, ends of its two queues
NOW, KNOWN, PULLED, FINISHED, ENDED, ROWS, NEW, COMING, TOTAL, GROWTH, ITEMS, SPLIT = range(12)  # in `count`
FLOW_COUNTERS = 12
NEVER = np.int64(1) << np.int64(60)
MILLION = 1_000_000
NONE = -1


@linking_entry
def flow(
    table: Any, limit: Any, items: Any, split: Any, takes: Any, gaps: Any, lanes: Any, state: Any, log: Any, out: Any
) -> None:
    """Fill ``out`` (int64[3, lanes]) with working minutes until nothing is left, how it ended, and the rows logged.

    ``items`` and ``split`` int64[lanes] are the items known at the start and the pieces that each million items add;
    ``lanes`` are the first of those to run and the one after the last. A replication ends FINE, with MORE_DRAWS or
    MORE_LOG, or after ``limit`` minutes CENSORED. ``log`` int64[n, 4] is of the last lane; without rows nothing is
    written.
    """
    stages, total, growth, crossing = table
    servers, queues, following, count = state
    for lane in range(lanes[0], lanes[1]):
        _clear(servers, queues, count)
        count[TOTAL], count[GROWTH], count[ITEMS], count[SPLIT] = total, growth, items[lane], split[lane]
        count[KNOWN] = pieces(items[lane], split[lane])
        _await(count, gaps, crossing, lane)
        while count[ENDED] == FINE and count[FINISHED] < count[KNOWN]:
            _pull(stages, servers, queues, following, count, takes, lane, log)
            now = _soonest(servers, count[COMING])
            if count[ENDED] == FINE and now > limit:
                count[NOW], count[ENDED] = limit, CENSORED
            if count[ENDED] == FINE:
                count[NOW] = now
                _settle(stages, servers, queues, following, count, log)
                _grow(count, gaps, crossing, lane, log)
        out[0, lane], out[1, lane], out[2, lane] = count[NOW], count[ENDED], count[ROWS]


@linking_entry
def pieces(items: Any, split: Any) -> Any:
    """Return how many items come of so many when every million adds ``split`` by splitting, rounded up."""
    return items + (items * split + MILLION - 1) // MILLION


@linked
def _clear(servers: Any, queues: Any, count: Any) -> None:
    for counter in range(FLOW_COUNTERS):
        count[counter] = 0
    for server in range(servers.shape[0]):
        servers[server, DUE], servers[server, ITEM] = NEVER, NONE
    for stage in range(queues.shape[0]):
        queues[stage, CARDS], queues[stage, WAITING], queues[stage, READY] = 0, NONE, NONE


@linked
def _soonest(servers: Any, coming: Any) -> Any:
    """Return the minute of the next event."""
    first = coming
    for server in range(servers.shape[0]):
        if servers[server, DUE] < first:
            first = servers[server, DUE]
    return first


@linked
def _write(count: Any, log: Any, kind: Any, stage: Any, item: Any) -> None:
    """Add a row to the log, where one is kept."""
    if log.shape[0] == 0:
        return
    at = count[ROWS]
    if at == log.shape[0]:
        count[ENDED] = MORE_LOG
        return
    log[at, 0], log[at, 1], log[at, 2], log[at, 3] = count[NOW], kind, stage, item
    count[ROWS] = at + 1


@linked
def _append(queues: Any, stage: Any, queue: Any, following: Any, item: Any) -> None:
    """Put an item at the end of a queue: a chain of items, of which the first and the last are known."""
    following[item] = NONE
    if queues[stage, queue] == NONE:
        queues[stage, queue] = item
    else:
        following[queues[stage, queue + 1]] = item
    queues[stage, queue + 1] = item


@linked
def _take(queues: Any, stage: Any, queue: Any, following: Any) -> Any:
    """Take the first item of a queue, which is not empty."""
    item = queues[stage, queue]
    queues[stage, queue] = following[item]
    return item


# ------------------------------------------------------------------------------ new items


@linked
def _await(count: Any, gaps: Any, crossing: Any, lane: Any) -> None:
    """Find the minute at which the next new item comes."""
    if count[GROWTH] == STEADY:
        count[COMING] = NEVER
    elif count[GROWTH] == BY_COUNT and count[NEW] < gaps.shape[0]:
        count[COMING] += np.int64(np.rint(gaps[count[NEW], lane]))
    elif count[GROWTH] == BY_SHARE and count[KNOWN] < crossing.size:
        since = crossing[pieces(count[ITEMS], count[SPLIT]) - 1]
        count[COMING] = np.int64(np.rint(crossing[count[KNOWN]] - since))
    else:
        count[ENDED] = MORE_DRAWS


@linked
def _grow(count: Any, gaps: Any, crossing: Any, lane: Any, log: Any) -> None:
    """Add the items that come this minute, unless all was done before; one that splits comes in pieces."""
    while count[FINISHED] < count[KNOWN] and count[COMING] == count[NOW] and count[ENDED] == FINE:
        count[NEW] += 1
        known = count[KNOWN] + 1
        if count[GROWTH] == BY_COUNT:
            known = pieces(count[ITEMS] + count[NEW], count[SPLIT])
        for item in range(count[KNOWN], known):
            _write(count, log, CAME, NONE, item)
        count[KNOWN] = known
        _await(count, gaps, crossing, lane)


# ------------------------------------------------------------------------------ the board


@linked
def _settle(stages: Any, servers: Any, queues: Any, following: Any, count: Any, log: Any) -> None:
    """Settle the servers that are done this minute: the item is out of the last stage, or ready to move on."""
    now, last = count[NOW], stages.shape[0] - 1
    for stage in range(last + 1):
        for server in range(stages[stage, FIRST], stages[stage, LAST]):
            if servers[server, DUE] != now:
                continue
            item = servers[server, ITEM]
            _write(count, log, WORKED, stage, item)
            servers[server, DUE] = NEVER
            if stage == last or not stages[stage, HOLDS]:
                servers[server, ITEM] = NONE
            if stage == last:
                queues[stage, CARDS] -= 1
                count[FINISHED] += 1
                _write(count, log, OUT, stage, item)
            else:
                _append(queues, stage, READY, following, item)


@linked
def _pull(stages: Any, servers: Any, queues: Any, following: Any, count: Any, takes: Any, lane: Any, log: Any) -> None:
    """Fill the places of every stage, from the last to the first, and give waiting items to free servers."""
    for stage in range(stages.shape[0] - 1, -1, -1):
        while queues[stage, CARDS] < stages[stage, PLACES]:
            if stage > 0:
                if queues[stage - 1, READY] == NONE:
                    break
                item = _take(queues, stage - 1, READY, following)
                _leave(stages, servers, queues, stage - 1, item)
            else:
                if count[PULLED] == count[KNOWN] or count[PULLED] - count[FINISHED] >= count[TOTAL]:
                    break
                if count[PULLED] == following.size:
                    count[ENDED] = MORE_DRAWS
                    return
                item = count[PULLED]
                count[PULLED] += 1
            queues[stage, CARDS] += 1
            _write(count, log, ENTERED, stage, item)
            _append(queues, stage, WAITING, following, item)
        _serve(stages, servers, queues, following, count, takes, lane, log, stage)


@linked
def _leave(stages: Any, servers: Any, queues: Any, stage: Any, item: Any) -> None:
    """Give back the place of an item in its stage, and the server that it held."""
    queues[stage, CARDS] -= 1
    if stages[stage, HOLDS]:
        for server in range(stages[stage, FIRST], stages[stage, LAST]):
            if servers[server, ITEM] == item:
                servers[server, ITEM] = NONE


@linked
def _serve(
    stages: Any, servers: Any, queues: Any, following: Any, count: Any, takes: Any, lane: Any, log: Any, stage: Any
) -> None:
    """Give waiting items to the free servers of a stage."""
    for server in range(stages[stage, FIRST], stages[stage, LAST]):
        if queues[stage, WAITING] == NONE:
            return
        if servers[server, ITEM] != NONE:
            continue
        item = _take(queues, stage, WAITING, following)
        servers[server, ITEM] = item
        minutes = np.int64(np.rint(takes[stage, item, lane]))
        servers[server, DUE] = count[NOW] + (minutes if minutes > 1 else np.int64(1))
        _write(count, log, BEGAN, stage, item)
