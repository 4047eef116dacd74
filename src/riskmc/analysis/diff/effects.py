"""Effects: P50, P80 and mean of finish and cost of the old program with any of the groups of changes made.

Each choice of groups is simulated with the same draws (`simulate_like`), once; what is kept of it are a few numbers,
of all iterations and of each of their sections, from which intervals come.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.diff.grouping import ChangeGroup, joined
from riskmc.analysis.diff.mixing import mixed
from riskmc.analysis.diff.pieces import Piece
from riskmc.analysis.sectioned import mean_of, quantile_of, sectioned
from riskmc.errors import ProgramError, UnsupportedError
from riskmc.program.program import Program
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.trials import Trials

LEVELS = (0.50, 0.80)
MEASURES = ("finish_p50", "finish_p80", "finish_mean", "cost_p50", "cost_p80", "cost_mean")
BY_EVENTS = 30  # how much longer an iteration takes in the discrete-event engine
COMPILING, SETTING_UP = 14_000, 1e6  # what an activity, and any program, takes beside its iterations, measured

Effect = NDArray[np.float64]


class Runs:
    """The old program with any of the groups of changes made, simulated like ``old``; minutes and cents.

    ``groups`` may become fewer: two are made one where a program with the one and without the other does not run.
    """

    def __init__(self, old: Trials, new: Trials, before: Program, groups: Sequence[ChangeGroup]):
        self.groups = list(groups)
        self._old, self._new, self._before = old, new, before
        self._known: dict[frozenset[Piece], Effect] = {}

    @property
    def work(self) -> float:
        """How much work one program is, in iterations of one activity: to compile it, then to run it."""
        each = BY_EVENTS if self._old.engine == "discrete-event" else 1
        return len(self._before.activities()) * (COMPILING + each * len(self._old)) + SETTING_UP

    def effect(self, chosen: frozenset[int]) -> Effect:
        """Return float64[measures, 1 + sections] of the program with the ``chosen`` groups of changes made."""
        if len(chosen) in (0, len(self.groups)):
            return self._measured(self._new if chosen else self._old)
        pieces = self._pieces(chosen)
        if pieces not in self._known:
            self._known[pieces] = self._measured(self._run(pieces))
        return self._known[pieces]

    def settle(self) -> None:
        """Join groups until each can be made alone, and left out alone."""
        place = 0
        while place < len(self.groups) and len(self.groups) > 1:
            one = frozenset([place])
            for chosen in (one, frozenset(range(len(self.groups))) - one):
                if not self._runs(chosen):
                    self.join_for(chosen)
                    place = -1
                    break
            place += 1

    def join_for(self, chosen: frozenset[int]) -> None:
        """Join the two groups of which one cannot be made without the other, ``chosen`` being such a choice."""
        needed, chosen = self._grown(chosen)
        needing = self._shrunk(chosen)
        self.groups = joined(self.groups, needed, needing)

    def _grown(self, chosen: frozenset[int]) -> tuple[int, frozenset[int]]:
        """Return the group with which a choice runs at last, adding one after the other, and the choice before it."""
        for place in (place for place in range(len(self.groups)) if place not in chosen):
            if self._runs(chosen | {place}):
                return place, chosen
            chosen |= {place}
        raise AssertionError("the new program runs with all changes made")

    def _shrunk(self, chosen: frozenset[int]) -> int:
        """Return the group without which a choice runs at last, taking out one after the other."""
        for place in sorted(chosen):
            if self._runs(chosen - {place}):
                return place
            chosen -= {place}
        raise AssertionError("the old program runs with no change made")

    def _runs(self, chosen: frozenset[int]) -> bool:
        try:
            self.effect(chosen)
        except (ProgramError, UnsupportedError):
            return False
        return True

    def _pieces(self, chosen: frozenset[int]) -> frozenset[Piece]:
        return frozenset(piece for place in chosen for piece in self.groups[place].pieces)

    def _run(self, pieces: frozenset[Piece]) -> Trials:
        return simulate_like(self._old, mixed(self._before, self._new_program, pieces))

    @property
    def _new_program(self) -> Program:
        return self._new.again().program

    def _measured(self, trials: Trials) -> Effect:
        rows = [
            sectioned(samples, measure, self._old.replicates)
            for samples in (trials.finish_minutes, trials.cost_cents)
            for measure in (*map(quantile_of, LEVELS), mean_of)
        ]
        return np.array(rows)
