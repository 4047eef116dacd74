"""Stages of the waterfall: the program with nothing uncertain in it, then with more and more of that, but no risk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from riskmc.analysis.drivers import held
from riskmc.analysis.drivers.held import SampledDates
from riskmc.analysis.drivers.held_ranges import RangedWork
from riskmc.analysis.drivers.sources import doubtful
from riskmc.analysis.drivers.view import Outcome, View
from riskmc.program.program import Program
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.trials import Trials


@dataclass(frozen=True, eq=False)
class Stages:
    """The programs between the plan and the forecast without risks, run with the draws of ``trials``."""

    trials: Trials
    view: View

    def nothing(self) -> Outcome:
        """Return the outcome with everything held at its deterministic value: one iteration, in every one the same.

        That is the plan, unless constraints act in the plan that do not in a simulation (N3).
        """
        again = self.trials.again()
        first = range(again.iterations.start, again.iterations.start + 1)
        once = replace(self.trials, rerun=replace(again, iterations=first))
        found = self.view.outcome(simulate_like(once, self._certain(self._path_held(self._work.tasks))))
        n = len(self.trials)
        return Outcome(np.repeat(found.finish, n), np.repeat(found.cost, n))

    def driving(self) -> Outcome:
        """Return the outcome with the ranges on the driving paths of the plan alone, uncorrelated."""
        others = [path for path in self._work.tasks if path not in self._work.driving]
        return self._run(self._certain(self._path_held(others)))

    def ranged(self) -> Outcome:
        """Return the outcome with all ranges, sampled lags and slips, uncorrelated: paths now meet and wait."""
        return self._run(self._certain(self._work.program))

    def chosen(self) -> Outcome:
        """Return the outcome with the choices too, and work that may not exist."""
        return self._run(self._independent(self._work.program))

    def weathered(self) -> Outcome:
        """Return the outcome with the weather too."""
        return self._run(self._independent(self._work.program, weather=True))

    def happening(self) -> Outcome:
        """Return the outcome with gates, approvals, scope growth, policies and what happens to pools too."""
        return self._run(self._independent(self._work.program, weather=True, behaviours=True))

    @property
    def has_behaviours(self) -> bool:
        """Whether anything happens in the iterations, risks apart, that the plan's own answer leaves out (P1)."""
        program = self.trials.again().program
        return self.trials.engine == "discrete-event" and held.without_behaviours(program) != program

    @property
    def has_weather(self) -> bool:
        """Whether work loses days to weather."""
        lost = self.trials.again().network.lost
        return lost is not None and bool(lost.sites)

    @property
    def chooses(self) -> bool:
        """Whether the program has choices, or work that may not exist."""
        program = self._work.program
        return bool(doubtful(program)) or any(max(choice.values()) < 1 for choice in program.choices.values())

    @cached_property
    def _work(self) -> RangedWork:
        again = self.trials.again()
        return RangedWork(again.program, again.network)

    def _path_held(self, paths: Collection[str]) -> Program:
        """Return the program with some ranges held, and all that is sampled of lags, slips and other costs."""
        work = self._work
        dates = SampledDates(work.program, work.network)
        return work.held_other_costs(dates.held_slips(dates.held_lags(work.held(paths))))

    def _certain(self, program: Program) -> Program:
        """Return a program without risks, drivers, choices and correlations: ranges alone are left."""
        settled = held.without_choices(held.without_doubt(program, doubtful(program)), program.choices)
        return self._independent(settled)

    def _independent(self, program: Program, weather: bool = False, behaviours: bool = False) -> Program:
        """Return the program without risks, drivers and correlations, and without what is not asked for."""
        alone = held.without_drivers(held.without_any_risk(program), program.drivers)
        alone = alone if weather else held.without_weather(alone)
        alone = alone if behaviours or not self.has_behaviours else held.without_behaviours(alone)
        return held.uncorrelated(alone, self.trials.again().settings.default_range)

    def _run(self, program: Program) -> Outcome:
        return self.view.outcome(simulate_like(self.trials, program))
