"""Table shapes: measured tables as native tables of PowerPoint: thin rules, no fill, figures at the right."""

from __future__ import annotations

from typing import Any

from riskmc.reports.slides.boxes import EMU, Box
from riskmc.reports.slides.grids import GAP, PAD, Grid
from riskmc.reports.slides.look import Look
from riskmc.reports.slides.measures import plain

_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid"


def draw_grid(slide: Any, look: Look, box: Box, grid: Grid, description: str) -> None:
    """Put the table on the slide, from the upper left corner of the box."""
    heights = [*([grid.head] if grid.head else []), *grid.heights]
    place = Box(box.left, box.top, sum(grid.widths), sum(heights))
    frame = slide.shapes.add_table(1, len(grid.columns), *place.emu)
    frame.name = "Table"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(description))
    table = frame.table
    table.first_row, table.horz_banding = bool(grid.head), False
    table._tbl.tblPr.find(f"{{{_SPACE}}}tableStyleId").text = _NO_STYLE
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = round(EMU * width)
    for row in table._tbl.tr_lst:
        table._tbl.remove(row)
    texts = [*([tuple(column.heading for column in grid.columns)] if grid.head else []), *grid.rows]
    for number, (row, height) in enumerate(zip(texts, heights, strict=True)):
        table._tbl.append(_row(look, grid, row, height, bool(grid.head) and number == 0))


def _row(look: Look, grid: Grid, row: tuple[str, ...], height: float, head: bool) -> Any:
    """Return one row of cells; those of the head are bold and grey, as are the names of a list without a head."""
    from lxml import etree

    made = etree.Element(f"{{{_SPACE}}}tr", {"h": str(round(EMU * height))}, nsmap={"a": _SPACE})
    for number, text in enumerate(row):
        bold = head or (not grid.head and number == 0)
        cell = etree.SubElement(made, f"{{{_SPACE}}}tc")
        _write(cell, text, grid.size, bold, look.colour("quiet") if head else "", grid.columns[number].right)
        _frame(cell, look, head)
    return _parsed(made)


def _parsed(made: Any) -> Any:
    """Return the row as the elements that python-pptx knows."""
    from lxml import etree
    from pptx.oxml import parse_xml

    return parse_xml(etree.tostring(made))


def _write(cell: Any, text: str, size: float, bold: bool, colour: str, right: bool) -> None:
    from lxml import etree

    body = etree.SubElement(cell, f"{{{_SPACE}}}txBody")
    etree.SubElement(body, f"{{{_SPACE}}}bodyPr")
    etree.SubElement(body, f"{{{_SPACE}}}lstStyle")
    paragraph = etree.SubElement(body, f"{{{_SPACE}}}p")
    etree.SubElement(paragraph, f"{{{_SPACE}}}pPr", {"algn": "r" if right else "l"})
    letters = {"lang": "en-US", "sz": str(round(100 * size)), "b": "1" if bold else "0"}
    if text:
        run = etree.SubElement(paragraph, f"{{{_SPACE}}}r")
        style = etree.SubElement(run, f"{{{_SPACE}}}rPr", letters)
        if colour:
            etree.SubElement(etree.SubElement(style, f"{{{_SPACE}}}solidFill"), f"{{{_SPACE}}}srgbClr", {"val": colour})
        etree.SubElement(run, f"{{{_SPACE}}}t").text = text
    etree.SubElement(paragraph, f"{{{_SPACE}}}endParaRPr", letters)


def _frame(cell: Any, look: Look, head: bool) -> None:
    """Give a cell its margins, and a thin rule under it."""
    from lxml import etree

    margins = {"marL": GAP, "marR": GAP, "marT": PAD, "marB": PAD}
    told = {name: str(round(EMU * points)) for name, points in margins.items()}
    properties = etree.SubElement(cell, f"{{{_SPACE}}}tcPr", {**told, "anchor": "b" if head else "t"})
    line = etree.SubElement(properties, f"{{{_SPACE}}}lnB", {"w": "9525", "cap": "flat", "cmpd": "sng", "algn": "ctr"})
    fill = etree.SubElement(line, f"{{{_SPACE}}}solidFill")
    etree.SubElement(fill, f"{{{_SPACE}}}srgbClr", {"val": look.colour("rule")})
