"""The sections of a program, which hold its named things: calendars, projects, risks; a scenario adds to them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from riskmc.errors import ArgumentError
from riskmc.program.calendar import Calendar
from riskmc.program.cost import CostItem
from riskmc.program.finance import Benefit, Escalation
from riskmc.program.noun import Noun
from riskmc.program.numeral import share_text
from riskmc.program.policy import Policy
from riskmc.program.project import Project
from riskmc.program.resource import Resource
from riskmc.program.response import Response
from riskmc.program.risk import Risk
from riskmc.program.scope import ScopeGrowth
from riskmc.program.target import Target
from riskmc.program.team import Team
from riskmc.program.uncertainty import Correlation, Driver, RangeRule, Template
from riskmc.program.words import ONE_OR_MORE, Money, Share, Words

_SUM_TOLERANCE = 1e-6


def _whole(outcomes: dict[str, float]) -> dict[str, float]:
    """Return the outcomes of a choice, whose probabilities must add up to 100%."""
    if abs(sum(outcomes.values()) - 1) > _SUM_TOLERANCE:
        listed = " + ".join(map(share_text, outcomes.values()))
        raise ArgumentError(f"the outcomes of a choice must add up to 100%, got {listed}")
    return outcomes


Choice = Annotated[dict[str, Share], AfterValidator(_whole)]


class Sections(Noun):
    """Everything in a program that is keyed by an identifier or listed."""

    calendars: dict[str, Calendar] = Field(default_factory=dict)
    projects: dict[str, Project] = Field(default_factory=dict)
    choices: dict[str, Choice] = Field(default_factory=dict)
    """Probabilistic branching: one outcome of each choice an iteration."""
    teams: dict[str, Team] = Field(default_factory=dict)
    """Agile teams, which work off the backlogs of activities."""
    resources: dict[str, Resource] = Field(default_factory=dict)
    costs: dict[str, CostItem] = Field(default_factory=dict)
    targets: Annotated[tuple[Target, ...], ONE_OR_MORE] = ()
    templates: dict[str, Template] = Field(default_factory=dict)
    ranges: Annotated[tuple[RangeRule, ...], ONE_OR_MORE] = ()
    """Estimate uncertainty; the order has meaning, the last match counts."""
    drivers: dict[str, Driver] = Field(default_factory=dict)
    correlations: Annotated[tuple[Correlation, ...], ONE_OR_MORE] = ()
    risks: dict[str, Risk] = Field(default_factory=dict)
    responses: dict[str, Response] = Field(default_factory=dict)
    scope: dict[str, ScopeGrowth] = Field(default_factory=dict)
    """What makes work grow while it goes on (discrete-event engine)."""
    policies: dict[str, Policy] = Field(default_factory=dict)
    """Rules by which managers react to the forecast (discrete-event engine)."""
    benefits: Annotated[tuple[Benefit, ...], ONE_OR_MORE] = ()
    escalation: dict[str, Escalation] = Field(default_factory=dict)
    funding: dict[int, Money] = Field(default_factory=dict)
    """Money released per fiscal year, carried over; not enforced (discrete-event engine)."""
    assumptions: Words = ()
    not_in_the_model: Words = ()
    notes: Words = ()
    """What the reader of a plan file left out or assumed; every output repeats it."""


KEYED = tuple(name for name, field in Sections.model_fields.items() if str(field.annotation).startswith("dict["))
