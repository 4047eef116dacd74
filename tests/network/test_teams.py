"""Teams in a program: minutes of calendars, draws of their own, both engines, and what can never end."""

import numpy as np
import pytest

import riskmc
from riskmc.errors import ProgramError, UnsupportedError
from riskmc.program import Program
from riskmc.simulation.pick_freeze import drawn_anew

N = 512
HISTORY = {"throughput": "empirical(5 7 3 8)"}
BOARD = {"stages": [{"name": "dev", "takes": "exponential(1d)", "servers": 2}, {"name": "test", "takes": "0.5d"}]}


def program(teams, **activities):
    return Program(program="Case", start="2027-01-04", teams=teams, projects={"p": {"activities": activities}})


def backlog(team="a", items=60, **words):
    return {"backlog": {"team": team, "items": items}, **words}


def finishes(one, **settings):
    return riskmc.simulate(one, N, **settings).finish_minutes


def test_a_week_of_a_team_is_the_week_of_the_calendar():
    """25 items at 10 a week: 12 days and a half from Monday the 4th, at noon of Wednesday the 20th."""
    trials = riskmc.simulate(program({"a": {"throughput": 10, "per": "week"}}, work=backlog(items=25)), 256)
    noon = np.datetime64("2027-01-20T12:00", "m").astype(np.int64)
    assert trials.plan.finish == noon
    assert not trials.random
    assert (trials.finish_minutes == noon).all()


def mean_days(one, **settings):
    """Return the mean duration of every activity."""
    return riskmc.simulate(one, N, statistics=True, **settings).statistics.mean_duration_days


@pytest.mark.parametrize("team", [HISTORY, BOARD])
def test_both_engines_take_the_same_minutes_for_a_backlog(team):
    one = program({"a": team}, work=backlog(), rest={"duration": "triangular(2d 5d 9d)", "after": ["work"]})
    assert (finishes(one, engine="monte-carlo") == finishes(one, engine="discrete-event")).all()


@pytest.mark.parametrize("team", [HISTORY, BOARD])
def test_the_draws_of_a_backlog_hang_on_its_own_name_alone(team):
    """Rules R1, R5: other work, another team and other iterations change nothing; another name changes all."""
    alone = finishes(program({"a": team}, work=backlog()))
    crowd = program({"a": team, "z": BOARD}, first=backlog("z"), work=backlog(), other={"duration": "pert(1d 2d 3d)"})
    trials = riskmc.simulate(crowd.but(finish="p.work"), range(256, N))
    assert (trials.finish_minutes == alone[256:]).all()
    assert (finishes(program({"a": team}, other=backlog())) != alone).any()
    renamed = program({"a": team}, other=backlog()).but(renamed={"p.work": "p.other"})
    assert (finishes(renamed) == alone).all()


@pytest.mark.parametrize("team", [HISTORY, BOARD])
def test_another_key_of_its_row_draws_a_whole_backlog_anew(team):
    """What shares of variance rest on: kept rows keep their bits (Sobol 2001)."""
    trials = riskmc.simulate(program({"a": team}, work=backlog()), N)
    rows = np.ones(trials.again().network.sampler.rows, np.bool_)
    assert (drawn_anew(trials.again(), ~rows).finish_minutes == trials.finish_minutes).all()
    assert (drawn_anew(trials.again(), rows).finish_minutes != trials.finish_minutes).mean() > 0.9


def test_a_larger_backlog_takes_no_iteration_less_time():
    few, many = (finishes(program({"a": HISTORY}, work=backlog(items=items))) for items in (60, 61))
    assert (many > few).all()


