"""Cash flow: spending by month, quarter or year, of the program and its projects: P10, P50, P80, mean, cumulative.

Sums over periods and projects are taken inside each iteration, to the cent, before any percentile (A5): a cumulative
P80 is the percentile of the cumulative amount, never a sum of percentiles. Method: docs/method/cash.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.cash.amounts import figure, forecast_of
from riskmc.analysis.cash.escalated import Escalated
from riskmc.analysis.cash.funding import FundingYear, funded_years
from riskmc.analysis.cash.peak import Peak
from riskmc.analysis.sensitivity.estimates import Estimate
from riskmc.analysis.units import interval_columns, money_column
from riskmc.errors import ArgumentError, joined, nearest
from riskmc.forecast import Forecast
from riskmc.forecast.card import Figure, figure_text, make_card
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.forecast.interval import quantile_rank
from riskmc.forecast.language import marked
from riskmc.network.refusals import CONSTANT, UNENFORCED
from riskmc.simulation.arguments import check_word
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.periods import By, edges_by, period_name
from riskmc.simulation.phasing import NO_PROJECT, Phased, edges_over, span, spending
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    import pandas as pd

Money = Literal["constant", "then-year", "paid"]
LEVELS = (0.10, 0.50, 0.80)
_SLIVER = 0.001  # share of the whole below which the last periods are not worth showing
MONEY: dict[Money, str] = {
    "constant": marked("constant money"),
    "then-year": marked("then-year money"),
    "paid": marked("money paid"),
}
PERIODS: dict[By, str] = {"month": marked("month"), "quarter": marked("quarter"), "year": marked("year")}
Cents = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class CashFlow:
    """Spending by period, iteration by iteration; every part adds up to the cent.

    ``money`` words: ``constant`` is the money of the file, ``then-year`` that of the day on which it is spent,
    ``paid`` is then-year money on the day on which it is paid. ``phased`` holds the cents in periods at least as fine;
    ``edges`` are those of the periods, in minutes since 1970-01-01.
    """

    trials: Trials
    by: By
    phased: Phased
    edges: NDArray[np.int64]

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """The names of the periods in order: ``2027-03``, ``2027 Q1``, ``2027``, ``FY2028``."""
        fiscal = self.trials.program.fiscal_year_starts
        return tuple(period_name(self.by, int(edge), fiscal) for edge in self.edges[:-1])

    @property
    def money(self) -> Money:
        """The money in which figures are told unless another is asked for: then-year where there is escalation."""
        return "then-year" if self.phased.escalated else "constant"

    @property
    def pays_later(self) -> bool:
        """Whether money is paid at other times than it is spent (`payments`)."""
        return self.phased.paid is not self.phased.then_year

    @property
    def random(self) -> bool:
        """Whether anything is random here: the program, or the rates of its escalation."""
        return self.trials.random or any(not rise.rate.certain for rise in self.trials.program.escalation.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know of how the trials were made, without what is answered here."""
        return tuple(note for note in self.trials.notes if note not in (CONSTANT, UNENFORCED))

    @property
    def projects(self) -> tuple[str, ...]:
        """The projects, then NO_PROJECT where anything belongs to none."""
        nowhere = (NO_PROJECT,) if self.phased.constant[0].any() or self._plan("constant", NO_PROJECT).any() else ()
        return (*self.phased.places[1:], *nowhere)

    def cents(self, project: str | None = None, money: Money | None = None) -> Cents:
        """Return int64[periods, n]: what the program, or one project, spends (or pays) in each period."""
        return self._gathered(self._places(project, money, self.phased))

    def _known(self, project: str | None, money: Money | None) -> Cents:
        """Return the same, kept for the program as a whole: every period is asked of it."""
        if project is not None:
            return self.cents(project, money)
        kind = self._money(money)
        if kind not in self._gatherings:
            self._gatherings[kind] = self.cents(None, kind)
        return self._gatherings[kind]

    @cached_property
    def _gatherings(self) -> dict[Money, Cents]:
        return {}

    def spent(self, period: str, project: str | None = None, money: Money | None = None) -> Forecast:
        """Return the forecast of what is spent in one period, in currency units."""
        return self._forecast(period, self._known(project, money)[self._place(period)], project, money)

    def cumulative(self, period: str, project: str | None = None, money: Money | None = None) -> Forecast:
        """Return the forecast of what has been spent by the end of one period, in currency units."""
        sums = self._known(project, money)[: self._place(period) + 1].sum(axis=0)
        return self._forecast(f"by the end of {period}", sums, project, money)

    def total(self, project: str | None = None, money: Money | None = None) -> Forecast:
        """Return the forecast of what is spent in all, in currency units."""
        return self._forecast("in all", self._known(project, money).sum(axis=0), project, money)

    def planned(self, project: str | None = None, money: Money | None = None) -> NDArray[np.float64]:
        """Return what the plan itself spends in each period, float64[periods] in currency units (P1)."""
        return self._plan(self._money(money), project) / CENTS

    def worth_showing(self, project: str | None = None, money: Money | None = None) -> int:
        """Return how many periods there are up to the last that is planned, or in which P80 is worth seeing."""
        ranks = self._known(project, money)
        p80 = np.array(
            [np.partition(row, quantile_rank(row.size, 0.8) - 1)[quantile_rank(row.size, 0.8) - 1] for row in ranks]
        )
        planned = self.planned(project, money) * CENTS
        least = _SLIVER * max(float(np.abs(p80).sum()), float(np.abs(planned).sum()))
        worth = np.flatnonzero((np.abs(p80) > least) | (np.abs(planned) > least))
        return int(worth[-1]) + 1 if worth.size else len(self.periods)

    def peak(self, project: str | None = None, money: Money | None = None) -> Peak:
        """Return the period in which most is spent, and how much: both as distributions over the iterations."""
        cents = self.cents(project, money)
        amount = self._forecast(f"in the peak {self.by}", cents.max(axis=0), project, money)
        return Peak.of(self.periods, cents, amount, self.trials.replicates)

    @cached_property
    def escalation(self) -> Escalated | None:
        """Constant money, escalation on the plan's dates, slip-induced escalation, then-year money; None without."""
        return Escalated.of(self.phased, self.trials) if self.phased.escalated else None

    @cached_property
    def funding(self) -> tuple[FundingYear, ...]:
        """The chance that the funding of each fiscal year runs out, with no limit enforced; empty without funding."""
        return funded_years(self.phased, self.trials)

    @property
    def scarcest(self) -> FundingYear | None:
        """The funded fiscal year whose money is the most likely to run out; None without funding."""
        return max((year for year in self.funding if year.released), key=lambda year: year.breach.value, default=None)

    def to_frame(self, project: str | None = None, money: Money | None = None) -> pd.DataFrame:
        """Return one row a period: mean, P10, P50, P80 of what is spent in it and by its end, with 95% intervals.

        Columns are in the program's currency: ``spent_p80_EUR``, ``spent_p80_EUR_low``, ``cumulative_p50_EUR``,
        ``planned_EUR`` and so on; ``start`` is the first day of the period. The index name says which money.
        """
        import pandas as pd

        rows = [self._row(period, project, money) for period in self.periods]
        starts = pd.DatetimeIndex(self.edges[:-1].astype("datetime64[m]").astype("datetime64[us]"))
        index = pd.Index(self.periods, name=f"{self.by}, {MONEY[self._money(money)]}")
        frame = pd.DataFrame(rows, index=index)
        frame.insert(0, "start", starts)
        frame.insert(1, money_column("planned", self.trials), self.planned(project, money))
        return frame

    def by_project(self, money: Money | None = None) -> pd.DataFrame:
        """Return one row a period, one column a project: the mean of what it spends; columns add up to the program."""
        import pandas as pd

        columns = {name or "no project": self.cents(name, money) for name in self.projects}
        means = {money_column(name, self.trials): _means(cents) for name, cents in columns.items()}
        program = {money_column("program", self.trials): _means(self.cents(None, money))}
        return pd.DataFrame({**means, **program}, index=pd.Index(self.periods, name=self.by))

    def funding_frame(self) -> pd.DataFrame:
        """Return one row a fiscal year: released, available, the chance of a breach, and how large it is."""
        import pandas as pd

        columns = [money_column(name, self.trials) for name in ("released", "available")]
        rows = []
        for year in self.funding:
            told: dict[str, float | None] = {columns[0]: year.released, columns[1]: year.available}
            told |= interval_columns("breach", year.breach)
            for p in (0.50, 0.80):
                told |= _columns(f"short_{level_name(p).lower()}", figure(year.short, p), self.trials)
            rows.append(told)
        return pd.DataFrame(rows, index=pd.Index([year.year for year in self.funding], name="fiscal_year"))

    def _row(self, period: str, project: str | None, money: Money | None) -> dict[str, float | None]:
        told: dict[str, float | None] = {}
        pairs = (("spent", self.spent), ("cumulative", self.cumulative))
        for name, forecast in ((name, ask(period, project, money)) for name, ask in pairs):
            told |= _columns(f"{name}_mean", figure(forecast, None), self.trials)
            for p in LEVELS:
                told |= _columns(f"{name}_{level_name(p).lower()}", figure(forecast, p), self.trials)
        return told

    def _money(self, money: Money | None) -> Money:
        if money is not None:
            check_word("money", money, tuple(MONEY))
        return money or self.money

    def _places(self, project: str | None, money: Money | None, phased: Phased) -> Cents:
        """Return int64[periods as phased, n] of the program or of one place."""
        view = {"constant": phased.constant, "then-year": phased.then_year, "paid": phased.paid}[self._money(money)]
        if project is None:
            whole: Cents = view.sum(axis=0)
            return whole
        if project not in phased.places:
            known = ", ".join(phased.places[1:])
            told = joined(nearest(project, phased.places), f"known: {known}")
            raise ArgumentError(f"there is no project {project!r}{told}")
        place: Cents = view[phased.places.index(project)]
        return place

    def _gathered(self, fine: Cents) -> Cents:
        """Return finer periods as those asked for; the first and last take what lies outside."""
        starts = np.searchsorted(self.phased.edges, self.edges[:-1])
        starts[0] = 0
        gathered: Cents = np.add.reduceat(fine, starts, axis=0)
        return gathered

    def _plan(self, money: Money, project: str | None) -> Cents:
        assert self.phased.plan is not None
        return self._gathered(self._places(project, money, self.phased.plan))[:, 0]

    def _place(self, period: str) -> int:
        if period not in self.periods:
            known = f"there are {self.periods[0]} to {self.periods[-1]}"
            raise ArgumentError(f"there is no {self.by} {period!r}{joined(nearest(period, self.periods), known)}")
        return self.periods.index(period)

    def _forecast(self, what: str, cents: Cents, project: str | None, money: Money | None) -> Forecast:
        name = self.trials.program.program if project is None else "No project"
        if project:
            name = name_of(self.trials.program, project)
        label = f"{name} {what}, {MONEY[self._money(money)]}"
        return forecast_of(label, cents, self.trials)

    def figures(self) -> list[Figure]:
        """Return the figures of the card: P80 in all, the peak period, and its P80."""
        peak, total = self.peak(), self.total()
        return [
            (f"P80 {MONEY[self.money]}", total.text(total.quantile(0.80)), True),
            (f"Peak {self.by}", peak.period, True),
            ("Peak P80", peak.amount.text(peak.amount.quantile(0.80)), True),
        ]

    @property
    def _foot(self) -> str:
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"

    def __repr__(self) -> str:
        told = ", ".join(map(figure_text, self.figures()))
        return f"<CashFlow {self.trials.program.program!r} by {self.by}: {told}  ({self._foot})>"

    def _repr_html_(self) -> str:
        return make_card(self.trials.program.program, f"Cash by {self.by}", "", self.figures(), self._foot)


