"""The workbook: a document as Excel, the answer first, then a sheet a part: numbers as numbers, charts of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from riskmc.errors import ArgumentError
from riskmc.forecast.figures import printable, shortened
from riskmc.forecast.language import said
from riskmc.reports.document.document import Document
from riskmc.reports.theme.logo import Logo, read_logo
from riskmc.reports.theme.theme import PLAIN, Theme
from riskmc.reports.workbook.answer_sheet import write_answer
from riskmc.reports.workbook.chart_data import ChartData
from riskmc.reports.workbook.leaves import Leaf, leaves_of
from riskmc.reports.workbook.sheet import Sheet
from riskmc.reports.workbook.sheet_names import Names
from riskmc.reports.workbook.styles import Styles
from riskmc.reports.workbook.svg_logo import with_svg

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_NO_DATE = datetime(2000, 1, 1)  # the file wants one; when it was made says nothing
_AS_WRITTEN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FOOT = 90  # characters of a name in the footer of printed pages


def xlsx_bytes(document: Document, theme: Theme = PLAIN) -> bytes:
    """Return the document as an Excel workbook, the same bytes for the same document.

    The first sheet is the answer; then one sheet a part holds its tables, dates as dates, numbers as numbers, and its
    pictures as charts of Excel's own, whose points are on the last sheet. Names from files are text and nothing else:
    no formula, no link. Raises ArgumentError where xlsxwriter is missing.
    """
    whole = BytesIO()
    book = _new_workbook(whole)
    book.set_properties({"title": _line(document.headline), "subject": _line(document.name), "created": _NO_DATE})
    logo = read_logo(theme.logo)
    _fill(book, document, theme, logo)
    book.close()
    return with_svg(whole.getvalue(), logo) if logo is not None and logo.drawn else whole.getvalue()


def _new_workbook(whole: BytesIO) -> Workbook:
    try:
        import xlsxwriter
    except ImportError:
        raise ArgumentError("writing Excel needs xlsxwriter: pip install 'riskmc[report]'") from None
    return xlsxwriter.Workbook(whole, _AS_WRITTEN)


def _line(text: str) -> str:
    return shortened(printable(text), 200)


def _fill(book: Workbook, document: Document, theme: Theme, logo: Logo | None) -> None:
    names, styles = Names(), Styles(book, theme)
    leaves = leaves_of(document, names)
    write_answer(document, styles, names, leaves, _footer(document, theme), logo)
    sheets = [(leaf, Sheet.made(leaf.name, styles, leaf.sections, _footer(document, theme))) for leaf in leaves]
    points = ChartData(names.sheet(said("Chart data")), styles) if _drawn(leaves) else None
    for leaf, sheet in sheets:
        leaf.write(sheet, document, points)


def _drawn(leaves: Iterable[Leaf]) -> bool:
    return any(leaf.charts for leaf in leaves)


def _footer(document: Document, theme: Theme) -> str:
    """Return what stands at the foot of a printed page, in which Excel takes an ampersand for a command."""
    told = [shortened(printable(text), _FOOT) for text in (document.name, document.dated, theme.mark) if text]
    return " · ".join(told).replace("&", "&&")
