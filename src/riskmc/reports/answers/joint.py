"""Joint confidence as `riskmc joint` prints it: the chance of date and budget together first, then what it needs.

Eighty columns, readable without colour; every number in it is also in the JSON record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from riskmc.analysis.joint_curves import NO_EXCHANGE, Commitment, JointCurves
from riskmc.analysis.joint_needs import Needed
from riskmc.forecast import Forecast, Probability, Value
from riskmc.forecast.figures import DASH, chance, day, day_range, shortened
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered, with_interval
from riskmc.reports.document.sections import money_of

NAME_WIDTH = 40

Row = Sequence[str]


def tell_joint(
    curves: JointCurves,
    finish: object = None,
    budget: float | str | None = None,
    width: int = WIDTH,
    colour: bool = False,
) -> str:
    """Return the printed joint confidence as text of ``width`` columns; of the date and budget given, or approved."""
    date, amount = curves.pair(finish, budget)
    return rendered([_opening(curves, date, amount)], _sections(curves, date, amount), width, colour)


def _opening(curves: JointCurves, date: datetime | None, amount: float | None) -> str:
    """Return the chance of date and budget together, beside that of each alone."""
    money = money_of(curves.cost)
    if date is None or amount is None:
        level = curves.levels[-1]
        soonest, cost = curves.balanced(level)
        told = f"{chance(level)} joint confidence takes {day(soonest)} and {money(cost)}"
        missing = " and ".join(word for word, known in (("date", date), ("budget", amount)) if known is None)
        return f"{told}; no {missing} is promised here to judge it by (--finish, --budget, or `targets:` in the file)."
    both = curves.confidence(date, amount)
    alone = f"{chance(curves.finish.probability(date))} and {chance(curves.cost.probability(amount))} alone"
    return f"{_sure(both)} that {day(date)} and {money(amount)} are met together; {alone}."


def _sure(probability: Probability) -> str:
    return f"{chance(probability)} chance ({_interval(probability)})"


def _interval(probability: Probability) -> str:
    low, high = chance(probability.low), chance(probability.high)
    return low if low == high else f"{low} {DASH} {high}"


def _sections(curves: JointCurves, date: datetime | None, amount: float | None) -> Iterator[Section]:
    yield _curves(curves)
    yield _needs(curves, date, amount)
    yield _commitments(curves)
    yield _together(curves)
    yield Section(notes=[*curves.basis(), NO_EXCHANGE, remarks.SIMULATION_ERROR])
    yield remarks.conditions(curves.trials)
    yield remarks.provenance(curves.trials)


def _curves(curves: JointCurves) -> Section:
    """Return three pairs of each curve: the soonest date, equal percentiles, the lowest budget."""
    money = money_of(curves.cost)
    columns = [Column("Together"), Column("Soonest", right=True), Column("with", right=True)]
    columns += [Column("Balanced", right=True), Column("with", right=True)]
    columns += [Column("Lowest", right=True), Column("by", right=True)]
    rows = []
    for level in curves.levels:
        soonest, lowest = curves.ends(level)
        pairs = (soonest, curves.balanced(level))
        cells = [cell for date, cost in pairs for cell in (day(date), money(cost))]
        rows.append((chance(level), *cells, money(lowest[1]), day(lowest[0])))
    return Section(
        columns, rows, ["Balanced: the same percentile of both. Dates and budgets of one row are met equally often."]
    )


def _needs(curves: JointCurves, date: datetime | None, amount: float | None) -> Section:
    """Return the budget that the date needs at each level, and the date that the budget needs."""
    columns, notes = [Column("Needed for")], []
    asked: list[tuple[Forecast, list[Needed]]] = []
    if date is not None:
        columns += with_interval(f"by {day(date)}")
        asked.append((curves.cost, [curves.budget_needed(date, level) for level in curves.levels]))
    if amount is not None:
        columns += with_interval(f"within {money_of(curves.cost)(amount)}")
        asked.append((curves.finish, [curves.finish_needed(amount, level) for level in curves.levels]))
    rows = [
        (chance(level), *(cell for forecast, found in asked for cell in _need(forecast, found[row])))
        for row, level in enumerate(curves.levels)
    ]
    notes = list(dict.fromkeys(f"None: {found.reason}." for _, needs in asked for found in needs if found.reason))
    return Section(columns, rows, notes) if asked else Section()


def _need(forecast: Forecast, needed: Needed) -> tuple[str, str]:
    if needed.value is None:
        return "none", ""
    if isinstance(needed.value, datetime):
        return day(needed.value), day_range(_date(needed.low), _date(needed.high))
    money = money_of(forecast)
    return money(needed.value), money.range(_amount(needed.low), _amount(needed.high))


def _date(value: Value | None) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _amount(value: Value | None) -> float | None:
    return None if isinstance(value, datetime) else value


def _commitments(curves: JointCurves) -> Section:
    """Return the targets that ask for a joint confidence, and whether they have it."""
    columns = [Column("Commitment", yields=True), Column("Promise"), Column("Chance", right=True)]
    columns += [Column("95% interval"), Column("Wanted", right=True), Column("")]
    rows = [_commitment(curves, one) for one in curves.commitments()]
    return Section(columns, rows) if rows else Section()


def _commitment(curves: JointCurves, one: Commitment) -> Row:
    words = {True: "met", False: "missed", None: "not told"}
    promise = f"{day(one.date)}, {money_of(curves.cost)(one.amount)}"
    name = shortened(one.name, NAME_WIDTH)
    return name, promise, chance(one.probability), _interval(one.probability), chance(one.wanted), words[one.met]


def _together(curves: JointCurves) -> Section:
    """Return the chance of all targets together, beside that of each alone."""
    found = curves.together()
    if len(found.alone) < 2:
        return Section()
    columns = [Column("Target", yields=True), Column("Of"), *with_interval("Chance")]
    rows: list[Row] = [
        (shortened(name, NAME_WIDTH), what, chance(met), _interval(met)) for name, what, met in found.alone
    ]
    whole = [("All dates together", "finish", found.dates), ("All dates and budgets together", "both", found.both)]
    rows += [(name, what, chance(met), _interval(met)) for name, what, met in whole if met is not None]
    return Section(columns, rows)
