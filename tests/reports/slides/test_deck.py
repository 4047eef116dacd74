"""The deck, opened again: titles are messages, charts and tables are native, notes hold the numbers, all fits."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from itertools import combinations

import openpyxl
import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Pt

from decked import DECISION, charted, deck, opened, texts, unknown, whole
from documented import committee
from pictured import no_cost, one_activity
from pictured_results import hostile
from riskmc.errors import ArgumentError
from riskmc.reports.document.blocks import Part, Picture, Remark, Table
from riskmc.reports.document.chart import Chart, Series
from riskmc.reports.document.facts import Fact
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.forecast_page import forecast_document
from riskmc.reports.slides.deck import pptx_bytes
from riskmc.reports.slides.master import look_of
from riskmc.reports.slides.measures import plain
from riskmc.reports.slides.ticks import x_ticks, y_ticks
from riskmc.reports.theme.theme import Theme

POINT = 12_700


def pictures(document):
    return {block.name: block for part in document.parts for block in part.blocks if isinstance(block, Picture)}


def charts_on(slide):
    return [shape for shape in slide.shapes if shape.has_chart]


def slide_of(told, title):
    return next(slide for slide in told.slides if slide.shapes.title.text_frame.text == title)


def test_slides_are_wide_and_every_title_fits_two_lines_of_at_most_26_points():
    assert (deck().slide_width, deck().slide_height) == (960 * POINT, 540 * POINT)
    for slide in deck().slides:
        run = slide.shapes.title.text_frame.paragraphs[0].runs[0]
        assert 18 <= run.font.size.pt <= 26
        assert run.text.strip()


def test_titles_are_those_of_the_pictures_in_the_order_of_a_committee():
    titles = [slide.shapes.title.text_frame.text for slide in deck().slides]
    told = pictures(whole())
    assert whole().headline.startswith(titles[0])
    assert titles[1:5] == [plain(told[name].title) for name in ("finish", "cost", "finish-waterfall", "milestones")]
    assert {plain(told[name].title) for name in ("gantt", "cash", "bare")} <= set(titles[5:])
    assert any(title.startswith("Something nobody has heard of is late.") for title in titles[5:])


def test_the_first_slide_holds_facts_and_decision_and_one_of_its_own_is_for_what_is_proposed():
    first = " ".join(texts(deck().slides[0]))
    for fact in whole().facts:
        assert fact.name in first
        assert plain(fact.value) in first
    section = Section([Column("Response"), Column("Costs")], [["Mock-up", "EUR 240k"]])
    proposed = Part("responses", "Responses", (((Table("Proposed", section, name="proposal"),),),))
    second = opened(replace(whole(), parts=(*whole().parts, proposed))).slides[1]
    assert second.shapes.title.text_frame.text == DECISION.ask
    for told in (*DECISION.effects, DECISION.remains, DECISION.without):
        assert told in first
        assert told in " ".join(texts(second))


def test_a_sentence_stands_below_the_picture_that_it_belongs_to():
    picture, sentence = pictures(whole())["bare"], "It will be late all the same."
    part = Part("alone", "Alone", (((picture, Remark(sentence)),),))
    told = opened(replace(whole(), parts=(part,)))
    slide = slide_of(told, plain(picture.title))
    assert sentence in texts(slide)
    assert sentence in slide.notes_slide.notes_text_frame.text
    assert len(told.slides) == 2
    many = Part("alone", "Alone", (((picture, *[Remark(sentence)] * 5),),))
    assert len(opened(replace(whole(), parts=(many,))).slides) == 3


def test_the_last_slide_of_a_part_has_more_than_a_sentence_where_a_table_can_go_with_it():
    rows = Section([Column("Name"), Column("Days")], [[f"Work {n}", "3 d"] for n in range(5)])
    blocks = (Table("First", rows), Table("Second", rows), Remark("A long remark. " * 60))
    told = opened(replace(whole(), parts=(Part("p", "Text", ((blocks,),)),)))
    tables = [sum(shape.has_table for shape in slide.shapes) for slide in list(told.slides)[1:]]
    assert tables == [1, 1]


def test_the_histogram_stands_behind_the_curve_as_slabs_of_the_width_of_its_bars():
    told = pictures(whole())["cost"].chart
    drawn = charts_on(slide_of(deck(), plain(pictures(whole())["cost"].title)))[0].chart
    names = [one.name for one in drawn.plots[0].series]
    assert names[:4] == ["Outcomes", "Beyond the target", "Simulation error", "Chance"]
    bars = next(one for one in told.series if one.name == "Outcomes")
    found = drawn.plots[0].series[0]
    plot = drawn._chartSpace.xpath("c:chart/c:plotArea/c:layout/c:manualLayout/c:w")[0]
    across = drawn.category_axis.maximum_scale - drawn.category_axis.minimum_scale
    room = charts_on(slide_of(deck(), plain(pictures(whole())["cost"].title)))[0].width * float(plot.get("val"))
    assert found.format.line.width == pytest.approx(bars.thick / across * room, rel=1e-3)
    assert found._element.xpath(".//a:alpha")
    gaps = [place for place in range(3 * len(bars.x) // 2) if place % 3 == 2]
    held = {int(point.get("idx")) for point in found._element.xpath("c:yVal//c:pt")}
    assert not held & set(gaps)
    lengths = [int(one._element.xpath("c:yVal//c:ptCount")[0].get("val")) for one in drawn.plots[0].series]
    assert lengths == sorted(lengths, reverse=True)  # LibreOffice shows none that stands before a longer one


def test_an_axis_has_no_names_below_zero_where_nothing_is_there():
    spent = Series("Best", (0.0, 4e5), (0.0, 30.0), "gain")
    chart = Chart("points", (spent,), "money", "days", unit="EUR", x_range=(-2e4, 5e5), y_range=(-4.0, 40.0))
    assert (
        x_ticks(chart, 500.0, 12.0).form.split(";")[1] == y_ticks(chart, 300.0, 12.0, upright=True).form.split(";")[1]
    )
    assert x_ticks(chart, 500.0, 12.0).form.split(";")[1] == '""'
    below = replace(chart, series=(replace(spent, x=(-1e5, 4e5)),))
    assert "−" in x_ticks(below, 500.0, 12.0).form.split(";")[1]


def test_charts_hold_the_numbers_of_the_document():
    told = pictures(whole())
    for name in ("finish", "milestones", "cash"):
        slide = slide_of(deck(), plain(told[name].title))
        drawn, chart = charts_on(slide)[0].chart, told[name].chart
        values = {one.name: [v for v in one.values if v is not None] for plot in drawn.plots for one in plot.series}
        for series in chart.series:
            if series.mark != "nothing":
                expected = [y for y in series.y if y is not None]
                assert values[plain(series.name)] == pytest.approx(expected), series.name


def test_a_date_stands_once_in_the_stacked_bars_of_a_calendar():
    told = pictures(whole())["finish-waterfall"]
    drawn = charts_on(slide_of(deck(), plain(told.title)))[0].chart
    rows = zip(*(one.values for one in drawn.plots[0].series if one.name.strip()), strict=True)
    ends = [sum(value or 0 for value in row) for row in rows]
    chart = zip(*(series.y for series in told.chart.series if series.name), strict=True)
    assert ends == pytest.approx([sum(value or 0 for value in row) + 25_569 for row in chart])


def test_every_chart_table_and_picture_tells_its_numbers_to_those_who_cannot_see_it():
    for slide in deck().slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.shape_type == 13:
                told = shape._element.xpath(".//p:cNvPr")[0]
                assert len(told.get("descr")) > 20


def test_notes_hold_the_numbers_and_how_they_are_to_be_read():
    told = pictures(whole())
    for slide in deck().slides:
        assert slide.notes_slide.notes_text_frame.text.strip()
    notes = slide_of(deck(), plain(told["finish"].title)).notes_slide.notes_text_frame.text
    for row in told["finish"].numbers.rows:
        assert " | ".join(map(plain, row)) in notes.replace("\u00a0", " ") or " | ".join(row) in notes
    assert whole().footer in notes


def test_footers_name_program_date_and_page_and_mark_what_is_backup():
    marked = opened(whole(), Theme(mark="Draft 3"))
    for number, slide in enumerate(marked.slides):
        footer = next(shape for shape in slide.shapes if shape.name == "Footer").text_frame.text
        assert footer.startswith(f"{whole().name} · {whole().dated}")
        assert footer.endswith("Draft 3")
        assert number > 4 or "Backup" not in footer
        page = next(shape for shape in slide.shapes if shape.name == "Page")
        assert page._element.xpath('.//a:fld[@type="slidenum"]')
    assert "Backup" in next(s for s in list(marked.slides)[-1].shapes if s.name == "Footer").text_frame.text


def test_a_long_table_ends_after_two_slides_with_how_many_rows_are_left():
    last = [slide for slide in deck().slides if any("more" in text for text in texts(slide))][-1]
    shown = [
        int(row.cells[0].text_frame.text.split()[1])
        for slide in deck().slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        if row.cells[0].text_frame.text.startswith("Work ")
    ]
    assert shown == list(range(len(shown)))
    assert f"and {90 - len(shown)} more" in texts(last)


def boxes(slide):
    """Boxes of a slide, without its frame for the decision, in points."""
    found = []
    for shape in slide.shapes:
        if shape.name != "Decision" and shape.width:
            left, top = shape.left / POINT, shape.top / POINT
            found.append((left, top, left + shape.width / POINT, top + shape.height / POINT, shape.name))
    return found


def check_fit(told):
    """Assert that nothing lies outside its slide or on something else, and no slide is empty."""
    width, height = told.slide_width / POINT, told.slide_height / POINT
    for number, slide in enumerate(told.slides, start=1):
        found = boxes(slide)
        assert len(found) > 3, f"slide {number} is empty"
        for left, top, right, bottom, name in found:
            inside = left >= -0.5 and top >= -0.5 and right <= width + 0.5 and bottom <= height + 0.5
            assert inside, (number, name)
        for one, other in combinations([box for box in found if not box[4].startswith("Title")], 2):
            apart = one[2] <= other[0] + 1 or other[2] <= one[0] + 1 or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
            assert apart, (number, one, other)


def test_nothing_lies_outside_a_slide_or_on_something_else():
    check_fit(deck())


@pytest.mark.parametrize("run", [one_activity, no_cost, hostile])
def test_extremes_fit_too(run):
    trials = run()
    check_fit(opened(charted(forecast_document(trials), trials)))


def test_the_same_document_gives_the_same_bytes():
    first = pptx_bytes(whole())
    assert first == pptx_bytes(whole())
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        books = [name for name in package.namelist() if name.endswith(".xlsx")]
        assert len(books) > 5
        for name in books:
            made = openpyxl.load_workbook(io.BytesIO(package.read(name))).properties.created
            assert made == datetime(2000, 1, 1)


def test_names_that_would_act_are_text():
    trials = hostile()
    content = pptx_bytes(charted(forecast_document(trials), trials))
    told = Presentation(io.BytesIO(content))
    assert "<script>alert(1)</script>" in " ".join(text for slide in told.slides for text in texts(slide))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        books = [name for name in package.namelist() if name.endswith(".xlsx")]
        cells = [
            cell
            for name in books
            for row in openpyxl.load_workbook(io.BytesIO(package.read(name))).active.iter_rows()
            for cell in row
        ]
        assert not any(cell.data_type == "f" for cell in cells)
        assert any(str(cell.value).startswith("=cmd") for cell in cells)
        assert not any(b"<script" in package.read(name) for name in package.namelist() if name.endswith(".xml"))


def test_control_characters_and_direction_marks_do_not_reach_the_slides():
    bad = "A\x00\x0b\x1b[31m\u202eB\ud800C"
    fact = Fact(bad, bad, (bad,))
    told = opened(replace(whole(), name=bad, headline=bad, lead=bad, facts=(fact,), parts=(unknown(),), decision=None))
    first = " ".join(texts(told.slides[0]))
    assert "A [31mBC" in first.replace("\u200e", "")
    assert not any(character in first for character in "\x00\x0b\x1b\u202e")


def master(folder, change=lambda presentation: None, name="company.pptx"):
    """A company's .pptx with one slide and its own font."""
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0])
    change(presentation)
    presentation.save(folder / name)
    return folder / name


