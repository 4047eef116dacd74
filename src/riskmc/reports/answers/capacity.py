"""Capacity as `riskmc capacity` prints it: who waits for which pool, what one more is worth, and who holds up whom.

Eighty columns, readable without colour; every number in it is also in the JSON record.
"""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.analysis.capacity import Capacity, Gain, Order
from riskmc.analysis.capacity.pool import Pool
from riskmc.analysis.sensitivity.estimates import Estimate
from riskmc.forecast import Probability
from riskmc.forecast.differences import days_apart, ends_text, money_apart, signed
from riskmc.forecast.figures import chance, money_format, number, shortened
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, left_out, rendered, with_interval

NAME_WIDTH = 30
MOST_ROWS = 12
LEAST_DAYS = 0.05  # of waiting that print as more than nothing
NOTHING = (
    "Nothing waits: no pool limits the work of this program. Give a resource a `capacity` and let activities use it "
    "(`uses: {testers: 2}`)."
)
_READING = (
    "Waiting: days of 24 hours that activities wait, which belong to the pool that became sufficient last. Busy: share "
    "of its unit-time that was held while it was needed, in its working hours. Chain: iterations whose driving chain "
    "passes through a wait for it, and the days it owns there."
)
_PAIRED = (
    "Paired: the same iterations with the change and without it; minus is earlier. Later: iterations that finish later "
    "with the change; with more units, too: list scheduling allows it (Graham 1969)."
)

_SHORT = "Never done: with one unit less there is work that never has enough of them."
_UNIT_COSTS = "Unit costs: by the cost of the resource, paid for as long as the pool is needed, busy or not."

Row = tuple[str, ...]


