"""Names of sheets, tables and columns: legal for Excel, and each once, whatever they are made of."""

from __future__ import annotations

import re

import pytest

from extreme_programs import EASTERN, HOSTILE, LONG
from riskmc.reports.workbook.sheet_names import LONGEST, Names, headings


@pytest.mark.parametrize("wanted", [*HOSTILE, *EASTERN, LONG, "", "'quoted'", "a/b\\c:d?e*f[g]", "History", "😀" * 40])
def test_a_sheet_has_a_legal_name_whatever_is_wanted(wanted):
    name = Names().sheet(wanted)
    assert name.strip() == name != ""
    assert not re.search(r"[\[\]:*?/\\']", name)
    assert len(name.encode("utf-16-le")) <= 2 * LONGEST
    assert name.casefold() != "history"


def test_names_that_excel_does_not_tell_apart_are_numbered():
    names = Names()
    assert [names.sheet(wanted) for wanted in ("Targets", "TARGETS", LONG, LONG)][:2] == ["Targets", "TARGETS 2"]
    assert len({names.sheet(LONG).casefold() for _ in range(12)}) == 12


@pytest.mark.parametrize("wanted", ["A1", "R1C1", "finish curve", "=cmd()", "合計", "", LONG * 3])
def test_a_table_has_a_name_that_is_no_address(wanted):
    name = Names().table(wanted)
    assert re.fullmatch(r"table_[a-z0-9_]{1,195}", name)


def test_headings_that_repeat_say_to_which_column_they_belong():
    told = headings(["", "Finish", "95% interval", "Cost", "95% interval", ""])
    assert told == ["Figure", "Finish", "95% interval", "Cost", "Cost: 95% interval", "Note"]


def test_headings_are_told_apart_to_the_last():
    told = headings(["by", "BY", "by", "by", LONG * 3])
    assert len({heading.casefold() for heading in told}) == 5
    assert all(0 < len(heading) < 255 for heading in told)
