"""The printed earned value: where the program stands in a sentence, printed parts that add up; and its record."""

import json
import re
from pathlib import Path

import pytest

import riskmc as rm
from pictured import HOSTILE, RIGHT_TO_LEFT
from riskmc.analysis.earned_value import earned_value
from riskmc.reports.answers.earned_value import tell_earned_value
from riskmc.reports.records.earned_value import compose_earned_value, dumps_earned_value

TUNNEL = Path(__file__).parents[3] / "models" / "tunnel" / "program.yaml"


@pytest.fixture(scope="module")
def tunnel():
    return earned_value(rm.simulate(TUNNEL, 100))


def program(name="Case", progress=None, **words):
    work = {
        "duration": {"plan": "10d", "range": "uniform(10d 20d)"},
        **({"progress": progress} if progress else {}),
        **words,
    }
    projects = {"p": {"activities": {"a": work}}}
    return rm.Program(program=name, start="2027-01-04", data_date="2027-01-11", projects=projects)


BEGUN = {"started": "2027-01-04T08:00", "remaining": "8d"}


def test_the_answer_comes_first_and_the_simulation_beside_it(tunnel):
    text = " ".join(tell_earned_value(tunnel).split())
    assert re.match(
        r"Hollin Ridge Tunnel is behind the plan and dearer than planned on 1 Mar 2027: SPI 0\.85, CPI 0\.98, SPI\(t\) "
        r"0\.92\. At this pace it finishes on 1 Aug 2034 and costs EUR 641\.2M; the simulation says .* \(P50\), "
        r".* \(P80\)\.",
        text,
    )


def test_printed_values_of_projects_add_up_to_the_printed_ones_of_the_program(tunnel):
    block = next(block for block in tell_earned_value(tunnel).split("\n\n") if block.startswith("Value"))
    rows = [list(map(float, re.findall(r"EUR ([\d.]+)M", row))) for row in block.splitlines()[1:]]
    assert len(rows) == 5
    for column in zip(*rows, strict=True):
        assert round(sum(column[:-1]), 6) == column[-1]


def test_every_project_stands_in_every_table_and_what_is_not_known_is_a_dash(tunnel):
    blocks = {block.split()[0]: block.splitlines() for block in tell_earned_value(tunnel).split("\n\n")}
    for heading in ("EAC", "To", "Time"):
        assert [row.split()[0] for row in blocks[heading][1:]] == ["Owner", "Civil", "Railway", "Program"]
    railway = next(row for row in blocks["Time"] if row.startswith("Railway"))
    assert railway.split()[2:6] == ["–"] * 4


def test_what_has_not_started_is_said_to_and_nothing_is_divided():
    text = tell_earned_value(earned_value(rm.simulate(program(), 50)))
    assert text.startswith("Case has not started: nothing has been done or spent")
    assert "SPI" not in text


def test_where_no_index_is_known_nothing_is_claimed():
    """What has begun has no budget, what has one has not begun."""
    activities = {
        "a": {"duration": {"plan": "10d", "range": "uniform(10d 20d)"}, "progress": BEGUN},
        "b": {"duration": "5d", "cost": "5k", "after": ["a"]},
    }
    plan = rm.Program(
        program="Odd", start="2027-01-04", data_date="2027-01-11", projects={"p": {"activities": activities}}
    )
    text = " ".join(tell_earned_value(earned_value(rm.simulate(plan, 50))).split())
    assert text.startswith("Odd on 11 Jan 2027: SPI –, CPI –")


def test_without_money_working_days_are_told():
    text = " ".join(tell_earned_value(earned_value(rm.simulate(program(progress=BEGUN), 50))).split())
    assert "No money is spent: value is measured in planned working days" in text
    assert "EUR" not in text
    assert re.search(r"Program 5 d 2 d 5 d 10 d 0\.40 0\.40", text)


def test_a_plan_without_chance_is_told_without_a_simulation():
    told = tell_earned_value(earned_value(rm.simulate(program(progress=BEGUN, duration="10d"), 50)))
    assert "the simulation says" not in told
    assert "nothing random" in told


@pytest.mark.parametrize("name", [*HOSTILE, RIGHT_TO_LEFT])
def test_hostile_names_stay_in_eighty_columns(name):
    told = tell_earned_value(earned_value(rm.simulate(program(name, BEGUN, cost="5k"), 50)))
    assert max(map(len, told.splitlines())) <= 80
    assert "\u202e" not in told


def test_the_record_has_every_figure_and_the_same_bytes_twice(tunnel):
    assert dumps_earned_value(tunnel) == dumps_earned_value(tunnel)
    told = json.loads(dumps_earned_value(tunnel))
    assert told == compose_earned_value(tunnel)
    assert told["total"]["spi"] == round(tunnel.program.value.spi, 9)
    assert told["projects"]["SYS"]["cpi"] is None
    assert told["unit"] == "money"
    assert sum(round(100 * line["ev"]) for line in told["lines"]) == round(100 * told["total"]["ev"])
    assert (
        compose_earned_value(earned_value(rm.simulate(program(duration="10d"), 50)))["total"]["simulated_finish"]
        is None
    )
