"""The workbook, opened again: dates are dates, numbers numbers, text text; names do nothing; the same bytes twice."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from PIL import Image

from documented import committee, forecast, sections_of
from extreme_programs import HOSTILE, PROGRAMS
from riskmc.errors import ArgumentError
from riskmc.forecast.written import Written
from riskmc.reports.document.blocks import Part, Table
from riskmc.reports.document.document import Document
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.theme.theme import Theme
from riskmc.reports.workbook.book import xlsx_bytes
from riskmc.reports.workbook.sheet import LONGEST_TEXT

FORECASTS = ("one activity", "nothing random", "no costs", "long names", "right to left", "eastern", "hostile")
ODD = (
    *HOSTILE,
    '=HYPERLINK("http://x.example")',
    "+cmd|'/C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "1 Jan 2027",
    "00123",
    "1e5",
    "TRUE",
    "#REF!",
    "{=1+1}",
    "mailto:a@b.example",
    "_x0041_",
    "a\x00b\ufffec",
    "\ud800",
)


def opened(document, theme=None):
    return load_workbook(BytesIO(xlsx_bytes(document, theme or Theme())))


def cells(book):
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def parts_of(document):
    with ZipFile(BytesIO(xlsx_bytes(document))) as file:
        return {name: file.read(name) for name in file.namelist()}


def small(*rows: tuple[str, ...], name: str = "Small", title: str = "A table") -> Document:
    section = Section([Column("Name", yields=True), Column("Figure", right=True)], rows, ["A note."])
    part = Part("part", title, (((Table(title, section),),),))
    return Document(name, "Forecast", "start 1 Jan 2027", f"{name} is late.", "Expect it.", (), (part,))


def test_every_figure_of_the_tables_stands_in_the_workbook_as_its_value():
    document = committee("harbour")
    book = opened(document)
    dates = {cell.value for cell in cells(book) if isinstance(cell.value, datetime)}
    numbers = {round(cell.value, 9) for cell in cells(book) if isinstance(cell.value, int | float)}
    figures = [cell for told in sections_of(document) for row in told.rows for cell in row if isinstance(cell, Written)]
    assert len(figures) > 300
    for told in figures:
        if told.form == "date":
            assert datetime(told.value.year, told.value.month, told.value.day) in dates, told
        else:
            assert round(float(told.value), 9) in numbers, told


def test_figures_have_the_formats_of_their_kind():
    figures = (
        Written("29 Jun 2029", date(2029, 6, 29), "date"),
        Written("38%", 0.38, "chance"),
        Written("EUR 546M", 546.4e6, "money", "EUR"),
        Written("+43 d", 43.2, "days"),
    )
    book = opened(small(*zip("abcd", figures, strict=True)))
    column = [row[1] for row in book["A table"].iter_rows() if row[0].value in ("a", "b", "c", "d")]
    assert [cell.value for cell in column] == [datetime(2029, 6, 29), 0.38, 546.4e6, 43.2]
    assert column[0].is_date
    assert column[0].number_format == "d mmm yyyy"
    assert [cell.number_format.split(";")[-1] for cell in column[1:]] == ["0%", '"EUR "#,##0', '#,##0" d"']


def test_the_first_sheet_is_the_answer():
    document = committee("harbour")
    first = opened(document).worksheets[0]
    told = [str(cell.value) for row in first.iter_rows() for cell in row if cell.value is not None]
    assert first.title == "Answer"
    assert told[1:3] == [document.headline, document.lead]
    assert document.decision is not None
    for sentence in (document.decision.ask, *document.basis, *(fact.name for fact in document.facts)):
        assert sentence in told, sentence


def test_every_part_has_a_sheet_and_every_table_a_name():
    document = committee("harbour")
    book = opened(document)
    assert {part.title for part in document.parts} <= {sheet.title for sheet in book}
    named = [table for sheet in book for table in sheet.tables.values()]
    assert len(named) == len([told for told in sections_of(document) if told.rows])
    assert len({table.name.casefold() for table in named}) == len(named)
    for sheet in book:
        for table in sheet.tables.values():
            heads = [cell.value for cell in sheet[table.ref][0]]
            assert heads == [column.name for column in table.tableColumns]
            assert len({head.casefold() for head in heads}) == len(heads)


def test_sheets_print_on_a4_across_and_keep_their_heading_in_sight():
    for sheet in opened(committee("harbour")).worksheets[1:]:
        assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.freeze_panes is not None
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_long_table_has_a_sheet_of_its_own():
    rows = [(f"row {number}", str(number)) for number in range(100)]
    section, short = (Section([Column("Name"), Column("x")], some) for some in (rows, rows[:3]))
    document = replace(small(), parts=(Part("p", "Part", (((Table("Few", short), Table("Many", section)),),)),))
    book = opened(document)
    assert [sheet.title for sheet in book] == ["Answer", "Part", "Part 2"]
    assert book["Part 2"].freeze_panes == "B6"
    assert book["Part 2"].tables["table_p_1_2"].autoFilter is not None


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_name_is_text_and_nothing_else(odd):
    document = replace(small((odd, odd), name=odd, title=odd), basis=(odd,))
    book = opened(document)
    found = [cell for cell in cells(book) if cell.data_type != "n"]
    assert {cell.data_type for cell in found} == {"s"}
    assert [cell.value for cell in found if cell.hyperlink and cell.hyperlink.target] == []
    whole = parts_of(document)
    assert not [name for name, content in whole.items() if b"<f>" in content or b"<f " in content]


@pytest.mark.parametrize("odd", [text for text in ODD if text[0] in "=+-@"])
def test_what_could_become_a_formula_when_it_is_typed_again_is_marked_as_text(odd):
    found = [cell for cell in cells(opened(small((odd, "1")))) if cell.value == odd]
    assert found
    assert all(cell.quotePrefix for cell in found)


@pytest.mark.parametrize("name", FORECASTS)
def test_no_program_brings_formulas_links_or_macros_into_the_workbook(name):
    whole = parts_of(forecast(name))
    for file, content in whole.items():
        assert b"<f>" not in content, file
        assert b"TargetMode" not in content, file
        assert not re.search(rb"vba|macro|externalLink|oleObject|ddeLink", file.encode() + content[:200]), file
    links = re.findall(rb"<hyperlink [^>]*>", whole["xl/worksheets/sheet1.xml"])
    assert links
    assert all(b"location=" in link and b"r:id" not in link for link in links)


@pytest.mark.parametrize("name", FORECASTS)
def test_every_program_makes_a_workbook_that_opens_with_all_its_rows(name):
    document = forecast(name)
    texts = {str(cell.value) for cell in cells(opened(document))}
    assert len(texts) > 10
    for told in sections_of(document):
        for row in told.rows:
            assert isinstance(row[0], Written) or not row[0].isascii() or "\x1b" in row[0] or row[0] in texts, row


def test_a_cell_of_any_length_is_cut_to_what_excel_holds():
    for letter in ("x", "字", "😀"):
        book = opened(small((letter * 40_000, "1")))
        longest = max((str(cell.value) for cell in cells(book)), key=len)
        assert len(longest) >= LONGEST_TEXT // 2
        assert len(longest.encode("utf-16-le")) <= 2 * 32_767
        assert longest.endswith("…")


def test_the_same_document_makes_the_same_bytes():
    assert xlsx_bytes(committee("harbour")) == xlsx_bytes(committee("harbour"))


def test_the_file_says_nothing_of_when_it_was_made():
    with ZipFile(BytesIO(xlsx_bytes(small(("a", "b"))))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in file.read("docProps/core.xml")


def test_the_colours_are_those_of_the_theme_and_its_mark_stands_on_every_page():
    theme = Theme(colours={"ink": ("#123456", "#ffffff")}, mark="Draft & secret")
    book = opened(small(("a", "b")), theme)
    assert book["Answer"]["A2"].font.color.rgb == "FF123456"
    assert all(sheet.oddFooter.left.text.endswith("Draft && secret") for sheet in book)


def test_a_logo_of_pixels_stands_at_the_head_of_the_answer(tmp_path):
    Image.new("RGB", (480, 120)).save(tmp_path / "logo.png", dpi=(300, 300))
    content = xlsx_bytes(committee("harbour"), Theme(logo=tmp_path / "logo.png"))
    assert content == xlsx_bytes(committee("harbour"), Theme(logo=tmp_path / "logo.png"))
    answer = load_workbook(BytesIO(content)).worksheets[0]
    (found,) = answer._images
    assert (found.anchor._from.row, found.anchor.to.row) == (0, 0)
    assert answer.row_dimensions[1].height >= 30


def test_a_logo_of_lines_stands_there_as_itself_behind_a_picture_of_nothing(tmp_path):
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><path d="M0 0H60V20H0Z"/></svg>'
    (tmp_path / "logo.svg").write_text(drawn)
    content = xlsx_bytes(committee("harbour"), Theme(logo=tmp_path / "logo.svg"))
    assert content == xlsx_bytes(committee("harbour"), Theme(logo=tmp_path / "logo.svg"))
    (found,) = load_workbook(BytesIO(content)).worksheets[0]._images
    assert (found.anchor._from.row, found.anchor.to.row) == (0, 0)
    with ZipFile(BytesIO(content)) as parts:
        assert parts.testzip() is None
        assert parts.read("xl/media/logo.svg").decode() == drawn
        assert 'Extension="svg" ContentType="image/svg+xml"' in parts.read("[Content_Types].xml").decode()
        (told,) = re.findall(r'svgBlip [^>]*r:embed="(\w+)"', parts.read("xl/drawings/drawing1.xml").decode())
        related = parts.read("xl/drawings/_rels/drawing1.xml.rels").decode()
        assert re.search(rf'Id="{told}" Type="[^"]*/image" Target="../media/logo.svg"', related)


def test_without_its_package_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ArgumentError, match=r"writing Excel needs xlsxwriter: pip install 'riskmc\[report\]'"):
        xlsx_bytes(small(("a", "b")))


def test_the_package_is_loaded_for_a_workbook_alone():
    code = "import sys, riskmc.reports.workbook.book; print('xlsxwriter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"


def test_the_extremes_are_all_there():
    assert set(FORECASTS) <= set(PROGRAMS)
