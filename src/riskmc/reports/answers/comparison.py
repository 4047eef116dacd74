"""Comparison as `riskmc compare` prints it: a sentence a scenario first, then P50, P80, targets, projects, milestones.

Eighty columns, readable without colour; every number in it is also in the JSON record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskmc.analysis.comparison import Comparison
from riskmc.analysis.comparison_change import Change
from riskmc.analysis.comparison_shift import ChanceShift, Shift
from riskmc.analysis.targets import BudgetChance, DateChance, JointChance
from riskmc.forecast import Forecast, Probability
from riskmc.forecast.differences import points_apart
from riskmc.forecast.figures import Money, chance, day, iterations_text, level_name, shortened
from riskmc.forecast.language import marked, said
from riskmc.reports.answers.comparison_standings import standings
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, left_out, rendered, with_interval
from riskmc.reports.document.opening import committed, expected
from riskmc.reports.document.plan import kept_targets
from riskmc.reports.document.sections import money_of
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import Trials

MOST_PLACES = 30
NAME_WIDTH = 40
UNCHANGED = marked("unchanged")
_UNCHANGED = {"finish": marked("finish unchanged"), "cost": marked("cost unchanged")}

Row = Sequence[str]


def tell_comparison(comparison: Comparison, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed comparison as text of ``width`` columns, with terminal colours where asked for."""
    opening = [change_sentence(change) for change in comparison.changes.values()]
    return rendered(opening, _sections(comparison), width, colour)


def _sections(comparison: Comparison) -> Iterator[Section]:
    yield from comparison_sections(comparison)
    yield remarks.conditions(comparison.base)
    yield from _remarks(comparison)
    yield _provenance(comparison)


def comparison_sections(comparison: Comparison) -> Iterator[Section]:
    """Yield the program as it stands, what each scenario moves, how they stand, and how to read that."""
    changes = comparison.changes.values()
    yield _base(comparison.base, any(change.has_cost for change in changes))
    for change in changes:
        if not change.nothing:
            yield _outcome(change)
            yield _targets(change)
            yield _together(change)
            yield _places(change)
    yield from standings(comparison)
    yield Section(notes=[_reading(comparison)])


# ------------------------------------------------------------------------------ the answer in a sentence


def change_sentence(change: Change) -> str:
    """Return what a scenario does at the level to which the organisation commits, in one sentence."""
    name, n = shortened(change.name, NAME_WIDTH), iterations_text(len(change.base))
    if change.nothing:
        return said("{name} changes nothing: every finish and every cost is the same in all {iterations}.",
                    name=name, iterations=n)  # fmt: skip
    told = _parts(change)
    if _random(change):
        told = f"{level_name(committed(change.base))} {told}"
    return _with_chance(f"{name}: {told}", change)


def _parts(change: Change) -> str:
    """Return how far finish and cost move, after a comma where the first holds one itself."""
    finish, doubted = _part(change.finish(), change, "finish")
    if not change.has_cost:
        return finish
    cost, unsure = _part(change.cost(), change, "cost")
    if doubted:
        return said("{finish}, and {cost}", finish=finish, cost=cost)
    if unsure:
        return said("{finish}; cost {cost}", finish=finish, cost=cost)
    return said("{finish} and {cost}", finish=finish, cost=cost)


def _part(shift: Shift, change: Change, word: str) -> tuple[str, bool]:
    """Return how far the committed percentile moves, ``−43 d (−45 to −41 d)``, and whether that may be nothing."""
    if shift.nothing:
        return said(_UNCHANGED[word]), False
    difference = shift.quantile(committed(change.base))
    value, interval = shift.texts(difference)
    if not _random(change):
        return value, False
    if difference.low is None or difference.told_apart:
        return f"{value} ({interval})", False
    return said("{value} ({interval}), not told apart from no change", value=value, interval=interval), True


