"""Gantt chart of the forecast: the most critical activities and milestones, and how often the critical path runs there.

An activity's bar runs from its mean start to its mean finish: of single activities only means are kept. Projects,
milestones and the activities of targets have a box from P10 to P90 with a tick at P50. Orange is critical in half of
the iterations or more, pale orange in a tenth or more, grey below that; the percentage stands at the right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from matplotlib.axes import Axes

from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast
from riskmc.forecast.figures import DASH, chance, day, iterations_text, level_name, whole_percent
from riskmc.forecast.instant import DAY_MINUTES, instant_of
from riskmc.forecast.language import formats, said
from riskmc.plot.axis import mark_months
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL
from riskmc.plot.palette import LIGHT
from riskmc.plot.rows import write_names
from riskmc.plot.scale import position
from riskmc.plot.sentences import named
from riskmc.plot.style import style
from riskmc.plot.trial_names import check_trials, name_of_trials
from riskmc.simulation.place import finish_targets, name_of
from riskmc.simulation.trials import Trials

ROWS = 25
ROW = 26  # px
_MARGINS = Margins(left=270, right=84, top=24, bottom=40)
_BOX = (0.10, 0.50, 0.90)
_CALM = ("plan", "plan_pale")


@dataclass(frozen=True, eq=False)
class GanttRow:
    """One line of the chart: places on the axis, in days; ``forecast`` is the finish where every iteration is kept."""

    name: str
    heading: bool
    start: float
    finish: float
    share: float | None
    forecast: Forecast | None
    plan: float | None
    target: float | None
    path: str

    @property
    def colours(self) -> tuple[str, str]:
        """The colour of its bar and of its box: by how often it is critical; those of a project are ink."""
        share = self.share or 0.0
        tone = ("threat", "threat_pale") if share >= 0.5 else ("threat_mid", "threat_pale") if share >= 0.1 else _CALM
        return ("ink", "plan_pale") if self.heading else tone


def gantt(trials: Trials, *others: Trials, ax: Axes | None = None, rows: int = ROWS) -> Axes:
    """Return axes with the ``rows`` activities and milestones most often critical, in the order of their dates.

    Dashed ticks are the plan's finishes, diamonds the targets. Of ``others`` the mean finish of each row is marked:
    green where it is earlier, orange where later. With your own ``ax`` leave 270 px of room on its left and 90 px on
    its right. ArgumentError where there is no activity, or ``rows`` is none.
    """
    for one in (trials, *others):
        check_trials("gantt", one)
    if rows < 1:
        raise ArgumentError(f"plot.gantt: rows is at least 1, got {rows}")
    chosen = _chosen(trials, rows)
    if not chosen:
        raise ArgumentError(f"plot.gantt: there is no activity in {trials.program.program!r}")
    lines = list(gantt_lines(trials, chosen))
    with style():
        ax = canvas(ax, _caption(trials, chosen, lines, others), FULL, ROW * len(lines), _MARGINS)
        _set_limits(ax, lines)
        headings = [y for y, line in enumerate(lines) if line.heading]
        write_names(ax, [line.name for line in lines], _MARGINS.left - 8, bold=headings)
        ax.grid(axis="x", color=LIGHT["rule"], linewidth=1)
        label(ax, 1, 1, said("Critical"), "quiet", ha="right", dx=80, dy=12, size=SMALL, coords="axes")
        for y, line in enumerate(lines):
            _draw_line(ax, y, line, trials.random)
            for other in others:
                _draw_other(ax, y, line, other)
        ax.set_yticks([])
        mark_months(ax)
    return ax


def _chosen(trials: Trials, rows: int) -> list[int]:
    """Return row numbers of ``trials.statistics``: the most often critical (ties in program order), by mean start."""
    told = trials.statistics
    shares, starts = told.criticality.tolist(), told.mean_start.tolist()
    there = [row for row in range(len(told.paths)) if not isnan(starts[row])]
    most = sorted(there, key=lambda row: -shares[row])[:rows]
    return sorted(most, key=lambda row: (starts[row], told.mean_finish[row], row))


def gantt_lines(trials: Trials, chosen: Sequence[int]) -> Iterator[GanttRow]:
    """Yield what is drawn of some rows of ``trials.statistics``, under names of projects where there are several."""
    program, told = trials.program, trials.statistics
    home = {row: program.project_of(told.paths[row]) for row in chosen}
    for project in dict.fromkeys(home.values()):
        if len(program.projects) > 1:
            yield _project(trials, project, [row for row in chosen if home[row] == project])
        yield from (_activity(trials, row) for row in chosen if home[row] == project)


def _project(trials: Trials, project: str, rows: Sequence[int]) -> GanttRow:
    forecast = trials.finish(project) if project in trials.project_finish else None
    mean = position(forecast.mean()) if forecast is not None else _days(trials.statistics.mean_finish[rows].max())
    start = _days(trials.statistics.mean_start[rows].min())
    plan = trials.plan.project_finish.get(project)
    name = name_of(trials.program, project)
    return GanttRow(name, True, start, mean, None, forecast, _planned(plan), _target(trials, project), project)


def _activity(trials: Trials, row: int) -> GanttRow:
    told, plan = trials.statistics, trials.plan
    path = told.paths[row]
    forecast = trials.finish(path) if path in trials.milestone_finish else None
    planned = plan.activity_finish.get(path, plan.milestone_finish.get(path))
    name, start, finish = name_of(trials.program, path), _days(told.mean_start[row]), _days(told.mean_finish[row])
    share = float(told.criticality[row])
    target = _target(trials, path) if forecast is not None else None
    return GanttRow(name, False, start, finish, share, forecast, _planned(planned), target, path)


def _days(minutes: float) -> float:
    return float(minutes) / DAY_MINUTES


def _planned(minutes: int | None) -> float | None:
    return None if minutes is None else _days(minutes)


def _target(trials: Trials, place: str) -> float | None:
    dates = [target.finish.finish_like() for target in finish_targets(trials.program, place) if target.finish]
    return position(dates[0]) if dates else None


def _caption(trials: Trials, chosen: Sequence[int], lines: Sequence[GanttRow], others: Sequence[Trials]) -> Caption:
    many = len(trials.statistics.paths)
    shown = _shown(len(chosen), many)
    if not trials.random:
        subtitle = said("{shown}, as planned; orange: critical. Diamond: target", shown=shown)
    else:
        subtitle = said(
            "{shown}. Bar: mean start to mean finish, orange where critical in half of {iterations}, duller from a "
            "tenth on. Box: P10 to P90 of a milestone's or project's finish. Dashes: plan. Diamond: target",
            shown=shown,
            iterations=iterations_text(len(trials)),
        )
    for other in others:
        subtitle += said(". Green or orange tick: mean finish, {name}", name=named(name_of_trials(other)))
    return Caption(_title(trials), subtitle, " ".join(_told(line, trials.random) for line in lines))


def _shown(chosen: int, many: int) -> str:
    if many == 1:
        return said("The only activity")
    every = formats().number(many)
    if chosen == many:
        return said("All {all} activities and milestones", all=every)
    return said("The {count} most critical of {all} activities and milestones", count=chosen, all=every)


def _title(trials: Trials) -> str:
    """Return which activity is critical most often, and how many are in half of the outcomes or more."""
    told, nouns = trials.statistics, trials.program.activities()
    work = [row for row, path in enumerate(told.paths) if not nouns[path].milestone]
    if not work:
        count, name = formats().number(len(told.paths)), named(trials.program.program)
        return said("{name}: {count} milestones and no activity", name=name, count=count)
    half = [row for row in work if whole_percent(told.criticality[row]) >= 50]
    counts = {"count": formats().number(len(half)), "all": formats().number(len(work))}
    if not trials.random:
        return said("{count} of {all} activities lie on the critical path of the plan", **counts)
    top = max(work, key=lambda row: told.criticality[row])
    name, share = named(name_of(trials.program, told.paths[top])), chance(told.criticality[top])
    first = said("{name} is critical in {chance} of outcomes", name=name, chance=share)
    if len(half) < 2:
        return first
    return said("{first}; {count} of {all} activities are in half or more", first=first, **counts)


def _told(line: GanttRow, random: bool) -> str:
    if not random:
        finish = day(instant_of(round(line.finish * DAY_MINUTES)))
        told = said("{name}: finish {date}", name=line.name, date=finish)
        return f"{said('{told}, critical', told=told) if line.share else told}."
    if line.forecast is not None:
        levels = ", ".join(f"{level_name(p)} {line.forecast.text(line.forecast.quantile(p))}" for p in _BOX)
        told = said("{name}: finish {date}", name=line.name, date=levels)
    else:
        finish = day(instant_of(round(line.finish * DAY_MINUTES)))
        told = said("{name}: mean finish {date}", name=line.name, date=finish)
    if line.share is None:
        return f"{told}."
    return f"{said('{told}, critical {chance}', told=told, chance=chance(line.share))}."


def _set_limits(ax: Axes, lines: Sequence[GanttRow]) -> None:
    ends = [line.finish for line in lines] + [line.plan for line in lines if line.plan is not None]
    ends += [position(line.forecast.quantile(p)) for line in lines if line.forecast is not None for p in (0.10, 0.90)]
    low, high = min(min(line.start for line in lines), *ends), max(ends)
    reach = max(high - low, 1.0)
    near = [line.target for line in lines if line.target is not None and low - reach < line.target < high + reach / 2]
    low, high = min([low, *near]), max([high, *near])
    ax.set_xlim(low - 0.02 * reach, high + 0.02 * reach)
    ax.set_ylim(len(lines) - 0.4, -0.6)


def _draw_line(ax: Axes, y: int, line: GanttRow, random: bool) -> None:
    solid, pale = line.colours
    if line.forecast is not None and line.forecast.ordered[0] != line.forecast.ordered[-1]:
        p10, p50, p90 = (position(line.forecast.quantile(p)) for p in _BOX)
        box: dict[str, Any] = {"color": LIGHT[pale], "edgecolor": LIGHT[solid], "linewidth": 1, "zorder": 3}
        ax.barh([y], [p90 - p10], left=[p10], height=0.6, **box)
        ax.plot([p50, p50], [y - 0.3, y + 0.3], color=LIGHT[solid], linewidth=2.5, zorder=4)
    if line.finish > line.start:
        height = 0.12 if line.heading else 0.28
        ax.barh([y], [line.finish - line.start], left=[line.start], height=height, color=LIGHT[solid], zorder=3)
    elif line.forecast is None or line.forecast.ordered[0] == line.forecast.ordered[-1]:
        ax.plot([line.finish], [y], "o", color=LIGHT[solid], markersize=7, zorder=4)
    if line.plan is not None:
        dashes: dict[str, Any] = {"linewidth": 1.2, "linestyle": (0, (2, 1.5)), "zorder": 4}
        ax.plot([line.plan, line.plan], [y - 0.42, y + 0.42], color=LIGHT["ink"], **dashes)
    if line.target is not None and ax.get_xlim()[0] < line.target < ax.get_xlim()[1]:
        edge: dict[str, Any] = {"markeredgecolor": LIGHT["paper"], "markeredgewidth": 1, "zorder": 5}
        ax.plot([line.target], [y], "D", color=LIGHT["ink"], markersize=7, **edge)
    if line.share is not None:
        share = line.share
        words = chance(share) if random else said("critical") if share else DASH
        label(
            ax, 1, y, words, "threat" if share >= 0.5 else "quiet", ha="right", dx=80, bold=share >= 0.5, coords="row"
        )


def _draw_other(ax: Axes, y: int, line: GanttRow, other: Trials) -> None:
    """Mark the mean finish of the same row in another run."""
    if line.heading or line.path not in other.statistics.paths:
        return
    finish = _days(other.statistics.mean_finish[other.statistics.paths.index(line.path)])
    if isnan(finish) or abs(finish - line.finish) < 0.5:
        return
    colour = LIGHT["gain" if finish < line.finish else "threat"]
    ax.plot([finish, finish], [y + 0.16, y + 0.46], color=colour, linewidth=3, zorder=6, solid_capstyle="butt")


def gantt_rows(trials: Trials, rows: int = ROWS) -> list[int]:
    """Return the activities that ``gantt`` draws as row numbers of ``trials.statistics``, in the order drawn."""
    chosen = _chosen(trials, rows)
    home = {row: trials.program.project_of(trials.statistics.paths[row]) for row in chosen}
    return [row for project in dict.fromkeys(home.values()) for row in chosen if home[row] == project]
