"""Efficient frontier of responses: money spent against P80 date, P80 cost or the chance of the target, all portfolios.

A portfolio is efficient where none is better for the same or less money (Markowitz 1952, Journal of Finance 7, 77-91;
of risk responses Kujawski 2002, Systems Engineering 5(3)). Money spent is what the bought responses are expected
to cost. Every efficient portfolio has its paired difference from buying nothing, and from the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from riskmc.analysis.paired import Difference
from riskmc.analysis.responses.delay_cost import read_money
from riskmc.analysis.responses.measure import By, Figure, Measured, measured
from riskmc.analysis.responses.result import STATES, check_level, switchable
from riskmc.analysis.responses.search import EXACT, EXACT_APART, Bought, Rating, Search, screened
from riskmc.analysis.units import interval_columns, money_column
from riskmc.errors import ArgumentError
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.differences import IN_WORDS
from riskmc.forecast.figures import iterations_text, listed, money_format, shortened
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    import pandas as pd

_NAME = 60  # characters of a name in a repr or a card
NOTHING: Bought = frozenset()


@dataclass(frozen=True, eq=False, repr=False)
class Portfolio:
    """Responses bought together, in the order of the file; ``spent`` is what they are expected to cost.

    ``value`` is a date, an amount or a share, as the frontier measures; ``difference`` is its paired difference from
    buying nothing, ``step`` that from the efficient portfolio before it (days of 24 hours, currency units or a share).
    ``ties`` are other portfolios with exactly the same cost and value.
    """

    responses: tuple[str, ...]
    spent: float
    value: datetime | float
    difference: Difference
    step: Difference | None = None
    ties: tuple[tuple[str, ...], ...] = ()

    def __repr__(self) -> str:
        return f"<Portfolio {', '.join(self.responses) or 'nothing'}: spends {self.spent:,.0f}>"


@dataclass(frozen=True, eq=False, repr=False)
class ResponseFrontier(Shown):
    """The efficient portfolios of responses, by what they cost: ``efficient[0]`` buys nothing.

    ``ratings`` has every portfolio that was rated, ``exact`` says that these are all combinations, ``dropped`` which
    responses the screen took out, ``reconsidered`` that approved ones could be
    dropped. ``states`` has the program before any response (pre), as it is now (current) and
    with all of them (post), beside buying nothing: each spends what it spends more, or less, than that.
    """

    trials: Trials
    measured: Measured
    budget: float | None
    candidates: tuple[str, ...]
    dropped: tuple[str, ...]
    exact: bool
    reconsidered: bool
    ratings: Mapping[Bought, Rating]
    efficient: tuple[Portfolio, ...]
    states: Mapping[str, Portfolio]

    @property
    def by(self) -> By:
        """What is measured: finish, cost or chance."""
        return self.measured.by

    @property
    def percentile(self) -> float:
        """The level at which finish or cost is measured."""
        return self.measured.percentile

    def best(self, budget: float | str | None = None) -> Portfolio:
        """Return the best portfolio for a budget in currency units; default: that of the frontier, else the dearest."""
        limit = self.budget if budget is None else read_money("budget", budget)
        within = [found for found in self.efficient if limit is None or found.spent <= limit]
        return within[-1]

    @cached_property
    def best_value(self) -> Portfolio | None:
        """The efficient portfolio that buys most for its money, of those told apart from nothing; None without one."""
        told = [found for found in self.efficient if found.spent > 0 and found.difference.told_apart]
        return max(told, key=lambda found: abs(found.difference.value) / found.spent, default=None)

    @cached_property
    def always(self) -> tuple[str, ...]:
        """The responses that stand in every efficient portfolio that buys anything."""
        buying = [set(found.responses) for found in self.efficient if found.responses]
        return tuple(name for name in self.candidates if buying and all(name in bought for bought in buying))

    @cached_property
    def never(self) -> tuple[str, ...]:
        """The responses that stand in no efficient portfolio, and in no tie of one."""
        bought = {name for found in self.efficient for some in (found.responses, *found.ties) for name in some}
        return tuple(name for name in self.candidates if name not in bought)

    def to_frame(self) -> pd.DataFrame:
        """Return one row an efficient portfolio: what it buys, spends and reaches, with intervals of its differences.

        ``difference`` is from buying nothing, ``step`` from the row before: in days of 24 hours, currency units or a
        share; minus is earlier or cheaper.
        """
        import pandas as pd

        return pd.DataFrame(list(map(self._row, self.efficient)))

    def portfolios(self) -> pd.DataFrame:
        """Return one row a portfolio that was rated: what it buys, spends and reaches, and whether it is efficient."""
        import pandas as pd

        efficient = {frozenset(found.responses) for found in self.efficient}
        rows = [
            {"responses": self._ordered(bought), **self._reached(*self._told(rating)), "efficient": bought in efficient}
            for bought, rating in self.ratings.items()
        ]
        return pd.DataFrame(rows).sort_values(self._spent, kind="stable", ignore_index=True)

    def spent_text(self, amount: float) -> str:
        """Return what is spent as people write it, in digits that tell the efficient portfolios apart."""
        gaps = [after.spent - before.spent for before, after in pairwise(self.efficient)]
        return money_format(self.trials.currency, amount, 10 * min(gaps, default=amount))(amount)

    def bought_text(self, found: Portfolio) -> str:
        """Return what a portfolio buys, with its interval: ``14 days at P80 (13 to 17 days)``."""
        text, interval = self.measured.bought(found.difference, self.trials.currency, IN_WORDS)
        return f"{text} {self.measured.level} ({interval})"

    def named(self, response: str) -> str:
        """Return the name of a response as the program has it."""
        return self.trials.again().program.responses[response].name or response

    def points(self) -> Iterator[tuple[float, datetime | float]]:
        """Yield what every rated portfolio spends and reaches."""
        return (self._told(rating) for rating in self.ratings.values())

    @property
    def _spent(self) -> str:
        return money_column("spent", self.trials)

    def _told(self, rating: Rating) -> tuple[float, datetime | float]:
        n = len(self.trials)
        return rating.spent / n / CENTS, self.measured.told(rating.value, n)

    def _ordered(self, bought: Bought) -> tuple[str, ...]:
        return tuple(name for name in self.candidates if name in bought)

    def _reached(self, spent: float, value: datetime | float) -> dict[str, Any]:
        return {self._spent: spent, self.measured.column(self.trials): value}

    def _row(self, found: Portfolio) -> dict[str, Any]:
        row = {"responses": found.responses, **self._reached(found.spent, found.value)}
        unit = {"finish": "days", "cost": self.trials.currency, "chance": "share"}[self.by]
        for word, difference in (("difference", found.difference), ("step", found.step)):
            row |= interval_columns(f"{word}_{unit}" if unit else word, difference)
        return row | {"ties": found.ties}

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        how = "all combinations" if self.exact else f"{len(self.ratings):,} portfolios tried"
        return f"{how} · {iterations_text(len(self.trials))} · {self.trials.provenance}"

    def _card(self) -> Card:
        """Return what a notebook shows: what each sum buys, the smallest first."""
        rows = [(*self._words(found), self.bought_text(found)) for found in self.efficient]
        table = Table(("", "reaches", "buys"), rows)
        return Card(self.trials.program.program, "Which responses to buy", (), table, (), "", self.foot)

    def _words(self, found: Portfolio) -> tuple[str, str, str]:
        """Return the sum that is spent, the responses that it buys, and what the figure comes to with them."""
        names = listed([shortened(self.named(name), _NAME) for name in found.responses]) or "nothing"
        return self.spent_text(found.spent), names, self.measured.text(self.trials, found.value)


def response_frontier(
    trials: Trials,
    by: Literal["finish", "cost", "chance"] = "finish",
    percentile: float = 0.80,
    budget: float | str | None = None,
    *,
    reconsider: bool = False,
    progress: Progress | None = None,
) -> ResponseFrontier:
    """Return the efficient portfolios of the program's responses: the least money for every date, cost or chance.

    Up to 12 responses every combination is rated. Beyond that a screen drops the responses that improve the figure by
    no more than simulation error both when bought alone and when bought after all the others; if more than 12 are
    left, greedy steps and swaps rate some of the combinations, and ``exact`` is False.

    Parameters
    ----------
    trials : Trials
        Of a program with responses; whatever mitigation they have, the approved responses are the base.
    by : "finish", "cost" or "chance"
        What money is to buy: an earlier P80 finish, a lower P80 cost (what the responses cost included), or a better
        chance of the program's date (of its budget, where it has no date).
    percentile : float
        The level for finish and cost; 0.80 is P80.
    budget : float or text, optional
        What may be spent on responses, in currency units (``"600k"``), for ``best``.
    reconsider : bool
        Whether approved and planned responses may be dropped too; else they act in every portfolio.

    Raises
    ------
    ArgumentError
        There is no response to decide on, no target for a chance, or an argument has no meaning.
    """
    check_level(percentile)
    limit = None if budget is None else read_money("budget", budget)
    figure = measured(trials, by, percentile)
    names = _candidates(trials, reconsider)
    rater = Figure(trials, figure, frozenset(names), progress)
    search = Search(names, rater.rate)
    most = EXACT if trials.engine == "monte-carlo" else EXACT_APART
    dropped = _screen(rater, search) if len(names) > most else []
    exact = len(search.names) <= most
    search.everything() if exact else search.greedily()
    efficient = tuple(_portfolios(rater, search, names))
    states = _states(trials, figure, reconsider)
    all_of_them = exact and not dropped
    return ResponseFrontier(
        trials, figure, limit, tuple(names), tuple(dropped), all_of_them, reconsider, search.ratings,
        efficient, states,
    )  # fmt: skip


def _candidates(trials: Trials, reconsider: bool) -> list[str]:
    program = trials.again().program
    names = switchable(program)
    if reconsider:
        return names
    proposed = [name for name in names if program.responses[name].status == "proposed"]
    if not proposed:
        raise ArgumentError(
            f"{program.program!r} has no proposed response to buy: propose one, or reconsider the approved ones"
        )
    return proposed


def _screen(rater: Figure, search: Search) -> list[str]:
    """Leave in the search the responses that are worth a place in it, and return those dropped.

    The portfolios that the screen looks at stay rated: the frontier is never worse than they are.
    """
    names = search.names
    whole = frozenset(names)
    wanted = [NOTHING, whole, *(frozenset({name}) for name in names), *(whole - {name} for name in names)]
    search.rated(wanted)
    samples = rater.samples(wanted)
    search.names, dropped = screened(names, lambda a, b: rater.measured.improves(samples[a], samples[b]))
    return dropped


def _portfolios(rater: Figure, search: Search, names: list[str]) -> Iterator[Portfolio]:
    """Yield the efficient portfolios with their differences from buying nothing and from the one before."""
    found = search.efficient()
    samples = rater.samples([NOTHING, *found])
    before: Bought | None = None
    for bought in found:
        rating = search.ratings[bought]
        difference = rater.measured.difference(samples[NOTHING], samples[bought])
        step = None if before is None else rater.measured.difference(samples[before], samples[bought])
        ties = tuple(_ordered(names, tie) for tie in search.tied(bought))
        spent, value = rater.told(rating)
        yield Portfolio(_ordered(names, bought), spent, value, difference, step, ties)
        before = bought


def _states(trials: Trials, figure: Measured, reconsider: bool) -> dict[str, Portfolio]:
    """Return the program before any response, as it is now, and with all of them."""
    program = trials.again().program
    names = switchable(program)
    current: Bought = frozenset(name for name in names if program.responses[name].status != "proposed")
    states = dict(zip(STATES, (NOTHING, current, frozenset(names)), strict=True))
    rater = Figure(trials, figure, frozenset(names), None)
    ratings, samples = rater.rate(list(states.values())), rater.samples(list(states.values()))
    base = NOTHING if reconsider else current
    here = 0.0 if reconsider else rater.told(ratings[1])[0]
    found = {}
    for (name, bought), rating in zip(states.items(), ratings, strict=True):
        spent, value = rater.told(rating)
        difference = figure.difference(samples[base], samples[bought])
        found[name] = Portfolio(_ordered(names, bought), spent - here, value, difference)
    return found


def _ordered(names: list[str], bought: Bought) -> tuple[str, ...]:
    return tuple(name for name in names if name in bought)
