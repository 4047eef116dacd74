"""`riskmc responses FILE`: what each response to a risk saves and costs, and which of them to buy for a budget."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

import typer

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import Percentile, choice

By = Annotated[
    str,
    choice(
        "--by",
        "finish",
        "cost",
        "chance",
        told="What money is to buy: an earlier finish, a lower cost, a better chance of the target.",
    ),
]
Budget = Annotated[str | None, typer.Option(metavar="AMOUNT", help="What may be spent on responses, as 600k.")]
CostOfDelay = Annotated[
    str | None,
    typer.Option(
        "--cost-of-delay",
        metavar="AMOUNT",
        help="What a day of 24 hours is worth, as 45k.  [default: the file's cost_of_delay]",
    ),
]
Reconsider = Annotated[bool, typer.Option("--reconsider", help="Approved and planned responses may be dropped too.")]


@one_run()
def responses(
    run: Run,
    percentile: Percentile = 0.80,
    by: By = "finish",
    budget: Budget = None,
    cost_of_delay: CostOfDelay = None,
    reconsider: Reconsider = False,
) -> Answer:
    """What does each response to a risk save and cost, does it pay, and which of them should be bought?"""
    trials = run.trials()
    found = riskmc.responses(trials, percentile, cost_of_delay, progress=run.progress.advance)
    frontier = None
    if reconsider or found.has_proposed:
        told = run.progress.advance
        frontier = riskmc.response_frontier(trials, by, percentile, budget, reconsider=reconsider, progress=told)  # type: ignore[arg-type]
    outcomes: tuple[Literal["finish", "cost"], ...] = ("finish", "cost") if trials.has_cost else ("finish",)
    pictures: dict[str, Any] = {f"{of}-responses": partial(riskmc.plot.responses, found, of=of) for of in outcomes}
    if frontier is not None:
        pictures["frontier"] = partial(riskmc.plot.frontier, frontier)
    return Answer(
        lambda colour: riskmc.reports.tell_responses(found, frontier, colour=colour),
        lambda: riskmc.reports.dumps_responses(found, frontier),
        pictures,
    )
