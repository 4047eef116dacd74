"""Cash flow: bands of sums taken in each iteration, the peak, projects, and words that make no sense."""

import numpy as np
import pytest

import riskmc as rm
from riskmc.forecast.interval import quantile_rank
from riskmc.program.program import Program

PRICES = {"general": {"rate": "normal(3% 1%)", "years": "own", "from": 2027}}


def program(**words):
    """Return two projects, one after the other, with a cost of no project; 2027 and 2028."""
    first = {"a": {"duration": "triangular(60d 80d 160d)", "cost": {"fixed": "400k", "per_day": "2k"}}}
    second = {"b": {"duration": "pert(100d 140d 260d)", "cost": "triangular(1M 1.2M 2M)", "after": ["one.a"]}}
    return Program(
        program="Two", start="2027-01-04", currency="EUR", costs={"office": {"per_day": "1k"}},
        projects={"one": {"activities": first}, "two": {"name": "Second", "activities": second}}, **words,
    )  # fmt: skip


@pytest.fixture(scope="module")
def trials():
    return rm.simulate(program(escalation=PRICES, payments={"lag": "30ed", "retention": "5%"}), 2000)


@pytest.fixture(scope="module")
def flow(trials):
    return rm.cash_flow(trials, by="month")


def test_periods_and_projects_add_up_to_the_cents_of_the_trials(trials, flow):
    np.testing.assert_array_equal(flow.cents(money="constant").sum(axis=0), trials.cost_cents)
    for project in trials.project_cost:
        np.testing.assert_array_equal(flow.cents(project, "constant").sum(axis=0), trials.project_cost[project])
    parts = sum(flow.cents(project, "paid") for project in flow.projects)
    np.testing.assert_array_equal(parts, flow.cents(money="paid"))


def test_a_cumulative_percentile_is_that_of_the_cumulative_amount(flow):
    sums = np.sort(flow.cents()[:6].sum(axis=0))
    assert flow.cumulative(flow.periods[5]).quantile(0.80) == sums[quantile_rank(sums.size, 0.80) - 1] / 100
    added = sum(flow.spent(period).quantile(0.80) for period in flow.periods[:6])
    assert flow.cumulative(flow.periods[5]).quantile(0.80) != pytest.approx(added)


def test_months_are_the_parts_of_quarters_and_of_years(trials, flow):
    for by, size in (("quarter", 3), ("year", 12)):
        coarse = rm.cash_flow(trials, by=by)
        for money in ("constant", "then-year", "paid"):
            months = flow.cents(None, money)
            padded = np.zeros((size * len(coarse.periods), months.shape[1]), np.int64)
            padded[: len(months)] = months
            whole = padded.reshape(len(coarse.periods), size, -1).sum(axis=1)
            np.testing.assert_array_equal(coarse.cents(None, money), whole)


def test_the_plan_has_its_own_spending(trials, flow):
    assert flow.planned(None, "constant").sum() == pytest.approx(trials.plan.cost_cents / 100)
    assert flow.planned("two", "constant").sum() == pytest.approx(trials.plan.project_cost["two"] / 100)


def test_the_peak_is_the_largest_period_of_each_iteration(flow):
    cents, peak = flow.cents(), flow.peak()
    np.testing.assert_allclose(peak.amount.samples * 100, cents.max(axis=0), rtol=1e-12)
    assert sum(found.value for found in peak.chances.values()) == pytest.approx(1)
    place = flow.periods.index(peak.period)
    assert peak.chances[peak.period].value == np.mean(cents.argmax(axis=0) == place)


def test_the_frame_names_its_units_and_money(flow):
    frame = flow.to_frame()
    assert frame.index.name == "month, then-year money"
    assert {"planned_EUR", "spent_p80_EUR", "spent_p80_EUR_low", "cumulative_p50_EUR_high"} <= {*frame.columns}
    row = frame.loc[flow.periods[3]]
    assert row["spent_p80_EUR_low"] <= row["spent_p80_EUR"] <= row["spent_p80_EUR_high"]
    assert frame["start"].is_monotonic_increasing


def test_the_means_of_the_projects_add_up_to_that_of_the_program(flow):
    frame = flow.by_project()
    parts = frame.drop(columns="program_EUR").sum(axis=1)
    np.testing.assert_allclose(parts, frame["program_EUR"], rtol=1e-9)


