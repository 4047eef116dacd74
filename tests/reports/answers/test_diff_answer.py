"""The printed difference: the movement first, shares in digits that add up, changes in plain words by their reach."""

import re

import pytest

import riskmc as rm
from changed_programs import WORDS, program
from riskmc.reports import tell_diff
from riskmc.reports.document.layout import WIDTH

CHANGES = {
    "risks__clay__probability": "80%",
    "projects__works__activities__deck__duration": "triangular(25d 35d 60d)",
    "risks__clay__owner": "Geologist",
    "management_reserve": "1M",
}


def told(old: rm.Program, new: rm.Program, iterations: int = 300) -> str:
    return tell_diff(rm.diff(old, new, iterations))


def test_the_movement_comes_first_from_where_to_where():
    found = rm.diff(program(), program(**CHANGES), 300)
    opening = " ".join(tell_diff(found).split("\n\n")[0].split())
    before, after = (one.finish().text(one.finish().quantile(0.80)) for one in (found.old, found.new))
    assert re.match(rf"P80 finish \+\d+ d \(.*\), from {before} to {after}; P80 cost \+EUR", opening)


def test_printed_shares_add_up_to_the_printed_movement():
    text = told(program(), program(**CHANGES, risks__flood__probability="60%", drivers={}))
    rows = text.split("Share of the movement")[1].split("\n\n")[0].splitlines()[1:]
    parts = [int(match[1].replace("−", "-")) for row in rows if (match := re.search(r" ([+−]?\d+) d ", row))]
    movement = re.search(r"P80 finish ([+−]?\d+) d", " ".join(text.split()))
    assert len(parts) >= 3
    assert sum(parts) == int(movement[1].replace("−", "-"))


def test_changes_stand_under_what_they_can_move():
    text = told(program(), program(**CHANGES))
    assert text.index("What changed:") < text.index("- risk Clay: probability from 40% to 80%")
    promises, words = text.index("Promises, scenarios and rules"), text.index("Words only:")
    assert promises < text.index("management_reserve is now 1M") < words < text.index("owner is now Geologist")


def test_equal_programs_and_mere_words_are_said_to_be_so():
    assert told(program(), program()).startswith("The two programs are the same: nothing was added")
    renamed = told(program(), program(program="Long pier"))
    assert renamed.startswith("Only words changed: every finish and every cost is the same.")
    assert "Movement" not in renamed


def test_plans_are_compared_as_plans():
    plan = {"program": "Plan", "start": "2027-01-04", "projects": {"p": {"activities": {"a": {"duration": "5d"}}}}}
    longer = {**plan, "projects": {"p": {"activities": {"a": {"duration": "8d"}}}}}
    text = told(rm.Program(**plan), rm.Program(**longer))
    assert text.startswith("Finish +5.0 d, from") or text.startswith("Finish +5 d, from")
    assert "These are plans, not forecasts" in " ".join(text.split())
    assert "Cost" not in text


def test_lines_fit_and_hostile_names_do_no_harm():
    name = "<b>\x1b[31m" + "x" * 300
    hostile = {"name": name, "probability": "50%", "impacts": [{"on": "dig", "duration": "x 200%"}]}
    text = told(program(), program(risks={**WORDS["risks"], "r": hostile}))
    assert "\x1b" not in text
    assert all(len(line) <= WIDTH for line in text.splitlines())


@pytest.mark.parametrize("groups", [1, 24])
def test_what_was_taken_together_is_said(groups):
    new = program(**CHANGES, projects__site__activities__dig__duration="22d")
    text = " ".join(tell_diff(rm.diff(program(), new, 100, groups=groups)).split())
    assert ("3 groups of changes were found; 2 are told apart here." in text) == (groups == 1)
    assert "all orders (" in text
