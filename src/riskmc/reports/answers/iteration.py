"""One iteration as `riskmc iteration` prints it: its finish and cost, what struck, and its critical path in order."""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.forecast.figures import Money, day, money_format, shortened, start_day
from riskmc.forecast.instant import minutes_of
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered
from riskmc.reports.document.sections import NO_PROJECT
from riskmc.simulation.happenings import Tie
from riskmc.simulation.place import own_name
from riskmc.simulation.replays import Iteration
from riskmc.simulation.strike import Strike
from riskmc.simulation.trials import CENTS

NAME_WIDTH = 40
_FEW = 3  # activities named of those that a size acts on
READING = (
    "Days: working days on the activity's calendar. Float: total float to the finish of this iteration; where work "
    "waits for a window of its calendar, what is critical may have some. By: the link that set it, with its lag in "
    "working hours."
)
WAITS = (
    " Float is that of the links: what waits for units, money or an approver may be critical with some. Waits are told "
    "when they end, in days of 24 hours; work in working days."
)
MOST_INCIDENTS = 25


def tell_iteration(found: Iteration, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    return rendered([_sentence(found)], _sections(found), width, colour)


def _sentence(found: Iteration) -> str:
    struck = sum(found.occurred.values())
    risks = f"{struck} of {len(found.occurred)} risks struck" if found.occurred else "there are no risks"
    arrivals = sum(one.risk is not None for one in found.course)
    if arrivals:
        risks = f"{risks}, {arrivals} arrived" if found.occurred else f"{arrivals} risks arrived"
    title = found.title()
    end, day_ = found.trials.again().end_of_calendars, found.day(found.finish)
    endless = found.trials.engine == "discrete-event" and minutes_of(found.finish) >= end
    said = f"did not end, and counts up to the end of the calendars, {day_}" if endless else f"finish {day_}"
    return f"{title[0].upper()}{title[1:]}: {said}{_cost(found, found.cost)}; {risks}."


def _cost(found: Iteration, amount: float) -> str:
    return f", cost {_money(found)(amount)}" if found.trials.has_cost else ""


def _money(found: Iteration) -> Money:
    """Return the one format of the amounts of the iteration: a thousandth of its cost is told."""
    return money_format(found.trials.currency, found.cost, found.cost / 40)


def _sections(found: Iteration) -> Iterator[Section]:
    yield _projects(found)
    yield _struck(found)
    yield _sizes(found, "driver", "Driver")
    yield _chosen(found)
    yield _path(found)
    yield _course(found)
    yield Section(notes=[READING + (WAITS if found.trials.engine == "discrete-event" else "")])
    yield remarks.conditions(found.trials)
    yield _provenance(found)


def _projects(found: Iteration) -> Section:
    if len(found.project_finish) < 2:
        return Section()
    columns = [Column("Project", yields=True), Column("Finish", right=True)]
    columns += [Column("Cost", right=True)] if found.trials.has_cost else []
    rows = []
    for project, finish in found.project_finish.items():
        cost = [_money(found)(found.project_cost[project])] if found.trials.has_cost else []
        rows.append((shortened(found.name(project), NAME_WIDTH), found.day(finish), *cost))
    rest = found.cost - sum(found.project_cost.values())
    if found.trials.has_cost and round(CENTS * rest):
        rows.append((NO_PROJECT, "", _money(found)(rest)))
    return Section(columns, rows)


def _struck(found: Iteration) -> Section:
    """Return the risks that struck, each with the sizes of its impacts."""
    section = _sizes(found, "risk", "Risk that struck")
    told = {strike.source for strike in found.strikes if strike.kind == "risk"}
    silent = [name for name, struck in found.occurred.items() if struck and name not in told]
    rows = [*section.rows, *((_risk(found, name), "no impact here", "") for name in silent)]
    columns = [Column("Risk that struck", yields=True), Column("Size", right=True), Column("On", yields=True)]
    return Section(columns, rows) if rows else Section()


def _sizes(found: Iteration, kind: str, heading: str) -> Section:
    columns = [Column(heading, yields=True), Column("Size", right=True), Column("On", yields=True)]
    rows = [_size(found, strike) for strike in found.strikes if strike.kind == kind]
    return Section(columns, rows) if rows else Section()


def _size(found: Iteration, strike: Strike) -> tuple[str, str, str]:
    return _source(found, strike), _amount(found, strike), _on(found, strike)


def _source(found: Iteration, strike: Strike) -> str:
    if strike.kind == "risk":
        return _risk(found, strike.source)
    driver = found.program.drivers.get(strike.source)
    return shortened((driver.name if driver is not None else None) or strike.source, NAME_WIDTH)


def _risk(found: Iteration, name: str) -> str:
    risk = found.program.risks.get(name)
    return shortened((risk.name if risk is not None else None) or name, NAME_WIDTH)


def _amount(found: Iteration, strike: Strike) -> str:
    if strike.unit == "factor":
        return f"x {strike.size:.2f}"
    if strike.unit == "days":
        return f"{strike.size:+,.1f} d"
    return f"+ {money_format(found.trials.currency, strike.size)(strike.size)}"


def _on(found: Iteration, strike: Strike) -> str:
    """Return whose duration a size acts on, or which cost."""
    if not strike.activities:
        return strike.aspect.replace("_", " ")
    named = [found.name(path) for path in strike.activities[:_FEW]]
    more = [f"{len(strike.activities) - _FEW} more"] if len(strike.activities) > _FEW else []
    return ", ".join([*named, *more])


def _chosen(found: Iteration) -> Section:
    rows = [(name, outcome) for name, outcome in found.choices.items()]
    return Section([Column("Choice", yields=True), Column("Outcome", yields=True)], rows) if rows else Section()


def _path(found: Iteration) -> Section:
    """Return the critical path: dates, working days, float, and the link by which each activity came to it."""
    heads = [("Start", True), ("Finish", True), ("Days", True), ("Float", True)]
    columns = [Column("Critical path", yields=True), *(Column(*head) for head in heads), Column("By")]
    into: dict[str, list[Tie]] = {}
    for tie in found.links:
        into.setdefault(tie.successor, []).append(tie)
    rows = [_step(found, path, into.get(path, [])) for path in found.critical_path]
    return Section(columns, rows) if rows else Section()


def _step(found: Iteration, path: str, ties: list[Tie]) -> tuple[str, ...]:
    one = found.activity[path]
    assert one.start is not None
    assert one.finish is not None
    days, slack = one.duration_days or 0.0, one.total_float_days
    finish = day(one.finish, found.trials.start_at(path))
    start = start_day(one.start) if days else finish
    return (
        shortened(own_name(found.program, path), NAME_WIDTH),
        start,
        finish,
        f"{days:,.1f}",
        "" if slack is None else f"{slack:,.1f}",
        ", ".join(dict.fromkeys(map(_link, ties))),
    )


def _course(found: Iteration) -> Section:
    """Return what happened besides: waits, interruptions, rework, arrivals, and what management did."""
    rows = [(start_day(one.at), one.told) for one in found.course[:MOST_INCIDENTS]]
    more = len(found.course) - len(rows)
    notes = [f"and {more:,} more: --json lists them all."] if more else []
    columns = [Column("Day", right=True), Column("What happened", yields=True)]
    return Section(columns, rows, notes) if rows else Section()


def _link(tie: Tie) -> str:
    return f"{tie.type}{tie.lag_hours:+g}h" if tie.lag_hours else tie.type


def _provenance(found: Iteration) -> Section:
    """Return the line from which this iteration can be made again, to the same bits (A6)."""
    (line,) = remarks.provenance(found.trials).notes
    several = len(found.trials) > 1
    return Section(notes=[f"iteration {found.number}{' of' if several else ','} {line if several else _rest(line)}"])


def _rest(line: str) -> str:
    """Return the line without its first part, how many iterations there are."""
    return line.partition(", ")[2]
