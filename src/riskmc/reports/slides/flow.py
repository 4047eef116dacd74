"""Flow: text and tables that follow each other down a slide, broken into pages where they do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from riskmc.forecast.language import said
from riskmc.reports.document.blocks import Block, Listing, Picture, Remark, Table
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.slides.boxes import Box
from riskmc.reports.slides.grids import Grid, grid_of
from riskmc.reports.slides.writing import SMALL, Paragraph, height_of_all

_GAP = 14.0  # points between two blocks
_PAGES = 2  # slides that one table takes
_TEXT = 14.0


@dataclass(frozen=True)
class Piece:
    """What stands in one place: paragraphs, or the rows of a table with what is said above and below."""

    above: tuple[Paragraph, ...] = ()
    grid: Grid | None = None
    below: tuple[Paragraph, ...] = ()

    def height(self, width: float) -> float:
        """Return the height that it takes."""
        grid = 0.0 if self.grid is None else self.grid.height + 8.0
        return height_of_all(self.above, width) + grid + height_of_all(self.below, width)


@dataclass(frozen=True)
class Page:
    """The pieces of one slide, with the blocks that they are from."""

    pieces: tuple[Piece, ...]
    blocks: tuple[Block, ...]


def pages_of(blocks: Sequence[Block], body: Box, headed: bool = True) -> list[Page]:
    """Return the pages that text, lists and tables fill; a table ends after two pages with how many rows are left.

    A lone table is not ``headed``: the title of its slide is its heading.
    """
    pages: list[list[tuple[Piece, Block]]] = [[]]
    for block in blocks:
        for piece in _pieces(block, body, headed):
            if pages[-1] and not _fits([*pages[-1], (piece, block)], body):
                pages.append([])
            pages[-1].append((piece, block))
    return [_page(held) for held in _evened(pages, body) if held]


def _fits(held: Sequence[tuple[Piece, Block]], body: Box) -> bool:
    return sum(piece.height(body.width) + _GAP for piece, _ in held) - _GAP <= body.height + 0.5


def _evened(pages: list[list[tuple[Piece, Block]]], body: Box) -> list[list[tuple[Piece, Block]]]:
    """Return the pages, the last with a table of the one before if it has none itself and there is room for both."""
    *first, last = pages
    if not first or len(first[-1]) < 2 or any(piece.grid for piece, _ in last):
        return pages
    moved = [first[-1][-1], *last]
    return [*first[:-1], first[-1][:-1], moved] if _fits(moved, body) else pages


def _page(held: Sequence[tuple[Piece, Block]]) -> Page:
    blocks: list[Block] = []
    for _, block in held:
        blocks += [] if block in blocks else [block]
    return Page(tuple(piece for piece, _ in held), tuple(blocks))


def paragraph_of(remark: Remark) -> Paragraph:
    """Return a sentence as a slide has it, a warning in the colour of harm."""
    return Paragraph(remark.sentence, _TEXT, bold=remark.warning, colour="threat" if remark.warning else "")


def _pieces(block: Block, body: Box, headed: bool) -> Iterator[Piece]:
    if isinstance(block, Remark):
        yield Piece((paragraph_of(block),))
    elif isinstance(block, Listing):
        rows = [(term if number == 0 else "", text) for term, told in block.entries for number, text in enumerate(told)]
        section = Section([Column(""), Column("", yields=True)], rows)
        yield from _table(Table(block.title, section), body, headed)
    elif isinstance(block, Table):
        yield from _table(block, body, headed)
    else:
        assert not isinstance(block, Picture)


def _table(table: Table, body: Box, headed: bool) -> Iterator[Piece]:
    """Yield a table whole, or in parts of a page each where it is longer."""
    section = table.section
    twice = bool(section.columns) and section.columns[0].heading == table.title
    heading = (Paragraph(table.title, _TEXT, bold=True),) if headed and table.title and not twice else ()
    notes = tuple(Paragraph(note, SMALL, colour="quiet", before=4.0) for note in section.notes)
    if not section.columns or not section.rows:
        yield Piece(heading, None, notes)
        return
    room = body.height - height_of_all(heading, body.width) - height_of_all(notes, body.width) - 8.0
    grid = grid_of(section, body.width, room)
    if grid.height <= room:
        yield Piece(heading, grid, notes)
        return
    room -= 20.0  # for how many rows are left
    first = 0
    for page in range(_PAGES):
        last = grid.fitting(first, room)
        ended = last >= len(grid.rows)
        more = () if ended or page + 1 < _PAGES else (_more(len(grid.rows) - last),)
        yield Piece(heading, grid.taken(first, last), (*more, *(notes if ended or more else ())))
        first = last
        if ended:
            return


def _more(count: int) -> Paragraph:
    return Paragraph(said("and {count} more", count=f"{count:,}"), SMALL, colour="quiet", before=4.0)
