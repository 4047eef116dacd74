"""The printed verification: the answer first, a table by field, then the differences with their causes first."""

from datetime import datetime

import pytest

from riskmc.analysis.causes import DELAYED
from riskmc.analysis.verification import Count, Difference, Verification
from riskmc.reports import tell_verification
from riskmc.simulation.delays import Delay
from riskmc.simulation.recomputation import EVERY_FIELD

STORED, COMPUTED = datetime(2027, 1, 13, 8), datetime(2027, 1, 11, 8)


def difference(activity="P.B", field="early_start", off=2.0, first=True, rule=DELAYED, **words):
    said = {"stored": STORED, "computed": COMPUTED, **words}
    return Difference(activity, None, field, off_days=off, first=first, rule=rule, **said)


def verification(*differences, delays=(), activities=4, compared=4, **fields):
    counts = {field: Count(4, 4) for field in EVERY_FIELD} | fields
    off = len({one.activity for one in differences})
    return Verification(
        "Demo", "plans/demo.xer", "Primavera P6", activities, compared, compared - off, counts, differences, delays
    )


def lines(*differences, everything=False, **words):
    return tell_verification(verification(*differences, **words), everything=everything).splitlines()


def test_the_answer_comes_first():
    assert lines()[0] == "4 of 4 activities recomputed on the very dates that Primavera P6 stored."
    assert lines()[1].startswith("demo.xer: compared in working minutes of each activity's own calendar")


def test_every_field_has_its_share_which_is_100_percent_only_where_all_match():
    told = lines(early_start=Count(4216, 4217), driving=Count(0, 0))
    assert "Early start     4,216     4,217                 99%" in told
    assert "Late finish         4         4                100%" in told
    assert "Driving path        0         0  nothing to compare" in told


def test_a_difference_is_shown_with_both_dates_and_what_explains_it():
    told = lines(difference(), delays=[Delay("P.B", 2.0)])
    assert "P.B            Early start  13 Jan 2027 08:00  11 Jan 2027 08:00  +2 d   2 d" in told
    text = " ".join(" ".join(told).split())
    assert "Starts later than its logic asks: levelling or preferential delay. Lost: 2 working days in all." in text
    assert "A forecast leaves these delays out; `--delays keep` keeps them." in text


def test_what_only_follows_is_counted_and_shown_on_request():
    two = (difference(), difference("P.C", first=False, rule=""))
    assert not any(line.startswith("P.C") for line in lines(*two))
    assert "1 more activity differs and only follows from those above: --all shows all." in lines(*two)
    assert any(line.startswith("P.C") for line in lines(*two, everything=True))
    assert "2 differ; that begins with 1 of them." in " ".join(lines(*two))


def test_ten_causes_of_a_rule_are_shown_and_how_many_more_there_are():
    many = [difference(f"P.{number:02}") for number in range(13)]
    assert sum(line.startswith("P.") for line in lines(*many)) == 10
    assert "and 3 more: --all shows them." in lines(*many)
    assert sum(line.startswith("P.") for line in lines(*many, everything=True)) == 13


def test_the_rule_of_most_activities_comes_first_and_what_no_rule_explains_last():
    rows = [difference("P.A", rule=""), difference("P.B", rule="one"), difference("P.C", rule="two"),
            difference("P.D", rule="two"), difference("P.E", rule=""), difference("P.F", rule="")]  # fmt: skip
    told = [line for line in lines(*rows) if line in ("One.", "Two.", "No rule known that explains it.")]
    assert told == ["Two.", "One.", "No rule known that explains it."]


@pytest.mark.parametrize(
    "one, cells",
    [
        (difference(field="total_float", stored=8.5, computed=0.0, off=1.0625), "Total float  8.5 h   0 h"),
        (difference(field="driving", stored=True, computed=False, off=None), "Driving path  yes     no"),
        (difference(field="late_start", computed=None, off=-250.0), "Late start  13 Jan 2027 08:00  ?         −250 d"),
        (difference(off=0.01), "11 Jan 2027 08:00  +0.010 d"),
        (difference(off=-0.5), "11 Jan 2027 08:00  −0.5 d"),
    ],
)
def test_figures_are_written_as_people_write_them(one, cells):
    assert any(cells in line for line in lines(one))


def test_activities_of_which_nothing_is_stored_are_counted():
    assert "Of 2 unfinished activities nothing is stored." in " ".join(lines(activities=6))


def test_no_line_is_wider_than_80_columns_and_no_name_steers_the_terminal():
    hostile = "<script>=cmd()\x1b[31m\u202e" + "x" * 300
    told = lines(difference(hostile, first=True), difference(hostile + "2", first=False), everything=True)
    assert max(map(len, told)) <= 80
    assert not any("\x1b" in line or "\u202e" in line for line in told)
