"""The printed contingency: the answer first, printed parts that add up, in eighty columns; and its record."""

import json
import re
from pathlib import Path

import pytest

import riskmc as rm
from pictured import HOSTILE, RIGHT_TO_LEFT
from riskmc.analysis.contingency import contingency
from riskmc.reports.answers.contingency import contingency_sentences, tell_contingency
from riskmc.reports.records.contingency import compose_contingency, dumps_contingency

FERRY = Path(__file__).parents[3] / "models" / "ferry" / "program.yaml"
WORK = {"duration": {"plan": "10d", "range": "uniform(10d 20d)"}, "cost": {"plan": "10M", "range": "uniform(9M 15M)"}}


@pytest.fixture(scope="module")
def ferry():
    return contingency(rm.simulate(FERRY, 500))


@pytest.fixture(scope="module")
def steps(ferry):
    return ferry.drawdown("year")


def program(name="Case", **sections):
    return rm.Program(program=name, start="2027-01-04", projects={"p": {"activities": {"a": WORK}}}, **sections)


def tables(text):
    """The tables of an answer: the rows of each, under its heading."""
    blocks = [block.splitlines() for block in text.split("\n\n")]
    return {re.split(r"\s{2,}", block[0].strip())[0]: block[1:] for block in blocks}


def test_the_answer_comes_first_in_two_sentences(ferry, steps):
    text = " ".join(tell_contingency(ferry, steps).split())
    assert re.match(
        r"Electric Island Ferry needs \d+ d \(\d+ to \d+ d\) and EUR [\d.]+M \([\d.]+ to [\d.]+M\) on top "
        r"of its base to reach P80\. The schedule margin of 42 d suffices in \d+% of the iterations; no "
        r"cost contingency",
        text,
    )


def test_the_printed_parts_add_up_to_what_is_printed_as_needed(ferry):
    found = tables(tell_contingency(ferry))
    needed = [row for row in found["Needed"] if row.startswith("P80")]
    days, money = (re.search(pattern, needed[0])[1] for pattern in (r"\+(\d+) d", r"EUR ([\d.]+)M"))
    rows = found["Parts of the need for P80"]
    parts = [row for row in rows if re.search(r" d\b", row)]
    whole = [int(re.search(r"([+−]?\d+) d", row)[1].replace("−", "-")) for row in parts]
    cents = [_steps(row) for row in parts]
    assert sum(whole[:-1]) == whole[-1] == int(days)
    assert sum(cents[:-1]) == cents[-1] == round(100 * float(money))
    projects = [_steps(row) for row in found["Part of each project"]]
    assert sum(projects[:-1]) == projects[-1] == cents[-1]
    responses = [_steps(row) for row in found["Effect of responses on it"] if "EUR" in row]
    assert sum(responses[:-1]) == responses[-1] == cents[-1]


def _steps(row):
    sign, amount = re.search(r"([+−]?)EUR ([\d.]+)M", row).groups()
    return (-1 if sign == "−" else 1) * round(100 * float(amount))


def test_the_printed_funding_adds_up_and_says_who_releases_it():
    held = {"u": {"fixed": "1.234M", "contingency": True}}
    found = contingency(rm.simulate(program(currency="EUR", costs=held, management_reserve="777k"), 500))
    rows = tables(tell_contingency(found))["Funding"]
    for column in (0, 1):
        amounts = [round(100 * float(re.findall(r"EUR ([\d.]+)M", row)[column])) for row in rows]
        assert sum(amounts[:3]) == amounts[3]
    assert [re.split(r"\s{2,}", row)[-1] for row in rows[:3]] == ["Project manager", "Program manager", "Sponsor"]


def test_what_is_held_stands_beside_what_is_needed(ferry):
    rows = tables(tell_contingency(ferry))["What is held"]
    assert re.match(r"Schedule margin\s+42 d\s+\d+ d\s+\d+% \(", rows[0])
    assert re.match(r"\s+in working days\s+30 d\s+\d+ d$", rows[1])


def test_the_drawdown_is_told_date_by_date_and_only_where_asked_for(ferry, steps):
    text = tell_contingency(ferry, steps)
    assert "11 Jan 2027" in text
    assert re.search(r"1 Jan 2030 +0 d", text)
    assert "Still needed on" not in tell_contingency(ferry)


@pytest.mark.parametrize("name", [*HOSTILE, RIGHT_TO_LEFT])
def test_hostile_names_stay_on_their_lines_and_in_eighty_columns(name):
    told = program(
        name, released_by={"base": name}, risks={"r": {"name": name, "probability": 0.5, "impacts": [{"cost": "+ 1M"}]}}
    )
    text = tell_contingency(contingency(rm.simulate(told, 60)))
    assert max(map(len, text.splitlines())) <= 80
    assert "\u202e" not in text


def test_it_is_told_without_money_too():
    free = {"duration": {"plan": "10d", "range": "uniform(10d 20d)"}}
    plain = rm.Program(program="Free", start="2027-01-04", projects={"p": {"activities": {"a": free}}})
    found = contingency(rm.simulate(plain, 100))
    text = tell_contingency(found, found.drawdown("month"))
    assert "Cost" not in text
    assert "Funding" not in text
    assert "No schedule margin is held.\nWhat is held is marked in the file: an activity with `margin: true`.\n" in text
    assert "`" not in " ".join(contingency_sentences(found))


def test_money_that_never_varies_is_said_to_need_nothing_and_takes_no_columns():
    sure = {"duration": {"plan": "10d", "range": "uniform(10d 20d)"}, "cost": "10M"}
    plan = rm.Program(program="Sure", start="2027-01-04", projects={"p": {"activities": {"a": sure}}})
    text = tell_contingency(contingency(rm.simulate(plan, 100)))
    assert "the cost is the same in every iteration" in " ".join(text.split())
    assert "Cost" not in text
    assert "Funding" not in text


def test_the_record_has_every_figure_and_the_same_bytes_twice(ferry, steps):
    assert dumps_contingency(ferry, steps) == dumps_contingency(ferry, steps)
    told = json.loads(dumps_contingency(ferry, steps))
    assert told == compose_contingency(ferry, steps)
    assert set(told["needed"]) == {"p50", "p70", "p80", "p90"}
    assert told["needed"]["p80"]["finish_days"]["value"] == round(ferry.needed().finish_days.value, 9)
    for parts in ("sources", "responses"):
        assert sum(part["minutes"] for part in told[parts]["parts"]) == told[parts]["minutes"]
        assert sum(part["cents"] for part in told[parts]["parts"]) == told[parts]["cents"]
    assert told["held"]["cost"] is None
    assert told["funding"][3]["held"] is None
    assert told["drawdown"]["dates"][0]["date"] == "2027-01-11T00:00"
    assert compose_contingency(ferry)["drawdown"] is None


def test_what_is_needed_is_what_the_waterfall_adds_in_printed_digits(ferry):
    steps = rm.waterfall(ferry.trials)
    needed = next(line for line in tell_contingency(ferry).splitlines() if line.startswith("P80 "))
    for by in ("finish", "cost"):
        assert f"{steps.digits(by).text(sum(steps.whole(by)))}  " in needed
