"""The agenda: what happens at the same minute happens in one order, whoever planned it first (D4)."""

from __future__ import annotations

from collections.abc import Callable, Generator
from heapq import heappop, heappush
from itertools import count
from typing import Any

import simpy

from riskmc.simulation.discrete_event.ending import Censored


class Agenda:
    """Everything that is planned, by minute, class and number; one dispatch follows each minute's events."""

    def __init__(self, env: simpy.Environment, last_minute: int, most_events: int):
        self.env = env
        self._planned: list[tuple[int, int, int, int, simpy.Event]] = []
        self._ticket = count()
        self._last_minute, self._most_events, self._events = last_minute, most_events, 0

    @property
    def size(self) -> int:
        """How much is planned."""
        return len(self._planned)

    @property
    def empty(self) -> bool:
        """Whether nothing is planned any more."""
        return not self._planned

    def at(self, minute: int, kind: int, number: int) -> simpy.Event:
        """Return the event that comes true at a minute, in its turn."""
        event = self.env.event()
        heappush(self._planned, (minute, kind, number, next(self._ticket), event))
        return event

    def call(self, minute: int, kind: int, number: int, act: Callable[[], None]) -> None:
        """Plan a call at a minute, in its turn."""
        callbacks = self.at(minute, kind, number).callbacks
        assert callbacks is not None
        callbacks.append(lambda _: act())

    def next_minute(self) -> Generator[simpy.Event, Any, None]:
        """Go on to the next minute at which anything is planned, and let it happen, one after the other."""
        minute = self._planned[0][0]
        if minute > self._last_minute or self._events > self._most_events:
            raise Censored(minute)
        if minute > self.env.now:
            yield self.env.timeout(minute - self.env.now)
        while self._planned and self._planned[0][0] == minute and self._events <= self._most_events:
            *_, event = heappop(self._planned)
            self._events += 1
            if event.callbacks:
                event.succeed()
                yield self.env.timeout(0)  # after whoever waited for the event has acted
