"""The page: the whole answer as one HTML file that opens offline, in light and dark, and prints on A4.

It asks the network for nothing, needs no script to be read, and is the same text for the same trials.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import riskmc.plot as plot
from riskmc.forecast.figures import printable, start_day
from riskmc.plot.palette import declarations
from riskmc.program.contents import program_days
from riskmc.reports.destination import check_destination, write_whole
from riskmc.reports.document.facts import facts
from riskmc.reports.document.forecast_parts import parts
from riskmc.reports.document.layout import parted
from riskmc.reports.document.opening import headline, lead
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup


def page(trials: Trials) -> str:
    """Return the page of these trials as HTML: the answer in a sentence, then pictures with their numbers as tables."""
    return _template().render(
        name=trials.program.program,
        kind="Forecast" if trials.random else "Plan",
        dated=_dated(trials),
        headline=headline(trials),
        lead=lead(trials),
        facts=facts(trials),
        parts=parts(trials),
        light=declarations(),
        dark=declarations(dark=True),
        picture_css=plot.SVG_CSS,
    )


def write_page(trials: Trials, file: str | os.PathLike[str]) -> None:
    """Write the page to ``file``, whole or not at all; ArgumentError, before any work, where that is impossible."""
    check_destination(os.fspath(file))
    write_whole(page(trials), os.fspath(file))


def _dated(trials: Trials) -> str:
    """Return the data date, else the start."""
    said = program_days(trials.program)
    return f"data date {said['Data date']}" if "Data date" in said else f"start {start_day(trials.start)}"


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("riskmc.reports.html", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_shown
    )
    environment.filters["held"] = _held
    return environment.get_template("page.html.j2")


def _held(text: str) -> Markup:
    """Return text as markup in which no line ends within a date or an amount."""
    from markupsafe import Markup

    plain, held = Markup("{}").format, Markup('<span class="held">{}</span>').format
    pieces = enumerate(parted(printable(text)))
    return Markup("").join((held if number % 2 else plain)(piece) for number, piece in pieces)


def _shown(value: Any) -> Any:
    """Return text without characters that steer a page or the direction of writing; markup as it is."""
    return printable(value) if type(value) is str else value
