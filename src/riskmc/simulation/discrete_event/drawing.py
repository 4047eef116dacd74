"""The draws of one replication, by occurrence: read here, never made in the course of events (D6)."""

from __future__ import annotations

from math import floor
from typing import Any

from riskmc.simulation.discrete_event.ending import MoreDraws


class Drawing:
    """Draws by variable and occurrence, float32[variables, occurrences]; `MoreDraws` where one was not drawn ahead."""

    def __init__(self, drawn: Any):
        self._drawn = drawn

    def size(self, row: int, k: int) -> float:
        """Return draw ``k``, from 0, of the size in ``row``."""
        if k >= self._drawn.shape[1]:
            raise MoreDraws
        return float(self._drawn[row, k])

    def whole(self, row: int, k: int) -> int:
        """Return the draw as a whole number, at least 0, rounded half up."""
        return max(floor(self.size(row, k) + 0.5), 0)

    def comes_true(self, row: int, k: int, threshold: float) -> bool:
        """Return whether a chance comes true."""
        return self.size(row, k) < threshold
