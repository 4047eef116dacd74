"""Capacity as JSON (`riskmc capacity --json`): `docs/method/capacity.md` describes the keys."""

from __future__ import annotations

from riskmc.analysis.capacity import Capacity, Gain, Order, Step
from riskmc.analysis.capacity.gains import Paired
from riskmc.analysis.capacity.pool import Pool
from riskmc.analysis.capacity.result import LEVELS, QUEUE_LEVELS
from riskmc.analysis.comparison_shift import Shift
from riskmc.forecast.instant import instant_of
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import (
    Entry,
    interval,
    level_key,
    plain,
    provenance_of,
    quantile,
    rounded,
    share_entry,
)


def dumps_capacity(found: Capacity) -> str:
    """Return the answer as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_capacity(found), 2)


def compose_capacity(found: Capacity) -> Entry:
    """Return everything that the answer says, as plain dictionaries, lists, text and numbers."""
    best, busiest = found.best, found.busiest
    return {
        **provenance_of(found.trials),
        "by": found.by,
        "censored": 0 if found.queues is None else found.queues.censored,
        "worth_most": None if best is None else best.pool.id,
        "busiest": None if busiest is None else busiest.id,
        "utilisation_misleads": found.misleading,
        "pools": {pool.id: _pool(found, pool) for pool in found.pools},
        "staircase": [_step(step) for step in found.steps],
        "bottlenecks": [
            {"period": one.period, "pool": one.pool.id, "waiting_days": interval(one.days),
             "share_of_waiting": rounded(one.share), "share_of_iterations": share_entry(one.often)}
            for one in found.bottlenecks
        ],
        "held_up": [
            {"waiting": home, "held_by": other, "waiting_days": interval(days)}
            for home, other, days in found.hold_ups()
        ],
        "project_first": {order.project: _order(order) for order in found.orders},
        "funding_limit": None if found.funding is None else _shift(found.funding.finish),
    }  # fmt: skip


def _pool(found: Capacity, pool: Pool) -> Entry:
    return {
        "name": pool.name,
        "units": rounded(pool.units),
        "units_at_least": rounded(pool.span_of_units[0]),
        "units_at_most": rounded(pool.span_of_units[1]),
        "waiting_days": {
            "mean": interval(pool.mean_waiting),
            **{level_key(p): quantile(pool.waiting, p) for p in LEVELS},
        },
        "days_a_request": interval(pool.mean_wait),
        "share_of_requests_that_wait": interval(pool.waits_per_request),
        "share_of_iterations_that_wait": share_entry(pool.chance),
        "utilisation": interval(pool.mean_utilisation),
        "utilisation_percent": {level_key(p): quantile(pool.utilisation, p) for p in LEVELS},
        "criticality": share_entry(pool.criticality),
        "chain_days": interval(pool.chain_days),
        "one_more": _gain(found.gain(pool.id, 1)),
        "one_less": _gain(found.gain(pool.id, -1)),
        "activities": [
            {"activity": one.path, "waiting_days": interval(one.days),
             "share_of_iterations_that_wait": share_entry(one.chance)}
            for one in pool.waiters
        ],
        "periods": [
            {"period": name, "utilisation": interval(pool.mean_utilisation_in(place)),
             "utilisation_percent": {level_key(p): quantile(pool.utilisation_in(place), p) for p in LEVELS},
             "queue": interval(pool.mean_queue_in(place))}
            for place, name in enumerate(found.periods)
        ],
        "queue": list(_fan(pool)),
    }  # fmt: skip


def _fan(pool: Pool) -> list[Entry]:
    """Return the queue at every date, without those at which nothing ever waits."""
    fan = []
    for point, minute in enumerate(pool.queues.points.tolist()):
        forecast = pool.queue_at(point)
        if forecast.ordered[-1] > 0:
            levels = {level_key(p): plain(forecast.quantile(p)) for p in QUEUE_LEVELS}
            fan.append({"date": plain(instant_of(minute)), **levels})
    return fan


def _gain(gain: Gain | None) -> Entry | None:
    if gain is None or gain.effect is None:
        return None
    paid = None if gain.unit_cost is None else interval(gain.unit_cost)
    return {**_effect(gain.effect), "unit_paid_throughout": paid}


def _step(step: Step) -> Entry:
    paid = None if step.unit_cost is None else interval(step.unit_cost)
    total = interval(step.total.finish.mean())
    return {"pool": step.pool.id, **_effect(step.effect), "unit_paid_throughout": paid, "total_finish_days": total}


def _effect(effect: Paired) -> Entry:
    return {
        **_shift(effect.finish),
        "cost_mean": interval(effect.cost.mean()),
        "finishes_later": share_entry(effect.later),
    }


def _shift(shift: Shift) -> Entry:
    return {"finish_days": {"mean": interval(shift.mean()), "p80": interval(shift.quantile(0.80))}}


def _order(order: Order) -> Entry:
    finishes = {name: _shift(order.effect.project_finish(name)) for name in order.effect.before.project_finish}
    return {**_shift(order.effect.finish), "projects": finishes}
