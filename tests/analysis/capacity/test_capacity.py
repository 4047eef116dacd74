"""Capacity: published queues through the tables, units more and less by hand, anomalies, orders, funding."""

from functools import cache
from math import sqrt

import numpy as np
import pytest

import riskmc as rm
from riskmc.errors import ArgumentError

Z = 4.9  # false-alarm rate one in a million, two-sided
DAY = 1440


def project(**activities):
    return {"activities": activities}


def program(projects, resources, **words):
    """Return a program that works round the clock."""
    return rm.Program(program="P", start="2027-01-04", calendar="24h", projects=projects, resources=resources, **words)


def events(words, iterations=200, **options):
    return rm.simulate(words, iterations, engine="discrete-event", **options)


def station(servers, gap, takes, jobs):
    """Return jobs that arrive at random and share some servers: M/M/c; times are means in hours."""
    work = {}
    for job in range(jobs):
        before = [f"gap{job - 1}"] if job else []
        work[f"gap{job}"] = {"duration": f"exponential({gap}h)", "after": before}
        work[f"job{job}"] = {"duration": f"exponential({takes}h)", "after": [f"gap{job}"], "uses": {"server": 1}}
    return program({"p": project(**work)}, {"server": {"capacity": servers}})


def erlang_c(servers, load):
    """Return the chance of waiting in M/M/c (Erlang 1917) at ``load`` = arrival rate over service rate."""
    share = 1.0
    for c in range(1, servers + 1):
        share = load * share / (c + load * share)
    return share / (1 - load / servers * (1 - share))


def long_run(found, iterations):
    """Return mean wait in hours, share that wait and use; and the standard error of each, from the iterations."""
    pool, sums = found["server"], found.queues.sums
    pairs = ((pool.waited / 60, sums.requests[0]), (sums.waits[0], sums.requests[0]),
             (sums.window_busy[0], sums.window_room[0]))  # fmt: skip
    return [_ratio(upper, lower, iterations) for upper, lower in pairs]


def _ratio(upper, lower, n):
    value = upper.sum() / lower.sum()
    return value, np.std(upper - value * lower, ddof=1) / lower.mean() / sqrt(n)


def test_waiting_and_use_at_three_servers_are_those_of_erlang():
    """T1: M/M/3 at two thirds load; a start from empty lacks under 12 mean waits of one job, bounded below."""
    jobs, n = 600, 128
    found = rm.capacity(events(station(3, 5, 10, jobs), n), what_ifs=False)
    wait, share, use = long_run(found, n)
    empty = 12 / jobs  # relative: the relaxation time is 1 / (sqrt(3) - sqrt(2))^2 = 9.9 services (Morse 1955)
    assert wait[0] == pytest.approx(4.444444, abs=Z * wait[1] + 4.444444 * empty)
    assert share[0] == pytest.approx(erlang_c(3, 2), abs=Z * share[1] + 0.444444 * empty)
    assert use[0] == pytest.approx(2 / 3, abs=Z * use[1] + 2 / 3 * empty)


def test_one_more_server_shortens_the_wait_as_published():
    """T2: M/M/c at 1.8 loads: 0.295620 hours waited at three servers, 0.058424 at four."""
    jobs, n = 400, 128
    for servers, published in ((3, 0.295620), (4, 0.058424)):
        hours = 1 / 1.8
        found = rm.capacity(events(station(servers, hours, 1, jobs), n), what_ifs=False)
        told = found.waiting().loc["server"]
        (_, error), *_ = long_run(found, n)
        assert told["days_a_request"] * 24 == pytest.approx(published, abs=Z * error + published * 8 / jobs)


def cranes(capacity=1, **words):
    """Four lifts of a day by one crane; all that is done is to wait for it."""
    lifts = {f"lift{k}": {"duration": "24h", "uses": {"crane": 1}} for k in range(4)}
    return program({"p": project(**lifts)}, {"crane": {"capacity": capacity, **words}}, currency="EUR")


def test_one_more_and_one_less_by_hand():
    found = rm.capacity(events(cranes(2, cost="10/h")), steps=5)
    told = found.unit_value()
    assert told.loc[("crane", 1), "finish_mean_days"] == 0  # four lifts by three cranes still take two days
    assert told.loc[("crane", -1), "finish_mean_days"] == 2
    assert told.loc[("crane", 1), "unit_paid_throughout_EUR"] == 480
    assert (told.loc[("crane", 1), "finishes_later"], told.loc[("crane", -1), "finishes_later"]) == (0, 1)
    assert found.best is None
    assert found.steps == ()


def test_the_staircase_goes_on_while_a_unit_gains_and_no_further():
    found = rm.capacity(events(cranes(1)), steps=9)
    assert [step.pool.id for step in found.steps] == ["crane"]  # two days gained; a third crane gains none
    assert found.staircase()["total_finish_mean_days"].tolist() == [-2]
    both = program(
        {"p": project(a={"duration": "48h", "uses": {"x": 1}}, b={"duration": "48h", "uses": {"x": 1}},
                      c={"duration": "24h", "uses": {"y": 1}}, d={"duration": "24h", "uses": {"y": 1}},
                      e={"duration": "24h", "uses": {"y": 1}})},
        {"x": {"capacity": 1}, "y": {"capacity": 1}},
    )  # fmt: skip
    stairs = rm.capacity(events(both), steps=9).staircase()
    assert stairs["pool"].tolist() == ["x", "y"]
    assert stairs["finish_mean_days"].tolist() == [-1, -1]
    assert stairs["total_finish_mean_days"].tolist() == [-1, -2]
    assert len(rm.capacity(events(both), steps=1).steps) == 1