def test_a_companys_master_gives_size_layout_and_fonts(tmp_path):
    told = opened(whole(), Theme(master=master(tmp_path)))
    assert (told.slide_width, told.slide_height) == (720 * POINT, 540 * POINT)
    assert {slide.slide_layout.name for slide in told.slides} == {"Title Only"}
    assert len(told.slides) > 5
    for slide in told.slides:
        assert not any(run.font.name for run in slide.shapes.title.text_frame.paragraphs[0].runs)
    check_fit(told)


@pytest.mark.parametrize("name", ["harbour", "billions", "long names"])
def test_a_narrow_master_and_a_logo_leave_room_for_a_committee(tmp_path, name):
    logo = tmp_path / "logo.png"
    Image.new("RGB", (480, 120)).save(logo)
    document = committee(name)
    narrow = opened(document, Theme(master=master(tmp_path), logo=logo))
    check_fit(narrow)
    for told in (narrow, opened(document, Theme(logo=logo))):
        for slide in told.slides:
            sign = next(shape for shape in slide.shapes if shape.name == "Logo")
            title = slide.shapes.title
            assert title.left + title.width <= sign.left or title.top >= sign.top + sign.height


def test_an_svg_stands_on_slides_as_itself(tmp_path):
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"/>')
    content = pptx_bytes(whole(), Theme(logo=logo))
    assert content == pptx_bytes(whole(), Theme(logo=logo))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.read("ppt/media/logo.svg") == logo.read_bytes()
    for slide in Presentation(io.BytesIO(content)).slides:
        sign = next(shape for shape in slide.shapes if shape.name == "Logo")
        drawn = sign._element.xpath(".//*[local-name()='svgBlip']")[0]
        number = drawn.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed")
        assert slide.part.related_part(number).content_type == "image/svg+xml"
        assert sign.width == pytest.approx(4 * sign.height, rel=1e-3)


