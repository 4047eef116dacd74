"""GAO schedule assessment: what a file shows of each of the ten best practices, and the findings that bear on it.

Source: GAO-16-89G (2015), Schedule Assessment Guide: Best Practices for Project Schedules. Most of a practice is done
by people and cannot be seen in a file: this is what can, not a verdict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from riskmc.analysis.check.dcma import Point
from riskmc.analysis.check.finding import Finding, percent_text
from riskmc.analysis.check.measures import is_loaded, measured, work
from riskmc.analysis.check.survey import Measure, Survey
from riskmc.forecast.figures import covered, number, start_day
from riskmc.network.tasks import State


@dataclass(frozen=True)
class Practice:
    """One best practice: ``shows`` in words, and how many findings of each rule bear on it."""

    practice: int
    name: str
    shows: str
    findings: Mapping[str, int]


def practices(survey: Survey, points: Sequence[Point], found: Sequence[Finding]) -> tuple[Practice, ...]:
    """Return the ten best practices, in order."""
    counts = Counter(finding.rule for finding in found)
    return tuple(
        Practice(place, name, show(survey, points), {rule: counts[rule] for rule in rules if counts[rule]})
        for place, (name, show, rules) in enumerate(_PRACTICES, 1)
    )


Show = Callable[[Survey, Sequence[Point]], str]


def _activities(survey: Survey, _points: Sequence[Point]) -> str:
    told = survey.program.activities().values()
    milestones = sum(task.milestone is not None for task in survey.network.tasks)
    kinds = (
        (milestones, _counted(milestones, "milestone")),
        (effort := sum(task.follows for task in survey.network.tasks), f"{effort:,} level of effort"),
        (idle := sum(activity.unscheduled for activity in told), f"{idle:,} never scheduled"),
    )
    return ", ".join([_counted(len(told), "activity"), *(text for count, text in kinds if count)])


def _sequence(_survey: Survey, points: Sequence[Point]) -> str:
    if points[0].figure is None or points[3].figure is None:
        return "no unfinished work, or no links"
    return f"{percent_text(1 - points[0].figure)} with logic, {percent_text(points[3].figure)} of the links FS"


def _resources(survey: Survey, _points: Sequence[Point]) -> str:
    tasks = work(survey)
    loaded = sum(is_loaded(task) for task in tasks)
    return f"{loaded:,} of {len(tasks):,} with resources or cost" if loaded else "none assigned in the file"


def _durations(survey: Survey, _points: Sequence[Point]) -> str:
    days = [survey.days(task, task.planned) for task in work(survey)]
    if not days:
        return "no unfinished work"
    mark = survey.thresholds.high_duration_days
    above = len(measured(survey, "long").found)
    return f"median {_days(median(days))} d, {above:,} above {mark:g} d"


def _traceability(survey: Survey, _points: Sequence[Point]) -> str:
    tasks = work(survey)
    if not tasks:
        return "no unfinished work"
    filed = sum(task.activity.wbs is not None for task in tasks)
    across = sum(tie.predecessor.project != tie.successor.project for tie in survey.ties)
    told = f"{percent_text(filed / len(tasks))} under a WBS"
    return f"{told}, {_counted(across, 'link')} between projects" if len(survey.program.projects) > 1 else told


def _critical_path(survey: Survey, points: Sequence[Point]) -> str:
    critical = sum(bool(survey.network.plan.critical[task.number]) for task in work(survey))
    moved = points[11].figure
    tested = "" if moved is None else f"; +{points[11].threshold:g} d moves the finish {number(moved, 25)} d"
    return f"{critical:,} critical{tested}"


def _float(survey: Survey, _points: Sequence[Point]) -> str:
    floats = [survey.float_days(task) for task in work(survey)]
    if not floats:
        return "no unfinished work"
    high, below = (_share(measured(survey, name)) for name in ("high-float", "negative-float"))
    mark = survey.thresholds.high_float_days
    return f"median {_days(median(floats))} d, {high} above {mark:g} d, {below} negative"


def _risk_analysis(survey: Survey, _points: Sequence[Point]) -> str:
    coverage, risks = survey.trials.coverage, len(survey.risks)
    share = coverage.work if coverage is not None else 0.0
    return f"{covered(share)} of the work has a range, {_counted(risks, 'risk')}"


def _updating(survey: Survey, _points: Sequence[Point]) -> str:
    dates = [found for task in survey.network.tasks if (found := survey.status(task)) is not None]
    if not dates:
        return "no data date"
    states = Counter(task.state for task in survey.network.tasks)
    done, begun = states[State.FINISHED], states[State.STARTED]
    return f"data date {start_day(max(dates))}, {done:,} finished, {begun:,} begun"


def _baseline(survey: Survey, points: Sequence[Point]) -> str:
    if not survey.has_baseline:
        return "none in the file"
    tasks = work(survey, finished=True)
    known = sum(survey.stored[task.path].baseline_finish is not None for task in tasks if task.path in survey.stored)
    bei = points[13].figure
    return f"{known:,} of {len(tasks):,} have one" + ("" if bei is None else f", BEI {bei:.2f}")


def _share(measure: Measure) -> str:
    return percent_text(len(measure.found) / measure.of) if measure.of else "0%"


def _days(days: float) -> str:
    return number(days, 25 if days == round(days) else 2.5)


def _counted(count: int, one: str) -> str:
    many = f"{one.removesuffix('y')}ies" if one.endswith("ty") else f"{one}s"
    return f"{count:,} {one if count == 1 else many}"


_PRACTICES: tuple[tuple[str, Show, tuple[str, ...]], ...] = (
    ("Capturing all activities", _activities, ("unscheduled", "not-in-plan")),
    (
        "Sequencing all activities", _sequence,
        ("open-end", "open-start", "dangling-finish", "dangling-start", "lead", "long-lag", "hard-constraint",
         "late-limit", "holding-date", "merge-point"),
    ),
    ("Assigning resources to all activities", _resources, ("no-resource", "not-simulated")),
    ("Establishing the duration of all activities", _durations, ("long-activity",)),
    (
        "Verifying that the schedule can be traced horizontally and vertically", _traceability,
        ("no-path", "open-end", "several-finishes"),
    ),
    ("Confirming that the critical path is valid", _critical_path, ("effort-drives", "hard-constraint", "long-lag")),
    ("Ensuring reasonable total float", _float, ("high-float", "negative-float")),
    (
        "Conducting a schedule risk analysis", _risk_analysis,
        ("no-range", "narrow-range", "mode-at-low", "uncorrelated-chain", "strikes-nothing", "double-counting"),
    ),
    ("Updating the schedule using actual progress and logic", _updating, ("invalid-date", "out-of-sequence")),
    ("Maintaining a baseline schedule", _baseline, ("missed-task",)),
)  # fmt: skip
