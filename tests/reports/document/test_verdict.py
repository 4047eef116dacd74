"""One table of verdicts, exact at its edges, in words that never disagree with the printed chance."""

import re
from pathlib import Path

import pytest

from riskmc.reports.document.verdict import BUDGET_WORDS, DATE_WORDS, pronounce


@pytest.mark.parametrize(
    "percent, words",
    [
        (0, "will almost certainly finish late"),
        (9.4, "will almost certainly finish late"),
        (10, "will probably finish late"),
        (29, "will probably finish late"),
        (30, "will more likely than not finish late"),
        (49, "will more likely than not finish late"),
        (50, "is as likely as not to finish on time"),
        (51, "is more likely than not to finish on time"),
        (69, "is more likely than not to finish on time"),
        (70, "will probably finish on time"),
        (90, "will probably finish on time"),
        (91, "will almost certainly finish on time"),
        (100, "will almost certainly finish on time"),
    ],
)
def test_verdict_on_a_date(percent, words):
    assert pronounce(percent / 100, DATE_WORDS) == words


def test_verdict_on_a_budget_comes_from_the_same_table():
    assert pronounce(0.2, BUDGET_WORDS) == "will probably overrun its budget"
    assert pronounce(0.8, BUDGET_WORDS) == "will probably stay within its budget"


def test_the_table_of_the_method_page_is_that_of_the_verdicts():
    page = (Path(__file__).parents[3] / "docs" / "method" / "percentiles.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (below|above)? ?(\d+)%(?: to (\d+)%)? \| (.*) \|$", page, re.MULTILINE)
    assert len(rows) == len(DATE_WORDS)
    for word, first, last, told in rows:
        least = 0 if word == "below" else int(first) + (word == "above")
        most = {"below": int(first) - 1, "above": 100}.get(word, int(last or first))
        assert {pronounce(percent / 100, DATE_WORDS) for percent in range(least, most + 1)} == {told}
