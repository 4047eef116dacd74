"""Late dates of level of effort: it follows late dates as it follows early ones, and drives nothing (P6 rule 12).

Its late start is the least that its FS and SS links say of late dates, its late finish the greatest of the others;
what has happened counts with its actual dates. Only the plan's own answer needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from riskmc.network.instructions import Ints
from riskmc.network.layout import START_MILESTONE, Layout
from riskmc.network.worktime import WorkTime


class Ends(NamedTuple):
    """Starts and finishes of all nodes, as indices on each node's own calendar."""

    start: Ints
    finish: Ints


def follow(layout: Layout, early: Ends, late: Ends, instants: Ends, lags: Sequence[int]) -> None:
    """Set the late dates of level of effort in place.

    ``instants`` are the early dates as minutes of the axis, ``lags`` the plan's values of sampled lags.
    """
    edges, floor = layout.edges, layout.nodes.floor
    links = np.flatnonzero(layout.nodes.level_of_effort[edges.successor])
    for node in sorted(set(edges.successor[links].tolist()), key=layout.position.__getitem__):
        own = links[edges.successor[links] == node]
        minutes = [_late(layout, int(link), early, late, instants) for link in own]
        said = np.array([_said(layout, int(link), at, lags) for link, at in zip(own, minutes, strict=True)], np.int64)
        begins = layout.bounds_start[own]
        late.start[node] = max(said[begins].min(), floor[node]) if begins.any() else early.start[node]
        late.finish[node] = max(said[~begins].max(), late.start[node]) if not begins.all() else early.finish[node]


def _late(layout: Layout, link: int, early: Ends, late: Ends, instants: Ends) -> int:
    """Return the late minute from which a link runs; where it is the early one, that rests where it rests."""
    a = int(layout.edges.predecessor[link])
    ends = bool(layout.from_finish[link])
    k, soonest, instant = (int((dates.finish if ends else dates.start)[a]) for dates in (late, early, instants))
    if layout.nodes.settled[a]:
        k = soonest
    if k == soonest and (ends or layout.kept[a]):
        return instant
    return _instant(layout.tables.calendars[layout.calendar[a]], k, ends and not _starts(layout, a))


def _starts(layout: Layout, node: int) -> bool:
    return bool(layout.nodes.milestone[node] == START_MILESTONE)


def _said(layout: Layout, link: int, instant: int, lags: Sequence[int]) -> int:
    """Return the index of its successor to which a link leads from a minute."""
    edges, calendars = layout.edges, layout.tables.calendars
    row = int(edges.lag_row[link])
    lag = int(edges.lag[link]) + (lags[row] if row >= 0 else 0)
    if lag:
        work = calendars[layout.lag_calendar[link]]
        instant = _instant(work, int(work.index(instant)) + lag, lag > 0)
    return int(calendars[layout.calendar[edges.successor[link]]].index(instant))


def _instant(work: WorkTime, index: int, ends: bool) -> int:
    """Return the minute of an index: an end of work or a start of work; before the axis, its first minute."""
    return int((work.finish_instant if ends else work.start_instant)(max(0, index)))
