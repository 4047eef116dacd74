"""What gates and approvals sent back, as the answer, the page and the record tell it."""

import pytest

import riskmc as rm
from arriving import program
from riskmc.reports.document.rework_table import rework
from riskmc.reports.records.forecast import compose

GATE = {"fail": "100%", "redo": "50%", "at_most": 2}


@pytest.fixture(scope="module")
def trials():
    activities = {
        "code": {"name": "Write code", "duration": "4d", "quality_gate": GATE},
        "sign": {
            "duration": "triangular(1d 2d 4d)",
            "after": ["code"],
            "approval": {"takes": "1d", "reject": "30%", "redo": "50%", "at_most": 4},
        },
    }
    return rm.simulate(program(activities), 512)


def test_the_record_names_every_loop_with_what_it_sent_back(trials):
    gate, approval = compose(trials)["rework"]
    expected = {"activity": "p.code", "kind": "gate", "failed": 1.0, "redos": 2.0, "waived": 1.0, "redone_days": 4.0}
    assert gate == expected
    assert (approval["activity"], approval["kind"]) == ("p.sign", "approval")
    assert 0 < approval["failed"] < 1


def test_the_table_tells_the_costliest_loop_first(trials):
    section = rework(trials)
    assert section.rows[0] == ("Write code (gate)", "always", "4.0 d", "always")
    assert section.rows[1][0] == "p.sign (approval)"


def test_a_program_without_loops_says_nothing_of_rework():
    bare = rm.simulate(program({"a": {"duration": "uniform(1d 2d)"}}), 256)
    assert "rework" not in compose(bare)
    assert rework(bare).rows == ()


def test_what_is_done_again_before_a_critical_gate_is_critical():
    """A side branch that only its gate needs: it sets the finish where the gate fails."""
    activities = {
        "long": {"duration": "9d"},
        "part": {"duration": "2d"},
        "test": {"duration": "1d", "after": ["long", "part"], "quality_gate": GATE | {"of": ["part"], "fail": "40%"}},
    }
    statistics = rm.simulate(program(activities), 512, statistics=True).statistics
    critical = dict(zip(statistics.paths, statistics.criticality, strict=True))
    assert critical["p.long"] == critical["p.test"] == 1.0
    assert 0.3 < critical["p.part"] < 0.5
