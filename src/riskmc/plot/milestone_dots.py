"""Milestones: twenty equally likely outcomes of each, as dots, in days from its own target; P50, P80 and the chance.

One dot is a chance of 1 in 20: counting dots is read better than a curve (Kay et al. 2016, CHI; Fernandes et al.
2018, CHI). A milestone without a target stands in days from its plan. All rows share one axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast
from riskmc.forecast.differences import signed
from riskmc.forecast.figures import chance, day, iterations_text, shortened, whole_percent
from riskmc.forecast.instant import DAY_MINUTES, instant_of
from riskmc.forecast.language import counted, marked, said
from riskmc.plot.axis import mark_numbers
from riskmc.plot.canvas import FULL, Margins, canvas, extent, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL
from riskmc.plot.palette import LIGHT
from riskmc.plot.rows import write_names
from riskmc.plot.scale import gap, gap_words, position
from riskmc.plot.sentences import named
from riskmc.plot.style import style
from riskmc.plot.trial_names import check_trials, name_of_trials
from riskmc.simulation.place import PROGRAM, finish_targets, is_program_finish, name_of
from riskmc.simulation.trials import Trials

ROWS = 30
ROW = 34  # px
DOTS = 20
DOT = 6.0  # px from dot to dot
_FAR = 4.0  # median widths of the rows beyond which a row is told in words
_MARGINS = Margins(left=240, right=316, top=24, bottom=40)
_COLUMNS = ((marked("Target"), 86), ("P50", 172), ("P80", 258), (marked("Chance"), 312))  # right edges in px
_PLAN_COLUMNS = ((marked("Plan"), _COLUMNS[0][1]), *_COLUMNS[1:3])  # where there are no targets


@dataclass(frozen=True, eq=False)
class MilestoneRow:
    """One milestone: its forecast, and the date that the dots are counted from, a target's or the plan's."""

    name: str
    place: str
    forecast: Forecast
    date: datetime
    promised: bool

    @property
    def gaps(self) -> NDArray[np.float64]:
        """The outcomes in calendar days after the date, one a dot, in order."""
        ordered = self.forecast.ordered
        ranks = np.ceil((np.arange(DOTS) + 0.5) / DOTS * len(ordered)).astype(int) - 1
        return np.asarray(ordered[ranks] / DAY_MINUTES - position(self.date), dtype=np.float64)

    @property
    def varies(self) -> bool:
        """Whether the iterations differ."""
        return bool(self.forecast.ordered[0] != self.forecast.ordered[-1])

    @property
    def chance(self) -> float:
        """The chance of the date."""
        return float(self.forecast.probability(self.date))


def milestones(trials: Trials, *others: Trials, ax: Axes | None = None, rows: int = ROWS) -> Axes:
    """Return axes with a row of dots for every milestone, target and the program's finish, by date.

    Where there are more than ``rows``, those with the lowest chance of their target stay. Of ``others`` the P80 of
    each row is ringed: green where it is earlier, orange where later. With your own ``ax`` leave 240 px of room on its
    left and 320 px on its right. ArgumentError where ``rows`` is none.
    """
    for one in (trials, *others):
        check_trials("milestones", one)
    if rows < 1:
        raise ArgumentError(f"plot.milestones: rows is at least 1, got {rows}")
    every = _rows(trials)
    lines = _kept(every, rows)
    with style():
        ax = canvas(ax, _caption(trials, every, lines, others), FULL, ROW * len(lines), _MARGINS)
        limit = _set_limits(ax, lines)
        write_names(ax, [line.name for line in lines], _MARGINS.left - 8)
        for name, right in _COLUMNS if any(line.promised for line in lines) else _PLAN_COLUMNS:
            label(ax, 1, 1, said(name), "quiet", ha="right", dx=right, dy=12, size=SMALL, coords="axes")
        ax.plot([0, 0], ax.get_ylim(), color=LIGHT["ink"], linewidth=1.5, zorder=4)
        for y, line in enumerate(lines):
            _draw_row(ax, y, line, limit)
            _write_columns(ax, y, line, trials.random)
            for other in others:
                _draw_other(ax, y, line, other)
        ax.set_yticks([])
        mark_numbers(ax, lambda days: said("{days} d", days=signed(days)))
    return ax


def _rows(trials: Trials) -> list[MilestoneRow]:
    program, plan = trials.program, trials.plan
    places = dict.fromkeys(trials.milestone_finish)
    if not any(is_program_finish(program, place) for place in places):
        places[PROGRAM] = None
    found = []
    for place in places:
        dates = [target.finish.finish_like() for target in finish_targets(program, place) if target.finish]
        planned = plan.finish if place == PROGRAM else plan.milestone_finish.get(place, plan.activity_finish.get(place))
        date = dates[0] if dates else None if planned is None else instant_of(planned)
        if date is not None:
            name = name_of(program, place)
            found.append(MilestoneRow(name, place, trials.finish(place or None), date, bool(dates)))
    return sorted(found, key=lambda row: position(row.date))


def _kept(rows: list[MilestoneRow], most: int) -> list[MilestoneRow]:
    """Return the rows of the picture: those whose target is least likely first, in the order of their dates."""
    if len(rows) <= most:
        return rows
    order = sorted(range(len(rows)), key=lambda at: (not rows[at].promised, rows[at].chance))
    return [rows[at] for at in sorted(order[:most])]


def _caption(
    trials: Trials, every: Sequence[MilestoneRow], lines: Sequence[MilestoneRow], others: Sequence[Trials]
) -> Caption:
    shown = said("{count} of {all} milestones.", count=len(lines), all=len(every)) if len(lines) < len(every) else ""
    days = said("days after the plan")
    if any(line.promised for line in lines):
        days = said("days after the target, or after the plan (grey date) where there is none")
    if not trials.random:
        told = said("As planned, in {days}", days=days)
    else:
        told = said(
            "Each dot is a chance of 1 in {dots}, from {iterations}: {days}; orange: late",
            dots=DOTS,
            iterations=iterations_text(len(trials)),
            days=days,
        )
    subtitle = f"{shown} {told}" if shown else told
    subtitle += "".join(said(". Ring: P80, {name}", name=named(name_of_trials(other))) for other in others)
    return Caption(_title(trials, every), subtitle, " ".join(map(_told, lines)))


def _title(trials: Trials, rows: Sequence[MilestoneRow]) -> str:
    """Return how many targets are more likely late than on time; of one, its chance; of none, the largest delay."""
    promised = [row for row in rows if row.promised]
    if not promised:
        worst = max(rows, key=lambda row: _p80_gap(row))
        words = gap_words(worst.forecast, worst.forecast.quantile(0.80), worst.date, said("the plan"))
        told = said("{name}: P80 is {beside}", name=named(worst.name), beside=words)
        return said("{told}, the most of {all} milestones", told=told, all=len(rows)) if len(rows) > 1 else told
    if not trials.random:
        met = sum(row.chance == 1 for row in promised)
        return said("The plan meets {count} of {all} targets", count=met, all=len(promised))
    if len(promised) == 1:
        only = promised[0]
        met_by = chance(only.chance)
        return said("{name}: {chance} chance of {date}", name=named(only.name), chance=met_by, date=day(only.date))
    late = sum(whole_percent(row.chance) < 50 for row in promised)
    if not late:
        return said("None of {all} milestones with a target is more likely late than on time", all=len(promised))
    return counted(
        "{count} of {all} milestones with a target is more likely late than on time",
        "{count} of {all} milestones with a target are more likely late than on time",
        late,
        all=len(promised),
    )


def _p80_gap(row: MilestoneRow) -> float:
    return gap(row.forecast, row.forecast.quantile(0.80), row.date)


def _told(row: MilestoneRow) -> str:
    what = said("target") if row.promised else said("plan")
    levels = ", ".join(
        f"{name} {row.forecast.text(row.forecast.quantile(p))}" for name, p in (("P50", 0.5), ("P80", 0.8))
    )
    met = f" ({chance(row.chance)})" if len(row.forecast) > 1 else ""
    return f"{shortened(row.name, 80)}: {what} {day(row.date)}{met}, {levels}."


def far_from(rows: Sequence[MilestoneRow]) -> float:
    """Return how many days from its date a row is far from the others: it is told in words."""
    widths = [float(np.ptp(row.gaps)) for row in rows if row.varies]
    reaches = [float(np.abs(row.gaps).max()) for row in rows]
    return max(_FAR * median(widths or reaches), 60.0)


def _set_limits(ax: Axes, rows: Sequence[MilestoneRow]) -> float:
    """Set the axis to hold the dots of all rows but those far away, and return where far begins."""
    limit = far_from(rows)
    held = [0.0, *(end for row in rows for end in row.gaps[[0, -1]].tolist() if abs(end) <= limit)]
    reach = max(max(held) - min(held), 14.0)
    ax.set_xlim(min(held) - 0.06 * reach, max(held) + 0.06 * reach)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    return limit


def _draw_row(ax: Axes, y: int, row: MilestoneRow, limit: float) -> None:
    floor = y + 0.36
    ax.plot(ax.get_xlim(), [floor, floor], color=LIGHT["rule"], linewidth=1, zorder=1)
    if abs(row.gaps).min() > limit:
        late = row.gaps[0] > 0
        words = said("{days} d", days=signed(float(np.median(row.gaps))))
        place = {"ha": "right", "dx": -8} if late else {"ha": "left", "dx": 8}
        label(ax, int(late), y, f"{words} →" if late else f"← {words}", _colour(late), coords="row", **place)  # type: ignore[arg-type]
        return
    if not row.varies:
        gap_now = float(row.gaps[0])
        ax.plot([gap_now], [y + 0.1], "D", color=LIGHT[_colour(gap_now > 0)], markersize=7, zorder=5)
        return
    for late in (False, True):
        x, heights = _stacked(ax, row.gaps[(row.gaps > 0) == late])
        look: dict[str, Any] = {
            "color": LIGHT[_colour(late)],
            "markersize": DOT - 0.8,
            "markeredgewidth": 0,
            "zorder": 3,
        }
        ax.plot(x, floor - heights, "o", **look)


def _colour(late: bool) -> str:
    return "threat" if late else "forecast"


def _stacked(ax: Axes, gaps: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return dots in columns one dot wide, none across the target, with heights in rows; tall columns are dense."""
    low, high = ax.get_xlim()
    wide = (high - low) / extent(ax)[0] * DOT
    slots = np.floor(gaps / wide)
    _, index, counts = np.unique(slots, return_inverse=True, return_counts=True)
    level = np.array([np.count_nonzero(index[:at] == index[at]) for at in range(len(index))], dtype=np.float64)
    tallest = counts[index] if len(index) else np.ones(0)
    step = np.minimum(DOT, 0.74 * ROW / np.maximum(tallest, 1)) / ROW
    return (slots + 0.5) * wide, (level + 0.5) * step + 0.02


