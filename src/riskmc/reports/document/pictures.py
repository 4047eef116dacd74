"""Pictures of an answer: which of them apply to these trials, drawn in their order, each with its name.

A program without money has no cost curve, a plan without a forecast no curve at all, and so on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import riskmc.plot as plot
from riskmc.forecast.instant import instant_of
from riskmc.reports.destination import check_folder
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    from riskmc.plot import Axes


def pictures_of(trials: Trials) -> dict[str, Callable[[], Axes]]:
    """Return what draws every picture that applies, at full width, by name and in order."""
    found: dict[str, Callable[[], Axes]] = {}
    if trials.random:
        found["finish"] = lambda: draw_finish(trials, plot.FULL)
        found["finish-histogram"] = lambda: plot.histogram(trials.finish(), plan=instant_of(trials.plan.finish))
    if trials.random and trials.has_cost:
        found["cost"] = lambda: draw_cost(trials, plot.FULL)
        found["cost-histogram"] = lambda: plot.histogram(trials.cost(), plan=trials.plan.cost_cents / CENTS)
        found["joint"] = lambda: plot.joint(trials)
    if has_milestones(trials):
        found["milestones"] = lambda: plot.milestones(trials)
    return {**found, "gantt": lambda: plot.gantt(trials)}


def write_pictures(trials: Trials, folder: str | os.PathLike[str]) -> list[Path]:
    """Write every picture that applies into ``folder`` as SVG and PNG, and return the files in order.

    The folder is made if its parent exists; each file is written whole or not at all. Raises ArgumentError.
    """
    return write_drawn(((name, draw()) for name, draw in pictures_of(trials).items()), folder)


def write_drawn(pictures: Iterable[tuple[str, Axes]], folder: str | os.PathLike[str]) -> list[Path]:
    """Write pictures, each (name, axes), into ``folder`` as `write_pictures` does."""
    check_folder(os.fspath(folder))
    where = Path(folder)
    where.mkdir(exist_ok=True)
    written = []
    for name, ax in pictures:
        for suffix, write in ((".svg", plot.write_svg), (".png", plot.write_png)):
            file = where / f"{name}{suffix}"
            write(ax, file)
            written.append(file)
    return written


def draw_finish(trials: Trials, width: int) -> Axes:
    """Return the S-curve of the program's finish beside the plan and the target."""
    return plot.s_curve(trials.finish(), plan=instant_of(trials.plan.finish), width=width)


def draw_cost(trials: Trials, width: int) -> Axes:
    """Return the S-curve of the program's cost beside the plan and the budget."""
    return plot.s_curve(trials.cost(), plan=trials.plan.cost_cents / CENTS, width=width)


def has_milestones(trials: Trials) -> bool:
    """Return whether there is a forecast of any milestone."""
    return trials.random and bool(trials.milestone_finish)
