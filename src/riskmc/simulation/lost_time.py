"""The time that weather and calendar risks take from the work of one block of iterations, drawn as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import weather
from riskmc.kernels.lost_time import EVERYTHING, Lost, Thinning
from riskmc.kernels.philox import LANES
from riskmc.network.calendar_risks import Stretches
from riskmc.network.network import Network
from riskmc.network.weather import keys
from riskmc.network.worktime import WorkTime
from riskmc.sampling import split_seed


@dataclass(eq=False)
class LosingTime:
    """The stretches of lost time of one thread's block; ``lanes`` are those of the pool they are for."""

    network: Network
    seed: int
    lanes: int = LANES
    lost: Lost = field(init=False)

    def __post_init__(self) -> None:
        found = self.network.lost
        assert found is not None
        tables, sites = found.thinning.site.size, len(found.sites)
        in_part = (found.thinning.kept > found.thinning.first[:, :-1]).any()  # then bad days in a row stay apart
        room = int(found.thinning.days[3]) // (1 if in_part else 2) + 2
        most = int(np.bincount(self.risks.table, minlength=1).max())
        self.lost = Lost(
            np.zeros((tables, LANES, 2 * room), np.int32), np.zeros((tables, self.lanes, 1 + 2 * most), np.int32),
            np.arange(self.lanes, dtype=np.int32) % LANES, keys(found, self.network.sampler),
            np.array([*split_seed(self.seed), 0], np.uint64), np.zeros(sites, np.int64), np.zeros(tables, np.int32),
            np.zeros((sites, LANES), np.uint8), np.zeros(LANES, np.uint32),
        )  # fmt: skip

    def draw(self, block: int) -> None:
        """Begin a block: forget the one before."""
        self.lost.draw[2] = block
        weather.begin(self.thinning, self.lost)

    def draw_all(self) -> None:
        """Draw every day of the axis, for those who ask for the days of one lane after the other."""
        weather.draw_all(self.thinning, self.lost)

    def strike(self, values: NDArray[np.float32], events: NDArray[np.uint8]) -> None:
        """Enter what the calendar risks take in each lane, from the drawn sizes and events of the pool."""
        if not self.risks.table.size:
            return
        ends = [self._ends(r, values, events) for r in range(self.risks.table.size)]
        first, last = (np.stack([end[k] for end in ends]) for k in (0, 1))
        weather.strike(self.thinning, self.lost, self.risks.table, first, last)

    def _ends(
        self, r: int, values: NDArray[np.float32], events: NDArray[np.uint8]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the first and last index of what entry ``r`` of the risks takes, the same where it takes nothing."""
        assert self.network.lost is not None
        risks, axis = self.risks, self.network.axis
        table = int(risks.table[r])
        work, clock = axis.calendars[self.network.lost.calendars[table]], self.network.lost.times[table]
        moment = risks.first[r] + values[risks.moment[r]].astype(np.int64)
        first = work.index(np.minimum(moment, axis.horizon))
        size = np.maximum(np.rint(values[risks.size[r]]).astype(np.int64), 0)
        size = size if risks.event[r] < 0 else np.where(events[risks.event[r]] != 0, size, 0)
        last = np.minimum(first + size, work.limit)
        return (first, last) if clock is work else (_start(work, clock, first), clock.index(work.finish_instant(last)))

    def borrow(self, other: LosingTime, lanes: NDArray[np.int32]) -> None:
        """Take the weather of another block, whose ``lanes`` are those of this one's pool."""
        self.lost = other.lost._replace(lane=lanes, risks=self.lost.risks)

    def spare(self) -> None:
        """Lose nothing, as the plan does."""
        self.lost.known[:] = EVERYTHING

    def stretches(self, t: int, i: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return what weather takes of table ``t`` in lane ``i``, by index, and risks of the minutes it leaves.

        Both are stretches from a first minute to one that is not lost any more, in order and apart.
        """
        weather_, risks = self.lost.weather[t, self.lost.lane[i]].tolist(), self.lost.risks[t, i].tolist()
        pairs = [weather_[1 + 2 * j : 4 + 2 * j] for j in range(weather_[0])]
        taken = [(risks[1 + 2 * j], risks[2 + 2 * j]) for j in range(risks[0])]
        return [(good + before, good + after) for before, good, after in pairs], taken

    @property
    def risks(self) -> Stretches:
        """What risks take."""
        assert self.network.lost is not None
        assert self.network.lost.risks is not None
        return self.network.lost.risks

    @property
    def thinning(self) -> Thinning:
        """The tables of the network."""
        assert self.network.lost is not None
        return self.network.lost.thinning

    @property
    def tables(self) -> tuple[Thinning, Lost]:
        """What `Logic.run` and `Late.run` take."""
        return self.thinning, self.lost


def nothing_lost() -> Lost:
    """Return the workspace of a program without lost time."""
    i32, i64 = np.int32, np.int64
    return Lost(
        np.zeros((0, 0, 0), i32), np.zeros((0, 0, 0), i32), np.zeros(0, i32), np.zeros((0, 2), np.uint64),
        np.zeros(3, np.uint64), np.zeros(0, i64), np.zeros(0, i32), np.zeros((0, 0), np.uint8), np.zeros(0, np.uint32),
    )  # fmt: skip


def _start(work: WorkTime, clock: WorkTime, index: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the index of a clock at which the minute of an index of a calendar starts."""
    return clock.index(work.start_instant(np.minimum(index, work.limit - 1)))


__all__ = ["LosingTime", "nothing_lost"]
