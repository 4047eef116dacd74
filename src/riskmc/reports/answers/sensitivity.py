"""Sensitivity as `riskmc sensitivity` prints it: activities by schedule sensitivity, merges, shares of the variance."""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.analysis.sensitivity import Sensitivity, VarianceShares
from riskmc.analysis.sensitivity.estimates import Estimate
from riskmc.analysis.sensitivity.indices import Indices
from riskmc.analysis.sensitivity.merges import Merge
from riskmc.analysis.sensitivity.variance import GroupShares
from riskmc.forecast.differences import days_apart, ends_text
from riskmc.forecast.figures import MINUS, chance, iterations_text, shortened, whole_percent
from riskmc.forecast.language import counted
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, left_out, rendered
from riskmc.simulation.place import own_name
from riskmc.simulation.trials import Trials

NAME_WIDTH = 40
TOP = 15
READING = (
    "Critical: share of iterations on a driving chain to the finish. SSI: schedule sensitivity index, critical x "
    "spread of the activity / spread of the program. SI: significance index. Cruciality: rank correlation with the "
    "duration of the program, without its sign. Float: mean total float to the finish, in working days."
)
MERGES = (
    "Delay: how much later paths meet on average than the latest of them is on average (merge bias); it belongs to no "
    "single risk or range."
)
SHARES = (
    "Finish, cost: share of their variance that hangs on this source in any way (total); these add up to 100% or more. "
    "Alone: the share that goes if this were known, and nothing else (first order)."
)


def tell_sensitivity(
    found: Sensitivity,
    variance: VarianceShares | None = None,
    top: int = TOP,
    width: int = WIDTH,
    colour: bool = False,
) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    return rendered([_sentence(found)], _sections(found, variance, top), width, colour)


def _sentence(found: Sensitivity) -> str:
    trials = found.trials
    if not trials.random:
        return "Nothing moves the finish: this is a plan, not a forecast; nothing in it is random."
    first = next(iter(_varying(found)), None)
    if first is None:
        return f"Nothing that lasts moves the finish: it is the same in all {iterations_text(len(trials))}."
    share, index = chance(first.criticality), first.schedule_sensitivity.value or 0.0
    name = shortened(own_name(trials.program, first.path), NAME_WIDTH)
    return (
        f"The finish hangs most on {name}: critical in {share} of {iterations_text(len(trials))}, schedule "
        f"sensitivity index {index:.2f}."
    )


def _varying(found: Sensitivity) -> list[Indices]:
    return [one for one in found.ranked if one.schedule_sensitivity.value]


def _sections(found: Sensitivity, variance: VarianceShares | None, top: int) -> Iterator[Section]:
    if found.trials.random:
        yield _activities(found, top)
        yield _merges(found, top)
        if variance is not None:
            yield _shares(variance, top)
        yield Section(notes=[remarks.SIMULATION_ERROR])
    yield remarks.conditions(found.trials)
    yield remarks.provenance(found.trials)


def _activities(found: Sensitivity, top: int) -> Section:
    told = _varying(found)
    heads = [("Critical", True), ("SSI", True), ("95% interval", False), ("SI", True), ("Cruciality", True)]
    columns = [Column("Activity", yields=True), *(Column(*head) for head in heads), Column("Float", right=True)]
    rows = [_activity(found.trials, one) for one in told[:top]]
    return Section(columns, rows, [*left_out(len(told), top, _more_activities), READING]) if rows else Section()


def _more_activities(count: int) -> str:
    return counted("and {count} more activity", "and {count} more activities", count)


def _more_merges(count: int) -> str:
    return counted("and {count} more merge", "and {count} more merges", count)


def _more_sources(count: int) -> str:
    return counted("and {count} more source", "and {count} more sources", count)


def _activity(trials: Trials, one: Indices) -> tuple[str, ...]:
    name = shortened(own_name(trials.program, one.path), NAME_WIDTH)
    float_days = one.total_float_days.value
    return (
        name,
        chance(one.criticality),
        _index(one.schedule_sensitivity.value),
        _ends(one.schedule_sensitivity),
        _index(one.significance.value),
        _index(one.spearman.magnitude().value),
        "" if float_days is None else f"{float_days:,.0f} d",
    )


def _index(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _ends(estimate: Estimate) -> str:
    return ends_text((estimate.low, estimate.high), "{:.2f}".format)


def _merges(found: Sensitivity, top: int) -> Section:
    heads = [("Delay", True), ("95% interval", False)]
    columns = [Column("Where paths meet", yields=True), *(Column(*head) for head in heads)]
    columns += [Column("Last to arrive", yields=True), Column("Often", right=True)]
    rows = [_merge(found.trials, one) for one in found.merge_points[:top]]
    notes = [*left_out(len(found.merge_points), top, _more_merges), MERGES]
    return Section(columns, rows, notes) if rows else Section()


def _merge(trials: Trials, merge: Merge) -> tuple[str, ...]:
    value = merge.delay_days.value or 0.0
    delay, interval = days_apart(value, (merge.delay_days.low, merge.delay_days.high))
    driver, share = merge.drives[0]
    end = "" if merge.at == "start" else " (finish)"
    names = [shortened(own_name(trials.program, path), NAME_WIDTH) for path in (merge.path, driver)]
    return names[0] + end, delay, interval, names[1], chance(share)


def _shares(found: VarianceShares, top: int) -> Section:
    priced = found.trials.has_cost
    columns = [Column("Variance from", yields=True), *_share_columns("Finish")]
    columns += _share_columns("Cost") if priced else []
    told = [one for one in found.ranked if _counts(one)]
    rows = [(shortened(one.group.label, NAME_WIDTH), *_group(one, priced)) for one in told[:top]]
    return Section(columns, rows, [*left_out(len(told), top, _more_sources), SHARES]) if rows else Section()


def _share_columns(word: str) -> list[Column]:
    return [Column(word, right=True), Column("95%"), Column("Alone", right=True)]


def _counts(one: GroupShares) -> bool:
    """Return whether a group has a share worth a row, of half a percent."""
    return any((shares.total.value or 0.0) >= 0.005 for shares in (one.finish, one.cost))


def _group(one: GroupShares, priced: bool) -> Iterator[str]:
    for shares in (one.finish, one.cost) if priced else (one.finish,):
        low, high = shares.total.low, shares.total.high
        yield _percent(shares.total.value)
        yield "" if low is None or high is None else _percents(_percent(low), _percent(high))
        yield _percent(shares.first.value)


def _percents(low: str, high: str) -> str:
    return low if low == high else f"{low[:-1]} to {high}"


def _percent(share: float | None) -> str:
    """Return a share of the variance in whole percents; below nothing only simulation error can take it."""
    if share is None:
        return ""
    percent = whole_percent(abs(share))
    return f"{MINUS if share < 0 and percent else ''}{percent}%"
