"""Correlation of normal scores: groups with a common factor, and clusters of pairs with their matrix.

Asked for as Spearman coefficients rho, carried out on normal scores with r = 2 sin(pi rho / 6) (Pearson 1907). Each
mixed score is a weighted sum of independent ones whose squared weights add up to 1: so it stays exactly normal, and
every marginal distribution stays exactly as specified (semantics R3).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from riskmc.distributions.base import rounded
from riskmc.errors import ProgramError
from riskmc.kernels.scores import mix_scores
from riskmc.sampling.matrix import factor, nearest_correlation

MOST_IN_A_CLUSTER = 500
_WORTH_A_WORD = 1e-4

Group = tuple[str, float, Sequence[int]]
Pair = tuple[int, int, float]
Chain = tuple[int, ...]  # the positions of the groups around a variable, outermost first


@dataclass(frozen=True)
class Repair:
    """The pair that changed most where a cluster's matrix was not a correlation matrix: asked and used, Spearman."""

    first: str
    second: str
    asked: float
    used: float
    cluster: int

    @property
    def change(self) -> float:
        """The size of the change."""
        return abs(self.used - self.asked)


@dataclass(frozen=True, eq=False)
class Mixing:
    """How scores are mixed: ``target[i]`` becomes the sum of weight * row over ``start[i]:start[i + 1]``, in order.

    target int32[m], start int32[m + 1], column int32[k], weight float32[k]; rows are the n variables in the caller's
    order and after them the ``factors``, variables that exist for this purpose alone. ``repairs``: one a cluster whose
    matrix had to be changed, the largest first.
    """

    target: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    column: npt.NDArray[np.int32]
    weight: npt.NDArray[np.float32]
    factors: tuple[str, ...]
    repairs: tuple[Repair, ...]

    def mix(self, z: npt.NDArray[np.float32]) -> None:
        """Correlate the independent scores ``z`` (float32[n + factors, 256]) in place."""
        if self.target.size:
            mix_scores(self.target, self.start, self.column, self.weight, z)


def normal_score(spearman: float) -> float:
    """Return the Pearson correlation of normal scores whose Spearman correlation is ``spearman``."""
    return rounded(2 * math.sin(math.pi * spearman / 6))


def spearman(normal: float) -> float:
    """Return the Spearman correlation of normal scores with Pearson correlation ``normal``."""
    return 6 / math.pi * math.asin(max(-1.0, min(1.0, normal)) / 2)


def correlate(names: Sequence[str], groups: Sequence[Group] = (), pairs: Sequence[Pair] = ()) -> Mixing:
    """Return the mixing for groups (identifier, Spearman, members) and pairs (member, member, Spearman).

    Members are positions in ``names``. Groups must be disjoint or nested, an inner value at least the outer; pairs
    lie outside any group. A group's identifier is the name of its factor. ProgramError names every fault.
    """
    rows: list[tuple[int, list[tuple[int, float]]]] = []
    used = sorted((group for group in groups if group[2]), key=lambda g: (-len(set(g[2])), g[1], g[0]))
    chains = _chains(names, used)
    weights_of = {chain: _factor_weights(len(names), used, chain) for chain in set(chains.values())}
    for variable in sorted(chains):
        own, shared = weights_of[chains[variable]]
        rows.append((variable, [(variable, own), *shared]))
    repairs = []
    for cluster, matrix in _clusters(names, pairs, chains):
        weights, repair = _cluster_weights(names, cluster, matrix)
        rows.extend(weights)
        repairs += [repair] if repair else []
    factors = tuple(identifier for identifier, _, _ in used)
    return _mixing(rows, factors, tuple(sorted(repairs, key=lambda repair: -repair.change)))


def _mixing(
    rows: list[tuple[int, list[tuple[int, float]]]], factors: tuple[str, ...], repairs: tuple[Repair, ...]
) -> Mixing:
    """Return the rows as flat arrays."""
    entries = [entry for _, weights in rows for entry in weights]
    return Mixing(
        np.array([target for target, _ in rows], np.int32),
        np.cumsum([0, *(len(weights) for _, weights in rows)]).astype(np.int32),
        np.array([column for column, _ in entries], np.int32),
        np.array([weight for _, weight in entries], np.float32),
        factors,
        repairs,
    )


def _chains(names: Sequence[str], groups: Sequence[Group]) -> dict[int, Chain]:
    """Return for each variable the groups around it, outermost first; refuse what is not nested."""
    chains: dict[int, Chain] = {}
    faults: list[tuple[str, str]] = []
    for number, (identifier, value, members) in enumerate(groups):
        if not 0 <= value <= 1:
            faults.append((f"correlation {identifier!r}", f"a group's value lies between 0 and 1, got {value:g}"))
        around = {chains.get(member, ()) for member in members}
        if len(around) > 1:
            faults.append((f"correlation {identifier!r}", _overlap(names, groups, members, chains)))
            continue
        outer = next(iter(around))
        if outer and value < groups[outer[-1]][1]:
            other, its = groups[outer[-1]][:2]
            text = f"lies inside {other!r} and must be at least its {its:g}, got {value:g}"
            faults.append((f"correlation {identifier!r}", text))
        chains.update(dict.fromkeys(members, (*outer, number)))
    if faults:
        raise ProgramError(faults)
    return chains


