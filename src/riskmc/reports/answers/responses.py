"""Responses as `riskmc responses` prints them: which pay, what each saves, the plan around them, which to buy.

Eighty columns, readable without colour; every number in it is also in the JSON record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from riskmc.analysis.paired import Difference
from riskmc.analysis.responses import Overlap, ResponseEffect, ResponseFrontier, Responses
from riskmc.forecast.differences import days_apart, money_apart, points_changed, signed_money
from riskmc.forecast.figures import Money, chance, level_name, listed, money_format, shortened
from riskmc.forecast.language import counted, formats, marked, said
from riskmc.reports.answers.frontier import bought_sentence, frontier_sections
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, left_out, rendered, with_interval

NAME_WIDTH, SENTENCE_WIDTH = 40, 60
MOST = 30  # rows of a table
UNCHANGED = marked("unchanged")
STATES = {
    "pre": marked("Before any response"),
    "current": marked("As it is now"),
    "post": marked("With proposed ones"),
}
PAYS = {True: marked("yes"), False: marked("no"), None: marked("unsure")}
READING = marked(
    "Each response: the program with it minus the program without it, the others as they are now, iteration by "
    "iteration; minus is earlier, days have 24 hours. Savings are expected ones, before the response's own cost."
)
_DATES = {True: marked("Proposed: date"), False: marked("Approved: date")}
_MONEY = {True: marked("Proposed: money"), False: marked("Approved: money")}
_MONEY_IN = {True: marked("Proposed: money in {currency}"), False: marked("Approved: money in {currency}")}


def tell_responses(
    found: Responses, frontier: ResponseFrontier | None = None, width: int = WIDTH, colour: bool = False
) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    opening = [responses_sentence(found, frontier)]
    return rendered(opening, _sections(found, frontier), width, colour)


def _sections(found: Responses, frontier: ResponseFrontier | None) -> Iterator[Section]:
    yield from responses_sections(found, frontier)
    yield remarks.conditions(found.trials)
    yield remarks.provenance(found.trials)


def responses_sections(found: Responses, frontier: ResponseFrontier | None) -> Iterator[Section]:
    """Yield what each response saves and costs, the plan around them, which to buy, and how to read that."""
    for proposed, effects in _by_status(found):
        yield _dates(found, said(_DATES[proposed]), effects)
        if found.trials.has_cost or any(effect.cost for effect in effects):
            yield _money(found, proposed, effects)
    yield _undecided(found)
    yield from _states(found)
    yield _overlaps(found)
    if frontier is not None:
        yield from frontier_sections(frontier)
    yield Section(notes=[_reading(found)])


# ------------------------------------------------------------------------------ the answer in a sentence


def responses_sentence(found: Responses, frontier: ResponseFrontier | None) -> str:
    """Return how many of the responses pay, and what the best portfolio buys."""
    parts = "; ".join(_count(proposed, effects) for proposed, effects in _by_status(found))
    told = [f"{parts[:1].upper()}{parts[1:]}."]
    if not found.trials.random:
        told.insert(0, said("This is a plan, not a forecast."))
    return " ".join([*told, bought_sentence(frontier)] if frontier is not None else told)


def _count(proposed: bool, effects: Sequence[ResponseEffect]) -> str:
    """Return how many of the proposed or of the approved responses pay, and which."""
    paying = [effect for effect in effects if effect.pays]
    names = listed([shortened(effect.name, SENTENCE_WIDTH) for effect in paying[:3]], len(paying[3:]))
    every = formats().number(len(effects))
    if not paying:
        none = said("of {all} proposed none surely pays", all=every)
        return none if proposed else said("of {all} approved none surely pays", all=every)
    told = {"all": every, "names": names}
    if proposed:
        return counted(
            "of {all} proposed {count} pays: {names}", "of {all} proposed {count} pay: {names}", len(paying), **told
        )
    return counted(
        "of {all} approved {count} pays: {names}", "of {all} approved {count} pay: {names}", len(paying), **told
    )


def _by_status(found: Responses) -> list[tuple[bool, list[ResponseEffect]]]:
    """Return the proposed responses (True), then those that act now, each where there are any."""
    proposed = [effect for effect in found.effects.values() if effect.status == "proposed"]
    acting = [effect for effect in found.effects.values() if effect.status != "proposed"]
    return [(wanted, some) for wanted, some in ((True, proposed), (False, acting)) if some]


# ------------------------------------------------------------------------------ tables


def _dates(found: Responses, heading: str, effects: Sequence[ResponseEffect]) -> Section:
    """Return how far each response moves the finish, and the chance of the program's date."""
    level = level_name(found.percentile)
    columns = [Column(heading, yields=True), *with_interval(level)]
    columns += with_interval(said("Mean"))
    dated = [shift for effect in effects[:1] for shift in effect.change.program_dates[:1]]
    columns += [Column(said("Chance"), right=True)] if dated else []
    rows = [_date_row(found, effect, bool(dated)) for effect in effects[:MOST]]
    notes = [said("Chance: points of {target}.", target=shortened(shift.before.name, NAME_WIDTH)) for shift in dated]
    return Section(columns, rows, [*left_out(len(effects), MOST), *notes])


