"""Rules on ranges: work without uncertainty, narrow ranges, most likely at the low end, plan outside, chains."""

import pytest

from checked import found, places, program
from riskmc.analysis.check import check
from riskmc.analysis.ranges import range_table
from riskmc.io import read
from riskmc.reports import ranges_csv


def ranged(size, **words):
    """One activity with a range."""
    return program({"a": {"duration": size}}, **words)


def chained(count, **words):
    """Activities one after the other, all with a range."""
    sizes = {f"a{n}": {"duration": "triangular(9d 10d 14d)", "after": [f"a{n - 1}"] if n else []} for n in range(count)}
    return program(sizes, **words)


def test_work_without_a_range_is_doubtful_where_it_drives_and_to_know_elsewhere():
    checked = program(
        {"a": {"duration": "uniform(5d 9d)"}, "b": {"duration": "9d", "after": ["a"]}, "c": {"duration": "1d"}}
    )
    severities = {finding.place: finding.severity for finding in found("no-range", checked)}
    assert severities == {"p.b": "doubtful", "p.c": "to know"}


def test_a_range_of_its_own_or_of_a_rule_or_a_driver_is_uncertainty():
    work = {
        "a": {"duration": "uniform(5d 9d)"},
        "b": {"duration": "9d"},
        "c": {"duration": "9d"},
        "m": {"milestone": True},
    }
    rule = {"on": "p.b", "duration": "triangular(90% 100% 120%)"}
    driver = {"on": "p.c", "duration": "x uniform(90% 110%)"}
    assert places("no-range", program(work, ranges=[rule], drivers={"d": driver})) == []


def test_finished_work_needs_no_range():
    done = {"duration": "3d", "progress": {"started": "2027-01-04", "finished": "2027-01-06"}}
    both = program({"a": done, "b": {"duration": "uniform(1d 2d)", "after": ["a"]}}, data_date="2027-01-08")
    assert places("no-range", both) == []


@pytest.mark.parametrize("size, narrow", [("triangular(99d 100d 101d)", 1), ("triangular(90d 100d 110d)", 0),
                                          ("normal(100d 1d)", 1), ("normal(100d 3d)", 0)])  # fmt: skip
def test_a_range_is_narrow_below_a_twentieth_of_its_most_likely_value(size, narrow):
    assert places("narrow-range", ranged(size)) == ["p.a"] * narrow


def test_a_rule_of_ranges_is_found_once_where_it_is_written():
    work = {name: {"duration": "9d"} for name in "abc"}
    rule = {"on": "p.*", "duration": "triangular(99% 100% 101%)", "sizes": "own"}
    (narrow,) = found("narrow-range", program(work, ranges=[rule]))
    assert narrow.place == "ranges[0]"
    assert narrow.at == ("ranges", 0)


@pytest.mark.parametrize("size, at_low", [("pert(20d 20d 40d)", 1), ("triangular(20d 20d 40d)", 1),
                                          ("pert(19d 20d 40d)", 0), ("uniform(20d 40d)", 0)])  # fmt: skip
def test_a_most_likely_value_equal_to_the_least_is_found(size, at_low):
    assert places("mode-at-low", ranged(size)) == ["p.a"] * at_low


@pytest.mark.parametrize("plan, outside", [("20d", 0), ("30d", 0), ("15d", 1), ("31d", 1)])
def test_a_planned_value_that_cannot_occur_is_found(plan, outside):
    assert places("plan-outside-range", ranged({"plan": plan, "range": "triangular(20d 25d 30d)"})) == ["p.a"] * outside


def test_shares_that_leave_the_plan_out_are_found_with_the_side():
    work = {"a": {"duration": "9d"}, "b": {"duration": "9d"}}
    rule = {"on": "p.*", "duration": "triangular(105% 120% 150%)", "sizes": "own"}
    (outside,) = found("plan-outside-range", program(work, ranges=[rule]))
    assert "below the least value of the range (2 activities)" in outside.reason


def test_low_and_high_are_a_finding_where_nobody_says_how_they_are_meant():
    assert places("low-and-high", ranged("triangular(20d 25d 30d)")) == ["elicited_as"]
    assert places("low-and-high", ranged("triangular(20d 25d 30d)", elicited_as="min-max")) == []
    assert places("low-and-high", ranged("triangular(20d 25d 30d)", elicited_as="p10-p90")) == []
    assert places("low-and-high", ranged("lognormal(p10=20d p90=30d)")) == []