def test_progress_leaves_its_share_of_the_backlog():
    """Half of the planned 50 days remains, so half of every draw does, from the data date on (N4)."""
    whole = program({"a": HISTORY}, work=backlog(duration="50d"))
    begun = {"started": "2027-01-04", "remaining": "25d"}
    half = program({"a": HISTORY}, work=backlog(duration="50d", progress=begun)).but(data_date="2027-03-01")
    all_days, left = (
        np.busday_count(np.datetime64(since), (finishes(one) // 1440).astype("M8[D]"))
        for since, one in (("2027-01-04", whole), ("2027-03-01", half))
    )
    assert np.abs(left - all_days / 2).max() <= 1


def test_a_range_beside_a_backlog_counts_instead():
    ranged = program({"a": HISTORY}, work=backlog(duration="triangular(2d 5d 9d)"))
    plain = program({"a": HISTORY}, work={"duration": "triangular(2d 5d 9d)"})
    assert (finishes(ranged) == finishes(plain)).all()


def test_a_rule_of_ranges_leaves_a_backlog_alone():
    one = program({"a": HISTORY}, work=backlog())
    ruled = one.but(ranges=[{"on": "work", "duration": "triangular(50% 100% 200%)"}])
    assert (finishes(ruled) == finishes(one)).all()


def test_risks_and_drivers_act_on_a_backlog_as_on_any_duration():
    one = program({"a": HISTORY}, work=backlog())
    doubled = one.but(drivers={"d": {"on": "work", "duration": "x 200%"}})
    assert mean_days(doubled) == pytest.approx(2 * mean_days(one), abs=0.01)


@pytest.mark.parametrize(
    ("team", "told"),
    [
        ({**HISTORY, "arrivals": "6/w"}, "arrivals 6/w, split items counted, are no slower than its throughput"),
        ({**HISTORY, "arrivals": "5/w", "split": "20%"}, "arrivals 5/w"),
        ({"throughput": 10, "per": "month", "growth": "7%/mo"}, "growth 7%/mo outruns its throughput"),
        ({"throughput": 0}, "its throughput is 0 in the mean"),
        (
            {**BOARD, "arrivals": "2/d"},
            "arrivals 2/d, split items counted, are no slower than the pace of its narrow",
        ),
    ],
)
def test_a_backlog_that_never_ends_is_refused_before_the_run(team, told):
    with pytest.raises(ProgramError, match=f"team a never finishes it: .*{told}"):
        finishes(program({"a": team}, work=backlog()))


def test_a_board_whose_limits_make_it_too_slow_is_refused_too():
    """Each stage does two items a day, but only one may be in both of them: one a day is done, 1.5 come."""
    stages = [{"name": "dev", "takes": "exponential(0.5d)"}, {"name": "test", "takes": "exponential(0.5d)"}]
    with pytest.raises(ProgramError, match="does not finish it in 20 years of work, even with every draw at its mean"):
        finishes(program({"a": {"stages": stages, "wip": 1, "arrivals": "1.5/d"}}, work=backlog(items=400)))


def test_iterations_that_never_end_are_counted_and_said():
    """At 10 a month and growth of 2.5% a month, backlogs above 10 / (e x 2.5%) = 147.2 of 60 to 180 never end."""
    team = {"throughput": 10, "per": "month", "growth": "2.5%/mo"}
    trials = riskmc.simulate(program({"a": team}, work=backlog(items="uniform(60 180)")), 2048)
    (told,) = (note for note in trials.notes if "backlog" in note)
    assert told.startswith("the backlog of p.work is not done after 20 years of work in ")
    count = int(told.split()[13].replace(",", ""))
    share, error = 33 / 120, 4.9 * (0.275 * 0.725 / 2048) ** 0.5
    assert abs(count / 2048 - share) <= error


def test_two_backlogs_of_one_team_need_the_engine_that_knows_queues():
    one = program({"a": HISTORY}, first=backlog(), second=backlog(items=30))
    with pytest.raises(UnsupportedError, match=r"teams with several backlogs: teams.a"):
        riskmc.simulate(one, N, engine="monte-carlo")
    ignored = riskmc.simulate(one, N, engine="monte-carlo", ignore=["teams"])
    assert ignored.ignored == ("teams with several backlogs: teams.a",)
    apart = riskmc.simulate(one, N, engine="discrete-event", statistics=True)
    lengths = mean_days(one, engine="monte-carlo", ignore=["teams"])
    start = np.datetime64(apart.start, "m").astype(np.int64)
    assert ((apart.finish_minutes - start) > (ignored.finish_minutes - start)).all()
    assert apart.statistics.mean_duration_days == pytest.approx(lengths)
