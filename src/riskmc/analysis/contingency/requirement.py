"""Contingency and reserves: what is needed on top of the base at a confidence level such as P80, and what is held.

The base is the deterministic plan with schedule margin (N5) and cost contingency taken out. Contingency is the
percentile minus the base; management reserve is the owner's input and never simulated. Funding is the sum of the three.
Sources: AACE 40R-08 (2008) contingency estimating; 57R-09 (2011) integrated analysis; GAO-16-89G, best practice 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from riskmc.analysis.contingency.allocation import Allocation, by_project, by_response, by_source, of_drivers
from riskmc.analysis.contingency.drawdown import Drawdown, Period, drawdown
from riskmc.analysis.contingency.held import Holding, holding
from riskmc.analysis.contingency.needed import Needed, needed
from riskmc.analysis.drivers import Drivers
from riskmc.analysis.units import money_column
from riskmc.errors import ArgumentError
from riskmc.forecast.card import Card, Figure, Shown
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    import pandas as pd

LEVELS = (0.50, 0.70, 0.80, 0.90)


@dataclass(frozen=True)
class Fund:
    """One layer of the funding: currency units with what is held and with what is needed, and who releases it.

    None where the file does not say what is held, or what the management reserve is.
    """

    name: str
    held: float | None
    needed: float | None
    released_by: str


@dataclass(frozen=True, eq=False, repr=False)
class Contingency(Shown):
    """The contingency of a program at the ``percentile`` to which its organisation commits, or another one.

    ``contingency.needed()`` and ``contingency.held`` are what is needed and what is held; ``sources``, ``projects`` and
    ``responses`` tell it apart in parts that add up, ``drawdown()`` says what is still needed later on. These run the
    iterations again where they must, on first use.
    """

    trials: Trials
    percentile: float
    held: Holding

    def needed(self, percentile: float | None = None) -> Needed:
        """Return what is needed on top of the base at a level, default: the one of this contingency."""
        return needed(self.trials, self.trials, self.percentile if percentile is None else percentile)

    def to_frame(self, levels: tuple[float, ...] = LEVELS) -> pd.DataFrame:
        """Return one row a confidence level: days and money above the base, with 95% intervals and in percent of it.

        ``finish_days`` have 24 hours, ``finish_working_days`` are those of the program's calendar.
        """
        import pandas as pd

        return pd.DataFrame([self.needed(level).columns(self.trials) for level in levels]).set_index("level")

    @property
    def layers(self) -> tuple[Fund, ...]:
        """Base, contingency, management reserve and their sum, with what is held and with what is needed."""
        owners, reserve = self.trials.program.released_by, self.trials.program.management_reserve
        base = self.trials.plan.cost_cents / CENTS
        owned = None if reserve is None else reserve.value
        wanted = self.needed().cost.value
        held = self.held.cost
        return (
            Fund("base", base, base, owners.base),
            Fund("contingency", held, wanted, owners.contingency),
            Fund("management reserve", owned, owned, owners.management_reserve),
            Fund("funding", _sum(base, held, owned), _sum(base, wanted, owned), ""),
        )

    def funding(self) -> pd.DataFrame:
        """Return base, contingency, management reserve and funding: money held and needed, and who releases it."""
        import pandas as pd

        held, wanted = (money_column(word, self.trials) for word in ("held", "needed"))
        rows = [
            {"layer": fund.name, held: fund.held, wanted: fund.needed, "released_by": fund.released_by}
            for fund in self.layers
        ]
        return pd.DataFrame(rows).set_index("layer")

    @cached_property
    def sources(self) -> Allocation:
        """Estimate uncertainty and the share of every risk, which add up to what is needed."""
        return by_source(self.trials, self.percentile)

    def work_out(self, progress: Progress | None = None) -> None:
        """Work out the shares of risks and responses now, not on first use; ``progress`` is told (done, total)."""
        vars(self)["sources"] = by_source(self.trials, self.percentile, progress)
        vars(self)["responses"] = by_response(self.trials, self.percentile, progress)

    @cached_property
    def projects(self) -> Allocation:
        """The part of every project, which add up to what is needed in money."""
        return by_project(self.trials, self.percentile)

    @cached_property
    def responses(self) -> Allocation:
        """What would be needed without responses, and the effect of each that acts; they add up to what is needed."""
        return by_response(self.trials, self.percentile)

    def drawdown(self, by: Period = "quarter", progress: Progress | None = None) -> Drawdown:
        """Return what is still needed at the beginning of each month, quarter or year (AACE 70R-12)."""
        return drawdown(self.trials, self.percentile, by, progress)

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"

    def _card(self) -> Card:
        """Return what a notebook shows: the time and the money to hold on top of the plan."""
        days, *money = self.needed().text(self.trials).split(" and ")
        level = level_name(self.percentile)
        figures: list[Figure] = [(f"{level} needs", days, True), *(("and", text, True) for text in money)]
        note = "on top of the plan without margin and contingency"
        return Card(self.trials.program.program, "Contingency", figures, None, (note,), "", self.foot)


def contingency(trials: Trials | Drivers, percentile: float | None = None) -> Contingency:
    """Return the contingency of a program: what its confidence level needs on top of the base, and what is held.

    Parameters
    ----------
    trials : Trials or Drivers
        The program as it stands; or its drivers, whose shares and percentile are then those of the contingency.
    percentile : float, optional
        The confidence level; default: what the program's organisation commits to (`confidence: commit`), else P80.

    Raises
    ------
    ArgumentError
        Nothing in the program is random, the percentile is not a share between 0 and 1, or the drivers are those of
        another place, or have no shares.
    """
    if isinstance(trials, Drivers):
        return _of_drivers(trials)
    if not trials.random:
        raise ArgumentError(
            f"{trials.program.program!r} is a plan, not a forecast: nothing in it is random, so no contingency can be "
            "computed; give it ranges (`ranges:`, or --range) and risks"
        )
    found = Contingency(trials, trials.program.confidence.commit if percentile is None else percentile, holding(trials))
    found.needed()  # refuses "80", with what was meant
    return found


def _of_drivers(told: Drivers) -> Contingency:
    """Return the contingency at the percentile of the drivers, with their shares."""
    if not told.shared or told.view.place:
        raise ArgumentError("contingency: these drivers have no shares of the program's own finish; give it the trials")
    found = contingency(told.trials, told.percentile)
    vars(found)["sources"] = of_drivers(told)
    return found


def _sum(*parts: float | None) -> float | None:
    """Return the sum of the parts that are known; None where the contingency is not."""
    return None if parts[1] is None else sum(part for part in parts if part is not None)
