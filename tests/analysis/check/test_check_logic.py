"""Rules on logic: open ends, dangling starts and finishes, leads, long lags, progress out of sequence."""

import pytest

from checked import found, places, program

CHAIN = {"a": {"duration": "10d"}, "b": {"duration": "10d", "after": ["a"]}}


def chain(*links, **more):
    """Two activities, the second after the first by the links given."""
    return program({"a": {"duration": "10d"}, "b": {"duration": "10d", "after": list(links), **more}})


def test_an_activity_that_nothing_follows_is_an_open_end_beside_a_named_finish():
    two = program({**CHAIN, "c": {"duration": "3d", "after": ["a"]}}, finish="b")
    assert places("open-end", two) == ["p.c"]


def test_the_named_finish_is_no_open_end():
    assert places("open-end", program(CHAIN, finish="b")) == []


def test_one_end_alone_is_the_finish_and_no_finding():
    assert places("open-end", program(CHAIN)) == []
    assert places("several-finishes", program(CHAIN)) == []


def test_several_ends_without_a_named_finish_say_how_often_each_sets_it():
    two = program({"a": {"duration": "uniform(5d 15d)"}, "b": {"duration": "uniform(9d 19d)"}})
    shares = {finding.place: finding.value for finding in found("open-end", two, 4_096)}
    assert shares.keys() == {"p.a", "p.b"}
    # P(a > b) = (15 - 9)^2 / (2 * 10 * 10) for two uniforms; five standard errors
    assert shares["p.a"] == pytest.approx(0.18, abs=5 * (0.18 * 0.82 / 4_096) ** 0.5)
    assert shares["p.a"] + shares["p.b"] == pytest.approx(1, abs=0.01)
    (several,) = found("several-finishes", two)
    assert several.value == 2
    assert several.reason.index("p.b") < several.reason.index("p.a")


def test_an_end_that_never_sets_the_finish_is_not_named_as_one_that_does():
    two = program({"a": {"duration": "5d"}, "b": {"duration": "9d"}})
    (several,) = found("several-finishes", two)
    assert "p.a" not in several.reason


def test_finished_work_and_level_of_effort_are_no_open_ends():
    done = {"duration": "3d", "progress": {"started": "2027-01-04", "finished": "2027-01-06"}}
    effort = {"level_of_effort": {"from": "a", "to": "b"}}
    assert places("open-end", program({**CHAIN, "c": done, "d": effort}, finish="b", data_date="2027-01-08")) == []


def test_a_link_into_level_of_effort_ties_no_end():
    for effort in ({"level_of_effort": {"from": "c"}}, {"level_of_effort": True, "after": ["c SS", "c FF"]}):
        tied = program({**CHAIN, "c": {"duration": "3d"}, "d": effort}, finish="b")
        assert places("open-end", tied) == ["p.c"]


def test_a_link_out_of_level_of_effort_starts_nothing():
    effort = {"level_of_effort": {"from": "a", "to": "b"}}
    assert places("open-start", program({**CHAIN, "d": effort, "e": {"duration": "3d", "after": ["d"]}})) == [
        "p.a",
        "p.e",
    ]


def test_activities_that_nothing_comes_before_are_open_starts_unless_there_is_one_alone():
    assert places("open-start", program(CHAIN)) == []
    two = program({**CHAIN, "c": {"duration": "3d", "start_no_earlier_than": "2027-02-01"}})
    assert places("open-start", two) == ["p.a", "p.c"]
    assert ["date alone" in finding.reason for finding in found("open-start", two)] == [False, True]


@pytest.mark.parametrize("link, dangling", [("a", 0), ("a SS", 0), ("a FF", 1), ("a SF", 1)])
def test_a_start_dangles_where_predecessors_drive_only_the_finish(link, dangling):
    assert places("dangling-start", chain(link)) == ["p.b"] * dangling


@pytest.mark.parametrize("link, dangling", [("a", 0), ("a FF", 0), ("a SS", 1), ("a SF", 1)])
def test_a_finish_dangles_where_it_drives_no_successor(link, dangling):
    assert places("dangling-finish", chain(link)) == ["p.a"] * dangling


def test_one_driving_link_among_several_is_enough():
    both = program({"a": {"duration": "9d"}, "b": {"duration": "9d", "after": ["a SS", "a FF"]}})
    assert places("dangling-start", both) == places("dangling-finish", both) == []


def test_milestones_and_started_work_do_not_dangle():
    milestone = program({"a": {"milestone": True}, "b": {"duration": "9d", "after": ["a SS"]}})
    assert places("dangling-finish", milestone) == []
    reached = program({"a": {"duration": "9d"}, "b": {"milestone": True, "after": ["a FF"]}})
    assert places("dangling-start", reached) == []
    begun = chain("a FF", progress={"started": "2027-01-04"}).but(data_date="2027-01-05")
    assert places("dangling-start", begun) == []


@pytest.mark.parametrize("link, days", [("a FS-4d", -4), ("a SS-36h", -1.5), ("a FS-1w", -7)])
def test_a_negative_lag_is_a_lead_in_days(link, days):
    (lead,) = found("lead", chain(link))
    assert lead.place == "p.b"
    assert lead.value == pytest.approx(days)
    assert lead.detail == f"after {link}"


def test_days_of_a_lead_are_those_of_the_predecessor_s_calendar():
    eight = {"standard": {"week": {"mon-fri": "08:00-16:00"}}}
    (lead,) = found("lead", chain("a FS-4h").but(calendars=eight, calendar="standard"))
    assert lead.value == pytest.approx(-0.5)


@pytest.mark.parametrize("link", ["a", "a FS+4d", "a SS"])
def test_a_positive_lag_or_none_is_no_lead(link):
    assert places("lead", chain(link)) == []


def test_a_lag_with_a_range_counts_at_its_most_likely_value():
    assert places("lead", chain({"activity": "a", "lag": "triangular(0d 0d 5d)"})) == []
    assert places("lead", chain({"activity": "a", "lag": "triangular(-5d -3d 0d)"})) == ["p.b"]


def test_a_lag_of_more_than_twenty_days_is_long_unless_it_has_a_range():
    assert places("long-lag", chain("a FS+20d")) == []
    assert places("long-lag", chain("a FS+21d")) == ["p.b"]
    assert places("long-lag", chain({"activity": "a", "lag": "triangular(30d 40d 90d)"})) == []


STARTED, FINISHED = {"started": "2027-01-04"}, {"started": "2027-01-04", "finished": "2027-01-06"}


@pytest.mark.parametrize("link, before, after, ahead", [
    ("a FS", None, STARTED, True), ("a FS", STARTED, STARTED, True), ("a FS", FINISHED, STARTED, False),
    ("a FS", None, None, False), ("a SS", None, STARTED, True), ("a SS", STARTED, STARTED, False),
    ("a FF", STARTED, STARTED, False), ("a FF", STARTED, FINISHED, True), ("a SF", None, FINISHED, True),
    ("a SF", STARTED, FINISHED, False), ("a FS-2d", STARTED, STARTED, False),
])  # fmt: skip
def test_progress_runs_past_a_link_whose_condition_has_not_happened(link, before, after, ahead):
    a = {"duration": "10d", **({"progress": before} if before else {})}
    b = {"duration": "10d", "after": [link], **({"progress": after} if after else {})}
    checked = program({"a": a, "b": b, "c": {"duration": "5d", "after": ["a", "b"]}}, data_date="2027-01-08")
    assert places("out-of-sequence", checked) == ["p.b"] * ahead