def _with_chance(told: str, change: Change) -> str:
    """Return the sentence with the chance of the program's date, before and after; without where there is no date."""
    shift = next(iter(change.program_dates), None)
    if shift is None or shift.after.probability is None or shift.before.probability is None:
        return f"{told}."
    assert isinstance(shift.after, DateChance)
    before, after = chance(shift.before.probability), chance(shift.after.probability)
    date = day(shift.after.date)
    if before != after:
        return said("{told}; {after} chance of {date} instead of {before}.",
                    told=told, after=after, date=date, before=before)  # fmt: skip
    if shift.before.probability != shift.after.probability:
        return f"{told}."
    return said("{told}; {after} chance of {date}, as before.", told=told, after=after, date=date)


def _random(change: Change) -> bool:
    return change.base.random or change.other.random


# ------------------------------------------------------------------------------ tables


def _base(base: Trials, priced: bool) -> Section:
    """Return finish and cost of the program as it stands."""
    columns = [Column("As it stands"), Column("Finish", right=True)]
    columns += [Column("Cost", right=True)] if priced else []
    forecasts = [base.finish(), base.cost()] if priced else [base.finish()]
    rows = [(label, *(_figure(forecast, p) for forecast in forecasts)) for label, p in _levels(base, base.random)]
    return Section(columns, rows)


def _levels(base: Trials, random: bool) -> list[tuple[str, float | None]]:
    """Return the rows of a table: expected and committed percentile, and the mean (None); a plan has but one row."""
    if not random:
        return [("Plan", None)]
    levels = sorted({expected(base), committed(base)})
    return [*((level_name(p), p) for p in levels), ("Mean", None)]


def _figure(forecast: Forecast, p: float | None) -> str:
    return forecast.text(forecast.mean() if p is None else forecast.quantile(p))


def _outcome(change: Change) -> Section:
    """Return how far finish and cost move, headed with the scenario."""
    columns = [Column(shortened(change.name, NAME_WIDTH), yields=True), *with_interval("Finish")]
    columns += with_interval("Cost") if change.has_cost else []
    shifts = [change.finish(), change.cost()] if change.has_cost else [change.finish()]
    rows = [
        (label, *(cell for shift in shifts for cell in _cells(shift, p)))
        for label, p in _levels(change.base, _random(change))
    ]
    return Section(columns, rows)


def _cells(shift: Shift, p: float | None) -> tuple[str, str]:
    if shift.nothing:
        return UNCHANGED, ""
    return shift.texts(shift.mean() if p is None else shift.quantile(p))


def _targets(change: Change) -> Section:
    """Return the chance of every date and budget, before and after; of plans, whether they are kept."""
    if not _random(change):
        return _kept(change)
    columns = [Column("Target", yields=True), Column("Promise"), *_moved_columns()]
    shifts = [shift for shift in change.chances if shift.outcome != "joint"]
    money = money_of(change.base.cost())
    rows = [(shift.before.name, _promise(shift, money), *_moved(shift)) for shift in shifts]
    return Section(columns, rows) if rows else Section()


def _kept(change: Change) -> Section:
    """Return for every date and budget whether either plan keeps it."""
    then = {name: kept for name, _, kept in kept_targets(change.other)}
    rows = [(name, promise, kept, then.get(name, "")) for name, promise, kept in kept_targets(change.base)]
    columns = [Column("Target", yields=True), Column("Promise"), Column("Now"), Column("Then")]
    return Section(columns, rows) if rows else Section()


def _together(change: Change) -> Section:
    """Return the joint confidence of dates and budgets, before and after; nothing of plans."""
    if not _random(change):
        return Section()
    columns = [Column("Date and budget together", yields=True), *_moved_columns()]
    shifts = [shift for shift in change.chances if shift.outcome == "joint"]
    money = money_of(change.base.cost())
    rows = [(_both(shift, money), *_moved(shift)) for shift in shifts]
    return Section(columns, rows) if rows else Section()


def _moved_columns() -> list[Column]:
    return [Column("Now", right=True), Column("Then", right=True), *with_interval("Difference")]


