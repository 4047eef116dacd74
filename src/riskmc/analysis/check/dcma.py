"""DCMA 14-point schedule assessment: figure, threshold and verdict of each point; what a file cannot tell is said.

Source: DCMA (2012), Earned Value Management System Program Analysis Pamphlet, DCMA-EA PAM 200.1, section 4; what each
point counts stands in `measures`, what riskmc decides where the guide leaves room in docs/guide/check.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from riskmc.analysis.check.lateness import DELAY, critical_path_test, execution_index, path_length_index
from riskmc.analysis.check.measures import is_loaded, measured
from riskmc.analysis.check.survey import Hit, Measure, Survey
from riskmc.forecast.language import marked, phrase

Unit = Literal["%", "d", ""]
NO_BASELINE = marked("the file has no baseline")


@dataclass(frozen=True)
class Point:
    """One of the 14 points.

    Parameters
    ----------
    point, name : int, str
        Its number and name in the guide.
    figure, threshold : float
        In ``unit``: a share ("%"), days ("d") or an index (""); ``figure`` is None where the file cannot tell.
    least : bool
        Whether the threshold is the least that passes, not the most.
    passed : bool, optional
        None where it cannot be told.
    reason : str
        What is counted, or why it cannot be told.
    found : tuple of Hit
        The activities and links counted; out of ``of``.
    """

    point: int
    name: str
    figure: float | None
    threshold: float
    unit: Unit
    least: bool
    passed: bool | None
    reason: str
    found: tuple[Hit, ...] = ()
    of: int | None = None


def assess(survey: Survey) -> tuple[Point, ...]:
    """Return the 14 points of a program, in order."""
    return tuple(_points(survey))


def _points(survey: Survey) -> Iterator[Point]:
    marks, told = survey.thresholds, partial(measured, survey)
    yield _share(1, marked("Logic"), told("logic"), marks.logic, marked("without predecessor or successor"))
    yield _share(2, marked("Leads"), told("leads"), marks.leads, marked("links with a negative lag"))
    yield _share(3, marked("Lags"), told("lags"), marks.lags, marked("links with a lag"))
    yield _types(told("types"), marks.finish_to_start)
    yield _share(
        5, marked("Hard constraints"), told("hard"), marks.hard_constraints, marked("with a date that must be met")
    )
    high = phrase("total float above {days:g} d", days=marks.high_float_days)
    yield _share(6, marked("High float"), told("high-float"), marks.high_float, high)
    yield _share(
        7, marked("Negative float"), told("negative-float"), marks.negative_float, marked("total float below 0")
    )
    long = phrase("longer than {days:g} d", days=marks.high_duration_days)
    yield _share(8, marked("High duration"), told("long"), marks.high_duration, long)
    yield _invalid(survey, told("invalid"), marks.invalid_dates)
    yield _resources(survey, told("resources"), marks.resources)
    yield _missed(survey, told("missed"), marks.missed_tasks)
    yield _critical_path(survey, marks.critical_path)
    yield _index(13, marked("Critical path length index"), marks.cpli, path_length_index(survey))
    yield _index(14, marked("Baseline execution index"), marks.bei, execution_index(survey))


def _share(point: int, name: str, measure: Measure, most: float, what: str) -> Point:
    if not measure.of:
        nothing = (
            marked("there is no link into unfinished work")
            if point in (2, 3, 4)
            else marked("there is no unfinished work")
        )
        return _untold(point, name, most, nothing)
    share = len(measure.found) / measure.of
    passed = share <= most
    return Point(point, name, share, most, "%", False, passed, what, tuple(measure.found), measure.of)


def _untold(point: int, name: str, threshold: float, reason: str, unit: Unit = "%", least: bool = False) -> Point:
    return Point(point, name, None, threshold, unit, least, None, reason)


def _types(measure: Measure, least: float) -> Point:
    other = _share(4, marked("Relationship types"), measure, 1 - least, marked("links that are not finish to start"))
    if other.figure is None:
        return _untold(4, other.name, least, other.reason, least=True)
    share = 1 - other.figure
    return Point(4, other.name, share, least, "%", True, share >= least - 1e-12, other.reason, other.found, other.of)


def _invalid(survey: Survey, measure: Measure, most: float) -> Point:
    name = marked("Invalid dates")
    if all(survey.status(task) is None for task in survey.network.tasks):
        return _untold(9, name, most, marked("the plan has no data date"))
    return _share(9, name, measure, most, marked("actual dates after the data date, forecasts before it"))


def _resources(survey: Survey, measure: Measure, most: float) -> Point:
    name = marked("Resources")
    if not any(is_loaded(task) for task in survey.network.tasks):
        return _untold(10, name, most, marked("nothing in the plan has a resource or a cost"))
    if not measure.of:
        return _untold(10, name, most, marked("there is no unfinished work of a day or more"))
    return _share(10, name, measure, most, marked("without resource or cost"))


def _missed(survey: Survey, measure: Measure, most: float) -> Point:
    name = marked("Missed tasks")
    if not survey.has_baseline:
        return _untold(11, name, most, NO_BASELINE)
    if not measure.of:
        return _untold(11, name, most, marked("no baseline finish lies before the data date"))
    return _share(11, name, measure, most, marked("finished later than their baseline"))


def _critical_path(survey: Survey, off: float) -> Point:
    name, tested = marked("Critical path test"), critical_path_test(survey)
    if tested is None:
        return _untold(12, name, DELAY, marked("no unfinished work is critical"), "d", True)
    passed = abs(tested.days - DELAY) <= off * DELAY
    reason = phrase("the finish moves by so much with {days:g} d more of {activity}", days=DELAY, activity=tested.path)
    hits = (Hit(tested.path, "delayed", tested.days),)
    return Point(12, name, tested.days, DELAY, "d", True, passed, reason, hits)


def _index(point: int, name: str, least: float, told: tuple[float | None, str]) -> Point:
    figure, reason = told
    if figure is None:
        return _untold(point, name, least, reason, "", True)
    return Point(point, name, figure, least, "", True, figure >= least - 1e-12, reason)
