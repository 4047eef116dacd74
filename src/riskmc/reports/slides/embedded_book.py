"""Embedded book: the workbook behind a native chart, which opens where somebody edits its data; text is only text.

It is written from the chart itself: every reference of the chart (``Sheet1!$B$2:$B$9``) is filled with the values that
the chart shows, so that both say the same.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

_REFERENCE = re.compile(r"Sheet1!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?$")
_MADE = datetime(2000, 1, 1)


def fill_book(chart: Any) -> None:
    """Replace the workbook of a chart by one of the same cells in which no text is a formula, and nothing is dated."""
    import xlsxwriter

    out = io.BytesIO()
    kept = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, kept)
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet("Sheet1")
    styles: dict[str, Any] = {"": None, "General": None}
    for row, column, value, form in _cells(chart._chartSpace):
        if form not in styles:
            styles[form] = book.add_format({"num_format": form})
        sheet.write(row, column, value, styles[form])
    book.close()
    chart.part.chart_workbook.update_from_xlsx_blob(out.getvalue())


def _cells(space: Any) -> list[tuple[int, int, str | float, str]]:
    """Return row, column, value and number format of every cell that the chart refers to, in order."""
    from pptx.oxml.ns import qn

    found: dict[tuple[int, int], tuple[str | float, str]] = {}
    for reference in space.iter(qn("c:f")):
        match = _REFERENCE.match(reference.text or "")
        cache = reference.getnext()
        if match is None or cache is None:
            continue
        column, first = _column(match[1]), int(match[2]) - 1
        numeric = cache.tag == qn("c:numCache")
        form = cache.findtext(qn("c:formatCode")) or "" if numeric else ""
        for point in cache.iterfind(qn("c:pt")):
            text = point.findtext(qn("c:v")) or ""
            found[first + int(point.get("idx")), column] = (float(text) if numeric else text, form)
    return [(row, column, *found[row, column]) for row, column in sorted(found)]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1
