"""Facts of the page's head: the few numbers that a committee asks for first, each with the promise beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from riskmc.analysis.targets import joint_chances, program_budget, program_date
from riskmc.forecast import Forecast, Probability
from riskmc.forecast.figures import chance, day, day_range, level_name
from riskmc.forecast.instant import instant_of
from riskmc.forecast.language import formats, said
from riskmc.reports.document.opening import committed, expected
from riskmc.reports.document.sections import both, money_of
from riskmc.simulation.trials import Trials


@dataclass(frozen=True)
class Fact:
    """A number under its name, with what belongs to it on the lines below; ``simulated`` ones have their colour."""

    name: str
    value: str
    more: tuple[str, ...] = ()
    simulated: bool = False


def facts(trials: Trials) -> list[Fact]:
    """Return the facts that these trials have: finish, cost, both together, and the plan's own answer."""
    if not trials.random:
        return _planned(trials)
    told = [_finish(trials), _cost(trials) if trials.has_cost else None, _together(trials), _plan(trials)]
    return [fact for fact in told if fact is not None]


def _finish(trials: Trials) -> Fact:
    target = program_date(trials)
    promised = () if target is None else _promise(said("Target {date}", date=day(target.date)), target.probability)
    return Fact(
        said("Finish, {levels}", levels=_levels(trials)), _between(trials, trials.finish()), promised, simulated=True
    )


def _cost(trials: Trials) -> Fact:
    forecast, target = trials.cost(), program_budget(trials)
    promised = (
        ()
        if target is None
        else _promise(said("Budget {amount}", amount=forecast.text(target.amount)), target.probability)
    )
    return Fact(said("Cost, {levels}", levels=_levels(trials)), _between(trials, forecast), promised, simulated=True)


def _promise(told: str, probability: Probability | None) -> tuple[str, ...]:
    return (
        () if probability is None else (said("{promise}: {chance} chance", promise=told, chance=chance(probability)),)
    )


def _levels(trials: Trials) -> str:
    return said("{low} to {high}", low=level_name(expected(trials)), high=level_name(committed(trials)))


def _between(trials: Trials, forecast: Forecast) -> str:
    """Return what is expected and what is committed to, as a range."""
    low, high = forecast.quantile(expected(trials)), forecast.quantile(committed(trials))
    if isinstance(low, datetime) and isinstance(high, datetime):
        return day_range(low, high, forecast.start)
    assert isinstance(low, float)
    assert isinstance(high, float)
    return formats().money(money_of(forecast).range(low, high), forecast.unit)


def _together(trials: Trials) -> Fact | None:
    """Return the first joint confidence, the one that the picture shows, and the share that the target wants."""
    first = next(iter(joint_chances(trials)), None)
    if first is None or first.probability is None:
        return None
    wanted = () if first.wanted is None else (said("{chance} wanted", chance=chance(first.wanted)),)
    more = (both(first, money_of(trials.cost())), *wanted)
    return Fact(said("Date and budget together"), chance(first.probability), more, simulated=True)


def _plan(trials: Trials) -> Fact:
    planned = instant_of(trials.plan.finish)
    kept = said("{chance} chance", chance=chance(trials.finish().probability(planned)))
    return Fact(said("The plan's own finish"), trials.day(trials.plan.finish), (kept,))


def _planned(trials: Trials) -> list[Fact]:
    return [Fact(said(word), value) for word, value, _ in trials.planned()]
