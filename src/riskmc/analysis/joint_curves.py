"""Joint confidence of date and budget (JCL): iso-confidence curves, commitments, several milestones, what it needs.

Sources: NASA Cost Estimating Handbook 4.0 (2015), appendix J; AACE International recommended practice 57R-09. An
iso-confidence curve holds the pairs of a date and a budget that are met together equally often. It is not an exchange
rate: spending more does not move a program along it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.frontier import POINTS, balanced_pair, joint_frontier
from riskmc.analysis.joint import joint_confidence
from riskmc.analysis.joint_needs import Needed, budget_needed, finish_needed
from riskmc.analysis.targets import joint_chances
from riskmc.analysis.units import interval_columns, money_column
from riskmc.errors import ArgumentError, nearest
from riskmc.forecast import Forecast, Probability
from riskmc.forecast.amount import read_amount
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.figures import chance, iterations_text, shortened
from riskmc.forecast.instant import finish_minutes, instant_of
from riskmc.forecast.interval import check_share
from riskmc.program.target import Target
from riskmc.simulation.place import name_of, resolve
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

LEVELS = (0.50, 0.70, 0.80)
WANTED = 0.70  # the level that is asked for where nothing else is said (NASA policy for confirmed projects)
NO_EXCHANGE = "A curve of equal confidence is not an exchange rate: spending more does not move a program along it."
_NAME = 60  # characters of a name in a repr or a card


@dataclass(frozen=True)
class Commitment:
    """A promised date and budget with the joint confidence that it asks for: is it met, and how sure is that?

    ``met`` is None where the interval of its chance holds the level that is wanted: these iterations cannot tell.
    """

    name: str
    date: datetime
    amount: float
    wanted: float
    probability: Probability

    @property
    def met(self) -> bool | None:
        """Whether it is met often enough; None where that cannot be told."""
        if self.probability.low <= self.wanted <= self.probability.high:
            return None
        return self.probability > self.wanted


@dataclass(frozen=True)
class Together:
    """The chance that several targets are met together, beside that of each alone.

    ``dates`` is the chance of all dates, ``both`` of all dates and all budgets; None where there are none.
    """

    alone: tuple[tuple[str, str, Probability], ...]
    dates: Probability | None
    both: Probability | None


@dataclass(frozen=True, eq=False, repr=False)
class JointCurves(Shown):
    """Joint confidence of a finish and a cost of the same iterations; ``at`` a project, or a milestone, or None."""

    trials: Trials
    at: str | None
    levels: tuple[float, ...]

    @cached_property
    def place(self) -> str:
        """The project or activity whose finish is meant; the program ("")."""
        return resolve(self.trials.program, self.at)

    @cached_property
    def finish(self) -> Forecast:
        """The forecast of the finish."""
        return self.trials.finish(self.at)

    @cached_property
    def cost(self) -> Forecast:
        """The forecast of the cost: of the project where ``at`` is one, else of the program."""
        return self.trials.cost(self.place if self.place in self.trials.project_cost else None)

    def confidence(self, finish: object, cost: float | str) -> Probability:
        """Return the share of iterations that meet a date and a budget, with its interval."""
        return joint_confidence(self.trials, finish, cost, self.at)

    def curve(self, level: float, points: int = POINTS) -> pd.DataFrame:
        """Return at most ``points`` pairs that are met together in ``level`` of the iterations: finish and cost."""
        import pandas as pd

        finishes, costs = joint_frontier(self.finish, self.cost, level, points)
        dates = [instant_of(minutes) for minutes in finishes.tolist()]
        return pd.DataFrame({"finish": dates, self._money: costs})

    def to_frame(self, points: int = POINTS) -> pd.DataFrame:
        """Return the iso-confidence curves of all levels, one row a pair: level, finish and cost."""
        import pandas as pd

        curves = [self.curve(level, points) for level in self.levels]
        for level, curve in zip(self.levels, curves, strict=True):
            curve.insert(0, "level", level)
        return pd.concat(curves, ignore_index=True)

    def balanced(self, level: float) -> tuple[datetime, float]:
        """Return the pair of equal percentiles, a date and a budget, that is met together in ``level``."""
        minutes, amount = balanced_pair(self.finish, self.cost, level)
        return instant_of(int(minutes)), amount

    def ends(self, level: float) -> tuple[tuple[datetime, float], tuple[datetime, float]]:
        """Return the two ends of a curve: the soonest date with its budget, and the lowest budget with its date."""
        dates, costs = joint_frontier(self.finish, self.cost, level, 2)
        lowest, needed = joint_frontier(self.cost, self.finish, level, 2)
        return (instant_of(int(dates[0])), float(costs[0])), (instant_of(int(needed[0])), float(lowest[0]))

    def budget_needed(self, finish: object, level: float = WANTED) -> Needed:
        """Return the lowest budget that is met together with the date ``finish`` in ``level``, with its interval."""
        return budget_needed(self.finish, self.cost, finish, level)

    def finish_needed(self, cost: float | str, level: float = WANTED) -> Needed:
        """Return the earliest date that is met together with the budget ``cost`` in ``level``, with its interval."""
        return finish_needed(self.finish, self.cost, cost, level)

    def approved(self) -> tuple[datetime | None, float | None]:
        """Return the date and the budget of this place that were promised first, in the order of the file."""
        date, amount = self.finish.target, self.cost.target
        return None if date is None else instant_of(int(date)), amount

    def pair(self, finish: object = None, budget: float | str | None = None) -> tuple[datetime | None, float | None]:
        """Return a date and a budget as an instant and currency units; the approved one where one is not given."""
        date, amount = self.approved()
        if finish is not None:
            date = instant_of(finish_minutes(finish))
        return date, amount if budget is None else read_amount(self.cost.label, self.cost.unit, budget)

    def commitments(self) -> list[Commitment]:
        """Return the targets that ask for a joint confidence (`joint: 70%`), each with its chance."""
        return [
            Commitment(joint.name, joint.date, joint.amount, joint.wanted, joint.probability)
            for joint in joint_chances(self.trials)
            if joint.wanted is not None and joint.probability is not None
        ]

    def together(self, *targets: str) -> Together:
        """Return the chance that the ``targets`` are met together, all of the program's where none is named."""
        chosen = self._chosen(targets)
        dates = {target.name: self._on_time(target) for target in chosen if target.finish is not None}
        budgets = {target.name: self._in_budget(target) for target in chosen if target.cost is not None}
        alone = [
            (name, what, self._among(met))
            for what, hits in (("finish", dates), ("cost", budgets))
            for name, met in hits.items()
        ]
        on_time = list(dates.values())
        everything = [*on_time, *budgets.values()]
        return Together(tuple(alone), self._all(on_time), self._all(everything) if dates and budgets else None)

    def _chosen(self, names: Sequence[str]) -> list[Target]:
        known = {target.name: target for target in self.trials.program.targets}
        for name in names:
            if name not in known:
                raise ArgumentError(f"there is no target {name!r}{nearest(name, known)}")
        return [target for target in self.trials.program.targets if not names or target.name in names]

    def _on_time(self, target: Target) -> NDArray[np.bool_]:
        assert target.finish is not None
        return self.trials.finish(target.at).meets(target.finish.finish_like())

    def _in_budget(self, target: Target) -> NDArray[np.bool_]:
        assert target.cost is not None
        place = resolve(self.trials.program, target.at)
        return self.trials.cost(place if place in self.trials.project_cost else None).meets(target.cost.value)

    def _all(self, hits: Sequence[NDArray[np.bool_]]) -> Probability | None:
        return self._among(np.logical_and.reduce(list(hits))) if hits else None

    def _among(self, met: NDArray[np.bool_]) -> Probability:
        return Probability.among(met, self.trials.replicates)

    def table(self) -> pd.DataFrame:
        """Return one row a level: the balanced pair, and what the approved date and budget need, with intervals.

        Columns ``finish``, ``cost_EUR``; ``budget_needed_EUR`` for the approved date with ``_low`` and ``_high``, and
        ``finish_needed`` for the approved budget likewise; None where nothing is enough.
        """
        import pandas as pd

        return pd.DataFrame([self._row(level) for level in self.levels])

    def _row(self, level: float) -> dict[str, Any]:
        (finish, cost), (date, amount) = self.balanced(level), self.approved()
        row: dict[str, Any] = {"level": level, "finish": finish, self._money: cost}
        if date is not None:
            row |= interval_columns(money_column("budget_needed", self.trials), self.budget_needed(date, level))
        return row | (
            interval_columns("finish_needed", self.finish_needed(amount, level)) if amount is not None else {}
        )

    @property
    def _money(self) -> str:
        return money_column("cost", self.trials)

    def basis(self) -> list[str]:
        """Return what date and money these are: milestone, price level, total or to go, margin and contingency."""
        program, name = self.trials.program, name_of(self.trials.program, self.place)
        whose = "its own cost" if self.place in self.trials.project_cost else "the cost of the whole program"
        money = "constant money, without escalation"
        if program.escalation:
            money = "constant money: the escalation in the file is not in these amounts"
        spent = any(activity.progress is not None for activity in program.activities().values())
        total = "total at completion, what is spent already inside" if spent else "total, nothing is spent yet"
        held = self.trials.plan.finish_with_margin is not None
        margin = "schedule margin is held beside it, not inside" if held else "there is no schedule margin"
        reserve = "the management reserve is not inside" if program.management_reserve is not None else ""
        inside = ["cost contingency is not inside, unless it stands among the costs of the file", reserve]
        return [
            f"Finish of {name}, and {whose}: {total}; {money}.",
            f"{margin.capitalize()}; {'; '.join(word for word in inside if word)}.",
        ]

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"

    def _card(self) -> Card:
        """Return what a notebook shows: the balanced pair of every level, and what the program commits to."""
        pairs = ((level, self.balanced(level)) for level in self.levels)
        rows = [(f"{level:.0%}", self.finish.text(date), self.cost.text(cost)) for level, (date, cost) in pairs]
        table = Table(("by", "within"), rows)
        return Card(self.trials.program.program, "Joint confidence", (), table, self._wanted(), NO_EXCHANGE, self.foot)

    def _wanted(self) -> list[str]:
        words = {True: "met", False: "missed", None: "not told"}
        return [
            f"{shortened(one.name, _NAME)}: {chance(one.probability)} of {chance(one.wanted)} wanted, {words[one.met]}"
            for one in self.commitments()
        ]


def joint_curves(trials: Trials, levels: Sequence[float] = LEVELS, at: str | None = None) -> JointCurves:
    """Return the joint confidence of date and budget: curves of equal confidence, commitments, and what it needs.

    Parameters
    ----------
    trials : Trials
        A forecast in which money is spent.
    levels : sequence of float
        The joint confidences, 0.70 for 70%.
    at : str, optional
        A project, then with its own cost; or a milestone, with the cost of the program.

    Raises
    ------
    ArgumentError
        Nothing is random, no money is spent, or a level is not between 0 and 1.
    """
    for level in levels:
        check_share("level", level)
        if not 0 < level < 1:
            raise ArgumentError(f"level lies strictly between 0 and 1, got {level!r}")
    if not levels:
        raise ArgumentError("levels: at least one, such as 0.70")
    if not trials.random:
        raise ArgumentError("joint confidence needs a forecast: nothing is random here, this is a plan")
    if not trials.has_cost:
        raise ArgumentError("joint confidence needs money: no activity has a cost (`cost:`)")
    resolve(trials.program, at)
    return JointCurves(trials, at, tuple(sorted(set(levels))))
