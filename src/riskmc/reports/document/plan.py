"""Plan: what can be said where nothing is random (P2): dates, money, promises kept or missed; no percentiles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from riskmc.analysis.targets import budget_chances, date_chances
from riskmc.forecast.figures import day, finish_day, money_format, span
from riskmc.forecast.instant import instant_of
from riskmc.forecast.language import said
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.document.sections import MOST_MILESTONES, critical_path, told_apart
from riskmc.simulation.place import PROGRAM, is_program_finish, name_of, resolve
from riskmc.simulation.trials import CENTS, Plan, Trials


def plan_sections(trials: Trials) -> Iterator[Section]:
    """Yield the sections of a plan's answer: promises, critical activities, projects and milestones on their dates."""
    promises = kept_targets(trials)
    yield (
        Section([Column(said("Target"), yields=True), Column(said("Promise")), Column(said("Plan"))], promises)
        if promises
        else Section()
    )
    yield critical_path(trials)
    yield _places(said("Project"), trials, list(trials.plan.project_finish))
    yield _places(said("Milestone"), trials, list(trials.plan.milestone_finish)[:MOST_MILESTONES])


def planned_finish(trials: Trials, at: str | None) -> int | None:
    """Return the deterministic finish at a place, in minutes since 1970-01-01."""
    place, plan = resolve(trials.program, at), trials.plan
    if is_program_finish(trials.program, place):
        return plan.finish
    return plan.project_finish.get(place, plan.milestone_finish.get(place))


def kept_targets(trials: Trials) -> list[tuple[str, str, str]]:
    """Return name, promise and whether the plan keeps it, in words, of every date and then every budget."""
    return [*_dates(trials), *_budgets(trials)]


def _dates(trials: Trials) -> Iterator[tuple[str, str, str]]:
    for target in date_chances(trials):
        finish = planned_finish(trials, target.at)
        if finish is not None:
            yield target.name, said("by {date}", date=day(target.date)), _kept_date(instant_of(finish), target.date)


def _kept_date(finish: datetime, date: datetime) -> str:
    days = (finish_day(finish) - finish_day(date)).days
    if finish <= date:
        return said("kept, {gap} early", gap=span(days)) if days else said("kept, on the day")
    return said("missed by {gap}", gap=span(days)) if days else said("missed, on the day")


def _budgets(trials: Trials) -> Iterator[tuple[str, str, str]]:
    for target in budget_chances(trials):
        money = money_format(trials.currency, target.amount)
        excess = _planned_cost(trials.plan, resolve(trials.program, target.at)) - target.amount
        gap = money_format(trials.currency, excess)(abs(excess))
        kept = said("kept, {gap} left", gap=gap) if excess <= 0 else said("missed by {gap}", gap=gap)
        yield target.name, said("within {amount}", amount=money(target.amount)), kept


def _planned_cost(plan: Plan, place: str) -> float:
    """Return the deterministic cost of a project, else of the program, in currency units."""
    return plan.project_cost.get(place, plan.cost_cents) / CENTS


def _places(heading: str, trials: Trials, places: list[str]) -> Section:
    shown = [place for place in places if place != PROGRAM]
    names = told_apart([name_of(trials.program, place) for place in shown], shown)
    rows = [(name, _planned_day(trials, place)) for name, place in zip(names, shown, strict=True)]
    return Section([Column(heading, yields=True), Column(said("Plan"), right=True)], rows) if rows else Section()


def _planned_day(trials: Trials, place: str) -> str:
    finish = planned_finish(trials, place)
    return "" if finish is None else trials.day(finish, place)
