"""Merge points, work that no path leads on from, level of effort that drives."""

import pytest

from checked import found, places, program, survey
from riskmc.analysis.check import check
from riskmc.analysis.check.registry import RULE
from riskmc.program.stored import StoredDates

N = 10_000


def work(*after, **more):
    return {"duration": "10d", "after": list(after), **more}


@pytest.mark.statistical
@pytest.mark.parametrize("merge", [{"milestone": True}, {"duration": "5d"}])
def test_the_merge_delay_of_equal_uniforms_is_their_mean_maximum_less_their_mean(merge):
    """Three uniform(0, 30) days, planned at 10: E[max] = 30 x 3 / 4 = 22.5, E = 15, so 7.5 days; sd of the max 5.8."""
    three = {name: {"duration": {"plan": "10d", "range": "uniform(0d 30d)"}} for name in "abc"}
    (point,) = found("merge-point", program({**three, "m": {**merge, "after": [*three]}}), N)
    # five standard errors of the mean maximum and of the largest mean
    assert point.place == "p.m"
    assert point.value == pytest.approx(7.5, abs=5 * (5.8 + 8.7) / N**0.5)


@pytest.mark.statistical
def test_a_lag_and_a_start_to_start_link_drive_a_merge_too():
    """a and b + 5 d from their finish, c's start + 15 d: c's is certain; E[max(U1, U2 + 5, 20)] with U in (10, 20)."""
    plan = {
        "a": {"duration": "uniform(10d 20d)"}, "b": {"duration": "uniform(10d 20d)"}, "c": {"duration": "60d"},
        "m": {"duration": "60d", "after": ["a", "b FS+5d", "c SS+17d"]},
    }  # fmt: skip
    (point,) = found("merge-point", program(plan), N)
    # b + 5 is uniform(15, 25), its mean 20 the largest; E[max(B, A, 17)]: worked out by numerical integration below
    steps = 400
    mean = sum(
        max(15 + 10 * (i + 0.5) / steps, 10 + 10 * (j + 0.5) / steps, 17) for i in range(steps) for j in range(steps)
    )
    assert point.value == pytest.approx(mean / steps**2 - 20, abs=5 * 4 / N**0.5)


def test_two_predecessors_or_a_clear_last_one_are_no_merge_point():
    two = {name: {"duration": "uniform(0d 30d)"} for name in "ab"}
    assert places("merge-point", program({**two, "m": work(*two)})) == []
    apart = {"a": {"duration": "60d"}, "b": {"duration": "uniform(10d 12d)"}, "c": {"duration": "uniform(10d 12d)"}}
    assert places("merge-point", program({**apart, "m": work(*apart)})) == []
    close = {**apart, "b": {"duration": "uniform(55d 59d)"}}
    assert places("merge-point", program({**close, "m": work(*close)})) == []


def test_without_anything_random_a_merge_point_has_no_delay():
    three = {name: {"duration": "10d"} for name in "abc"}
    (point,) = found("merge-point", program({**three, "m": work(*three)}))
    assert point.value is None


def test_a_merge_that_does_not_drive_is_left_alone():
    three = {name: {"duration": "uniform(1d 3d)"} for name in "abc"}
    assert places("merge-point", program({**three, "m": work(*three), "long": {"duration": "90d"}})) == []


def test_work_whose_successors_end_elsewhere_has_no_path_to_the_finish():
    """a -> b -> end; a -> c -> d: d is an open end, c leads only there."""
    plan = program({"a": work(), "b": work("a"), "c": work("a"), "d": work("c")}, finish="b")
    assert places("no-path", plan) == ["p.c"]
    assert places("open-end", plan) == ["p.d"]


def test_a_path_to_a_target_is_enough():
    plan = {"a": work(), "b": work("a"), "c": work("a"), "d": work("c")}
    aimed = program(plan, finish="b", targets=[{"name": "T", "at": "d", "finish": "2027-06-01"}])
    assert places("no-path", aimed) == []


def test_without_a_named_finish_every_end_that_can_be_last_is_one():
    plan = {"a": work(), "b": {"duration": "30d", "after": ["a"]}, "c": work("a"), "d": work("c")}
    assert places("no-path", program(plan)) == ["p.c"]
    even = {**plan, "b": {"duration": "20d", "after": ["a"]}}
    assert places("no-path", program(even)) == []


def test_the_effect_of_paths_that_lead_nowhere_is_that_of_tying_their_ends():
    """The finish is b, day 20; c and d run to day 60."""
    plan = program({"a": work(), "b": work("a"), "c": work("a"), "d": {"duration": "40d", "after": ["c"]}}, finish="b")
    (lost,) = check(plan, 64).of("no-path")
    assert lost.effect_days == 40


def test_a_link_out_of_level_of_effort_drives_nothing():
    plan = program({"a": work(), "e": {"level_of_effort": {"from": "a", "to": "a"}}, "b": work("a", "e")})
    (link,) = found("effort-drives", plan)
    assert (link.place, link.detail) == ("p.b", "after e")


def test_level_of_effort_on_the_driving_path_of_the_tool_is_found():
    effort = {"level_of_effort": {"from": "a", "to": "a"}}
    plan = program({"a": work(), "e": effort, "f": effort, "g": effort})
    driving = {"a": True, "e": True, "f": False, "g": None}
    stored = {f"p.{name}": StoredDates(driving=flag) for name, flag in driving.items()}
    assert [f.place for f in RULE["effort-drives"].find(survey(plan, stored=stored))] == ["p.e"]
