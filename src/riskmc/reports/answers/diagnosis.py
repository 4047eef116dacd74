"""Diagnosis as `riskmc diagnose` prints it: how far P80 lies from the plan, of what, and what keeps it there."""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.analysis.check.effects import P80
from riskmc.analysis.diagnosis import Cause, Diagnosis
from riskmc.analysis.diagnosis_causes import CONSTRAINTS
from riskmc.analysis.paired import Difference
from riskmc.forecast.differences import days_apart
from riskmc.forecast.figures import chance, shortened, span
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, left_out, rendered, with_interval

MOST_PLACES = 3
MOST_CONSTRAINTS = 8
NAME_WIDTH = 44
READING = (
    "P80, and its distance from the plan, with one thing relaxed at a time: the same iterations run again, in days of "
    "24 hours. The two differ where the plan moves as well. Effects do not add up. 95% interval: simulation error "
    "only. riskmc check says where each stands and why it is doubtful."
)


def tell_diagnosis(found: Diagnosis, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    return rendered([_gap(found), _foremost(found)], _sections(found), width, colour)


def _gap(found: Diagnosis) -> str:
    """Return how far P80 lies from the plan, and of what that is made."""
    trials = found.trials
    plan = trials.day(trials.plan.finish)
    if not trials.random:
        return f"P80 is the plan, {plan}: this is a plan, not a forecast; nothing in it is random."
    p80 = trials.finish().text(trials.finish().quantile(P80))
    told = f"P80 is {p80}, {span(found.gap_days)} {found.side} the plan ({plan})"
    if found.risks_days is None:
        return f"{told}: all of it ranges and drivers, for no risk is simulated."
    ranges, risks = days_apart(found.without_risks_days, (None, None))[0], _days(found.risks_days)
    return f"{told}: {ranges} without any risk, {risks} by the risks."


def _foremost(found: Diagnosis) -> str:
    """Return the cause that matters most, in a sentence."""
    first = next((cause for cause in found.causes if cause.gap_days.told_apart and cause.gap_days.value), None)
    if first is None:
        return "Nothing that was relaxed moves it: P80 is as far from the plan as this program says."
    further = "further from" if first.gap_days.value > 0 else "nearer to"
    days = span(first.gap_days.value)
    return f"What matters most: {first.told}. P80 lies {days} {further} the plan {first.change}."


def _sections(found: Diagnosis) -> Iterator[Section]:
    if found.causes:
        columns = [
            Column("Relaxed", yields=True),
            *with_interval("From plan"),
            Column("P80", right=True),
        ]
        yield Section(columns, [_row(cause) for cause in found.causes])
    yield Section(notes=list(_places(found)))
    yield _constraints(found)
    yield Section(notes=[READING] if found.causes else [])
    yield remarks.coverage(found.trials)
    yield remarks.endless(found.trials)
    yield remarks.provenance(found.trials)


def _row(cause: Cause) -> tuple[str, ...]:
    gap, interval = days_apart(*cause.gap_days.parts)
    return cause.told, gap, interval if cause.gap_days.low != cause.gap_days.high else "", _days(cause.p80_days)


def _days(found: Difference) -> str:
    return days_apart(*found.parts)[0]


def _places(found: Diagnosis) -> Iterator[str]:
    """Yield what was relaxed and where it stands, the causes that move something first."""
    for cause in found.causes:
        more = len(cause.places) - MOST_PLACES
        named = ", ".join(shortened(place, NAME_WIDTH) for place in cause.places[:MOST_PLACES])
        rest = f" and {more:,} more" if more > 0 else ""
        yield f"{cause.told}: {cause.change} ({named}{rest})."


def _constraints(found: Diagnosis) -> Section:
    """Return how often each constraint sets a date that logic would not."""
    rows = sorted(found.shares.items(), key=lambda row: -row[1])
    told = [(shortened(path, NAME_WIDTH), chance(share) if share else "never") for path, share in rows if share]
    if not told:
        return Section()
    cause = next(cause for cause in found.causes if cause.id == CONSTRAINTS)
    notes = left_out(len(told), MOST_CONSTRAINTS, lambda count: f"and {count:,} more of {cause.told}")
    columns = [Column("Has a date that logic would not give", yields=True), Column("Iterations", right=True)]
    return Section(columns, told[:MOST_CONSTRAINTS], notes)
