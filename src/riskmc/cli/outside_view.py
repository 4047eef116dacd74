"""`riskmc outside-view FILE --reference TABLE`: where does our P80 stand among comparable projects?"""

from __future__ import annotations

from typing import Annotated, Literal

import typer

import riskmc
from riskmc.cli.completion import TABLE_FILES
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import choice

Reference = Annotated[
    str,
    typer.Option(
        metavar="TABLE",
        autocompletion=TABLE_FILES,
        help="A table (.csv, .xlsx) with a column Ratio or Overrun, or Estimated and Actual; or a distribution of "
        'ratios: "lognormal(p10=95% p90=180%)".',
    ),
]
ColumnName = Annotated[
    str | None, typer.Option("--column", metavar="TITLE", help="The column of the table, where several fit.")
]
Outcome = Annotated[
    Literal["finish", "cost"],
    choice("--of", "finish", "cost", told="What the ratios are of."),
]
Base = Annotated[
    str | None,
    typer.Option(metavar="VALUE", help="The date or amount that the ratios apply to.  [default: the plan's own]"),
]


@one_run()
def outside_view(
    run: Run, reference: Reference, column: ColumnName = None, of: Outcome = "finish", base: Base = None
) -> Answer:
    """Where does our P80 stand among comparable projects, and what uplift do they ask for?"""
    known = riskmc.reference_class(reference, column)
    trials = run.trials()
    found = riskmc.outside_view(trials, known, of=of, base=base)
    return Answer(
        lambda colour: riskmc.reports.tell_outside(found, trials, colour=colour),
        lambda: riskmc.reports.dumps_outside(found, trials),
        {"outside-view": lambda: riskmc.plot.outside_view(found)},
    )
