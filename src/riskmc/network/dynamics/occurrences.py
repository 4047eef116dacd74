"""Draws by occurrence: what may happen more than once in an iteration has a number of its own each time (D6).

A variable's occurrence k is the quantile of one uniform keyed (seed, name, iteration, k). They are drawn ahead, block
by block, for the first few occurrences; a replication that needs more runs again with twice as many, same bits.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from riskmc.distributions import Distribution
from riskmc.kernels.scores import draw_occurrence
from riskmc.network.draws import Draws
from riskmc.sampling import Variables, keys, split_seed

LANES = 256
FIRST_OCCURRENCES = 4
MOST_OCCURRENCES = 65_536
MOST_NUMBERS = 2**26  # of all variables of a block: beyond it they are doubled no more
_TOGETHER = 64


@dataclass(slots=True)
class Occurring:
    """The variables met while behaviours are compiled, each with a row of its own."""

    draws: Draws
    names: list[str] = field(default_factory=list)
    spreads: list[Distribution | None] = field(default_factory=list)

    def size(self, name: str, spread: Distribution) -> int:
        """Return the row of draws from ``spread``, under a stable name."""
        return self._row(name, spread)

    def chance(self, name: str) -> int:
        """Return the row of normal scores of a variable: with probability p they lie below `threshold(p)`."""
        return self._row(name, None)

    def _row(self, name: str, spread: Distribution | None) -> int:
        self.names.append(self.draws.stable(name))
        self.spreads.append(spread)
        return len(self.names) - 1

    def drawn(self) -> Occurrences:
        """Return what draws all of them."""
        distinct = list(dict.fromkeys(self.names))
        place = {name: i for i, name in enumerate(distinct)}
        hashes = keys(distinct)[[place[name] for name in self.names]]
        sized = [i for i, spread in enumerate(self.spreads) if spread is not None]
        spreads = [spread for spread in self.spreads if spread is not None]
        return Occurrences(
            tuple(self.names),
            (hashes & np.uint64(0xFFFFFFFF)).astype(np.uint32), (hashes >> np.uint64(32)).astype(np.uint32),
            np.array(sized, np.int64), Variables.of(spreads),
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Occurrences:
    """Variables drawn by occurrence: their keys, and the rows and curves of those that are sizes."""

    names: tuple[str, ...]
    hash_low: NDArray[np.uint32]
    hash_high: NDArray[np.uint32]
    sized: NDArray[np.int64]
    sizes: Variables

    @property
    def most(self) -> int:
        """How many occurrences of every variable may be drawn; of many variables fewer, for they take room."""
        return min(MOST_OCCURRENCES, MOST_NUMBERS // (LANES * max(len(self.names), 1)))

    def draw(self, seed: int, block: int, occurrences: int, first: int = 0) -> NDArray[np.float32]:
        """Return draws ``first`` to ``occurrences`` - 1 of every variable: float32[256, variables, so many]."""
        out = np.empty((LANES, len(self.names), occurrences - first), np.float32)
        z = np.empty((min(_TOGETHER, occurrences - first), len(self.names), LANES), np.float32)
        for begin in range(first, occurrences if self.names else first, _TOGETHER):
            end = min(begin + _TOGETHER, occurrences)
            for k in range(begin, end):
                self._draw_one(seed, block, k, z[k - begin])
            out[:, :, begin - first : end - first] = z[: end - begin].transpose(2, 1, 0)
        return out

    def _draw_one(self, seed: int, block: int, k: int, z: NDArray[np.float32]) -> None:
        """Fill ``z`` float32[variables, 256] with draw ``k`` of every variable."""
        low, high = (np.uint64(half) for half in split_seed(seed))
        draw_occurrence(low, high, self.hash_low, self.hash_high, np.int64(block), np.int64(k), z)
        if self.sized.size:
            values = np.empty((self.sized.size, LANES), np.float32)
            self.sizes.values(z[self.sized], values)
            z[self.sized] = values
