"""Convergence: how well P50, P80, mean and chance are known, by iterations, and how many a stated precision takes.

Half-widths are those of `simulate(until=...)`: how far the farther end of the 95% interval lies from the estimate.
How many iterations bring one down to a stated distance follows from the square-root law, from the current run: half
the distance takes four times the iterations. Sources: order statistics (David and Nagaraja 2003, 7.1), Student (1908),
Wilson (1927); under Latin hypercube sampling, the spread of the hypercubes (`forecast.replicates`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import floor, inf, log10
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.convergence_saving import Saving, measure_savings
from riskmc.analysis.targets import program_budget, program_date
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.figures import Money, iterations_text, level_name
from riskmc.forecast.outcome import Value
from riskmc.forecast.replicates import FEWEST
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import HYPERCUBE, Trials
from riskmc.simulation.until import (
    Goal,
    check_goal,
    estimate,
    half_width,
    needed_count,
    read_goal,
    rounded_up,
    width_text,
)

if TYPE_CHECKING:
    import pandas as pd

FIRST = 250  # iterations of the shortest beginning that is looked at
LEVELS = (0.50, 0.80)


@dataclass(frozen=True)
class Point:
    """How well one measure was known after so many iterations.

    ``value`` is a date, an amount or a share; ``half_width`` is in days of 24 hours, currency units or a share, None
    where the iterations are too few; ``by_law`` is the half-width of the whole run times sqrt(whole / iterations).
    """

    goal: Goal
    iterations: int
    value: Value
    half_width: float | None
    by_law: float | None


@dataclass(frozen=True)
class Need:
    """How many iterations a goal takes, by the square-root law; None where the run is too short to tell.

    ``known`` says that nothing varies, so that any number will do.
    """

    goal: Goal
    half_width: float | None
    iterations: int | None
    known: bool


@dataclass(frozen=True, eq=False, repr=False)
class Convergence(Shown):
    """How well each measure is known after a part of the iterations, what a precision takes, what hypercubes save.

    Parameters
    ----------
    trials : Trials
    points : tuple of Point
        A row for every measure and every length of run, the whole run last.
    needs : tuple of Need
        The goals that were asked for, or one for each measure: a day, a round amount, a percentage point.
    savings : tuple of Saving
        What Latin hypercubes save here, measured; empty where it was not asked for, or nothing is random.
    """

    trials: Trials
    points: tuple[Point, ...]
    needs: tuple[Need, ...]
    savings: tuple[Saving, ...] = ()

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """The lengths of run that were looked at, in iterations."""
        return tuple(dict.fromkeys(point.iterations for point in self.points))

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """The measures, each once."""
        return tuple(dict.fromkeys(point.goal for point in self.points))

    def of(self, goal: Goal) -> list[Point]:
        """Return the points of one measure, the shortest run first."""
        return [point for point in self.points if point.goal == goal]

    def narrows(self, outcome: str) -> bool:
        """Return whether the whole run has an interval with a width of anything about the finish, or the cost."""
        whole = (p for p in self.points if p.goal.outcome == outcome and p.iterations == len(self.trials))
        return any(point.half_width for point in whole)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a measure and length of run: value, half-width, and the half-width by the square-root law.

        ``unit`` is that of the half-widths: days of 24 hours, the currency, or a share.
        """
        import pandas as pd

        rows = [
            (p.goal.text, self.unit(p.goal), p.iterations, p.value, p.half_width, p.by_law) for p in self.points
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["measure", "unit", "iterations", "value", "half_width", "by_law"])

    def needed(self) -> pd.DataFrame:
        """Return one row a goal: the distance asked for, the half-width now, and the iterations that it takes."""
        import pandas as pd

        rows = [(n.goal.text, self.unit(n.goal), n.goal.within, n.half_width, n.iterations) for n in self.needs]
        frame = pd.DataFrame(rows, columns=["goal", "unit", "within", "half_width_now", "iterations_needed"])
        return frame.astype({"iterations_needed": "Int64"})

    def saved(self) -> pd.DataFrame:
        """Return one row a measure: the variance of the estimate under Latin hypercubes as a share of the plain one."""
        import pandas as pd

        rows = [(s.measure, s.variance_ratio, s.low, s.high, s.hypercubes) for s in self.savings]
        columns = ["measure", "variance_ratio", "variance_ratio_low", "variance_ratio_high", "hypercubes"]
        return pd.DataFrame(rows, columns=columns)

    def unit(self, goal: Goal) -> str:
        """Return the unit of a measure's half-width: days, the currency, or a share."""
        return {"finish": "days", "cost": self.trials.currency or "money", "chance": "share"}[goal.outcome]

    def width_text(self, goal: Goal, width: float | None) -> str:
        """Return a half-width as people write it, ``?`` where there is none."""
        return "?" if width is None else width_text(goal, width, self.trials.currency)

    def _card(self) -> Card:
        """Return what a notebook shows: the iterations that each goal takes."""
        rows = [(need.goal.text, _told(need)) for need in self.needs]
        table = Table(("iterations needed",), rows)
        return Card(self.trials.program.program, "Convergence", (), table, (), "", self._foot)

    @property
    def _foot(self) -> str:
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"


