"""Decks to look into: documents with native charts, written as .pptx and opened again."""

import io
from dataclasses import replace
from functools import cache

from pptx import Presentation

import riskmc as rm
from pictured import ferry
from pictured_results import cash, drivers
from riskmc import plot
from riskmc.reports.document import charts
from riskmc.reports.document.blocks import Part, Picture, Remark, Table
from riskmc.reports.document.document import Decision, Document
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.forecast_page import forecast_document
from riskmc.reports.slides.deck import pptx_bytes
from riskmc.reports.theme.theme import PLAIN, Theme

DECISION = Decision(
    title="Decision asked",
    ask="Approve EUR 240k for a mock-up on land.",
    effects=("P80 comes 9 days earlier.", "The chance goes from 55% to 65%."),
    remains="Even so, P80 misses 1 Jun 2029 by 31 days.",
    without="Without it: commit to 11 Jul 2029.",
)
MAKERS = {
    "finish": charts.finish_curve,
    "cost": charts.cost_curve,
    "joint": charts.joint,
    "milestones": charts.milestones,
    "gantt": charts.gantt,
}


def charted(document: Document, trials: rm.Trials) -> Document:
    """The document with a native chart for every picture that can have one."""

    def block(found):
        named = isinstance(found, Picture) and found.chart is None and found.name in MAKERS
        return replace(found, chart=MAKERS[found.name](trials)) if named else found

    parts = [
        replace(part, rows=tuple(tuple(tuple(map(block, cell)) for cell in row) for row in part.rows))
        for part in document.parts
    ]
    return replace(document, parts=tuple(parts))


def explained(trials: rm.Trials) -> Part:
    """A part with the waterfall, the tornado and the cash flow."""
    numbers, fall, flow = Section([Column("Step")], [["a"]]), rm.waterfall(trials), cash(trials)
    pictures = (
        Picture("finish-waterfall", plot.waterfall(fall), numbers, "How to read it.", charts.waterfall(fall)),
        Picture("finish-tornado", plot.tornado(drivers(trials)), numbers, "", charts.tornado(drivers(trials))),
        Picture("cash", plot.cash_flow(flow), numbers, "", charts.cash_flow(flow)),
        Picture("bare", plot.histogram(trials.finish()), numbers),
    )
    return Part("explained", "Why", ((pictures,),))


def unknown() -> Part:
    """A part that no format has heard of: a warning, a long table and a small one."""
    long = Section(
        [Column("Name", yields=True), Column("Days", right=True)], [[f"Work {n}", f"{n} d"] for n in range(90)]
    )
    small = Section([Column("Name"), Column("Days", right=True)], [["Dig", "3 d"], ["", ""]], ["A note below."])
    blocks = (
        Remark("Something nobody has heard of is late.", warning=True),
        Table("Long", long),
        Table("Small", small),
    )
    return Part("unknown", "Something else", ((blocks,),))


@cache
def whole() -> Document:
    """The ferry with all that slides can show."""
    trials = ferry()
    told = charted(forecast_document(trials), trials)
    return replace(told, decision=DECISION, parts=(*told.parts, explained(trials), unknown()))


def opened(document: Document, theme: Theme = PLAIN):
    """The deck of a document, opened again."""
    return Presentation(io.BytesIO(pptx_bytes(document, theme)))


@cache
def deck():
    """The deck of the ferry."""
    return opened(whole())


def texts(slide) -> list[str]:
    """All text on a slide, its tables and chart labels too."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return found
