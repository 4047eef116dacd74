"""Measures of earned value and earned schedule: published cases, closed forms, and what cannot be known."""

import pytest

from riskmc.analysis.earned_value.measures import Measures, Timing, earned_schedule


def test_evm_01_planned_and_earned_value_and_both_indices():
    """Source: P. Govan (2026), Project Risk Analysis (R package PRA), tests of EVM: 100,000 at 10, 20, 40, 70, 100%,
    the third period, 35% complete, 36,000 spent."""
    found = Measures(pv=0.4 * 100_000, ev=0.35 * 100_000, ac=36_000, bac=100_000)
    assert (found.pv, found.ev, found.ac, found.sv, found.cv) == (40_000, 35_000, 36_000, -5_000, -1_000)
    assert found.spi == 0.875
    assert abs(found.cpi - 0.9722222) < 1e-6


def test_evm_02_estimates_at_completion_three_ways():
    """Source: P. Govan (2026), PRA, chapter on earned value: 500,000, 40% complete, 290,000 spent, 50% planned."""
    found = Measures(pv=250_000, ev=200_000, ac=45_000 + 110_000 + 135_000, bac=500_000)
    assert abs(found.eac - 725_000) < 0.5
    assert abs(found.eac_as_planned - 590_000) < 0.5
    assert abs(found.eac_both - 833_750) < 0.5
    assert abs(found.etc - 435_000) < 0.5
    assert abs(found.vac - -225_000) < 0.5
    assert abs(found.tcpi_bac - 1.429) < 0.0005
    assert abs(found.tcpi_eac - 0.69) < 0.0005


def test_evm_03_one_task_with_eleven_twelfths_earned():
    """Source: Simplilearn, *What's in Earned Value Management? Part IV*: 10,000 planned, 11,000 spent, 1,000 to go.
    Percent complete as AC/EAC is poor practice; the numbers are theirs."""
    found = Measures(pv=10_000, ev=10_000 * 11_000 / 12_000, ac=11_000, bac=10_000)
    assert abs(found.ev - 9_166.667) < 0.001
    assert abs(found.sv - -833.33) < 0.005
    assert abs(found.spi - 0.9167) < 5e-5
    assert abs(found.eac - 12_000) < 1e-6
    assert abs(found.vac - -2_000) < 1e-6


def test_evm_05_earned_schedule_lies_between_two_periods():
    """Source: the formula ES = C + (EV - PV_C) / (PV_C+1 - PV_C), Lipke (2003), on the numbers of EVM-02."""
    es = earned_schedule([50_000, 125_000, 250_000, 375_000, 500_000], 200_000)
    assert abs(es - 2.6) < 1e-9
    timing = Timing(es, at=3, pd=5)
    assert abs(timing.spi_t - 0.8666666666666667) < 1e-9
    assert abs(timing.ieac_t - 5.769230769230769) < 1e-9
    assert abs(timing.sv_t - -0.4) < 1e-9


@pytest.mark.parametrize(
    "earned, periods",
    [(0, 0), (-5, 0), (5, 0.5), (10, 2), (15, 2.5), (20, 3), (25, 3)],
)
def test_earned_schedule_counts_whole_periods_idle_ones_too_and_ends_with_the_plan(earned, periods):
    """10 in the first period, none in the second, 10 in the third, none in the fourth."""
    assert earned_schedule([10, 10, 20, 20], earned) == periods


@pytest.mark.parametrize("at, periods", [(0.5, 1), (1.25, 1.25), (2, 2), (7, 2)])
def test_while_the_plan_is_idle_what_is_earned_on_time_is_on_time(at, periods):
    assert earned_schedule([10, 10, 20, 20], 10, at) == periods


def test_what_would_be_divided_by_nothing_is_not_known():
    idle = Measures(pv=0, ev=0, ac=0, bac=100)
    assert (idle.spi, idle.cpi, idle.eac, idle.eac_both, idle.etc, idle.vac, idle.tcpi_eac) == (None,) * 7
    assert (idle.eac_as_planned, idle.tcpi_bac) == (100, 1)
    spent = Measures(pv=50, ev=0, ac=10, bac=100)
    assert (spent.spi, spent.cpi, spent.eac, spent.eac_both) == (0, 0, None, None)
    assert Measures(pv=50, ev=50, ac=100, bac=100).tcpi_bac is None
    assert Timing(es=1, at=0, pd=5).spi_t is None
    assert Timing(es=0, at=2, pd=5).ieac_t is None


def test_what_is_done_as_planned_ends_as_planned():
    found = Measures(pv=30, ev=30, ac=30, bac=90)
    assert (found.eac, found.eac_as_planned, found.eac_both, found.vac, found.tcpi_bac) == (90, 90, 90, 0, 1)
