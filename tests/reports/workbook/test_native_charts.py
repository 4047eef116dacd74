"""Native charts: their references lie on the points that were written, titles and words are no formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from documented import committee
from riskmc.reports.document.blocks import Part
from riskmc.reports.document.chart import Chart, Series
from riskmc.reports.document.document import Document
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.workbook.book import xlsx_bytes
from riskmc.reports.workbook.chart_axes import DAYS_TO_1970, axis_of, no_formula
from riskmc.reports.workbook.chart_data import heights
from riskmc.reports.workbook.leaves import leaves_of
from riskmc.reports.workbook.native_charts import WIDTH, height_of
from riskmc.reports.workbook.sheet_names import Names

EVIL = "=[evil.xlsx]Sheet1!A1"
DAYS = tuple(datetime(2029, month, 1) for month in range(1, 6))
CURVE = Chart(
    "points",
    (
        Series("Chance", DAYS, (0.0, 0.2, None, 0.8, 1.0)),
        Series(EVIL, DAYS[1:3], (0.0, 1.1), "ink", "dashes", ("", EVIL), "left"),
        Series("P80", (DAYS[3],), (0.8,), "forecast", "dots", ("P80 1 Apr 2029",)),
    ),
    "date",
    "chance",
    y_range=(0.0, 1.17),
)
STEPS = Chart(
    "bars",
    (
        Series("from", ("Plan", EVIL, "P80"), (None, 21_550.0, None), "paper", "nothing"),
        Series("Plan", ("Plan", EVIL, "P80"), (21_550.0, None, None), "plan", "bars"),
        Series("Later", ("Plan", EVIL, "P80"), (None, 30.0, None), "threat", "bars", ("", "+30 d", "")),
        Series("P80", ("Plan", EVIL, "P80"), (None, None, 21_580.0), "forecast", "bars"),
    ),
    "category",
    "date",
    stacked=True,
    y_range=(21_500.0, 21_600.0),
)
COLUMNS = Chart(
    "columns",
    (
        Series("base", ("Q1", "Q2"), (1e6, 2e6), "paper", "nothing"),
        Series("P10 to P80", ("Q1", "Q2"), (2e6, 3e6), "forecast_pale", "bars"),
        Series("P50", ("Q1", "Q2"), (1.5e6, 3e6), "forecast", "line"),
        Series("Plan", ("Q1", "Q2"), (1.2e6, None), "plan", "dashes"),
    ),
    "category",
    "money",
    "Quarter",
    "Spent",
    "EUR",
    stacked=True,
)


NUMBERS = Section([Column("Percentile"), Column("Date", right=True)], [("P80", "1 Apr 2029")])


@dataclass(frozen=True, eq=False)
class Drawn:
    """A picture as the workbook sees it, without axes."""

    name: str
    chart: Chart
    title: str = f"{EVIL} is late"
    description: str = "P80 1 Apr 2029."
    reading: str = "Read it."
    numbers: Section = NUMBERS


@pytest.fixture(autouse=True)
def pictures(monkeypatch):
    for module in ("leaves", "native_charts"):
        monkeypatch.setattr(f"riskmc.reports.workbook.{module}.Picture", Drawn)


def document(*charts: Chart) -> Document:
    blocks = tuple(Drawn(f"picture{number}", chart) for number, chart in enumerate(charts))
    return Document("Ferry", "Forecast", "", "Late.", "Expect it.", (), (Part("p", "Curves", ((blocks,),)),))


def files(*charts: Chart) -> dict[str, str]:
    with ZipFile(BytesIO(xlsx_bytes(document(*charts)))) as file:
        return {name: file.read(name).decode() for name in file.namelist() if name.endswith(("xml", "rels"))}


def references(xml: str) -> list[str]:
    return re.findall(r"<c:f>(.*?)</c:f>", xml)


@pytest.mark.parametrize("chart", [CURVE, STEPS, COLUMNS], ids=["points", "bars", "columns"])
def test_every_reference_of_a_chart_lies_within_its_points(chart):
    book = load_workbook(BytesIO(xlsx_bytes(document(chart, chart))))
    points = book["Chart data"]
    for file in ("xl/charts/chart1.xml", "xl/charts/chart2.xml"):
        found = references(files(chart, chart)[file])
        assert len(found) == 1 + 3 * len(chart.series)
        for reference in found:
            sheet, _, where = reference.rpartition("!")
            assert sheet == "'Chart data'"
            left, top, right, bottom = range_boundaries(where.replace("$", ""))
            assert right <= points.max_column
            assert bottom <= points.max_row
            assert left == right or top == bottom


def test_the_points_of_a_series_are_those_of_the_chart():
    points = load_workbook(BytesIO(xlsx_bytes(document(CURVE))))["Chart data"]
    rows = [[cell.value for cell in row] for row in points.iter_rows()]
    assert rows[0][0] == Drawn("", CURVE).title
    assert rows[1][1] == "Chance"
    assert [row[0] for row in rows[3:]] == list(DAYS)
    assert [row[1] for row in rows[3:]] == [0.0, 0.2, None, 0.8, 1.0]


def test_stacked_dates_stand_on_the_calendar_of_excel_once():
    lifted, plan, later, end = heights(STEPS)
    assert [lifted[1], plan[0]] == [21_550 + DAYS_TO_1970] * 2
    assert [later[1], end[2]] == [30, 21_580 + DAYS_TO_1970]
    assert axis_of(STEPS, "y")["min"] < 21_550 + DAYS_TO_1970 < axis_of(STEPS, "y")["max"]


def test_ticks_of_dates_stand_in_months_of_their_own():
    axis = axis_of(CURVE, "x")
    ticks, at = [], axis["min"]
    while at <= axis["max"]:
        ticks.append(datetime.fromordinal(int(at) + datetime(1899, 12, 30).toordinal()))
        at += axis["major_unit"]
    assert len({(tick.year, tick.month) for tick in ticks}) == len(ticks) <= 9
    assert axis["min"] <= (DAYS[0] - datetime(1899, 12, 30)).days


def test_a_few_days_are_told_by_the_day():
    near = replace(CURVE, series=(Series("x", (DAYS[0], datetime(2029, 1, 12)), (0.0, 1.0)),))
    axis = axis_of(near, "x")
    assert (axis["max"] - axis["min"], axis["major_unit"], axis["num_format"]) == (11, 2, "d mmm yyyy")


def test_amounts_are_told_in_millions_at_the_axis_and_in_full_at_the_points():
    assert axis_of(COLUMNS, "y")["num_format"].startswith('"EUR "#,##0')
    large = replace(COLUMNS, series=tuple(replace(each, y=(5e7, 6e7)) for each in COLUMNS.series))
    assert axis_of(large, "y")["num_format"].startswith('"EUR "#,##0,,"M"')
    points = load_workbook(BytesIO(xlsx_bytes(document(COLUMNS))))["Chart data"]
    assert points["B4"].value == 1_000_000


def test_a_line_upon_columns_is_a_chart_in_the_same_frame():
    xml = files(COLUMNS)["xl/charts/chart1.xml"]
    assert xml.count("<c:barChart>") == xml.count("<c:lineChart>") == 1
    assert xml.count('<c:grouping val="stacked"/>') == 1


def test_slabs_are_lines_of_their_thickness_with_gaps_between_them():
    bars = Series(
        "Outcomes", (10.0, 10.0, 30.0, 30.0), (0.0, 0.3, 0.0, 0.2), "forecast", "slabs", thick=18, opacity=0.2
    )
    chart = Chart("points", (bars,), "money", "chance", unit="EUR", x_range=(0.0, 100.0), y_range=(0.0, 1.2))
    points = load_workbook(BytesIO(xlsx_bytes(document(chart))))["Chart data"]
    rows = [[cell.value for cell in row][:2] for row in points.iter_rows(min_row=4)]
    assert rows == [[10, 0], [10, 0.3], [None, None], [30, 0], [30, 0.2], [None, None]][: len(rows)]
    assert len(rows) >= 5
    xml = files(chart)["xl/charts/chart1.xml"]
    width = int(re.search(r'<a:ln w="(\d+)"><a:solidFill><a:srgbClr val="1F5FA8"><a:alpha val="20000"/>', xml)[1])
    assert width == pytest.approx(0.18 * 0.87 * WIDTH * 0.75 * 12_700, rel=0.01)
    assert '<c:layoutTarget val="inner"/>' in xml


def test_an_axis_of_amounts_has_round_ends_and_names_that_differ():
    near = Chart("points", CURVE.series, "date", "money", unit="EUR", y_range=(26_513_000.0, 28_087_000.0))
    axis = axis_of(near, "y")
    assert (axis["min"], axis["max"], axis["major_unit"]) == (26_500_000, 28_500_000, 500_000)
    assert axis["num_format"].startswith('"EUR "#,##0.0,,"M"')
    days = axis_of(replace(near, y="days", y_range=(-88.7, 143.0)), "y")
    assert (days["min"], days["max"], days["major_unit"]) == (-100, 150, 50)


def test_a_legend_has_every_name_once_and_none_that_a_label_tells():
    twice = (Series("Best", DAYS, (0.0,) * 5, "gain"), Series("Best", DAYS, (1.0,) * 5, "gain"))
    dot = Series("Both", DAYS[:1], (0.5,), "gain", "dots", ("Both",))
    line = Series("Both", DAYS[:2], (0.5, 0.5), "gain")
    other = Series("Other", DAYS[:2], (0.5, 0.5), "gain")
    xml = files(replace(CURVE, series=(*twice, dot, line, other)))["xl/charts/chart1.xml"]
    assert re.findall(r'<c:legendEntry><c:idx val="(\d)"/><c:delete val="1"/>', xml) == ["1", "2", "3"]


def test_what_lifts_bars_is_not_seen_and_not_in_the_legend():
    xml = files(STEPS)["xl/charts/chart1.xml"]
    first = xml.split("<c:ser>")[1]
    assert "<c:spPr><a:noFill/>" in first
    assert '<c:legendEntry><c:idx val="0"/><c:delete val="1"/></c:legendEntry>' in xml


def test_words_at_points_and_titles_are_no_formulas():
    every = files(CURVE, STEPS)
    for name, xml in every.items():
        assert "evil.xlsx]Sheet1!A1</c:f>" not in xml, name
        assert "TargetMode" not in xml, name
    assert "<a:t> =[evil.xlsx]Sheet1!\u200eA1</a:t>" in every["xl/charts/chart1.xml"]


@pytest.mark.parametrize("text", ["Wow!A1", "=Sheet1!$B$2", "'C:\\[x.xlsx]S'!A1"])
def test_words_that_read_as_an_address_are_changed_where_nobody_sees_it(text):
    assert no_formula(text).replace("\u200e", "").strip() == text
    assert not re.match(r"^=?[^!]+!\$?[A-Z]+\$?\d+", no_formula(text))
    assert no_formula("Wow! A1") == "Wow! A1"


def test_a_chart_says_in_words_what_it_shows():
    drawing = files(CURVE)["xl/drawings/drawing1.xml"]
    assert 'descr="=[evil.xlsx]Sheet1!A1 is late P80 1 Apr 2029."' in drawing


def test_lying_bars_take_the_height_that_their_names_need():
    many = replace(STEPS, series=tuple(replace(each, x=tuple(map(str, range(40)))) for each in STEPS.series))
    assert height_of(many) > 40 * 20 > height_of(STEPS) > 300


def test_the_report_of_a_harbour_has_its_charts():
    with pytest.MonkeyPatch.context() as patched:
        from riskmc.reports.document.blocks import Picture

        for module in ("leaves", "native_charts"):
            patched.setattr(f"riskmc.reports.workbook.{module}.Picture", Picture)
        found = committee("harbour")
        wanted = sum(leaf.charts for leaf in leaves_of(found, Names()))
        with ZipFile(BytesIO(xlsx_bytes(found))) as file:
            assert len([name for name in file.namelist() if name.startswith("xl/charts/chart")]) == wanted > 3