def _overlap(names: Sequence[str], groups: Sequence[Group], members: Sequence[int], chains: dict[int, Chain]) -> str:
    """Return the reason why a group is neither apart from nor nested in one of the groups before it."""
    for other in {number for member in members for number in chains.get(member, ())}:
        inside = sorted(names[m] for m in members if other in chains.get(m, ()))
        outside = sorted(names[m] for m in members if other not in chains.get(m, ()))
        if outside:
            return (
                f"shares {inside[0]!r} with {groups[other][0]!r} but {outside[0]!r} is not in it: "
                "groups must be disjoint or nested"
            )
    return "groups must be disjoint or nested"


def _factor_weights(n: int, groups: Sequence[Group], chain: Chain) -> tuple[float, list[tuple[int, float]]]:
    """Return the weights of a variable's own score and of the factors (position, weight) of the groups around it."""
    weights = []
    explained = 0.0
    for number in chain:
        value = normal_score(groups[number][1])
        if value > explained:
            weights.append((n + number, math.sqrt(value - explained)))
            explained = value
    return math.sqrt(max(1 - explained, 0.0)), weights


def _clusters(
    names: Sequence[str], pairs: Sequence[Pair], chains: dict[int, Chain]
) -> list[tuple[list[int], dict[tuple[int, int], float]]]:
    """Return the connected sets of paired variables, each in the order of names, with their coefficients."""
    _check_pairs(names, pairs, chains)
    cluster = {member: {member} for pair in pairs for member in pair[:2]}
    for a, b, _ in pairs:
        if cluster[a] is not cluster[b]:
            cluster[a] |= cluster[b]
            for member in cluster[b]:
                cluster[member] = cluster[a]
    found = {min(names[m] for m in members): sorted(members, key=lambda m: names[m]) for members in cluster.values()}
    large = [(first, len(members)) for first, members in found.items() if len(members) > MOST_IN_A_CLUSTER]
    if large:
        raise ProgramError(
            (f"correlation of {first!r}", f"{size} variables hang together by pairs; at most {MOST_IN_A_CLUSTER} may")
            for first, size in large
        )
    result = []
    for first in sorted(found):
        inside = set(found[first])
        result.append((found[first], {(a, b): value for a, b, value in pairs if a in inside}))
    return result


def _check_pairs(names: Sequence[str], pairs: Sequence[Pair], chains: dict[int, Chain]) -> None:
    """Raise ProgramError naming every pair that makes no sense."""
    faults = []
    seen: dict[frozenset[int], float] = {}
    for a, b, value in pairs:
        place = f"correlation of {names[a]!r} and {names[b]!r}"
        if a == b:
            faults.append((place, "a pair needs two different items"))
        if not -1 <= value <= 1:
            faults.append((place, f"a pair's value lies between -1 and 1, got {value:g}"))
        for member in (a, b):
            if member in chains:
                faults.append((place, f"{names[member]!r} is in a group; pairs lie outside any group"))
        if seen.setdefault(frozenset((a, b)), value) != value:
            faults.append((place, f"is given twice, as {seen[frozenset((a, b))]:g} and as {value:g}"))
    if faults:
        raise ProgramError(faults)


def _cluster_weights(
    names: Sequence[str], cluster: list[int], values: dict[tuple[int, int], float]
) -> tuple[list[tuple[int, list[tuple[int, float]]]], Repair | None]:
    """Return the Cholesky rows of a cluster, last first so that they can be mixed in place; and its repair."""
    place = {member: i for i, member in enumerate(cluster)}
    asked = np.eye(len(cluster))
    for (a, b), value in values.items():
        asked[place[a], place[b]] = asked[place[b], place[a]] = normal_score(value)
    lower = factor(asked)
    repair = None
    if lower is None:
        matrix = nearest_correlation(asked)
        largest = _largest_change(names, cluster, asked, matrix)
        repair = largest if largest.change > _WORTH_A_WORD else None
        lower = factor(matrix)
    assert lower is not None, "the nearest correlation matrix has a Cholesky factor"
    rows = []
    for i in range(len(cluster) - 1, -1, -1):
        weights = [(cluster[j], float(lower[i, j])) for j in range(i) if lower[i, j] != 0]
        rows.append((cluster[i], [(cluster[i], float(lower[i, i])), *weights]))
    return rows, repair


def _largest_change(
    names: Sequence[str], cluster: list[int], asked: npt.NDArray[np.float64], used: npt.NDArray[np.float64]
) -> Repair:
    i, j = (int(k) for k in np.unravel_index(np.argmax(np.abs(used - asked)), asked.shape))
    first, second = names[cluster[i]], names[cluster[j]]
    return Repair(first, second, spearman(float(asked[i, j])), spearman(float(used[i, j])), len(cluster))
