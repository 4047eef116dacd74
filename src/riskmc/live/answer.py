"""The answer to a what-if: P50 and P80 of finish and cost, the chance of date and budget, and how far each moved (A3).

Differences are paired, iteration by iteration, each with its interval; all intervals are simulation error only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.comparison_shift import DAYS, Shift
from riskmc.analysis.paired import Difference, probability_difference
from riskmc.forecast import Forecast, Probability
from riskmc.forecast.card import make_card
from riskmc.forecast.differences import points_apart
from riskmc.forecast.figures import chance, day, iterations_text, level_name, printable
from riskmc.forecast.instant import DAY_MINUTES, finish_minutes, instant_of
from riskmc.forecast.language import marked, said
from riskmc.live.knob import Value
from riskmc.simulation.place import PROGRAM, name_of
from riskmc.simulation.retuned_runs import Outcome
from riskmc.simulation.trials import CENTS, Trials

LEVELS = (0.50, 0.80)


class Question(NamedTuple):
    """What is asked: the target date (ISO), the budget in currency units (None without money), how many iterations.

    ``place`` is the project or milestone whose finish it is, "" the program.
    """

    date: str
    amount: float | None
    iterations: int
    place: str = PROGRAM


@dataclass(frozen=True, eq=False)
class Run:
    """The outcome of every iteration, and the forecasts of finish and cost made of it; no cost where none is spent."""

    outcome: Outcome
    finish: Forecast
    cost: Forecast | None


class Figure(NamedTuple):
    """One key figure in words: as the program stands, now, the simulation error of that, how far it moved, interval.

    ``tone`` is "gain", "threat", or nothing where simulation error alone may stand behind the difference. ``key`` is
    "finish" or "cost", with the percentile, or "date", "budget", "both"; ``still`` says that nothing moved.
    """

    name: str
    before: str
    now: str
    error: str
    moved: str
    interval: str
    tone: str
    key: str
    still: bool


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """The forecast with some knobs turned (``after``) beside that of the program as it stands (``before``).

    ``changes`` are the knobs that are turned, by key; ``words`` is their scenario as the program file would say it.
    """

    base: Trials
    changes: Mapping[str, Value]
    question: Question
    before: Run
    after: Run
    words: str = ""

    @property
    def finish(self) -> Forecast:
        """The forecast of the finish with the knobs turned."""
        return self.after.finish

    @property
    def cost(self) -> Forecast | None:
        """The forecast of the cost with the knobs turned; None where no money is spent."""
        return self.after.cost

    @cached_property
    def date_minutes(self) -> int:
        """The target date, in minutes since 1970-01-01 (the end of a bare day)."""
        return finish_minutes(self.question.date)

    @property
    def date_text(self) -> str:
        """The target date as people write it."""
        return day(instant_of(self.date_minutes), self.finish.start)

    @property
    def amount_text(self) -> str:
        """The budget as people write it."""
        return "" if self.cost is None or self.question.amount is None else self.cost.text(self.question.amount)

    def meets(self, run: Run) -> list[NDArray[np.bool_]]:
        """Return which iterations meet the date, the budget and both; the date alone where no money is spent."""
        dated = np.asarray(run.finish.samples <= self.date_minutes)
        if run.cost is None or self.question.amount is None:
            return [dated]
        paid = np.asarray(run.cost.samples <= self.question.amount)
        return [dated, paid, dated & paid]

    @cached_property
    def chances(self) -> list[Probability]:
        """The chance of the date, the budget and both with the knobs turned; of the date alone without money."""
        return [Probability.among(met, self.finish.replicates) for met in self.meets(self.after)]

    @cached_property
    def figures(self) -> list[Figure]:
        """The key figures in words: percentiles of finish and cost, and the chances."""
        return [*self._dates(), *self._amounts(), *self._chances()]

    @property
    def lead(self) -> str:
        """The answer in a sentence, for the eye and for a screen reader."""
        told = [f"{one.name} {one.now}{_in_brackets(one)}" for one in self.figures if one.key.endswith("0.8")]
        last = self.figures[-1]
        words = "; ".join([*told, f"{last.name[0].lower()}{last.name[1:]} {last.now}{_in_brackets(last)}"])
        return words if self.question.place == PROGRAM else f"{self.place_name}: {words}"

    @property
    def place_name(self) -> str:
        """The name of the program, project or milestone that is asked for."""
        return printable(name_of(self.base.program, self.question.place))

    @property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        told = iterations_text(self.question.iterations)
        return said("{iterations} · seed {seed} · simulation error only", iterations=told, seed=self.base.seed)

    def __repr__(self) -> str:
        turned = ", ".join(f"{key}={value!r}" for key, value in self.changes.items()) or "nothing turned"
        return f"<Answer {self.base.program.program!r}, {turned}: {self.lead}  ({self.foot})>"

    def _repr_html_(self) -> str:
        figures = [(f"{one.name}, {one.moved}", one.now, True) for one in self.figures]
        drawing = self.finish.drawing()
        return make_card(self.base.program.program, said("What if"), drawing, figures, self.lead, self.foot)

    def _dates(self) -> Iterator[Figure]:
        now, before = self.after.outcome.finish_minutes, self.before.outcome.finish_minutes
        name = marked("{level} finish")
        yield from self._levels("finish", name, self.before.finish, self.finish, Shift(DAYS, DAY_MINUTES, before, now))

    def _amounts(self) -> Iterator[Figure]:
        if self.cost is not None and self.before.cost is not None:
            now, before = self.after.outcome.cost_cents, self.before.outcome.cost_cents
            shift = Shift(self.cost.unit, CENTS, before, now)
            yield from self._levels("cost", marked("{level} cost"), self.before.cost, self.cost, shift)

    def _levels(self, key: str, name: str, before: Forecast, now: Forecast, shift: Shift) -> Iterator[Figure]:
        for p in LEVELS:
            moved = shift.quantile(p)
            told = shift.texts(moved)
            values = before.text(before.quantile(p)), now.text(now.quantile(p)), now.error_text(p)
            tone, still = _tone(moved, more_is_better=False), _is_nothing(moved)
            named = said(name, level=level_name(p))
            yield Figure(named, *values, *_or_none(moved, told), tone, f"{key} {p}", still)

    def _chances(self) -> Iterator[Figure]:
        names = {
            "date": said("Finish by {date}", date=self.date_text),
            "budget": said("Cost within {amount}", amount=self.amount_text),
            "both": said("Both targets met"),
        }
        for (key, name), met_before, met, share in zip(
            names.items(), self.meets(self.before), self.meets(self.after), self.chances, strict=False
        ):
            same = np.array_equal(met_before, met)
            moved = Difference(0.0, 0.0, 0.0) if same else probability_difference(met_before, met)
            was = chance(np.count_nonzero(met_before) / met_before.size)
            error = said("{low} to {high}", low=chance(share.low), high=chance(share.high))
            told = points_apart(*moved.parts)
            tone, still = _tone(moved, more_is_better=True), _is_nothing(moved)
            yield Figure(name, was, chance(share), error, *_or_none(moved, told), tone, key, still)


def _or_none(moved: Difference, told: tuple[str, str]) -> tuple[str, str]:
    """Return a difference in words; that there is none where both ends of its interval are nothing."""
    return (said("no change"), "") if _is_nothing(moved) else told


def _is_nothing(moved: Difference) -> bool:
    return moved == (0.0, 0.0, 0.0)


def _tone(moved: Difference, more_is_better: bool) -> str:
    if not moved.told_apart:
        return ""
    return "gain" if (moved.value > 0) == more_is_better else "threat"


def _in_brackets(figure: Figure) -> str:
    return "" if figure.still else f" ({figure.moved})"
