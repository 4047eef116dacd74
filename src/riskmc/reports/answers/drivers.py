"""Drivers as `riskmc drivers` prints them: a sentence first, then shares and removal effects, apart, and the order.

Eighty columns, readable without colour; every number in it is also in the JSON record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskmc.analysis.drivers.order import Removal
from riskmc.analysis.drivers.result import Driver, Drivers, removal_of, share_of
from riskmc.analysis.paired import Difference
from riskmc.forecast.figures import level_name, shortened, span
from riskmc.forecast.language import counted, marked, said
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, left_out, rendered, with_interval
from riskmc.reports.document.opening import headline

TOP = 10
NAME_WIDTH, SAID_WIDTH = 40, 80  # characters of a name in a table, in a sentence
BY = ("finish", "cost")
SHARE = {"finish": marked("Share of delay, not saving"), "cost": marked("Share, not a saving")}
ALONE = {"finish": marked("What each risk does to the finish"), "cost": marked("What each risk does to the cost")}
ORDER = {"finish": marked("Remove first, for the finish"), "cost": marked("Remove first, for the cost")}
READING = f"Minus is earlier or cheaper, days have 24 hours. {remarks.SIMULATION_ERROR}"
OF_RISKS = (
    "Share of the delay, not the saving: how much of it a risk is; shares add up to what all risks add. If gone: what "
    "becomes of {level} without it; these do not add up."
)

Row = Sequence[str]


def tell_drivers(drivers: Drivers, top: int = TOP, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed drivers as text of ``width`` columns, ``top`` rows a table, with colours where asked for."""
    return rendered([drivers_sentence(drivers)], _sections(drivers, top), width, colour)


def _sections(drivers: Drivers, top: int) -> Iterator[Section]:
    yield from drivers_sections(drivers, top)
    yield remarks.conditions(drivers.trials)
    yield remarks.provenance(drivers.trials)


def drivers_sections(drivers: Drivers, top: int = TOP) -> Iterator[Section]:
    """Yield shares and removal effects of the risks, of other sources, the order of removal, and how to read them."""
    trials = drivers.trials
    if trials.random:
        for by in BY if trials.has_cost else BY[:1]:
            yield _risks(drivers, by, top)
        yield _others(drivers, top)
        for by, steps in zip(BY, (drivers.finish_order, drivers.cost_order), strict=True):
            if len(steps) > 1 and (by == "finish" or trials.has_cost):
                yield _order(drivers, by, steps)
        told = f"{OF_RISKS.format(level=level_name(drivers.percentile))} {READING}" if drivers.risks else READING
        yield Section(notes=[*how_shared(drivers), told])


# ------------------------------------------------------------------------------ the answer in a sentence


def drivers_sentence(drivers: Drivers) -> str:
    """Return what drives the date, in a sentence: the risk with the largest share, else what matters most."""
    if not drivers.trials.random:
        return f"{headline(drivers.trials)} Nothing drives it but the plan: nothing is random."
    level, first = level_name(drivers.percentile), next(iter(drivers.risks), None)
    low, high = (drivers.digits("finish").level(at) for at in drivers.levels("finish"))
    if first is None or not any(_moves(drivers, risk, "finish") for risk in drivers.risks):
        return _without_risks(drivers, level)
    if first.finish_days is None or high == low:
        best = max(drivers.risks, key=lambda risk: risk.removal_finish_days.value)
        return f"{_moved(level, low, high)} {_gone(best, level)}."
    part = drivers.whole_shares("finish")[first.id]
    between = f"Of the {_days(high - low)} between {level} without risks and {level}"
    return f"{between}, {_share(first, part)}; gone entirely it would {_effect(first.removal_finish_days, level)}."


def _days(days: int) -> str:
    return f"{span(days)}" if days >= 0 else f"{span(days)} (earlier)"


def _share(risk: Driver, part: int) -> str:
    name = f"'{shortened(risk.name, SAID_WIDTH)}'"
    return f"{name} is {part}" if part >= 0 else f"{name} takes off {-part}"


def _gone(risk: Driver, level: str) -> str:
    return f"'{shortened(risk.name, SAID_WIDTH)}' gone entirely would {_effect(risk.removal_finish_days, level)}"


def _effect(gained: Difference, level: str) -> str:
    """Return ``bring P80 forward by 22 days (19 to 25)``."""
    value, low, high = gained
    if not round(value):
        return f"leave {level} where it is"
    verb = f"bring {level} forward" if value > 0 else f"put {level} back"
    if low is None or high is None:
        return f"{verb} by {span(value)}"
    ends = (low, high) if value > 0 else (-high, -low)
    return f"{verb} by {span(value)} ({round(ends[0])} to {round(ends[1])})".replace("-", "−")


def _moved(level: str, low: int, high: int) -> str:
    if high == low:
        return f"The risks together do not move {level}."
    return f"The risks together move {level} by {span(high - low)} {'later' if high > low else 'earlier'}."