def test_what_a_rule_a_template_or_an_activity_says_of_low_and_high_counts():
    work = {"a": {"duration": "9d"}, "b": {"duration": "triangular(20d 25d 30d)", "elicited_as": "p10-p90"}}
    said = {"on": "p.a", "duration": "triangular(90% 100% 130%)", "elicited_as": "min-max"}
    template = {"t": {"duration": "triangular(90% 100% 130%)", "elicited_as": "min-max"}}
    assert places("low-and-high", program(work, ranges=[said])) == []
    assert places("low-and-high", program(work, ranges=[{"on": "p.a", "use": "t"}], templates=template)) == []
    (one,) = found("low-and-high", program(work, ranges=[{"on": "p.a", "duration": "triangular(90% 100% 130%)"}]))
    assert one.value == 1


def test_the_default_range_has_a_low_and_a_high_too():
    """Two of three activities have the range of `--range`; the third has one of its own, which says what it means."""
    own = {"duration": "triangular(20d 25d 30d)", "elicited_as": "min-max"}
    plan = program({"a": {"duration": "9d"}, "b": {"duration": "9d", "after": ["a"]}, "c": own})
    (spread,) = check(plan, 64, default_range="triangular(90% 100% 130%)").of("low-and-high")
    assert spread.value == 2
    assert check(plan, 64, default_range="lognormal(p10=90% p90=130%)").of("low-and-high") == ()
    assert check(plan.but(elicited_as="min-max"), 64, default_range="uniform(90% 130%)").of("low-and-high") == ()


def test_an_exported_table_says_no_more_of_low_and_high_than_the_rules_it_came_from(tmp_path):
    file, table = tmp_path / "plan.yaml", tmp_path / "ranges.csv"
    file.write_text(
        "riskmc: 1\nprogram: P\nstart: 2027-01-04\n"
        "projects: {p: {activities: {a: {duration: 9d}, b: {duration: 9d}}}}\n"
        "ranges: [{on: all, duration: triangular(90% 100% 130%), sizes: own}]\n"
    )
    table.write_text(ranges_csv(range_table(read(file))), encoding="utf-8")
    assert [f.value for f in check(read(file, ranges=table), 64).of("low-and-high")] == [2]
    edited = table.read_text(encoding="utf-8").replace("triangular(90% 100% 130%)", "triangular(80% 100% 130%)", 1)
    table.write_text(edited, encoding="utf-8")
    assert [f.value for f in check(read(file, ranges=table), 64).of("low-and-high")] == [1]


def test_ten_independent_ranges_in_a_row_are_an_uncorrelated_chain():
    assert places("uncorrelated-chain", chained(9)) == []
    (chain,) = found("uncorrelated-chain", chained(10))
    assert chain.value == 10
    assert chain.detail == "p.a0 to p.a9"


def test_correlated_ranges_are_no_uncorrelated_chain():
    assert places("uncorrelated-chain", chained(10, correlations=[{"group": "p.*", "duration": 0.3}])) == []
    plain = {f"a{n}": {"duration": "10d", "after": [f"a{n - 1}"] if n else []} for n in range(10)}
    for sizes, chains in (("same", []), ("correlated 0.3", []), ("own", ["p.a0"])):
        rule = {"on": "p.*", "duration": "triangular(90% 100% 130%)", "sizes": sizes}
        assert places("uncorrelated-chain", program(plain, ranges=[rule])) == chains


def test_of_two_driving_chains_the_one_with_more_ranges_counts():
    ranged = {f"a{n}": {"duration": "triangular(9d 10d 14d)", "after": [f"a{n - 1}"] if n else []} for n in range(10)}
    certain = {f"b{n}": {"duration": "5d", "after": [f"b{n - 1}"] if n else []} for n in range(20)}
    end = {"end": {"milestone": True, "after": ["a9", "b19"]}}
    (chain,) = found("uncorrelated-chain", program({**ranged, **certain, **end}))
    assert chain.detail == "p.a0 to p.a9"


def test_ranges_side_by_side_are_no_chain():
    abreast = {f"a{n}": {"duration": "triangular(9d 10d 14d)"} for n in range(20)}
    assert places("uncorrelated-chain", program(abreast)) == []
