"""What the answer rests on: how well the plan was understood is told in a line, below 100% as a warning."""

import pytest

import fabricated
from riskmc.reports import page, tell
from riskmc.reports.document import remarks
from riskmc.simulation.delays import Delay
from riskmc.simulation.understanding import Understanding

WHOLE = Understanding("plans/hotel.xer", "Primavera P6", 4_217, 4_217)
PART = Understanding("plans/hotel.xer", "Primavera P6", 4_190, 4_217)
LATE = Delay("a", 30.0), Delay("b", 4.0)


def understood(found, **words):
    return fabricated.trials(understand=lambda: found, **words)


def told(found):
    section = remarks.understanding(understood(found))
    return section.notes, section.warning


def test_a_plan_that_is_understood_takes_one_line():
    line = "4,217 of 4,217 activities recomputed on Primavera P6's own dates."
    assert told(WHOLE) == ([line], False)
    assert line in tell(understood(WHOLE))


def test_without_stored_dates_nothing_is_said():
    assert told(None) == ((), False)


def test_below_100_percent_it_is_a_warning_that_names_the_command():
    line = "Warning: 4,190 of 4,217 activities recomputed on Primavera P6's own dates: see riskmc verify hotel.xer."
    assert told(PART) == ([line], True)


@pytest.mark.parametrize(
    "delays, sentence",
    [
        (LATE, " 2 start later than logic asks, 34 working days in all: "),
        (LATE[1:], " 1 starts later than logic asks, 4 working days in all: "),
        ((Delay("a", 0.5),), " 1 starts later than logic asks, 0.5 working days in all: "),
        ((Delay("a", 1.0),), " 1 starts later than logic asks, 1 working day in all: "),
    ],
)
def test_days_lost_to_delays_are_told_with_what_became_of_them(delays, sentence):
    for kept, done in ((False, "left out (--delays keep)."), (True, "kept.")):
        (line,), _ = told(Understanding("hotel.xer", "Primavera P6", 4_190, 4_217, delays, kept))
        assert line.endswith(sentence + done)


@pytest.mark.parametrize("found", [WHOLE, PART])
def test_the_page_says_it_too(found):
    (line,), _ = told(found)
    shown = page(understood(found)).replace("&#39;", "'").replace('<span class="held">', "").replace("</span>", "")
    assert line in shown


def test_the_page_of_a_plan_says_it_too():
    shown = page(fabricated.certain(understand=lambda: WHOLE)).replace("&#39;", "'")
    assert "4,217 of 4,217 activities recomputed on Primavera P6's own dates." in shown


def test_hostile_names_of_plans_do_no_harm():
    found = Understanding("plans/<i onload=x>\x1b[31m" + "x" * 300 + ".xer", "<b>tool</b>", 1, 2)
    shown = understood(found)
    assert "<i onload" not in page(shown)
    assert "<b>tool" not in page(shown)
    assert "\x1b" not in tell(shown)
    assert "x" * 80 not in tell(shown).replace("\n", "")
