"""As late as possible: after the forward pass, pushed until a successor or the project's finish holds (P6 rule 7)."""

from __future__ import annotations

import numpy as np

from riskmc.kernels import rows
from riskmc.network.instructions import Code, Ints, rank_within
from riskmc.network.latest import write_latest
from riskmc.network.layout import Layout, Phase, Scratch, Stage
from riskmc.network.limits import View, write_limits


def pushed_nodes(layout: Layout) -> Ints:
    """Return the nodes that are as late as possible; a mandatory date or level of effort is not moved."""
    nodes = layout.nodes
    return np.flatnonzero(nodes.as_late_as_possible & ~layout.fixed & ~nodes.level_of_effort)


def write_pushes(layout: Layout, code: Code, node: Ints, links: Ints) -> None:
    """Write the push of the nodes, the last ones first, against the early dates of their successors.

    ``links`` drive dates; those out of the nodes are used. A node that does not exist stays where logic puts it (N7).
    """
    n = layout.n
    every = np.arange(n)
    none = np.zeros(n, np.bool_)
    early = View(every, n + every, layout.moment_row, none)
    names = (Scratch.LATE_START, Scratch.LATE_FINISH, Scratch.MOMENT)
    start, finish, moment = (np.full(n, layout.scratch(name)) for name in names)
    latest = View(start, finish, moment, none)
    links = links[np.isin(layout.edges.predecessor[links], node)]
    rank = rank_within(layout.edges.predecessor[links], n)
    key = layout.key(layout.edges.predecessor[links], Stage.LINKS, rank, Phase.PUSH)
    row, plus = write_limits(layout, code, links, early, key, layout.scratch(Scratch.BOUND) + rank)
    write_latest(layout, code, node, links, row, plus, latest, capped=False)
    _write_moves(layout, code, node)


def _write_moves(layout: Layout, code: Code, node: Ints) -> None:
    """Move what can finish later; a finish that was pushed is an end of work."""
    names = (Scratch.FLAG, Scratch.EXISTS, Scratch.OTHER, Scratch.LATE_START, Scratch.LATE_FINISH)
    flag, exists, other, start, finish = (layout.scratch(name) for name in names)
    key, vanishes, own = layout.key(node, Stage.MOMENT, 0, Phase.PUSH), layout.may_vanish[node], layout.has_moment[node]
    code.write(key, rows.ABOVE, flag, x=finish, y=layout.n + node)
    code.write(key[vanishes], rows.EXISTS, exists, x=node[vanishes])
    zero = layout.scratch(Scratch.ZERO)
    code.write(key[vanishes], rows.COMBINE, other, base=1, x=zero, y=exists, z=zero)
    code.write(key[vanishes], rows.WHERE, flag, x=zero, y=other)
    code.write(key, rows.WHERE, node, x=start, y=flag)
    code.write(key, rows.WHERE, layout.n + node, x=finish, y=flag)
    key, node = key[own], node[own]
    table = layout.tables.number(layout.calendar[node], np.full(node.size, layout.clock))
    code.write(key, rows.CONVERT, other, x=layout.n + node, y=table, cy=1)
    code.write(key, rows.WHERE, layout.moment_row[node], x=other, y=flag)
