"""The sampler of a network: one row of scores for every size and event, and the curves that turn scores into sizes.

Rows of scores: sizes in minutes or factors, then sizes of money, then variables that only decide events, then the
factors that correlate. A variable met twice has two rows with the same key, and so the same draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.distributions import Distribution, scaled
from riskmc.distributions.constant import Constant
from riskmc.kernels.philox import LANES
from riskmc.kernels.scores import draw_occurrences, draw_scores, draw_strata, mix_scores
from riskmc.network.backlogs import Source, backlog_minutes
from riskmc.network.draws import Draws, WorkedOff
from riskmc.sampling import Mixing, Variables, keys


@dataclass(frozen=True, eq=False)
class Sampler:
    """Arrays that draw a block: keys of all score rows, mixing, and curves of the sizes.

    ``event_row[s]`` is the row in which the score number ``s`` of the compile step stands.
    """

    hash_low: NDArray[np.uint32]
    hash_high: NDArray[np.uint32]
    target: NDArray[np.int32]
    start: NDArray[np.int32]
    column: NDArray[np.int32]
    weight: NDArray[np.float32]
    sizes: Variables
    amounts: Variables
    event_row: NDArray[np.int32]
    names: tuple[str, ...]
    backlogs: tuple[Repeated, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of scores."""
        return int(self.hash_low.size)

    def fill(
        self,
        seed: tuple[int, int],
        block: int,
        stratified: bool,
        z: NDArray[np.float32],
        values: NDArray[np.float32],
        standard: NDArray[np.float32],
        money: NDArray[np.float64],
    ) -> None:
        """Fill scores ``z``, sizes ``values`` (float32[n, 256]) and cents ``money`` (float64[m, 256]) of one block.

        ``standard`` is float32[m, 256] workspace; ``seed`` the seed's two 32-bit halves; ``stratified`` makes the
        block a Latin hypercube (R4).
        """
        low, high = seed
        draw = draw_strata if stratified else draw_scores
        draw(np.uint64(low), np.uint64(high), self.hash_low, self.hash_high, np.int64(block), z)
        if self.target.size:
            mix_scores(self.target, self.start, self.column, self.weight, z)
        n, m = len(values), len(money)
        if n:
            self.sizes.values(z[:n], values)
        for backlog in self.backlogs:
            backlog.fill(seed, block, self._key(backlog.worked_off.row), values)
        if m:
            self.amounts.amounts(z[n : n + m], standard, money)

    def _key(self, row: int) -> np.uint64:
        return np.uint64(self.hash_low[row]) | (np.uint64(self.hash_high[row]) << np.uint64(32))


@dataclass(frozen=True, eq=False)
class Repeated:
    """The variables from which a backlog draws again and again, by its words for them.

    ``keys`` are those of the variables, and ``key`` is that of its own row of scores. Under another key of that row the
    backlog is another one, all its variables drawn anew (simulation/pick_freeze.py).
    """

    worked_off: WorkedOff
    variables: Mapping[str, Variables]
    keys: Mapping[str, np.uint64]
    key: np.uint64

    def source(self, seed: tuple[int, int], block: int, key: np.uint64 | None = None) -> Source:
        """Return what draws the variables in the 256 iterations of ``block``; ``seed`` as of `Sampler.fill`."""
        anew = np.uint64(0) if key is None else key ^ self.key

        def drawn(word: str, occurrences: int) -> NDArray[np.float32]:
            size, variable = self.worked_off.backlog.sizes[word], self.variables[word]
            if isinstance(size, Constant):
                return np.full((occurrences, LANES), size.value, np.float32)
            z = np.empty((occurrences, LANES), np.float32)
            hashed = self.keys[word] ^ anew
            low, high = hashed & np.uint64(0xFFFFFFFF), hashed >> np.uint64(32)
            draw_occurrences(np.uint64(seed[0]), np.uint64(seed[1]), low, high, np.int64(block), z)
            out = np.empty_like(z)
            variable.values(z.reshape(1, -1), out.reshape(1, -1))
            return out

        return drawn

    def fill(self, seed: tuple[int, int], block: int, key: np.uint64, values: NDArray[np.float32]) -> None:
        """Fill the backlog's row of ``values`` with the minutes it takes in the 256 iterations of ``block``."""
        minutes = backlog_minutes(self.worked_off.backlog, self.source(seed, block, key))
        values[self.worked_off.row] = self.worked_off.scale * minutes

    def endless(self, values: NDArray[np.float32], first: int, last: int) -> int:
        """Return how many of the lanes first to last - 1 reached the limit of the backlog, which counts as its end."""
        longest = np.float32(self.worked_off.scale * self.worked_off.backlog.limit)
        return int(np.count_nonzero(values[self.worked_off.row, first:last] >= longest))


def _repeated(found: WorkedOff, key: np.uint64) -> Repeated:
    variables = {word: Variables.of([found.backlog.sizes[word]]) for word in found.names}
    return Repeated(found, variables, {word: keys([name])[0] for word, name in found.names.items()}, key)


def sampler(draws: Draws, mixing: Mixing) -> Sampler:
    """Return the sampler of everything that a program draws."""
    names = list(draws.scores)
    owners = [score for score, *_ in (*draws.values, *draws.cents)]
    own = set(owners)
    rows = [*owners, *(score for score in range(len(names)) if score not in own)]
    hashes = keys([*names, *mixing.factors])
    at = np.array([*rows, *range(len(names), len(names) + len(mixing.factors))], np.int64)
    hashes = hashes[at]
    first = np.empty(len(names) + len(mixing.factors), np.int64)
    first[at[::-1]] = np.arange(len(at))[::-1]  # the last to be written is the first row
    event_row = first[: len(names)].astype(np.int32)
    return Sampler(
        (hashes & np.uint64(0xFFFFFFFF)).astype(np.uint32), (hashes >> np.uint64(32)).astype(np.uint32),
        *_mixed(mixing, at, first), _variables(draws.values), _variables(draws.cents), event_row, tuple(names),
        tuple(_repeated(found, hashes[found.row]) for found in draws.worked_off),
    )  # fmt: skip


def _variables(drawn: Sequence[tuple[int, Distribution, float, float]]) -> Variables:
    return Variables.of([scaled(spread, scale, offset) for _, spread, scale, offset in drawn])


def _mixed(
    mixing: Mixing, owner: NDArray[np.int64], first: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    """Return the mixing by row: second rows of a variable first, while what they mix is not yet replaced.

    ``owner`` is the score of every row, ``first`` the first row of every score.
    """
    entry = np.full(len(first), -1)
    entry[mixing.target] = np.arange(mixing.target.size)
    second = np.flatnonzero((first[owner] != np.arange(len(owner))) & (entry[owner] >= 0))
    target = np.concatenate([second, first[mixing.target]])
    taken = entry[np.concatenate([owner[second], mixing.target])]
    lengths = np.diff(mixing.start)[taken]
    start = np.concatenate([[0], np.cumsum(lengths)])
    place = np.repeat(mixing.start[taken] - start[:-1], lengths) + np.arange(start[-1])
    column = first[mixing.column[place]]
    column[start[:-1]] = target
    return target.astype(np.int32), start.astype(np.int32), column.astype(np.int32), mixing.weight[place]
