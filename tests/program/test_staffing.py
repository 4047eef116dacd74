"""Staffing of pools: a plan by date, turnover, ramp-up and outages."""

from __future__ import annotations

from datetime import date

import pytest

from riskmc.errors import ProgramError
from riskmc.program import Moment, RampUp, Resource
from riskmc.program.moment import moment


def test_a_staffing_plan_is_in_the_order_of_time_however_it_is_written() -> None:
    late_first = Resource(capacity=4, staffing={"2028-01-01": 4, date(2027, 6, 1): 6})
    assert late_first == Resource(capacity=4, staffing={"2027-06-01": "6", "2028-01-01": 4.0})
    assert late_first.levels() == ((None, 4.0), (moment("2027-06-01"), 6.0), (moment("2028-01-01"), 4.0))
    assert late_first.model_dump(mode="json")["staffing"] == {"2027-06-01": 6.0, "2028-01-01": 4.0}


def test_a_pool_without_a_capacity_has_no_levels() -> None:
    assert Resource(cost="95/h").levels() == ()


def test_another_plan_takes_the_place_of_the_old_one() -> None:
    pool = Resource(capacity=4, staffing={"2028-01-01": 6})
    assert pool.but(capacity=5).staffing == {Moment(moment("2028-01-01").at, bare=True): 6.0}
    assert pool.but(staffing=None).levels() == ((None, 4.0),)


def test_every_fault_of_a_plan_has_its_day() -> None:
    with pytest.raises(ProgramError) as found:
        Resource(capacity=4, staffing={"2028-01-01": -1, "2028-02-30": 2, "2028-03-01": 2})
    assert [place for place, _ in found.value.faults] == ["staffing.2028-01-01", "staffing.2028-02-30"]


def test_ramp_up_has_six_steps_unless_said() -> None:
    assert RampUp(start="40%", over="30d").steps == 6
