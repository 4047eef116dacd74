"""Opening slides: the answer with its facts, the risks that carry it and the decision; then the decision on its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from riskmc.reports.document.blocks import Picture, Table
from riskmc.reports.document.document import Decision, Document
from riskmc.reports.document.facts import Fact
from riskmc.reports.slides.boxes import Box
from riskmc.reports.slides.flow import pages_of
from riskmc.reports.slides.look import Look
from riskmc.reports.slides.picture_slides import draw_picture, draw_pieces
from riskmc.reports.slides.writing import SMALL, Paragraph, fitting, height_of_all, write

_GAP, _INSET = 24.0, 14.0
_LEFT = 0.58  # share of the width for what stands at the left of a decision
_EFFECTS = 0.5  # share of the height for what a decision brings, above the table of what is proposed
_FACT = 100.0  # points of one fact, at most
_BETWEEN = 16.0
_TEXT = 14.0


def draw_answer(slide: Any, look: Look, body: Box, document: Document) -> None:
    """Put the facts on the slide, under them the risks that carry most of the delay; at the right what is asked."""
    left = body
    if document.decision is not None:
        left, right = body.split(_LEFT, _GAP)
        draw_decision(slide, look, right, document.decision)
    columns = 2 if document.decision is not None else max(min(len(document.facts), 4), 1)
    used = _draw_facts(slide, look, left, document.facts, columns)
    rest = left.below(used + 4.0)
    if document.decision is None and document.lead:
        told = fitting([Paragraph(document.lead)], rest.first(min(rest.height, 90.0)))
        write(slide, look, rest.first(height_of_all(told, rest.width)), told)
        rest = rest.below(height_of_all(told, rest.width) + 16.0)
    if document.top is not None:
        _draw_table(slide, look, rest, document.top)


def _draw_table(slide: Any, look: Look, box: Box, table: Table) -> None:
    """Put a table into a box, if it fits whole: the notes and the slide of its part have it in any case."""
    pages = pages_of([table], box)
    if len(pages) == 1 and sum(piece.height(box.width) for piece in pages[0].pieces) <= box.height + 0.5:
        draw_pieces(slide, look, box, pages)


def _draw_facts(slide: Any, look: Look, box: Box, facts: Sequence[Fact], columns: int) -> float:
    """Write the facts in columns, and return the height that they take."""
    width = (box.width - _GAP * (columns - 1)) / columns
    top = box.top
    for first in range(0, len(facts), columns):
        rooms = [Box(box.left + place * (width + _GAP), top, width, _FACT) for place in range(columns)]
        told = [fitting(_fact(fact), room) for fact, room in zip(facts[first:], rooms, strict=False)]
        for paragraphs, room in zip(told, rooms, strict=False):
            write(slide, look, room.first(height_of_all(paragraphs, width)), paragraphs)
        top += max(height_of_all(paragraphs, width) for paragraphs in told) + _BETWEEN
    return top - box.top


def _fact(fact: Fact) -> list[Paragraph]:
    value = Paragraph(fact.value, 22.0, bold=True, colour="forecast" if fact.simulated else "")
    return [Paragraph(fact.name, SMALL, colour="quiet"), value, *(Paragraph(more, SMALL) for more in fact.more)]


def draw_decision(slide: Any, look: Look, box: Box, decision: Decision) -> None:
    """Draw the one box of the deck: what is asked, what it brings, what stays bad with it, and what holds without."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Pt

    inner = Box(box.left + _INSET, box.top + _INSET, box.width - 2 * _INSET, box.height - 2 * _INSET)
    told = fitting(_asked(decision), inner)
    height = min(height_of_all(told, inner.width) + 2 * _INSET + 4.0, box.height)
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.first(height).emu)
    shape.name = "Decision"
    shape.fill.background()
    shape.line.color.rgb, shape.line.width = look.rgb("ink"), Pt(1.25)
    shape.shadow.inherit = False
    write(slide, look, inner.first(height - 2 * _INSET), told)


def _asked(decision: Decision) -> list[Paragraph]:
    told = [Paragraph(decision.title, SMALL, bold=True, colour="quiet"), Paragraph(decision.ask, bold=True, before=4.0)]
    effects = enumerate(decision.effects, start=1)
    told += [Paragraph(f"{number}. {effect}", _TEXT, before=6.0) for number, effect in effects]
    told += [Paragraph(decision.remains, _TEXT, colour="threat", before=8.0)] if decision.remains else []
    told += [Paragraph(decision.without, _TEXT, before=6.0)] if decision.without else []
    return told


def draw_choice(
    slide: Any, look: Look, body: Box, decision: Decision, frontier: Picture | None, proposal: Table | None
) -> None:
    """Put on the slide what money buys at the left, what is proposed at the right, and with and without below."""
    below = [Paragraph(text, _TEXT, before=4.0) for text in (decision.remains, decision.without) if text]
    low = height_of_all(below, body.width)
    write(slide, look, body.last(low), below) if below else None
    above = body.above(low + 12.0)
    effects = [Paragraph(f"{n}. {text}", before=8.0) for n, text in enumerate(decision.effects, start=1)]
    right = above
    if frontier is not None:
        left, right = above.split(_LEFT, _GAP)
        draw_picture(slide, look, left, frontier, headed=True)
    told = fitting(effects, right if proposal is None else right.first(_EFFECTS * right.height))
    used = height_of_all(told, right.width)
    if told:
        write(slide, look, right.first(used), told)
    if proposal is not None:
        _draw_table(slide, look, right.below(used + 16.0), proposal)
