"""The report as Markdown: the answer first, every number of the document, sound tables, the same text twice."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from documented import committee, forecast, sections_of
from extreme_programs import HOSTILE, LONG
from riskmc.reports.document.blocks import Listing, Part, Remark
from riskmc.reports.markdown.escaping import escaped, line
from riskmc.reports.markdown.text import markdown_text
from riskmc.reports.theme.theme import Theme

FORECASTS = ("one activity", "nothing random", "no costs", "long names", "right to left", "eastern", "hostile")
RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TAGS = {"p", "em", "strong", "h1", "h2", "h3", "table", "thead", "tbody", "tr", "th", "td", "ul", "ol", "li", "hr"}


def rendered(document) -> str:
    return RENDERER.render(markdown_text(document))


def test_the_answer_stands_before_the_parts():
    document = committee("harbour")
    told = markdown_text(document).split("\n\n")
    assert told[1] == f"# {document.headline}"
    assert told[2] == document.lead
    assert told[3].startswith("| ")
    assert told[4].startswith("> **Decision asked**")
    assert document.decision is not None
    assert document.decision.ask in told[4]


def test_every_cell_of_every_table_stands_in_the_text():
    document = committee("harbour")
    text = markdown_text(document)
    for told in sections_of(document):
        for row in told.rows:
            assert re.search(r"\| +".join(re.escape(escaped(cell)) + " *" for cell in row), text), row
        for note in told.notes:
            assert line(note) in text


def test_every_table_has_as_many_cells_in_each_row_as_headings():
    for name in FORECASTS:
        tables = re.findall(r"(?:^\|.*\n?)+", markdown_text(forecast(name)), re.MULTILINE)
        assert tables, name
        for table in tables:
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1, table


def test_every_table_is_one_when_it_is_rendered():
    document = committee("harbour")
    wanted = 1 + len([told for told in sections_of(document) if told.rows])
    assert rendered(document).count("<table>") == wanted


@pytest.mark.parametrize("name", FORECASTS)
def test_names_bring_no_markup_of_their_own(name):
    found = set(re.findall(r"<(\w+)", rendered(forecast(name))))
    assert found <= TAGS
    assert {"h1", "h2", "table"} <= found


def test_hostile_names_stay_in_the_report_as_text():
    text = markdown_text(committee("hostile"))
    assert re.search(r"(?<!\\)<[A-Za-z/!?]", text) is None
    assert "javascript:" not in text
    assert "https://" not in text
    assert all(escaped(name)[:12] in text for name in HOSTILE[:4])


def test_figures_stand_at_the_right_and_names_at_the_left():
    text = markdown_text(committee("harbour"))
    assert "| :-" in text
    assert "-: |" in text


def test_columns_stand_below_each_other_in_the_raw_text():
    table = next(
        table for table in markdown_text(committee("harbour")).split("\n\n") if table.startswith("| Percentile")
    )
    assert len({len(row) for row in table.splitlines()}) == 1


def test_terms_warnings_and_remarks_are_told():
    blocks = (Listing("Rests on", (("Relaxed", ("One.", "Two.")),)), Remark("Plain."), Remark("Beware.", warning=True))
    document = replace(committee("harbour"), parts=(Part("p", "Part", ((blocks,),)), Part("q", "Empty", ())))
    text = markdown_text(document)
    assert "## Part\n\n### Rests on\n\n**Relaxed**\n\n- One.\n- Two.\n\nPlain.\n\n**Beware.**" in text
    assert "Empty" not in text


def test_a_picture_is_told_by_its_numbers_and_not_by_its_colours():
    text = markdown_text(committee("harbour"))
    assert "orange" not in text
    assert "\n### Eastern Harbour finish: P80 is " in text


def test_the_mark_of_the_theme_stands_at_the_top():
    assert markdown_text(forecast("one activity"), Theme(mark="Draft")).splitlines()[0].endswith(" · Draft*")


def test_the_same_document_makes_the_same_text():
    assert markdown_text(committee("harbour")) == markdown_text(committee("harbour"))


def test_a_long_name_does_not_widen_the_whole_column():
    assert len(LONG) > 100
    for table in re.findall(r"(?:^\|.*\n?)+", markdown_text(forecast("long names")), re.MULTILINE):
        assert len(table.splitlines()[1]) < 300
