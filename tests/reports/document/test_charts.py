"""Charts hold the numbers of the pictures: the same percentiles, targets, steps, shares, ranges and dots."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

import riskmc as rm
from pictured import constant, ferry, no_cost, one_activity
from pictured_results import cash, drivers, hostile, scenarios
from riskmc import plot
from riskmc.analysis.paired import Difference
from riskmc.forecast.figures import finish_day
from riskmc.reports.document import charts
from riskmc.reports.document.chart import Chart
from riskmc.reports.document.charts.floating import Piece, floating
from riskmc.simulation.trials import CENTS

EPOCH = datetime(1970, 1, 1)


def series(chart: Chart, name: str):
    return next(one for one in chart.series if one.name == name)


def ends(chart: Chart) -> list[tuple[float, float]]:
    """Where every stacked bar begins and ends, to the right of zero."""
    bars = [one for one in chart.series if one.mark == "bars"]
    base = [one for one in chart.series if one.name == "from"]
    found = []
    for place in range(len(chart.series[0].x)):
        start = sum((one.y[place] or 0.0) for one in base)
        found.append((start, start + sum(max(one.y[place] or 0.0, 0.0) for one in bars)))
    return found


def test_the_curve_shows_the_printed_days_of_p50_p80_and_target():
    trials, chart = ferry(), charts.finish_curve(ferry())
    forecast = trials.finish()
    for name, p in (("P50", 0.5), ("P80", 0.8)):
        point = series(chart, name)
        assert point.y == (p,)
        assert point.x[0].date() == finish_day(forecast.quantile(p), forecast.start)
        assert forecast.text(forecast.quantile(p)) in point.labels[0]
    target = series(chart, "Target")
    assert {x.date() for x in target.x} == {finish_day(EPOCH + timedelta(minutes=forecast.target))}
    assert target.y[0] == 0 < 1 < target.y[1]


def test_the_curve_rises_from_nothing_to_all_and_lies_within_its_band():
    chart = charts.cost_curve(ferry())
    curve, band = series(chart, "Chance"), series(chart, "Simulation error")
    assert (curve.y[0], curve.y[-1]) == (0, 1)
    assert all(a <= b for a, b in pairwise(curve.x))
    low, high = band.x[::2], band.x[1::2]
    assert all(a <= b for a, b in zip(low, high, strict=True))
    assert band.y[::2] == band.y[1::2]
    forecast = ferry().cost()
    assert (low[79], high[79]) == pytest.approx(forecast.quantile_interval(0.80))
    assert series(chart, "Plan").x[0] == ferry().plan.cost_cents / CENTS


def test_bars_behind_the_curve_hold_the_outcomes_and_part_at_the_target():
    forecast, chart = ferry().cost(), charts.cost_curve(ferry())
    within, beyond = series(chart, "Outcomes"), series(chart, "Beyond the target")
    assert max(within.x) < forecast.target < min(beyond.x)
    assert max(within.y + beyond.y) == pytest.approx(0.3)
    bars = dict(zip(within.x[::2] + beyond.x[::2], within.y[1::2] + beyond.y[1::2], strict=True))
    shares = {
        middle: sum(forecast.probability(middle + way * within.thick / 1.8) * way for way in (1, -1)) for middle in bars
    }
    tallest = max(shares.values())
    assert bars == pytest.approx({middle: 0.3 * share / tallest for middle, share in shares.items()}, abs=1e-6)
    assert sum(shares.values()) > 0.95


def test_one_value_has_one_dot_and_neither_band_nor_bars():
    chart = charts.finish_curve(constant())
    assert [one.labels for one in chart.series if one.mark == "dots"] == [
        (constant().finish().text(constant().finish().quantile(0.5)),)
    ]
    assert not any(one.mark == "slabs" for one in chart.series)


def test_a_target_far_away_is_named_at_the_edge():
    forecast = rm.Forecast("Far", ferry().cost().samples, "EUR", target=9e9)
    mark = series(charts.s_curve(forecast), "Target")
    assert mark.mark == "nothing"
    assert mark.labels[0].endswith("→")


def test_pieces_across_zero_stand_on_either_side_of_it():
    found = floating(
        ["a", "b"], [[Piece("p", "plan", -3, 2), Piece("q", "threat", 2, 5)], [Piece("p", "plan", -9, -4)]]
    )
    told = [(one.name, one.mark, one.y) for one in found]
    assert told == [
        ("from below", "nothing", (0.0, -4)),
        ("p", "bars", (2.0, None)),
        ("q", "bars", (3.0, None)),
        ("p", "bars", (-3.0, -5.0)),
    ]


@pytest.mark.parametrize("by", ["finish", "cost"])
def test_the_waterfall_adds_up_in_printed_digits(by):
    found = rm.waterfall(ferry())
    chart, digits = charts.waterfall(found, by), found.digits(by)
    told, rows = ends(chart), plot.waterfall_rows(found, by)
    steps = [row.whole * digits.unit for row in rows]
    at = told[0][1]
    for (low, high), step in zip(told[1:-1], steps, strict=True):
        assert (low, high) == pytest.approx((min(at, at + step), max(at, at + step)), abs=1e-6) or not step
        at += step
    assert at == pytest.approx(told[-1][1])
    assert sum(steps) / digits.unit == pytest.approx(sum(found.whole(by)))
    labels = next(one.labels for one in chart.series if one.labels)
    assert labels[1:-1] == tuple(digits.text(row.whole) for row in rows)


def test_the_waterfall_of_the_finish_ends_on_the_printed_day():
    found = rm.waterfall(ferry())
    told = EPOCH + timedelta(days=ends(charts.waterfall(found))[-1][1])
    forecast = ferry().finish()
    assert told.date() == finish_day(forecast.quantile(0.8), forecast.start)


@pytest.mark.parametrize("by", ["finish", "cost"])
def test_the_tornado_has_the_shares_that_are_printed(by):
    found = drivers(ferry())
    chart, digits = charts.tornado(found, by), found.digits(by)
    values = [sum(y or 0.0 for y in row) for row in zip(*(one.y for one in chart.series), strict=True)]
    assert sum(values) == pytest.approx(sum(found.whole_shares(by).values()) * digits.unit)
    assert all((one.colour == "gain") == (y < 0) for one in chart.series for y in one.y if y is not None)


def test_at_most_a_thousand_dots_stand_for_all_iterations_the_same_ones_each_time():
    many = rm.simulate(ferry().again().program, iterations=2_500)
    chart = charts.joint(many)
    dots = [one for one in chart.series if one.mark == "dots" and len(one.x) > 1]
    assert sum(len(one.x) for one in dots) == 1_000
    assert charts.joint(many) == chart
    shares = {words: share for words, share, _ in plot.joint_corners(plot.joint_pair(many))}
    both = series(chart, "Both met")
    assert len(both.x) / 1_000 == pytest.approx(shares["on time, on budget"], abs=0.05)
    assert sum("%" in one.labels[0] for one in chart.series if one.mark == "nothing") == 4


def test_milestones_reach_from_p10_to_p90_in_printed_days_from_their_targets():
    trials, chart = ferry(), charts.milestones(ferry())
    rows = plot.milestone_rows(trials)
    for place, row in enumerate(rows):
        p10, p90 = (plot.gap(row.forecast, row.forecast.quantile(p), row.date) for p in (0.1, 0.9))
        bars = [one.y[place] or 0.0 for one in chart.series if one.mark == "bars"]
        assert sum(map(abs, bars)) == pytest.approx(p90 - p10)
        late = [one.y[place] or 0.0 for one in chart.series if one.mark == "bars" and one.colour.startswith("threat")]
        assert sum(late) == pytest.approx(max(p90, 0) - max(p10, 0))


def test_the_gantt_has_at_most_25_rows_from_mean_start_to_mean_finish():
    trials, chart = ferry(), charts.gantt(ferry())
    lines = list(plot.gantt_lines(trials, plot.gantt_rows(trials)))
    assert len([line for line in lines if not line.heading]) <= 25
    for (low, high), line in zip(ends(chart), lines, strict=True):
        if line.finish > line.start:
            assert low == pytest.approx(line.start)
            assert high == pytest.approx(line.finish, abs=5)


def test_cash_reaches_from_p10_to_p80_and_mounts_up_to_the_percentiles_of_the_whole():
    flow = cash(ferry())
    chart, mounted = charts.cash_flow(flow), charts.cumulative_cash(flow)
    for place, period in enumerate(chart.series[0].x):
        told = flow.spent(period)
        assert ends(chart)[place] == pytest.approx((told.quantile(0.1), told.quantile(0.8)), abs=0.02)
    shown = len(chart.series[0].x)
    last = flow.cumulative(flow.periods[shown - 1])
    assert series(mounted, "P80").y[-1] == pytest.approx(last.quantile(0.8))
    assert series(mounted, "Plan").y[-1] == pytest.approx(sum(flow.planned()[:shown]))


def test_the_frontier_climbs_in_steps_to_what_the_best_mix_buys():
    found = rm.response_frontier(ferry())
    chart = charts.frontier(found)
    best = series(chart, "Best for the money")
    assert all(a <= b for a, b in pairwise(best.x))
    assert best.y[-1] == pytest.approx(plot.bought(found, found.efficient[-1].value))
    assert len(series(chart, "Every mix").x) == len(list(found.points()))


def test_scenarios_stand_where_they_move_p80():
    found = scenarios(ferry())
    chart = charts.scenarios(found)
    for dot in plot.scenario_points(found):
        point = next(one for one in chart.series if one.name == dot.name and one.mark == "dots")
        assert (*point.x, *point.y) == (dot.finish.value, dot.cost.value)


def test_names_of_scenarios_close_together_stand_in_rows_of_their_own(monkeypatch):
    same = Difference(0.0, None, None)
    dots = [
        plot.ScenarioDot(f"Quay deck in {n} days", Difference(-5 - 0.01 * n, None, None), same, "EUR") for n in range(8)
    ]
    monkeypatch.setattr(plot, "scenario_points", lambda _: dots)
    chart = charts.scenarios(rm.compare(ferry(), ferry()))
    rows = [one.y[0] for one in chart.series if one.mark == "nothing"]
    assert len(set(rows)) == len(dots)
    assert all(chart.y_range[0] < row < chart.y_range[1] for row in rows)


def test_scenarios_that_cost_the_same_stand_on_an_axis_of_amounts_that_matter():
    found = rm.compare(ferry(), ferry())
    low, high = charts.scenarios(found).y_range
    assert high == -low == pytest.approx(ferry().cost().quantile(0.8) / 100)


def test_compared_scenarios_reach_from_p10_to_p90():
    found = scenarios(ferry())
    chart = charts.comparison(found, "cost")
    for (low, high), row in zip(ends(chart), plot.compared_rows(found, of="cost"), strict=True):
        assert (low, high) == pytest.approx((row.forecast.quantile(0.1), row.forecast.quantile(0.9)))


def test_layers_of_contingency_end_where_they_are_told_to():
    found = rm.contingency(ferry())
    chart = charts.contingency(found)
    _, needed, held = plot.funding_levels(found, "cost")
    for level in (*needed, *held[1:]):
        line = series(chart, level.name)
        assert set(line.x) == {level.x}
        assert level.text in line.labels[1]


def test_changes_add_up_from_the_old_p80_to_the_new_one():
    program = ferry().again().program
    diff = rm.diff(program, program.scenario(next(iter(program.scenarios))), iterations=300)
    rounded, steps = plot.change_bars(diff, "finish")
    told = ends(charts.changes(diff))
    assert told[-1][1] - told[0][1] == pytest.approx(rounded.total * rounded.step)
    assert len(told) == len(steps) + 2


@pytest.mark.parametrize("run", [one_activity, no_cost, hostile])
def test_charts_are_made_of_any_run(run):
    trials = run()
    for make in (charts.finish_curve, charts.milestones, charts.gantt):
        chart = make(trials)
        assert chart.series
        assert all(len(one.x) == len(one.y) for one in chart.series)
