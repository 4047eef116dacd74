"""`riskmc contingency FILE`: how much time and money to hold on top of the plan, and until when."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

import typer

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import choice
from riskmc.cli.usage import percentile

Percentile = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        parser=percentile("--percentile"),
        help="The confidence level: 0.80, or P80.  [default: what the file commits to, else P80]",
    ),
]
Steps = Annotated[
    Literal["month", "quarter", "year", "none"],
    choice(
        "--drawdown",
        "month",
        "quarter",
        "year",
        "none",
        told="At the beginning of which periods to say what is still needed.",
    ),
]


@one_run()
def contingency(run: Run, percentile: Percentile = None, drawdown: Steps = "quarter") -> Answer:
    """How much schedule margin, contingency and reserve are needed, what is held, whose it is, and until when?"""
    found = riskmc.contingency(run.trials(), percentile)
    found.work_out(run.progress.advance)
    steps = None if drawdown == "none" else found.drawdown(drawdown, progress=run.progress.advance)
    outcomes: tuple[Literal["finish", "cost"], ...] = ("finish", "cost") if found.trials.has_cost else ("finish",)
    pictures: dict[str, Any] = {f"{of}-contingency": partial(riskmc.plot.contingency, found, of=of) for of in outcomes}
    if steps is not None:
        pictures |= {f"{of}-drawdown": partial(riskmc.plot.drawdown, steps, of=of) for of in steps.outcomes}
    return Answer(
        lambda colour: riskmc.reports.tell_contingency(found, steps, colour=colour),
        lambda: riskmc.reports.dumps_contingency(found, steps),
        pictures,
    )
