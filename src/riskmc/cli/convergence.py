"""`riskmc convergence FILE`: how many iterations P50, P80, mean and chance take to be known as well as asked."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run

Within = Annotated[
    list[str] | None,
    typer.Option(
        metavar="GOAL", help='What to know how well: "P80 finish within 1d"; once for each.  [default: the usual ones]'
    ),
]


@one_run()
def convergence(run: Run, within: Within = None) -> Answer:
    """How many iterations are enough, how well does this run know its figures, and what would Latin hypercubes save?"""
    found = riskmc.convergence(run.trials(), within or (), progress=run.progress.advance)
    return Answer(
        lambda colour: riskmc.reports.tell_convergence(found, colour=colour),
        lambda: riskmc.reports.dumps_convergence(found),
        {
            f"{of}-convergence": partial(riskmc.plot.convergence, found, of=of)
            for of in ("finish", "cost")
            if found.narrows(of)
        },
    )
