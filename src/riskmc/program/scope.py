"""Scope growth: requests for change that arrive while work goes on, and work that grows by itself (scope creep)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.measure import Frequency, Growth, Ratio
from riskmc.program.noun import Noun
from riskmc.program.selector import Selector
from riskmc.program.words import Share, When, WorkSize


class ScopeGrowth(Noun):
    """What makes work grow: requests with a `rate` and a `size`, or `growth` by a share of the work per month."""

    name: str | None = None
    on: Selector
    except_: Selector | None = Field(default=None, alias="except")
    rate: Frequency | None = None
    """How often a change is asked for, while any of the activities is unfinished: 2/mo."""
    size: WorkSize | None = None
    """The work that one change adds."""
    spread: Literal["each", "once", "split"] | None = None
    """How a change is shared by several activities."""
    growth: Growth | None = None
    """Compound growth of the work from the start of an activity to its finish: 2%/mo."""
    approved: Share = 1.0
    """The chance that a request is approved."""
    freeze: When | None = None
    """From this day on nothing is added."""
    late_factor: Ratio | None = None
    """What a change costs at the end of the work, of one at its start; in between in proportion to progress."""

    @model_validator(mode="after")
    def _one_kind(self) -> ScopeGrowth:
        if (self.rate is None) == (self.growth is None):
            raise ArgumentError("scope grows by exactly one of: rate (with size), growth")
        if (self.rate is None) != (self.size is None):
            raise ArgumentError("`rate` and `size` stand together: how often, and how much")
        requests = {"approved": self.approved != 1.0, "late_factor": self.late_factor is not None}
        idle = [word for word, said in {**requests, "spread": self.spread is not None}.items() if said]
        if self.growth is not None and idle:
            raise ArgumentError(f"`{idle[0]}` is of requests (rate, size), not of growth")
        return self
