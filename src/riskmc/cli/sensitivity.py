"""`riskmc sensitivity FILE`: what the finish hangs on: criticality, SSI, cruciality, merge delay, variance shares."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.usage import whole

Top = Annotated[int, typer.Option(metavar="N", parser=whole("--top", 1), help="Rows of a table; --json has all.")]
Variance = Annotated[
    bool, typer.Option("--variance", help="Share out the variance too: one run more for each risk, driver and project.")
]


@one_run()
def sensitivity(run: Run, top: Top = 15, variance: Variance = False) -> Answer:
    """Which activities does the finish hang on: criticality, sensitivity indices, float, and where paths meet?"""
    trials = run.trials()
    found = riskmc.sensitivity(trials, progress=run.progress.advance)
    shares = riskmc.variance_shares(trials, progress=run.progress.advance) if variance else None
    return Answer(
        lambda colour: riskmc.reports.tell_sensitivity(found, shares, top, colour=colour),
        lambda: riskmc.reports.dumps_sensitivity(found, shares),
        {"sensitivity": partial(riskmc.plot.sensitivity, found, min(top, 30))} if found.moves else {},
    )
