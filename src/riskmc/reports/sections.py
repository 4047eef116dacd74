"""Sections of the printed answer: finish and cost at P10 to P90, targets, the critical path, projects, milestones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import isnan

from riskmc.analysis.criticality import most_critical
from riskmc.analysis.targets import JointChance, budget_chances, date_chances, joint_chances
from riskmc.forecast import Forecast, Probability
from riskmc.forecast.figures import DASH, Money, chance, day, day_range, level_name, money_format, shortened, span
from riskmc.forecast.instant import instant_of
from riskmc.reports.layout import Column, Section
from riskmc.reports.opening import has_cost
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import CENTS, Trials

LEVELS = (0.10, 0.50, 0.80, 0.90)
MOST_CRITICAL = 10
MOST_MILESTONES = 30
NAME_WIDTH = 40

Row = Sequence[str]


def outcome(trials: Trials) -> Section:
    """Return finish and cost: percentiles with their simulation intervals, mean, standard deviation and the plan."""
    columns = [Column(""), Column("Finish"), Column("95% interval")]
    halves = [_finish_cells(trials)]
    if has_cost(trials):
        columns += [Column("Cost", right=True), Column("95% interval")]
        halves.append(_cost_cells(trials))
    labels = [*map(level_name, LEVELS), "Mean", "Std dev", "Plan", "With margin"]
    rows = [(label, *(cell for half in halves for cell in half[label])) for label in labels if label in halves[0]]
    return Section(columns, rows, [_outcome_note(trials)])


def _outcome_note(trials: Trials) -> str:
    return (
        f"P80: not exceeded in 80% of {len(trials):,} simulated outcomes. 95% interval: simulation error only; it says "
        "nothing of errors in the plan, the ranges or the risks."
    )


def _finish_cells(trials: Trials) -> dict[str, tuple[str, str]]:
    forecast, plan = trials.finish(), trials.plan
    cells = {level_name(p): (forecast.text(forecast.quantile(p)), _finish_interval(forecast, p)) for p in LEVELS}
    cells |= {"Mean": (forecast.text(forecast.mean()), ""), "Std dev": (span(forecast.sd()), "")}
    cells["Plan"] = _planned_date(forecast, plan.finish)
    if plan.finish_with_margin is not None:
        cells["With margin"] = _planned_date(forecast, plan.finish_with_margin)
    return cells


def _planned_date(forecast: Forecast, minutes: int) -> tuple[str, str]:
    instant = instant_of(minutes)
    return day(instant), f"{chance(forecast.probability(instant))} chance"


def _finish_interval(forecast: Forecast, p: float) -> str:
    low, high = forecast.quantile_interval(p)
    return day_range(_date(low), _date(high))


def _date(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _cost_cells(trials: Trials) -> dict[str, tuple[str, str]]:
    forecast, plan = trials.cost(), trials.plan
    money = money_of(forecast)
    cells = {level_name(p): (_amount(money, forecast.quantile(p)), _cost_interval(money, forecast, p)) for p in LEVELS}
    cells |= {"Mean": (_amount(money, forecast.mean()), ""), "Std dev": (money(forecast.sd()), "")}
    cells["Plan"] = _planned_cost(forecast, money, plan.cost_cents)
    held = plan.cost_cents if plan.cost_with_margin_cents is None else plan.cost_with_margin_cents
    cells["With margin"] = _planned_cost(forecast, money, held)
    return cells


def _planned_cost(forecast: Forecast, money: Money, cents: int) -> tuple[str, str]:
    return money(cents / CENTS), f"{chance(forecast.probability(cents / CENTS))} chance"


def _cost_interval(money: Money, forecast: Forecast, p: float) -> str:
    low, high = forecast.quantile_interval(p)
    return money.range(_number(low), _number(high))


def _amount(money: Money, value: object) -> str:
    number = _number(value)
    return "?" if number is None else money(number)


def _number(value: object) -> float | None:
    return value if isinstance(value, float) else None


def money_of(forecast: Forecast) -> Money:
    """Return the one format in which all amounts of ``forecast`` are told."""
    low, high = (_number(forecast.quantile(p)) or 0.0 for p in (0.10, 0.90))
    return money_format(forecast.unit, max(abs(low), abs(high)), high - low)


def targets(trials: Trials) -> Section:
    """Return the chance of every target, with its interval."""
    money = money_of(trials.cost())
    dates = [(c.name, f"by {day(c.date)}", *_chance(c.probability)) for c in date_chances(trials)]
    budgets = [(c.name, f"within {money(c.amount)}", *_chance(c.probability)) for c in budget_chances(trials)]
    return _when_any(
        [Column("Target", yields=True), Column("Promise"), Column("Chance", right=True), Column("95% interval")],
        [*dates, *budgets],
    )


def together(trials: Trials) -> Section:
    """Return the joint confidence of dates and budgets, and the share that a target wants."""
    money = money_of(trials.cost())
    joint = joint_chances(trials)
    columns = [Column("Date and budget together", yields=True), Column("Chance", right=True), Column("95% interval")]
    rows: list[Row] = [(_both(c, money), *_chance(c.probability), *_wanted(c.wanted)) for c in joint]
    if any(c.wanted is not None for c in joint):
        columns.append(Column("Wanted", right=True))
        rows = [row if len(row) == len(columns) else (*row, "") for row in rows]
    return _when_any(columns, rows)


def _both(joint: JointChance, money: Money) -> str:
    told = f"by {day(joint.date)} and within {money(joint.amount)}"
    return f"{joint.target}: {told}" if joint.target else told


def _wanted(share: float | None) -> tuple[str, ...]:
    return () if share is None else (chance(share),)


def _chance(probability: Probability | None) -> tuple[str, str]:
    if probability is None:
        return "", ""
    low, high = chance(probability.low), chance(probability.high)
    return chance(probability), low if low == high else f"{low} {DASH} {high}"


def critical_path(trials: Trials) -> Section:
    """Return the most critical activities: how often each drives the finish, its mean finish, and its float."""
    rows = [_activity(trials, row) for row in most_critical(trials, MOST_CRITICAL)]
    columns = [Column("Most critical", yields=True), Column("Project", yields=True)]
    columns += [Column("Critical", right=True), Column("Mean finish" if trials.random else "Finish", right=True)]
    columns += [Column("Mean days" if trials.random else "Days", right=True), Column("Float", right=True)]
    if len(trials.project_finish) < 2:
        columns, rows = [columns[0], *columns[2:]], [(row[0], *row[2:]) for row in rows]
    return _when_any(columns, rows, [_critical_note(trials)])


def _critical_note(trials: Trials) -> str:
    if trials.random:
        return "Critical: share of iterations in which it drives the finish. Float: the plan's."
    return "Critical: on a chain of links that drives the finish."


def _activity(trials: Trials, row: int) -> Row:
    told, program = trials.statistics, trials.program
    path = told.paths[row]
    spare = trials.plan.total_float_days.get(path)
    return (
        shortened(name_of(program, path), NAME_WIDTH),
        shortened(name_of(program, program.project_of(path)), NAME_WIDTH),
        chance(told.criticality[row]) if trials.random else "yes",
        "" if isnan(told.mean_finish[row]) else day(instant_of(round(told.mean_finish[row]))),
        _days(told.mean_duration_days[row]).removesuffix(" d"),
        "" if spare is None else _days(spare),
    )


def _days(days: float) -> str:
    return "" if isnan(days) else f"{days:,.0f} d".replace("-0 d", "0 d").replace("-", "\u2212")


def projects(trials: Trials) -> Section:
    """Return P50 and P80 of finish and cost of every project, where there is more than one."""
    columns = [Column("Project", yields=True), Column("Finish P50", right=True), Column("Finish P80", right=True)]
    if has_cost(trials):
        columns += [Column("Cost P50", right=True), Column("Cost P80", right=True)]
    return _when_any(columns, [_project(trials, project) for project in trials.project_finish])


def _project(trials: Trials, project: str) -> Row:
    finish = _p50_p80(trials.finish(project))
    cost = _p50_p80(trials.cost(project)) if has_cost(trials) else ()
    return (shortened(name_of(trials.program, project), NAME_WIDTH), *finish, *cost)


def _p50_p80(forecast: Forecast) -> tuple[str, str]:
    return forecast.text(forecast.quantile(0.50)), forecast.text(forecast.quantile(0.80))


def milestones(trials: Trials) -> Section:
    """Return plan, P50 and P80 of the milestones; of a long list the first, the JSON record holds all."""
    columns = [Column("Milestone", yields=True), Column("Plan", right=True)]
    columns += [Column("P50", right=True), Column("P80", right=True)]
    shown = list(trials.milestone_finish)[:MOST_MILESTONES]
    rows = [_milestone(trials, path) for path in shown]
    more = len(trials.milestone_finish) - len(shown)
    return _when_any(columns, rows, [f"and {more:,} more milestones: --json lists them all."] if more else [])


def _milestone(trials: Trials, path: str) -> Row:
    plan = trials.plan.milestone_finish.get(path)
    name = shortened(name_of(trials.program, path), NAME_WIDTH)
    return name, "" if plan is None else day(instant_of(plan)), *_p50_p80(trials.finish(path))


def _when_any(columns: list[Column], rows: Sequence[Row], notes: Sequence[str] = ()) -> Section:
    """Return a section, an empty one where there are no rows."""
    return Section(columns, rows, notes) if rows else Section()
