"""`riskmc contingency FILE`: how much time and money to hold on top of the plan, and until when."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

import typer

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.usage import word

Percentile = Annotated[
    float | None,
    typer.Option(
        metavar="P", help="The confidence level, 0.80 for P80.  [default: what the file commits to, else P80]"
    ),
]
Steps = Annotated[
    Literal["month", "quarter", "year", "none"],
    typer.Option(
        "--drawdown",
        metavar="[month|quarter|year|none]",
        parser=word("--drawdown", "month", "quarter", "year", "none"),
        help="At the beginning of which periods to say what is still needed.",
    ),
]


@one_run
def contingency(run: Run, percentile: Percentile = None, drawdown: Steps = "quarter") -> Answer:
    """How much schedule margin, contingency and reserve are needed, what is held, whose it is, and until when?"""
    found = riskmc.contingency(run.trials(), percentile)
    found.work_out(run.progress.advance)
    steps = None if drawdown == "none" else found.drawdown(drawdown, progress=run.progress.advance)
    return Answer(
        lambda colour: riskmc.reports.tell_contingency(found, steps, colour=colour),
        lambda: riskmc.reports.dumps_contingency(found, steps),
        {}
        if steps is None
        else {f"{of}-drawdown": partial(riskmc.plot.drawdown, steps, of=of) for of in steps.outcomes},
    )
