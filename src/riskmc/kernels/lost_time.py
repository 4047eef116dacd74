"""Lost time: which working minutes of a calendar are lost in an iteration, counted and found again.

A working minute is *good* where neither weather nor a calendar risk takes it. Dates stay indices of the calendar as
it stands; work goes on in good minutes alone: what begins at index k with d minutes of work ends at
``end_at(good_before(k) + d)``. Stretches of lost minutes are kept per table (a calendar) and lane, in two layers:
those of the weather, then those of the risks, which are counted in minutes that the weather leaves. Every function is
a search or a short loop; `kernels/weather.py` draws the days, as far as they are asked for.

Both layers are int32[table, lane, ...] and begin with the number of stretches. Of the weather, entry 2 + 2 j holds
the good minutes before stretch j, 1 + 2 j the lost ones: it begins at the index that is their sum. A stretch of the
risks is two entries, begin and end; they are in order and apart.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.compiled import inner
from riskmc.kernels.philox import LANES, fill_words

CHUNK = 32  # days drawn at a time
EVERYTHING = np.int32(2**31 - 1)  # every index is known: nothing is left to draw


class Thinning(NamedTuple):
    """What is the same in every iteration: tables are calendars that lose minutes, sites the weather of some of them.

    ``table`` int32[nodes] is the table of a node's work, -1 for none; ``site`` int32[tables] or -1. ``first``
    int32[tables, days + 1] is the index of a calendar at the start of every day of the axis, ``kept`` int32[tables,
    days] the one up to which a bad day is worked. ``after_good`` and
    ``after_bad`` uint64[sites, before + days] are the words below which a day is bad, after a good and a bad day, from
    ``before`` days before the axis on. ``days`` int64[4] holds: ``before``, the number of the axis' first day, the
    first day on which anything works, and the days of the axis.
    """

    table: NDArray[np.int32]
    site: NDArray[np.int32]
    first: NDArray[np.int32]
    kept: NDArray[np.int32]
    after_good: NDArray[np.uint64]
    after_bad: NDArray[np.uint64]
    days: NDArray[np.int64]


class Lost(NamedTuple):
    """The lost stretches of one block, as far as they are drawn; the module's text says how they are kept.

    ``weather`` int32[tables, 256, 2 + 2 room] is by lane of the drawn block, and ``lane`` int32[B] tells which of them
    each lane of a pool is; ``risks`` int32[tables, B, 1 + 2 room] is by lane of the pool. ``key`` uint64[sites, 2] and
    ``draw`` uint64[3] (seed and block) say what to draw, ``until`` int64[sites] how many days are drawn, ``known``
    int32[tables] how many indices that is; ``bad`` uint8[sites, 256] is the last day, ``words`` workspace.
    """

    weather: NDArray[np.int32]
    risks: NDArray[np.int32]
    lane: NDArray[np.int32]
    key: NDArray[np.uint64]
    draw: NDArray[np.uint64]
    until: NDArray[np.int64]
    known: NDArray[np.int32]
    bad: NDArray[np.uint8]
    words: NDArray[np.uint32]


@inner
def good_before(weather: Any, risks: Any, t: Any, lane: Any, i: Any, k: Any) -> Any:
    """Return the good minutes before index ``k`` of table ``t``, known, in lane ``i`` that was drawn as ``lane``."""
    return good_in_risks(risks, t, i, good_in_weather(weather, t, lane, k))


@inner
def start_at(weather: Any, risks: Any, t: Any, lane: Any, i: Any, good: Any) -> Any:
    """Return the index of the good minute that has so many before it: where work starts."""
    for j in range(1, 1 + 2 * risks[t, i, 0], 2):
        if good < risks[t, i, j]:
            break
        good += risks[t, i, j + 1] - risks[t, i, j]
    return good + weather[t, lane, 1 + 2 * stretches_passed(weather, t, lane, good + 1, np.int64(0))]


@inner
def end_at(weather: Any, risks: Any, t: Any, lane: Any, i: Any, good: Any) -> Any:
    """Return the first index with so many good minutes before it: where work ends."""
    for j in range(1, 1 + 2 * risks[t, i, 0], 2):
        if good <= risks[t, i, j]:
            break
        good += risks[t, i, j + 1] - risks[t, i, j]
    return good + weather[t, lane, 1 + 2 * stretches_passed(weather, t, lane, good, np.int64(0))]


@inner
def good_in_weather(weather: Any, t: Any, lane: Any, k: Any) -> Any:
    """Return the minutes before index ``k`` that the weather leaves."""
    begun = stretches_begun(weather, t, lane, k)
    good = k - weather[t, lane, 1 + 2 * begun]
    return good if begun == 0 else max(good, np.int64(weather[t, lane, 2 * begun]))


@inner
def stretches_begun(weather: Any, t: Any, lane: Any, k: Any) -> Any:
    """Return how many stretches of bad weather begin at index ``k`` or before."""
    low, high = np.int64(0), np.int64(weather[t, lane, 0])
    while low < high:
        middle = (low + high) >> 1
        if weather[t, lane, 2 + 2 * middle] + weather[t, lane, 1 + 2 * middle] <= k:
            low = middle + 1
        else:
            high = middle
    return low


@inner
def stretches_passed(weather: Any, t: Any, lane: Any, good: Any, low: Any) -> Any:
    """Return how many stretches of bad weather have fewer than ``good`` good minutes before them; ``low`` surely do."""
    last, step = np.int64(weather[t, lane, 0]), np.int64(1)
    high = low
    while high < last and weather[t, lane, 2 + 2 * high] < good:
        low, high, step = high + 1, high + step, 2 * step
    high = min(high, last)
    while low < high:
        middle = (low + high) >> 1
        if weather[t, lane, 2 + 2 * middle] < good:
            low = middle + 1
        else:
            high = middle
    return low


@inner
def good_in_risks(risks: Any, t: Any, i: Any, k: Any) -> Any:
    """Return how many of the first ``k`` minutes that the weather leaves no risk takes."""
    good = k
    for j in range(1, 1 + 2 * risks[t, i, 0], 2):
        if k <= risks[t, i, j]:
            break
        good -= min(k, np.int64(risks[t, i, j + 1])) - risks[t, i, j]
    return good


@inner
def forget(table: Any, lost: Any, site: Any) -> None:
    """Begin a new block: nothing of the site is drawn yet but the weather of the day before anything works."""
    begin = table.days[2]
    lost.until[site] = begin
    for t in range(table.site.size):
        if table.site[t] == site:
            lost.known[t] = table.first[t, begin]
            for lane in range(LANES):
                lost.weather[t, lane, 0] = 0
    _look_back(table, lost, site)


_UNKNOWN = np.uint8(2)  # of the day before; 3 is the opposite of it


@inner
def _look_back(table: Any, lost: Any, site: Any) -> None:
    """Set ``bad`` to the weather of the day before anything works, whenever the calendars begin.

    A word below both thresholds makes a day bad, one above both good, whatever the day before was; between them the
    day is like the day before, or its opposite. So going back to the last decisive day gives the weather of a chain
    that has run for ever (coupling from the past; Propp and Wilson 1996).
    """
    bad, day, left = lost.bad, table.days[0] + table.days[2], LANES
    for lane in range(LANES):
        bad[site, lane] = _UNKNOWN
    while left > 0 and day > 0:
        day -= 1
        good, again = table.after_good[site, day], table.after_bad[site, day]
        least, most = min(good, again), max(good, again)
        if most > 0:
            _fill(table, lost, site, day)
        for lane in range(LANES):
            word = np.uint64(lost.words[lane])
            if bad[site, lane] < _UNKNOWN:
                continue
            if most == 0 or word >= most or word < least or day == 0:
                bad[site, lane] = (bad[site, lane] - _UNKNOWN) ^ np.uint8(word < least)
                left -= 1
            elif good > again:
                bad[site, lane] ^= np.uint8(1)


@inner
def _fill(table: Any, lost: Any, site: Any, day: Any) -> None:
    """Draw the words of a day, counted from the first one that is known: its occurrence number is its date's own."""
    number = np.uint64(table.days[1] + day - table.days[0])
    fill_words(
        lost.draw[0], lost.draw[1], lost.key[site, 0], lost.key[site, 1], number, np.int64(lost.draw[2]), lost.words
    )