def _write_columns(ax: Axes, y: int, row: MilestoneRow, random: bool) -> None:
    p50, p80 = (row.forecast.text(row.forecast.quantile(p)) for p in (0.50, 0.80))
    met = row.chance
    words = chance(met) if random else said("met") if met else said("late")
    late = row.promised and whole_percent(met) < 50
    texts = (day(row.date), "ink" if row.promised else "quiet"), (p50, "forecast"), (p80, "forecast")
    last = (words if row.promised else "", "threat" if late else "quiet")
    for (_, right), (text, colour) in zip(_COLUMNS, (*texts, last), strict=True):
        bold = right == _COLUMNS[-1][1] and late
        label(ax, 1, y, text, colour, ha="right", dx=right, size=SMALL, bold=bold, coords="row")


def _draw_other(ax: Axes, y: int, row: MilestoneRow, other: Trials) -> None:
    """Ring the P80 of the same row in another run."""
    if row.place != PROGRAM and row.place not in other.milestone_finish:
        return
    p80 = other.finish(row.place or None).quantile(0.80)
    moved = gap(row.forecast, p80, row.forecast.quantile(0.80))
    colour = LIGHT["gain" if moved < 0 else "threat" if moved > 0 else "quiet"]
    x = position(p80) - position(row.date)
    if ax.get_xlim()[0] < x < ax.get_xlim()[1]:
        ax.plot([x], [y + 0.36], "o", color="none", markeredgecolor=colour, markersize=8, markeredgewidth=2, zorder=6)


def milestone_places(trials: Trials, rows: int = ROWS) -> list[str]:
    """Return the places of the rows that ``milestones`` draws, in their order; "" is the program's own finish."""
    return [row.place for row in milestone_rows(trials, rows)]


def milestone_rows(trials: Trials, rows: int = ROWS) -> list[MilestoneRow]:
    """Return the rows that ``milestones`` draws, in their order."""
    return _kept(_rows(trials), rows)
