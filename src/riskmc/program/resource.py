"""Resources: pools that activities share and queue for (discrete-event engine)."""

from __future__ import annotations

from pydantic import Field

from riskmc.program.moment import Moment
from riskmc.program.noun import Noun
from riskmc.program.staffing import Outages, RampUp, Staffing, Turnover
from riskmc.program.words import AmountPerTime


class Resource(Noun):
    """A pool: how many there are and when, when they work, what one costs per unit of time, and what befalls them."""

    name: str | None = None
    capacity: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    cost: AmountPerTime | None = None
    calendar: str | None = None
    """When the pool works; an activity that uses it works where both do."""
    staffing: Staffing | None = None
    """How many there are from a date on; before the first date there are `capacity`."""
    turnover: Turnover | None = None
    """Every unit leaves after so long, and is replaced after so long."""
    ramp_up: RampUp | None = None
    """How those who are added or replace others grow into their work; default: at once."""
    outages: Outages | None = None
    preemption: bool = False
    """Whether its units may be taken from running work for work of a better priority."""
    from_plan: bool = False
    """Its capacity came with a plan file: kept, but no limit unless a resource of the program file says so."""

    def levels(self) -> tuple[tuple[Moment | None, float], ...]:
        """Return the capacities by the moment from which they hold, None first; nothing where there is no limit."""
        if self.capacity is None:
            return ()
        return ((None, self.capacity), *(self.staffing or {}).items())