def test_a_unit_of_exponential_jobs_is_worth_what_the_harmonic_sums_say():
    """Eight jobs of mean 6 days on c equal servers take 6 ((8 - c) / c + 1 + 1/2 ... 1/c) on average."""
    jobs = {f"j{n}": {"duration": "exponential(6d)", "uses": {"server": 1}} for n in range(8)}
    trials = events(program({"p": project(**jobs)}, {"server": {"capacity": 2}}), 2_000)
    mean = {c: 6 * ((8 - c) / c + sum(1 / k for k in range(1, c + 1))) for c in (1, 2, 3)}
    told = rm.capacity(trials, steps=0).unit_value()
    for units in (1, -1):
        row = told.loc[("server", units)]
        error = (row["finish_mean_days_high"] - row["finish_mean_days_low"]) / 2 / 1.96
        assert row["finish_mean_days"] == pytest.approx(mean[2 + units] - mean[2], abs=Z * error)


def test_less_than_the_work_needs_is_not_run():
    words = {"p": project(a={"duration": "2d", "uses": {"x": 2}})}
    found = rm.capacity(events(program(words, {"x": {"capacity": 2}})))
    assert found.gain("x", -1).effect is None
    assert found.unit_value().loc[("x", -1)].isna().all()


def test_more_may_well_finish_later():
    """Graham (1969): nine jobs on three machines in list order take 12, on four machines 15."""
    times, before = [3, 2, 2, 2, 4, 4, 4, 4, 9], {9: ["t1"], **{k: ["t4"] for k in (5, 6, 7, 8)}}
    jobs = {f"t{k}": {"duration": f"{time}h", "uses": {"machine": 1}, "after": before.get(k, [])}
            for k, time in enumerate(times, 1)}  # fmt: skip
    words = program({"p": project(**jobs)}, {"machine": {"capacity": 3}})
    found = rm.capacity(events(words, dispatch="file-order"))
    gain = found.gain("machine", 1)
    assert gain.effect.later.value == 1
    assert gain.effect.finish.mean().value == pytest.approx(3 / 24)
    assert found.best is None


@cache
def office():
    """Two projects that share testers; design is long, and no tester is ever short of it."""
    uses = {"uses": {"testers": 1}}
    return rm.capacity(events(program(
        {
            "slow": {"priority": 2, **project(design={"duration": "triangular(20d 30d 50d)", "uses": {"designers": 1}},
                                              tests={"duration": "10d", **uses, "after": ["design"]})},
            "fast": {"priority": 1, **project(one={"duration": "triangular(30d 40d 50d)", **uses},
                                              two={"duration": "triangular(20d 30d 60d)", **uses})},
        },
        {"testers": {"capacity": 1, "name": "Testers"}, "designers": {"capacity": 1}},
    ), 400))  # fmt: skip


def test_another_project_first_moves_both():
    told = office().order_frame()["finish_mean_days"]
    assert told.loc[("fast", "slow")] == 0  # it is first already
    assert told.loc[("slow", "slow")] < 0 < told.loc[("slow", "fast")]
    assert {order.project: order.hurt for order in office().orders} == {"slow": "fast", "fast": None}


def test_who_holds_the_units_holds_up_who_waits():
    told = office().held_up()["waiting_mean_days"]
    assert told.index.tolist() == [("slow", "fast"), ("fast", "fast")]
    assert told.sum() == pytest.approx(office()["testers"].mean_waiting.value)


def test_the_bottleneck_of_a_period_owns_most_of_its_waiting():
    found = office()
    assert {one.pool.id for one in found.bottlenecks} == {"testers"}
    days = sum(one.days.value for one in found.bottlenecks)
    assert days == pytest.approx(found["testers"].mean_waiting.value)
    assert [one.period for one in found.bottlenecks][:2] == ["2027 Q1", "2027 Q2"]


def test_the_busiest_pool_need_not_be_the_one_that_is_worth_most():
    """A guard is held for every minute and worth nothing; a tester half of the time is worth days."""
    work = {
        "guard": {"duration": "400h", "uses": {"guards": 1}},
        "a": {"duration": "100h"}, "b": {"duration": "100h"},
        "x": {"duration": "200h", "uses": {"testers": 1}, "after": ["a"]},
        "y": {"duration": "200h", "uses": {"testers": 1}, "after": ["b"]},
    }  # fmt: skip
    found = rm.capacity(
        events(program({"p": project(**work)}, {"guards": {"capacity": 1}, "testers": {"capacity": 1}}))
    )
    assert found.best.pool.id == "testers"
    work["first"] = {"duration": "10h", "uses": {"testers": 1}}  # testers are needed, and idle, before
    found = rm.capacity(
        events(program({"p": project(**work)}, {"guards": {"capacity": 1}, "testers": {"capacity": 1}}))
    )
    assert (found.best.pool.id, found.busiest.id, found.misleading) == ("testers", "guards", True)