def test_the_lines_of_escalation_add_up_in_every_iteration(flow):
    told = flow.escalation
    sums = told.constant.samples + told.on_plan_dates.samples + told.slip.samples
    np.testing.assert_allclose(sums, told.then_year.samples, atol=0.001)
    assert told.planned[0] + told.planned[1] + told.planned[2] == pytest.approx(told.planned[3])


def test_rates_of_nothing_change_no_cent():
    plain, flat = (
        rm.simulate(program(**words), 300) for words in ({}, {"escalation": {"g": {"rate": "0%", "from": 2027}}})
    )
    first, second = rm.cash_flow(plain), rm.cash_flow(flat)
    np.testing.assert_array_equal(first.cents(), second.cents(None, "then-year"))
    assert not second.phased.slip.any()


def test_the_order_of_the_file_changes_nothing(trials, flow):
    words = trials.again().program.model_dump(by_alias=True, exclude_defaults=True)
    words["projects"] = dict(reversed(words["projects"].items()))
    turned = rm.cash_flow(rm.simulate(Program(**words), 2000), by="month")
    for project in (None, "one", "two", ""):
        np.testing.assert_array_equal(turned.cents(project, "paid"), flow.cents(project, "paid"))


def test_a_chunk_of_iterations_has_the_cents_that_it_has_in_a_longer_run(trials, flow):
    part = rm.cash_flow(rm.simulate(trials.again().program, range(700, 900)), by="month")
    both = [period for period in part.periods if period in flow.periods]
    for money in ("then-year", "paid"):
        whole = flow.cents(None, money)[[flow.periods.index(period) for period in both], 700:900]
        np.testing.assert_array_equal(part.cents(None, money)[[part.periods.index(p) for p in both]], whole)


def test_the_number_of_threads_changes_nothing(trials, flow):
    alone = rm.cash_flow(rm.simulate(trials.again().program, 2000, threads=1), by="month")
    np.testing.assert_array_equal(alone.cents(None, "paid"), flow.cents(None, "paid"))


def test_hypercubes_have_rates_of_their_own_and_their_own_intervals():
    found = rm.cash_flow(rm.simulate(program(escalation=PRICES), 2560, sampling="lhs"), by="year")
    rates = np.sort((found.escalation.then_year.samples / found.escalation.constant.samples)[:256])
    assert len(set(rates)) == 256
    low, high = found.total().quantile_interval(0.8)
    assert low < found.total().quantile(0.8) < high


def test_a_fiscal_year_has_the_number_of_the_year_in_which_it_ends():
    found = rm.cash_flow(rm.simulate(program(fiscal_year_starts="10-01"), 50), by="year")
    assert found.periods[0] == "FY2027"
    assert rm.cash_flow(rm.simulate(program(), 50), by="year").periods[0] == "2027"


def test_a_program_without_cost_has_no_cash_flow():
    bare = Program(program="B", start="2027-01-04", projects={"p": {"activities": {"a": {"duration": "5d"}}}})
    with pytest.raises(rm.ArgumentError, match="no money is spent"):
        rm.cash_flow(rm.simulate(bare, 10))


def test_words_that_mean_nothing_are_refused_with_what_there_is(trials, flow):
    with pytest.raises(rm.ArgumentError, match="did you mean 'month'"):
        rm.cash_flow(trials, by="months")
    with pytest.raises(rm.ArgumentError, match="did you mean 'two'"):
        flow.cents("twoo")
    with pytest.raises(rm.ArgumentError, match=r"[Tt]here are 2027-01 to"):
        flow.spent("1999-01")
    with pytest.raises(rm.ArgumentError, match="then-year"):
        flow.cents(None, "nominal")


def test_a_cost_that_names_none_of_several_indices_is_refused():
    several = {"steel": {"rate": "3%", "from": 2027}, "labour": {"rate": "2%", "from": 2027}}
    with pytest.raises(rm.ProgramError, match="which one raises a cost that names none"):
        rm.cash_flow(rm.simulate(program(escalation=several), 10))


def test_a_reader_sees_p80_and_the_peak(flow):
    assert repr(flow).startswith("<CashFlow 'Two' by month: P80 EUR")
    assert "riskmc-card" in flow._repr_html_()
