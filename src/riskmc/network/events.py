"""Events: risks that occur, outcomes that are chosen, activities that exist, responses that work (K2, K5, K6, N7).

A drawn event happens where its score lies between two thresholds; a conjunction combines earlier events. Events are
numbered in the order in which they can be computed; drawn ones first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.draws import Draws
from riskmc.network.ragged import flat, pointers
from riskmc.sampling import thresholds

ALWAYS, NEVER = -1, -2
NO_SCORE = -1  # of an event that happens whatever is drawn
Term = tuple[int, bool]  # an event, and whether it is negated


@dataclass(slots=True)
class DrawnEvent:
    """An event drawn from one score: low <= score < high, with what may replace ``high`` in an iteration."""

    score: int
    low: float
    high: float
    overrides: list[tuple[int, float]] = field(default_factory=list)
    given: list[tuple[int, float]] = field(default_factory=list)


def threshold(probability: float) -> float:
    """Return the score below which a draw falls with a probability."""
    return float(thresholds(probability)[0])


class EventTable(NamedTuple):
    """The events of a program as arrays for the kernels `occur` and `combine`."""

    score: NDArray[np.int32]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    override_ptr: NDArray[np.int32]
    override_event: NDArray[np.int32]
    override_high: NDArray[np.float32]
    given_ptr: NDArray[np.int32]
    given_event: NDArray[np.int32]
    given_high: NDArray[np.float32]
    term_ptr: NDArray[np.int32]
    term_event: NDArray[np.int32]
    term_negated: NDArray[np.uint8]

    @property
    def size(self) -> int:
        """Number of events, drawn and combined."""
        return int(self.score.size + self.term_ptr.size - 1)


@dataclass
class Events:
    """The events met while a program is compiled. Drawn events must all be made before the first conjunction.

    ``switchable`` gives a risk that is certain an event all the same, so that it can be switched off.
    """

    draws: Draws
    switchable: bool = False
    drawn: list[DrawnEvent] = field(default_factory=list)
    combined: dict[tuple[Term, ...], int] = field(default_factory=dict)

    def happens(self, name: str, low: float, high: float) -> int:
        """Return the event that variable ``name`` lies between two probabilities; a certain one is ALWAYS or NEVER."""
        if high <= low:
            return NEVER
        if low <= 0 and high >= 1:
            return ALWAYS
        assert not self.combined, "drawn events come before conjunctions"
        self.drawn.append(DrawnEvent(self.draws.score(name), threshold(low), threshold(high)))
        return len(self.drawn) - 1

    def varies(
        self, name: str, probability: float, overrides: list[tuple[int, float]], given: list[tuple[int, float]]
    ) -> int:
        """Return an event whose probability other events change: ``overrides`` in order, then the largest ``given``."""
        event = DrawnEvent(self.draws.score(name), threshold(0.0), threshold(probability))
        event.overrides = [(e, threshold(p)) for e, p in overrides]
        event.given = [(e, threshold(p)) for e, p in given]
        self.drawn.append(event)
        return len(self.drawn) - 1

    def switch(self) -> int:
        """Return a new event that happens in every iteration, unless a run forces it off (simulation/cases.py)."""
        self.drawn.append(DrawnEvent(NO_SCORE, -inf, inf))
        return len(self.drawn) - 1

    def all_of(self, terms: list[Term]) -> int:
        """Return the event that every term holds; terms that always hold fall away, one that never holds decides."""
        kept: list[Term] = []
        for event, negated in terms:
            if event in (ALWAYS, NEVER):
                if (event == NEVER) != negated:
                    return NEVER
            elif (event, negated) not in kept:
                kept.append((event, negated))
        if not kept:
            return ALWAYS
        if len(kept) == 1 and not kept[0][1]:
            return kept[0][0]
        key = tuple(sorted(kept))
        return self.combined.setdefault(key, len(self.drawn) + len(self.combined))

    def table(self) -> EventTable:
        """Return the events as arrays."""
        drawn, conjunctions = self.drawn, list(self.combined)
        return EventTable(
            np.array([e.score for e in drawn], np.int32),
            np.array([e.low for e in drawn], np.float32),
            np.array([e.high for e in drawn], np.float32),
            pointers([e.overrides for e in drawn]),
            flat([[k for k, _ in e.overrides] for e in drawn], np.int32),
            flat([[p for _, p in e.overrides] for e in drawn], np.float32),
            pointers([e.given for e in drawn]),
            flat([[k for k, _ in e.given] for e in drawn], np.int32),
            flat([[p for _, p in e.given] for e in drawn], np.float32),
            pointers(conjunctions),
            flat([[k for k, _ in c] for c in conjunctions], np.int32),
            flat([[n for _, n in c] for c in conjunctions], np.uint8),
        )
