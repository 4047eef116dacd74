"""Picture slides: charts side by side, each under its own line, and pages of tables and text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import riskmc.plot as plot
from riskmc.reports.document.blocks import Picture
from riskmc.reports.slides.arrangement import line_of
from riskmc.reports.slides.boxes import Box
from riskmc.reports.slides.flow import Page, Piece
from riskmc.reports.slides.look import Look
from riskmc.reports.slides.measures import plain
from riskmc.reports.slides.native_charts import add_chart
from riskmc.reports.slides.table_shapes import draw_grid
from riskmc.reports.slides.writing import SMALL, Paragraph, fitting, height_of_all, write

_GAP = 24.0
_HEADING = 13.0
_BETWEEN = 14.0


def draw_pictures(slide: Any, look: Look, body: Box, pictures: Sequence[Picture], facts: Sequence[Paragraph]) -> None:
    """Put one or two pictures on the slide, the title of the first being that of the slide; facts stand below."""
    if facts:
        low = height_of_all(facts, body.width)
        write(slide, look, body.last(low), facts)
        body = body.above(low + 8.0)
    if len(pictures) == 1:
        draw_picture(slide, look, body, pictures[0])
        return
    left, right = body.split(0.5, _GAP)
    used = max(_heading_height(picture, left) for picture in pictures[1:])
    draw_picture(slide, look, left.below(used), pictures[0])
    for picture in pictures[1:]:
        draw_picture(slide, look, right, picture, headed=True, least=used)


def _heading(picture: Picture) -> list[Paragraph]:
    return [
        Paragraph(picture.title, _HEADING, bold=True),
        Paragraph(line_of(picture), 11.0, colour="quiet", before=2.0),
    ]


def _heading_height(picture: Picture, box: Box) -> float:
    return height_of_all(fitting(_heading(picture), box.first(84.0)), box.width) + 6.0


def draw_picture(slide: Any, look: Look, box: Box, picture: Picture, headed: bool = False, least: float = 0.0) -> None:
    """Put a picture into a box: its native chart, else itself; under its own title and line where it is ``headed``."""
    if headed:
        told = fitting(_heading(picture), box.first(84.0))
        write(slide, look, box.first(height_of_all(told, box.width)), told)
        box = box.below(max(_heading_height(picture, box), least))
    if picture.reading and not headed:
        told = fitting([Paragraph(picture.reading, SMALL, colour="quiet")], box.last(32.0))
        low = height_of_all(told, box.width)
        write(slide, look, box.last(low), told)
        box = box.above(low + 4.0)
    if picture.chart is not None and picture.chart.series:
        add_chart(slide, look, box, picture.chart, picture.title, picture.description)
    else:
        _draw_itself(slide, box, picture)


def _draw_itself(slide: Any, box: Box, picture: Picture) -> None:
    """Put the picture as it is drawn into a box, as large as fits, for want of a native chart."""
    shape = slide.shapes.add_picture(io.BytesIO(plot.png_bytes(picture.axes)), 0, 0)
    scale = min(box.emu[2] / shape.width, box.emu[3] / shape.height)
    shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
    shape.left, shape.top = box.emu[0] + (box.emu[2] - shape.width) // 2, box.emu[1]
    shape.name = "Picture"
    shape._element.nvPicPr.cNvPr.set("descr", plain(picture.description))


def draw_pieces(slide: Any, look: Look, body: Box, pages: Sequence[Page]) -> None:
    """Put the pieces of a page on the slide, one below the other."""
    for page in pages:
        top = body
        for piece in page.pieces:
            _draw_piece(slide, look, top, piece)
            top = top.below(piece.height(body.width) + _BETWEEN)


def _draw_piece(slide: Any, look: Look, box: Box, piece: Piece) -> None:
    for paragraphs in (piece.above,):
        if paragraphs:
            height = height_of_all(paragraphs, box.width)
            write(slide, look, box.first(height), paragraphs)
            box = box.below(height + 4.0)
    if piece.grid is not None:
        draw_grid(slide, look, box, piece.grid, " ".join(paragraph.text for paragraph in piece.above))
        box = box.below(piece.grid.height + 4.0)
    if piece.below:
        write(slide, look, box.first(height_of_all(piece.below, box.width)), piece.below)
