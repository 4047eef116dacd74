"""Weather in the row machine: instructions that stretch work over the minutes lost in each iteration.

The instructions of a network (kernels/rows.py) are run in pieces; between them stand those of this module, which the
row machine itself does not know. So a network without weather runs as ever. X, Y, Z are pool rows, NODE is a number.

    STRETCH    start NODE and finish NODE, of which the latter holds the minutes of work, no earlier than row X, -1
               for no bound; row Z is the earliest index from which the start would have been the same
    LATEST     OUT = the latest good minute at or before X
    BACK       OUT = the latest start of NODE's work that ends by X
    FORTH      OUT = the latest index that is as good an end of NODE's work that starts at X

The work of a node is then the good minutes between its start and its finish; what has none moves as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels import rows
from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.lost_time import (
    EVERYTHING,
    draw_on,
    draw_to,
    end_at,
    forget,
    good_before,
    good_in_weather,
    start_at,
    stretches_begun,
    stretches_passed,
)

STRETCH, LATEST, BACK, FORTH = 100, 101, 102, 103  # in OUT, X, Y (= NODE), Z


@entry
def begin(table: Any, lost: Any) -> None:
    """Forget the stretches of the block before; what ``lost.draw`` names is drawn when it is asked for."""
    for t in range(table.site.size):
        lost.known[t] = EVERYTHING
    for site in range(lost.until.size):
        forget(table, lost, site)


@entry
def draw_all(table: Any, lost: Any) -> None:
    """Draw every day of the axis."""
    for t in range(table.site.size):
        draw_to(table, lost, t, EVERYTHING - 1)


@entry
def strike(table: Any, lost: Any, of: Any, first: Any, last: Any) -> None:
    """Enter what calendar risks take: indices ``first[r, i]`` to ``last[r, i]`` (int64[risks, B]) of table ``of[r]``.

    The last is excluded; where both are equal nothing is lost. Minutes taken twice are lost once.
    """
    for t in range(lost.risks.shape[0]):
        for i in range(lost.risks.shape[1]):
            lost.risks[t, i, 0] = 0
    for r in range(of.size):
        for i in range(first.shape[1]):
            if last[r, i] > first[r, i]:
                while lost.known[of[r]] <= last[r, i]:
                    draw_on(table, lost, of[r])
                a = good_in_weather(lost.weather, of[r], lost.lane[i], first[r, i])
                _insert(lost.risks, of[r], i, a, good_in_weather(lost.weather, of[r], lost.lane[i], last[r, i]))


@inner
def _insert(risks: Any, t: Any, i: Any, a: Any, b: Any) -> None:
    """Insert the stretch a to b among those of a lane, joined with all that it meets."""
    kept = np.int64(1)
    for j in range(1, 1 + 2 * risks[t, i, 0], 2):
        if risks[t, i, j] <= b and risks[t, i, j + 1] >= a:
            a, b = min(a, np.int64(risks[t, i, j])), max(b, np.int64(risks[t, i, j + 1]))
        else:
            risks[t, i, kept], risks[t, i, kept + 1] = risks[t, i, j], risks[t, i, j + 1]
            kept += 2
    risks[t, i, 0] = (kept + 1) // 2
    while kept > 1 and risks[t, i, kept - 2] > a:
        risks[t, i, kept], risks[t, i, kept + 1] = risks[t, i, kept - 2], risks[t, i, kept - 1]
        kept -= 2
    risks[t, i, kept], risks[t, i, kept + 1] = np.int32(a), np.int32(b)


@entry
def run(code: Any, pool: Any, exists: Any, entries: Any, slots: Any, tight: Any, table: Any, lost: Any) -> Any:
    """Carry out instructions, those of this module included, and return what `rows.run` returns: (beyond, before)."""
    beyond: Any = np.int64(-1)
    before: Any = np.int64(-1)
    done = 0
    for n in range(code.shape[0] + 1):
        if n < code.shape[0] and code[n, 0] < STRETCH:
            continue
        if n > done:
            after, ahead = rows.run(code[done:n], pool, exists, entries, slots, tight)
            beyond, before = max(beyond, np.int64(after)), max(before, np.int64(ahead))
        done = n + 1
        if n == code.shape[0]:
            break
        operation, out, x, node, z = code[n, 0], code[n, 1], code[n, 3], code[n, 5], code[n, 7]
        t, lane = table.table[node], 0
        while True:
            if operation == STRETCH:
                lane = _stretch(
                    pool,
                    exists.shape[0] + node,
                    node,
                    x,
                    z,
                    t,
                    lost.weather,
                    lost.risks,
                    lost.lane,
                    lost.known[t],
                    lane,
                )
            else:
                last = np.int64(table.first[t, table.days[3]])
                lane = _move(
                    pool, exists.shape[0] + node, node, x, out, operation, last, t, lost.weather, lost.risks,
                    lost.lane, lost.known[t], lane,
                )  # fmt: skip
            if lane == pool.shape[1]:
                break
            draw_on(table, lost, t)
    return beyond, before


@inner
def _stretch(
    pool: Any, finish: Any, node: Any, bound: Any, early: Any, t: Any, weather: Any, risks: Any, lane: Any, known: Any,
    first: Any,
) -> Any:  # fmt: skip
    """Stretch the work of a node in the lanes from ``first`` on; return the lane where more days have to be known."""
    for i in range(first, pool.shape[1]):
        work, k = np.int64(pool[finish, i]), np.int64(pool[node, i])
        if work <= 0:
            end = k if bound < 0 else max(k, np.int64(pool[bound, i]))
            pool[node, i] = pool[finish, i] = pool[early, i] = np.int32(end)
            continue
        if k >= known:
            return i
        if bound < 0 and risks[t, i, 0] == 0:
            start, end, before = _by_weather(weather, t, lane[i], k, work)
            if end >= known or start >= known:
                return i
            pool[node, i], pool[early, i] = np.int32(start), np.int32(before)
            pool[finish, i] = np.int32(min(end, np.int64(rows.CAP)))
            continue
        good = good_before(weather, risks, t, lane[i], i, k)
        end = end_at(weather, risks, t, lane[i], i, good + work)
        if bound >= 0 and pool[bound, i] > end:
            end = np.int64(pool[bound, i])
            if end >= known:
                return i
            good = good_before(weather, risks, t, lane[i], i, end) - work
        start = start_at(weather, risks, t, lane[i], i, good)
        if end >= known or start >= known:
            return i
        pool[early, i] = np.int32(end_at(weather, risks, t, lane[i], i, good))
        pool[node, i] = np.int32(start)
        pool[finish, i] = np.int32(min(end, np.int64(rows.CAP)))
    return pool.shape[1]


@inner
def _by_weather(weather: Any, t: Any, lane: Any, k: Any, work: Any) -> Any:
    """Return start, end and earliest equal start of work from index ``k`` on: most work, in one search and a step."""
    begun = stretches_begun(weather, t, lane, k)
    good, start = k - weather[t, lane, 1 + 2 * begun], k
    early = k
    if begun > 0 and good <= weather[t, lane, 2 * begun]:
        good = np.int64(weather[t, lane, 2 * begun])
        start, early = good + weather[t, lane, 1 + 2 * begun], good + weather[t, lane, 2 * begun - 1]
    passed = stretches_passed(weather, t, lane, good + work, begun)
    return start, good + work + weather[t, lane, 1 + 2 * passed], early


@inner
def _move(
    pool: Any, finish: Any, node: Any, x: Any, out: Any, operation: Any, last: Any, t: Any, weather: Any, risks: Any,
    lane: Any, known: Any, first: Any,
) -> Any:  # fmt: skip
    """Go back or forth by the work of a node, as `_stretch` does; past the end of the axis, by what it lasted."""
    for i in range(first, pool.shape[1]):
        start, end, k = np.int64(pool[node, i]), np.int64(pool[finish, i]), np.int64(pool[x, i])
        if end == start or k < 0 or k >= last:
            lasts = np.int64(0) if operation == LATEST else end - start
            pool[out, i] = np.int32(k - lasts if operation == BACK else k + lasts)
            continue
        if max(k + 1, end) >= known:
            return i
        work = good_before(weather, risks, t, lane[i], i, end) - good_before(weather, risks, t, lane[i], i, start)
        good = good_before(weather, risks, t, lane[i], i, k)
        if operation == BACK:
            good -= work
        elif operation == FORTH:
            good += work
        else:
            good = good_before(weather, risks, t, lane[i], i, k + 1) - 1
        found = start_at(weather, risks, t, lane[i], i, good)
        if found >= known:
            return i
        pool[out, i] = np.int32(found)
    return pool.shape[1]


__all__ = ["BACK", "FORTH", "LATEST", "STRETCH", "begin", "draw_all", "run", "strike"]
