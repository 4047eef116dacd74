"""`riskmc cash FILE`: what is spent and paid by month, quarter or year, and whether each year's funding holds."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import choice

By = Annotated[
    Literal["month", "quarter", "year"],
    choice(
        "--by", "month", "quarter", "year", told="The periods; a year is a fiscal year where the file says its start."
    ),
]


@one_run()
def cash(run: Run, by: By = "month") -> Answer:
    """When is the money spent and paid, in what prices, and how likely is the funding of a year to run out?"""
    trials = run.trials()
    flow = riskmc.cash_flow(trials, by=by, progress=run.progress.advance)
    return Answer(
        lambda colour: riskmc.reports.tell_cash(flow, colour=colour),
        lambda: riskmc.reports.dumps_cash(flow),
        {
            "cash-flow": partial(riskmc.plot.cash_flow, flow),
            "cumulative-cash": partial(riskmc.plot.cumulative_cash, flow),
        },
    )
