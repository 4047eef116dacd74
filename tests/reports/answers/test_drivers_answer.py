"""The printed drivers: the sentence first, shares and removal effects apart, printed digits that add up."""

import re

import pytest

import riskmc as rm
from driven import chain, late, program
from riskmc.reports import tell_drivers
from riskmc.reports.document.layout import WIDTH

RISKS = {"rock": {**late(9, "40%"), "name": "Hard rock"}, "water": late(6, "50%"), "luck": late(-3, "30%")}


@pytest.fixture(scope="module")
def told() -> str:
    return tell_drivers(rm.drivers(rm.simulate(chain(RISKS), 2_000)))


def opening(found: rm.Drivers) -> str:
    return " ".join(tell_drivers(found).split("\n\n")[0].split())


def test_the_first_sentence_says_what_the_largest_share_is_and_what_goes_without_it(told):
    found = rm.drivers(rm.simulate(chain(RISKS), 2_000))
    total, part = sum(found.whole_shares("finish").values()), found.whole_shares("finish")["rock"]
    first = " ".join(told.split("\n\n")[0].split())
    assert first.startswith(
        f"Of the {total} days between P80 without risks and P80, 'Hard rock' is {part}; gone entire"
    )
    value, low, high = found["rock"].removal_finish_days
    assert first.endswith(f"bring P80 forward by {value:.0f} days ({low:.0f} to {high:.0f}).")


def test_shares_are_headed_as_no_saving_and_add_up_to_the_last_row(told):
    table = next(part for part in told.split("\n\n") if part.startswith("Share of delay, not saving"))
    rows = [re.search(r"([+-]?\d+) d", line.replace("−", "-"))[1] for line in table.splitlines()[1:]]
    assert sum(map(int, rows[:-1])) == int(rows[-1])
    assert "Share of the delay, not the saving: " in told
    assert "No risk moves P80 of the cost." in told
    assert "saves" not in told
    assert "buys" not in told


def test_every_line_fits_and_money_is_left_out_where_none_is_spent(told):
    assert max(map(len, told.splitlines())) <= WIDTH
    free = program({"dig": {"duration": "uniform(10d 20d)"}}, risks={"rock": late(9, "40%")})
    assert "EUR" not in tell_drivers(rm.drivers(rm.simulate(free, 100)))


def test_the_rows_that_are_left_out_are_counted_and_their_shares_added():
    found = rm.drivers(rm.simulate(chain(RISKS), 500))
    short = tell_drivers(found, top=1)
    shares = found.whole_shares("finish")
    rest = sum(shares.values()) - shares[found.risks[0].id]
    assert re.search(rf"2 more risks +\{'+' if rest > 0 else '−'}{abs(rest)} d", short)


def test_without_risks_the_sentence_names_what_else_matters():
    first = opening(rm.drivers(rm.simulate(chain({}), 500)))
    assert first.startswith("No risk is in the program; without 'All ranges' P80 would be ")


def test_risks_that_move_nothing_are_said_to():
    work = {"dig": {"duration": "uniform(10d 20d)"}, "side": {"duration": "1d"}}
    found = rm.drivers(rm.simulate(program(work, risks={"idle": late(2, "50%", on="side")}), 300))
    assert opening(found).startswith("No risk moves P80 of the finish; without 'All ranges'")


def test_an_opportunity_that_leads_is_told_as_what_it_takes_off():
    found = rm.drivers(rm.simulate(chain({"luck": late(-4), "rock": late(1)}), 300))
    assert "'luck' takes off 4; gone entirely it would put P80 back by 4 days (4 to 4)." in opening(found)


def test_without_shares_the_best_removal_stands_first():
    found = rm.drivers(rm.simulate(chain(RISKS), 500), shares=False)
    assert re.search(
        r"The risks together move P80 by \d+ days later\. '\w.*' gone entirely would bring P80", opening(found)
    )


def test_a_plan_is_no_forecast_and_has_no_drivers():
    first = opening(rm.drivers(rm.simulate(program({"dig": {"duration": "10d"}}), 10)))
    assert first.endswith("Nothing drives it but the plan: nothing is random.")


def test_too_few_iterations_have_no_intervals():
    told = tell_drivers(rm.drivers(rm.simulate(chain(RISKS), 5)))
    assert "too few iterations" in told


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=cmd()|' /C calc'!A0", "x" * 300, "\x1b[31mred\u202e"])
def test_hostile_names_do_no_harm(name):
    told = tell_drivers(rm.drivers(rm.simulate(chain({"rock": {**late(9, "40%"), "name": name}}), 100)))
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert max(map(len, told.splitlines())) <= WIDTH
