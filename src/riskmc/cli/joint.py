"""`riskmc joint FILE`: how sure are date and budget together, and what would a wanted confidence take?"""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

import riskmc
from riskmc.cli.completion import places
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.usage import percentile

Levels = Annotated[
    list[float] | None,
    typer.Option(
        "--level",
        metavar="SHARE",
        parser=percentile("--level"),
        help="A joint confidence, 0.70; once for each.  [default: 0.5, 0.7, 0.8]",
    ),
]
Finish = Annotated[
    str | None, typer.Option("--finish", metavar="DATE", help="The date to judge.  [default: the first target's]")
]
Budget = Annotated[
    str | None, typer.Option("--budget", metavar="AMOUNT", help="The budget to judge, as 420M.  [default: as above]")
]
At = Annotated[
    str | None,
    typer.Option(
        metavar="PLACE", autocompletion=places, help="A project, with its own cost, or a milestone, with the program's."
    ),
]


@one_run()
def joint(run: Run, level: Levels = None, finish: Finish = None, budget: Budget = None, at: At = None) -> Answer:
    """How sure are date and budget together, and what does a wanted joint confidence take?"""
    trials = run.trials()
    curves = riskmc.joint_curves(trials, level, at) if level else riskmc.joint_curves(trials, at=at)
    date, amount = curves.pair(finish, budget)
    return Answer(
        lambda colour: riskmc.reports.tell_joint(curves, finish, budget, colour=colour),
        lambda: riskmc.reports.dumps_joint(curves, finish, budget),
        {"joint": partial(riskmc.plot.joint, curves.trials, finish=date, cost=amount, at=at)},
    )
