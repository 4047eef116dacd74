"""The page of a forecast, as `riskmc forecast --html` writes it: the printed answer with pictures."""

from __future__ import annotations

import os

from riskmc.forecast.figures import start_day
from riskmc.forecast.language import marked, said
from riskmc.program.contents import program_days
from riskmc.reports.destination import check_destination, write_whole
from riskmc.reports.document.document import Document
from riskmc.reports.document.facts import facts
from riskmc.reports.document.forecast_parts import parts
from riskmc.reports.document.opening import headline, lead
from riskmc.reports.html.page import html_text
from riskmc.simulation.trials import Trials

READING = marked(
    "P80: the value not exceeded in 80% of the simulated outcomes. Intervals are simulation error only: they say "
    "nothing of errors in the plan, the ranges or the risks."
)


def page(trials: Trials) -> str:
    """Return the page of these trials as HTML: the answer in a sentence, then pictures with their numbers as tables."""
    return html_text(forecast_document(trials))


def write_page(trials: Trials, file: str | os.PathLike[str]) -> None:
    """Write the page to ``file``, whole or not at all; ArgumentError, before any work, where that is impossible."""
    check_destination(os.fspath(file))
    write_whole(page(trials), os.fspath(file))


def forecast_document(trials: Trials) -> Document:
    """Return what the printed answer says, with its pictures."""
    return Document(
        name=trials.program.program,
        kind=said("Forecast") if trials.random else said("Plan"),
        dated=dated(trials),
        headline=headline(trials),
        lead=lead(trials),
        facts=tuple(facts(trials)),
        parts=tuple(parts(trials)),
        footer=said(READING) if trials.random else "",
    )


def dated(trials: Trials) -> str:
    """Return the data date in words, else the start."""
    days = program_days(trials.program)
    if "Data date" in days:
        return said("data date {date}", date=days["Data date"])
    return said("start {date}", date=start_day(trials.start))
