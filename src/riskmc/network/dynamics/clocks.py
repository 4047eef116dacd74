"""More clocks than those of activities: calendars of pools, the axis itself, and time at which any of several runs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from riskmc.network.dynamics.pools import ClockTable
from riskmc.network.layout import Layout
from riskmc.network.worktime import WorkTime, either


class Clocks:
    """The work clocks of a program, and what is added to them."""

    def __init__(self, layout: Layout, table: ClockTable):
        self.layout, self._table = layout, table
        pairs = tuple(layout.tables.numbers)
        self._calendars = [layout.clock if k < 0 else pairs[k][1] for k in table.from_axis.tolist()]

    def work(self, node: int) -> int:
        """Return the work clock of a node."""
        return int(self._table.work[node])

    def axis(self) -> int:
        """Return the clock that always runs."""
        return self._of(self.layout.clock)

    def of(self, work: WorkTime) -> int:
        """Return the clock that runs in these working hours."""
        calendars: list[WorkTime] = self.layout.tables.calendars  # type: ignore[assignment]
        for number, known in enumerate(calendars):
            if np.array_equal(known.opens, work.opens) and np.array_equal(known.closes, work.closes):
                return self._of(number)
        calendars.append(work)
        return self._of(len(calendars) - 1)

    def any_of(self, clocks: Sequence[int]) -> int:
        """Return the clock that runs while any of these does."""
        chosen = [self.layout.tables.calendars[self._calendars[clock]] for clock in clocks]
        found = chosen[0]
        for other in chosen[1:]:
            found = either(found, other)
        return self.of(found)

    def _of(self, calendar: int) -> int:
        if calendar not in self._calendars:
            self._calendars.append(calendar)
        return self._calendars.index(calendar)

    def table(self) -> ClockTable:
        """Return all clocks; those of the activities keep their numbers."""
        layout, axis = self.layout, self.layout.clock
        ends = [(np.array([axis]), np.array([calendar])) for calendar in self._calendars]
        tables = [
            (-1, -1) if a[0] == b[0] else (layout.tables.number(a, b)[0], layout.tables.number(b, a)[0])
            for a, b in ends
        ]
        return self._table._replace(
            from_axis=np.array([pair[0] for pair in tables], np.int32),
            to_axis=np.array([pair[1] for pair in tables], np.int32),
            last=np.array([layout.tables.calendars[calendar].limit for calendar in self._calendars], np.int64),
        )


__all__ = ["Clocks"]
