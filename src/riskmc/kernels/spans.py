"""Spans: columns side by side that are variants of one lane, and take from it what their events do not change.

Columns ``starts[s]`` to ``starts[s + 1] - 1`` are variants of lane ``lanes[s]``. To fill a span with one number takes a
fifth of the time of picking a number for every column.
"""

from __future__ import annotations

from typing import Any

from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.effects import _fill, _last


@entry
def divide(columns: Any, starts: Any, lanes: Any) -> Any:
    """Fill the spans of ``columns`` (int32[columns], the lane of each) and return how many there are.

    ``starts`` (int32[columns + 1]) and ``lanes`` (int32[columns]) have room for one of each column.
    """
    count = 0
    for i in range(columns.size):
        if i == 0 or columns[i] != columns[i - 1]:
            starts[count], lanes[count] = i, columns[i]
            count += 1
    starts[count] = columns.size
    return count


@entry
def spread(rows: Any, chosen: Any, starts: Any, lanes: Any, out: Any) -> None:
    """Fill ``out[chosen[k]]`` in every span with what ``rows[chosen[k]]`` has in its lane."""
    for k in range(chosen.size):
        _spread(rows[chosen[k]], starts, lanes, out[chosen[k]])


@inner
def _spread(row: Any, starts: Any, lanes: Any, out: Any) -> None:
    for s in range(lanes.size):
        _fill(row[lanes[s]], out[starts[s] : starts[s + 1]])


@entry
def durations(table: Any, nodes: Any, values: Any, effects: Any, starts: Any, lanes: Any, work: Any, out: Any) -> None:
    """Fill ``out[nodes[a]]`` with the minutes of node a of the table; see `effects.durations`.

    ``values`` are those of the lanes, ``effects`` those of the columns.
    """
    base, constant = table[0], table[1]
    for a in range(nodes.size):
        if base[a] < 0:
            _fill(constant[a], work)
        else:
            _spread(values[base[a]], starts, lanes, work)
        _last(table, a, effects, work, out[nodes[a]])
