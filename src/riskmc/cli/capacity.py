"""`riskmc capacity FILE`: what waits for what, how busy is it, and what is one more of it worth?"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

import typer

import riskmc
from riskmc.cli.completion import resources
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import choice, split_items
from riskmc.cli.usage import whole

Pools = Annotated[
    list[str] | None,
    typer.Option(
        "--pools",
        metavar="NAMES",
        autocompletion=resources,
        help="Which pools to look at: testers,rigs.  [default: all]",
    ),
]
By = Annotated[
    Literal["month", "quarter", "year"],
    choice("--periods", "month", "quarter", "year", told="The periods of utilisation and bottlenecks."),
]
Staircase = Annotated[
    int, typer.Option(metavar="N", parser=whole("--staircase", 0), help="The most units that the best additions add.")
]
WhatIfs = Annotated[
    bool, typer.Option("--what-ifs/--no-what-ifs", help="Whether to run units more and less, and each project first.")
]


@one_run()
def capacity(
    run: Run, pools: Pools = None, by: By = "quarter", staircase: Staircase = 3, what_ifs: WhatIfs = True
) -> Answer:
    """Who waits for which pool, how busy is it, and what is one more unit worth in days and money?"""
    run.engine = run.engine or "discrete-event"
    found = riskmc.capacity(
        run.trials(), split_items(pools), by=by, steps=staircase, what_ifs=what_ifs, progress=run.progress.advance
    )
    pictures = {f"queue-{pool.id}": partial(riskmc.plot.queue, found, pool.id) for pool in found.pools if pool.waiters}
    if found.pools:
        pictures["utilisation"] = partial(riskmc.plot.utilisation, found)
        pictures["resource-gantt"] = partial(
            riskmc.plot.resource_gantt, found.trials, pools=[pool.id for pool in found.pools]
        )
    if found.gains:
        pictures["capacity-value"] = partial(riskmc.plot.capacity_value, found)
    return Answer(
        lambda colour: riskmc.reports.tell_capacity(found, colour=colour),
        lambda: riskmc.reports.dumps_capacity(found),
        pictures,
    )
