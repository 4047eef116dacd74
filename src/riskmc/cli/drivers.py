"""`riskmc drivers FILE`: what delays the finish and raises the cost: shares of the risks, and their removal effects."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

import riskmc
from riskmc.cli.completion import places, selectors
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import Percentile
from riskmc.cli.usage import whole

At = Annotated[
    str | None,
    typer.Option(
        metavar="PLACE",
        autocompletion=places,
        help="Explain the finish of this project, milestone or target, not the program's.",
    ),
]
Top = Annotated[int, typer.Option(metavar="N", parser=whole("--top", 1), help="Rows of a table; --json has all.")]
Group = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATTERN",
        autocompletion=selectors,
        help="One more group of ranges to hold, as a selector: code:trade=Civil.",
    ),
]
Shares = Annotated[bool, typer.Option(help="The shares of many risks take the longest; removal effects are quick.")]


@one_run()
def drivers(
    run: Run,
    percentile: Percentile = 0.80,
    at: At = None,
    group: Group = None,
    top: Top = 10,
    shares: Shares = True,
) -> Answer:
    """What drives the date and the budget: how much of the delay is each risk, and what is gained without it?"""
    groups = {pattern: pattern for pattern in group or ()}
    found = riskmc.drivers(run.trials(), percentile, at=at, groups=groups, shares=shares, progress=run.progress.advance)
    return Answer(
        lambda colour: riskmc.reports.tell_drivers(found, top, colour=colour),
        lambda: riskmc.reports.dumps_drivers(found),
        {
            f"{by}-tornado": partial(riskmc.plot.tornado, found, by=by)
            for by in ("finish", "cost")
            if found.trials.random and (by == "finish" or found.trials.has_cost)
        },
    )
