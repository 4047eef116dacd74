"""Scope creep: work that grows while it is done, as compound interest does, from its start to its finish."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, prod
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import FULL, GREW
from riskmc.simulation.discrete_event.activity import Activity

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication

_MOST = 10**12  # thousandths of a minute: what never ends grows no further


class Scope:
    """Work that grows: at every finish that is due, the growth since the last one is added, until nothing is left."""

    def __init__(self, replication: Replication):
        self.replication, self.growth = replication, replication.scene.model.growth
        self.grown_at: dict[int, int] = {}

    def grows_on(self, a: Activity) -> bool:
        """Let the work of an activity grow that would finish now; return whether it must go on."""
        entries = self.replication.scene.grows[a.number]
        if not entries or a.rate <= 0 or not a.exists:
            return False
        self.replication.work.book(a)
        self._grow(a, entries)
        if a.left > 0:
            self.replication.work.plan_finish(a)
            return True
        self.replication.log(GREW, int(self.growth.entry[entries[0]]), a.grown // FULL)
        return False

    def _grow(self, a: Activity, entries: Sequence[int]) -> None:
        """Add the growth since the last time, on all the work there is."""
        now = self.replication.now
        since = self.grown_at.get(a.number, max(a.began, int(self.growth.after[a.number])))
        factor = 1.0
        for j in entries:
            factor *= self._factor(j, max(min(now, int(self.growth.until[j])) - since, 0))
        more = floor(min(((a.work + a.extra) * FULL + a.grown) * (factor - 1.0), _MOST) + 0.5)
        a.grown = min(a.grown + more, _MOST)
        a.left += more
        self.grown_at[a.number] = max(since, now)

    def _factor(self, j: int, minutes: int) -> float:
        """Return the growth over so many minutes: the product of that over the binary digits of their number."""
        powers = self.growth.powers[j].tolist()
        rest = min(minutes, 2 ** len(powers) - 1)
        return prod((power for bit, power in enumerate(powers) if rest >> bit & 1), start=1.0)
