"""Rules on what the Monte Carlo engine leaves out, and on work that was never scheduled."""

from checked import places, program
from riskmc.analysis.check import check

GATED = {"a": {"duration": "9d", "quality_gate": {"fail": "30%", "redo": "20%", "at_most": 2}}, "b": {"duration": "9d"}}


def test_what_only_the_other_engine_can_honour_is_listed_and_does_not_stop_a_check():
    risk = {"arrivals": {"rate": "1/y"}, "impacts": [{"on": "p.a", "duration": "x 110%"}]}
    checked = program(GATED, risks={"change": risk}, funding={2027: "1M"})
    assert set(places("not-simulated", checked)) == {"p.a", "risks.change", "funding"}
    assert {"p.a", "risks.change", "funding"} <= {finding.place for finding in check(checked, 256)}


def test_a_program_that_this_engine_honours_has_nothing_left_out():
    assert places("not-simulated", program({"a": {"duration": "9d"}})) == []


def test_work_that_was_never_scheduled_is_listed():
    assert places("unscheduled", program({"a": {"duration": "9d"}, "b": {"duration": "9d", "unscheduled": True}})) == [
        "p.b"
    ]
