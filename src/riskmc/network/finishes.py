"""The finishes that are asked for: program, projects, milestones; and the nodes that set the first of them (N5)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows
from riskmc.network.instructions import Code, Event, Ints
from riskmc.network.layout import FF, FS, NONE, Layout, Phase, Scratch


def write_outputs(layout: Layout, code: Code) -> None:
    """Write the latest finish of every output. Of candidates on one calendar the greatest index is converted once."""
    first = layout.key(layout.order[:1], 0, 0, Phase.OUTPUTS)
    for number, nodes in enumerate(layout.outputs):
        if len(nodes) != 1:
            key, out = first + number, np.array([layout.first_output + number])
            code.write(key, rows.FILL, out, base=0)
            for same in _by_calendar(layout, _candidates(layout, number)):
                _write_latest(layout, code, key, out, same)
    single = np.flatnonzero([len(nodes) == 1 for nodes in layout.outputs])
    _write_single(layout, code, single, Phase.OUTPUTS)


def write_moved_outputs(layout: Layout, code: Code, moved: Ints) -> None:
    """Write the outputs that are one node again, where it was moved as late as possible; no other output can change."""
    single = np.flatnonzero([len(nodes) == 1 and nodes[0] in moved for nodes in layout.outputs])
    _write_single(layout, code, single, Phase.OUTPUTS_AGAIN)


def write_seeds(layout: Layout, code: Code, phase: int) -> NDArray[np.int32]:
    """Write which nodes set the finish of output 0, all ties; return them as (node, row of tight), int32[n, 2]."""
    seeds: list[tuple[int, int]] = []
    if layout.outputs:
        key = layout.key(layout.order[:1], 0, 0, phase) + len(layout.outputs)
        for same in _by_calendar(layout, _candidates(layout, 0)):
            seeds += _write_same_seeds(layout, code, key, same, layout.edges.type.size + len(seeds))
    return np.array(seeds, np.int32).reshape(-1, 2)


def _write_single(layout: Layout, code: Code, numbers: Ints, phase: int) -> None:
    key = layout.key(layout.order[:1], 0, 0, phase) + numbers
    node = np.array([layout.outputs[number][0] for number in numbers], np.int64)
    out, clock = layout.first_output + numbers, np.full(numbers.size, layout.clock)
    code.copy(key, layout.tables, layout.finishes.at(node), clock, out)


def _candidates(layout: Layout, number: int) -> Ints:
    """Return the nodes of an output that no other node of it certainly outlasts, by an FS or FF link."""
    edges = layout.edges
    member = np.zeros(layout.n, np.bool_)
    member[np.asarray(layout.outputs[number], np.int64)] = True
    outlasts = (edges.lag >= 0) & (edges.lag_row < 0) & ((edges.type == FS) | (edges.type == FF))
    firm = layout.fixed | layout.nodes.level_of_effort | (layout.nodes.expected_finish != NONE) | layout.ceiled
    outlasts &= layout.driving & ~firm[edges.successor]
    outlasted = edges.predecessor[outlasts & member[edges.successor]]
    member[outlasted] = False
    return np.flatnonzero(member)


def _by_calendar(layout: Layout, candidates: Ints) -> list[Ints]:
    """Return the candidates grouped by the calendar and side of their finishes."""
    finishes = layout.finishes.at(candidates)
    kind = finishes.calendar * 2 + finishes.side
    return [candidates[kind == value] for value in np.unique(kind)]


def _write_latest(layout: Layout, code: Code, key: Ints, out: Ints, same: Ints) -> None:
    """Raise an output to the latest of finishes of one calendar and side."""
    finishes = layout.finishes.at(same)
    greatest, moment = (np.array([layout.scratch(row)]) for row in (Scratch.FINISH_BOUND, Scratch.MOMENT))
    group = np.zeros(same.size, np.int64)
    code.greatest(key, greatest, np.zeros(1, np.int64), group, finishes.row, finishes.plus)
    event = Event(greatest, finishes.calendar[:1], finishes.side[:1], np.zeros(1, np.int64))
    there = code.convert(key, layout.tables, event, np.array([layout.clock]), moment)
    code.write(key, rows.RAISE, out, x=there.row, cx=there.plus)


def _write_same_seeds(layout: Layout, code: Code, key: Ints, same: Ints, first: int) -> list[tuple[int, int]]:
    """Compare finishes of one calendar and side with the index of output 0, if that index is the very same instant."""
    finishes = layout.finishes.at(same)
    calendar, side, zero = finishes.calendar[:1], finishes.side[:1], np.zeros(1, np.int64)
    names = (Scratch.FINISH_BOUND, Scratch.MOMENT, Scratch.OTHER, Scratch.FLAG)
    index, moment, sets_finish, flag = (np.array([layout.scratch(name)]) for name in names)
    output, clock = np.array([layout.first_output]), np.array([layout.clock])
    code.copy(key, layout.tables, Event(output, clock, zero, zero), calendar, index)
    code.copy(key, layout.tables, Event(index, calendar, side, zero), clock, moment)
    early, late = (moment, output) if side[0] else (output, moment)  # F[W(t)] <= t <= S[W(t)]
    code.write(key, rows.ABOVE, flag, x=early, cx=1, y=late)
    code.write(key, rows.FILL, sets_finish, base=-1)
    code.write(key, rows.WHERE, sets_finish, x=index, y=flag)
    tight = first + np.arange(same.size)
    code.write(np.repeat(key, same.size), rows.TIGHT, tight, x=finishes.row, y=sets_finish)
    return [(int(a), int(row)) for a, row in zip(same, tight, strict=True)]
