"""Earned value at the data date: SPI, CPI, EAC and earned schedule, beside the simulated finish and cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.earned_value.baseline import Baseline, baseline_of
from riskmc.analysis.earned_value.budget import Budget
from riskmc.analysis.earned_value.measures import Measures, Timing, earned_schedule
from riskmc.analysis.earned_value.standing import Line, data_date, lines
from riskmc.analysis.units import money_column
from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast
from riskmc.forecast.card import Card, Shown
from riskmc.forecast.figures import iterations_text, start_day
from riskmc.forecast.instant import DAY_MINUTES, instant_of, minutes_of
from riskmc.network.tasks import State
from riskmc.program.program import Program
from riskmc.simulation.engine import simulate
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    import pandas as pd

DAYS = "days"


@dataclass(frozen=True, eq=False)
class Status:
    """The earned value of one place, the program ("") or a project, at its data date.

    ``value`` is in currency units, or in working days where no money is spent; ``timing`` in days of 24 hours from the
    baseline's ``start`` on, None before it or without a data date. ``finish`` and ``cost`` are simulated; ``cost`` is
    None where no money is spent.
    """

    place: str
    name: str
    data_date: datetime | None
    start: datetime | None
    value: Measures
    timing: Timing | None
    finish: Forecast
    cost: Forecast | None
    planned_finish: datetime
    planned_cost: float

    @property
    def forecast_finish(self) -> datetime | None:
        """The finish if time goes on as it has: the baseline's start and PD / SPI(t) days more; None if unknown."""
        if self.timing is None or self.timing.ieac_t is None or self.start is None:
            return None
        return instant_of(minutes_of(self.start) + round(self.timing.ieac_t * DAY_MINUTES))


