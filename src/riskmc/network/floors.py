"""Floors: data date, start of the project, no-earlier-than dates with their slips (N3, N4, N7)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows
from riskmc.network.instructions import LOWEST, Code, Ints
from riskmc.network.layout import FINISH_MILESTONE, NONE, Layout, Scratch, Stage


def plain_floor(layout: Layout) -> NDArray[np.bool_]:
    """Return the nodes whose earliest start is one number, bool[n]."""
    nodes = layout.nodes
    return np.asarray((nodes.constraint_floor == NONE) | ((nodes.constraint_floor_row < 0) & ~layout.may_vanish))


def earliest(layout: Layout) -> Ints:
    """Return the earliest start of the nodes with a plain floor; of the others, the part that always holds."""
    nodes = layout.nodes
    plain = plain_floor(layout)
    return np.where(plain, np.maximum(nodes.floor, nodes.constraint_floor), nodes.floor)


def write_floors(layout: Layout, code: Code) -> None:
    """No earlier than: with a slip of its own, and only where the node exists (N3, N7)."""
    nodes, floor = layout.nodes, layout.scratch(Scratch.FLOOR)
    node = np.flatnonzero(~plain_floor(layout))
    code.write(layout.key(node, Stage.FLOORS), rows.FILL, floor, base=nodes.floor[node])
    _write_where_exists(layout, code, node, nodes.constraint_floor, nodes.constraint_floor_row, nodes.floor, floor)
    node = np.flatnonzero(~plain_finish_floor(layout))
    bound, none = layout.scratch(Scratch.FINISH_FLOOR), np.full(layout.n, LOWEST)
    code.write(layout.key(node, Stage.FLOORS), rows.FILL, bound, base=LOWEST)
    _write_where_exists(layout, code, node, nodes.finish_floor, nodes.finish_floor_row, none, bound)
    _write_resting_floors(layout, code)


def _write_where_exists(layout: Layout, code: Code, node: Ints, date: Ints, slip: Ints, least: Ints, out: int) -> None:
    """Put max(least, date + slip) into ``out`` where the node exists."""
    key, other = layout.key(node, Stage.FLOORS), layout.scratch(Scratch.OTHER)
    slips, vanishes = slip[node] >= 0, layout.may_vanish[node]
    row = np.where(vanishes, other, out)
    a, r = node[slips], row[slips]
    code.put(key[slips], r, layout.first_lag + slip[a], date[a], least[a])
    a, r = node[~slips], row[~slips]
    code.write(key[~slips], rows.FILL, r, base=np.maximum(least[a], date[a]))
    code.write(key[vanishes], rows.WHERE, out, x=other, y=layout.scratch(Scratch.EXISTS))


def _write_resting_floors(layout: Layout, code: Code) -> None:
    """What lasts nothing rests where its floor was given: at an end of work, or at the start of work after it."""
    rests, idle_rests, moment = (layout.scratch(s) for s in (Scratch.RESTS, Scratch.IDLE_RESTS, Scratch.MOMENT))
    node = np.flatnonzero(layout.has_moment)
    milestone = layout.nodes.milestone[node] == FINISH_MILESTONE
    key, instant = layout.key(node, Stage.FLOORS), _floor_instants(layout, node)
    code.write(key, rows.FILL, rests, base=np.where(milestone, instant, 0))
    code.write(key, rows.FILL, idle_rests, base=instant)
    varies = ~plain_floor(layout)[node]
    _write_constraint_instants(layout, code, node[varies])
    code.write(key[varies], rows.RAISE, np.where(milestone[varies], rests, idle_rests), x=moment)


def _floor_instants(layout: Layout, node: Ints) -> Ints:
    """Return the minutes at which the floors lie that hold in every iteration."""
    nodes = layout.nodes
    instant = layout.instants(node, nodes.floor[node], nodes.floor_ends_work[node])
    plain = (plain_floor(layout) & (nodes.constraint_floor != NONE))[node]
    a = node[plain]
    constraint = layout.instants(a, nodes.constraint_floor[a], nodes.constraint_ends_work[a])
    instant[plain] = np.maximum(instant[plain], constraint)
    return instant


def _write_constraint_instants(layout: Layout, code: Code, node: Ints) -> None:
    """Put into MOMENT where the no-earlier-than date lies, slip included; 0 where the node does not exist."""
    moment, other, later = (layout.scratch(s) for s in (Scratch.MOMENT, Scratch.OTHER, Scratch.SIDE_START))
    nodes, key = layout.nodes, layout.key(node, Stage.FLOORS)
    slips, vanishes = nodes.constraint_floor_row[node] >= 0, layout.may_vanish[node]
    a = node[~slips]
    instant = layout.instants(a, nodes.constraint_floor[a], nodes.constraint_ends_work[a])
    code.write(key, rows.FILL, moment, base=0)
    code.write(key[~slips], rows.FILL, later, base=instant)
    a, k = node[slips], key[slips]
    code.put(k, other, layout.first_lag + nodes.constraint_floor_row[a], nodes.constraint_floor[a], 0)
    table = layout.tables.number(layout.calendar[a], np.full(a.size, layout.clock))
    code.write(k, rows.CONVERT, later, x=other, y=table)
    code.write(key[vanishes], rows.WHERE, moment, x=later, y=layout.scratch(Scratch.EXISTS))
    code.put(key[~vanishes], moment, later)


def plain_finish_floor(layout: Layout) -> NDArray[np.bool_]:
    """Return the nodes whose earliest finish is one number, or none."""
    nodes = layout.nodes
    return np.asarray((nodes.finish_floor == NONE) | ((nodes.finish_floor_row < 0) & ~layout.may_vanish))
