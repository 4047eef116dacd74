"""Earned value as `riskmc earned-value` prints it: SPI, CPI, EAC, earned schedule, and the simulated P50 and P80."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from riskmc.analysis.earned_value import EarnedValue
from riskmc.analysis.earned_value.result import Status
from riskmc.analysis.shapley import apportioned
from riskmc.forecast import Forecast
from riskmc.forecast.differences import signed
from riskmc.forecast.figures import DASH, Money, day, money_format, number, shortened, start_day
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered
from riskmc.reports.document.sections import NO_PROJECT

NAME_WIDTH = 40
READING = (
    "PV planned, EV earned, AC actual; SPI = EV/PV, CPI = EV/AC, above 1 is good. EAC: the cost at completion if costs "
    "go on as they have (BAC/CPI), as planned (AC+BAC-EV), or both cost and pace go on (both). Earned schedule in days "
    "of 24 hours: the plan earned this much on day ES; SPI(t) = ES / days passed."
)
BESIDE = (
    "An index says what the past would lead to; the simulation what ranges and risks of the rest may. Ask why where "
    "they are far apart."
)

Row = Sequence[str]


def tell_earned_value(found: EarnedValue, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    told = _Told(found)
    return rendered(told.opening(), told.sections(), width, colour)


@dataclass(frozen=True)
class _Told:
    """One earned value, and how its values are printed."""

    found: EarnedValue

    @property
    def priced(self) -> bool:
        """Whether value is money."""
        return self.found.baseline.unit == "money"

    @cached_property
    def money(self) -> Money:
        """How money is printed."""
        budget = self.found.program.value.bac
        return money_format(self.found.trials.currency, budget, budget / 100)

    @property
    def places(self) -> list[Status]:
        """The program, and its projects where there are several."""
        statuses = list(self.found.statuses.values())
        return statuses if len(statuses) > 2 else statuses[:1]

    def text(self, value: float | None) -> str:
        """Return a value in money or in working days; a dash where it is not known."""
        if value is None:
            return DASH
        return self.money(value) if self.priced else f"{number(value, 25)} d"

    # ------------------------------------------------------------------------------ the answer

    def opening(self) -> list[str]:
        """Return where the program stands, and what that leads to beside what the simulation says."""
        program, name = self.found.program, shortened(self.found.program.name, NAME_WIDTH)
        if not self.found.begun:
            return [f"{name} has not started: nothing has been done or spent, so there is nothing to measure."]
        at = "" if program.data_date is None else f" on {start_day(program.data_date)}"
        words = f"SPI {_index(program.value.spi)}, CPI {_index(program.value.cpi)}"
        words += "" if program.timing is None else f", SPI(t) {_index(program.timing.spi_t)}"
        standing = _standing(program)
        return [f"{name}{f' is {standing}' if standing else ''}{at}: {words}.", self._beside(program)]

    def _beside(self, program: Status) -> str:
        by_pace = DASH if program.forecast_finish is None else day(program.forecast_finish)
        told = f"At this pace it finishes on {by_pace}"
        told += f" and costs {self.text(program.value.eac)}" if program.cost is not None else ""
        says = []
        for p, word in ((0.50, "P50"), (0.80, "P80")):
            cost = "" if program.cost is None else f" and {self.text(_amount(program.cost, p))}"
            says.append(f"{program.finish.text(program.finish.quantile(p))}{cost} ({word})")
        return f"{told}; the simulation says {', '.join(says)}." if self.found.trials.random else f"{told}."

    def sections(self) -> Iterator[Section]:
        """Yield the tables, and what to know of them."""
        if self.found.begun:
            yield self._values()
            yield self._estimates()
            yield self._rest()
            yield self._schedule()
            yield Section(notes=[READING, BESIDE] if self.found.trials.random else [READING])
        yield Section(notes=list(self.found.notes))
        yield remarks.conditions(self.found.trials)
        yield remarks.provenance(self.found.trials)

    def _values(self) -> Section:
        words = ("pv", "ev", "ac", "bac")
        columns = [Column("Value", yields=True), *(Column(word.upper(), right=True) for word in words)]
        columns += [Column("SPI", right=True), Column("CPI", right=True)]
        printed = [self._added([getattr(status.value, word) for status in self.places]) for word in words]
        rows = [
            (
                self._name(status),
                *(column[row] for column in printed),
                _index(status.value.spi),
                _index(status.value.cpi),
            )
            for row, status in enumerate(self.places)
        ]
        rest = [column[-1] for column in printed]
        none = [(NO_PROJECT, *rest, "", "")] if len(self.places) > 1 and any(map(_something, rest)) else []
        return Section(columns, [*rows[1:], *none, rows[0]] if len(rows) > 1 else rows)

    def _added(self, values: Sequence[float]) -> list[str]:
        """Return the program's value, the projects' and the rest's, printed so that parts add up to the program's."""
        unit = self.money.scale * 10.0**-self.money.decimals if self.priced else 1.0
        parts = [*values[1:], values[0] - sum(values[1:])] if len(values) > 1 else []
        total = round(values[0] / unit)
        whole = apportioned(np.array(parts) / unit, total).tolist() if parts else []
        return [self.text(steps * unit) for steps in (total, *whole)]

    def _estimates(self) -> Section:
        heads = ("BAC/CPI", "AC+BAC-EV", "Both")
        columns = [Column("EAC", yields=True), *(Column(head, right=True) for head in heads)]
        columns += [Column("Sim. P50", right=True), Column("Sim. P80", right=True)] if self.priced else []
        return Section(columns, [self._estimate(status) for status in self._last_first()])

    def _estimate(self, status: Status) -> Row:
        value = status.value
        told = [self._name(status), *map(self.text, (value.eac, value.eac_as_planned, value.eac_both))]
        if status.cost is None:
            return told
        return [*told, *(self.text(_amount(status.cost, p)) for p in (0.50, 0.80))]

    def _rest(self) -> Section:
        heads = ("ETC", "VAC", "TCPI (BAC)", "TCPI (EAC)")
        columns = [Column("To go", yields=True), *(Column(head, right=True) for head in heads)]
        rows = [
            (
                self._name(s),
                self.text(s.value.etc),
                self.text(s.value.vac),
                _index(s.value.tcpi_bac),
                _index(s.value.tcpi_eac),
            )
            for s in self._last_first()
        ]
        return Section(columns, rows)

    def _schedule(self) -> Section:
        heads = ("ES", "SV(t)", "SPI(t)", "By pace", "Sim. P50", "Sim. P80")
        columns = [Column("Time", yields=True), *(Column(head, right=True) for head in heads)]
        return Section(columns, [self._timing(status) for status in self._last_first()])

    def _timing(self, status: Status) -> Row:
        timing, finish = status.timing, status.finish
        told = [DASH, DASH, DASH]
        if timing is not None:
            told = [f"{timing.es:,.0f} d", f"{signed(timing.sv_t)} d", _index(timing.spi_t)]
        pace = DASH if status.forecast_finish is None else day(status.forecast_finish)
        return [self._name(status), *told, pace, *(finish.text(finish.quantile(p)) for p in (0.50, 0.80))]

    def _last_first(self) -> list[Status]:
        """Return the projects, and the program last."""
        return [*self.places[1:], self.places[0]]

    def _name(self, status: Status) -> str:
        return shortened(status.name, NAME_WIDTH) if status.place else "Program"


def _standing(status: Status) -> str:
    """Return whether a place is behind or ahead, dearer or cheaper, in words; nothing where neither is known."""
    pace = _compared(status.value.spi, "behind the plan", "ahead of the plan", "on plan")
    price = _compared(status.value.cpi, "dearer than planned", "cheaper than planned", "as dear as planned")
    return " and ".join(filter(None, (pace, price)))


def _amount(cost: Forecast, p: float) -> float:
    found = cost.quantile(p)
    assert isinstance(found, float)
    return found


def _compared(index: float | None, below: str, above: str, equal: str) -> str:
    if index is None:
        return ""
    return equal if _index(index) == _index(1.0) else below if index < 1 else above


def _index(value: float | None) -> str:
    return DASH if value is None else f"{value:.2f}"


def _something(text: str) -> bool:
    return any(digit in text for digit in "123456789")
