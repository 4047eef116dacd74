"""Crosscheck as `riskmc crosscheck` prints it: on how many iterations the engines agree, and where they part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from riskmc.analysis.crosscheck import Crosscheck
from riskmc.forecast.figures import iterations_text
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered
from riskmc.simulation.trials import Trials

AGREES = "Every number of this program has been computed twice, in two ways, and is the same."
READING = (
    "Engines: Monte Carlo and discrete-event, on the same draws, without what only the second can honour. "
    "Implementations: simpy and the kernel, on the whole program: every event, date and cent."
)


def with_crosscheck(trials: Trials, found: Crosscheck) -> Trials:
    """Return trials whose first notes say how far engines and implementations agree, for the answer and the page."""
    return replace(trials, notes=(*found.sentences(), *trials.notes))


def tell_crosscheck(found: Crosscheck, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    return rendered([_headline(found)], _sections(found), width, colour)


def _headline(found: Crosscheck) -> str:
    if found.agrees:
        return AGREES
    return "The engines do not agree: that is a fault of riskmc; please report it with the program."


def _sections(found: Crosscheck) -> Iterator[Section]:
    engines, events = found.engines, found.implementations
    columns = [Column("Compared"), *(Column(heading, right=True) for heading in ("Agree", "Of", "Events"))]
    rows = [
        ("Engines: minutes and cents", f"{engines.agree:,}", f"{engines.iterations:,}", ""),
        ("Implementations: event by event", f"{events.agree:,}", f"{events.iterations:,}", f"{events.events:,}"),
    ]
    yield Section(columns, rows, [READING])
    if engines.left_out:
        yield Section(notes=[f"Left out where the engines are compared: {'; '.join(engines.left_out)}."])
    if engines.first is not None:
        yield Section(notes=[f"The engines differ first in iteration {engines.first}."], warning=True)
    if events.first is not None:
        told = f"In iteration {events.first.iteration} the kernel says: {found.kernel_says}; simpy: {found.simpy_says}."
        yield Section(notes=[told], warning=True)
    if found.trials.censored:
        yield Section(notes=[f"{iterations_text(found.trials.censored)} reached the end of the calendars."])
    yield remarks.provenance(found.trials)
