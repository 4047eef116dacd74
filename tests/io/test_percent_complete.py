"""Percent complete of plan files: physical or by units where the file says so, else what the duration says."""

import pytest

import riskmc as rm
from converted import trip
from mspdi_plans import MONDAY
from mspdi_plans import read as read_mspdi
from mspdi_plans import task as mspdi_task
from pmxml_plans import changed, read_text
from riskmc.analysis.conversion.converting import converted
from riskmc.io.xer import reader as xer
from riskmc.program.stored import stored_of
from stored_plans import task, written
from xer_plans import plan

UNDER_WAY = {"status_code": "TK_Active", "act_start_date": "2027-01-04 08:00", "remain_drtn_hr_cnt": "30"}


def read(folder, **words):
    """Return the progress of the one activity of a P6 plan, and what is noted of it."""
    rows = [task("A", 10, **{**UNDER_WAY, **words})]
    found, notes = xer.read_with_notes(written(folder / "plan.xer", rows, data_date="11 08:00"))
    return found.activities()["PLAN.A"].progress, notes


def test_a_physical_percent_of_p6_is_that_of_work_under_way(tmp_path):
    assert read(tmp_path, complete_pct_type="CP_Phys", phys_complete_pct="12.5")[0].percent == 0.125
    assert read(tmp_path, complete_pct_type="CP_Phys", phys_complete_pct="")[0].percent == 0.0


def test_a_percent_of_units_of_p6_is_what_is_worked_of_all_units(tmp_path):
    units = {"complete_pct_type": "CP_Units", "phys_complete_pct": "90"}
    assert read(tmp_path, **units, act_work_qty="30", remain_work_qty="90")[0].percent == 0.25
    assert read(tmp_path, **units)[0].percent == 0.0


def test_a_percent_of_the_duration_stays_to_be_counted_from_it(tmp_path):
    assert read(tmp_path, complete_pct_type="CP_Drtn", phys_complete_pct="90")[0].percent is None


def test_complete_work_is_complete_whatever_its_physical_percent(tmp_path):
    done = {"status_code": "TK_Complete", "act_end_date": "2027-01-08 17:00", "remain_drtn_hr_cnt": "0"}
    assert read(tmp_path, complete_pct_type="CP_Phys", phys_complete_pct="40", **done)[0].percent is None


@pytest.mark.parametrize("wrong", ["-1", "100.5"])
def test_a_percent_that_cannot_be_is_left_out_and_said(tmp_path, wrong):
    progress, notes = read(tmp_path, complete_pct_type="CP_Phys", phys_complete_pct=wrong)
    assert progress.percent is None
    assert any("percents complete below 0 or above 100 are left out (A)" in note for note in notes)


def test_p6_xml_holds_the_physical_percent_as_a_share(tmp_path):
    said = (
        "<Status>In Progress</Status><ActualStartDate>2027-01-01T08:00:00</ActualStartDate>"
        "<PercentCompleteType>{}</PercentCompleteType><PhysicalPercentComplete>0.4</PhysicalPercentComplete>"
        "<ActualLaborUnits>10</ActualLaborUnits><RemainingLaborUnits>20</RemainingLaborUnits>"
        "<ActualNonLaborUnits>2</ActualNonLaborUnits><RemainingNonLaborUnits>8</RemainingNonLaborUnits>"
    )
    old = "<Status>Not Started</Status>"
    for kind, share in (("Physical", 0.4), ("Units", 0.3), ("Duration", None)):
        found = read_text(tmp_path, changed(old, said.format(kind)))
        begun = [one.progress for one in found.activities().values() if one.progress is not None]
        assert [one.percent for one in begun if one.finished is None] == [share]


def test_microsoft_project_earns_by_the_physical_percent_only_where_the_task_says_so(tmp_path):
    begun = {"ActualStart": MONDAY, "PercentComplete": 50, "RemainingDuration": "PT8H0M0S"}
    begun["PhysicalPercentComplete"] = 30
    for method, share in ((1, 0.3), (0, None)):
        found = read_mspdi(tmp_path, mspdi_task(1, 16, **begun, EarnedValueMethod=method))
        assert [one.progress.percent for one in found.activities().values()] == [share]


def under_way(percent):
    work = {"duration": "10d", "progress": {"started": "2027-01-04T08:00", "remaining": "6d", "percent": percent}}
    projects = {"p": {"activities": {"a": work, "b": {"duration": "5d", "after": ["a"]}}}}
    return rm.Program(program="Under way", start="2027-01-04", data_date="2027-01-11", projects=projects)


@pytest.mark.parametrize("kind", ["xer", "xml"])
def test_a_percent_complete_stays_through_a_file_of_a_planning_tool(tmp_path, kind):
    back = trip(under_way("35%"), tmp_path, kind).back
    assert [one.progress.percent for one in back.activities().values() if one.progress] == [0.35]


def test_what_a_file_does_not_hold_of_a_percent_is_told():
    def told(to, percent):
        return [str(loss) for loss in converted(under_way(percent), to).losses if "percent" in str(loss)]

    assert told("a.csv", "35%") == ["percents complete are left out (p.a)"]
    assert told("a.xml", "35.4%") == ["percents complete are rounded to whole ones (p.a)"]
    assert told("a.xml", "35%") == told("a.xer", "35.4%") == told("a.yaml", "35.4%") == []


def test_contingency_that_a_plan_file_does_not_hold_is_told_apart_from_other_costs():
    costs = {"site": "4M", "held": {"fixed": "2M", "contingency": True}}
    losses = [str(loss) for loss in converted(under_way("35%").but(costs=costs), "a.xer").losses]
    assert "costs that hang on no activity are left out (site)" in losses
    assert "cost contingency is left out (held)" in losses


def test_the_planned_cost_of_work_of_p6_is_that_of_its_assignments_and_expenses():
    dates = stored_of(plan("costs")[0]).dates
    assert {code: dates[f"MONEY.{code}"].planned_cost for code in ("DONE", "HALF", "FIXED", "MILE")} == {
        "DONE": 4000, "HALF": 8000 + 400, "FIXED": 4000 + 1000 + 250, "MILE": 300,
    }  # fmt: skip


def test_the_planned_cost_in_a_baseline_of_microsoft_project_is_counted_in_hundredths(tmp_path):
    baseline = {"Number": 0, "Start": MONDAY, "Finish": "2027-01-05T17:00:00", "Cost": "125000"}
    found = read_mspdi(tmp_path, mspdi_task(1, 16, Baseline=baseline), mspdi_task(2, 16))
    assert [one.planned_cost for one in stored_of(found).dates.values()] == [1250.0, None]


def test_planned_costs_that_a_plan_file_kept_of_begun_work_are_told_when_they_are_left_out():
    losses = [str(loss) for loss in converted(plan("costs")[0], "a.xer").losses]
    assert any("planned costs of work that has begun" in loss and "MONEY.HALF, MONEY.DONE" in loss for loss in losses)
