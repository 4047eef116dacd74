"""Responses to risks: what they cost, what they change, whether they work, and which risks they bring themselves."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from riskmc.program.activity import Activity, Links
from riskmc.program.noun import Noun
from riskmc.program.risk import Impacts
from riskmc.program.words import BareRisks, Factor, MoneySize, RiskIds, Share


class RiskChange(Noun):
    """What a response changes in one risk: its probability, its impacts, or the size of them all."""

    probability: Share | None = None
    given: Annotated[dict[str, Share] | None, BareRisks] = None
    impacts: Impacts | None = None
    """Impacts that take the place of the risk's own."""
    duration: Factor | None = None
    """Scales every duration impact of the risk."""
    cost: Factor | None = None
    """Scales every cost impact of the risk."""


class ResponseActivity(Activity):
    """Work that a response adds to the plan."""

    before: Links = ()
    """The activities that wait for it, as links: `build.dig`, `build.dig SS+5d`."""


class Response(Noun):
    """A measure against risks (or for opportunities)."""

    name: str | None = None
    status: Literal["proposed", "approved", "in_plan", "done"] = "proposed"
    cost: MoneySize | None = None
    """Paid whether or not a risk occurs."""
    works: Share = 1.0
    """The chance that it works; else the cost is spent and nothing changes."""
    acts_on: Annotated[dict[str, RiskChange], BareRisks] = Field(default_factory=dict)
    activities: dict[str, ResponseActivity] = Field(default_factory=dict)
    secondary: RiskIds = ()
    """Risks that exist only where this response acts."""
