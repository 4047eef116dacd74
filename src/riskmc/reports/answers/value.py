"""Value as `riskmc value` prints it: net present value, payback, cost of delay, and what to fund under a budget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from riskmc.analysis.value.delay import DelayCosts
from riskmc.analysis.value.funding import Funding
from riskmc.analysis.value.worth import Value
from riskmc.forecast.figures import chance, money_format, number, shortened
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered, with_interval
from riskmc.simulation.place import name_of

NAME_WIDTH = 40
MOST_PROJECTS = 20


class ValueAnswer(NamedTuple):
    """What was asked: the value, the cost of delay, and the funding where a budget was named."""

    value: Value
    delays: DelayCosts | None = None
    funding: Funding | None = None


def tell_value(answer: ValueAnswer, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    found = answer.value
    return rendered([_sentence(found), *_advice(answer)], _sections(answer), width, colour)


def _sentence(found: Value) -> str:
    """Return what the program is worth, how surely, and when it has paid for itself."""
    npv = found.npv()
    name = shortened(found.trials.program.program, NAME_WIDTH)
    positive = chance(found.chance_positive())
    if not found.trials.random and npv.ordered[0] == npv.ordered[-1]:
        return (
            f"{name} is worth {npv.text(npv.quantile(0.5))}: this is a plan, not a forecast; nothing in it is random."
        )
    told = f"{name} is worth {npv.text(npv.quantile(0.5))} (P50); with 80% it is {npv.text(npv.quantile(0.2))} or more"
    return f"{told}. Chance of a positive return: {positive}. {_payback(found)}"


def _payback(found: Value) -> str:
    """Return when the costs are paid back, "never" included."""
    ever, even = found.chance_of_payback(), found.payback(0.5)
    if even is None:
        return f"Benefits ever pay for the costs in {chance(ever)} of the iterations."
    late = found.payback(0.8)
    p80 = f"P80 {late:%Y}" if late is not None else "P80 never"
    never = "" if ever.value == 1 else f"; never in {chance(1 - ever)}"
    return f"Costs are paid back by {even:%Y} (P50; {p80}{never})."


def _advice(answer: ValueAnswer) -> Iterator[str]:
    """Yield what to do first, and what to fund."""
    funding = answer.funding
    if funding is not None:
        kept = chance(funding.chosen.within_budget)
        told = f"Within {funding.text(funding.budget)}, fund {shortened(funding.names(funding.chosen), 60)}"
        yield f"{told}: expected value {funding.text(funding.chosen.npv)}, {kept} chance to stay within the budget."


def _sections(answer: ValueAnswer) -> Iterator[Section]:
    found = answer.value
    warnings = [f"Warning: {text}." for text in found.warnings]
    yield Section(notes=warnings, warning=True)
    yield _projects(found)
    if answer.delays is not None:
        yield _delays(answer.delays)
    if answer.funding is not None:
        yield _funding(answer.funding)
    yield Section(notes=[_reading(found)])
    yield remarks.conditions(found.trials)
    yield remarks.provenance(found.trials)


def _projects(found: Value) -> Section:
    """Return present values and their net, for the program and each project."""
    columns = [Column("Present value", yields=True), Column("Benefits", right=True), Column("Costs", right=True)]
    columns += [Column(f"Net {level}", right=True) for level in ("P20", "P50", "P80")] + [
        Column("Positive", right=True)
    ]
    names = [None, *(place for place in found.places if place)]
    rows = [_row(found, name) for name in names[: 1 + MOST_PROJECTS]]
    return Section(columns, rows)


def _row(found: Value, project: str | None) -> tuple[str, ...]:
    npv = found.npv(project)
    benefits, costs = (_money(amount) for amount in found.means(project))
    name = "Program" if project is None else shortened(name_of(found.trials.program, project), NAME_WIDTH)
    levels = [_money(float(npv.quantile(p))) for p in (0.2, 0.5, 0.8)]  # type: ignore[arg-type]
    return name, benefits, costs, *levels, chance(found.chance_positive(project))


def _money(amount: float) -> str:
    return money_format("", amount)(amount) if amount else "0"


def _delays(delays: DelayCosts) -> Section:
    """Return what a month's delay of each project costs, in the order in which they go first."""
    columns = [
        Column("Cost of delay", yields=True),
        *with_interval("A month"),
        Column("Months", right=True),
        Column("CD3", right=True),
    ]
    rows = []
    for one in delays.projects[:MOST_PROJECTS]:
        name = shortened(one.name, NAME_WIDTH)
        if one.per_month is None:
            rows.append((name, "begun", "", number(one.months), ""))
            continue
        low, high = one.per_month.low, one.per_month.high
        told = f"{_money(low)} to {_money(high)}" if low is not None and high is not None else "?"
        cd3 = _money(one.cd3) if one.cd3 is not None else ""
        rows.append((name, _money(one.per_month.value), told, number(one.months), cd3))
    reading = (
        "Expected net present value lost by one month's delay of a project alone; minus: the money is better spent "
        "later. CD3: cost of delay over duration; of projects that compete, the highest goes first (Reinertsen 2009)."
    )
    return Section(columns, rows, [reading])


def _funding(funding: Funding) -> Section:
    """Return the sets that no other dominates, the dearest first."""
    columns = [
        Column("Fund", yields=True),
        *with_interval("Mean NPV"),
        Column("Cost P80", right=True),
        Column("In budget", right=True),
    ]
    rows = []
    for one in funding.frontier:
        mark = "* " if one is funding.chosen else ""
        interval = f"{_money(one.npv_low)} to {_money(one.npv_high)}"
        cells = (_money(one.npv), interval, _money(one.cost_p80), chance(one.within_budget))
        rows.append((f"{mark}{shortened(funding.names(one), 60)}", *cells))
    left = len(funding.sets) - len(funding.frontier)
    dropped = f" {left} more are dominated." if left else ""
    return Section(columns, rows, [f"* chosen: highest expected value whose expected cost fits the budget.{dropped}"])


def _reading(found: Value) -> str:
    amount = f" in {found.trials.currency}" if found.trials.currency else ""
    return (
        f"Money{amount} as of {found.at:%Y-%m-%d}, discounted at {found.money}; what was spent before is sunk. "
        "Benefits begin when their activity finishes in the iteration. Payback is not discounted."
    )
