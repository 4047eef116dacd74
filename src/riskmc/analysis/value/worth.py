"""Value: net present value (NPV), benefit/cost and payback as distributions, by project and for the program.

Every cash flow is discounted from the date on which it falls in that iteration: costs by the middle of the month in
which they are spent (`simulation.phasing`), benefits from the finish of the activity that they hang on. A real rate
meets constant money, a nominal one then-year money, benefits included; they are never mixed. What was spent before the
valuation (the data date, else the start) is sunk and left out. A rate with a premium for risk counts risks twice, for
they are in the iterations already. Sources: Brealey, Myers and Allen (2020), Principles of Corporate Finance, chapters
2, 5 and 6; HM Treasury (2022), The Green Book, annex 6 (social time preference, real).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.units import money_column
from riskmc.analysis.value.streams import MONTH, YEAR, Streams, payback
from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast, Probability
from riskmc.forecast.card import Figure, figure_text, make_card
from riskmc.forecast.figures import chance, iterations_text
from riskmc.forecast.instant import instant_of, minutes_of
from riskmc.forecast.interval import quantile_rank
from riskmc.network.yields import drawn_yields
from riskmc.program.finance import DiscountRate
from riskmc.program.numeral import share_text
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity
from riskmc.program.words import as_share
from riskmc.simulation.kept_dates import kept_dates
from riskmc.simulation.kept_finishes import NEVER
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.phasing import NO_PROJECT, Phased, edges_over, spending
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    import pandas as pd

LEVELS = (0.10, 0.20, 0.50, 0.80)
HIGH_REAL, HIGH_NOMINAL = 0.05, 0.08  # rates above these usually carry a premium for risk


class Flows(NamedTuple):
    """Present values by place and iteration, float64[places, n], in currency units; paybacks in years, float64[n]."""

    costs: NDArray[np.float64]
    benefits: NDArray[np.float64]
    payback: NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Value:
    """What a program is worth: net present value, benefit over cost and payback in every iteration.

    Parameters
    ----------
    trials : Trials
    rate : DiscountRate
    at : datetime
        The valuation: money then is worth itself; what lies before is sunk.
    places : tuple of str
        "" for what belongs to no project, then the projects.
    flows : Flows
    warnings : tuple of str
        What to know before the figures are used.
    """

    trials: Trials
    rate: DiscountRate
    at: datetime
    places: tuple[str, ...]
    flows: Flows
    warnings: tuple[str, ...] = ()

    @property
    def percent(self) -> float:
        """The discount rate as a share a year."""
        return _rate(self.rate)

    @property
    def money(self) -> str:
        """Whose money it is: "real 3.5%, constant money", or "nominal 6%, then-year money"."""
        real = self.rate.real is not None
        return (
            f"{'real' if real else 'nominal'} {share_text(self.percent)}, {'constant' if real else 'then-year'} money"
        )

    def npv(self, project: str | None = None) -> Forecast:
        """Return the forecast of the net present value, of the program or of one project."""
        samples = self._chosen(self.flows.benefits, project) - self._chosen(self.flows.costs, project)
        return self._forecast(samples, project, "net present value", self.trials.currency)

    def benefit_cost(self, project: str | None = None) -> Forecast | None:
        """Return the forecast of benefits over costs, both as present values; None where an iteration costs nothing."""
        costs = self._chosen(self.flows.costs, project)
        if (costs <= 0).any():
            return None
        return self._forecast(self._chosen(self.flows.benefits, project) / costs, project, "benefit over cost", "times")

    def means(self, project: str | None = None) -> tuple[float, float]:
        """Return the mean present values of benefits and of costs, of the program or of one project."""
        flows = (self.flows.benefits, self.flows.costs)
        benefits, costs = (float(self._chosen(flow, project).mean()) for flow in flows)
        return benefits, costs

    def chance_positive(self, project: str | None = None) -> Probability:
        """Return the chance of a net present value above zero."""
        return Probability.among(self.npv(project).samples > 0, self.trials.replicates)

    def chance_of_payback(self) -> Probability:
        """Return the chance that benefits ever pay for the costs; the rest of the iterations is "never"."""
        return Probability.among(np.isfinite(self.flows.payback), self.trials.replicates)

    def payback(self, p: float) -> datetime | None:
        """Return by when costs are paid back with a chance p, not discounted; None for never."""
        years = float(np.sort(self.flows.payback)[quantile_rank(len(self.trials), p) - 1])
        return instant_of(round(minutes_of(self.at) + years * YEAR)) if np.isfinite(years) else None

    def to_frame(self, levels: tuple[float, ...] = LEVELS) -> pd.DataFrame:
        """Return one row for the program and each project: mean present values, percentiles and chance of their net."""
        import pandas as pd

        return pd.DataFrame([self._row(project, levels) for project in self._rows]).set_index("project")

    @property
    def _rows(self) -> Iterator[str | None]:
        yield None
        yield from (place for place in self.places if place)

    def _row(self, project: str | None, levels: tuple[float, ...]) -> dict[str, object]:
        npv, ratio = self.npv(project), self.benefit_cost(project)
        benefits, costs = self.means(project)
        told = {"project": project or "", "benefits_mean": benefits, "costs_mean": costs, "npv_mean": npv.mean()}
        told |= {f"npv_p{100 * p:g}": npv.quantile(p) for p in levels}
        named = {word if word == "project" else money_column(word, self.trials): cell for word, cell in told.items()}
        return {
            **named,
            "chance_positive": self.chance_positive(project).value,
            "benefit_cost_p50": None if ratio is None else ratio.quantile(0.5),
        }

    def _chosen(self, flows: NDArray[np.float64], project: str | None) -> NDArray[np.float64]:
        if project is None:
            return np.asarray(flows.sum(axis=0))
        if project not in self.places:
            raise ArgumentError(f"value: there is no project {project!r}; projects: {', '.join(self.places[1:])}")
        return np.asarray(flows[self.places.index(project)])

    def _forecast(self, samples: NDArray[np.float64], project: str | None, word: str, unit: str) -> Forecast:
        name = name_of(self.trials.program, project or "") if project else self.trials.program.program
        return Forecast(
            f"{name} {word}", samples, unit, 0.0 if unit != "times" else 1.0, self.trials.provenance,
            money=unit != "times", replicates=self.trials.replicates,
        )  # fmt: skip

    def __repr__(self) -> str:
        told = ", ".join(map(figure_text, self._figures()))
        return f"<Value {self.trials.program.program!r}: {told}  ({self.money}; {self._foot})>"

    def _repr_html_(self) -> str:
        return make_card(self.trials.program.program, "Value", "", self._figures(), self.money, self._foot)

    def _figures(self) -> list[Figure]:
        npv = self.npv()
        p50, p20 = npv.text(npv.quantile(0.50)), npv.text(npv.quantile(0.20))
        return [
            ("NPV P50", p50, True),
            ("NPV P20", p20, True),
            ("Positive", chance(self.chance_positive()), True),
        ]

    @cached_property
    def _foot(self) -> str:
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"


def value(
    trials: Trials, discount_rate: DiscountRate | str | None = None, *, progress: Progress | None = None
) -> Value:
    """Return what a program is worth, in every iteration.

    Parameters
    ----------
    trials : Trials
    discount_rate : DiscountRate or str, optional
        ``"3.5% real"`` or ``"6% nominal"``; default the program's own.

    Raises
    ------
    ArgumentError
        The program has no benefits, or no discount rate; or a benefit flows for ever and the rate is not above 0.
    """
    program = trials.program
    rate = read_discount_rate(discount_rate) or program.discount_rate
    _check(program, rate)
    assert rate is not None
    at = minutes_of(trials.start if program.data_date is None else program.data_date.start_like())
    phased = spending(trials, _edges(trials, at), progress)
    places = (NO_PROJECT, *trials.again().network.projects)
    flows = _flows(trials, phased, at, places, rate)
    return Value(trials, rate, instant_of(at), places, flows, tuple(_warnings(program, rate)))


def read_discount_rate(given: DiscountRate | str | None) -> DiscountRate | None:
    """Return the discount rate that "3.5% real" or "6% nominal" says; ArgumentError where it says none."""
    if not isinstance(given, str):
        return given
    amount, _, kind = given.strip().rpartition(" ")
    if kind not in ("real", "nominal"):
        raise ArgumentError(f'a discount rate is "3.5% real" or "6% nominal", got {given!r}')
    return DiscountRate.model_validate({kind: as_share(amount.strip())})


def _check(program: Program, rate: DiscountRate | None) -> None:
    if not program.benefits:
        example = "`benefits: [{at: build.open, per_year: 40M, for: 10y}]`"
        raise ArgumentError(f"value: the program has no benefits; write what it yields, {example}")
    if rate is None:
        raise ArgumentError("value: the program has no discount rate; write `discount_rate: {real: 3.5%}`, or nominal")
    if _rate(rate) <= 0 and any(benefit.for_ is None for benefit in program.benefits):
        raise ArgumentError(
            "value: a benefit for ever has no value at a discount rate of 0; say `for:` how long it flows"
        )


def _rate(rate: DiscountRate) -> float:
    return float(rate.real if rate.real is not None else rate.nominal or 0.0)


def _warnings(program: Program, rate: DiscountRate) -> Iterator[str]:
    percent = share_text(_rate(rate))
    if (rate.real or 0) > HIGH_REAL or (rate.nominal or 0) > HIGH_NOMINAL:
        yield (
            f"a discount rate of {percent} {'real' if rate.real is not None else 'nominal'} usually carries a premium "
            "for risk; the risks are in the iterations already, and would count twice"
        )
    if rate.nominal is not None and not program.escalation:
        yield (
            "a nominal discount rate meets costs in constant money: nothing escalates them (`escalation:`), and they "
            "are discounted too much; write a real rate, or the escalation"
        )
    if rate.real is not None and program.payments is not None and program.escalation:
        yield "with a real rate and escalation, costs count when they are spent: payments are then-year money"


def _edges(trials: Trials, at: int) -> NDArray[np.int64]:
    """Return months that all money falls in, one of them cut at the valuation, so that what is sunk can be told."""
    edges = edges_over(trials, "month")
    return np.unique(np.append(edges, at)) if edges[0] < at < edges[-1] else edges


def _flows(trials: Trials, phased: Phased, at: int, places: tuple[str, ...], rate: DiscountRate) -> Flows:
    """Return present values by place, and paybacks."""
    percent = _rate(rate)
    cents = phased.constant if rate.real is not None and phased.escalated else phased.paid
    kept = phased.edges[1:] > at
    spent = cents[:, kept] / CENTS
    years = (phased.edges - at) / YEAR
    middle = ((years[:-1] + years[1:]) / 2)[kept]
    costs = np.zeros((len(places), len(trials)))
    for period, factor in enumerate((1 + percent) ** -middle):  # in order (R6)
        costs += spent[:, period] * factor
    streams = _streams(trials, at)
    worth = streams.present_value(percent)
    benefits = np.zeros((len(places), len(trials)))
    for row, benefit in enumerate(trials.program.benefits):
        benefits[places.index(trials.program.project_of(trials.program.path(benefit.at)))] += worth[row]
    return Flows(costs, benefits, payback(streams, years[-1 - int(kept.sum()) :], spent.sum(axis=0)))


def _streams(trials: Trials, at: int) -> Streams:
    """Return the benefits of every iteration; nothing of those whose activity does not exist in it (N7)."""
    again, program = trials.again(), trials.program
    _, finishes = kept_dates(again, [program.path(benefit.at) for benefit in program.benefits])
    never = finishes >= NEVER
    per_year = drawn_yields(program, trials.seed, trials.iterations, again.stratified)
    years = [[np.inf if b.for_ is None else _minutes(b.for_) / YEAR] for b in program.benefits]
    start = np.where(never, 0.0, (finishes - at) / YEAR)
    return Streams(np.where(never, 0.0, per_year), start, np.array(years))


def _minutes(length: Quantity) -> float:
    """Return how long a benefit flows: time of the clock, whatever the calendars, a year of 365.25 days."""
    return length.value * {"min": 1, "h": 60, "d": 1440, "w": 7 * 1440, "mo": MONTH, "y": YEAR}[length.unit.lstrip("e")]
