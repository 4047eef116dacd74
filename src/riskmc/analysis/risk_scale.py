"""Bands of a risk matrix: into which of the register's own words a probability, a delay or an extra cost falls.

The bands are those of the program (`scales:`), else `program.scale.DEFAULT`. Shares of impact are shares of what the
program's own plan has left: of its time from start (or data date) to finish, of its cost. Bands in working days are
stretched by the program's calendar: 5 days of a five-day week are 7 days of 24 hours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from riskmc.forecast.instant import DAY_MINUTES, minutes_of
from riskmc.io.register.scales import of_file
from riskmc.network.worktime import WEEK
from riskmc.program.notation import kind
from riskmc.program.origin import origin_of
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Size
from riskmc.program.scale import DEFAULT, Scales
from riskmc.simulation.trials import CENTS, Trials


@dataclass(frozen=True)
class Ladder:
    """Bands of one thing, from the lowest up: what each is called, and the upper end of every one but the last."""

    names: tuple[str, ...]
    ends: tuple[float, ...]

    def step(self, value: float) -> int:
        """Return the number of the band, 0 the lowest, in which a value lies; its upper end belongs to it."""
        return sum(value > end for end in self.ends)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class RiskScale:
    """The bands of probability (shares), delay (days of 24 hours) and extra cost (currency units)."""

    probability: Ladder
    days: Ladder
    cost: Ladder
    own: bool


def risk_scale(trials: Trials) -> RiskScale:
    """Return the bands of the program's own scales; where it has none of a kind, riskmc's default ones."""
    said, usual = _said(trials.program), Scales.model_validate(DEFAULT)
    whole = (trials.plan.finish - _from(trials)) / DAY_MINUTES
    return RiskScale(
        _ladder(said.probability or usual.probability, lambda quantity: quantity.value),
        _ladder(said.schedule or usual.schedule, _days(trials), whole),
        _ladder(said.cost or usual.cost, lambda quantity: quantity.value, trials.plan.cost_cents / CENTS),
        bool(said.probability or said.schedule or said.cost),
    )


def _said(program: Program) -> Scales:
    """Return the scales that the program has, those of the file that it names included."""
    said = program.scales
    if said is None or said.file is None:
        return said or Scales()
    origin = origin_of(program)
    folder = Path(origin.file).parent if origin is not None else Path()
    return of_file(folder / said.file).scales or Scales()


def _from(trials: Trials) -> int:
    """Return from when on work is left: the data date, or the start."""
    status = trials.program.data_date
    return minutes_of(trials.start if status is None else status.start_like())


def _days(trials: Trials) -> Callable[[Quantity], float]:
    """Return what turns a duration into days of 24 hours, working time stretched by the program's calendar."""
    axis = trials.again().network.axis
    number = axis.number(trials.program.calendar)
    stretch = WEEK / axis.calendars[number].week_minutes
    return lambda quantity: (
        axis.length(number, quantity) * (1 if quantity.unit.startswith("e") else stretch) / DAY_MINUTES
    )


def _ladder(bands: Mapping[str, Size], measure: Callable[[Quantity], float], whole: float = 1.0) -> Ladder:
    """Return the bands from the lowest up; between two that do not touch, the middle divides them."""

    def ends(size: Size) -> tuple[float, float]:
        share = kind(size) == "share"
        values = [quantity.value * whole if share else measure(quantity) for _, quantity in size.parameters]
        return min(values), max(values)

    told = sorted((ends(size), _name(key)) for key, size in bands.items())
    between = [(lower[1] + upper[0]) / 2 for (lower, _), (upper, _) in pairwise(told)]
    return Ladder(tuple(name for _, name in told), tuple(between))


def _name(key: str) -> str:
    """Return the longest of the first two words of a band: "Very low" for ``VL / Very low / Rare``."""
    return max((part.strip() for part in key.replace("|", "/").split("/")[:2]), key=len)
