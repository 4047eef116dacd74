"""More clocks than those of activities: calendars of pools, the axis itself, and time at which any of several runs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskmc.network.dynamics.pools import ClockTable
from riskmc.network.layout import Layout
from riskmc.network.weather import LostTime, clock_tables, with_clocks
from riskmc.network.worktime import WorkTime, alike, either


class Clocks:
    """The work clocks of a program, and what is added to them.

    ``loses`` is by clock the calendar of the axis that loses the time it loses, -1 for none; ``lost`` what that is.
    """

    def __init__(self, layout: Layout, table: ClockTable, loses: Sequence[int], lost: LostTime | None):
        self.layout, self._table, self._lost = layout, table, lost
        pairs = tuple(layout.tables.numbers)
        calendars = [layout.clock if k < 0 else pairs[k][1] for k in table.from_axis.tolist()]
        self._clocks = list(zip(calendars, loses, strict=True))

    def work(self, node: int) -> int:
        """Return the work clock of a node."""
        return int(self._table.work[node])

    def hours(self, node: int) -> int:
        """Return the clock of the hours in which a node is worked on, those included that are lost in an iteration."""
        calendar, _ = self._clocks[self.work(node)]
        return self._of(calendar)

    def axis(self) -> int:
        """Return the clock that always runs."""
        return self._of(self.layout.clock)

    def of(self, work: WorkTime, loses: int = -1) -> int:
        """Return the clock that runs in these working hours, and loses the time that a calendar of the axis loses."""
        calendars: list[WorkTime] = self.layout.tables.calendars  # type: ignore[assignment]
        for number, known in enumerate(calendars):
            if alike(known, work):
                return self._of(number, loses)
        calendars.append(work)
        return self._of(len(calendars) - 1, loses)

    def any_of(self, clocks: Sequence[int]) -> int:
        """Return the clock that runs while any of these does; if not all lose the same time, it loses none."""
        chosen = [self.layout.tables.calendars[self._clocks[clock][0]] for clock in clocks]
        found, loses = chosen[0], {self._clocks[clock][1] for clock in clocks}
        for other in chosen[1:]:
            found = either(found, other)
        return self.of(found, loses.pop() if len(loses) == 1 else -1)

    def _of(self, calendar: int, loses: int = -1) -> int:
        if (calendar, loses) not in self._clocks:
            self._clocks.append((calendar, loses))
        return self._clocks.index((calendar, loses))

    def table(self) -> ClockTable:
        """Return all clocks; those of the activities keep their numbers."""
        layout, axis = self.layout, self.layout.clock
        ends = [(np.array([axis]), np.array([calendar])) for calendar, _ in self._clocks]
        tables = [
            (-1, -1) if a[0] == b[0] else (layout.tables.number(a, b)[0], layout.tables.number(b, a)[0])
            for a, b in ends
        ]
        return self._table._replace(
            from_axis=np.array([pair[0] for pair in tables], np.int64),
            to_axis=np.array([pair[1] for pair in tables], np.int64),
            last=np.array([layout.tables.calendars[calendar].limit for calendar, _ in self._clocks], np.int64),
            lost=self._lose_by_clock(len(ends)),
        )

    def _lose_by_clock(self, clocks: int) -> NDArray[np.int64]:
        """Return by clock the table of the time that it loses, -1 for none."""
        if self._lost is None:
            return np.full(clocks, -1, np.int64)
        return clock_tables(self._lost, self._losing()).astype(np.int64)

    def lost(self) -> LostTime | None:
        """Return what is lost, with what the clocks lose of it."""
        return None if self._lost is None else with_clocks(self._lost, self._losing())

    def _losing(self) -> list[tuple[WorkTime, int]]:
        return [(self.layout.tables.calendars[calendar], loses) for calendar, loses in self._clocks]


__all__ = ["Clocks"]
