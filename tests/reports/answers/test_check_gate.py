"""The gate as it is printed and recorded: the verdict first, a table of points, a table of practices."""

from dataclasses import replace

import pytest

from checked import program
from riskmc.analysis.check import check
from riskmc.analysis.check.dcma import Point
from riskmc.reports import compose_check, tell_check
from riskmc.reports.answers.check_gate import figure_text, points_section, threshold_text

CHAIN = {f"a{n}": {"duration": "10d", "after": [f"a{n - 1} FS-1d"] if n else []} for n in range(4)}


@pytest.fixture(scope="module")
def found():
    return check(program(CHAIN), 64)


def point(figure, threshold, unit="%", least=False):
    return Point(3, "Lags", figure, threshold, unit, least, True, "links with a lag", (), 100)


def test_the_verdict_names_the_points_that_fail(found):
    assert tell_check(found).split(".")[0] == (
        "Trial fails the schedule gate: 1 of the 14 DCMA points fails (leads), 8 pass, 5\ncannot be told"
    )


def test_a_program_whose_points_pass_passes():
    whole = check(program({"a": {"duration": "10d"}}), 64)
    assert tell_check(whole).startswith("Trial passes the schedule gate: ")


@pytest.mark.parametrize("figure, threshold, unit, told", [
    (0.176, 0.05, "%", "17.6%"), (0.0, 0.05, "%", "0%"), (1.0, 0.05, "%", "100%"), (0.0001, 0.0, "%", "0.01%"),
    (0.0504, 0.05, "%", "5.04%"), (0.05, 0.05, "%", "5.0%"), (0.9996, 0.9, "%", "99.96%"), (600.0, 600.0, "d", "600 d"),
    (0.947, 0.95, "", "0.95"), (None, 0.95, "", ""), (0.0000001, 0.0, "%", "1e-05%"),
])  # fmt: skip
def test_a_figure_shows_on_which_side_of_the_threshold_it_lies(figure, threshold, unit, told):
    assert figure_text(point(figure, threshold, unit)) == told


def test_thresholds_say_most_or_least():
    assert threshold_text(point(0.1, 0.05)) == "≤ 5%"
    assert threshold_text(point(0.1, 0.9, least=True)) == "≥ 90%"
    assert threshold_text(point(0.1, 0.0)) == "0%"
    assert threshold_text(point(1.0, 0.95, "", True)) == "≥ 0.95"
    assert threshold_text(point(1.0, 600.0, "d", True)) == "600 d"


def test_reasons_why_points_cannot_be_told_are_given_once(found):
    notes = " ".join(points_section(found.dcma).notes)
    assert notes.count("the file has no baseline") == 1
    assert "Points 11 and 14 cannot be told: the file has no baseline." in notes


def test_the_widest_table_keeps_eighty_columns(found):
    many = replace(found, dcma=tuple(replace(p, of=1_234_567, found=p.found * 50_000) for p in found.dcma))
    lines = tell_check(many).splitlines()
    assert max(map(len, lines)) <= 80
    assert sum(line.endswith("  cannot be told") for line in lines) == 5
    assert any("150,000 of 1,234,567" in line for line in lines)


def test_the_record_has_every_point_and_practice(found):
    record = compose_check(found)
    assert record["passed"] is False
    assert [entry["point"] for entry in record["dcma"]] == [*range(1, 15)]
    lead = record["dcma"][1]
    assert (lead["name"], lead["figure"], lead["threshold"], lead["passed"]) == ("Leads", 1.0, 0.0, False)
    assert (lead["counted"], lead["of"], lead["activities"]) == (3, 3, ["p.a1", "p.a2", "p.a3"])
    assert record["dcma"][10] == {
        "point": 11, "name": "Missed tasks", "figure": None, "threshold": 0.05, "unit": "%", "sense": "at most",
        "passed": None, "reason": "the file has no baseline", "counted": None, "of": None, "activities": [],
    }  # fmt: skip
    assert record["gao"][1]["findings"] == {"lead": 3}
