"""Actual dates after the data date: read at the data date, and told."""

import pytest

from checked import program
from riskmc.analysis.check import check
from riskmc.analysis.check.actuals import without_future_actuals
from riskmc.errors import ProgramError
from riskmc.simulation.engine import simulate

LATE = {"started": "2027-01-04", "finished": "2027-01-20"}


def plan(progress, **words):
    return program({"a": {"duration": "10d", "progress": progress}, "b": {"duration": "5d", "after": ["a"]}}, **words)


def test_a_finish_in_the_future_is_read_at_the_data_date():
    """Data date 8 January, to its end: a is done then, b takes five days from the 8th, as the data date has it."""
    early = plan(LATE, data_date="2027-01-08")
    changed, found = without_future_actuals(early)
    assert found == [("p.a", "finished 2027-01-20, after the data date")]
    assert str(changed.projects["p"].activities["a"].progress.finished) == "2027-01-09T00:00"
    assert (
        simulate(changed, 1).plan.activity_finish["p.b"] == simulate(changed, 1).plan.activity_start["p.b"] + 5 * 1440
    )


def test_a_forecast_still_refuses_it():
    with pytest.raises(ProgramError, match="after the data date"):
        simulate(plan(LATE, data_date="2027-01-08"), 1)
    assert [point.point for point in check(plan(LATE, data_date="2027-01-08"), 64).failed] == [9]


@pytest.mark.parametrize("progress", [{"started": "2027-01-04"}, {"started": "2027-01-04", "finished": "2027-01-08"}])
def test_what_has_happened_by_the_data_date_stays_as_it_is(progress):
    given = plan(progress, data_date="2027-01-08")
    assert without_future_actuals(given) == (given, [])


def test_a_project_goes_by_its_own_data_date():
    given = plan({"started": "2027-01-04", "finished": "2027-01-10"}, data_date="2027-01-12")
    projects = {"p": given.projects["p"].but(data_date="2027-01-06")}
    assert without_future_actuals(given.but(projects=projects))[1] == [
        ("p.a", "finished 2027-01-10, after the data date")
    ]
    assert without_future_actuals(given)[1] == []
