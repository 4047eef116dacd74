"""Ranges as charts: milestones from P10 to P90 against their targets, the Gantt chart, scenarios beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import riskmc.plot as plot
from riskmc.analysis.comparison import Comparison
from riskmc.forecast import Forecast
from riskmc.forecast.differences import signed
from riskmc.forecast.figures import chance, iterations_text, level_name
from riskmc.forecast.language import said
from riskmc.reports.document.chart import Chart
from riskmc.reports.document.charts.floating import Piece, floating, span_of
from riskmc.reports.document.charts.places import currency_of, scale_of
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    from riskmc.plot import GanttRow, MilestoneRow

LEVELS = (0.10, 0.50, 0.80, 0.90)
GANTT_ROWS = 25
_ROOM = 0.34  # share of the axis for the labels behind the bars
_SLIVER = 0.004  # of the axis: what has no length is that long
_SHADES = {"forecast": ("forecast_pale", "forecast_mid", "forecast"), "threat": ("threat_pale", "threat_mid", "threat")}


def milestones(trials: Trials) -> Chart:
    """Return the rows of the picture, P10, P50, P80 and P90 in days from each one's target, or from its plan."""
    rows = plot.milestone_rows(trials)
    limit = plot.far_from(rows)
    bars = [_milestone(row, limit) for row in rows]
    labels = [_told(row, limit, trials.random) for row in rows]
    low, high = span_of(bars)
    low, high = min(low, -0.05 * (high - low)), max(high, 0.05 * (high - low))
    room = _ROOM * (high - low)
    return Chart(
        kind="bars",
        series=tuple(floating([row.name for row in rows], bars, labels, room)),
        x="category",
        y="days",
        stacked=True,
        y_range=(low, high + room),
        caption=_milestone_caption(trials, any(row.promised for row in rows)),
    )


def _milestone_caption(trials: Trials, promised: bool) -> str:
    what = said("the target, or the plan where there is none") if promised else said("the plan")
    if not trials.random:
        return said("As planned, in days after {what}", what=what)
    told = said("From P10 to P50, P80 and P90 of {iterations}", iterations=iterations_text(len(trials)))
    return said("{told}, in days after {what}; orange: late. Behind it P80 and the chance", told=told, what=what)


def _milestone(row: MilestoneRow, limit: float) -> list[Piece]:
    """Return the pieces of a row, blue up to the target and orange behind it; nothing of a row that is far away."""
    ends = [plot.gap(row.forecast, row.forecast.quantile(p), row.date) for p in LEVELS]
    if min(map(abs, ends)) > limit:
        return []
    pieces = []
    for place, (low, high) in enumerate(pairwise(ends)):
        name = said("{low} to {high}", low=level_name(LEVELS[place]), high=level_name(LEVELS[place + 1]))
        pieces.append(Piece(name, _SHADES["forecast"][place], min(low, 0.0), min(high, 0.0)))
        pieces.append(Piece(said("{range}, late", range=name), _SHADES["threat"][place], max(low, 0.0), max(high, 0.0)))
    return sorted((piece for piece in pieces if piece.high > piece.low), key=lambda piece: piece.low)


def _told(row: MilestoneRow, limit: float, random: bool) -> str:
    p80 = row.forecast.quantile(LEVELS[2])
    met = f", {chance(row.chance)}" if row.promised and random else ""
    told = f"{level_name(LEVELS[2])} {row.forecast.text(p80)}{met}" if row.varies else row.forecast.text(p80)
    apart = plot.gap(row.forecast, p80, row.date)
    return f"{told} ({signed(apart)} d)" if abs(apart) > limit else told


def gantt(trials: Trials) -> Chart:
    """Return at most 25 rows from start to finish, by how often each is critical; a milestone from P10 to P90."""
    lines = list(plot.gantt_lines(trials, plot.gantt_rows(trials, GANTT_ROWS)))
    low, high = span_of([[piece for _, *ends in [_ends(line)] for piece in [Piece("", "", *ends)]] for line in lines])
    bars = [[_piece(line, high - low)] for line in lines]
    words = [_critical(line, trials.random) for line in lines]
    room = 0.1 * (high - low)
    return Chart(
        kind="bars",
        series=tuple(floating([line.name for line in lines], bars, words, room)),
        x="category",
        y="date",
        stacked=True,
        y_range=(low, high + room),
        caption=_gantt_caption(trials),
    )


def _gantt_caption(trials: Trials) -> str:
    if not trials.random:
        return said("The most critical activities and milestones, as planned; orange: critical")
    return said(
        "The most critical activities, from mean start to mean finish; orange: critical in half of {iterations}, "
        "duller from a tenth on. Blue: P10 to P90 of a milestone. Figures: how often critical",
        iterations=iterations_text(len(trials)),
    )


def _ends(line: GanttRow) -> tuple[bool, float, float]:
    """Return whether a row is a range of dates, and from when to when it runs."""
    if line.finish > line.start or line.forecast is None:
        return False, line.start, line.finish
    p10, p90 = (plot.position(line.forecast.quantile(p)) for p in (LEVELS[0], LEVELS[-1]))
    return True, p10, p90


def _piece(line: GanttRow, reach: float) -> Piece:
    ranged, start, finish = _ends(line)
    solid, _ = line.colours
    if ranged:
        return Piece(said("P10 to P90 of a milestone"), "forecast_mid", start, max(finish, start + _SLIVER * reach))
    names = {
        "ink": "Project",
        "threat": "Critical in half or more",
        "threat_mid": "Critical in a tenth or more",
        "plan": "Less often critical",
    }
    return Piece(said(names[solid]), solid, start, max(finish, start + _SLIVER * reach))


def _critical(line: GanttRow, random: bool) -> str:
    if line.share is None:
        return ""
    return chance(line.share) if random else said("critical") if line.share else ""


def comparison(found: Comparison, of: Literal["finish", "cost"] = "finish") -> Chart:
    """Return P10, P50, P80 and P90 of the program as it stands and of every scenario, with the paired difference."""
    rows = plot.compared_rows(found, of=of)
    bars = [_ranged(row.forecast, "threat" if row.colour == "threat" else "forecast") for row in rows]
    low, high = span_of(bars)
    room, first = _ROOM * (high - low), rows[0].forecast
    return Chart(
        kind="bars",
        series=tuple(floating([row.name for row in rows], bars, [row.headed() for row in rows], room)),
        x="category",
        y=scale_of(first),
        unit=currency_of(first),
        stacked=True,
        y_range=(low, high + room),
    )


def _ranged(forecast: Forecast, shade: str) -> list[Piece]:
    ends: Sequence[float] = [plot.position(forecast.quantile(p)) for p in LEVELS]
    names = [said("{low} to {high}", low=level_name(a), high=level_name(b)) for a, b in pairwise(LEVELS)]
    return [Piece(name, _SHADES[shade][place], ends[place], ends[place + 1]) for place, name in enumerate(names)]