def _without_risks(drivers: Drivers, level: str) -> str:
    """Return what matters most where no risk does."""
    what = "No risk is in the program" if not drivers.risks else f"No risk moves {level} of the finish"
    best = max(drivers.others, key=lambda other: other.removal_finish_days.value, default=None)
    if best is None or best.removal_finish_days.value <= 0:
        return f"{what}."
    return f"{what}; without '{shortened(best.called, SAID_WIDTH)}' {_change(best, level)}."


def _change(other: Driver, level: str) -> str:
    value, low, high = other.removal_finish_days
    ends = "" if low is None or high is None else f" ({round(low)} to {round(high)})".replace("-", "−")
    return f"{level} would be {span(value)} earlier{ends}"


# ------------------------------------------------------------------------------ tables


def _risks(drivers: Drivers, by: str, top: int) -> Section:
    """Return the risks with their shares of the finish or of the cost, and what becomes of it without each."""
    if not drivers.risks:
        return Section()
    if not any(_moves(drivers, risk, by) for risk in drivers.risks):
        return Section(notes=[f"No risk moves {level_name(drivers.percentile)} of the {by}."] if by == "cost" else [])
    heading = said(SHARE[by] if drivers.shared else ALONE[by])
    shared = with_interval(said("Share")) if drivers.shared else []
    columns = [Column(heading, yields=True), *shared, *with_interval(said("If gone"))]
    ranked = sorted(drivers.risks, key=lambda risk: _rank(risk, by))
    rows = [_row(drivers, risk, by) for risk in ranked[:top]]
    rows += [_rest(drivers, ranked[top:], by)] if len(ranked) > top else []
    sums = drivers.total_texts(by) if drivers.shared else ()
    rows.append((said("All risks together"), *sums, *drivers.total_texts(by, gone=True)))
    return Section(columns, rows)


def _moves(drivers: Drivers, risk: Driver, by: str) -> bool:
    return drivers.texts(by, removal_of(risk, by))[0] != "0" or bool((share_of(risk, by) or (0.0,))[0])


def _rank(risk: Driver, by: str) -> tuple[float, float]:
    share = share_of(risk, by)
    return 0.0 if share is None else -abs(share.value), -abs(removal_of(risk, by).value)


def _row(drivers: Drivers, risk: Driver, by: str) -> Row:
    name, gone = shortened(risk.name, NAME_WIDTH), drivers.texts(by, removal_of(risk, by).turned())
    return name, *(drivers.share_texts(risk, by) if drivers.shared else ()), *gone


def _rest(drivers: Drivers, rest: Sequence[Driver], by: str) -> Row:
    """Return the row of the risks that are not shown, so that the printed shares add up."""
    name = counted("{count} more risks", "{count} more risks", len(rest))
    if not drivers.shared:
        return name, "", ""
    shares = drivers.whole_shares(by)
    return name, drivers.digits(by).text(sum(shares[risk.id] for risk in rest)), "", "", ""


def _others(drivers: Drivers, top: int) -> Section:
    """Return what becomes of finish and cost without each source that is no risk."""
    if not drivers.others:
        return Section()
    level, priced = level_name(drivers.percentile), drivers.trials.has_cost
    columns = [Column(said("Without"), yields=True), *with_interval(said("Finish {level}", level=level))]
    columns += with_interval(said("Cost {level}", level=level)) if priced else []
    rows = [
        (
            shortened(other.called, NAME_WIDTH),
            *(cell for by in (BY if priced else BY[:1]) for cell in drivers.texts(by, removal_of(other, by).turned())),
        )
        for other in drivers.others[:top]
    ]
    return Section(columns, rows, left_out(len(drivers.others), top))


def _order(drivers: Drivers, by: str, steps: Sequence[Removal]) -> Section:
    """Return the order in which to remove risks: the best, then the next best, and what is left."""
    level, digits = level_name(drivers.percentile), drivers.digits(by)
    columns = [
        Column(said(ORDER[by]), yields=True),
        Column(said("{level} then", level=level), right=True),
        *with_interval(said("Step")),
        Column(said("Together"), right=True),
    ]
    names = {risk.id: risk.name for risk in drivers.risks}
    rows = [
        (
            f"{place}. {shortened(names[step.risk], NAME_WIDTH)}",
            digits.level_text(step.level),
            *drivers.texts(by, step.gain.turned()),
            drivers.texts(by, step.together.turned())[0],
        )
        for place, step in enumerate(steps, 1)
    ]
    return Section(columns, rows)


def how_shared(drivers: Drivers) -> list[str]:
    """Return how the shares were found, where that is not exactly."""
    if not drivers.pairs:
        return []
    n = len(drivers.risks)
    return [
        f"Shares of {n} risks from {2 * drivers.pairs} random orders in which they join; their intervals hold the "
        "error of the orders too."
    ]