def convergence(
    trials: Trials,
    within: Sequence[str] = (),
    *,
    hypercubes: bool = True,
    progress: Progress | None = None,
) -> Convergence:
    """Return how well the run knows P50, P80, mean and chance, and how many iterations a stated precision takes.

    Parameters
    ----------
    trials : Trials
    within : sequence of str, optional
        Goals as in ``simulate(until=...)``: ``"P80 finish within 1d"``. Default: a day, a round amount and a percentage
        point for each measure.
    hypercubes : bool
        Run as many iterations as Latin hypercubes too, and measure what they save (`convergence_saving`).

    Raises
    ------
    ArgumentError
        A goal has no meaning, or is about a target or place that the program has not.
    """
    asked = [read_goal(text) for text in within]
    for goal in asked:
        check_goal(goal, trials.program, [*trials.project_finish, *trials.milestone_finish])
    measures = _measures(trials)
    runs = [_beginning(trials, n) for n in _lengths(trials)]
    points = [point for goal in measures for point in _points(goal, runs)]
    needs = tuple(_need(goal, trials) for goal in asked or [_usual(goal, trials) for goal in measures])
    savings = measure_savings(trials, LEVELS, progress) if hypercubes and trials.random else ()
    return Convergence(trials, tuple(points), needs, savings)


def _lengths(trials: Trials) -> list[int]:
    """Return 250, 500, 1,000, ... and the whole; whole hypercubes, ten at least, where they are the sampling."""
    n = len(trials)
    first = FEWEST * HYPERCUBE if trials.sampling == "lhs" else FIRST
    return [*(first << k for k in range(n.bit_length()) if first << k < n), n]


def _beginning(trials: Trials, n: int) -> Trials:
    """Return the first n iterations of the trials."""
    if n == len(trials):
        return trials

    def first(kept: Mapping[str, NDArray[np.int64]]) -> dict[str, NDArray[np.int64]]:
        return {key: samples[:n] for key, samples in kept.items()}

    return replace(
        trials, iterations=trials.iterations[:n], finish_minutes=trials.finish_minutes[:n],
        cost_cents=trials.cost_cents[:n], project_finish=first(trials.project_finish),
        project_cost=first(trials.project_cost), milestone_finish=first(trials.milestone_finish),
    )  # fmt: skip


def _measures(trials: Trials) -> list[Goal]:
    """Return what is looked at: percentiles and mean of finish and cost, and the chance of the program's own targets.

    The distance that each is to be known within is none of theirs: infinitely far.
    """
    found = [Goal(f"{level_name(p)} finish", "finish", p, None, inf) for p in LEVELS]
    found.append(Goal("mean finish", "finish", None, None, inf))
    if trials.cost_cents.min() != trials.cost_cents.max():
        found += [Goal(f"{level_name(p)} cost", "cost", p, None, inf) for p in LEVELS]
        found.append(Goal("mean cost", "cost", None, None, inf))
    names = [target.name for target in trials.program.targets]
    promised = [chance.name for chance in (program_date(trials), program_budget(trials)) if chance is not None]
    alone = [name for name in dict.fromkeys(promised) if names.count(name) == 1]
    return found + [Goal(f"chance of {name}", "chance", None, name, inf) for name in alone]


def _points(goal: Goal, runs: Sequence[Trials]) -> Iterator[Point]:
    whole = half_width(goal, runs[-1])
    for run in runs:
        by_law = None if whole is None else whole * (len(runs[-1]) / len(run)) ** 0.5
        yield Point(goal, len(run), estimate(goal, run), half_width(goal, run), by_law)


def _usual(goal: Goal, trials: Trials) -> Goal:
    """Return a measure with the distance that a reader would ask for: a day, a point, a round amount."""
    if goal.outcome != "cost":
        word, within = ("1d", 1.0) if goal.outcome == "finish" else ("1%", 0.01)
        return replace(goal, text=f"{goal.text} within {word}", within=within)
    width = half_width(goal, trials)
    if not width:
        return replace(goal, text=f"{goal.text} within 1", within=1.0)
    within = _round_amount(width / 2)
    return replace(goal, text=f"{goal.text} within {Money('', *_scale(within), 0)(within)}", within=within)


def _round_amount(amount: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is not above the amount, 1 at least."""
    power = 10.0 ** floor(log10(max(amount, 1.0)))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= max(amount, 1.0))


def _scale(amount: float) -> tuple[float, str]:
    return next(
        (scale, suffix) for scale, suffix in ((1e9, "bn"), (1e6, "M"), (1e3, "k"), (1.0, "")) if amount >= scale
    )


def _need(goal: Goal, trials: Trials) -> Need:
    width = half_width(goal, trials)
    if not width or not trials.random:
        return Need(goal, width, None, width is not None or not trials.random)
    return Need(goal, width, needed_count(len(trials), width, goal.within), False)


def _told(need: Need) -> str:
    return "any number" if need.known else "?" if need.iterations is None else f"{rounded_up(need.iterations):,}"
