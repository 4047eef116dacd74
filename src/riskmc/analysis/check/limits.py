"""Rules on what a check leaves out: resources, arrivals and the like (K7), and work never scheduled (N5)."""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.analysis.check.finding import Finding
from riskmc.analysis.check.survey import Survey
from riskmc.network.refusals import FUNDING, KINDS, LOST_TIME
from riskmc.program.program import Program


def beyond_the_engine(program: Program) -> tuple[str, ...]:
    """Return the kinds of things in a program that the Monte Carlo engine cannot honour, as `--ignore` names them."""
    return tuple(kind for kind, (_, find) in KINDS.items() if kind not in LOST_TIME and find(program))


def not_simulated(survey: Survey) -> Iterator[Finding]:
    """Yield everything that this check leaves out, and what a forecast makes of it."""
    for kind, (what, find) in KINDS.items():
        for path in () if kind in LOST_TIME else find(survey.program):
            way = "a forecast says so" if _unbound(survey.program, kind) else "a forecast runs them event by event"
            reason = f"this check, of the plan's logic and ranges, leaves {what} out; {way}"
            yield Finding("not-simulated", "doubtful", path, what, reason)


def _unbound(program: Program, kind: str) -> bool:
    """Return whether a forecast leaves it out as well: money that binds no date."""
    return kind == FUNDING and program.funding_rule is None


def unscheduled(survey: Survey) -> Iterator[Finding]:
    """Yield activities that the planning tool never scheduled."""
    for path, activity in survey.program.activities().items():
        if activity.unscheduled:
            reason = "the planning tool never scheduled it; it is kept, but left out of every answer"
            yield Finding("unscheduled", "to know", path, activity.name or path, reason)
