"""Opening: the answer in a few sentences: the verdict, P50 to expect, P80 to commit to, and how far from the target."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from riskmc.analysis.targets import BudgetChance, DateChance, JointChance, joint_chances, program_budget, program_date
from riskmc.forecast import Forecast
from riskmc.forecast.figures import (
    chance,
    day,
    finish_day,
    iterations_text,
    level_name,
    money_format,
    span,
    spelt,
    whole_percent,
)
from riskmc.forecast.language import counted, formats, marked, said
from riskmc.program.numeral import share_text
from riskmc.reports.document.verdict import BUDGET_WORDS, DATE_WORDS, pronounce
from riskmc.simulation.trials import CENTS, Trials

FEWEST = 20  # iterations for a verdict: fewer know an even chance no better than by a fifth to either side (A3)
EVEN = 50  # percent


def headline(trials: Trials) -> str:
    """Return the answer: the verdict on the program's date, else on its budget, else what to expect.

    Further sentences name the program's budget where it is more likely missed than kept, and a joint promise (`joint:`)
    that is missed. Below 20 iterations there is no verdict.
    """
    if not trials.random:
        planned = trials.day(trials.plan.finish)
        return said("{name} is planned to finish on {date}.", name=trials.program.program, date=planned)
    if len(trials) < FEWEST:
        return counted(
            "{iterations} of {name} was run: too few for a verdict, which takes at least {least}.",
            "{iterations} of {name} were run: too few for a verdict, which takes at least {least}.",
            len(trials),
            iterations=iterations_text(len(trials)),
            name=trials.program.program,
            least=FEWEST,
        )
    return " ".join([_verdict(trials), *_doubtful_budget(trials), *_missed(trials)])


def _verdict(trials: Trials) -> str:
    name = trials.program.program
    date, budget = program_date(trials), program_budget(trials)
    if date is not None and date.probability is not None:
        told = pronounce(date.probability, DATE_WORDS)
        met, promised = _chance_of(date.probability), day(date.date)
        return said("{name} {verdict}: {chance} of {date}.", name=name, verdict=told, chance=met, date=promised)
    if budget is not None and budget.probability is not None:
        told = pronounce(budget.probability, BUDGET_WORDS)
        return said(
            "{name} {verdict}: {chance} to stay within {amount}.",
            name=name,
            verdict=told,
            chance=_chance_of(budget.probability),
            amount=trials.cost().text(budget.amount),
        )
    return said("Expect {name} to finish on {date}.", name=name, date=_at(trials.finish(), expected(trials)))


def _doubtful_budget(trials: Trials) -> Iterator[str]:
    """Yield the chance of the program's budget where the verdict is on its date and the budget is likely missed.

    A joint promise of that very amount says it better.
    """
    budget = program_budget(trials)
    if program_date(trials) is None or budget is None or budget.probability is None:
        return
    told = any(joint.target is not None and joint.amount == budget.amount for joint in joint_chances(trials))
    if whole_percent(budget.probability) < EVEN and not told:
        amount = trials.cost().text(budget.amount)
        yield said("Only {chance} to stay within {amount}.", chance=_chance_of(budget.probability), amount=amount)


def _missed(trials: Trials) -> Iterator[str]:
    """Yield the sentence on the joint promises that are missed, as their chances are printed (A4)."""
    missed = [joint for joint in joint_chances(trials) if is_missed(joint)]
    for joint in missed[:1]:
        assert joint.probability is not None
        assert joint.wanted is not None
        yield said(
            "{target} is missed: {chance} of its date and budget together, {wanted} wanted{others}.",
            target=joint.target,
            chance=_chance_of(joint.probability),
            wanted=wanted_text(joint.wanted),
            others=_others(len(missed) - 1),
        )


def is_missed(joint: JointChance) -> bool:
    """Return whether a joint promise has less than the chance it asks for, as both are printed (A4)."""
    if joint.wanted is None or joint.probability is None:
        return False
    return whole_percent(joint.probability) < round(100 * joint.wanted, 9)


def _others(count: int) -> str:
    """Return how many other joint promises are missed, in words."""
    if not count:
        return ""
    return counted("; so is {count} other joint promise", "; so are {count} other joint promises", count)


def wanted_text(share: float) -> str:
    """Return a share as it was asked for, 70% or 72.5%."""
    return formats().percent(spelt(share_text(share).removesuffix("%")))


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


def commits(trials: Trials) -> bool:
    """Return whether the program says what its organisation commits to; only then is that word used."""
    return "confidence" in trials.program.model_fields_set


_COMMIT, _LEVELS = (
    marked("Expect {expect}; commit to no earlier than {commit}"),
    marked("{low} is {expect}; {high} is {commit}"),
)
_FUND, _COST_LEVELS = (
    marked("Expect a cost of {expect}; fund {commit}"),
    marked("Cost: {low} is {expect}; {high} is {commit}"),
)


def _figures(trials: Trials, forecast: Forecast) -> dict[str, str]:
    """Return what is expected and committed to, and the names of these percentiles."""
    low, high = expected(trials), committed(trials)
    return {
        "low": level_name(low),
        "expect": _at(forecast, low),
        "high": level_name(high),
        "commit": _at(forecast, high),
    }


def _finish_lead(trials: Trials, target: DateChance | None) -> str:
    forecast = trials.finish()
    commit = forecast.quantile(committed(trials))
    assert isinstance(commit, datetime)
    told = said(_COMMIT if commits(trials) else _LEVELS, **_figures(trials, forecast))
    if target is None:
        return f"{told}."
    late = (finish_day(commit, forecast.start) - finish_day(target.date)).days
    return f"{told}, {_beside_target(late)}."


def _beside_target(late: int) -> str:
    if not late:
        return said("exactly the target")
    if late > 0:
        return said("{gap} after the target", gap=span(late))
    return said("{gap} before the target", gap=span(late))


def _cost_lead(trials: Trials, target: BudgetChance | None) -> str:
    forecast = trials.cost()
    commit = forecast.quantile(committed(trials))
    assert isinstance(commit, float)
    told = said(_FUND if commits(trials) else _COST_LEVELS, **_figures(trials, forecast))
    if target is None:
        return f"{told}."
    excess = commit - target.amount
    return f"{told}, {_beside_budget(gap_text(forecast, excess), excess)}."


def _beside_budget(gap: str, excess: float) -> str:
    if not excess:
        return said("exactly the budget")
    if excess > 0:
        return said("{gap} above the budget", gap=gap)
    return said("{gap} below the budget", gap=gap)


def gap_text(forecast: Forecast, excess: float) -> str:
    """Return an amount in the digits of the forecast, in finer ones where those would show nothing."""
    told = forecast.text(abs(excess))
    return told if any(digit in told for digit in "123456789") else money_format(forecast.unit, excess)(abs(excess))


def _plan_lead(trials: Trials) -> str:
    told = said(
        "This is a plan, not a forecast: nothing in it is random. What makes a forecast of it: `ranges:` in the file, "
        "or --range for all its activities."
    )
    if not has_cost(trials):
        return told
    cost = trials.plan.cost_cents / CENTS
    return f"{said('It is planned to cost {amount}.', amount=money_format(trials.currency, cost)(cost))} {told}"


def _at(forecast: Forecast, p: float) -> str:
    return forecast.text(forecast.quantile(p))


def _chance_of(probability: float) -> str:
    return (
        said("an even chance")
        if whole_percent(probability) == 50
        else said("{chance} chance", chance=chance(probability))
    )
