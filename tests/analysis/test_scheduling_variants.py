"""The rules by which a plan could have been scheduled instead: only those that can change a date of it are tried."""

import riskmc as rm
from riskmc.analysis.scheduling_variants import variants


def plan(**words):
    activities = words.pop("activities", {"a": {"duration": "5d"}, "b": {"duration": "2d", "after": ["a"]}})
    home = {"activities": activities, **words.pop("home", {})}
    return rm.Program(program="Demo", start="2027-01-04", projects={"p": home, **words.pop("projects", {})}, **words)


def rules(program, differing=()):
    return [variant.rule for variant in variants(program, differing)]


def test_a_plain_plan_has_open_ends_alone_to_try():
    assert rules(plan()) == ["open ends are critical"]


def test_lags_are_tried_on_the_three_other_calendars():
    lagged = {"a": {"duration": "5d"}, "b": {"duration": "2d", "after": ["a +2d"]}}
    found = [rule for rule in rules(plan(activities=lagged)) if "lags run on" in rule]
    assert [rule.split()[-2] for rule in found] == ["successor's", "project's", "24-hour"]
    found = [rule for rule in rules(plan(activities=lagged, home={"lag_calendar": "24h"})) if "lags run on" in rule]
    assert [rule.split()[-2] for rule in found] == ["predecessor's", "successor's", "project's"]


def test_progress_is_tried_out_of_sequence_by_the_other_rules():
    begun = {"a": {"duration": "5d", "progress": {"started": "2027-01-04"}}, "b": {"duration": "1d", "after": ["a"]}}
    found = rules(plan(activities=begun, data_date="2027-01-05"))
    assert {"progress override", "out-of-sequence progress by actual dates"} <= set(found)
    assert "start lags of started work count from its actual start" in found
    assert "retained logic" not in found


def test_constraints_are_tried_on_the_activities_that_differ_alone():
    held = {code: {"duration": "5d", "start_no_earlier_than": "2027-02-01"} for code in "ab"}
    program = plan(activities=held)
    assert "the start-no-earlier-than date is not honoured" not in rules(program)
    (found,) = [v for v in variants(program, ["p.b"]) if "start-no-earlier-than" in v.rule]
    changed = found.program().activities()
    assert changed["p.b"].start_no_earlier_than is None
    assert changed["p.a"].start_no_earlier_than is not None


def test_a_must_finish_by_date_is_taken_away_everywhere():
    (found,) = [v for v in variants(plan(home={"must_finish_by": "2027-02-01"}), ()) if "must-finish-by" in v.rule]
    assert {project.must_finish_by for project in found.program().projects.values()} == {None}


def test_several_projects_are_tried_with_float_to_their_own_finish():
    other = {"q": {"activities": {"c": {"duration": "9d"}}}}
    assert "float is measured to the finish of each project" in rules(plan(projects=other))


def test_a_planned_start_after_the_data_date_is_tried_from_the_data_date():
    program = plan(home={"start": "2027-02-01", "data_date": "2027-01-04"})
    (found,) = [v for v in variants(program, ()) if v.rule == "work starts at the data date, before the planned start"]
    assert str(found.program().projects["p"].start) == "2027-01-04"
    assert "work starts at the data date, before the planned start" not in rules(plan())
