"""The page: the whole answer as one HTML file that opens offline, in light and dark, and prints on A4.

It asks the network for nothing, needs no script to be read, and is the same text for the same document.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

import riskmc.plot as plot
from riskmc.forecast.language import said, spoken
from riskmc.forecast.written import Written
from riskmc.reports.document.blocks import Block, Cell, Listing, Picture, Remark
from riskmc.reports.document.document import Document
from riskmc.reports.document.layout import Section
from riskmc.reports.html.first_page import setting
from riskmc.reports.html.look import declared, logo_address
from riskmc.reports.html.text import alone, css_string, forecast, held, keyed, promised, shown, sort_value, told
from riskmc.reports.theme.theme import PLAIN, Theme

if TYPE_CHECKING:
    from jinja2 import Environment

FEWEST_TO_SORT = 4  # rows
MOST_OF_A_NAME = 70  # characters of the program's name at the foot of each sheet


def html_text(document: Document, theme: Theme = PLAIN) -> str:
    """Return the document as HTML: the answer in a sentence, then pictures with their numbers as tables."""
    return composed(document, theme)


def composed(document: Document, theme: Theme, paper: bool = False) -> str:
    """Return the document as HTML to be read on a screen, or on ``paper`` alone: without what only a screen can do."""
    script = _source("page.js")
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            document=document,
            theme=theme,
            paper=paper,
            light=declared(theme),
            dark=declared(theme, dark=True),
            picture_css=plot.SVG_CSS,
            logo=logo_address(theme),
            setting=setting(document),
            foot=css_string(_foot(document, theme)),
            subtitle=partial(keyed, replaced=theme.colours),
            lead=forecast(document.lead, _figures(document)),
            script=script,
            script_hash=b64encode(sha256(script.encode()).digest()).decode("ascii"),
        )
    )


def _foot(document: Document, theme: Theme) -> str:
    """Return what stands at the foot of every sheet."""
    name = document.name if len(document.name) <= MOST_OF_A_NAME else f"{document.name[:MOST_OF_A_NAME].rstrip()}…"
    return ", ".join(text for text in (name, document.dated, theme.mark) if text)


def _figures(document: Document) -> set[str]:
    """Return the dates and amounts that the first part's pictures tell of the forecast."""
    pictures = [block for part in document.parts[:1] for block in part.blocks if isinstance(block, Picture)]
    cells = (cell for picture in pictures for row in picture.numbers.rows for cell in row)
    return {str(cell) for cell in cells if isinstance(cell, Written)}


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("riskmc.reports.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    environment.filters |= {
        "alone": alone,
        "told": told,
        "held": held,
        "promised": promised,
        "sort_value": sort_value,
    }
    environment.tests |= {"sortable": _sortable, "level": _level, "wide": _wide}
    environment.globals |= {"kind": _kind, "said": said, "spoken": spoken}
    return environment


@cache
def _source(name: str) -> str:
    return files("riskmc.reports.html").joinpath("templates", name).read_text(encoding="utf-8")


def _kind(block: Block) -> str:
    """Return by which words of the template a block is set."""
    kinds = {Picture: "picture", Remark: "remark", Listing: "listing"}
    return next((name for kind, name in kinds.items() if isinstance(block, kind)), "table")


def _sortable(section: Section) -> bool:
    """Return whether a table is a list of named things, which a reader may want in another order."""
    return bool(section.columns) and section.columns[0].yields and len(section.rows) >= FEWEST_TO_SORT


def _level(row: tuple[Cell, ...]) -> bool:
    """Return whether two pictures stand side by side, so that title stands beside title and drawing beside drawing."""
    return len(row) == 2 and all(len(cell) == 1 and isinstance(cell[0], Picture) for cell in row)


def _wide(svg: str) -> bool:
    """Return whether a drawing is made for the whole width of a page."""
    return f'width="{plot.FULL}"' in svg[:600]
