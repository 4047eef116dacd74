"""Dates of a replication: a pool of rows as in the Monte Carlo engine, of one iteration, and the instants they mean."""

from __future__ import annotations

from collections.abc import Sequence

from riskmc.simulation.discrete_event.ending import Beyond
from riskmc.simulation.discrete_event.losing import EVERY_MINUTE, Good
from riskmc.simulation.discrete_event.scene import Scene


class Dates:
    """Starts, finishes and existence of all nodes as far as they are known: happened, planned, or of the static pass.

    ``good`` are the minutes that are not lost, by table of lost time.
    """

    def __init__(
        self, scene: Scene, pool: list[int], exists: list[int], possible: list[int], tight: list[int],
        good: Sequence[Good] = (),
    ):  # fmt: skip
        self.scene, self.pool, self.exists, self.tight, self._good = scene, pool, exists, tight, good
        self._possible = possible
        self._nodes, self._forward = scene.nodes, scene.forward
        self._start_table, self._index_table, self._pushed = scene.start_table, scene.index_table, scene.pushed

    def start(self, a: int) -> int:
        """Return the instant of a start."""
        table = self._start_table[a]
        return self.pool[a] if table < 0 else self._forward.convert(table, self.pool[a], 0)

    def finish(self, a: int) -> int:
        """Return the instant of a finish."""
        row, table, side = self.scene.finishes[a]
        return self.pool[row] if table < 0 else self._forward.convert(table, self.pool[row], side)

    def index(self, a: int, minute: int) -> int:
        """Return the minutes of a node's own calendar before an instant."""
        table = self._index_table[a]
        return minute if table < 0 else self._forward.convert(table, minute, 0)

    def length(self, a: int) -> int:
        """Return the minutes from the start to the finish of a node, on its own calendar."""
        return self.pool[self._nodes + a] - self.pool[a]

    def is_open(self, a: int) -> bool:
        """Return whether a node does not exist by the dates that are known, and may by others."""
        return bool(self._possible[a] and not self.exists[a])

    def good(self, a: int) -> Good:
        """Return the minutes of a node's own calendar in which it can be worked on."""
        return self._good[self.scene.losing[a]] if self.scene.losing[a] >= 0 else EVERY_MINUTE

    def set_start(self, a: int, minute: int) -> None:
        """Let a node start at an instant."""
        self.pool[a] = self.index(a, minute)

    def set_finish(self, a: int, minute: int) -> None:
        """Let a node finish at an instant."""
        self.pool[self._nodes + a] = self.index(a, minute)
        if self.scene.moment_row[a] >= 0:
            self.pool[self.scene.moment_row[a]] = minute

    def stand_no_earlier(self, a: int, minute: int) -> None:
        """Let what lasts nothing, round the clock, stand no earlier than at an instant; links drive it there or not."""
        if self.pool[a] < minute:
            self.pool[a] = self.pool[self._nodes + a] = minute
            self._forward.bind(a, self.pool, self.tight)

    def settle(self, a: int, duration: int) -> tuple[int, int]:
        """Carry out the forward pass of a node that misses nothing; return its work, and when it can start."""
        self.exists[a] = self._possible[a]  # what its dates make of it is decided now
        if self._pushed[a]:
            self.compute_pushed(a, duration)
        else:
            self.compute(a, duration)
        start, finish = self.pool[a], self.pool[self._nodes + a]
        work = finish - start if finish > start else 0
        if self._good and work:
            good = self.good(a)
            work = good.before(finish) - good.before(start)  # without the minutes that are lost
        return work, self.start(a) if work else self.finish(a)

    def compute(self, a: int, duration: int) -> None:
        """Carry out the forward pass of a node with what is known of its predecessors."""
        self.pool[self._nodes + a] = duration
        good = self.good(a) if self._good else EVERY_MINUTE
        if not self._forward.run(a, self.pool, self.exists, self.tight, good):
            raise Beyond

    def compute_pushed(self, a: int, duration: int) -> None:
        """Do the same for a node as late as possible, which stands no earlier than in the static pass."""
        rows = [a, self.scene.nodes + a, *([self.scene.moment_row[a]] if self.scene.moment_row[a] >= 0 else [])]
        static = [self.pool[row] for row in rows]
        self.compute(a, duration)
        if static[0] > self.pool[a]:
            for row, value in zip(rows, static, strict=True):
                self.pool[row] = value
            chain = self.scene.model.chain
            for row in chain.row[chain.ptr[a] : chain.ptr[a + 1]].tolist():
                self.tight[row] = 0  # no link drives it where it stands
