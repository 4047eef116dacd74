"""Opening: the answer in a few sentences: the verdict, P50 to expect, P80 to commit to, and how far from the target."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from riskmc.analysis.targets import BudgetChance, DateChance, joint_chances, program_budget, program_date
from riskmc.forecast import Forecast
from riskmc.forecast.figures import (
    chance,
    day,
    finish_day,
    iterations_text,
    level_name,
    money_format,
    span,
    whole_percent,
)
from riskmc.program.numeral import share_text
from riskmc.reports.document.verdict import BUDGET_WORDS, DATE_WORDS, pronounce
from riskmc.simulation.trials import CENTS, Trials

FEWEST = 20  # iterations for a verdict: fewer know an even chance no better than by a fifth to either side (A3)


def headline(trials: Trials) -> str:
    """Return the answer: the verdict on the program's date, else on its budget, else what to expect.

    A second sentence names a joint promise (`joint:`) that is missed. Below 20 iterations there is no verdict.
    """
    if not trials.random:
        return f"{trials.program.program} is planned to finish on {trials.day(trials.plan.finish)}."
    if len(trials) < FEWEST:
        told = f"{iterations_text(len(trials))} of {trials.program.program} {'was' if len(trials) == 1 else 'were'} run"
        return f"{told}: too few for a verdict, which takes at least {FEWEST}."
    return " ".join([_verdict(trials), *_missed(trials)])


def _verdict(trials: Trials) -> str:
    name = trials.program.program
    date, budget = program_date(trials), program_budget(trials)
    if date is not None and date.probability is not None:
        told = pronounce(date.probability, DATE_WORDS)
        return f"{name} {told}: {_chance_of(date.probability)} of {day(date.date)}."
    if budget is not None and budget.probability is not None:
        told = pronounce(budget.probability, BUDGET_WORDS)
        return f"{name} {told}: {_chance_of(budget.probability)} to stay within {trials.cost().text(budget.amount)}."
    return f"Expect {name} to finish on {_at(trials.finish(), expected(trials))}."


def _missed(trials: Trials) -> Iterator[str]:
    """Yield the sentence on the joint promises that are missed, as their chances are printed (A4)."""
    missed = [
        (joint, joint.wanted, joint.probability)
        for joint in joint_chances(trials)
        if joint.wanted is not None and joint.probability is not None
        if whole_percent(joint.probability) < round(100 * joint.wanted, 9)
    ]
    for joint, wanted, probability in missed[:1]:
        told = f"{joint.target} is missed: {_chance_of(probability)} of its date and budget together, "
        yield f"{told}{share_text(wanted)} wanted{_others(len(missed) - 1)}."


def _others(count: int) -> str:
    """Return how many other joint promises are missed, in words."""
    if not count:
        return ""
    return "; so is 1 other joint promise" if count == 1 else f"; so are {count} other joint promises"


def lead(trials: Trials) -> str:
    """Return what to expect and what to commit to, each beside the target; nothing for a plan without a forecast."""
    if not trials.random:
        return _plan_lead(trials)
    finish = _finish_lead(trials, program_date(trials))
    return f"{finish} {_cost_lead(trials, program_budget(trials))}" if has_cost(trials) else finish


def expected(trials: Trials) -> float:
    """Return the percentile that this organisation calls expected (`confidence: expect`), P50 unless it says so."""
    return _confidence(trials, "expect", 0.50)


def committed(trials: Trials) -> float:
    """Return the percentile that this organisation commits to (`confidence: commit`), P80 unless it says so."""
    return _confidence(trials, "commit", 0.80)


def has_cost(trials: Trials) -> bool:
    """Return whether any money is spent in these trials at all."""
    return trials.has_cost


def _confidence(trials: Trials, word: str, usual: float) -> float:
    levels = trials.program.confidence
    level = getattr(levels, word, None) if levels is not None else None
    return usual if level is None else float(level)


def _commits(trials: Trials) -> bool:
    """Return whether the program says what its organisation commits to; only then is that word used."""
    return "confidence" in trials.program.model_fields_set


def _finish_lead(trials: Trials, target: DateChance | None) -> str:
    forecast = trials.finish()
    expect, commit = _at(forecast, expected(trials)), forecast.quantile(committed(trials))
    assert isinstance(commit, datetime)
    told = f"Expect {expect}; commit to no earlier than {forecast.text(commit)}"
    if not _commits(trials):
        told = f"{level_name(expected(trials))} is {expect}; {level_name(committed(trials))} is {forecast.text(commit)}"
    if target is None:
        return f"{told}."
    late = (finish_day(commit, forecast.start) - finish_day(target.date)).days
    return f"{told}, {_beside(span(late), late, 'after', 'before')} the target."


def _cost_lead(trials: Trials, target: BudgetChance | None) -> str:
    forecast = trials.cost()
    commit = forecast.quantile(committed(trials))
    assert isinstance(commit, float)
    expect = _at(forecast, expected(trials))
    told = f"Expect a cost of {expect}; fund {forecast.text(commit)}"
    if not _commits(trials):
        first, second = level_name(expected(trials)), level_name(committed(trials))
        told = f"Cost: {first} is {expect}; {second} is {forecast.text(commit)}"
    if target is None:
        return f"{told}."
    excess = commit - target.amount
    return f"{told}, {_beside(_gap(forecast, excess), excess, 'above', 'below')} the budget."


def _gap(forecast: Forecast, excess: float) -> str:
    """Return an amount in the digits of the forecast, in finer ones where those would show nothing."""
    told = forecast.text(abs(excess))
    return told if any(digit in told for digit in "123456789") else money_format(forecast.unit, excess)(abs(excess))


def _beside(amount: str, difference: float, over: str, under: str) -> str:
    if not difference:
        return "exactly"
    return f"{amount} {over if difference > 0 else under}"


def _plan_lead(trials: Trials) -> str:
    told = (
        "This is a plan, not a forecast: nothing in it is random. What makes a forecast of it: `ranges:` in the file, "
        "or --range for all its activities."
    )
    if not has_cost(trials):
        return told
    cost = trials.plan.cost_cents / CENTS
    return f"It is planned to cost {money_format(trials.currency, cost)(cost)}. {told}"


def _at(forecast: Forecast, p: float) -> str:
    return forecast.text(forecast.quantile(p))


def _chance_of(probability: float) -> str:
    return "an even chance" if whole_percent(probability) == 50 else f"{chance(probability)} chance"
