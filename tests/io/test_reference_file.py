"""Reference classes of tables: which columns are taken, how values are written, and every fault with its place."""

import openpyxl
import pytest

from riskmc.errors import ArgumentError, InputError
from riskmc.io.reference_file import read_references


def table(tmp_path, text):
    file = tmp_path / "overruns.csv"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "text, ratios",
    [
        ("Ratio\n1.35\n0.9\n", (1.35, 0.9)),
        ("Project,Ratio\nA,135%\nB,90%\n", (1.35, 0.9)),
        ("Project,Cost overrun\nA,35%\nB,-10%\nC,\u22125%\nD,0.2\n", (1.35, 0.9, 0.95, 1.2)),
        ('Estimated cost,Actual cost\n100,135\n"1,000",900\n', (1.35, 0.9)),
        ("Project;Budget;Actual\nA;1,5;3,0\n", (2.0,)),
        ("Overruns of ferries\nName,Overrun\n=cmd(),35%\n<script>,n/a\n", (1.35,)),
    ],
)
def test_ratios_are_read_however_they_are_said(tmp_path, text, ratios):
    assert read_references(table(tmp_path, text)).ratios == pytest.approx(ratios)


def test_a_workbook_is_read_too_and_empty_rows_are_counted(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Project", "Planned", "Actual"], ["A", 10, 12], ["B", 10, None], ["C", 20, 19]):
        book.active.append(row)
    book.save(tmp_path / "class.xlsx")
    found = read_references(tmp_path / "class.xlsx")
    assert found.ratios == (1.2, 0.95)
    assert (found.columns, found.empty) == (("Planned", "Actual"), 1)


def test_of_several_columns_one_has_to_be_named(tmp_path):
    file = table(tmp_path, "Cost overrun,Schedule overrun\n35%,10%\n")
    with pytest.raises(ArgumentError, match="'Cost overrun', 'Schedule overrun'; name one"):
        read_references(file)
    assert read_references(file, "schedule overrun").ratios == pytest.approx((1.1,))
    with pytest.raises(ArgumentError, match=r"no column 'Cost overun'.*Cost overrun"):
        read_references(file, "Cost overun")


@pytest.mark.parametrize(
    "text, said",
    [
        ("Ratio\n135\n", r"csv:2: .*1.35 or 135%"),
        ("Ratio\n1.2\nmuch\n", r"csv:3: .*'much' is no value"),
        ("Ratio\nn/a\n", "is empty"),
        ("Estimated,Actual\n0,5\n", "above 0, got 0 and 5"),
        ("Name,Weight\nA,5\n", "needs a column Ratio"),
        ("Overrun\n-150%\n", "between 0 and 20"),
    ],
)
def test_faults_are_said_with_their_place(tmp_path, text, said):
    with pytest.raises(InputError, match=said):
        read_references(table(tmp_path, text))