def cash_flow(trials: Trials, by: By = "month", progress: Progress | None = None) -> CashFlow:
    """Return what the program of the trials spends, and pays, by month, quarter or (fiscal) year.

    The iterations are run again, same bits. Raises ArgumentError where no money is spent at all, `by` is no period,
    or the result does not fit in memory.
    """
    check_word("by", by, ("month", "quarter", "year"))
    if not trials.has_cost:
        raise ArgumentError("cash: no money is spent in these trials; give activities a cost (`cost:`)")
    edges = edges_over(trials, by)
    fine = edges
    if trials.program.funding:
        years = edges_by("year", *span(trials), trials.program.fiscal_year_starts)
        fine = np.unique(np.concatenate((edges, years)))
    phased = spending(trials, fine, progress)
    return _trimmed(CashFlow(trials, by, phased, edges))


def _trimmed(flow: CashFlow) -> CashFlow:
    """Return the cash flow without the periods before the first money and after the last."""
    views = [flow.cents(None, money).any(axis=1) | (flow.planned(None, money) != 0) for money in MONEY]
    used = np.flatnonzero(np.any(views, axis=0))
    return CashFlow(flow.trials, flow.by, flow.phased, flow.edges[used[0] : used[-1] + 2]) if used.size else flow


def _columns(name: str, told: Estimate, trials: Trials) -> dict[str, float | None]:
    return interval_columns(money_column(name, trials), told)


def _means(cents: Cents) -> list[float]:
    """Return the mean of every period in currency units; exact sums, so that the columns add up."""
    return [int(row.sum()) / CENTS / row.size for row in cents]
