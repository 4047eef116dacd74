"""Strikes: what drivers and risks did in one iteration: the size drawn, and whose duration it changed (K1 to K4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.draws import CENTS
from riskmc.network.impacts import MULTIPLIES, EffectTable
from riskmc.network.network import Network
from riskmc.network.sources import ScoreRows
from riskmc.network.strikes import FIELDS
from riskmc.simulation.lane import Lane

Unit = Literal["factor", "days", "money"]


class Strike(NamedTuple):
    """One drawn size that acted: of driver or risk ``source``, on ``aspect`` of what ``what`` names.

    ``size`` is a factor, working days of the first of its activities, or currency units, as ``unit`` says; it is the
    size before it is split. ``activities`` are those whose duration it acts on.
    """

    kind: str
    source: str
    what: str
    aspect: str
    size: float
    unit: Unit
    activities: tuple[str, ...]


def strikes(found: Lane, rows: ScoreRows) -> Iterator[Strike]:
    """Yield the sizes that acted in one iteration, in the order of the program; each once."""
    network, hit = found.network, _durations(found.network)
    sizes = len(network.sampler.sizes)
    seen = set()
    for table, first, drawn in ((network.factors, 0, found.values), (network.sums, sizes, found.money)):
        for effect, value, event in zip(
            range(table.kind.size), table.value.tolist(), table.event.tolist(), strict=True
        ):
            name = rows.names[first + value]
            if (event < 0 or found.events[event]) and name not in seen:
                seen.add(name)
                nodes = hit[effect] if table is network.factors else ()
                yield _strike(network, name, table, effect, float(drawn[value]), nodes)


def _strike(network: Network, name: str, table: EffectTable, effect: int, drawn: float, nodes: Sequence[int]) -> Strike:
    kind, source, what, aspect = _parts(name)
    paths = tuple(network.tasks[node].path for node in nodes)
    if table.kind[effect] == MULTIPLIES:
        return Strike(kind, source, what, aspect, drawn, "factor", paths)
    if table is network.sums:
        return Strike(kind, source, what, aspect, drawn / CENTS, "money", paths)
    calendar = network.tasks[nodes[0]].calendar if nodes else 0
    return Strike(kind, source, what, aspect, drawn / network.axis.calendars[calendar].day_minutes, "days", paths)


def _parts(name: str) -> tuple[str, str, str, str]:
    """Return kind, source, what is struck and the aspect of a variable: ``risk/soil/p.dig/duration``.

    What a response makes of the impacts of a risk is that risk's: ``response/drain/soil/p.dig/duration``.
    """
    kind, source, *rest = name.split("/")
    if kind == "response":
        kind, source, *rest = "risk", *rest
    aspect = next((word for word in reversed(rest) if word in FIELDS), "")
    what = [word for place, word in enumerate(rest) if not (aspect and place == _last(rest, aspect))]
    return kind, source, "/".join(what), aspect


def _last(words: list[str], word: str) -> int:
    return len(words) - 1 - words[::-1].index(word)


def _durations(network: Network) -> dict[int, list[int]]:
    """Return the nodes whose duration each row of effects acts on, those of a parallel group included."""
    table = network.durations
    hit: dict[int, list[int]] = defaultdict(list)
    for row, node in _of_nodes(table.factor_ptr, table.factor, np.arange(len(network.tasks))):
        _hit(network, hit, row, node)
    for row, node in _of_nodes(table.addition_ptr, table.addition, np.arange(len(network.tasks))):
        _hit(network, hit, row, node)
    for row, node in _of_nodes(table.rival_ptr, table.rival, table.mixed_node):
        hit[row].append(node)
    return hit


def _of_nodes(ptr: NDArray[np.int32], rows: NDArray[np.int32], nodes: NDArray[Any]) -> Iterator[tuple[int, int]]:
    for place, node in enumerate(nodes.tolist()):
        yield from ((row, node) for row in rows[ptr[place] : ptr[place + 1]].tolist())


def _hit(network: Network, hit: dict[int, list[int]], row: int, node: int) -> None:
    table = network.factors
    group = row - table.kind.size
    members = (
        [row] if group < 0 else table.member_effect[table.member_ptr[group] : table.member_ptr[group + 1]].tolist()
    )
    for effect in members:
        hit[effect].append(node)