def tell_capacity(found: Capacity, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    return rendered([*_opening(found)], _sections(found), width, colour)


def _opening(found: Capacity) -> Iterator[str]:
    if not found.pools:
        yield NOTHING
        return
    top, best = found.ranked[0], found.best
    if not top.mean_waiting.value:
        yield "Nothing waits: there is always enough of every pool."
    else:
        per = f"{chance(top.waits_per_request.value or 0.0)} of its requests wait"
        yield f"Most waiting is for {_name(top)}: {_days(top.mean_waiting)[0]} on average; {per}."
    if best is not None and best.effect is not None:
        finish, ends = days_apart(*best.effect.finish.mean().parts)
        yield f"One unit more of {_name(best.pool)} is worth most: the mean finish moves by {finish} ({ends})."
    if found.misleading and best is not None and found.busiest is not None:
        uses = [chance(pool.mean_utilisation.value or 0.0) for pool in (best.pool, found.busiest)]
        yield (
            f"Utilisation alone misleads: one unit more of {_name(best.pool)}, {uses[0]} busy, is worth most; of "
            f"{_name(found.busiest)}, {uses[1]} busy, less."
        )


def _sections(found: Capacity) -> Iterator[Section]:
    if found.queues is not None and found.queues.censored:
        cut = f"{found.queues.censored:,} iterations ended before their work was done; waits still open are left out."
        yield Section(notes=[f"Warning: {cut}"], warning=True)
    if not found.pools:
        yield from _funding(found)
    else:
        yield _waiting(found)
        yield _use(found)
        yield from _gains(found)
        yield from _bottlenecks(found)
        yield from _projects(found)
        yield from _orders(found)
        yield from _funding(found)
        priced = any(gain.unit_cost is not None for gain in found.gains)
        short = any(gain.effect is None for gain in found.gains)
        told = [*([_PAIRED] if found.gains else []), *([_SHORT] if short else []), *([_UNIT_COSTS] if priced else [])]
        yield Section(notes=[_READING, *told, remarks.SIMULATION_ERROR])
    yield remarks.conditions(found.trials)
    yield remarks.provenance(found.trials)


def _waiting(found: Capacity) -> Section:
    columns = [Column("Waiting for", yields=True), Column("Units", right=True), *with_interval("Mean")]
    columns += [Column(word, right=True) for word in ("P50", "P80", "Requests")] + [Column("Most of all", yields=True)]
    rows = [_waiting_row(found, pool) for pool in found.ranked]
    return Section(columns, rows)


def _waiting_row(found: Capacity, pool: Pool) -> Row:
    levels = [_short(float(pool.waiting.quantile(p))) for p in (0.50, 0.80)]  # type: ignore[arg-type]
    longest = shortened(found.name(pool.waiters[0].path), NAME_WIDTH) if pool.waiters else ""
    share = _share(pool.waits_per_request.value or 0.0)
    units = " – ".join(f"{end:g}" for end in sorted(set(pool.span_of_units)))
    return _name(pool), units, *_days(pool.mean_waiting), *levels, share, longest


def _use(found: Capacity) -> Section:
    columns = [Column("Use", yields=True), *with_interval("Busy"), *with_interval("Chain"), *with_interval("Days")]
    rows = [(_name(pool), *_shares(pool.mean_utilisation), *_chances(pool.criticality), *_days(pool.chain_days))
            for pool in found.ranked]  # fmt: skip
    return Section(columns, rows)


def _gains(found: Capacity) -> Iterator[Section]:
    """Yield what one more and one less unit of each pool is worth, and the staircase of the best additions."""
    if not found.gains:
        return
    priced = any(gain.unit_cost is not None for gain in found.gains)
    money = [Column("Unit costs", right=True)] if priced else []
    columns = [Column("One more, one less", yields=True), *with_interval("Mean finish"), Column("P80", right=True)]
    columns += [Column("Later", right=True), *money]
    rows = [_gain_row(found, gain, priced) for pool in found.ranked for gain in found.gains if gain.pool is pool]
    yield Section(columns, rows, list(_charged(found)))
    if found.steps:
        columns = [Column("Best additions", yields=True), *with_interval("Gains"), *with_interval("In all")]
        yield Section([*columns, *money], list(_steps(found, priced)))


def _gain_row(found: Capacity, gain: Gain, priced: bool) -> Row:
    name = f"{'+1' if gain.change > 0 else '−1'} {_name(gain.pool)}"
    if gain.effect is None:
        return name, "never done", "", "", "", *([""] if priced else [])
    cost = [_money(found, gain.unit_cost, gain.change)] if priced else []
    finish = gain.effect.finish
    later = _later(gain.effect.later)
    return name, *days_apart(*finish.mean().parts), days_apart(*finish.quantile(0.80).parts)[0], later, *cost


def _charged(found: Capacity) -> Iterator[str]:
    """Yield what the units do to the cost that the program is charged, where they move it."""
    for gain in found.gains:
        if gain.effect is None or gain.effect.cost.nothing:
            continue
        moved = gain.effect.cost.mean()
        if moved.told_apart:
            told, ends = money_apart(found.trials.currency, *moved.parts)
            word = "more" if gain.change > 0 else "less"
            yield f"One {word} of {_name(gain.pool)} moves the mean cost by {told} ({ends})."


def _steps(found: Capacity, priced: bool) -> Iterator[Row]:
    for number_, step in enumerate(found.steps, 1):
        gained, total = (days_apart(*effect.finish.mean().parts) for effect in (step.effect, step.total))
        cost = [_money(found, step.unit_cost, 1)] if priced else []
        yield f"{number_}. {_name(step.pool)}", *gained, *total, *cost


def _bottlenecks(found: Capacity) -> Iterator[Section]:
    if not found.bottlenecks:
        return
    columns = [Column(found.by.capitalize()), Column("Bottleneck", yields=True), *with_interval("Waiting")]
    columns += [Column("Of all", right=True), Column("Iterations", right=True)]
    rows = [
        (one.period, _name(one.pool), *_days(one.days), _share(one.share), _later(one.often))
        for one in found.bottlenecks
    ]
    yield Section(columns, rows[:MOST_ROWS], left_out(len(rows), MOST_ROWS))


def _projects(found: Capacity) -> Iterator[Section]:
    """Yield which project waits while which other holds the units; nothing for a single project."""
    held = [row for row in found.hold_ups() if (row[2].value or 0.0) >= LEAST_DAYS]
    if len(found.trials.program.projects) < 2 or not held:
        return
    held.sort(key=lambda row: -(row[2].value or 0.0))
    columns = [Column("Waits", yields=True), Column("while units are held by", yields=True), *with_interval("Mean")]
    rows = [
        (*(shortened(found.name(name), NAME_WIDTH) for name in row[:2]), *_days(row[2])) for row in held[:MOST_ROWS]
    ]
    yield Section(columns, rows, left_out(len(held), MOST_ROWS))


def _orders(found: Capacity) -> Iterator[Section]:
    if not found.orders:
        return
    columns = [Column("Goes first", yields=True), *with_interval("Its finish"), *with_interval("Program")]
    columns += [Column("Delays most", yields=True)]
    yield Section(columns, [_order_row(found, order) for order in found.orders[:MOST_ROWS]])


def _order_row(found: Capacity, order: Order) -> Row:
    own = days_apart(*order.effect.project_finish(order.project).mean().parts)
    whole = days_apart(*order.effect.finish.mean().parts)
    hurt = ""
    if order.hurt is not None:
        moved = order.effect.project_finish(order.hurt).mean().value
        hurt = f"{shortened(found.name(order.hurt), NAME_WIDTH - 10)} {signed(moved)} d"
    return shortened(found.name(order.project), NAME_WIDTH), *own, *whole, hurt


def _funding(found: Capacity) -> Iterator[Section]:
    if found.funding is None:
        return
    mean, p80 = found.funding.finish.mean(), found.funding.finish.quantile(0.80)
    told = [f"{value} ({ends})" for value, ends in (days_apart(*mean.parts), days_apart(*p80.parts))]
    yield Section(notes=[f"The limit of funding moves the mean finish by {told[0]}, P80 by {told[1]}."])


def _name(pool: Pool) -> str:
    return shortened(pool.name, NAME_WIDTH)


def _short(days: float) -> str:
    return f"{number(days, 25 if days >= 10 else 2.5)} d" if days else "0 d"


def _days(found: Estimate) -> tuple[str, str]:
    """Return days and their interval: ``94 d``, ``93 to 95 d``."""
    value = found.value or 0.0
    spread = 25 if value >= 10 else 2.5
    ends = ends_text((found.low, found.high), lambda end: number(max(end, 0.0), spread), " d")
    return _short(value), ends if value else ""


def _share(share: float) -> str:
    """Return a share that is no chance: nothing is nothing, and all is all."""
    return f"{share:.0%}" if share in (0.0, 1.0) else chance(share)


def _shares(found: Estimate) -> tuple[str, str]:
    return _share(found.value or 0.0), ends_text((found.low, found.high), chance)


def _chances(found: Probability) -> tuple[str, str]:
    return _later(found), ends_text((found.low, found.high), chance)


def _later(found: Probability) -> str:
    return "never" if found.value == 0 else "always" if found.value == 1 else chance(found)


def _money(found: Capacity, cost: Estimate | None, change: int) -> str:
    if cost is None or cost.value is None:
        return ""
    return money_format(found.trials.currency, cost.value)(change * cost.value)
