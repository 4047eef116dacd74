"""Steps as charts: the waterfall from the plan to P80, and the changes from the old P80 to the new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import riskmc.plot as plot
from riskmc.analysis.diff.program_diff import ProgramDiff
from riskmc.analysis.waterfall import Waterfall
from riskmc.forecast.figures import level_name
from riskmc.forecast.language import said
from riskmc.reports.document.chart import Chart
from riskmc.reports.document.charts.floating import Piece, floating, span_of

_EPOCH = date(1970, 1, 1).toordinal()
_ROOM = 0.16  # share of the axis for the labels behind the bars


def waterfall(found: Waterfall, by: Literal["finish", "cost"] = "finish") -> Chart:
    """Return one bar a step from the plan to the percentile, as long as its printed digits, which add up."""
    rows, digits = plot.waterfall_rows(found, by), found.digits(by)
    start, end = (_level(digits.level(level), by, digits.unit) for level in (found.start(by), found.end(by)))
    names = {"plan": said("Estimates"), **_directions(by)}
    steps = [(names[row.colour], row.colour, row.whole * digits.unit) for row in rows]
    totals = Piece(said("Plan"), "plan", 0.0, start), Piece(level_name(found.percentile), "forecast", 0.0, end)
    total = sum(row.whole for row in rows)
    texts = ["", *(digits.text(row.whole) for row in rows), digits.text(total)]
    categories = plot.waterfall_names(found, by, rows)
    return stepped(categories, totals, steps, texts, by, found.trials.currency)


def changes(diff: ProgramDiff, of: Literal["finish", "cost"] = "finish") -> Chart:
    """Return one bar a change, from the old P80 to the new one, as long as its printed digits, which add up."""
    rounded, steps = plot.change_bars(diff, of)
    before, after = plot.ends_of(diff, of)
    told = [
        f"{name} {one.text(one.quantile(0.80))}" for name, one in ((said("Old P80"), before), (said("New P80"), after))
    ]
    start = plot.position(before.quantile(0.80))
    totals = (
        Piece(said("Old P80"), "plan", 0.0, start),
        Piece(said("New P80"), "forecast", 0.0, start + rounded.total * rounded.step),
    )
    names = {"plan": said("No change"), **_directions(of)}
    parts = [(names[step.colour], step.colour, step.part * rounded.step) for step in steps]
    texts = ["", *(rounded.text(step.part) for step in steps), rounded.text(rounded.total)]
    return stepped([told[0], *(step.name for step in steps), told[1]], totals, parts, texts, of, diff.old.currency)


def _directions(by: str) -> dict[str, str]:
    """Return what the colours of harm and of gain mean."""
    if by == "finish":
        return {"threat": said("Later"), "gain": said("Earlier")}
    return {"threat": said("Dearer"), "gain": said("Cheaper")}


def stepped(
    categories: Sequence[str],
    totals: tuple[Piece, Piece],
    steps: Sequence[tuple[str, str, float]],
    texts: Sequence[str],
    by: str,
    currency: str,
) -> Chart:
    """Return a bar up to where the steps begin, the steps, each (name, colour, size) from the last, and their end."""
    bars: list[list[Piece]] = [_whole(totals[0])]
    at = totals[0].high
    for name, colour, size in steps:
        bars.append([Piece(name, colour, min(at, at + size), max(at, at + size))])
        at += size
    low, high = span_of(bars[1:]) if steps else span_of([*bars, _whole(totals[1])])
    low = min(low, totals[0].high - 0.1 * (high - low))
    room = _ROOM * (high - low)
    series = floating(categories, [*bars, _whole(totals[1])], texts, room)
    return Chart(
        kind="bars",
        series=tuple(series),
        x="category",
        y="date" if by == "finish" else "money",
        unit="" if by == "finish" else currency,
        stacked=True,
        y_range=(low, high + room),
    )


def _whole(total: Piece) -> list[Piece]:
    """Return the bar of a level, which begins at zero on either side of it."""
    return [Piece(total.name, total.colour, min(total.low, total.high), max(total.low, total.high))]


def _level(level: int, by: str, unit: float) -> float:
    return float(level - _EPOCH) if by == "finish" else level * unit
