"""`riskmc paths FILE`: which critical paths set the finish, how often, and which stands behind the P80."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import Percentile
from riskmc.cli.usage import whole

Top = Annotated[int, typer.Option(metavar="N", parser=whole("--top", 1), help="Paths to list; --json has 100 or more.")]


@one_run()
def paths(run: Run, percentile: Percentile = 0.80, top: Top = 5) -> Answer:
    """Which critical paths set the finish, how often, and which one stands behind the P80?"""
    found = riskmc.paths(run.trials(), percentile, progress=run.progress.advance)
    return Answer(
        lambda colour: riskmc.reports.tell_paths(found, top, colour=colour),
        lambda: riskmc.reports.dumps_paths(found, max(top, 100)),
        {"critical-paths": partial(riskmc.plot.paths, found)},
    )
