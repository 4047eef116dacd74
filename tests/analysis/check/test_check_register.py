"""Rules on the register: risks that strike nothing, work only with float, are certain, or count twice."""

import pytest

from checked import found, places, program

WORK = {
    "a": {"duration": "10d", "cost": "1M"},
    "b": {"duration": "50d", "after": ["a"]},
    "slack": {"duration": "5d", "after": ["a"]},
    "end": {"milestone": True, "after": ["b", "slack"]},
    "done": {"duration": "2d", "progress": {"started": "2027-01-04", "finished": "2027-01-05"}},
}


def registered(risk, **words):
    return program(WORK, risks={"r": risk}, data_date="2027-01-07", **words)


def striking(*on, probability="30%", size="+ 5d"):
    return {"probability": probability, "impacts": [{"on": list(on), "duration": size, "spread": "each"}]}


@pytest.mark.parametrize("risk, why", [
    ({"probability": "30%"}, "no impacts"),
    (striking("p.done"), "finished"),
    (striking("p.end"), "milestone"),
    (striking("p.nobody*"), "not there"),
    (striking("p.a", probability="0%"), "0%"),
])  # fmt: skip
def test_a_risk_that_changes_nothing_is_wrong(risk, why):
    (idle,) = found("strikes-nothing", registered(risk))
    assert (idle.place, idle.severity) == ("risks.r", "wrong")
    assert why in idle.reason


@pytest.mark.parametrize("risk", [
    striking("p.a"),
    striking("p.done", "p.a"),
    {"probability": "30%", "impacts": [{"cost": "+ 1M"}]},
    {"probability": "30%", "impacts": [{"on": "p.a", "cost": "x 110%"}]},
    {"probability": "0%", "status": "closed", "impacts": []},
])  # fmt: skip
def test_a_risk_that_can_change_something_or_is_closed_is_not(risk):
    assert places("strikes-nothing", registered(risk)) == []


def test_a_risk_without_impacts_matters_where_something_hangs_on_it():
    other = {"probability": "5%", "given": {"r": "50%"}, "impacts": [{"on": "p.a", "duration": "+ 5d"}]}
    risks = {"r": {"probability": "30%"}, "other": other}
    assert places("strikes-nothing", program(WORK, risks=risks, data_date="2027-01-07")) == []
    branch = {**WORK, "c": {"duration": "5d", "when": "risk r"}}
    assert places("strikes-nothing", program(branch, risks={"r": {"probability": "30%"}}, data_date="2027-01-07")) == []


def test_a_risk_is_absorbed_where_float_takes_it_in_every_iteration():
    assert places("float-only", registered(striking("p.slack"))) == ["risks.r"]
    assert places("float-only", registered(striking("p.slack", size="+ 90d"))) == []
    assert places("float-only", registered(striking("p.b"))) == []
    assert places("float-only", registered(striking("p.slack", "p.b"))) == []


def test_a_risk_on_which_another_hangs_is_not_absorbed():
    other = {"probability": "5%", "given": {"r": "50%"}, "impacts": [{"on": "p.b", "duration": "+ 5d"}]}
    both = program(WORK, risks={"r": striking("p.slack"), "other": other}, data_date="2027-01-07")
    assert places("float-only", both) == []


def test_a_risk_absorbed_by_float_that_costs_money_says_so():
    paid = striking("p.slack")
    paid["impacts"][0]["cost"] = "+ 10k"
    (absorbed,) = found("float-only", registered(paid))
    assert "still costs money" in absorbed.reason


@pytest.mark.parametrize("probability, certain", [("100%", 1), ("99%", 0)])
def test_a_risk_of_a_hundred_percent_is_doubtful(probability, certain):
    assert places("certain-risk", registered(striking("p.a", probability=probability))) == ["risks.r"] * certain


@pytest.mark.parametrize("size, risk, twice", [
    ("triangular(90d 100d 160d)", "+ 5d", 1), ("triangular(90d 100d 160d)", "x 120%", 1),
    ("triangular(90d 100d 110d)", "+ 5d", 0), ("triangular(90d 100d 160d)", "x uniform(50% 80%)", 0),
    ("triangular(90d 100d 160d)", "x pert(60% 80% 90% shape=4)", 0),
])  # fmt: skip
def test_a_wide_range_is_counted_twice_where_a_risk_lengthens_it_too(size, risk, twice):
    checked = program({"a": {"duration": size}}, risks={"r": striking("p.a", size=risk)})
    assert places("double-counting", checked) == ["p.a"] * twice


def test_a_wide_range_without_risks_is_not_counted_twice():
    assert places("double-counting", program({"a": {"duration": "triangular(90d 100d 160d)"}})) == []


def test_double_counting_names_the_risks():
    risks = {f"r{n}": striking("p.a") for n in range(5)}
    (twice,) = found("double-counting", program({"a": {"duration": "triangular(90d 100d 160d)"}}, risks=risks))
    assert twice.detail.startswith("r0, r1, r2 and 2 more; triangular(")
