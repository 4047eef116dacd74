"""Drivers as JSON (`riskmc drivers --json`): every share and every removal effect, in the same bytes (A3, A6).

`docs/method/drivers.md` describes the keys.
"""

from __future__ import annotations

from riskmc.analysis.drivers.order import Removal
from riskmc.analysis.drivers.result import Driver, Drivers
from riskmc.forecast.instant import instant_of
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, interval_if_known, provenance_of
from riskmc.simulation.trials import CENTS


def dumps_drivers(drivers: Drivers) -> str:
    """Return the drivers as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_drivers(drivers), 3)


def compose_drivers(drivers: Drivers) -> Entry:
    """Return everything that drivers say, as plain dictionaries, lists, text and numbers.

    ``finish_days`` and ``cost`` are shares: positive is delay or cost that a risk adds. ``removal_finish_days`` and
    ``removal_cost`` are what is gained without it: positive is earlier or cheaper.
    """
    return {
        **provenance_of(drivers.trials),
        "random": drivers.trials.random,
        "percentile": drivers.percentile,
        "at": drivers.view.place or None,
        "shares": _method(drivers),
        "finish": _levels(drivers, "finish"),
        "cost": _levels(drivers, "cost"),
        "drivers": [_driver(drivers, driver) for driver in drivers.drivers],
        "removal_order": {
            "finish": [_step("finish", step) for step in drivers.finish_order],
            "cost": [_step("cost", step) for step in drivers.cost_order],
        },
    }


def written_level(by: str, level: int) -> str | float:
    """Return a finish as text, a cost as a number."""
    return instant_of(level).isoformat(timespec="minutes") if by == "finish" else level / CENTS


def _method(drivers: Drivers) -> Entry | None:
    if not drivers.shared:
        return None
    return {"method": "sampled orders" if drivers.pairs else "all subsets", "pairs_of_orders": drivers.pairs or None}


def _levels(drivers: Drivers, by: str) -> Entry:
    """Return the percentile with all risks and with none, and how far apart they lie: the sum of the shares."""
    low, high = drivers.levels(by)
    total = drivers.total_days if by == "finish" else drivers.total_cost
    return {
        "value": written_level(by, high),
        "without_risks": written_level(by, low),
        "all_risks": interval_if_known(total),
    }


def _driver(drivers: Drivers, driver: Driver) -> Entry:
    return {
        "id": driver.id,
        "kind": driver.kind,
        "name": driver.name,
        "occurred": driver.occurred,
        "finish_days": interval_if_known(driver.finish_days),
        "cost": interval_if_known(driver.cost),
        "removal_finish_days": interval_if_known(driver.removal_finish_days),
        "removal_cost": interval_if_known(driver.removal_cost),
        **_printed(drivers, driver),
    }


def _printed(drivers: Drivers, driver: Driver) -> Entry:
    """Return the share in the whole days in which it is printed everywhere; they add up."""
    return {"printed_days": None if driver.finish_days is None else drivers.whole_shares("finish")[driver.id]}


def _step(by: str, step: Removal) -> Entry:
    return {
        "risk": step.risk,
        by: written_level(by, step.level),
        "gain": interval_if_known(step.gain),
        "together": interval_if_known(step.together),
    }
