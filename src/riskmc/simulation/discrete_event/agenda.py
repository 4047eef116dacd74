"""The agenda: what happens at the same minute happens in one order, whoever planned it first (D4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import simpy

_PLACES = [kind << 24 for kind in range(16)]  # of a class of events at its minute; within, by number


class Agenda:
    """Everything that is planned, in simpy's own queue: by minute, class and number; equals as they were planned."""

    def __init__(self, most_events: int):
        self.env = simpy.Environment()
        self.exhausted = False
        self._planned, self._happened, self._most_events = 0, 0, most_events

    @property
    def size(self) -> int:
        """How much is planned."""
        return self._planned - self._happened

    def call(self, minute: int, kind: int, number: int, act: Callable[[], None]) -> None:
        """Plan a call at a minute, in its turn."""
        self.tell(minute, kind, number, lambda _: act())

    def tell(self, minute: int, kind: int, number: int, callback: Callable[[simpy.Event], None]) -> None:
        """Plan an event at a minute, in its turn, of which a callback is told."""
        env = self.env
        event = simpy.Event(env)
        event._ok, event.callbacks = True, [callback]  # it comes true by itself, as a timeout does
        place: Any = _PLACES[kind] + number
        env.schedule(event, place, minute - env.now)
        self._planned += 1

    def happen(self, minute: float) -> None:
        """Let everything happen that is planned for the next minute, one after the other, as far as patience goes."""
        env = self.env
        while not self.exhausted and env.peek() == minute:
            self._happened += 1
            if self._happened > self._most_events:
                self.exhausted = True
            env.step()
