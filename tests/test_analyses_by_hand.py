"""Analyses beside programs written by hand: every run that an analysis makes is made here from a changed text.

The tests share no code with the analyses: they change the words of a file, simulate it, and count.
"""

import re
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from math import ceil, factorial, log

import numpy as np
import pytest
from scipy import stats

import riskmc as rm

EPOCH, DAY = datetime(1970, 1, 1), 1440
FERRY = "models/ferry/program.yaml"
N = 400


def p80(samples):
    return int(np.sort(samples)[ceil(0.8 * len(samples)) - 1])


def minutes(*date):
    return (datetime(*date) - EPOCH) // timedelta(minutes=1)


@pytest.fixture
def run(tmp_path):
    def simulated(text, n=N, **words):
        path = tmp_path / "program.yaml"
        path.write_text(text, encoding="utf-8")
        return rm.simulate(rm.read(path), n, **words)

    return simulated


def averaged(players, value):
    """Return the Shapley shares by their definition: the marginal values weighted by the orders that have them."""
    n, found = len(players), {}
    for player in players:
        others = [one for one in players if one != player]
        found[player] = sum(
            factorial(size) * factorial(n - 1 - size) / factorial(n) * (value({*some, player}) - value(set(some)))
            for size in range(n)
            for some in combinations(others, size)
        )
    return found


# ------------------------------------------------------------------------------ risks


@pytest.fixture(scope="module")
def ferry_text():
    with open(FERRY, encoding="utf-8") as file:
        return file.read()


def without(text, risk):
    """Return the ferry's file with one risk that never occurs, whatever is given and whatever responds."""
    head, body, tail = re.split(r"\n(?:risks|responses):\n", text)
    blocks = re.split(r"\n(?=  \w+:\n)", body)
    place = next(place for place, block in enumerate(blocks) if block.lstrip().startswith(f"{risk}:"))
    never = re.sub(r"probability: [\d.]+%", "probability: 0%", blocks[place], count=1)
    blocks[place] = re.sub(r"\n    given: .*", "", never)
    tail = re.sub(rf"\b({risk}: {{probability: )[\d.]+%", r"\g<1>0%", tail)
    return f"{head}\nrisks:\n" + "\n".join(blocks) + f"\nresponses:\n{tail}"


def test_every_removal_effect_and_exposure_of_the_ferry_is_that_of_its_file_without_the_risk(ferry_text, run):
    trials = rm.simulate(FERRY, N)
    found, exposed = rm.drivers(trials, shares=False), rm.risk_matrix(trials).to_frame().set_index("risk")
    assert len(found.risks) == 10
    for risk in found.risks:
        other = run(without(ferry_text, risk.id))
        assert risk.removal_finish_days.value * DAY == pytest.approx(
            p80(trials.finish_minutes) - p80(other.finish_minutes)
        )
        assert risk.removal_cost.value * 100 == pytest.approx(p80(trials.cost_cents) - p80(other.cost_cents))
        mean = (trials.finish_minutes - other.finish_minutes).mean() / DAY
        assert exposed.loc[risk.id, "exposure_days"] == pytest.approx(mean)


# ------------------------------------------------------------------------------ waterfall, shares, changes

STEPS = """
riskmc: 1
program: P
start: 2027-01-04
currency: EUR
finish: x.e
{drivers}
{correlations}
{risks}
projects:
  x:
    activities:
      a: {{duration: {a}, cost: {{fixed: {fixed}}}}}
      b: {{duration: {b}, after: [a], cost: {{per_day: 700}}}}
      c: {{duration: {c}, after: ["a SS+{lag}"]}}
      d: {{duration: {d}, after: [c], exists: {needed}, cost: 4000}}
      e: {{milestone: true, after: [b, d]}}
"""
ON_PATH = {"a": "triangular(18d 20d 35d)", "fixed": "triangular(9000 10000 15000)"}
ON_PATH |= {"b": "{plan: 60d, range: triangular(50d 55d 90d)}"}
RANGES = {**ON_PATH, "c": "pert(40d 60d 150d)", "lag": "triangular(4d 6d 12d)", "d": "uniform(5d 15d)"}
PLAN = {"a": "20d", "fixed": "10000", "b": "60d", "c": "60d", "lag": "6d", "d": "10d", "needed": "0%"}
TIED = {
    "drivers": "drivers: {w: {on: [x.b, x.d], duration: x pert(95% 105% 140%)}}",
    "correlations": 'correlations: [{group: "x.*", duration: 0.6}]',
}
ALONE = {"drivers": "", "correlations": "", "risks": ""}
ONE = "  r1: {probability: 30%, impacts: [{on: x.c, duration: + triangular(5d 15d 40d)}]}\n"
TWO = "  r2: {probability: 50%, impacts: [{on: [x.b, x.c], duration: x uniform(105% 140%), cost: x 120%}]}\n"


def risks(chosen):
    return {"risks": "risks:\n" + "".join(chosen) if chosen else ""}


