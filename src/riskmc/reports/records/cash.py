"""Cash as JSON (`riskmc cash --json`): `docs/method/cash.md` describes the keys; the same bytes for the same inputs."""

from __future__ import annotations

from riskmc.analysis.cash import CashFlow, FundingYear
from riskmc.analysis.cash.amounts import figure
from riskmc.analysis.cash.flow import LEVELS, Money
from riskmc.forecast import Forecast
from riskmc.forecast.instant import instant_of
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, level_key, provenance_of, share_entry
from riskmc.simulation.phasing import NO_PROJECT
from riskmc.simulation.place import name_of

_CENTS = 2  # digits of an amount


def dumps_cash(flow: CashFlow) -> str:
    """Return the answer as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_cash(flow), 4)


def compose_cash(flow: CashFlow) -> Entry:
    """Return everything that the answer says, as plain dictionaries, lists, text and numbers.

    Amounts are in currency units; ``constant``, ``then_year`` and ``paid`` are the same spending in three moneys,
    the last two null where the program has no escalation, or pays as it spends.
    """
    return {
        **provenance_of(flow.trials),
        "notes": list(flow.notes),
        "random": flow.random,
        "by": flow.by,
        "money": flow.money,
        "periods": [
            {"id": name, "start": _day(int(start)), "end": _day(int(end))}
            for name, start, end in zip(flow.periods, flow.edges[:-1], flow.edges[1:], strict=True)
        ],
        "spending": {**_moneys(flow, None)},
        "projects": {
            name or "no_project": {"name": None if name == NO_PROJECT else name_of(flow.trials.program, name)}
            | _moneys(flow, name)
            for name in flow.projects
        },
        "peak": _peak(flow),
        "escalation": _escalation(flow),
        "funding": [_funded(year) for year in flow.funding],
        "funding_enforced": False,
    }


def _day(minute: int) -> str:
    return instant_of(minute).date().isoformat()


def _moneys(flow: CashFlow, project: str | None) -> Entry:
    views: dict[str, tuple[Money, bool]] = {
        "constant": ("constant", True),
        "then_year": ("then-year", flow.phased.escalated),
        "paid": ("paid", flow.pays_later),
    }
    return {key: _money(flow, project, money) if there else None for key, (money, there) in views.items()}


def _money(flow: CashFlow, project: str | None, money: Money) -> Entry:
    planned = flow.planned(project, money)
    return {
        "total": {"plan": round(float(planned.sum()), _CENTS), **_figures(flow.total(project, money))},
        "periods": [
            {
                "id": period,
                "plan": round(float(plan), _CENTS),
                **_figures(flow.spent(period, project, money)),
                "cumulative": _figures(flow.cumulative(period, project, money)),
            }
            for period, plan in zip(flow.periods, planned, strict=True)
        ],
    }


def _figures(forecast: Forecast) -> Entry:
    levels = {level_key(p): _figure(forecast, p) for p in LEVELS}
    return {"mean": _figure(forecast, None), **levels}


def _figure(forecast: Forecast, p: float | None) -> Entry:
    told = figure(forecast, p)
    return {name: None if value is None else round(value, _CENTS) for name, value in told._asdict().items()}


def _peak(flow: CashFlow) -> Entry:
    found = flow.peak()
    return {
        "id": found.period,
        "amount": _figures(found.amount),
        "chances": {period: share_entry(chance) for period, chance in found.chances.items()},
    }


def _escalation(flow: CashFlow) -> Entry | None:
    if flow.escalation is None:
        return None
    names = ("constant", "on_plan_dates", "slip", "then_year")
    return {
        name: {"plan": round(plan, _CENTS), **_figures(forecast)}
        for name, (forecast, plan) in zip(names, flow.escalation.lines(), strict=True)
    }


def _funded(year: FundingYear) -> Entry:
    return {
        "fiscal_year": year.year,
        "released": round(year.released, _CENTS),
        "available": round(year.available, _CENTS),
        "paid": _figures(year.paid),
        "breach": share_entry(year.breach),
        "short": _figures(year.short),
    }