def _date_row(found: Responses, effect: ResponseEffect, dated: bool) -> Sequence[str]:
    shift = effect.change.finish()
    cells = (
        [(said(UNCHANGED), "")] * 2 if shift.nothing else [_days(shift.quantile(found.percentile)), _days(shift.mean())]
    )
    told = [_points(effect)] if dated else []
    return shortened(effect.name, NAME_WIDTH), *cells[0], *cells[1], *told


def _points(effect: ResponseEffect) -> str:
    return points_changed(effect.change.program_dates[0].difference.value)


def _money(found: Responses, proposed: bool, effects: Sequence[ResponseEffect]) -> Section:
    """Return what each response costs, what it is expected to save, and whether it pays."""
    money = _format(found, effects)
    heading = said(_MONEY[proposed])
    if money.currency:
        heading = said(_MONEY_IN[proposed], currency=money.currency)
    money = replace(money, currency="")
    columns = [Column(heading, yields=True), Column(said("Costs"), right=True), Column(said("Saves"), right=True)]
    columns += [] if found.cost_of_delay is None else [Column(said("Days worth"), right=True)]
    columns += [*with_interval(said("Net")), Column(said("Pays"))]
    return Section(columns, [_money_row(effect, money) for effect in effects[:MOST]], left_out(len(effects), MOST))


def _format(found: Responses, effects: Sequence[ResponseEffect]) -> Money:
    """Return the one format in which the amounts of a table are told."""
    amounts = [abs(amount) for e in effects for amount in (e.cost, e.net.value, e.money.mean().value)]
    smallest = min((amount for amount in amounts if amount), default=0.0)
    return money_format(found.trials.currency, max(amounts), 5 * smallest)


def _money_row(effect: ResponseEffect, money: Money) -> Sequence[str]:
    worth = [] if effect.value_of_days is None else [money(effect.value_of_days.value)]
    net = signed_money(effect.net.value, money), money_apart("", *effect.net.parts)[1]
    free = said("planned") if effect.status == "in_plan" else said("nothing")
    costs = money(effect.cost) if effect.cost else free
    saves = money(effect.money.mean().value)
    return shortened(effect.name, NAME_WIDTH), costs, saves, *worth, *net, _pays(effect)


def _pays(effect: ResponseEffect) -> str:
    return said("no effect") if effect.changes_nothing else said(PAYS[effect.pays])


def _undecided(found: Responses) -> Section:
    """Return what a day must be worth for responses to pay that do not by the money they save."""
    lines = []
    for effect in found.effects.values():
        if effect.breaks_even_at is not None and effect.pays is not True:
            worth = money_format(found.trials.currency, effect.breaks_even_at)(effect.breaks_even_at)
            name = shortened(effect.name, SENTENCE_WIDTH)
            lines.append(said("{name} pays where a day is worth more than {worth}.", name=name, worth=worth))
    return Section(notes=[" ".join(lines[:MOST])] if lines else [])


