"""Sheet: one sheet of a workbook that is filled from top to bottom: sentences, tables, charts beside their tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from riskmc.forecast.figures import printable
from riskmc.forecast.language import said, spoken
from riskmc.forecast.written import Written
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.document.leftwards import apart
from riskmc.reports.theme.logo import Logo
from riskmc.reports.theme.svg_picture import NOTHING
from riskmc.reports.workbook.number_formats import format_of, value_of
from riskmc.reports.workbook.sheet_names import headings
from riskmc.reports.workbook.styles import Styles, size_of
from riskmc.reports.workbook.widths import column_widths, height, length

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_000  # characters of a cell; Excel holds 32,767
READABLE = 100  # characters of a line of text, where no chart stands beside it
_RIGHTWARDS = "\u200e"  # a mark that is not seen, behind words from right to left
_PLAIN_ROW = 15.0  # points
_BUTTON = 3  # characters that a filter takes from a heading
_PIXELS, _POINTS_A_CHARACTER = 7.0, 5.25  # of a character of a column
_ONE_PAGE = 1.05  # height by width up to which a sheet is printed on one page; the paper is 0.68
_LOGO = (160.0, 40.0)  # pixels of a logo
_FILTERED = 8  # rows of a table that deserves buttons to filter it
_SIDED = {"cell", "name"}
_FORMULA_SIGNS = ("=", "+", "-", "@", "\u2212")


@dataclass(eq=False)
class Sheet:
    """A sheet and the row that is next; ``widths`` of its columns in characters, ``heights`` of its rows in points."""

    name: str
    paper: Worksheet
    styles: Styles
    widths: list[int]
    row: int = 0
    heights: list[float] = field(default_factory=list)

    @classmethod
    def made(cls, name: str, styles: Styles, sections: Sequence[Section], footer: str) -> Sheet:
        """Return a new sheet for tables of these widths, A4 across, with the ``footer`` on every printed page."""
        sheet = cls(name, styles.book.add_worksheet(name), styles, column_widths(sections))
        for place, width in enumerate(sheet.widths):
            sheet.paper.set_column(place, place, width)
        sheet._set_up_print(footer)
        return sheet

    def _set_up_print(self, footer: str) -> None:
        self.paper.hide_gridlines(2)
        self.paper.set_landscape()
        self.paper.set_paper(9)  # A4
        self.paper.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.paper.fit_to_pages(1, 0)
        self.paper.set_footer(f"&L{footer}&R{said('Page {page} of {pages}', page='&P', pages='&N')}")
        if not spoken().rightwards:
            self.paper.right_to_left()

    def text(self, words: str, look: str = "text", readable: bool = True) -> None:
        """Write a paragraph over the width of the tables; ``readable``: over that of a readable line, if it is more."""
        self.line(words, look, 0, self.last_of_text if readable else max(len(self.widths) - 1, 0))
        self.row += 1

    def line(self, words: str, look: str, first: int, last: int) -> None:
        """Write a paragraph into the columns from ``first`` to ``last`` of the row that is next."""
        if last > first:
            self.paper.merge_range(self.row, first, self.row, last, "", self.styles(look))
        self.cell(self.row, first, words, look)
        room = sum(self._width(place) for place in range(first, last + 1))
        self._raise(self.row, height(words, room, size_of(look)))

    @property
    def last_of_text(self) -> int:
        """The last column over which a readable line reaches."""
        room, last = float(self._width(0)), 0
        while room < READABLE or last + 1 < len(self.widths):
            last += 1
            room += self._width(last)
        return last

    def _width(self, place: int) -> float:
        return self.widths[place] if place < len(self.widths) else 8.43

    def logo(self, logo: Logo) -> None:
        """Put a logo at the right end of the row that is next, which gets high enough; room alone for one of lines."""
        width, height = logo.within(*_LOGO)
        left = max(_PIXELS * sum(map(self._width, range(self.last_of_text + 1))) - width, 0.0)
        told = {
            "image_data": BytesIO(NOTHING if logo.drawn else logo.undotted()),
            "x_scale": width if logo.drawn else width / logo.width,
            "y_scale": height if logo.drawn else height / logo.height,
            "x_offset": left,
            "y_offset": 2,
            "object_position": 2,
            "decorative": True,
        }
        self.paper.insert_image(self.row, 0, "logo", told)
        self._raise(self.row, 0.75 * (height + 4))

    def skip(self) -> None:
        """Leave a row empty."""
        self._raise(self.row, _PLAIN_ROW)
        self.row += 1

    def reach(self, points: float) -> None:
        """Leave rows empty until ``points`` from the top are reached."""
        while self.top < points:
            self.skip()

    @property
    def top(self) -> float:
        """How far the row that is next lies below the top, in points."""
        return sum(self.heights[: self.row])

    def _raise(self, row: int, points: float) -> None:
        """Make a row at least so high."""
        self.heights += [_PLAIN_ROW] * (row + 1 - len(self.heights))
        if points > self.heights[row]:
            self.heights[row] = points
            self.paper.set_row(row, points)

    def fit(self, beside: int) -> None:
        """Print on one page what is little longer than one; ``beside`` are the pixels of charts next to the tables."""
        width = max(sum(map(self._width, range(self.last_of_text + 1))), sum(self.widths) + beside / _PIXELS)
        if self.top / _POINTS_A_CHARACTER < _ONE_PAGE * width:
            self.paper.fit_to_pages(1, 1)

    # ------------------------------------------------------------------------------ cells

    def cell(self, row: int, column: int, told: str, look: str = "cell", right: bool = False) -> None:
        """Write one cell: a figure as its value, any other text as text and nothing else."""
        side = _side(right, column) if look in _SIDED else {"align": "left"}
        value = value_of(told) if isinstance(told, Written) else None
        if not isinstance(told, Written) or value is None:
            bare = plain(told)
            signed = {"quote_prefix": True} if bare.startswith(_FORMULA_SIGNS) else {}
            self.paper.write_string(row, column, bare, self.styles(look, **side, **signed))
        elif isinstance(value, float):
            self.paper.write_number(row, column, value, self.styles(look, num_format=format_of(told), **side))
        else:
            self.paper.write_datetime(row, column, value, self.styles(look, num_format=format_of(told), **side))

    # ------------------------------------------------------------------------------ tables

    def table(self, section: Section, name: str = "") -> tuple[int, int]:
        """Write a table and return its first row and the one after it; a ``name`` makes it a table of Excel's."""
        first, told = self.row, headings([column.heading for column in section.columns])
        looks = [self.styles("header", **_side(column.right, at)) for at, column in enumerate(section.columns)]
        for place, (heading, look) in enumerate(zip(told, looks, strict=True)):
            self.paper.write_string(first, place, heading, look)
            self._raise(first, height(heading, self._width(place) - _BUTTON))
        for row in section.rows:
            self.row += 1
            self._cells(row, section.columns)
        self.row += 1
        if name and section.rows:
            columns = [{"header": each, "header_format": look} for each, look in zip(told, looks, strict=True)]
            self._name_table(first, name, columns)
        return first, self.row

    def _cells(self, row: Sequence[str], columns: Sequence[Column]) -> None:
        for place, (told, column) in enumerate(zip(row, columns, strict=True)):
            wraps = not isinstance(told, Written) and (place == 0 or length(told) > self._width(place) - 1)
            self.cell(self.row, place, told, "name" if wraps else "cell", column.right)
            if wraps:
                self._raise(self.row, height(told, self._width(place) - 1))

    def _name_table(self, first: int, name: str, columns: list[dict[str, object]]) -> None:
        filtered = len(range(first, self.row)) > _FILTERED
        told = {"name": name, "columns": columns, "style": None, "autofilter": filtered}
        self.paper.add_table(first, 0, self.row - 1, len(columns) - 1, told)


def _side(right: bool, column: int) -> dict[str, object]:
    """Return on which side of its column a cell stands: apart from figures at the right edge of the one before."""
    return {"align": "right"} if right else {"align": "left", "indent": min(column, 1)}


def plain(text: str) -> str:
    """Return a text as a cell takes it: nothing that steers, in the order of its words, not too long.

    Characters beyond the first plane count twice.
    """
    bare = apart(printable(text), "", _RIGHTWARDS)
    if len(bare) <= LONGEST_TEXT // 2:
        return bare
    kept = bare.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", errors="ignore")
    return kept if kept == bare else f"{kept}…"
