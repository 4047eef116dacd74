"""Changes drawn: bars as long as the printed digits, adding up from the old P80 to the new one."""

from functools import cache

import pytest

import drawn
import riskmc as rm
from changed_programs import WORDS, program
from pictured import HOSTILE
from riskmc import plot
from riskmc.analysis.diff.rounding import rounded_shares
from riskmc.errors import ArgumentError
from riskmc.plot.palette import LIGHT

CHANGES = {
    "risks__clay__probability": "80%",
    "projects__works__activities__deck__duration": "triangular(15d 20d 30d)",
    "projects__site__activities__dig__cost__per_day": "9k",
}


@cache
def found() -> rm.ProgramDiff:
    return rm.diff(program(), program(**CHANGES), 500)


def test_bars_are_as_long_as_the_printed_digits_and_add_up():
    rounded = rounded_shares(found(), "finish", "p80")
    ax = plot.changes(found())
    widths = [bar.get_width() for bar in ax.patches]
    assert sum(widths) == pytest.approx(rounded.total * rounded.step)
    texts = [text.get_text() for text in ax.texts]
    assert rounded.text(rounded.total) in texts
    assert list(drawn.faults(ax)) == []
    assert [text for text in texts if text.startswith(("Old P80 ", "New P80 "))] == [texts[1], texts[5]]


def test_later_is_orange_and_earlier_is_green():
    bars = {bar.get_width() > 0: bar.get_facecolor() for bar in plot.changes(found()).patches if bar.get_width()}
    from matplotlib.colors import to_rgba

    assert bars == {True: to_rgba(LIGHT["threat"]), False: to_rgba(LIGHT["gain"])}


def test_what_moves_nothing_stands_in_one_row_of_others():
    assert "1 other change" in [text.get_text() for text in plot.changes(found()).texts]


def test_the_title_tells_the_movement_and_its_largest_part():
    title = plot.caption(plot.changes(found(), of="cost")).title
    rounded = rounded_shares(found(), "cost", "p80")
    assert title.startswith(f"P80 cost moves by {rounded.text(rounded.total)}, ")


def test_hostile_names_do_no_harm():
    risks = {
        f"r{place}": {"name": name, "probability": "50%", "impacts": [{"cost": "+ 1M"}]}
        for place, name in enumerate(HOSTILE)
    }
    new = program(risks={**WORDS["risks"], **risks})
    ax = plot.changes(rm.diff(program(), new, 60), of="cost")
    assert "<script" not in plot.to_svg(ax, "hostile")
    assert list(drawn.faults(ax)) == []


def test_nothing_to_draw_is_refused():
    with pytest.raises(ArgumentError, match="no change between these programs"):
        plot.changes(rm.diff(program(), program(), 50))
    with pytest.raises(ArgumentError, match="of is finish or cost"):
        plot.changes(found(), of="p80")
    free = {"program": "Plan", "start": "2027-01-04"}
    plans = [rm.Program(**free, projects={"p": {"activities": {"a": {"duration": f"{n}d"}}}}) for n in (5, 8)]
    with pytest.raises(ArgumentError, match="no money is spent"):
        plot.changes(rm.diff(*plans, 50), of="cost")