def test_the_steps_of_a_waterfall_are_the_programs_that_an_analyst_would_write(run):
    def levels(*words):
        trials = run(STEPS.format_map({k: v for some in words for k, v in some.items()}))
        return p80(trials.finish_minutes), p80(trials.cost_cents)

    doubtful = {"needed": "40%"}
    found = rm.waterfall(run(STEPS.format_map({**RANGES, **doubtful, **TIED, **risks([ONE, TWO])})))
    assert (found.start("finish"), found.start("cost")) == levels(PLAN, ALONE)
    assert [(step.finish, step.cost_cents) for step in found.steps] == [
        levels(PLAN, ON_PATH, ALONE),
        levels(PLAN, RANGES, ALONE),
        levels(RANGES, doubtful, ALONE),
        levels(RANGES, doubtful, TIED, risks([])),
    ]
    by_hand = averaged([ONE, TWO], lambda some: levels(RANGES, doubtful, TIED, risks(sorted(some)))[0] / DAY)
    told = {step.id: step.finish_days.value for step in found.risks}
    assert told == pytest.approx({"r1": by_hand[ONE], "r2": by_hand[TWO]})


def test_the_shares_of_changes_are_those_of_every_file_between_two(tmp_path):
    words = {**RANGES, **TIED, **risks([ONE, TWO]), "needed": "40%"}
    changes = {"b": "{plan: 60d, range: triangular(55d 70d 95d)}", "c": "pert(45d 70d 95d)", "risks": f"risks:\n{ONE}"}

    def path(made):
        file = tmp_path / f"{'-'.join(sorted(made))}-.yaml"
        file.write_text(STEPS.format_map({**words, **{key: changes[key] for key in made}}), encoding="utf-8")
        return file

    by_hand = averaged(list(changes), lambda made: p80(rm.simulate(path(made), N).finish_minutes) / DAY)
    found = rm.diff(path(()), path(changes), N)
    assert sorted(group.share().value for group in found.groups) == pytest.approx(sorted(by_hand.values()))


# ------------------------------------------------------------------------------ responses, contingency


def test_every_portfolio_of_the_insurer_is_rated_as_the_program_with_these_responses_approved():
    program = rm.read("models/insurer/program.yaml")
    found = rm.response_frontier(rm.simulate(program, N))
    assert len(found.ratings) == 8
    for bought, rating in found.ratings.items():
        assert rating.value == p80(rm.simulate(program.scenario(rm.Scenario(approve=tuple(bought))), N).finish_minutes)
    better = [
        bought
        for bought, one in found.ratings.items()
        if not any(
            other != one and other.spent <= one.spent and other.value <= one.value for other in found.ratings.values()
        )
    ]
    assert {frozenset(one.responses) for one in found.efficient} == set(better)


def test_the_parts_of_the_projects_of_the_tunnel_are_their_shares_in_what_is_needed():
    trials = rm.simulate("models/tunnel/program.yaml", N)
    above = {name: cents - trials.plan.project_cost[name] for name, cents in trials.project_cost.items()}
    above[""] = trials.cost_cents - trials.plan.cost_cents - sum(above.values())
    by_hand = averaged(list(above), lambda some: p80(sum((above[name] for name in some), np.zeros(N))) / 100)
    found = rm.contingency(trials, 0.80).projects
    assert {part.id: part.cost.value for part in found.parts} == pytest.approx(by_hand)


HALF_WAY = """
riskmc: 1
program: P
start: 2027-01-01
{status}
calendar: 24h
currency: EUR
projects:
  x:
    activities:
      a: {{duration: {{plan: 100ed, range: triangular(80ed 100ed 150ed)}}, cost: 1000{done}}}
      b: {{duration: {{plan: 100ed, range: triangular(70ed 100ed 190ed)}}, after: [a], cost: {{per_day: 10}}{begun}}}
      c: {{duration: {{plan: 60ed, range: triangular(50ed 60ed 100ed)}}, after: [b], cost: 3000}}
risks:
  over: {{probability: 40%, impacts: [{{on: x.a, duration: + uniform(10ed 40ed)}}]{closed}}}
  now: {{probability: 30%, impacts: [{{on: x.b, duration: x uniform(110% 150%), cost: x 120%}}]}}
"""


def test_what_is_needed_half_way_is_that_of_the_file_that_a_planner_would_write_then(run):
    trials = run(HALF_WAY.format(status="", done="", begun="", closed=""))
    steps = {step.date: step.needed for step in rm.contingency(trials, 0.80).drawdown("quarter").steps}
    later = HALF_WAY.format(
        status="data_date: 2027-07-01", closed=", status: closed",
        done=", progress: {started: 2027-01-01, finished: 2027-04-11T00:00}",
        begun=", progress: {started: 2027-04-11, remaining: 19ed}",
    )  # fmt: skip
    other, found = run(later), steps[datetime(2027, 7, 1)]
    assert found.finish_days.value * DAY == pytest.approx(p80(other.finish_minutes) - trials.plan.finish)
    assert found.cost.value * 100 == pytest.approx(p80(other.cost_cents) - trials.plan.cost_cents)


