"""Rules on what the gate counts activity by activity: float, length, invalid dates, resources, missed finishes.

Source: DCMA (2012), DCMA-EA PAM 200.1, points 6 to 11; `measures` counts, these rules name and explain.
"""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.analysis.check.finding import Finding, Severity
from riskmc.analysis.check.measures import is_loaded, measured
from riskmc.analysis.check.survey import Survey
from riskmc.network.tasks import State

_GOES_ON = {
    (False, State.PLANNED): "riskmc starts it no earlier than the data date",
    (False, State.STARTED): "riskmc goes on with it no earlier than the data date",
    (True, State.PLANNED): "Microsoft Project leaves it there until it is rescheduled, and so does riskmc",
    (True, State.STARTED): "what is left of it goes on where it resumes, as in Microsoft Project, until rescheduled",
}
"""What becomes of unfinished work with dates in the past, by whether Project's rules schedule it, and its state."""


def negative_float(survey: Survey) -> Iterator[Finding]:
    """Yield work whose total float is negative."""
    reason = "the plan is late against a date of its own: it must be met, and logic says that it will not be"
    yield from _named(survey, "negative-float", "doubtful", reason, 0.0)


def high_float(survey: Survey) -> Iterator[Finding]:
    """Yield work with more total float than 44 working days: often a successor is missing."""
    mark = survey.thresholds.high_float_days
    reason = f"more than {mark:g} days of float: is a successor missing? Its risks cannot reach the finish"
    yield from _named(survey, "high-float", "to know", reason, mark)


def long_activities(survey: Survey) -> Iterator[Finding]:
    """Yield work longer than 44 working days; doubtful where it has neither range nor driver."""
    mark = survey.thresholds.high_duration_days
    for hit in measured(survey, "long").found:
        task = survey.by_path[hit.path]
        bare = hit.path in survey.without_range
        reason = f"longer than {mark:g} days it cannot be told how far it has come"
        more = ", and it has no range: the largest thing in the plan is taken as certain" if bare else ""
        at = survey.at(hit.path, "duration")
        severity: Severity = "doubtful" if bare and task.samples else "to know"
        yield Finding(
            "long-activity", severity, hit.path, hit.detail, reason + more, hit.value, "d", at, threshold=mark
        )  # fmt: skip


def invalid_dates(survey: Survey) -> Iterator[Finding]:
    """Yield actual dates after the data date, and stored forecast dates before it."""
    future = {path for path, _ in survey.future}
    for hit in measured(survey, "invalid").found:
        actual = hit.path in future
        reason = "it lies in the future, and a forecast refuses it; this check reads it at the data date"
        if not actual:
            task = survey.by_path[hit.path]
            reason = f"what has not happened cannot lie in the past; {_GOES_ON[task.microsoft, task.state]}"
        yield Finding(
            "invalid-date", "wrong" if actual else "doubtful", hit.path, hit.detail, reason, at=survey.at(hit.path)
        )  # fmt: skip


def without_resources(survey: Survey) -> Iterator[Finding]:
    """Yield work without a resource or a cost, where other work has them."""
    loaded = any(map(is_loaded, survey.network.tasks))
    reason = "work of a day or more, and neither a resource nor a cost is assigned to it"
    for hit in measured(survey, "resources").found if loaded else ():
        yield Finding("no-resource", "to know", hit.path, hit.detail, reason, at=survey.at(hit.path))


def missed(survey: Survey) -> Iterator[Finding]:
    """Yield work that finished, or will finish, after a baseline finish that has passed."""
    reason = "its baseline finish lies by the data date, and it finished later or is still not done"
    for hit in measured(survey, "missed").found:
        yield Finding(
            "missed-task", "to know", hit.path, hit.detail, reason, hit.value, "d", survey.at(hit.path), threshold=0.0
        )


def _named(survey: Survey, rule: str, severity: Severity, reason: str, mark: float) -> Iterator[Finding]:
    for hit in measured(survey, rule).found:
        yield Finding(
            rule, severity, hit.path, hit.detail, reason, hit.value, "d", survey.at(hit.path), threshold=mark
        )  # fmt: skip
