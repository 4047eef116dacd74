"""Deck: the document as PowerPoint: every title a message, native charts and tables, the numbers in the notes.

The same document gives the same bytes. Without a master the slides are 16:9 in riskmc's own look; a theme's master
gives them its layouts, size, fonts and background.
"""

from __future__ import annotations

from typing import Any

from riskmc.forecast.figures import shortened
from riskmc.forecast.language import said
from riskmc.reports.document.blocks import Block, Picture, Table
from riskmc.reports.document.document import Document
from riskmc.reports.slides.arrangement import FRONTIER, PROPOSAL, Sheet, arranged
from riskmc.reports.slides.boxes import Box
from riskmc.reports.slides.flow import paragraph_of
from riskmc.reports.slides.logo_shape import add_logo
from riskmc.reports.slides.look import Look
from riskmc.reports.slides.master import look_of
from riskmc.reports.slides.measures import ARIAL, DEJAVU, lettered
from riskmc.reports.slides.notes import decision_notes, notes_of, opening_notes
from riskmc.reports.slides.opening_slides import draw_answer, draw_choice
from riskmc.reports.slides.package import packed
from riskmc.reports.slides.picture_slides import draw_pictures, draw_pieces
from riskmc.reports.slides.writing import (
    Paragraph,
    split_title,
    write_footer,
    write_more,
    write_notes,
    write_subtitle,
    write_title,
)
from riskmc.reports.theme.theme import PLAIN, Theme

_SUBTITLE = 36.0  # points of the grey line, at most
_NAME = 60  # characters of the name of a program in a title and in the footer


def pptx_bytes(document: Document, theme: Theme = PLAIN) -> bytes:
    """Return the document as a .pptx; ArgumentError where the master of the theme cannot be used."""
    look = look_of(theme)
    with lettered(ARIAL if look.own else DEJAVU):
        return _deck(look, document, theme)


def _deck(look: Look, document: Document, theme: Theme) -> bytes:
    _add_answer(look, document, theme)
    _add_choice(look, document, theme)
    for sheet in arranged(document, look.body.below(_SUBTITLE)):
        _add_sheet(look, document, theme, sheet)
    return packed(look.presentation, f"{document.name}: {document.kind}")


def _add_answer(look: Look, document: Document, theme: Theme) -> None:
    basis = [line.rstrip(".") for line in document.basis]
    dated = [] if any(document.dated.lower() in line.lower() for line in basis) else [document.dated]
    told = " · ".join([document.kind, *dated, *basis])
    title, more = split_title(look, document.headline.replace(document.name, shortened(document.name, _NAME)))
    slide, body = _slide(look, document, theme, title, told)
    if more:
        body = body.below(write_more(slide, look, body, more))
    draw_answer(slide, look, body, document)
    write_notes(slide, opening_notes(document))


def _add_choice(look: Look, document: Document, theme: Theme) -> None:
    """Add the slide of the decision, where responses are proposed: what money buys, and what is asked."""
    decision = document.decision
    if decision is None:
        return
    blocks = [block for part in document.parts for block in part.blocks]
    frontier = next((one for one in blocks if isinstance(one, Picture) and one.name == FRONTIER), None)
    proposal = next((one for one in blocks if isinstance(one, Table) and one.name == PROPOSAL), None)
    if frontier is None and proposal is None:  # the box of the answer has said it all
        return
    title, more = split_title(look, decision.ask)
    slide, body = _slide(look, document, theme, title, decision.title)
    if more:
        body = body.below(write_more(slide, look, body, more))
    draw_choice(slide, look, body, decision, frontier, proposal)
    shown: list[Block] = [block for block in (frontier, proposal) if block is not None]
    write_notes(slide, f"{decision_notes(document)}\n\n{notes_of(shown, document)}")


def _add_sheet(look: Look, document: Document, theme: Theme, sheet: Sheet) -> None:
    slide, body = _slide(look, document, theme, sheet.title, sheet.subtitle, sheet.backup)
    if sheet.pictures:
        below = [*_facts(document, sheet), *map(paragraph_of, sheet.remarks)]
        draw_pictures(slide, look, body, sheet.pictures, below)
    if sheet.page is not None:
        draw_pieces(slide, look, body, [sheet.page])
    write_notes(slide, notes_of(sheet.blocks, document))


def _facts(document: Document, sheet: Sheet) -> list[Paragraph]:
    """Return the fact that belongs under the curve of the finish: the first one of a forecast."""
    first = next(iter(document.facts), None)
    if sheet.pictures[0].name != "finish" or first is None or not first.simulated:
        return []
    return [Paragraph(" · ".join([f"{first.name}: {first.value}", *first.more]), 16.0, bold=True)]


def _slide(
    look: Look, document: Document, theme: Theme, title: str, subtitle: str, backup: bool = False
) -> tuple[Any, Box]:
    """Add a slide with title, grey line and footer; return it with the room that is left."""
    slide = look.presentation.slides.add_slide(look.layout)
    for shape in list(slide.placeholders):
        if shape.placeholder_format.idx != 0:
            shape._element.getparent().remove(shape._element)
    height = write_title(slide, look, title)
    body = look.body
    if look.own:  # the grey line follows the title, be that one line or two
        body = Box(body.left, look.title.top + height + 6.0, body.width, body.bottom - look.title.top - height - 6.0)
    body = body.below(write_subtitle(slide, look, body, subtitle))
    words = [
        shortened(document.name, _NAME),
        document.dated,
        *([said("Backup")] if backup else []),
        *([theme.mark] if theme.mark else []),
    ]
    write_footer(slide, look, " · ".join(words))
    if look.logo is not None:
        add_logo(slide, look.logo, look.sign)
    return slide, body
