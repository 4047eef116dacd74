"""Sources: which variable stands in each row of scores, under the name that its item has now, and which are tied.

Names are those of rule R1, such as ``activity/p.dig/duration`` or ``risk/soil/occurs``. Rows that correlation mixes,
and rows of one variable, are of one cluster: they cannot be drawn anew one without the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.network.draws import Renaming, renaming
from riskmc.network.dynamics.occurrences import Occurrences
from riskmc.network.network import Network
from riskmc.network.sampler import Sampler


@dataclass(frozen=True, eq=False)
class ScoreRows:
    """``names`` of the variables by row, empty for the factors that only correlate; ``cluster`` int64[rows]."""

    names: tuple[str, ...]
    cluster: NDArray[np.int64]


def score_rows(network: Network) -> ScoreRows:
    """Return what the rows of scores of a network are."""
    drawn, hashes = network.sampler, keys_of(network.sampler).tolist()
    now = _Current(renaming(network.program))
    by_hash = {hashes[row]: now(name) for name, row in zip(drawn.names, drawn.event_row.tolist(), strict=True)}
    return ScoreRows(tuple(by_hash.get(key, "") for key in hashes), _clusters(drawn, hashes))


def every_row(network: Network) -> ScoreRows:
    """Return the rows of scores, and after them those that are drawn by occurrence (D6)."""
    rows = score_rows(network)
    if network.dynamics is None:
        return rows
    now, names = _Current(renaming(network.program)), network.dynamics.occurrences.names
    number = {name: rows.cluster.size + place for place, name in enumerate(dict.fromkeys(names))}
    more = np.array([number[name] for name in names], np.int64)
    return ScoreRows((*rows.names, *map(now, names)), np.concatenate((rows.cluster, more)))


def keys_of(drawn: Sampler | Occurrences) -> NDArray[np.uint64]:
    """Return the 64-bit keys of the rows of scores."""
    return np.asarray(drawn.hash_low.astype(np.uint64) | (drawn.hash_high.astype(np.uint64) << np.uint64(32)))


def _clusters(drawn: Sampler, hashes: list[int]) -> NDArray[np.int64]:
    """Return the number of the cluster of every row: that of its first row."""
    parent = list(range(len(hashes)))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def tie(a: int, b: int) -> None:
        first, second = sorted((root(a), root(b)))
        parent[second] = first

    seen: dict[int, int] = {}
    for row, key in enumerate(hashes):
        tie(seen.setdefault(key, row), row)
    for i, target in enumerate(drawn.target.tolist()):
        for column in drawn.column[drawn.start[i] : drawn.start[i + 1]].tolist():
            tie(target, column)
    return np.array([root(row) for row in range(len(hashes))], np.int64)


class _Current:
    """Turns the stable name of a variable into the one that its item has now."""

    def __init__(self, renamed: Renaming | None):
        items = {} if renamed is None else renamed.items
        self._items = {(kind, old): new for (kind, new), old in items.items()}
        self._paths = {old: new for new, old in ({} if renamed is None else renamed.paths).items() if "." in new}

    def __call__(self, name: str) -> str:
        kind, _, rest = name.partition("/")
        item, slash, what = rest.rpartition("/") if kind == "activity" else rest.partition("/")
        now = self._paths.get(item, item) if kind == "activity" else self._items.get((kind, item), item)
        return f"{kind}/{now}{slash}{what}"