def _moved(shift: ChanceShift) -> Row:
    before, after = _chance(shift.before.probability), _chance(shift.after.probability)
    if shift.difference == (0, 0, 0):
        return before, after, UNCHANGED, ""
    return before, after, *points_apart(*shift.difference.parts)


def _chance(probability: Probability | None) -> str:
    return "" if probability is None else chance(probability)


def _promise(shift: ChanceShift, money: Money) -> str:
    """Return what is promised; where the scenario changes that, the new promise first."""
    now, then = _words(shift.before, money), _words(shift.after, money)
    return then if now == then else f"{then}, was {now}"


def _words(promise: DateChance | BudgetChance | JointChance, money: Money) -> str:
    if isinstance(promise, DateChance):
        return f"by {day(promise.date)}"
    if isinstance(promise, BudgetChance):
        return f"within {money(promise.amount)}"
    return f"by {day(promise.date)} and within {money(promise.amount)}"


def _both(shift: ChanceShift, money: Money) -> str:
    """Return what is promised together: the name of a target with both, which stand among the targets above."""
    assert isinstance(shift.before, JointChance)
    return shift.before.target or _promise(shift, money)


def _places(change: Change) -> Section:
    """Return how far projects and milestones move at the committed percentile; those that do not are counted."""
    level = level_name(committed(change.base)) if _random(change) else "Plan"
    columns = [Column("Project or milestone", yields=True), *with_interval(f"Finish {level}")]
    columns += with_interval(f"Cost {level}") if change.has_cost else []
    rows = [*(_project(change, project) for project in _several(change.projects)), *_milestones(change)]
    moved = [row for row in rows if set(row[1:]) - {UNCHANGED, ""}]
    notes = [f"Unchanged: {len(rows) - len(moved):,} more."] if moved and len(moved) < len(rows) else []
    notes += left_out(len(moved), MOST_PLACES)
    return Section(columns, moved[:MOST_PLACES], notes) if moved else Section()


def _several(projects: list[str]) -> list[str]:
    return projects if len(projects) > 1 else []


def _project(change: Change, project: str) -> Row:
    p, name = committed(change.base), shortened(name_of(change.base.program, project), NAME_WIDTH)
    cost = _cells(change.cost(project), p) if change.has_cost else ()
    return name, *_cells(change.finish(project), p), *cost


def _milestones(change: Change) -> Iterator[Row]:
    for path in change.milestones:
        name = shortened(name_of(change.base.program, path), NAME_WIDTH)
        cost = ("", "") if change.has_cost else ()
        yield name, *_cells(change.finish(path), committed(change.base)), *cost


# ------------------------------------------------------------------------------ what to know


def _reading(comparison: Comparison) -> str:
    told = (
        "Differences: the scenario minus the program as it stands, iteration by iteration; minus is earlier or cheaper,"
        " days have 24 hours."
    )
    if not any(_random(change) for change in comparison.changes.values()):
        return f"{told} These are plans, not forecasts: nothing in them is random."
    return f"{told} {remarks.SIMULATION_ERROR}"


def _remarks(comparison: Comparison) -> Iterator[Section]:
    """Yield what was relaxed, ignored or noted in a scenario and not in the program as it stands."""
    base = comparison.base
    known = {*base.relaxed, *base.ignored, *base.notes}
    for change in comparison.changes.values():
        other, name = change.other, shortened(change.name, NAME_WIDTH)
        told = [("Relaxed", other.relaxed), ("Ignored", other.ignored), ("Note", other.notes)]
        lines = [f"{word} in {name}: {text}" for word, texts in told for text in texts if text not in known]
        yield Section(notes=lines[: remarks.MOST_SENTENCES])


def _provenance(comparison: Comparison) -> Section:
    """Return the lines from which these numbers can be made again, to the same bits (A6)."""
    (line,) = remarks.provenance(comparison.base).notes
    told = [f"{shortened(key, NAME_WIDTH)} {change.other.hash}" for key, change in comparison.changes.items()]
    return Section(notes=[f"{line}; compared with {', '.join(told)}"])
