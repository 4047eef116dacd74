"""Start and finish of every node as instants: what a mean date, a milestone's date or the plan's own dates need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows
from riskmc.network.instructions import Code, Event
from riskmc.network.layout import NO_MILESTONE, Layout
from riskmc.network.logic import Logic
from riskmc.network.worktime import HorizonError


@dataclass(frozen=True, eq=False)
class Dates:
    """Instructions that turn the starts and finishes of a pool into minutes of the 24-hour axis.

    They stand in the ``2 n`` rows after the pool of the logic: starts, then finishes, by node.
    """

    logic: Logic
    code: NDArray[np.int32]
    entries: NDArray[np.int32]
    slots: NDArray[np.int64]

    @property
    def rows(self) -> int:
        """Rows of a pool that holds instants too; the last two are the kernel's own."""
        return self.logic.rows + 2 * self.logic.layout.n + 2

    @property
    def starts(self) -> slice:
        """Pool rows of the start instants."""
        return slice(self.logic.rows, self.logic.rows + self.logic.layout.n)

    @property
    def finishes(self) -> slice:
        """Pool rows of the finish instants."""
        return slice(self.logic.rows + self.logic.layout.n, self.rows - 2)

    def run(self, pool: NDArray[np.int32], exists: NDArray[np.uint8], tight: NDArray[np.uint64]) -> None:
        """Fill the rows of instants of a pool that the logic has run in; HorizonError past the calendars."""
        beyond, _ = rows.run(self.code, pool, exists, self.entries, self.slots, tight)
        if beyond > 0:
            raise HorizonError(f"dates run {beyond} minutes past the calendars")


def dates(logic: Logic) -> Dates:
    """Return the instructions for the instants of every node; a milestone starts when it finishes."""
    layout, code = logic.layout, Code()
    every = np.arange(layout.n)
    clock = np.full(layout.n, layout.clock)
    code.copy(every, layout.tables, _starts(layout), clock, logic.rows + every)
    code.copy(every, layout.tables, layout.finishes, clock, logic.rows + layout.n + every)
    return Dates(logic, code.assemble(), *layout.tables.arrays())


def _starts(layout: Layout) -> Event:
    every, zero = np.arange(layout.n), np.zeros(layout.n, np.int64)
    finishes, milestone = layout.finishes, layout.nodes.milestone != NO_MILESTONE
    return Event(
        np.where(milestone, finishes.row, every),
        np.where(milestone, finishes.calendar, layout.calendar),
        np.where(milestone, finishes.side, 0),
        zero,
    )
