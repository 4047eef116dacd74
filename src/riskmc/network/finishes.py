"""The finishes that are asked for: of the program, of projects, of milestones; and the nodes that set the first (N5)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows
from riskmc.network.instructions import Code, Event, Ints
from riskmc.network.layout import FF, FS, Layout, Phase, Scratch


def write_outputs(layout: Layout, code: Code, phase: int = Phase.OUTPUTS) -> NDArray[np.int32]:
    """Write the latest finish of every output; return the seeds of the driving chains: (node, row of tight).

    Of the candidates on one calendar the greatest index is converted once; a candidate of output 0 sets the finish
    where it has that index and the converted index is the finish.
    """
    seeds: list[tuple[int, int]] = []
    for number in range(len(layout.outputs)):
        key = layout.key(layout.order[:1], 0, 0, phase) + number
        out = np.array([layout.first_output + number])
        code.write(key, rows.FILL, out, base=0)
        candidates = _candidates(layout, number)
        for same in _by_calendar(layout, candidates):
            _write_latest(layout, code, key, out, same)
        if number == 0:
            for same in _by_calendar(layout, candidates):
                seeds += _write_seeds(layout, code, key, out, same, layout.edges.type.size + len(seeds))
    return np.array(seeds, np.int32).reshape(-1, 2)


def _candidates(layout: Layout, number: int) -> Ints:
    """Return the nodes of an output that no other node of it certainly outlasts, by an FS or FF link."""
    edges = layout.edges
    member = np.zeros(layout.n, np.bool_)
    member[np.asarray(layout.outputs[number], np.int64)] = True
    outlasts = (edges.lag >= 0) & (edges.lag_row < 0) & ((edges.type == FS) | (edges.type == FF))
    outlasts &= layout.driving & ~(layout.fixed | layout.nodes.level_of_effort)[edges.successor]
    outlasted = edges.predecessor[outlasts & member[edges.successor]]
    member[outlasted] = False
    return np.flatnonzero(member)


def _by_calendar(layout: Layout, candidates: Ints) -> list[Ints]:
    """Return the candidates grouped by the calendar and side of their finishes."""
    finishes = layout.finishes.at(candidates)
    kind = finishes.calendar * 2 + finishes.side
    return [candidates[kind == value] for value in np.unique(kind)]


def _latest(layout: Layout, code: Code, key: Ints, same: Ints) -> tuple[Event, Event]:
    """Write the greatest index of finishes of one kind; return it, and the same on the 24-hour axis."""
    finishes = layout.finishes.at(same)
    greatest, moment = (np.array([layout.scratch(row)]) for row in (Scratch.FINISH_BOUND, Scratch.MOMENT))
    group = np.zeros(same.size, np.int64)
    code.greatest(key, greatest, np.zeros(1, np.int64), group, finishes.row, finishes.plus)
    event = Event(greatest, finishes.calendar[:1], finishes.side[:1], np.zeros(1, np.int64))
    return event, code.convert(key, layout.tables, event, np.array([layout.clock]), moment)


def _write_latest(layout: Layout, code: Code, key: Ints, out: Ints, same: Ints) -> None:
    _, moment = _latest(layout, code, key, same)
    code.write(key, rows.RAISE, out, x=moment.row, cx=moment.plus)


def _write_seeds(layout: Layout, code: Code, key: Ints, out: Ints, same: Ints, first: int) -> list[tuple[int, int]]:
    greatest, moment = _latest(layout, code, key, same)
    flag, sets_finish = layout.scratch(Scratch.FLAG), layout.scratch(Scratch.OTHER)
    code.write(key, rows.ABOVE, flag, x=moment.row, cx=1, y=out)
    code.write(key, rows.FILL, sets_finish, base=-1)
    code.write(key, rows.WHERE, sets_finish, x=greatest.row, y=flag)
    finishes = layout.finishes.at(same)
    tight = first + np.arange(same.size)
    code.write(np.repeat(key, same.size), rows.TIGHT, tight, x=finishes.row, y=sets_finish)
    return [(int(a), int(row)) for a, row in zip(same, tight, strict=True)]
