"""Resources: pools that activities share and queue for (discrete-event engine)."""

from __future__ import annotations

from pydantic import Field

from riskmc.program.noun import Noun
from riskmc.program.words import AmountPerTime


class Resource(Noun):
    """A pool: how many there are, when they work, and what one costs per unit of time."""

    name: str | None = None
    capacity: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    cost: AmountPerTime | None = None
    calendar: str | None = None
    from_plan: bool = False
    """Its capacity came with a plan file: kept, but no limit unless a resource of the program file says so."""
