"""Tables keep to the width of the terminal, and only the columns that may give way do."""

import pytest

from riskmc.forecast.language import counted
from riskmc.reports.document.layout import Column, Section, left_out, rendered

COLUMNS = [Column("Name", yields=True), Column("Place", yields=True), Column("Chance", right=True)]


def lines(*sections, width=40):
    return rendered(["The answer."], sections, width).splitlines()


def test_columns_are_as_wide_as_they_need():
    assert lines(Section(COLUMNS, [("Dig", "north", "9%"), ("Line", "south", "10%")]))[2:] == [
        "Name  Place  Chance",
        "Dig   north      9%",
        "Line  south     10%",
    ]


def test_the_longest_names_give_way_and_numbers_never():
    told = lines(Section(COLUMNS, [("Dig the tunnel under the harbour", "north-north-west", "10%")]))
    assert told[3] == "Dig the tunne…  north-north-west     10%"
    assert max(map(len, told)) == 40


def test_brackets_are_text_and_not_style():
    assert lines(Section(COLUMNS, [("[bold]Dig[/]", "a", "1%")], ["[red]note"]))[3:] == [
        "[bold]Dig[/]  a          1%",
        "[red]note",
    ]


def test_notes_are_paragraphs():
    assert lines(Section(notes=["A note that is longer than the line it has to stand on."])) == [
        "The answer.",
        "",
        "A note that is longer than the line it",
        "has to stand on.",
    ]


def test_names_do_not_steer_the_terminal():
    section = Section([Column("A\x1b[31m")], [["b\x1b]0;x\x07c"]], ["d\x1b[2J\u202ee"])
    text = rendered(["f\x1b[0m"], [section])
    assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert "b" in text


@pytest.mark.parametrize("room", range(12, 30))
def test_a_number_of_days_stays_with_its_unit(room):
    text = rendered(["It moves by +15 d, or by 1,204.5 d, then by 0 d."], [], room)
    assert all(figure in text for figure in ("+15 d", "1,204.5 d", "0 d"))


@pytest.mark.parametrize(
    "count, told",
    [
        (3, []),
        (4, ["and 1 more activity: --json lists them all."]),
        (1_203, ["and 1,200 more activities: --json lists them all."]),
    ],
)
def test_what_is_left_out_is_told_in_whole_words(count, told):
    def more(left):
        return counted("and {count} more activity", "and {count} more activities", left)

    assert left_out(count, 3, more) == told
    assert [text.replace(" activity", "").replace(" activities", "") for text in told] == left_out(count, 3)
