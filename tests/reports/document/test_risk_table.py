"""The printed risks: the most frequent first, the chance that was given beside the share that came out."""

import fabricated
from riskmc.reports.answers.forecast import tell
from riskmc.reports.document.risk_table import risks


def register(*shares, **names):
    """Trials in which risk number n, of the chance n percent, occurred in the n-th share of the iterations."""
    ids = [f"r{number:02}" for number in range(1, len(shares) + 1)]
    words = {
        risk: {"name": names.get(risk), "probability": f"{number}%", "impacts": [{"cost": "+ 1M"}]}
        for number, risk in enumerate(ids, 1)
    }
    return fabricated.trials(program=fabricated.program(risks=words), occurred=dict(zip(ids, shares, strict=True)))


def test_risks_stand_by_how_often_they_occurred():
    rows = risks(register(0.2, 0.5, 0.2, r02="Soil")).rows
    assert rows == [("Soil", "2%", "50%"), ("r01", "1%", "20%"), ("r03", "3%", "20%")]


def test_a_share_may_be_none_or_all():
    rows = risks(register(0.0, 1.0, 0.001)).rows
    assert [row[2] for row in rows] == ["always", "<1%", "never"]


def test_of_a_long_register_the_ten_most_frequent_are_printed():
    section = risks(register(*(n / 20 for n in range(1, 13))))
    assert [row[0] for row in section.rows] == [f"r{number:02}" for number in range(12, 2, -1)]
    assert section.notes[1] == "and 2 more risks: --json lists them all."
    assert risks(register(*(n / 20 for n in range(1, 12)))).notes[1] == "and 1 more risk: --json lists them all."
    assert len(risks(register(0.5)).notes) == 1


def test_risks_of_one_name_are_told_apart():
    assert [row[0] for row in risks(register(0.2, 0.1, r01="Soil", r02="Soil")).rows] == ["r01 Soil", "r02 Soil"]


def test_the_answer_shows_them_and_a_program_without_risks_no_table():
    told = tell(fabricated.trials()).split("\n\n")
    (table,) = [part for part in told if part.startswith("Risk")]
    assert table.splitlines()[1].split() == ["Contaminated", "soil", "35%", "35%"]
    assert not risks(fabricated.trials(program=fabricated.program(risks={}), occurred={})).columns
