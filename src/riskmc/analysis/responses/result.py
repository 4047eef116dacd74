"""Responses: before and after of each, the plan before, with and after all of them, and where they overlap (K6).

What a response saves is its own paired effect, everything else as it is now; effects of several do not add up, for
percentiles never do (A5) and because responses to one risk share it (`overlap`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from riskmc.analysis.comparison_change import Change
from riskmc.analysis.responses.delay_cost import cost_of_a_day
from riskmc.analysis.responses.effect import ResponseEffect
from riskmc.analysis.responses.overlap import Overlap, overlapping
from riskmc.analysis.units import interval_columns, money_column
from riskmc.errors import ArgumentError, joined, nearest
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.differences import days_apart
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.forecast.interval import CONFIDENCE, check_share
from riskmc.program.program import Program
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.portfolios import Bought, Portfolios, portfolio_trials, run_portfolios
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

STATES = ("pre", "current", "post")


@dataclass(frozen=True, eq=False, repr=False)
class Responses(Shown):
    """What each response saves and costs: ``effects`` by identifier, in the order of the file.

    ``states`` has the trials before any response (pre), with the approved ones (current) and with the proposed ones
    too (post); ``overlaps`` the pairs that act on the same risks. ``cost_of_delay`` is the worth of a day of 24 hours
    in currency units, or None.
    """

    trials: Trials
    percentile: float
    cost_of_delay: float | None
    effects: Mapping[str, ResponseEffect]
    states: Mapping[str, Trials]
    overlaps: Sequence[Overlap]

    def __getitem__(self, name: str) -> ResponseEffect:
        if name not in self.effects:
            known = nearest(name, self.effects)
            told = joined(known, f"there are {', '.join(self.effects)}")
            raise ArgumentError(f"no response {name!r}{told}")
        return self.effects[name]

    def __len__(self) -> int:
        return len(self.effects)

    @property
    def has_proposed(self) -> bool:
        """Whether there is a response to buy."""
        return any(effect.status == "proposed" for effect in self.effects.values())

    def to_frame(self) -> pd.DataFrame:
        """Return one row a response: status, what it saves in days and in money, what it costs, and whether it pays.

        Savings are positive, each with its interval: ``saves_days_p80``, ``saves_days_p80_low``, ``..._high``. Money
        saved is before the response's own cost; ``net`` is the expected benefit less the cost.
        """
        return self._frame(self._row(effect) for effect in self.effects.values())

    def before_after(self) -> pd.DataFrame:
        """Return two rows a response, without and with it: percentiles and mean of finish and cost, chances of targets.

        ``finish chance: NAME`` is the chance of that target's date, ``cost chance: NAME`` of its budget.
        """
        rows = (
            {"response": effect.id, "status": effect.status, "with_it": with_it, **self._told(trials)}
            for effect in self.effects.values()
            for with_it, trials in ((False, effect.without), (True, effect.with_it))
        )
        return self._frame(rows)

    def states_frame(self) -> pd.DataFrame:
        """Return one row a state of mitigation (pre, current, post), as `before_after`, with differences from current.

        ``finish_p80_days`` and ``cost_p80_EUR`` are minus where a state is earlier or cheaper than the current one.
        """
        return self._frame(
            {"state": name, **self._told(trials), **self._moved(name)} for name, trials in self.states.items()
        )

    def overlaps_frame(self) -> pd.DataFrame:
        """Return one row a pair of responses to the same risks: what each saves alone, both together, and twice."""
        return self._frame(self._overlap_row(overlap) for overlap in self.overlaps)

    def state_change(self, name: str) -> Change:
        """Return how far a state of mitigation lies from the current one."""
        return Change(name, self.states["current"], self.states[name])

    @cached_property
    def levels(self) -> list[float]:
        """The percentiles that are told: P50 and the committed one."""
        return sorted({0.50, self.percentile})

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"

    def _frame(self, rows: Iterator[dict[str, Any]]) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(list(rows))

    def _row(self, effect: ResponseEffect) -> dict[str, Any]:
        trials, low_high = self.trials, effect.cost_range or (effect.cost, effect.cost)
        row: dict[str, Any] = {"response": effect.id, "name": effect.name, "status": effect.status}
        for p in [*self.levels, None]:
            row |= interval_columns(
                f"saves_days_{_key(p)}", effect.days.mean() if p is None else effect.days.quantile(p)
            )
        for p in [*self.levels, None]:
            found = effect.money.mean() if p is None else effect.money.quantile(p)
            row |= interval_columns(money_column(f"saves_{_key(p)}", trials), found)
        amounts = {"cost": effect.cost, "cost_p10": low_high[0], "cost_p90": low_high[1]}
        row |= {money_column(name, trials): amount for name, amount in amounts.items()}
        row |= interval_columns(money_column("days_worth", trials), effect.value_of_days)
        row |= interval_columns(money_column("net", trials), effect.net) | interval_columns(
            "benefit_per_cost", effect.ratio
        )
        return row | {"pays": effect.pays, money_column("breaks_even_per_day", trials): effect.breaks_even_at}

    def _told(self, trials: Trials) -> dict[str, Any]:
        finish, cost = trials.finish(), trials.cost()
        row: dict[str, Any] = {f"finish_{_key(p)}": finish.quantile(p) for p in self.levels}
        row["finish_mean"] = finish.mean()
        row |= {money_column(f"cost_{_key(p)}", trials): cost.quantile(p) for p in self.levels}
        row[money_column("cost_mean", trials)] = cost.mean()
        chances = Change("", trials, trials).chances
        told = {f"{shift.outcome} chance: {shift.before.name}": shift.before.probability for shift in chances}
        return row | {name: None if found is None else found.value for name, found in told.items()}

    def _moved(self, name: str) -> dict[str, Any]:
        change = self.state_change(name)
        row: dict[str, float | None] = {}
        for p in [*self.levels, None]:
            days, money = ((s.mean() if p is None else s.quantile(p)) for s in (change.finish(), change.cost()))
            row |= interval_columns(f"finish_{_key(p)}_days", days)
            row |= interval_columns(money_column(f"cost_{_key(p)}_moved", self.trials), money)
        return row

    def _overlap_row(self, overlap: Overlap) -> dict[str, Any]:
        row: dict[str, Any] = {"first": overlap.first, "second": overlap.second, "risks": ", ".join(overlap.risks)}
        for p in (self.percentile, None):
            choices = {"first": overlap.first_alone, "second": overlap.second_alone, "together": overlap.both}
            for word, finish in choices.items():
                row |= interval_columns(f"{word}_saves_days_{_key(p)}", overlap.saved(finish, p))
            row |= interval_columns(f"counted_twice_days_{_key(p)}", overlap.counted_twice(p))
        return row

    def _card(self) -> Card:
        """Return what a notebook shows: each response, what it saves, and whether it pays."""
        level = level_name(self.percentile)
        rows = [(effect.name, *self._row_of(effect)) for effect in self.effects.values()]
        note = f"{CONFIDENCE:.0%} intervals of paired differences: simulation error only"
        table = Table(("", level, "pays"), rows)
        return Card(self.trials.program.program, "Responses", (), table, (), note, self.foot)

    def _row_of(self, effect: ResponseEffect) -> tuple[str, str, str]:
        """Return the status of a response, what it moves the finish by, and whether it pays."""
        text, interval = days_apart(*effect.change.finish().quantile(self.percentile).parts)
        pays = {True: "yes", False: "no", None: "not decided"}[effect.pays]
        return effect.status, f"{text} ({interval})", pays


def responses(
    trials: Trials,
    percentile: float = 0.80,
    cost_of_delay: float | str | None = None,
    *,
    progress: Progress | None = None,
) -> Responses:
    """Return what each response of the program saves and costs, from the iterations of ``trials``, run again.

    A proposed response is bought or not on top of the approved ones; an approved or planned one is kept or dropped,
    the rest kept. What is done cannot be switched off.

    Parameters
    ----------
    trials : Trials
        Of a program with responses; whatever mitigation they have, effects are taken around the current one.
    percentile : float
        The level at which the organisation commits; 0.80 is P80.
    cost_of_delay : float or text, optional
        What a day of 24 hours is worth, in currency units, or ``"45k/d"``; default: the program's ``cost_of_delay``.

    Raises
    ------
    ArgumentError
        The program has no response that can be switched, or an argument has no meaning.
    """
    check_level(percentile)
    program = trials.again().program
    names = switchable(program)
    rate = cost_of_a_day(program, cost_of_delay)
    runs = _Runs(trials, names, progress)
    effects = {name: _effect(runs, name, percentile, rate) for name in names}
    states = {name: runs.trials(runs.states[name]) for name in STATES}
    return Responses(trials, percentile, rate, effects, states, [runs.overlap(*pair) for pair in runs.pairs])


def check_level(percentile: float) -> None:
    """Refuse what is no percentile strictly between P0 and P100."""
    check_share("percentile", percentile)
    if percentile in (0, 1):
        raise ArgumentError(f"percentile lies strictly between 0 and 1, got {percentile!r}")


def switchable(program: Program) -> list[str]:
    """Return the responses that may act or not, in the order of the file; ArgumentError where there is none."""
    names = [name for name, response in program.responses.items() if response.status != "done"]
    if not names:
        way_out = "describe one under `responses:`" if not program.responses else "all that it has are done"
        raise ArgumentError(f"{program.program!r} has no responses to decide on: {way_out}")
    return names


class _Runs:
    """Every portfolio that is needed, each once, in one run."""

    def __init__(self, trials: Trials, names: list[str], progress: Progress | None):
        program = trials.again().program
        self.base, self.program, candidates = trials, program, frozenset(names)
        self.current: Bought = frozenset(name for name in names if program.responses[name].status != "proposed")
        self.states: dict[str, Bought] = {"pre": frozenset(), "current": self.current, "post": candidates}
        self.pairs = list(overlapping(program, names))
        wanted = [*self.states.values()]
        wanted += [self.current - {name} for name in names] + [self.current | {name} for name in names]
        wanted += [chosen for first, second, _ in self.pairs for chosen in self._around(first, second)]
        self._place = {bought: number for number, bought in enumerate(dict.fromkeys(wanted))}
        self.found: Portfolios = run_portfolios(trials, candidates, list(self._place), progress)

    def trials(self, bought: Bought) -> Trials:
        """Return the trials of a portfolio."""
        return portfolio_trials(self.base, self.found, self._place[bought])

    def overlap(self, first: str, second: str, risks: tuple[str, ...]) -> Overlap:
        """Return the overlap of two responses to the same risks."""
        neither, one, other, both = (
            self.found.finish_minutes(self._place[bought]) for bought in self._around(first, second)
        )
        return Overlap(first, second, risks, neither, one, other, both, self.base.replicates)

    def _around(self, first: str, second: str) -> tuple[Bought, Bought, Bought, Bought]:
        """Return the current portfolio with neither of two responses, with each alone, and with both."""
        neither = self.current - {first, second}
        return neither, neither | {first}, neither | {second}, neither | {first, second}


def _effect(runs: _Runs, name: str, percentile: float, rate: float | None) -> ResponseEffect:
    response = runs.program.responses[name]
    without, with_it = (runs.trials(bought) for bought in (runs.current - {name}, runs.current | {name}))
    title, paid = response.name or name, runs.found.paid[name]
    return ResponseEffect(name, title, response.status, without, with_it, paid, percentile, rate)


def _key(p: float | None) -> str:
    return "mean" if p is None else level_name(p).lower()
