"""The agenda: what happens at the same minute happens in one order, whoever planned it first (D4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import simpy

_PLACES: list[Any] = [kind << 24 for kind in range(16)]  # of a class of events at its minute; within, by number


class Planned(simpy.Event):
    """An event that comes true by itself, as a timeout does; a callback is told of it, and of its subject."""

    def __init__(
        self, agenda: Agenda, minute: int, kind: int, number: int, callback: Callable[[Any], None], subject: Any
    ):
        env = self.env = agenda.env
        self.callbacks, self._ok, self.subject = [callback], True, subject
        agenda.planned += 1
        env.schedule(self, _PLACES[kind] + number, minute - agenda.now)


class Agenda:
    """Everything that is planned, in simpy's own queue: by minute, class and number; equals as they were planned."""

    def __init__(self, most_events: int):
        self.env = simpy.Environment()
        self.exhausted = False
        self.now: float = 0
        self.planned, self.happened, self._most_events = 0, 0, most_events

    @property
    def size(self) -> int:
        """How much is planned, and has not happened."""
        return self.planned - self.happened

    def call(self, minute: int, kind: int, number: int, act: Callable[[], None]) -> None:
        """Plan a call at a minute, in its turn."""
        Planned(self, minute, kind, number, _do, act)

    def happen(self, minute: float) -> None:
        """Let everything happen that is planned for the next minute, one after the other, as far as patience goes."""
        self.now, env, going = minute, self.env, True
        while going:
            self.happened += 1
            env.step()
            self.exhausted = self.happened > self._most_events
            going = env.peek() == minute and not self.exhausted


def _do(event: Planned) -> None:
    event.subject()
