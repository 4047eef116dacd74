"""`riskmc value FILE`: what is the program worth, what does a month's delay cost, and which projects to fund?"""

from __future__ import annotations

from typing import Annotated

import typer

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run

Rate = Annotated[
    str | None,
    typer.Option("--discount-rate", metavar="RATE", help='"3.5% real" or "6% nominal".  [default: as the file says]'),
]
Budget = Annotated[str | None, typer.Option(metavar="AMOUNT", help="Which projects to fund under this budget: 120M.")]
Delay = Annotated[
    bool, typer.Option("--cost-of-delay/--no-cost-of-delay", help="Whether to delay each project by a month, in turn.")
]


@one_run()
def value(run: Run, rate: Rate = None, budget: Budget = None, delay: Delay = True) -> Answer:
    """What is the program worth, how sure is a positive return, and what does a month's delay of a project cost?"""
    found = riskmc.value(run.trials(), rate)
    delays = riskmc.cost_of_delay(found, progress=run.progress.advance) if delay else None
    funding = None if budget is None else riskmc.fund(found, budget, progress=run.progress.advance)
    answer = riskmc.reports.ValueAnswer(found, delays, funding)
    pictures = {"value": lambda: riskmc.plot.value(found)}
    if funding is not None:
        pictures["funding"] = lambda: riskmc.plot.funding(funding)
    return Answer(
        lambda colour: riskmc.reports.tell_value(answer, colour=colour),
        lambda: riskmc.reports.dumps_value(answer),
        pictures,
    )
