"""Record: the answer as JSON (`--json`), for other programs; the same seed gives the same bytes (R6, A6).

Dates are `YYYY-MM-DDTHH:MM`, money is in currency units. `docs/guide/json.md` describes every key.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import isnan
from typing import TYPE_CHECKING, Any

from riskmc.analysis.targets import (
    BudgetChance,
    DateChance,
    JointChance,
    budget_chances,
    date_chances,
    joint_chances,
)
from riskmc.forecast import Forecast, Value
from riskmc.forecast.instant import DAY_MINUTES, instant_of, minutes_of
from riskmc.reports.records.crosscheck import agreement_entry
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, chance_entry, origin_of, remarks_of
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    from riskmc.analysis.crosscheck import Crosscheck

LEVELS = (*(step / 20 for step in range(1, 20)), 0.99)


def dumps(trials: Trials, crosscheck: Crosscheck | None = None) -> str:
    """Return the record of ``trials`` as JSON text, one activity, project, milestone or figure a line.

    With a ``crosscheck``, which says how far engines and implementations agree, its figures are under that key.

    Nothing in it depends on the clock, the machine or the threads.
    """
    compared = {} if crosscheck is None else {"crosscheck": agreement_entry(crosscheck)}
    return json_text({**compose(trials), **compared}, 2)


def compose(trials: Trials) -> Entry:
    """Return everything that a forecast says, as plain dictionaries, lists, text and numbers."""
    return {
        **_head(trials),
        "finish": _program_finish(trials),
        "cost": _program_cost(trials),
        "joint": [_joint(chance) for chance in joint_chances(trials)],
        "unassigned_cost": _unassigned(trials),
        "projects": {project: _project(trials, project) for project in trials.project_finish},
        "milestones": {path: _milestone(trials, path) for path in trials.milestone_finish},
        "activities": _activities(trials),
        "risks": _risks(trials),
        **_rework(trials),
        **_policies(trials),
        **_tail(trials),
    }


def _risks(trials: Trials) -> list[Entry]:
    """Return how often each risk occurred: the share of the iterations, and of one that arrives the mean number too."""
    sampled: list[Entry] = [{"id": risk, "occurred": share} for risk, share in trials.occurred.items()]
    arriving = trials.arrived.items()
    return sampled + [{"id": risk, "occurred": found.share, "mean_number": found.mean} for risk, found in arriving]


def _rework(trials: Trials) -> Entry:
    """Return what gates and approvals sent back, where there are any."""
    found: list[Entry] = [
        {
            "activity": loop.activity, "kind": loop.kind, "failed": loop.failed, "redos": loop.redos,
            "waived": loop.waived, "redone_days": loop.days,
        }
        for loop in trials.rework
    ]  # fmt: skip
    return {"rework": found} if found else {}


def _policies(trials: Trials) -> Entry:
    """Return what the policies of the file did, where there are any."""
    found: list[Entry] = [
        {
            "id": name, "acted": acts.share, "mean_times": acts.times,
            "mean_first": None if acts.first is None else _iso(acts.first),
        }
        for name, acts in trials.acted.items()
    ]  # fmt: skip
    return {"policies": found} if found else {}


def _head(trials: Trials) -> Entry:
    return {
        **origin_of(trials),
        "money": "constant",
        "start": _iso(trials.start),
        "random": trials.random,
    }


def _tail(trials: Trials) -> Entry:
    coverage = trials.coverage
    return {
        **remarks_of(trials),
        "recomputed": _recomputed(trials),
        "coverage": None if coverage is None else {"work": coverage.work, "driving": coverage.driving},
    }


def _recomputed(trials: Trials) -> Entry | None:
    """Return how many activities of the plan have their stored dates; None where none are stored."""
    found = trials.recomputed
    if found is None:
        return None
    delays = {"activities": len(found.delays), "working_days": round(found.delay_days, 9), "kept": found.kept}
    return {"tool": found.tool, "matched": found.matched, "compared": found.compared, "delays": delays}


def _program_finish(trials: Trials) -> Entry:
    plan = {"deterministic": _minute(trials.plan.finish)}
    if trials.plan.finish_with_margin is not None:
        plan["deterministic_with_margin"] = _minute(trials.plan.finish_with_margin)
    return {**plan, **_finish(trials, None, date_chances(trials))}


def _program_cost(trials: Trials) -> Entry:
    plan: Entry = {"deterministic": trials.plan.cost_cents / CENTS}
    if trials.plan.cost_with_margin_cents is not None:
        plan["deterministic_with_margin"] = trials.plan.cost_with_margin_cents / CENTS
    return {**plan, **_cost(trials, None, budget_chances(trials))}


def _project(trials: Trials, project: str) -> Entry:
    finish, cost = trials.plan.project_finish.get(project), trials.plan.project_cost.get(project)
    return {
        "name": name_of(trials.program, project),
        "finish": {"deterministic": _minute(finish), **_finish(trials, project, date_chances(trials, project))},
        "cost": {
            "deterministic": None if cost is None else cost / CENTS,
            **_cost(trials, project, budget_chances(trials, project)),
        },
    }


def _unassigned(trials: Trials) -> Entry | None:
    """Return the record of the cost that belongs to no project; None where there is none."""
    cost = trials.unassigned_cost()
    if cost is None:
        return None
    return {"deterministic": trials.unassigned_plan_cents / CENTS, **_numbers(trials, cost, _money_value)}


def _milestone(trials: Trials, path: str) -> Entry:
    """Return the record of one milestone; it has no cost of its own, but a target there may name an amount."""
    finish = trials.plan.milestone_finish.get(path)
    amounts = [_target(chance, chance.amount) for chance in budget_chances(trials, path)]
    return {
        "name": name_of(trials.program, path),
        "project": trials.program.project_of(path),
        "finish": {"deterministic": _minute(finish), **_finish(trials, path, date_chances(trials, path))},
        "cost": {"deterministic": None, **_no_numbers(), "targets": amounts},
    }


def _finish(trials: Trials, at: str | None, targets: list[DateChance]) -> Entry:
    dates = trials.finish(at)
    start = minutes_of(trials.start)
    elapsed = Forecast(dates.label, (dates.samples - start) / DAY_MINUTES, "days")
    return {
        **_numbers(trials, dates, _date_value),
        "targets": [_target(chance, _iso(chance.date)) for chance in targets],
        "elapsed_days": _numbers(trials, elapsed, _days_value),
    }


def _cost(trials: Trials, project: str | None, targets: list[BudgetChance]) -> Entry:
    amounts = [_target(chance, chance.amount) for chance in targets]
    return {**_numbers(trials, trials.cost(project), _money_value), "targets": amounts}


def _numbers(trials: Trials, forecast: Forecast, told: Callable[[Value | None], Any]) -> Entry:
    if not trials.random:
        return _no_numbers()
    quantiles = {f"{p:.2f}": _quantile(forecast, p, told) for p in LEVELS}
    return {"mean": told(forecast.mean()), "sd": round(forecast.sd(), 6), "quantiles": quantiles}


def _no_numbers() -> Entry:
    return {"mean": None, "sd": None, "quantiles": None}


def _quantile(forecast: Forecast, p: float, told: Callable[[Value | None], Any]) -> Entry:
    low, high = forecast.quantile_interval(p)
    return {"value": told(forecast.quantile(p)), "low": told(low), "high": told(high)}


def _target(chance: DateChance | BudgetChance, value: Any) -> Entry:
    return {"name": chance.name, "at": chance.at, "value": value, **chance_entry(chance.probability)}


def _joint(chance: JointChance) -> Entry:
    place = {"name": chance.name, "at": chance.at, "wanted": chance.wanted}
    return {**place, "finish": _iso(chance.date), "cost": chance.amount, **chance_entry(chance.probability)}


def _activities(trials: Trials) -> list[Entry]:
    told, nouns = trials.statistics, trials.program.activities()
    columns = (told.criticality, told.mean_start, told.mean_finish, told.mean_duration_days)
    rows = zip(told.paths, *(column.tolist() for column in columns), strict=True)
    return [
        {
            "id": path,
            "project": trials.program.project_of(path),
            "name": nouns[path].name or path,
            "criticality": _number(criticality),
            "mean_start": _minute(start),
            "mean_finish": _minute(finish),
            "mean_duration_days": _number(duration),
            "total_float_days": _number(trials.plan.total_float_days.get(path)),
        }
        for path, criticality, start, finish, duration in rows
    ]


def _iso(instant: datetime) -> str:
    return instant.isoformat(timespec="minutes")


def _minute(minutes: float | None) -> str | None:
    return None if minutes is None or isnan(minutes) else _iso(instant_of(round(minutes)))


def _number(value: float | None) -> float | None:
    return None if value is None or isnan(value) else round(float(value), 9)


def _date_value(value: Value | None) -> str | None:
    return _iso(value) if isinstance(value, datetime) else None


def _money_value(value: Value | None) -> float | None:
    return round(value, 2) if isinstance(value, float) else None


def _days_value(value: Value | None) -> float | None:
    return round(value, 9) if isinstance(value, float) else None
