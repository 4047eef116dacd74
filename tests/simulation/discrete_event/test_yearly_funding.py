"""Money that binds: closed forms, what the purse may never do, and both implementations on the same programs."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import riskmc as rm
from riskmc.errors import ProgramError
from riskmc.kernels.discrete_event.codes import FUNDED, OUT_OF_MONEY, PAUSED_BY, WENT_ON
from riskmc.network.compiling import Settings, compile_network
from riskmc.network.dynamics.funding import year_begins
from riskmc.simulation.event_block import EventBlock
from riskmc.simulation.stretching import stretched
from told_alike import assert_told_alike

START = datetime(2025, 1, 1)  # 2025 to 2027 have 365 days each
MONTH = 730  # hours
RULES = ("stop_starts", "pause_all")


def canal(activities, funding, costs=None, **rule):
    """Return a program that works day and night."""
    homes = {
        home: project if "activities" in project else {"activities": project} for home, project in activities.items()
    }
    return rm.Program(
        program="Canal", start="2025-01-01", calendar="24h", currency="EUR", projects=homes, funding=funding,
        funding_rule=rule, costs=costs or {},
    )  # fmt: skip


def work(months, burn=0, **words):
    """Return an activity that lasts so many months and costs ``burn`` a month."""
    return {"duration": f"{months * MONTH}h", "cost": {"per_day": burn * 24 / MONTH}, **words}


def months_to(program, at=None):
    """Return the months from the start to the finish of the program, or of a project."""
    trials = rm.simulate(program, 1)
    return (trials.finish(at).quantile(0.5) - START) / timedelta(hours=MONTH)


def events(program):
    """Return the event log of the first iteration, and the block."""
    network = compile_network(program, Settings(engine="discrete-event"))
    block = EventBlock(network, 1, logs=True)
    block.run(0, 0, 1)
    return [tuple(row) for row in block.log(0).tolist()], block


def months_at(block, minute):
    return (minute - block.network.axis.minute(START)) / 60 / MONTH


@pytest.mark.parametrize(("burn", "months", "expected"), [(73_000, 20, 28), (36_500, 40, 40)])
def test_money_of_eight_months_a_year_lets_twenty_months_of_work_take_twenty_eight(burn, months, expected):
    """T23 of the table of closed forms: cost 20, burn 1 a month, 8 a year released in January; burn .5: 40."""
    funding = dict.fromkeys(range(2025, 2031), 584_000)
    assert months_to(canal({"p": {"dig": work(months, burn)}}, funding, without="pause_all")) == expected


def test_a_fixed_cost_is_spent_evenly_over_the_work():
    funding = dict.fromkeys(range(2025, 2031), "8M")
    dig = {"duration": f"{20 * MONTH}h", "cost": {"fixed": "20M"}}
    assert months_to(canal({"p": {"dig": dig}}, funding, without="pause_all")) == 28


def test_without_money_what_runs_overdraws_and_the_next_waits_until_the_overdraft_is_paid():
    """10 spent of 4: 4 more a year pay the overdraft in the third, which leaves 2 for what follows."""
    acts = {"first": work(10, 1), "second": work(1, 1, after=["first"])}
    assert months_to(canal({"p": acts}, dict.fromkeys(range(2025, 2030), 4), without="stop_starts")) == 25


def test_committed_work_starts_when_its_whole_cost_has_been_carried_over():
    acts = {"dig": work(18, 1)}
    funding = dict.fromkeys(range(2025, 2030), 6)
    assert months_to(canal({"p": acts}, funding, without="stop_starts", commit="at_start")) == 24 + 18


def test_the_first_project_by_priority_is_paid_before_the_second():
    """Each needs 12 of the 12 a year: one after the other; with equal ones too, by identifier."""
    for first, second in (("a", "b"), ("b", "a")):
        homes = {
            first: {"priority": 1, "activities": {"dig": work(12, 1)}},
            second: {"priority": 2, "activities": {"dig": work(12, 1)}},
        }
        program = canal(homes, dict.fromkeys((2025, 2026, 2027), 12), without="pause_all")
        assert months_to(program, first) == 12
        assert months_to(program, second) == 24


def test_what_managers_spend_is_taken_from_the_money_of_the_year_in_both_implementations():
    """584k a year: 500k spent to shorten ``late`` leave too little to commit 100k in March, but in January enough."""
    crash = {"crash": {"on": ["p.late"], "duration": "80%", "cost": "500k"}}
    react = {"review": "10d", "when": {"later_than": "2025-01-20"}, "at_most": "1", "do": crash}
    words = {
        "program": "Canal", "start": "2025-01-01", "calendar": "24h", "currency": "EUR",
        "projects": {
            "p": {"activities": {"late": work(6), "before": work(2)}},
            "q": {"activities": {"costly": work(1, 100_000, after=["p.before"])}},
        },
        "funding": dict.fromkeys(range(2025, 2031), "584k"),
        "funding_rule": {"without": "pause_all", "commit": "at_start"},
    }  # fmt: skip
    assert months_to(rm.Program(**words), "q") == pytest.approx(3, abs=0.01)
    managed = rm.Program(**words, policies={"react": react})
    assert months_to(managed, "q") == pytest.approx(13, abs=0.01)
    assert_told_alike(managed)


def test_money_that_ends_at_the_end_of_the_calendars_is_asked_for_no_more_than_once_a_minute():
    """Work that never gets done, at a tenth of its speed and growing for ever, ends censored and does not hang."""
    dig = {"duration": "20d", "cost": {"per_day": 100}}
    slow = {"review": "10d", "when": {"later_than": "2025-01-02"}, "do": {"overtime": {
        "on": ["p.dig"], "rate": "125%", "premium": "50%", "fatigue": "50%/w"}}}  # fmt: skip
    endless = rm.Program(
        program="Canal", start="2025-01-01", currency="EUR", projects={"p": {"activities": {"dig": dig}}},
        funding={2025: "20k", 2026: "20M"}, funding_rule={"without": "pause_all", "commit": "at_start"},
        policies={"slow": slow}, scope={"more": {"on": ["p.dig"], "growth": "60%/mo"}},
    )  # fmt: skip
    assert rm.simulate(endless, 1).censored == 1
    assert_told_alike(endless)


def test_work_that_costs_nothing_never_waits_for_money():
    acts = {"free": work(5), "dear": work(5, 1)}
    program = canal({"p": acts}, {2026: 5}, without="pause_all")
    log, block = events(program)
    assert [months_at(block, row[0]) for row in log if row[1] == OUT_OF_MONEY] == [0]
    assert months_to(program) == 12 + 5


def test_standing_cost_goes_on_while_work_waits():
    """Level of effort of 1 a month takes 12 of the 18 of the first year: 6 are left for work that burns 2."""
    acts = {
        "dig": work(6, 146_000),
        "manage": {"level_of_effort": {"from": ["dig"], "to": ["dig"]}, "cost": {"per_day": 2400}},
    }
    program = canal({"p": acts}, {2025: 18 * 73_000, 2026: 30 * 73_000}, without="pause_all")
    assert months_to(program) == 12 + 3


def test_a_pause_for_want_of_money_begins_and_ends_at_computable_minutes_and_costs_nothing():
    program = canal({"p": {"dig": work(20, 73_000)}}, dict.fromkeys(range(2025, 2031), 584_000), without="pause_all")
    log, block = events(program)
    told = [(months_at(block, row[0]), row[1]) for row in log if row[1] in (FUNDED, PAUSED_BY, WENT_ON)]
    assert told[1:] == [(8, PAUSED_BY), (12, FUNDED), (12, WENT_ON), (20, PAUSED_BY), (24, FUNDED), (24, WENT_ON)]
    assert rm.simulate(program, 1).cost_cents[0] == 146_000_000


def test_units_are_kept_through_a_pause_for_want_of_money():
    acts = {"dig": work(12, 73_000, uses={"crew": 1}), "plan": work(1, uses={"crew": 1}, priority=200)}
    program = canal({"p": acts}, dict.fromkeys((2025, 2026), 438_000), without="pause_all")
    program = program.model_copy(update={"resources": {"crew": rm.Resource(capacity=1)}})
    assert months_to(program) == 18 + 1


def test_fiscal_years_begin_on_their_day_and_are_named_by_their_end():
    assert year_begins(2027, "01-01") == datetime(2027, 1, 1)
    assert year_begins(2027, "04-01") == datetime(2026, 4, 1)
    assert year_begins(2027, "02-29") == datetime(2026, 2, 28)
    assert year_begins(2025, "02-29") == datetime(2024, 2, 29)


def test_a_program_that_surely_costs_more_than_all_money_is_refused():
    with pytest.raises(ProgramError, match="could never finish"):
        rm.simulate(canal({"p": {"dig": work(20, 73_000)}}, {2025: 584_000}, without="pause_all"), 1)


def ranged(**words):
    """Return work of 20 to 30 months, 73,000 a month, and money for 19; ``words`` are more sections."""
    dig = {"duration": f"uniform({20 * MONTH}h {30 * MONTH}h)", "cost": {"per_day": 73_000 * 24 / MONTH}}
    return canal({"p": {"dig": dig}}, {2025: 19 * 73_000}, without="pause_all").but(**words)


def test_the_least_that_ranges_leave_to_pay_is_surely_paid():
    with pytest.raises(ProgramError, match=r"is less than the 1\.46M that it surely costs"):
        rm.simulate(ranged(), 1)
    free = {"crash": {"on": "p.dig", "duration": "50%", "cost": 1}}
    policy = {"review": "20d", "when": {"later_than": "2025-02-01"}, "do": free}
    shorter = {"impacts": [{"on": "p.dig", "duration": "x 50%"}]}
    for words in (
        {"policies": {"soon": policy}},
        {"risks": {"luck": {"probability": "50%", **shorter}}},
        {"risks": {"luck": {"arrivals": {"every": "20d"}, **shorter}}},
    ):
        assert rm.simulate(ranged(**words), 4).finish_minutes.size == 4


def test_iterations_whose_money_never_suffices_are_censored_and_counted():
    dig = {"duration": f"{10 * MONTH}h", "cost": {"fixed": "discrete(5: 50% 15: 50%)"}}
    trials = rm.simulate(canal({"p": {"dig": dig}}, {2025: 10}, without="pause_all"), 256)
    assert trials.censored == np.count_nonzero(trials.cost_cents > 1000)
    assert 0 < trials.censored < 256


def test_what_never_happens_drives_nothing_whatever_ran_before():
    dig = {"duration": "discrete(5d: 50% 15d: 50%)", "cost": {"per_day": 1}}
    acts = {"dig": dig, "more": {"duration": "1d", "after": ["dig"]}, "end": {"milestone": True, "after": ["more"]}}
    program = canal({"p": acts}, {2025: 10}, without="pause_all")
    assert 0 < rm.simulate(program, 64).censored < 64
    assert rm.crosscheck(program, 64).agrees


def test_money_without_a_rule_binds_no_date():
    program = canal({"p": {"dig": work(20, 73_000)}}, {2025: 584_000})
    free = program.model_copy(update={"funding_rule": None})
    assert (rm.simulate(free, 1, engine="discrete-event").finish().quantile(0.5) - START) / timedelta(hours=MONTH) == 20


SIZES = ("100h", "400h", "triangular(200h 300h 900h)", "0h")
MONEY = ({}, {"per_day": 100}, {"fixed": 5000}, {"fixed": "triangular(100 900 4000)", "per_day": 33.33})


@st.composite
def funded(draw):
    """Return a small program with money that does not always suffice."""
    homes = {}
    for home in ("p", "q")[: draw(st.integers(1, 2))]:
        acts = {}
        for i in range(draw(st.integers(1, 5))):
            acts[f"a{i}"] = {"duration": draw(st.sampled_from(SIZES)), "cost": draw(st.sampled_from(MONEY))}
            acts[f"a{i}"]["after"] = (
                draw(st.lists(st.sampled_from(sorted(acts)[:i]), max_size=2, unique=True)) if i else []
            )
        if draw(st.booleans()):
            acts["run"] = {"level_of_effort": {"from": ["a0"], "to": ["a0"]}, "cost": {"per_day": 50}}
        homes[home] = {"priority": draw(st.integers(0, 2)), "activities": acts}
    money = draw(st.lists(st.sampled_from((2000, 9000, 30_000)), min_size=2, max_size=6))
    rule = {"without": draw(st.sampled_from(RULES)), "commit": draw(st.sampled_from(("as_incurred", "at_start")))}
    costs = draw(st.sampled_from(({}, {"office": {"per_day": 10}}, {"land": {"fixed": 2000}})))
    return canal(homes, {2025 + i: one for i, one in enumerate(money)}, costs, **rule)


@given(funded())
@settings(max_examples=8)
def test_simpy_and_the_kernel_spend_the_same_money_at_the_same_minutes(program):
    assert_told_alike(program)


@given(funded())
@settings(max_examples=8)
def test_with_work_that_pauses_no_more_is_spent_than_was_released(program):
    """Without standing cost, and without what lasts nothing, the purse is never overdrawn."""
    every = program.activities().values()
    if program.funding_rule.without != "pause_all" or program.costs or any(a.level_of_effort for a in every):
        return

    def check(network):
        block = EventBlock(network, 1, logs=True)
        block.run(0, 0, 8)
        assert block.state.purse.sums[0] >= 0

    try:
        stretched(program, Settings(engine="discrete-event"), check)
    except ProgramError:
        return
