"""`riskmc matrix FILE`: the risks on a grid of probability and impact, for analysts; not for the committee page."""

from __future__ import annotations

from functools import partial

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run


@one_run()
def matrix(run: Run) -> Answer:
    """Where do the risks stand on a grid of probability and impact, before and after the responses?"""
    found = riskmc.risk_matrix(run.trials())
    return Answer(
        lambda colour: riskmc.reports.tell_matrix(found, colour=colour),
        lambda: riskmc.reports.dumps_matrix(found),
        {
            **({"threats": partial(riskmc.plot.risk_matrix, found)} if found.of("threat") else {}),
            **(
                {"opportunities": partial(riskmc.plot.risk_matrix, found, of="opportunities")}
                if found.of("opportunity")
                else {}
            ),
        },
    )
