"""Numbers of the page's pictures, as tables to open under them: what the picture shows, row by row."""

from __future__ import annotations

from math import isnan

import riskmc.plot as plot
from riskmc.analysis.frontier import balanced_pair
from riskmc.analysis.targets import date_chances, joint_chances
from riskmc.forecast import Forecast
from riskmc.forecast.figures import chance, day, level_name, start_day
from riskmc.forecast.instant import instant_of
from riskmc.forecast.language import said
from riskmc.forecast.outcome import DATE
from riskmc.reports.document import sections
from riskmc.reports.document.layout import Column, Section, interval_heading
from riskmc.reports.document.plan import planned_finish
from riskmc.reports.records.forecast import LEVELS
from riskmc.simulation.place import name_of, resolve
from riskmc.simulation.trials import Trials

JOINT_LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9)


def percentiles(forecast: Forecast) -> Section:
    """Return P5 to P99 with their simulation intervals."""
    word = said("Date") if forecast.unit == DATE else said("Cost")
    columns = [Column(said("Percentile")), Column(word, right=True), Column(interval_heading(), right=True)]
    rows = [(level_name(p), forecast.text(forecast.quantile(p)), sections.interval(forecast, p)) for p in LEVELS]
    return Section(columns, rows)


def together(trials: Trials) -> Section:
    """Return the pairs of a date and an amount, equally likely each, that are met together in 50% to 90%."""
    first = next(iter(joint_chances(trials)), None)
    at = first.at if first is not None and first.target is not None else None
    place = resolve(trials.program, at)
    finish, cost = trials.finish(at), trials.cost(place if place in trials.project_cost else None)
    columns = [Column(said("Together")), Column(said("Finish"), right=True), Column(said("Cost"), right=True)]
    pairs = ((level, *balanced_pair(finish, cost, level)) for level in JOINT_LEVELS)
    return Section(
        columns, [(chance(p), finish.text(instant_of(round(date))), cost.text(sum_)) for p, date, sum_ in pairs]
    )


def milestones(trials: Trials) -> Section:
    """Return plan, P50, P80, target and its chance of the milestones in the picture."""
    words = (said("Plan"), level_name(0.50), level_name(0.80), said("Target"), said("Chance"))
    columns = [Column(said("Milestone"), yields=True), *(Column(word, right=True) for word in words)]
    places = plot.milestone_places(trials)
    rows = zip(_names(trials, places), places, strict=True)
    return Section(columns, [(name, *_milestone(trials, place)) for name, place in rows])


def _milestone(trials: Trials, place: str) -> tuple[str, ...]:
    forecast, planned = trials.finish(place or None), planned_finish(trials, place or None)
    first = next(iter(date_chances(trials, place)), None)
    levels = (forecast.text(forecast.quantile(p)) for p in (0.50, 0.80))
    target = "" if first is None else day(first.date)
    met = "" if first is None or first.probability is None else chance(first.probability)
    return _finish_day(trials, planned, place), *levels, target, met


def gantt(trials: Trials) -> Section:
    """Return start, finish, the plan's finish and criticality of the activities in the picture."""
    words: tuple[str, ...] = (said("Start"), said("Finish"), said("Critical"))
    if trials.random:
        words = (said("Mean start"), said("Mean finish"), said("Plan"), said("Critical"))
    columns = [Column(said("Activity"), yields=True), *(Column(word, right=True) for word in words)]
    rows = plot.gantt_rows(trials)
    names = _names(trials, [trials.statistics.paths[row] for row in rows])
    return Section(columns, [(name, *_bar(trials, row)) for name, row in zip(names, rows, strict=True)])


def _bar(trials: Trials, row: int) -> tuple[str, ...]:
    told = trials.statistics
    path, start, share = told.paths[row], told.mean_start[row], float(told.criticality[row])
    started = "" if isnan(start) else start_day(instant_of(round(start)))
    dates = started, _finish_day(trials, told.mean_finish[row], path)
    if not trials.random:
        return *dates, said("yes") if share else said("no")
    return *dates, _finish_day(trials, trials.plan.activity_finish.get(path), path), chance(share)


def _names(trials: Trials, places: list[str]) -> list[str]:
    return sections.told_apart([name_of(trials.program, place) for place in places], places)


def _finish_day(trials: Trials, minutes: float | None, place: str) -> str:
    return "" if minutes is None or isnan(minutes) else trials.day(minutes, place)
