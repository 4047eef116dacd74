"""Proposal: which responses a report asks to approve, by one rule, and what the program is with them.

The rule, in this order, over the efficient portfolios of the frontier (least money for every date): the cheapest whose
percentile keeps the program's date; else, where a day of delay has a price, the one with the largest worth of days less
spend; else the one that buys most for its money. Nothing is proposed that is not told apart from buying nothing, nor,
where a day has a price and no date is kept by it, what costs more than the days and the money that it saves are worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from riskmc.analysis.responses import Portfolio, ResponseFrontier
from riskmc.analysis.responses.delay_cost import cost_of_a_day
from riskmc.analysis.targets import program_date
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.language import marked
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.portfolios import portfolio_program
from riskmc.simulation.trials import CENTS, Trials

KEEPS_DATE = marked("is the cheapest with which {level} keeps the date")
WORTH_MOST = marked("is worth the most: the days it saves, less what it costs")
MOST_FOR_MONEY = marked("buys the most days for its money")


@dataclass(frozen=True, eq=False)
class Proposal:
    """The portfolio that is proposed, why, and the same iterations of the program ``with_it``."""

    frontier: ResponseFrontier
    portfolio: Portfolio
    reason: str
    with_it: Trials


def propose(frontier: ResponseFrontier, progress: Progress | None = None) -> Proposal | None:
    """Return the proposal of a frontier by finish; None where no portfolio surely moves it."""
    price = cost_of_a_day(frontier.trials.program)
    chosen = _kept_date(frontier) or _worth_most(frontier, price) or _most_for_money(frontier)
    if chosen is None:
        return None
    portfolio, reason = chosen
    trials = frontier.trials
    bought, candidates = frozenset(portfolio.responses), frozenset(frontier.candidates)
    program = portfolio_program(trials.again().program, bought, candidates)
    with_it = simulate_like(trials, program, mitigation="current", progress=progress)
    pays = price is None or reason == KEEPS_DATE or _worth(trials, with_it, price) > 0
    return Proposal(frontier, portfolio, reason, with_it) if pays else None


def _worth(before: Trials, after: Trials, price: float) -> float:
    """Return what the days saved are worth at ``price`` a day, with the money saved less what is spent, on average."""
    days = float((before.finish_minutes - after.finish_minutes).mean()) / DAY_MINUTES
    return price * days + float((before.cost_cents - after.cost_cents).mean()) / CENTS


def _moving(frontier: ResponseFrontier) -> list[Portfolio]:
    """Return the efficient portfolios that buy something and surely move the finish, the cheapest first."""
    return [found for found in frontier.efficient if found.responses and found.difference.told_apart]


def _kept_date(frontier: ResponseFrontier) -> tuple[Portfolio, str] | None:
    target = program_date(frontier.trials)
    if target is None:
        return None
    kept = [found for found in _moving(frontier) if _by(found, target.date)]
    return (kept[0], KEEPS_DATE) if kept and not _by(frontier.efficient[0], target.date) else None


def _by(found: Portfolio, date: datetime) -> bool:
    assert isinstance(found.value, datetime)
    return found.value <= date


def _worth_most(frontier: ResponseFrontier, price: float | None) -> tuple[Portfolio, str] | None:
    if price is None:
        return None
    worth = {found: -found.difference.value * price - found.spent for found in _moving(frontier)}
    best = max(worth, key=lambda found: worth[found], default=None)
    return (best, WORTH_MOST) if best is not None and worth[best] > 0 else None


def _most_for_money(frontier: ResponseFrontier) -> tuple[Portfolio, str] | None:
    best = frontier.best_value
    return None if best is None or best not in _moving(frontier) else (best, MOST_FOR_MONEY)