def test_a_dark_master_is_written_on_in_the_colours_of_dark(tmp_path):
    def darken(presentation):
        colours = presentation.slide_masters[0].element.xpath("p:clrMap")[0]
        colours.set("bg1", "dk1")
        colours.set("tx1", "lt1")

    told = look_of(Theme(master=master(tmp_path, darken)))
    assert told.colour("forecast") == "6FB1F5"
    assert look_of(Theme(master=master(tmp_path))).colour("forecast") == "1F5FA8"


def test_what_is_no_master_is_refused_in_plain_words(tmp_path):
    text = tmp_path / "notes.pptx"
    text.write_text("nothing")

    def untitle(presentation):
        for layout in presentation.slide_layouts:
            for shape in list(layout.placeholders):
                if shape.placeholder_format.idx == 0:
                    shape._element.getparent().remove(shape._element)

    for path, reason in (
        (text, "no .pptx file"),
        (tmp_path / "absent.pptx", "there is no such file"),
        (master(tmp_path, untitle), "none of its layouts has a title"),
    ):
        with pytest.raises(ArgumentError, match=f"master .*{reason}"):
            pptx_bytes(whole(), Theme(master=path))


def test_colours_of_the_theme_take_the_place_of_the_palette():
    told = opened(whole(), Theme(colours={"forecast": ("#123456", "#abcdef")}))
    drawn = charts_on(slide_of(told, plain(pictures(whole())["finish"].title)))[0].chart
    curve = next(one for one in drawn.plots[0].series if one.name == "Chance")
    assert str(curve.format.line.color.rgb) == "123456"


def test_sizes_of_text_are_never_below_nine_points():
    for slide in deck().slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                for paragraph in shape.text_frame.paragraphs:
                    assert all(run.font.size is None or run.font.size >= Pt(9) for run in paragraph.runs)
