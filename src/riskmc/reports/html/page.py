"""The page: the whole answer as one HTML file that opens offline, in light and dark, and prints on A4.

It asks the network for nothing, needs no script to be read, and is the same text for the same document.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import riskmc.plot as plot
from riskmc.forecast.figures import printable
from riskmc.plot.palette import declarations
from riskmc.reports.document.document import Document
from riskmc.reports.document.layout import parted
from riskmc.reports.theme.theme import PLAIN, Theme

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup


def html_text(document: Document, theme: Theme = PLAIN) -> str:
    """Return the document as HTML: the answer in a sentence, then pictures with their numbers as tables."""
    return _template().render(
        document=document,
        theme=theme,
        light=declarations(),
        dark=declarations(dark=True),
        picture_css=plot.SVG_CSS,
    )


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
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
