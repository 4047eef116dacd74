"""Which calendars lose time, and work clocks that lose what their calendars lose, minute by minute."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numba import njit

import riskmc as rm
from riskmc.kernels.lost_time import draw_to, end_at, good_before, start_at
from riskmc.network.compiling import Settings, compile_network
from riskmc.network.weather import clock_tables, with_clocks
from riskmc.network.worktime import compile_calendar, overlap
from riskmc.program.calendar import Weather
from riskmc.program.program import Program
from riskmc.simulation.lost_time import LosingTime

WEATHER = {"jan-mar": {"lost": "30%", "persistence": "60%"}}


def program(**more):
    words = {
        "program": "Site",
        "start": "2027-01-04",
        "calendar": "site",
        "calendars": {
            "site": {"based_on": "standard", "weather": WEATHER},
            "night": {"based_on": "site", "week": {"mon-fri": "22:00-06:00"}},
            "own": {"based_on": "site", "weather": {"jan-dec": {"lost": "0%"}}},
        },
        "projects": {"p": {"activities": {
            "a": {"duration": "20d"}, "b": {"duration": "9d", "calendar": "night"},
            "c": {"duration": "9d", "calendar": "own"}, "m": {"milestone": True}, "done": {"duration": "30ed"},
        }}},
    }  # fmt: skip
    return Program.model_validate(words | more)


def test_calendars_share_the_weather_of_those_they_are_based_on_unless_they_have_their_own():
    network = compile_network(program(), Settings())
    assert network.lost.sites == ("site",)
    assert [network.axis.calendars[number].name for number in network.lost.calendars] == ["site", "night"]
    losing = [task.path for task in network.tasks if network.lost.thinning.table[task.number] >= 0]
    assert losing == ["p.a", "p.b"]


@pytest.mark.parametrize(("lost", "persistence"), [("25%", "50%"), ("80%", "75%"), ("50%", "0%"), ("10%", "90%")])
def test_the_chances_of_a_day_keep_the_share_of_bad_days(lost, persistence):
    found = Weather(lost=lost, persistence=persistence)
    after_good, after_bad = found.bad_after_good(), found.bad_after_bad()
    assert found.lost == pytest.approx(found.lost * after_bad + (1 - found.lost) * after_good)


@pytest.mark.parametrize(
    ("lost", "persistence", "what"), [("80%", "50%", "at least 75%"), ("20%", "100%", "write less")]
)
def test_chances_that_no_chain_has_are_refused(lost, persistence, what):
    with pytest.raises(rm.ProgramError, match=what):
        Weather(lost=lost, persistence=persistence)


@pytest.mark.parametrize("calendars", [{"24h": {"week": "24h", "weather": {"jan": {"lost": "5%"}}}}])
def test_weather_on_the_clock_itself_is_refused(calendars):
    with pytest.raises(rm.ProgramError, match="milestones and elapsed time"):
        rm.simulate(program(calendars=program().calendars | calendars), 300)


# ---- work clocks


@njit
def probe(thinning, lost, t, i, first, out):
    """Good minutes, start and end that the scalar functions find for every index from ``first`` on, int64[3, n]."""
    draw_to(thinning, lost, t, first + out.shape[1] + 20_000)
    for k in range(out.shape[1]):
        out[0, k] = good_before(lost.weather, lost.risks, t, lost.lane[i], i, first + k)
        out[1, k] = start_at(lost.weather, lost.risks, t, lost.lane[i], i, out[0, k])
        out[2, k] = end_at(lost.weather, lost.risks, t, lost.lane[i], i, out[0, k])


def test_a_work_clock_loses_the_minutes_of_its_calendar_and_no_others():
    strike = {
        "probability": "50%",
        "window": {"from": "2027-01-10", "to": "2027-02-20"},
        "impacts": [{"calendars": "site", "lost": "uniform(1d 9d)"}],
    }
    pool = {"week": {"mon-thu": "10:00-12:30 14:00-20:00"}}
    network = compile_network(
        program(risks={"strike": strike}, calendars=program().calendars | {"pool": pool}), Settings()
    )
    site, axis = network.lost.calendars[0], network.axis
    work = axis.calendars[site]
    clock = overlap(work, compile_calendar(axis.program, "pool", axis.epoch, axis.horizon))
    clocks = [(clock, site), (clock, 0)]
    assert clock_tables(network.lost, clocks).tolist() == [3, -1]  # after those of site, night and own
    losing = LosingTime(replace(network, lost=with_clocks(network.lost, clocks)), 1)
    losing.draw(3)
    rng = np.random.default_rng(1)
    values = rng.uniform(0, 3000, (len(network.sampler.sizes), 256)).astype(np.float32)
    losing.strike(values, (rng.random((network.events.size, 256)) < 0.5).astype(np.uint8))
    begin = axis.minute(network.program.start.start_like())
    for lane in range(0, 256, 16):
        of_site, of_clock = np.zeros((3, 24_000), np.int64), np.zeros((3, 9000), np.int64)
        probe(*losing.tables, 0, lane, int(work.index(begin)), of_site)
        probe(*losing.tables, 3, lane, int(clock.index(begin)), of_clock)
        index = int(work.index(begin)) + np.flatnonzero(np.diff(of_site[0]) == 0)
        lost = np.isin(clock.start_instant(int(clock.index(begin)) + np.arange(8999)), work.start_instant(index))
        assert np.array_equal(np.diff(of_clock[0]) == 0, lost)
        assert 0 < lost.sum() < lost.size
        assert (of_clock[2] <= int(clock.index(begin)) + np.arange(9000)).all()
        assert (of_clock[1] >= int(clock.index(begin)) + np.arange(9000)).all()
