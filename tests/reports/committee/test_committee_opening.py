"""The first page of a committee report: what the numbers speak of, the facts, and the risks behind the delay."""

import riskmc as rm
from committees import responding, small, trials_of
from riskmc.reports.committee.material import gather
from riskmc.reports.committee.opening import basis, report_facts, top_risks

FOUR = {
    name: {"name": name.title(), "probability": "50%", "impacts": [{"on": "p.build", "duration": f"+ {days}d"}]}
    for name, days in {"storm": 12, "ice": 8, "fog": 5, "wind": 2}.items()
}


def test_the_basis_names_mitigation_money_and_scenario():
    program = responding(scenarios={"later": {"set": {"p.dig.duration": "20d"}}})
    said = " ".join(basis(gather(trials_of(program, 300, scenario="later"))))
    assert "approved act; proposed ones do not" in said
    assert "Scenario later." in said
    assert "Money: EUR" in said
    assert "Before any response" in " ".join(basis(gather(trials_of(responding(), 300, mitigation="pre"))))


def test_the_three_largest_shares_stand_first_and_are_those_of_the_drivers():
    material = gather(trials_of(small(risks=FOUR), 2_000))
    table = top_risks(material.drivers)
    assert [row[0] for row in table.section.rows] == ["Storm", "Ice", "Fog"]
    whole = material.drivers.whole_shares("finish")
    assert [row[1] for row in table.section.rows] == [f"+{whole[risk]} d" for risk in ("storm", "ice", "fog")]
    percent = round(100 * sum(whole[risk] for risk in ("storm", "ice", "fog")) / sum(whole.values()))
    assert f"3 risks carry {percent}% of the delay" in table.title


def test_without_risks_there_are_no_top_risks():
    assert top_risks(gather(trials_of(small(risks={}), 300)).drivers) is None


def test_what_moved_since_last_time_takes_the_place_of_the_plan_and_its_causes_add_up():
    old, new = small(), small(risks=FOUR)
    changed = rm.diff(old, new, 1_000)
    told = report_facts(gather(trials_of(new), changed=changed))
    assert told[-1].name == "Since last time"
    assert told[-1].value.startswith("P80 +")
    plain = report_facts(gather(trials_of(new)))
    assert plain[-1].name == "The plan's own finish"


def test_nothing_that_changed_is_said_too():
    told = report_facts(gather(trials_of(small()), changed=rm.diff(small(), small(), 1_000)))
    assert told[-1].value == "unchanged"
