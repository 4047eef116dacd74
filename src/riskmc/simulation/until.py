"""Enough iterations: a run until P50, P80, a mean or a chance is known as well as asked: "P80 finish within 1d" (A2).

A goal is met when both ends of the 95% simulation interval lie within the distance of the estimate. How many more
iterations it takes follows from the square-root law: a quarter of the distance needs sixteen times the iterations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, sqrt
from typing import Literal

from riskmc.errors import ArgumentError, nearest
from riskmc.forecast import Forecast, Probability, Value
from riskmc.forecast.figures import money_format
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.interval import CONFIDENCE, normal_quantile
from riskmc.forecast.outcome import DATE
from riskmc.program.numeral import quantity
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity
from riskmc.program.target import Target
from riskmc.simulation.montecarlo import Outcomes
from riskmc.simulation.place import is_program_finish, resolve
from riskmc.simulation.trials import Trials

AT_MOST = 1_000_000
FORMS = (
    '"P80 finish within 1d", "P50 cost within 100k", "mean finish within 0.5d", '
    '"P80 finish of PLACE within 2d" or "chance of TARGET within 1%"'
)
DAYS = {"min": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0}  # of 24 hours, elapsed
SPARE = 1.05  # more iterations than the square-root law asks for
LEAST_GROWTH, MOST_GROWTH = 1.1, 4.0

_GOAL = re.compile(
    r"(?:(?P<what>mean|p(?P<percent>\d+(?:\.\d+)?))\s+(?P<outcome>finish|cost)(?:\s+of\s+(?P<at>.+?))?"
    r"|chance\s+of\s+(?P<target>.+))\s+within\s+(?P<within>\S+(?:\s*[A-Za-z%]+)?)",
    re.IGNORECASE | re.DOTALL,
)

Outcome = Literal["finish", "cost", "chance"]


@dataclass(frozen=True)
class Goal:
    """What is to be known how well.

    ``p`` is the percentile, None for a mean or a chance; ``place`` is where a finish or a cost is asked for, or the
    name of a target; ``within`` is in days of 24 hours, in currency units, or a share.
    """

    text: str
    outcome: Outcome
    p: float | None
    place: str | None
    within: float


def read_goal(text: str) -> Goal:
    """Return the goal that a text such as "P80 finish within 1d" states; ArgumentError where it states none."""
    words = " ".join(str(text).split())
    found = _GOAL.fullmatch(words)
    if found is None:
        raise ArgumentError(f"until: write {FORMS}, got {text!r}")
    outcome: Outcome = "chance" if found["target"] else "cost" if found["outcome"].lower() == "cost" else "finish"
    distance = _distance(words, outcome, quantity(found["within"]))
    return Goal(words, outcome, _level(found["percent"], text), found["target"] or found["at"], distance)


def _level(percent: str | None, text: str) -> float | None:
    if percent is None:
        return None
    if not 0 < float(percent) < 100:
        raise ArgumentError(f"until: a percentile lies between P0 and P100, got P{percent} in {text!r}")
    return round(float(percent) / 100, 12)


def _distance(text: str, outcome: Outcome, distance: Quantity) -> float:
    """Return the distance of a goal in its unit; refuse one of another kind, or one that nothing can meet."""
    said = f"got {text.rpartition(' within ')[2]!r} in {text!r}"
    wanted = {
        "finish": ("days of 24 hours, as 1d, 12h or 2w", DAYS),
        "cost": ("money, as 100k or 1.2M", {"": 1.0}),
        "chance": ("percentage points, as 1%", {"%": 1.0}),
    }
    words, units = wanted[outcome]
    if distance.unit not in units:
        raise ArgumentError(f"until: a {outcome} is known within {words}, {said}")
    if distance.value <= 0:
        raise ArgumentError(f"until: the distance is more than nothing, {said}")
    return distance.value * units[distance.unit]


def check_goal(goal: Goal, program: Program, kept: Sequence[str]) -> None:
    """Refuse a goal about a target or a project that the program has not, or a place whose dates are not ``kept``."""
    if goal.outcome == "chance":
        _target(goal, program)
    elif goal.place is not None and goal.outcome == "cost" and goal.place not in program.projects:
        raise ArgumentError(
            f"until: no project {goal.place!r}{nearest(goal.place, program.projects)}, in {goal.text!r}"
        )
    elif goal.place is not None and goal.outcome == "finish":
        place = resolve(program, goal.place)
        if place not in kept and not is_program_finish(program, place):
            raise ArgumentError(
                f"until: the dates of {goal.place!r} are not kept in every iteration: make it a milestone, or name it "
                "in a target (`at:`)"
            )


def estimate(goal: Goal, trials: Trials) -> Value:
    """Return what a goal is about, as the trials know it: a date, an amount, or a chance as a share."""
    if goal.outcome == "chance":
        return float(_chance(_target(goal, trials.program), trials))
    forecast = _forecast(goal, trials)
    return forecast.mean() if goal.p is None else forecast.quantile(goal.p)


def half_width(goal: Goal, trials: Trials) -> float | None:
    """Return how far the farther end of the interval lies from the estimate; None where it has no end.

    In days of 24 hours, in currency units, or a share.
    """
    if goal.outcome == "chance":
        chance = _chance(_target(goal, trials.program), trials)
        return max(chance - chance.low, chance.high - chance)
    forecast = _forecast(goal, trials)
    return _mean_width(forecast) if goal.p is None else _quantile_width(forecast, goal.p)


def _forecast(goal: Goal, trials: Trials) -> Forecast:
    return trials.finish(goal.place) if goal.outcome == "finish" else trials.cost(goal.place)


def _mean_width(forecast: Forecast) -> float:
    """Return half the interval of the mean: from Latin hypercubes where there are enough, else the normal one."""
    half = forecast.replicates.mean_half_width(forecast.samples, CONFIDENCE)
    if half is not None:
        return half / DAY_MINUTES if forecast.unit == DATE else half
    return normal_quantile((1 + CONFIDENCE) / 2) * forecast.sd() / sqrt(len(forecast))


def _quantile_width(forecast: Forecast, p: float) -> float | None:
    low, high = forecast.quantile_interval(p)
    if low is None or high is None:
        return None
    value = forecast.quantile(p)
    return max(_apart(low, value), _apart(value, high))


def _apart(first: Value, second: Value) -> float:
    if isinstance(first, datetime) and isinstance(second, datetime):
        return (second - first) / timedelta(days=1)
    assert not isinstance(first, datetime)
    assert not isinstance(second, datetime)
    return second - first


def _target(goal: Goal, program: Program) -> Target:
    """Return the one target that a goal names."""
    named = [target for target in program.targets if target.name == goal.place]
    if len(named) != 1:
        known = ", ".join(dict.fromkeys(target.name for target in program.targets)) or "none"
        found = "no target" if not named else f"{len(named)} targets"
        raise ArgumentError(f"until: {found} of the name {goal.place!r} in {goal.text!r}; targets: {known}")
    return named[0]


def _chance(target: Target, trials: Trials) -> Probability:
    """Return the chance of a target: of its date, its amount, or both together where it names both."""
    met = []
    if target.finish is not None:
        met.append(trials.finish(target.at).meets(target.finish.finish_like()))
    if target.cost is not None:
        place = resolve(trials.program, target.at)
        budget = trials.cost(place if place in trials.project_cost else None)
        met.append(budget.meets(target.cost.value))
    hits = met[0] & met[-1]
    return Probability.among(hits, trials.replicates)


# ------------------------------------------------------------------------------ running until


@dataclass(frozen=True)
class Reach:
    """How a run ended: after ``iterations``, with the interval as wide as ``width``; ``needed`` is an estimate."""

    goal: Goal
    iterations: int
    width: float | None
    needed: int | None

    @property
    def met(self) -> bool:
        """Whether the goal was met."""
        return self.width is not None and self.width <= self.goal.within

    def sentence(self, currency: str) -> str:
        """Return what to tell the reader: how many iterations it took, or would have taken."""
        if self.width is None:
            return f"{self.goal.text}: {self.iterations:,} iterations, the most allowed, are too few for an interval"
        told = f"the interval ends within {width_text(self.goal, self.width, currency)} of it"
        if self.met:
            return f"{self.goal.text}: it took {self.iterations:,} iterations; {told}"
        assert self.needed is not None
        return (
            f"{self.goal.text}: not reached with {self.iterations:,} iterations, the most allowed; {told}, and about "
            f"{rounded_up(self.needed):,} iterations would be needed"
        )


def width_text(goal: Goal, width: float, currency: str) -> str:
    """Return the half-width of an interval as people write it: ``0.85 d``, ``EUR 96k``, ``0.9 points``."""
    if goal.outcome == "cost":
        return money_format(currency, width, 25 * width)(width)
    return f"{width:,.2f} d" if goal.outcome == "finish" else f"{100 * width:,.2f} points"


def run_until(
    goal: Goal,
    first: int,
    at_most: int,
    run: Callable[[range], Outcomes],
    measured: Callable[[Outcomes, int], float | None],
) -> tuple[Outcomes, Reach]:
    """Return the outcomes of as many iterations from 0 on as the goal takes, and how it ended.

    The counts depend on the outcomes alone, never on threads; the outcomes are those of a plain run of that many.

    Parameters
    ----------
    first, at_most : int
        How many iterations to begin with, and the most to run.
    run : callable
        Returns the outcomes of a range of iterations.
    measured : callable
        Returns the half-width of the goal's interval from the outcomes of so many iterations.
    """
    n = min(first, at_most)
    outcomes = run(range(n))
    width = measured(outcomes, n)
    while (width is None or width > goal.within) and n < at_most:
        more = min(next_count(n, width, goal.within), at_most)
        outcomes = outcomes.followed_by(run(range(n, more)))
        n, width = more, measured(outcomes, more)
    return outcomes, Reach(goal, n, width, None if width is None else needed_count(n, width, goal.within))


def needed_count(n: int, width: float, within: float) -> int:
    """Return how many iterations bring the half-width down to ``within``, by the square-root law, from that of n."""
    return ceil(round(n * (width / within) ** 2, 6))


def next_count(n: int, width: float | None, within: float) -> int:
    """Return how many iterations to run after n: those needed and a few to spare, rounded up to two digits.

    At least a tenth more than n and at most four times as many, for a width is itself known only roughly.
    """
    wanted = MOST_GROWTH * n if width is None else SPARE * needed_count(n, width, within)
    count = ceil(min(max(wanted, LEAST_GROWTH * n), MOST_GROWTH * n))
    return rounded_up(count)


def rounded_up(count: int) -> int:
    """Return the count rounded up to two digits: 24,300 becomes 25,000."""
    step = int(10 ** max(0, len(str(count)) - 2))
    return -(-count // step) * step
