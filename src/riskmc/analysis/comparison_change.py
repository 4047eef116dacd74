"""Change: one scenario beside the program as it stands: how far finish, cost and every chance move (A3, P80)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.comparison_shift import DAYS, ChanceShift, Shift, chance_shifts
from riskmc.forecast.figures import chance, level_name
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.simulation.place import is_program_finish, resolve
from riskmc.simulation.trials import CENTS, Trials

Row = tuple[str, str | None, str, str, float, float | None, float | None]


@dataclass(frozen=True, eq=False, repr=False)
class Change:
    """One run, ``other``, called ``name``, beside the program as it stands, ``base``; the same draws in both."""

    name: str
    base: Trials
    other: Trials

    def finish(self, at: str | None = None) -> Shift:
        """Return how far the finish moves of the program, a project, a milestone or a target's place, in days.

        Days have 24 hours; positive is later.
        """
        place = resolve(self.base.program, at) or None
        return Shift(DAYS, DAY_MINUTES, self.base.finish(place).samples, self.other.finish(place).samples)

    def cost(self, project: str | None = None) -> Shift:
        """Return how far the cost moves of the program, or of a project, in currency units; positive is dearer."""
        for trials in (self.base, self.other):
            trials.cost(project)  # refuses what is no project, with the nearest one
        mine, theirs = (_cents(trials, project) for trials in (self.base, self.other))
        return Shift(self.base.currency, CENTS, mine, theirs)

    @cached_property
    def chances(self) -> list[ChanceShift]:
        """How far the chance of every target moves: dates, budgets, then both together."""
        return chance_shifts(self.base, self.other)

    @cached_property
    def nothing(self) -> bool:
        """Whether it changes nothing: every finish and every cost is the same in every iteration."""
        kept = zip(_kept(self.base), _kept(self.other), strict=True)
        return all(_same(mine, theirs) for mine, theirs in kept)

    @property
    def has_cost(self) -> bool:
        """Whether any money is spent in either run."""
        return self.base.has_cost or self.other.has_cost

    @property
    def projects(self) -> list[str]:
        """The projects that both runs have, in the order of the program as it stands."""
        return [project for project in self.base.project_finish if project in self.other.project_finish]

    @property
    def milestones(self) -> list[str]:
        """The milestones, and places of targets, that both runs have, in the order of the program as it stands."""
        return [path for path in self.base.milestone_finish if path in self.other.milestone_finish]

    def rows(self, levels: tuple[float, ...]) -> Iterator[Row]:
        """Yield every difference: outcome, place, measure, unit, value and the two ends of its interval."""
        for place in (None, *self.projects, *self.milestones):
            yield from _rows("finish", place, self.finish(place), levels)
        for project in (None, *self.projects) if self.has_cost else ():
            yield from _rows("cost", project, self.cost(project), levels)
        for shift in self.chances:
            yield f"{shift.outcome} chance", shift.before.at, shift.before.name, "share", *shift.difference

    def figures(self) -> list[tuple[str, str, str]]:
        """Return P80 of the finish, of the cost, and the chance of the program's date: name, value and interval."""
        p80 = level_name(0.80)
        told = [(f"{p80} finish", *_written(self.finish()))]
        told += [(f"{p80} cost", *_written(self.cost()))] if self.has_cost else []
        return told + [("chance of the date", _moved(shift), "") for shift in self.program_dates[:1]]

    @property
    def program_dates(self) -> list[ChanceShift]:
        """The shifts of targets that name a date of the program itself, where there is a chance of them."""
        program = self.base.program
        dated = [shift for shift in self.chances if shift.outcome == "finish" and shift.before.probability is not None]
        return [shift for shift in dated if is_program_finish(program, resolve(program, shift.before.at))]


def _cents(trials: Trials, project: str | None) -> NDArray[np.int64]:
    return trials.cost_cents if project is None else trials.project_cost[project]


def _kept(trials: Trials) -> list[Mapping[str, NDArray[np.int64]]]:
    program = {"finish": trials.finish_minutes, "cost": trials.cost_cents}
    return [program, trials.project_finish, trials.project_cost, trials.milestone_finish]


def _same(mine: Mapping[str, NDArray[np.int64]], theirs: Mapping[str, NDArray[np.int64]]) -> bool:
    return mine.keys() == theirs.keys() and all(np.array_equal(mine[key], theirs[key]) for key in mine)


def _rows(outcome: str, place: str | None, shift: Shift, levels: tuple[float, ...]) -> Iterator[Row]:
    for p in levels:
        yield outcome, place, level_name(p), shift.unit, *shift.quantile(p)
    yield outcome, place, "mean", shift.unit, *shift.mean()


def _written(shift: Shift) -> tuple[str, str]:
    """Return how far the P80 moves, and the interval of that."""
    if shift.nothing:
        return "unchanged", ""
    return shift.texts(shift.quantile(0.80))


def _moved(shift: ChanceShift) -> str:
    before, after = shift.before.probability, shift.after.probability
    assert before is not None
    return f"{chance(before)} to {chance(before if after is None else after)}"
