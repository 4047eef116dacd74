"""What a report proposes follows one written rule, in its order, and is simulated like everything else."""

import pytest

import riskmc as rm
from committees import responding, small, trials_of
from riskmc.reports.committee.proposal import KEEPS_DATE, MOST_FOR_MONEY, WORTH_MOST, propose

TWO = {
    "cheap": {"cost": "10k", "acts_on": {"storm": {"probability": "30%"}}},
    "dear": {"cost": "100k", "acts_on": {"storm": {"probability": "0%"}}},
}


def proposed(program):
    return propose(rm.response_frontier(trials_of(program, 3_000)))


def dated(date, **more):
    return small(responses=TWO, targets=[{"name": "Opening", "finish": date}], **more)


def p80(trials):
    return trials.finish().quantile(0.80)


def test_the_cheapest_mix_that_keeps_the_date_is_proposed_where_one_does():
    found = proposed(dated("2027-03-01"))
    assert (found.portfolio.responses, found.reason) == (("dear",), KEEPS_DATE)
    target = rm.simulate(dated("2027-03-01"), 10).program.targets[0].finish.finish_like()
    assert p80(found.with_it) <= target < p80(found.frontier.trials)


def test_where_none_keeps_it_the_largest_worth_of_days_decides():
    found = proposed(dated("2027-01-20", cost_of_delay="50k/d"))
    worth = {one.responses: -one.difference.value * 50_000 - one.spent for one in found.frontier.efficient}
    assert (found.portfolio.responses, found.reason) == (max(worth, key=worth.get), WORTH_MOST)


def test_where_a_day_has_no_price_the_most_days_for_the_money_decide():
    found = proposed(dated("2027-01-20"))
    assert (found.portfolio, found.reason) == (found.frontier.best_value, MOST_FOR_MONEY)


def test_where_a_day_has_a_price_nothing_is_proposed_that_costs_more_than_it_brings():
    found = proposed(dated("2027-01-20"))
    before, after = found.frontier.trials, found.with_it
    days = (before.finish_minutes - after.finish_minutes).mean() / 1440
    money = (after.cost_cents - before.cost_cents).mean() / 100
    pays = money / days  # a day is worth that where it comes to nothing
    assert pays > 0
    assert proposed(dated("2027-01-20", cost_of_delay=f"{pays * 1.01:.0f}/d")) is not None
    assert proposed(dated("2027-01-20", cost_of_delay=f"{pays * 0.99:.0f}/d")) is None


def test_a_date_that_is_kept_already_is_no_reason_to_buy():
    assert proposed(dated("2029-01-01")).reason == MOST_FOR_MONEY


def test_nothing_is_proposed_that_buys_nothing():
    idle = small(responses={"idle": {"cost": "10k", "acts_on": {"storm": {"cost": "100%"}}}})
    assert proposed(idle) is None


def test_the_proposal_is_the_program_with_the_responses_approved():
    found = proposed(responding())
    approved = rm.Scenario(approve=["breakwater"])
    alone = trials_of(responding().scenario(approved), 3_000)
    assert (found.with_it.finish_minutes == alone.finish_minutes).all()
    assert (found.with_it.cost_cents == alone.cost_cents).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_seed_proposes_the_same(seed):
    first, second = (propose(rm.response_frontier(trials_of(dated("2027-01-20"), 1_000, seed=seed))) for _ in range(2))
    assert first.portfolio.responses == second.portfolio.responses