def _states(found: Responses) -> Iterator[Section]:
    """Yield finish, then cost, before any response, as it is now, and with the proposed ones."""
    yield _plan_dates(found)
    if found.trials.has_cost:
        yield _plan_money(found)


def _plan_dates(found: Responses) -> Section:
    """Return percentiles of the finish in every state, how far the committed one lies from now, and the chance."""
    dated = found.state_change("current").program_dates[:1]
    columns = [Column(said("The plan: date"), yields=True), *_levels(found), *_from_now()]
    columns += [Column(said("Chance"), right=True)] if dated else []
    rows = []
    for name, trials in found.states.items():
        change, finish = found.state_change(name), trials.finish()
        moved = (said(UNCHANGED), "") if change.finish().nothing else _days(change.finish().quantile(found.percentile))
        told = [shift.after.probability for shift in change.program_dates[:1]]
        chances = ["" if probability is None else chance(probability) for probability in told]
        rows.append((said(STATES[name]), *(finish.text(finish.quantile(p)) for p in found.levels), *moved, *chances))
    return Section(columns, rows)


def _plan_money(found: Responses) -> Section:
    """Return percentiles of the cost in every state, and how far the committed one lies from now."""
    columns = [Column(said("The plan: money"), yields=True), *_levels(found), *_from_now()]
    rows = []
    for name, trials in found.states.items():
        shift, cost = found.state_change(name).cost(), trials.cost()
        moved = (said(UNCHANGED), "") if shift.nothing else _amounts(found, shift.quantile(found.percentile))
        rows.append((said(STATES[name]), *(cost.text(cost.quantile(p)) for p in found.levels), *moved))
    return Section(columns, rows)


def _levels(found: Responses) -> list[Column]:
    return [Column(level_name(p), right=True) for p in found.levels]


def _from_now() -> list[Column]:
    return [*with_interval(said("from now"))]


def _overlaps(found: Responses) -> Section:
    """Return what two responses to the same risks save together, and how much of it their sum counts twice."""
    level = level_name(found.percentile)
    columns = [Column(said("Overlap at {level}", level=level), yields=True), Column(said("Alone"), right=True)]
    columns += [Column(said("Together"), right=True), *with_interval(said("Twice"))]
    told = list(found.overlaps[:MOST])
    return Section(columns, [_overlap_row(found, overlap) for overlap in told]) if told else Section()


def _overlap_row(found: Responses, overlap: Overlap) -> Sequence[str]:
    first, second = (shortened(found.effects[name].name, NAME_WIDTH) for name in (overlap.first, overlap.second))
    alone = [overlap.saved(finish, found.percentile).value for finish in (overlap.first_alone, overlap.second_alone)]
    together = overlap.saved(overlap.both, found.percentile)
    sums = said("{names} and {last}", names=_saved(alone[0]), last=_saved(alone[1]))
    return f"{first} + {second}", sums, _saved(together.value), *_days(overlap.counted_twice(found.percentile))


def _saved(days: float) -> str:
    return days_apart(-days, (None, None))[0]


def _days(difference: Difference) -> tuple[str, str]:
    return days_apart(*difference.parts)


def _amounts(found: Responses, difference: Difference) -> tuple[str, str]:
    return money_apart(found.trials.currency, *difference.parts)


# ------------------------------------------------------------------------------ what to know


def _reading(found: Responses) -> str:
    told = [said(READING)]
    if found.cost_of_delay is None:
        told.append(
            said("No cost of delay is said: days have no value here (cost_of_delay in the file, or --cost-of-delay).")
        )
    else:
        worth = money_format(found.trials.currency, found.cost_of_delay)(found.cost_of_delay)
        told.append(
            said("A day is worth {worth}: what delay costs besides the time-dependent costs of the plan.", worth=worth)
        )
    if found.trials.random:
        told.append(said(remarks.SIMULATION_ERROR))
    return " ".join(told)