# ------------------------------------------------------------------------------ money over time

PAID = """
riskmc: 1
program: P
start: 2027-11-01
calendar: 24h
currency: EUR
discount_rate: {nominal: 6%}
escalation: {general: {rate: 3%, from: 2028}}
payments: {lag: 30ed, retention: 5%, advance: 10%}
funding: {2027: 3000, 2028: 5120}
benefits:
  - {at: x.b, per_year: 900, for: 10y}
  - {at: x.a, per_year: 50}
projects:
  x:
    activities:
      a: {duration: uniform(60ed 120ed), cost: 6000}
      b: {duration: uniform(100ed 300ed), after: [a], cost: 2000}
"""


def paid_by_hand(starts, ends, month):
    """Return what is paid in a month, in currency units: advance at the start, the rest later, the retention last."""
    low, high = month
    total, lag = 0.0, 30 * DAY
    for amount, start, end in zip((6000, 2000), starts, ends, strict=True):
        years = [minutes(year, 1, 1) for year in (2027, 2028, 2029, 2030)]
        for year, (first, last) in enumerate(pairwise(years)):
            piece = max(start, first), min(end, last)
            if piece[0] >= piece[1]:
                continue
            spent = amount * (piece[1] - piece[0]) / (end - start) * 1.03**year
            inside = max(0, min(piece[1] + lag, high) - max(piece[0] + lag, low)) / (piece[1] - piece[0])
            total += spent * (0.85 * inside + 0.10 * (low <= start < high) + 0.05 * (low < ends[1] <= high))
    return total


def test_payments_breaches_and_net_present_value_are_those_worked_out_iteration_by_iteration(run):
    n = 60
    trials = run(PAID, n)
    flow, worth = rm.cash_flow(trials), rm.value(trials)
    begin = minutes(2027, 11, 1)
    edges = [_month(month) for month in range(24)]
    months = list(pairwise(edges))
    breached = 0
    for k in range(n):
        frame = rm.iteration(trials, k).to_frame()
        starts, ends = ([(at - EPOCH) // timedelta(minutes=1) for at in frame[word]] for word in ("start", "finish"))
        paid = [paid_by_hand(starts, ends, month) for month in months]
        cents = flow.cents(money="paid")[:, k]
        assert cents / 100 == pytest.approx(np.array(paid[: cents.size]), abs=0.05)
        assert sum(paid[cents.size :]) == pytest.approx(0, abs=0.05)
        breached += sum(paid[:14]) > 8120
        factor, growth = [1.06 ** -(((a + b) / 2 - begin) / (365.25 * DAY)) for a, b in months], log(1.06)
        first, last = ((ends[place] - begin) / (365.25 * DAY) for place in (0, 1))
        gained = 50 * np.exp(-growth * first) / growth
        gained += 900 * (np.exp(-growth * last) - np.exp(-growth * (last + 10))) / growth
        assert worth.npv().samples[k] == pytest.approx(gained - np.dot(paid, factor), abs=0.05)
    assert [year.breach.value for year in flow.funding][1] == breached / n
    assert 0 < breached < n


def _month(number):
    return minutes(2027 + (10 + number) // 12, (10 + number) % 12 + 1, 1)


# ------------------------------------------------------------------------------ indices


def test_every_index_of_the_ferry_is_that_of_its_replayed_iterations():
    """Durations, floats and the length of the program are in working time of each activity's calendar."""
    n = 120
    trials = rm.simulate(FERRY, n)
    found, network = rm.sensitivity(trials).to_frame(), trials.again().network
    frames = [rm.iteration(trials, k).to_frame() for k in range(n)]
    for task in (task for task in network.tasks if task.path in found.index and not task.milestone):
        calendar = network.axis.calendars[task.calendar]

        def worked(at, calendar=calendar):
            return int(calendar.index(np.array([(at - EPOCH) // timedelta(minutes=1) - network.axis.unix]))[0])

        rows = [frame.loc[task.path] for frame in frames]
        lasts = np.array([worked(row.finish) - worked(row.start) if row.exists else 0 for row in rows])
        slack = np.array([max(row.total_float_days, 0) * calendar.day_minutes if row.exists else 0 for row in rows])
        length = calendar.index(trials.finish_minutes - network.axis.unix) - worked(trials.start)
        critical = np.mean([bool(row.exists and row.critical) for row in rows])
        significance = np.mean(lasts / np.maximum(lasts + slack, 1) * length) / length.mean()
        told = found.loc[task.path]
        assert (told.criticality, told.significance) == pytest.approx((critical, significance))
        if lasts.std():
            assert told.schedule_sensitivity == pytest.approx(critical * lasts.std() / length.std())
            assert told.cruciality_pearson == pytest.approx(abs(stats.pearsonr(lasts, length)[0]))
            assert told.cruciality_spearman == pytest.approx(abs(stats.spearmanr(lasts, length)[0]))
            assert told.cruciality_kendall == pytest.approx(abs(stats.kendalltau(lasts, length)[0]))
