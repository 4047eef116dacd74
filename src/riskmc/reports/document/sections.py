"""Sections of the printed answer: finish and cost at P10 to P90, targets, the critical path, projects, milestones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import isnan

from riskmc.analysis.criticality import most_critical
from riskmc.analysis.targets import JointChance, budget_chances, date_chances, joint_chances
from riskmc.forecast import Forecast, Probability
from riskmc.forecast.figures import (
    DASH,
    MINUS,
    Money,
    chance,
    day,
    day_range,
    level_name,
    money_format,
    shortened,
    span,
)
from riskmc.forecast.instant import instant_of
from riskmc.forecast.language import counted, formats, marked, said
from riskmc.forecast.outcome import DATE
from riskmc.forecast.written import Written
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import Column, Section, aside, interval_heading, with_interval
from riskmc.reports.document.opening import has_cost
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import CENTS, Trials

LEVELS = (0.10, 0.50, 0.80, 0.90)
MOST_CRITICAL = 10
MOST_MILESTONES = 30
NAME_WIDTH = 40
SIDE_BY_SIDE, ALONE = 18, 36  # characters of a name that a table of activities shows, beside its project or alone
NO_PROJECT = marked("Program (no project)")
SUMS = marked("Percentiles do not add up: those of the program are not the sums of those of its parts.")
_MEAN, _DEVIATION, _PLAN, _MARGIN = marked("Mean"), marked("Std dev"), marked("Plan"), marked("With margin")

Row = Sequence[str]


def outcome(trials: Trials) -> Section:
    """Return finish and cost: percentiles with their simulation intervals, mean, standard deviation and the plan."""
    columns = [Column(""), Column(said("Finish")), Column(interval_heading())]
    halves = [_finish_cells(trials)]
    if has_cost(trials):
        columns += with_interval(said("Cost"))
        halves.append(_cost_cells(trials))
    labels = [*map(level_name, LEVELS), _MEAN, _DEVIATION, _PLAN, _MARGIN]
    rows = [(said(name), *(cell for half in halves for cell in half[name])) for name in labels if name in halves[0]]
    return Section(columns, rows, [_outcome_note(trials)])


def _outcome_note(trials: Trials) -> str:
    told = counted(
        "{level}: not exceeded in {percent} of {count} simulated outcome.",
        "{level}: not exceeded in {percent} of {count} simulated outcomes.",
        len(trials),
        level=level_name(0.80),
        percent=formats().percent("80"),
    )
    return f"{told} {said(remarks.SIMULATION_ERROR)}"


def _finish_cells(trials: Trials) -> dict[str, tuple[str, str]]:
    forecast, plan = trials.finish(), trials.plan
    cells = {level_name(p): (forecast.text(forecast.quantile(p)), interval(forecast, p)) for p in LEVELS}
    cells |= {_MEAN: (forecast.text(forecast.mean()), ""), _DEVIATION: (span(forecast.sd()), "")}
    cells[_PLAN] = _planned_date(forecast, plan.finish)
    if plan.finish_with_margin is not None:
        cells[_MARGIN] = _planned_date(forecast, plan.finish_with_margin)
    return cells


def _planned_date(forecast: Forecast, minutes: int) -> tuple[str, str]:
    instant = instant_of(minutes)
    return forecast.text(instant), said("{chance} chance", chance=chance(forecast.probability(instant)))


def interval(forecast: Forecast, p: float) -> str:
    """Return the 95% simulation interval of a percentile of dates or of money."""
    low, high = forecast.quantile_interval(p)
    if forecast.unit == DATE:
        return day_range(_date(low), _date(high), forecast.start)
    return money_of(forecast).range(_number(low), _number(high))


def _date(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _cost_cells(trials: Trials) -> dict[str, tuple[str, str]]:
    forecast, plan = trials.cost(), trials.plan
    money = money_of(forecast)
    cells = {level_name(p): (_amount(money, forecast.quantile(p)), interval(forecast, p)) for p in LEVELS}
    cells |= {_MEAN: (_amount(money, forecast.mean()), ""), _DEVIATION: (money(forecast.sd()), "")}
    cells[_PLAN] = _planned_cost(forecast, money, plan.cost_cents)
    held = plan.cost_cents if plan.cost_with_margin_cents is None else plan.cost_with_margin_cents
    cells[_MARGIN] = _planned_cost(forecast, money, held)
    return cells


def _planned_cost(forecast: Forecast, money: Money, cents: int) -> tuple[str, str]:
    met = chance(forecast.probability(cents / CENTS))
    return money(cents / CENTS), said("{chance} chance", chance=met)


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
    dates = [(c.name, said("by {date}", date=day(c.date)), *_chance(c.probability)) for c in date_chances(trials)]
    budgets = [
        (c.name, said("within {amount}", amount=money(c.amount)), *_chance(c.probability))
        for c in budget_chances(trials)
    ]
    return _when_any(
        [Column(said("Target"), yields=True), Column(said("Promise")), *with_interval(said("Chance"))],
        [*dates, *budgets],
    )


def together(trials: Trials) -> Section:
    """Return the joint confidence of dates and budgets, and the share that a target wants."""
    money = money_of(trials.cost())
    joint = joint_chances(trials)
    columns = [Column(said("Date and budget together"), yields=True), *with_interval(said("Chance"))]
    rows: list[Row] = [(both(c, money), *_chance(c.probability), *_wanted(c.wanted)) for c in joint]
    if any(c.wanted is not None for c in joint):
        columns.append(Column(said("Wanted"), right=True))
        rows = [row if len(row) == len(columns) else (*row, "") for row in rows]
    return _when_any(columns, rows)


def both(joint: JointChance, money: Money) -> str:
    """Return the date and the amount of a joint target in words, behind the name of a target that has both."""
    told = said("by {date} and within {amount}", date=day(joint.date), amount=money(joint.amount))
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
    chosen, program = most_critical(trials, MOST_CRITICAL), trials.program
    paths = [trials.statistics.paths[row] for row in chosen]
    alone = [path.removeprefix(f"{program.project_of(path)}.") for path in paths]
    codes = alone if len(set(alone)) == len(alone) else paths
    width = ALONE if len(trials.project_finish) < 2 else SIDE_BY_SIDE
    names = told_apart([name_of(program, path) for path in paths], codes, width)
    rows = [(name, *_activity(trials, row)) for name, row in zip(names, chosen, strict=True)]
    finish, days = said("Finish"), said("Days")
    if trials.random:
        finish, days = said("Mean finish"), said("Mean days")
    columns = [Column(said("Most critical"), yields=True), Column(said("Project"), yields=True)]
    columns += [Column(word, right=True) for word in (said("Critical"), finish, days, said("Float"))]
    if len(trials.project_finish) < 2:
        columns, rows = [columns[0], *columns[2:]], [(row[0], *row[2:]) for row in rows]
    return _when_any(columns, rows, [_critical_note(trials)])


def _critical_note(trials: Trials) -> str:
    if trials.random:
        return said("Critical: share of iterations in which it drives the finish. Float: the plan's.")
    return said("Critical: on a chain of links that drives the finish.")


def _activity(trials: Trials, row: int) -> Row:
    told, program = trials.statistics, trials.program
    path = told.paths[row]
    spare = trials.plan.total_float_days.get(path)
    return (
        shortened(name_of(program, program.project_of(path)), NAME_WIDTH),
        chance(told.criticality[row]) if trials.random else said("yes"),
        "" if isnan(told.mean_finish[row]) else trials.day(told.mean_finish[row], path),
        _days(told.mean_duration_days[row]),
        "" if spare is None else Written(said("{days} d", days=_days(spare)), spare, "days"),
    )


def _days(days: float) -> str:
    if isnan(days):
        return ""
    return Written(f"{MINUS if round(days) < 0 else ''}{formats().number(abs(days))}", days, "number")


def projects(trials: Trials) -> Section:
    """Return P50 and P80 of finish and cost of every project, and of the cost that belongs to none."""
    low, high = level_name(0.50), level_name(0.80)
    columns = [Column(said("Project"), yields=True)]
    columns += [Column(said("Finish {level}", level=level), right=True) for level in (low, high)]
    ids = list(trials.project_finish)
    names = told_apart([name_of(trials.program, project) for project in ids], ids)
    if not has_cost(trials):
        return _when_any(columns, [(n, *_p50_p80(trials.finish(p))) for n, p in zip(names, ids, strict=True)])
    columns += [Column(said("Cost {level}", level=level), right=True) for level in (low, high)]
    rows: list[Row] = [
        (name, *_p50_p80(trials.finish(project)), *_p50_p80(trials.cost(project)))
        for name, project in zip(names, ids, strict=True)
    ]
    unassigned = trials.unassigned_cost()
    if unassigned is not None and rows:
        rows.append((said(NO_PROJECT), "", "", *_p50_p80(unassigned)))
    return _when_any(columns, rows, [said(SUMS)] if len(rows) > 1 else [])


def _p50_p80(forecast: Forecast) -> tuple[str, str]:
    return forecast.text(forecast.quantile(0.50)), forecast.text(forecast.quantile(0.80))


def milestones(trials: Trials) -> Section:
    """Return plan, P50 and P80 of the milestones; of a long list the first, the JSON record holds all."""
    columns = [Column(said("Milestone"), yields=True), Column(said("Plan"), right=True)]
    columns += [Column(level_name(p), right=True) for p in (0.50, 0.80)]
    shown = list(trials.milestone_finish)[:MOST_MILESTONES]
    names = told_apart([name_of(trials.program, path) for path in shown], shown)
    rows = [(name, *_milestone(trials, path)) for name, path in zip(names, shown, strict=True)]
    return _when_any(columns, rows, _more_milestones(trials))


def _more_milestones(trials: Trials) -> list[str]:
    more = len(trials.milestone_finish) - MOST_MILESTONES
    if more <= 0:
        return []
    return [aside(counted("and {count} more milestone", "and {count} more milestones", more))]


def _milestone(trials: Trials, path: str) -> Row:
    plan = trials.plan.milestone_finish.get(path)
    return "" if plan is None else trials.day(plan, path), *_p50_p80(trials.finish(path))


def told_apart(names: Sequence[str], paths: Sequence[str], width: int = NAME_WIDTH) -> list[str]:
    """Return names as a table shows them; those that read alike in ``width`` characters with their path in front."""
    cut = [shortened(name, width) for name in names]
    told = [
        f"{path} {name}" if cut.count(short) > 1 and name != path else name
        for name, path, short in zip(names, paths, cut, strict=True)
    ]
    return [shortened(name, NAME_WIDTH) for name in told]


def _when_any(columns: list[Column], rows: Sequence[Row], notes: Sequence[str] = ()) -> Section:
    """Return a section, an empty one where there are no rows."""
    return Section(columns, rows, notes) if rows else Section()
