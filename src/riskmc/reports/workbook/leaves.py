"""Leaves: the parts of a document as the sheets that hold them: one a part, and one of its own for a long table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from riskmc.reports.document.blocks import Block, Listing, Part, Picture, Remark, Table
from riskmc.reports.document.document import Document
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.workbook.chart_data import ChartData
from riskmc.reports.workbook.native_charts import WIDTH, height_of, insert_chart
from riskmc.reports.workbook.sheet import Sheet
from riskmc.reports.workbook.sheet_names import Names

LONG = 40  # rows of a table that has a sheet of its own
_POINTS = 0.75  # of a pixel
_TITLES = 2  # rows that stay on the screen where several tables stand below each other


@dataclass(frozen=True, eq=False)
class Leaf:
    """One sheet to be: its name, its title, and the blocks of the part ``of`` the document that stand on it."""

    name: str
    title: str
    of: str
    blocks: tuple[Block, ...]
    tables: tuple[str, ...]

    @property
    def sections(self) -> list[Section]:
        """What stands in columns: the tables, and the terms of lists."""
        terms = [[(term,) for term, _ in block.entries] for block in self.blocks if isinstance(block, Listing)]
        tables = [told for told in map(section_of, self.blocks) if told.columns]
        return [*tables, *(Section([Column("")], rows) for rows in terms)]

    @property
    def charts(self) -> int:
        """How many charts stand on it."""
        return sum(isinstance(block, Picture) and block.chart is not None for block in self.blocks)

    def write(self, sheet: Sheet, document: Document, points: ChartData | None) -> None:
        """Write the sheet; the points of its charts go to ``points``."""
        sheet.text(self.title, "title")
        sheet.text(" · ".join(word for word in (document.name, document.kind, document.dated) if word), "quiet")
        heads = [
            head
            for block, name in zip(self.blocks, self.tables, strict=True)
            for head in _block(sheet, block, name, points)
        ]
        _freeze(sheet, heads)
        sheet.fit(_drawn_width(self))


def _drawn_width(leaf: Leaf) -> int:
    """Return the pixels that charts take beside the tables of a sheet."""
    return WIDTH if leaf.charts else 0


def leaves_of(document: Document, names: Names) -> list[Leaf]:
    """Return the sheets of the parts that say anything, with their names and those of their tables."""
    leaves = []
    for part in document.parts:
        for blocks in _groups(part):
            tables = tuple(names.table(f"{part.name} {number}") for number, _ in enumerate(blocks, 1))
            leaves.append(Leaf(names.sheet(part.title), part.title, part.name, blocks, tables))
    return leaves


def section_of(block: Block) -> Section:
    """Return the table of a block; an empty one where it has none."""
    if isinstance(block, Picture):
        return block.numbers
    return block.section if isinstance(block, Table) else Section()


def _groups(part: Part) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks that share a sheet: all, but for long tables."""
    short: list[Block] = []
    for block in part.blocks:
        if len(section_of(block).rows) > LONG and len(part.blocks) > 1:
            if short:
                yield tuple(short)
            yield (block,)
            short = []
        else:
            short.append(block)
    if short:
        yield tuple(short)


def _freeze(sheet: Sheet, heads: list[int]) -> None:
    """Keep the heading of a lone table on the screen and on every printed page, else the title."""
    last = heads[0] if len(heads) == 1 else _TITLES - 1
    sheet.paper.freeze_panes(last + 1, 1 if len(heads) == 1 else 0)
    sheet.paper.repeat_rows(0, last)


def _block(sheet: Sheet, block: Block, name: str, points: ChartData | None) -> list[int]:
    """Write a block and return the row of its table's heading, if it has one."""
    sheet.skip()
    if isinstance(block, Remark):
        sheet.text(block.sentence, "warning" if block.warning else "text")
        return []
    if isinstance(block, Listing):
        _listing(sheet, block)
        return []
    sheet.text(block.title, "heading")
    if isinstance(block, Picture):
        return _picture(sheet, block, name, points)
    return _table(sheet, block.section, name, readable=True)


def _listing(sheet: Sheet, block: Listing) -> None:
    sheet.text(block.title, "heading")
    for term, sentences in block.entries:
        for number, sentence in enumerate(sentences):
            if not number:
                sheet.cell(sheet.row, 0, term, "term")
            sheet.line(sentence, "text", 1, max(sheet.last_of_text, 1))
            sheet.row += 1


def _table(sheet: Sheet, section: Section, name: str, readable: bool) -> list[int]:
    heads = [sheet.table(section, name)[0]] if section.columns else []
    for note in section.notes:
        sheet.text(note, "warning" if section.warning else "quiet", readable)
    return heads


def _picture(sheet: Sheet, block: Picture, name: str, points: ChartData | None) -> list[int]:
    """Write the numbers of a picture, how to read them, and its chart beside them."""
    drawn, top, row = block.chart is not None and points is not None, sheet.top, sheet.row
    heads = _table(sheet, block.numbers, name, readable=not drawn)
    if block.reading:
        sheet.text(block.reading, "quiet", not drawn)
    if block.chart is not None and points is not None:
        insert_chart(sheet, row, block, points)
        sheet.reach(top + height_of(block.chart) * _POINTS)
    return heads