@inner
def draw_on(table: Any, lost: Any, t: Any) -> None:
    """Draw the next days of the site of table ``t``, and enter what they take from its calendars."""
    site = table.site[t]
    begin, days = lost.until[site], table.days[3]
    end = min(begin + CHUNK, days)
    for day in range(begin, end):
        _draw_day(table, lost, site, day)
    lost.until[site] = end
    for other in range(table.site.size):
        if table.site[other] == site:
            lost.known[other] = table.first[other, end] if end < days else EVERYTHING


@inner
def draw_to(table: Any, lost: Any, t: Any, k: Any) -> None:
    """Draw days until index ``k`` of table ``t`` is known."""
    while k >= lost.known[t]:
        draw_on(table, lost, t)


@inner
def _draw_day(table: Any, lost: Any, site: Any, day: Any) -> None:
    at, bad = table.days[0] + day, lost.bad
    good, again = table.after_good[site, at], table.after_bad[site, at]
    if good == 0 and again == 0:
        for lane in range(LANES):
            bad[site, lane] = np.uint8(0)
        return
    _fill(table, lost, site, at)
    for lane in range(LANES):
        bad[site, lane] = np.uint8(np.uint64(lost.words[lane]) < (again if bad[site, lane] else good))
    for t in range(table.site.size):
        minutes = table.first[t, day + 1] - table.kept[t, day]
        if table.site[t] == site and minutes > 0:
            for lane in range(LANES):
                if bad[site, lane]:
                    _enter(lost.weather, t, lane, table.kept[t, day], minutes)


@inner
def _enter(weather: Any, t: Any, lane: Any, first: Any, minutes: Any) -> None:
    """Enter ``minutes`` lost from index ``first`` on, later than all before: a new stretch, or more of the last."""
    last = 2 * weather[t, lane, 0]
    place = first - weather[t, lane, 1 + last]
    if last > 0 and weather[t, lane, last] == place:
        weather[t, lane, 1 + last] += minutes
        return
    weather[t, lane, 2 + last] = place
    weather[t, lane, 3 + last] = weather[t, lane, 1 + last] + minutes
    weather[t, lane, 0] += 1


__all__ = [
    "EVERYTHING", "Lost", "Thinning", "draw_on", "draw_to", "end_at", "forget", "good_before", "good_in_weather",
    "start_at", "stretches_begun", "stretches_passed",
]  # fmt: skip
