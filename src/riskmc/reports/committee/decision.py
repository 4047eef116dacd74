"""Decision: what a committee is asked, by fixed rules, with what each answer brings and what stays bad with it.

Where a proposal stands (`proposal.propose`), its approval is asked. Else, where a target is more likely missed than the
organisation accepts, a new promise is asked. Else nothing is asked. "Commit" and "fund" are said only where the program
says at which percentile that is done (`confidence:`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from riskmc.analysis.targets import BudgetChance, DateChance, joint_chances, program_budget, program_date
from riskmc.forecast.figures import chance, day, finish_day, level_name, listed, shortened, span, whole_percent
from riskmc.forecast.language import marked, said
from riskmc.reports.committee.material import Material
from riskmc.reports.committee.proposal import Proposal
from riskmc.reports.document.document import Decision
from riskmc.reports.document.opening import commits, gap_text, is_missed, wanted_text
from riskmc.simulation.trials import Trials

NAME_WIDTH, MOST_NAMES = 60, 6
COMMIT, IS = marked("commit to {date} ({level})"), marked("{level} is {date}")
FUND, COSTS = marked("fund {money} ({level})"), marked("{level} of the cost is {money}")


def decision(material: Material) -> Decision | None:
    """Return what is asked of the committee; None where nothing has to be decided."""
    if not material.explained:
        return None
    if material.proposal is not None:
        return _approval(material, material.proposal)
    return _promise(material)


# ------------------------------------------------------------------------------ approve responses


def _approval(material: Material, proposal: Proposal) -> Decision:
    before, after = material.trials, proposal.with_it
    frontier, bought = proposal.frontier, proposal.portfolio.responses
    names = listed(
        [shortened(frontier.named(name), NAME_WIDTH) for name in bought[:MOST_NAMES]], len(bought[MOST_NAMES:])
    )
    spent = frontier.spent_text(proposal.portfolio.spent)
    ask = said("Approve {money} for {names}.", money=spent, names=names)
    if not proposal.portfolio.spent:
        ask = said("Approve {names}, which cost nothing.", names=names)
    level = level_name(material.level)
    reason = said(
        "Of all mixes of the proposed responses this one {reason}.", reason=said(proposal.reason, level=level)
    )
    effects = tuple(_effects(before, after, material.level))
    return Decision(
        said("Decision asked"), f"{ask} {reason}", effects, _remains(after, material.level), _without(material)
    )


def _effects(before: Trials, after: Trials, level: float) -> Iterator[str]:
    """Yield what the proposal does to the date, to the chance of the target, and to the cost, its spend included."""
    yield _moved_date(before, after, level)
    old, new = program_date(before), program_date(after)
    if old is not None and new is not None and old.probability is not None and new.probability is not None:
        first, then = chance(old.probability), chance(new.probability)
        if first != then:
            yield said(
                "The chance of {date} goes from {before} to {after}.", date=day(old.date), before=first, after=then
            )
    yield from _moved_promise(before, after)
    if before.has_cost or after.has_cost:
        yield _moved_cost(before, after, level)


def _moved_promise(before: Trials, after: Trials) -> Iterator[str]:
    """Yield what becomes of the joint promise of the headline: the first that is missed, else the first there is."""
    pairs = [(old, new) for old, new in zip(joint_chances(before), joint_chances(after), strict=True) if old.wanted]
    missed = [(old, new) for old, new in pairs if is_missed(old)]
    for old, new in (missed or pairs)[:1]:
        if old.probability is not None and new.probability is not None and old.wanted is not None:
            yield said(
                "The chance of date and budget together goes from {before} to {after}; {wanted} are wanted.",
                before=chance(old.probability),
                after=chance(new.probability),
                wanted=wanted_text(old.wanted),
            )


def _moved_date(before: Trials, after: Trials, level: float) -> str:
    forecasts = before.finish(), after.finish()
    first, then = (_date(forecast.quantile(level)) for forecast in forecasts)
    days = (finish_day(then, after.start) - finish_day(first, before.start)).days
    texts = {"level": level_name(level), "before": forecasts[0].text(first), "after": forecasts[1].text(then)}
    if not days:
        return said("{level} of the finish stays on {after}.", **texts)
    if days < 0:
        return said("{level} of the finish comes {days} earlier, from {before} to {after}.", days=span(days), **texts)
    return said("{level} of the finish goes {days} later, from {before} to {after}.", days=span(days), **texts)


def _moved_cost(before: Trials, after: Trials, level: float) -> str:
    first, then = (trials.cost().quantile(level) for trials in (before, after))
    assert isinstance(first, float)
    assert isinstance(then, float)
    texts = {"level": level_name(level), "before": before.cost().text(first), "after": before.cost().text(then)}
    if texts["before"] == texts["after"]:
        return said("{level} of the cost stays at {after}, the spend included.", **texts)
    return said("{level} of the cost goes from {before} to {after}, the spend included.", **texts)


def _remains(after: Trials, level: float) -> str:
    """Return what of the promises is still missed with the proposal: the bad news stands inside the question."""
    missed = [*_late(after, level), *_dear(after, level)]
    if not missed:
        return ""
    return said("Even so, {level} misses {what}.", level=level_name(level), what=listed(missed))


def _late(trials: Trials, level: float) -> Iterator[str]:
    target = program_date(trials)
    if target is None:
        return
    late = _days_late(trials, target, level)
    if late > 0:
        yield said("{target} by {days}", target=day(target.date), days=span(late))


def _dear(trials: Trials, level: float) -> Iterator[str]:
    target = program_budget(trials)
    if target is None:
        return
    excess = _excess(trials, target, level)
    if excess > 0:
        forecast = trials.cost()
        yield said("{budget} by {money}", budget=forecast.text(target.amount), money=gap_text(forecast, excess))


def _days_late(trials: Trials, target: DateChance, level: float) -> int:
    forecast = trials.finish()
    return (finish_day(_date(forecast.quantile(level)), forecast.start) - finish_day(target.date)).days


def _excess(trials: Trials, target: BudgetChance, level: float) -> float:
    amount = trials.cost().quantile(level)
    assert isinstance(amount, float)
    return amount - target.amount


def _without(material: Material) -> str:
    """Return what holds if the answer is no."""
    told = _promises(material.trials, material.level)
    return said("Without it: {what}.", what=told) if told else ""


# ------------------------------------------------------------------------------ promise anew


def _promise(material: Material) -> Decision | None:
    """Return the question which date and money to promise, where a target is missed at the committed percentile."""
    trials, level = material.trials, material.level
    missed = [*_late(trials, level), *_dear(trials, level)]
    if not missed:
        return None
    ask = said("{level} misses {what}.", level=level_name(level), what=listed(missed))
    effects = [said("Promise anew: {what}.", what=_promises(trials, level)), *_accepted(trials, level)]
    return Decision(said("Decision asked"), ask, tuple(effects))


def _promises(trials: Trials, level: float) -> str:
    """Return the date and the money of the percentile, as commitments only where the program says so."""
    words = {"level": level_name(level), "date": trials.finish().text(trials.finish().quantile(level))}
    parts = [said(COMMIT if commits(trials) else IS, **words)]
    if trials.has_cost:
        words["money"] = trials.cost().text(trials.cost().quantile(level))
        parts.append(said(FUND if commits(trials) else COSTS, **words))
    return said(" and ").join(parts)


def _accepted(trials: Trials, level: float) -> Iterator[str]:
    """Yield the chances that are accepted where the promises that are missed are kept as they stand."""
    date, budget = program_date(trials), program_budget(trials)
    if date is not None and date.probability is not None and _days_late(trials, date, level) > 0:
        yield said("Or keep {date}, and accept a chance of {chance}.", date=day(date.date), chance=_chance(date))
    if budget is not None and budget.probability is not None and _excess(trials, budget, level) > 0:
        amount = trials.cost().text(budget.amount)
        yield said("Or keep {budget}, and accept a chance of {chance}.", budget=amount, chance=_chance(budget))


def _chance(target: DateChance | BudgetChance) -> str:
    assert target.probability is not None
    told = chance(target.probability)
    return said("{chance} (even)", chance=told) if whole_percent(target.probability) == 50 else told


def _date(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value
