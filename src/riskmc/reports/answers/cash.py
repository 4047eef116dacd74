"""Cash as `riskmc cash` prints it: when most is spent, bands by period and cumulative, escalation, funding, payments.

Eighty columns, readable without colour; every number in it is also in the JSON record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import floor, log10

import numpy as np

from riskmc.analysis.cash import CashFlow, Peak
from riskmc.analysis.cash.flow import MONEY, Money
from riskmc.forecast import Forecast
from riskmc.forecast.figures import Money as Format
from riskmc.forecast.figures import chance, level_name, money_format, shortened
from riskmc.forecast.language import counted, marked, said
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, aside, interval_heading, left_out, rendered
from riskmc.simulation.periods import period_text
from riskmc.simulation.phasing import NO_PROJECT
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import CENTS

MOST_PERIODS = 40
MOST_PROJECTS = 20
NAME_WIDTH = 32
UNENFORCED = marked(
    "Funding is not enforced: no date waits for money. A year is breached where all that was paid since the first "
    "funded year exceeds all that was released; what is not spent is carried over."
)
_BY = {
    "spent": {
        "month": marked("Spent by month"), "quarter": marked("Spent by quarter"), "year": marked("Spent by year"),
    },
    "paid": {
        "month": marked("Paid by month"), "quarter": marked("Paid by quarter"), "year": marked("Paid by year"),
    },
}  # fmt: skip
_MOST_IN = {
    "month": marked("Most in a month"), "quarter": marked("Most in a quarter"), "year": marked("Most in a year"),
}  # fmt: skip
_PEAK = {
    "month": marked(
        "The month that takes most is {period}; the most that one month takes, whichever it is, is {amount} at P80."
    ),
    "quarter": marked(
        "The quarter that takes most is {period}; the most that one quarter takes, whichever it is, is {amount} at P80."
    ),
    "year": marked(
        "The year that takes most is {period}; the most that one year takes, whichever it is, is {amount} at P80."
    ),
}


def tell_cash(flow: CashFlow, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    return rendered([" ".join(cash_sentences(flow))], _sections(flow), width, colour)


def cash_sentences(flow: CashFlow) -> Iterator[str]:
    """Yield what is spent in all, in which period most of it, and how far the funding reaches."""
    name, money = shortened(flow.trials.program.program, NAME_WIDTH), said(MONEY[flow.money])
    total, peak = flow.total(), flow.peak()
    if not flow.random:
        yield said(
            "{name} is planned to spend {amount} in {money}, {most} of it in {period}.",
            name=name, amount=total.text(total.quantile(0.5)), money=money,
            most=total.text(peak.amount.quantile(0.5)), period=period_text(peak.period),
        )  # fmt: skip
        yield said("This is a plan, not a forecast: nothing in it is random.")
        return
    p80 = total.text(total.quantile(0.8))
    yield said("{name} spends {amount} at P80 in {money}.", name=name, amount=p80, money=money)
    yield said(_PEAK[flow.by], period=_sure(peak), amount=_top(peak))
    worst = flow.scarcest
    if worst is not None:
        yield said(
            "The funding of {year} runs out with a chance of {chance}.", year=worst.name, chance=chance(worst.breach)
        )


def _sure(peak: Peak) -> str:
    """Return the period that is the peak, and how often it is, where that is not always."""
    found = peak.chances[peak.period]
    period = period_text(peak.period)
    if found.value == 1:
        return period
    return said("{period} ({chance} of iterations)", period=period, chance=chance(found))


def _top(peak: Peak) -> str:
    return peak.amount.text(peak.amount.quantile(0.80))


def _sections(flow: CashFlow) -> Iterator[Section]:
    yield from cash_sections(flow)
    yield remarks.conditions(replace(flow.trials, notes=flow.notes))
    yield remarks.provenance(flow.trials)


def cash_sections(flow: CashFlow) -> Iterator[Section]:
    """Yield what is spent by period and by project, escalation, funding, and how to read them."""
    spent = _bands(flow, flow.money, "spent")
    yield spent
    if flow.pays_later:
        paid = _bands(flow, "paid", "paid")
        yield from [paid] if paid.rows != spent.rows else []
    yield _projects(flow)
    yield _escalation(flow)
    yield _funding(flow)
    yield Section(notes=[_reading(flow)])


# ------------------------------------------------------------------------------ tables


def _bands(flow: CashFlow, money: Money, word: str) -> Section:
    """Return what is spent, or paid, in each period and by its end."""
    planned, cents = flow.planned(None, money), flow.cents(None, money)
    form = _form(float(np.quantile(cents, 0.8, axis=1).max()) / CENTS, 3)
    whole = _form(float(np.quantile(cents.sum(axis=0), 0.8)) / CENTS, 4)
    columns = [Column(said(_BY[word][flow.by])), Column(said("Plan"), right=True)]
    if flow.random:
        columns += [Column(level_name(p), right=True) for p in (0.1, 0.5, 0.8)]
        columns += [Column(head, right=True) for head in (said("95% of P80"), said("By then P50"), "P80")]
    rows = []
    shown = min(flow.worth_showing(None, money), MOST_PERIODS)
    for period, plan in zip(flow.periods[:shown], planned, strict=False):
        cells = [period_text(period), form(plan)]
        if flow.random:
            spent, so_far = flow.spent(period, None, money), flow.cumulative(period, None, money)
            cells += [form(float(spent.quantile(p))) for p in (0.1, 0.5, 0.8)]  # type: ignore[arg-type]
            cells += [_interval(spent, form), *(whole(float(so_far.quantile(p))) for p in (0.5, 0.8))]  # type: ignore[arg-type]
        rows.append(cells)
    return Section(columns, rows, [_in_money(flow, money), *_left_out(flow, shown)])


def _left_out(flow: CashFlow, shown: int) -> list[str]:
    """Return how many periods at the end are left out; nothing where none is."""
    more = len(flow.periods) - shown
    told = counted(
        "One period after, to {last}, left out",
        "The {count} periods after, to {last}, left out",
        more,
        last=period_text(flow.periods[-1]),
    )
    return [aside(told)] if more else []


def _in_money(flow: CashFlow, money: Money) -> str:
    """Return in which currency and money a table is."""
    if not flow.trials.currency:
        return said("In {money}.", money=said(MONEY[money]))
    return said("In {currency}, {money}.", currency=flow.trials.currency, money=said(MONEY[money]))


def _form(size: float, digits: int) -> Format:
    """Return how the amounts of a table are written, the largest in so many digits; the currency stands below it."""
    form = money_format("", size)
    if form.scale == 1:
        return form
    return replace(form, decimals=max(0, digits - 1 - floor(log10(max(size, form.scale) / form.scale))))


def _interval(forecast: Forecast, form: Format) -> str:
    low, high = forecast.quantile_interval(0.80)
    return form.range(low, high)  # type: ignore[arg-type]


def _projects(flow: CashFlow) -> Section:
    """Return what each project spends in all, and when most of it."""
    if len(flow.projects) < 2:
        return Section()
    form = _form(float(flow.total().quantile(0.8)), 4)  # type: ignore[arg-type]
    levels: Sequence[float | None] = (None, 0.5, 0.8) if flow.random else (None,)
    heads = [said("Mean") if p is None else level_name(p) for p in levels] if flow.random else [said("Plan")]
    columns = [
        Column(said("Project"), yields=True),
        *(Column(head, right=True) for head in heads),
        Column(said(_MOST_IN[flow.by])),
    ]
    rows = [(_project(flow, name), *_of_project(flow, name, levels, form)) for name in flow.projects[:MOST_PROJECTS]]
    return Section(columns, rows, left_out(len(flow.projects), MOST_PROJECTS))


def _project(flow: CashFlow, name: str) -> str:
    return said("No project") if name == NO_PROJECT else shortened(name_of(flow.trials.program, name), NAME_WIDTH)


def _of_project(flow: CashFlow, name: str, levels: Sequence[float | None], form: Format) -> list[str]:
    total, cents = flow.total(name), flow.cents(name)
    figures = [total.mean() if p is None else total.quantile(p) for p in levels]
    means = cents.sum(axis=1)
    return [*(form(float(value)) for value in figures), period_text(flow.periods[int(means.argmax())])]  # type: ignore[arg-type]


def _escalation(flow: CashFlow) -> Section:
    """Return the way from constant to then-year money."""
    told = flow.escalation
    if told is None:
        return Section()
    form = _form(float(told.then_year.quantile(0.8)), 4)  # type: ignore[arg-type]
    columns = [Column(said("From constant to then-year money"), yields=True)]
    columns += [Column(head, right=True) for head in (said("Plan"), said("Mean"), "P50", "P80", said("95% of P80"))]
    rows = []
    for forecast, plan in told.lines():
        figures = (plan, forecast.mean(), forecast.quantile(0.5), forecast.quantile(0.8))
        rows.append((said(forecast.label), *(form(float(v)) for v in figures), _interval(forecast, form)))  # type: ignore[arg-type]
    note = said(
        "Plan and means add up; percentiles do not. Slip-induced: what the prices of later years add to the same work."
    )
    return Section(columns, rows, [note])


def _funding(flow: CashFlow) -> Section:
    """Return the chance that the funding of each fiscal year runs out, and by how much."""
    years = flow.funding
    if not years:
        return Section()
    form = _form(max(year.available for year in years), 4)
    heads = (said("Released"), said("So far"), said("Paid P50"), said("Breach"), interval_heading())
    columns = [Column(said("Funding"), yields=True), *(Column(head, right=True) for head in heads)]
    columns += [Column(said("Short P50"), right=True), Column("P80", right=True)]
    rows = []
    for year in years:
        amounts = [year.released, year.available, year.paid.quantile(0.5)]
        short = [year.short.quantile(p) for p in (0.5, 0.8)]
        ends = said("{low} to {high}", low=chance(year.breach.low), high=chance(year.breach.high))
        cells: list[str] = [form(float(amount)) for amount in amounts]  # type: ignore[arg-type]
        cells += [chance(year.breach), ends, *(form(float(amount)) for amount in short)]  # type: ignore[arg-type]
        rows.append([year.name, *cells])
    return Section(columns, rows, [said(UNENFORCED)])


def _reading(flow: CashFlow) -> str:
    told = [said("Sums over periods and projects are taken in each iteration: a cumulative P80 is no sum of P80s.")]
    if not flow.phased.escalated:
        told.append(said("Constant money: the file has no escalation."))
    if flow.random:
        told.append(said(remarks.SIMULATION_ERROR))
    return " ".join(told)
