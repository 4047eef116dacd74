"""`riskmc earned-value FILE`: where the program stands at its data date, and what that leads to."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

import riskmc
from riskmc.cli.completion import PROGRAM_FILES
from riskmc.cli.one_run import Answer, Run, one_run

Baseline = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        autocompletion=PROGRAM_FILES,
        help="The plan to measure against; else the baseline stored in FILE, else its plan without progress.",
    ),
]


@one_run()
def earned_value(run: Run, baseline: Baseline = None) -> Answer:
    """What has been earned for the money and the time so far, and where does that lead beside the simulation?"""
    against = None if baseline is None else riskmc.read(baseline)
    found = riskmc.earned_value(run.trials(), against)
    return Answer(
        lambda colour: riskmc.reports.tell_earned_value(found, colour=colour),
        lambda: riskmc.reports.dumps_earned_value(found),
        {}
        if None in (found.program.data_date, found.program.start)
        else {"earned-value": partial(riskmc.plot.earned_value, found)},
    )