def test_the_limit_of_funding_is_undone_on_the_same_draws():
    """T23: 20 a month for 20 months against 8 months' worth a year."""
    words = program(
        {"p": project(a={"duration": "360d", "cost": {"per_day": "1k"}}, b={"duration": "360d", "after": ["a"],
                      "cost": {"per_day": "1k"}, "uses": {"x": 1}})},
        {"x": {"capacity": 1}}, currency="EUR",
        funding={"2027": "400k", "2028": "100k", "2029": "1M"}, funding_rule={"without": "pause_all"},
    )  # fmt: skip
    try:
        trials = events(words, 20)
    except rm.UnsupportedError:
        pytest.skip("yearly funding is not enforced yet")
    moved = rm.capacity(trials).funding.finish.mean()
    free = events(words.model_copy(update={"funding_rule": None}), 20)
    assert moved.value == (trials.finish_minutes - free.finish_minutes).mean() / DAY
    assert moved.value > 100


def test_an_iteration_that_never_ends_ends_no_period():
    """Money for the least work alone: what takes longer waits until the calendars end, in the midst of a quarter."""
    lasts = {"duration": "discrete(10d:80% 20d:20%)", "cost": {"per_day": "1k"}, "uses": {"x": 1}}
    words = program({"p": project(a=lasts)}, {"x": {"capacity": 1}}, currency="EUR", funding={"2027": "12k"},
                    funding_rule={"without": "pause_all"})  # fmt: skip
    found = rm.capacity(events(words, 50), what_ifs=False)
    assert 0 < found.trials.censored < 50
    assert found.queues.censored == found.trials.censored
    assert found.by_period().loc["x"].index.tolist() == ["2027 Q1"]


def test_without_pools_there_is_nothing_to_tell():
    found = rm.capacity(events(program({"p": project(a={"duration": "2d"})}, {}), 10))
    assert (found.pools, found.gains, found.queues) == ((), (), None)


def test_trials_of_the_other_engine_and_unknown_pools_are_refused_with_the_way_out():
    static = rm.simulate(cranes(1), 10, engine="monte-carlo", ignore=["resources"])
    with pytest.raises(ArgumentError, match='engine="discrete-event"'):
        rm.capacity(static)
    with pytest.raises(ArgumentError, match=r"there is no pool 'crain'.*known: crane; did you mean 'crane'"):
        rm.capacity(events(cranes(1), 10), ["crain"])


def test_progress_runs_once_over_all_runs():
    told = []
    rm.capacity(events(cranes(1), 300), steps=2, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert len({total for _, total in told}) == 1
    assert told[-1][0] <= told[-1][1]


FRAMES = (
    "waiting", "activities", "utilisation", "by_period", "criticality", "unit_value", "staircase", "bottleneck_frame",
    "by_project", "held_up", "order_frame",
)  # fmt: skip


@pytest.mark.parametrize("name", FRAMES)
def test_every_table_holds_each_figure_between_its_ends(name):
    frame = getattr(office(), name)()
    assert len(frame)
    bounded = [column for column in frame if f"{column}_low" in frame]
    assert bounded or name == "staircase"
    for column in bounded:
        known = frame[[column, f"{column}_low", f"{column}_high"]].dropna().astype(float)
        assert (known[f"{column}_low"] <= known[column] + 1e-9).all()
        assert (known[column] <= known[f"{column}_high"] + 1e-9).all()


def test_the_queue_fan_is_ordered_and_dated():
    frame = office().queue("testers")
    levels = [f"queue_{p}_activities" for p in ("p10", "p50", "p80", "p90")]
    assert (frame[levels].diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    assert str(frame.index[0]) == "2027-01-04 00:00:00"
    assert frame["queue_p90_activities"].max() >= 1


def test_the_card_says_who_waits_most_and_what_gains_most():
    found = office()
    told = repr(found)
    assert told.startswith("<Capacity 'P': Waiting ")
    assert "Testers" in found._repr_html_()


def test_a_team_is_a_pool_to_which_no_unit_can_be_added():
    """Two backlogs of one team queue for it; more of the team is another throughput, not another unit."""
    backlogs = {name: {"backlog": {"team": "alpha", "items": 20}} for name in ("app", "portal")}
    one = rm.Program(
        program="Two backlogs",
        start="2027-01-04",
        teams={"alpha": {"name": "Team Alpha", "throughput": "empirical(5 7 3 8)"}},
        projects={"p": {"activities": backlogs}},
    )
    found = rm.capacity(rm.simulate(one, 200))
    assert [pool.name for pool in found.pools] == ["Team Alpha"]
    assert found.waiting()["share_of_iterations_that_wait"].tolist() == [1.0]
    assert found.gains == found.steps == ()
    assert found.unit_value().empty
    with pytest.raises(ArgumentError, match="no what-ifs were run"):
        rm.plot.capacity_value(found)