@dataclass(frozen=True, eq=False, repr=False)
class EarnedValue(Shown):
    """Earned value and earned schedule of the program and of each project, beside the simulated finish and cost.

    ``earned[None]`` or ``earned["build"]`` is the `Status` of the program or a project; ``lines`` are its parts.
    """

    trials: Trials
    baseline: Baseline
    lines: tuple[Line, ...]
    statuses: Mapping[str, Status]

    def __getitem__(self, place: str | None) -> Status:
        """Return the status of a project, or of the program."""
        if (place or "") not in self.statuses:
            raise ArgumentError(f"there is no project {place!r}; there are {', '.join(filter(None, self.statuses))}")
        return self.statuses[place or ""]

    @property
    def program(self) -> Status:
        """The status of the program as a whole."""
        return self.statuses[""]

    @property
    def begun(self) -> bool:
        """Whether any activity has started."""
        return any(task.state is not State.PLANNED for task in self.trials.again().network.tasks)

    @property
    def unit(self) -> str:
        """What value is measured in: the currency, or days where no money is spent."""
        return self.trials.currency if self.baseline.unit == "money" else DAYS

    def planned_value(self, instants: NDArray[np.int64], place: str = "") -> NDArray[np.float64]:
        """Return the planned value (PV) of a place at instants in minutes since 1970-01-01, in `unit`, in their shape.

        Raises
        ------
        ArgumentError
            There is no project of that name.
        """
        self[place]
        inside = [budget for budget in self.baseline.budgets.values() if place in ("", budget.project)]
        return _planned(inside, instants)

    def planned_finish_of(self, place: str = "") -> datetime:
        """Return when a project, or the program, finishes in the baseline."""
        status = self[place]
        return instant_of(self.baseline.finishes[place]) if place in self.baseline.finishes else status.planned_finish

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What was taken as given where the program does not say it."""
        return tuple(_notes(self))

    def to_frame(self) -> pd.DataFrame:
        """Return one row a place: PV, EV, AC, BAC and what follows in the currency, times in days of 24 hours.

        ``eac`` is BAC/CPI, ``eac_as_planned`` AC + BAC - EV, ``eac_both`` AC + (BAC - EV) / (CPI x SPI).
        """
        import pandas as pd

        return pd.DataFrame([self._row(status) for status in self.statuses.values()]).set_index("place")

    def activities(self) -> pd.DataFrame:
        """Return one row an activity or other cost: share done, BAC, PV, EV and AC, in the currency or in days."""
        import pandas as pd

        rows = [
            {
                "source": line.source,
                "project": line.project,
                "percent": line.percent,
                **{self._column(word): getattr(line, word) / CENTS for word in ("bac", "pv", "ev", "ac")},
            }
            for line in self.lines
        ]
        columns = ["source", "project", "percent", *map(self._column, ("bac", "pv", "ev", "ac"))]
        return pd.DataFrame(rows, columns=columns).set_index("source")

    def _row(self, status: Status) -> dict[str, object]:
        value, timing = status.value, status.timing
        amounts = ("pv", "ev", "ac", "bac", "sv", "cv", "eac", "eac_as_planned", "eac_both", "etc", "vac")
        return {
            "place": status.place,
            "name": status.name,
            "data_date": status.data_date,
            **{self._column(word): getattr(value, word) for word in amounts},
            **{word: getattr(value, word) for word in ("spi", "cpi", "tcpi_bac", "tcpi_eac")},
            **{f"{word}_days": _of(timing, word) for word in ("es", "at", "pd", "sv_t", "ieac_t")},
            "spi_t": _of(timing, "spi_t"),
            "forecast_finish": status.forecast_finish,
            "simulated_finish_p50": status.finish.quantile(0.50),
            "simulated_finish_p80": status.finish.quantile(0.80),
            money_column("simulated_cost_p50", self.trials): None if not status.cost else status.cost.quantile(0.50),
            money_column("simulated_cost_p80", self.trials): None if not status.cost else status.cost.quantile(0.80),
        }

    def _column(self, word: str) -> str:
        return money_column(word, self.trials) if self.baseline.unit == "money" else f"{word}_working_days"

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"

    def _card(self) -> Card:
        """Return what a notebook shows: the indices at the data date, and where they lead."""
        program = self.program
        if not self.begun:
            return Card(program.name, "Earned value", notes=("not started: nothing has been done or spent",))
        figures = [(word, text, False) for word, text in _figures(program.value, program.timing)]
        at = () if program.data_date is None else (f"at {start_day(program.data_date)}",)
        return Card(program.name, "Earned value", figures, None, at, "", self.foot)


def earned_value(trials: Trials | Program, baseline: Program | None = None) -> EarnedValue:
    """Return earned value and earned schedule at the data date, per project and for the program.

    Parameters
    ----------
    trials : Trials or Program
        A program is simulated first, with the settings that `simulate` has by default.
    baseline : Program, optional
        Against which plan to measure: activities are matched by their paths. Default: the baseline dates that a plan
        file stores, else the program's own plan, as of work that nobody has begun.
    """
    run = simulate(trials) if isinstance(trials, Program) else trials
    against = baseline_of(run.again(), baseline)
    found = lines(run.again().network, against)
    places = ["", *run.project_finish]
    return EarnedValue(run, against, tuple(found), {place: _status(run, against, found, place) for place in places})


def _status(trials: Trials, baseline: Baseline, found: Sequence[Line], place: str) -> Status:
    inside = [line for line in found if place in ("", line.project)]
    totals = {word: sum(getattr(line, word) for line in inside) / CENTS for word in ("pv", "ev", "ac", "bac")}
    value, at = Measures(**totals), data_date(trials.program, place)
    start = _start(baseline, place)
    timing = None if at is None or start is None else _timing(baseline, place, start, minutes_of(at), value.ev)
    plan = trials.plan
    return Status(
        place, name_of(trials.program, place), at, None if start is None else instant_of(start), value, timing,
        trials.finish(place or None), trials.cost(place or None) if baseline.unit == "money" else None,
        instant_of(plan.project_finish[place] if place else plan.finish),
        (plan.project_cost[place] if place else plan.cost_cents) / CENTS,
    )  # fmt: skip


def _start(baseline: Baseline, place: str) -> int | None:
    """Return when the first budgeted work of a place starts in the baseline."""
    inside = [b.start for b in baseline.budgets.values() if place in ("", b.project) and not b.standing]
    return min(inside, default=None)


def _timing(baseline: Baseline, place: str, start: int, at: int, earned: float) -> Timing | None:
    """Return the earned schedule of a place, from its planned value day by day; None before it starts."""
    planned = (baseline.finishes[place] - start) / DAY_MINUTES
    if at <= start or planned <= 0 or place not in baseline.finishes:
        return None
    days = start + DAY_MINUTES * np.arange(1, ceil(planned) + 1)
    inside = [budget for budget in baseline.budgets.values() if place in ("", budget.project)]
    passed = (at - start) / DAY_MINUTES
    earned_days = earned_schedule(_planned(inside, days).tolist(), earned, passed)
    return Timing(min(earned_days, planned), passed, planned)


def _planned(budgets: Sequence[Budget], instants: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the planned value of budgets at instants, in currency units or in days."""
    curve = np.zeros(instants.shape)
    for budget in budgets:
        curve += budget.planned_by(instants)
    return curve / CENTS


def _of(timing: Timing | None, word: str) -> float | None:
    return None if timing is None else getattr(timing, word)


def _figures(value: Measures, timing: Timing | None) -> list[tuple[str, str]]:
    told = [("SPI", value.spi), ("CPI", value.cpi), ("SPI(t)", _of(timing, "spi_t"))]
    return [(word, "?" if index is None else f"{index:.2f}") for word, index in told]


def _notes(found: EarnedValue) -> list[str]:
    assumed = [line for line in found.lines if line.ac and not line.certain]
    added = [line for line in found.lines if not line.bac and line.ac]
    told = [f"Baseline: {found.baseline.told}."]
    if found.baseline.unit == "days":
        told.append("No money is spent: value is measured in planned working days, actual cost in those worked.")
    if found.baseline.assumed:
        told.append(
            f"Activities without a planned cost: {len(found.baseline.assumed):,}; their actual cost stands for it."
        )
    if assumed:
        told.append(f"Actual costs that are not known: {len(assumed):,}; taken as planned for what is done.")
    if added:
        told.append(f"Without a budget in the baseline: {len(added):,}; what has none costs, and earns nothing.")
    return told
