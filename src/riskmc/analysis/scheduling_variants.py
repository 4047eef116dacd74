"""Variants of a plan: the same plan under one other scheduling rule, to find the rule that explains stored dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from riskmc.analysis.changed import with_own_activities
from riskmc.program.activity import Activity
from riskmc.program.options import ALLOWED
from riskmc.program.program import Program
from riskmc.program.project import Project

_PROJECTS: Mapping[str, Mapping[Any, str]] = {
    "lag_calendar": {
        "predecessor": "lags run on the predecessor's calendar",
        "successor": "lags run on the successor's calendar",
        "project": "lags run on the project's calendar",
        "24h": "lags run on the 24-hour calendar",
    },
    "out_of_sequence": {
        "retained_logic": "retained logic",
        "progress_override": "progress override",
        "actual_dates": "out-of-sequence progress by actual dates",
    },
    "lag_from": {
        "early_start": "start lags of started work count from its early start",
        "actual_start": "start lags of started work count from its actual start",
    },
    "open_ends_critical": {
        True: "open ends are critical",
        False: "open ends are not critical, but held by the finish of the project",
    },
    "use_expected_finish": {True: "expected finishes count", False: "expected finishes do not count"},
    "float_to": {
        "program": "float is measured to the finish of all projects",
        "project": "float is measured to the finish of each project",
    },
}
_CONSTRAINTS = {
    "start_no_earlier_than": "the start-no-earlier-than date is not honoured",
    "finish_no_earlier_than": "the finish-no-earlier-than date is not honoured",
    "start_no_later_than": "the start-no-later-than date is not honoured",
    "finish_no_later_than": "the finish-no-later-than date is not honoured",
    "start_on": "the start-on date is not honoured",
    "finish_on": "the finish-on date is not honoured",
    "mandatory_start": "the mandatory start is not honoured",
    "mandatory_finish": "the mandatory finish is not honoured",
    "expected_finish": "the expected finish does not count",
    "needed_by": "the date by which it is needed outside does not bound late dates",
    "as_late_as_possible": "as late as possible is not honoured",
}


@dataclass(frozen=True)
class Variant:
    """One other rule in words, and the plan under it."""

    rule: str
    program: Callable[[], Program]


def variants(plan: Program, differing: Collection[str]) -> Iterator[Variant]:
    """Yield every rule that a plan could have been scheduled by instead, where it could change anything at all.

    Scheduling options change for the whole plan, constraints for the activities that differ: ``differing``, by path.
    """
    for word, rules in _PROJECTS.items():
        for value, rule in rules.items():
            if _matters(plan, word) and any(_option(plan, p, word) != value for p in plan.projects.values()):
                yield Variant(rule, _with_option(plan, word, value))
    if any(project.must_finish_by for project in plan.projects.values()):
        rule = "late dates are measured to the computed finish, not to the must-finish-by date"
        yield Variant(rule, _with_option(plan, "must_finish_by", None))
    yield from _starts(plan)
    for word, rule in _CONSTRAINTS.items():
        default = Activity.model_fields[word].default
        having = [path for path in differing if getattr(plan.activities()[path], word) != default]
        if having:
            yield Variant(rule, _without(plan, word, having))


def _option(plan: Program, project: Project, word: str) -> Any:
    """Return the option that counts in a project: its own, or the program's."""
    own = getattr(project, word)
    return getattr(plan, word) if own is None else own


def _matters(plan: Program, word: str) -> bool:
    """Return whether an option can change a date of this plan."""
    activities = plan.activities().values()
    if word == "lag_calendar":
        return any(link.lag is not None for activity in activities for link in activity.after)
    if word in ("out_of_sequence", "lag_from"):
        return any(activity.progress is not None for activity in activities)
    if word == "use_expected_finish":
        return any(activity.expected_finish is not None for activity in activities)
    return word != "float_to" or len(plan.projects) > 1


def _with_option(plan: Program, word: str, value: Any) -> Callable[[], Program]:
    words = {word: value}

    def program() -> Program:
        projects = {name: project.model_copy(update=words) for name, project in plan.projects.items()}
        whole = words if word in ALLOWED and word in Program.model_fields else {}
        return plan.model_copy(update={**whole, "projects": projects})

    return program


def _starts(plan: Program) -> Iterator[Variant]:
    """Yield the plan scheduled from its data date, where the planned start of a project is later."""
    late = {
        name: project
        for name, project in plan.projects.items()
        if project.start and project.data_date and project.start.start_like() > project.data_date.start_like()
    }
    if late:
        changed = {name: project.model_copy(update={"start": project.data_date}) for name, project in late.items()}
        projects = {**plan.projects, **changed}
        rule = "work starts at the data date, before the planned start"
        yield Variant(rule, lambda: plan.model_copy(update={"projects": projects}))


def _without(plan: Program, word: str, paths: Collection[str]) -> Callable[[], Program]:
    """Return what makes the plan in which some activities have a constraint no more."""
    default = Activity.model_fields[word].default

    def program() -> Program:
        return with_own_activities(plan, {path: {word: default} for path in paths})

    return program
