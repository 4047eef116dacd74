"""TASK rows -> activities: duration, milestone, level of effort, constraints, progress, WBS path, activity codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from riskmc.io.findings import Findings, certain, lasting, number, working_time
from riskmc.io.planned_money import Money
from riskmc.io.xer.calendar import STANDARD_DAY
from riskmc.io.xer.fields import Task
from riskmc.io.xer.links import Outside
from riskmc.io.xer.project import ProjectRow
from riskmc.io.xer.tables import Table
from riskmc.program.activity import Activity, Constraint, Progress
from riskmc.program.estimate import Cost
from riskmc.program.link import Link
from riskmc.program.moment import Moment
from riskmc.program.quantity import Quantity

KINDS = ("TT_Task", "TT_Rsrc", "TT_Mile", "TT_FinMile", "TT_LOE")
SUMMARY = "TT_WBS"
STATES = ("TK_NotStart", "TK_Active", "TK_Complete")
MILESTONES = {"TT_Mile": "start", "TT_FinMile": "finish"}
CONSTRAINTS = {
    "CS_MSO": "start_on",
    "CS_MSOA": "start_no_earlier_than",
    "CS_MSOB": "start_no_later_than",
    "CS_MEO": "finish_on",
    "CS_MEOA": "finish_no_earlier_than",
    "CS_MEOB": "finish_no_later_than",
    "CS_MANDSTART": "mandatory_start",
    "CS_MANDFIN": "mandatory_finish",
}
AS_LATE_AS_POSSIBLE = "CS_ALAP"


@dataclass(frozen=True)
class Surroundings:
    """What other tables say of the activities, by task_id; ``calendar`` is name and minutes of a day, by clndr_id.

    ``own_calendar``: the clndr_id on which a resource dependent activity is scheduled, its resources'.
    """

    name: Mapping[str, str]
    calendar: Mapping[str, tuple[str, float]]
    wbs: Mapping[str, str]
    codes: Mapping[str, dict[str, str]]
    links: Mapping[str, Sequence[Link]]
    money: Mapping[str, Money]
    own_calendar: Mapping[str, str]
    outside: Outside
    unscheduled: set[str]
    guids: Mapping[str, str]


def activity(task: Task, around: Surroundings, home: ProjectRow, findings: Findings) -> Activity:
    """Return the activity of a TASK row; what makes no sense in it, or is left out, goes to ``findings``."""
    data_date = home.data_date
    name, day = around.calendar.get(around.own_calendar.get(task.task_id, task.clndr_id), (None, STANDARD_DAY))
    if name is None:
        findings.note("activities whose calendar is not in the file run on the default one", task.task_code)
    fields: dict[str, Any] = {"name": task.task_name.strip() or None, "calendar": name}
    fields["guid"] = around.guids.get(task.task_id)
    fields["after"] = tuple(around.links.get(task.task_id, ()))
    task = _as_of(task, data_date, fields, findings)
    _work(task, fields, findings)
    _constraints(task, fields, findings)
    _expected(task, home, fields, findings)
    if home.external_dates:
        _external_dates(task, around.outside, fields, findings)
    money = around.money.get(task.task_id)
    if task.started:
        fields["progress"] = _progress(task, money, data_date, findings)
    if money:
        fields["cost"] = _cost(task, money, day, findings)
        fields["uses"] = money.uses
    fields["wbs"] = around.wbs.get(task.wbs_id)
    fields["codes"] = around.codes.get(task.task_id, {})
    fields["unscheduled"] = task.task_id in around.unscheduled
    return Activity(**{key: value for key, value in fields.items() if value})


def _as_of(task: Task, data_date: datetime | None, fields: dict[str, Any], findings: Findings) -> Task:
    """Return the task as it stands at the data date: an actual date after it has not happened yet, and is a floor.

    P6 keeps such dates. Work that starts after the data date is not started, and starts no earlier; work that finishes
    after it is not finished, has nothing left to do, and finishes no earlier.
    """
    started = findings.moment(task.act_start_date, task.line, _path(task, "act_start_date"))
    finished = findings.moment(task.act_end_date, task.line, _path(task, "act_end_date"))
    complete = task.status_code == "TK_Complete"
    last = (finished or started) if complete else started
    if not task.started or data_date is None or last is None or last <= data_date:
        return task
    told = "actual dates after the data date have not happened yet: such work starts, or finishes, no earlier"
    findings.note(told, task.task_code)
    floor = Moment(at=last, bare=False)
    if complete and task.task_type != "TT_Mile":
        fields["finish_no_earlier_than"] = floor
    else:
        fields["start_no_earlier_than"] = Constraint(date=floor)
    changed = task._replace(remain_drtn_hr_cnt="0", target_drtn_hr_cnt="0") if complete else task
    if complete and started and started <= data_date:
        return task._replace(status_code="TK_Active", remain_drtn_hr_cnt="0")
    return changed._replace(status_code="TK_NotStart")


def _work(task: Task, fields: dict[str, Any], findings: Findings) -> None:
    """Say what kind of activity it is, and how long it lasts in working time of its own calendar."""
    if task.status_code not in STATES:
        findings.fault(task.line, _path(task, "status_code"), f"expected {_words(STATES)}, found {task.status_code!r}")
    if task.task_type in MILESTONES:
        fields["milestone"] = MILESTONES[task.task_type]
    elif task.task_type == "TT_LOE" and fields["after"]:
        fields["level_of_effort"] = True
    elif task.task_type in KINDS:
        if task.task_type == "TT_LOE":
            findings.note("level of effort without links is read as work that lasts what was planned", task.task_code)
        fields["duration"] = lasting(working_time(_planned(task, findings)))
    else:
        findings.fault(task.line, _path(task, "task_type"), f"expected {_words(KINDS)}, found {task.task_type!r}")


def _planned(task: Task, findings: Findings) -> float:
    """Return the planned duration in minutes: P6 schedules a not started activity by its remaining duration."""
    planned = findings.hours(task.target_drtn_hr_cnt, task.line, _path(task, "target_drtn_hr_cnt"))
    if task.started or not task.remain_drtn_hr_cnt:
        return _positive(planned, task, "target_drtn_hr_cnt", findings)
    remaining = _remaining(task, findings)
    if remaining != planned and task.target_drtn_hr_cnt:
        findings.note(
            "not started, yet the remaining duration differs from the planned one, and is used", task.task_code
        )
    return remaining


def _remaining(task: Task, findings: Findings) -> float:
    minutes = findings.hours(task.remain_drtn_hr_cnt, task.line, _path(task, "remain_drtn_hr_cnt"))
    return _positive(minutes, task, "remain_drtn_hr_cnt", findings)


def _positive(minutes: float, task: Task, column: str, findings: Findings) -> float:
    if minutes < 0:
        findings.fault(task.line, _path(task, column), f"expected hours of 0 or more, found {minutes / 60:g}")
    return max(0.0, minutes)


def _constraints(task: Task, fields: dict[str, Any], findings: Findings) -> None:
    """Read both constraint slots; the first wins where they are of one kind."""
    for kind, text, slot in ((task.cstr_type, task.cstr_date, "cstr"), (task.cstr_type2, task.cstr_date2, "cstr2")):
        if not kind:
            continue
        if kind == AS_LATE_AS_POSSIBLE:
            fields["as_late_as_possible"] = True
        elif kind not in CONSTRAINTS:
            allowed = _words((*CONSTRAINTS, AS_LATE_AS_POSSIBLE))
            findings.fault(task.line, _path(task, f"{slot}_type"), f"expected {allowed}, found {kind!r}")
        elif date := findings.moment(text, task.line, _path(task, f"{slot}_date")):
            word = CONSTRAINTS[kind]
            at = Moment(at=date, bare=False)
            fields.setdefault(word, Constraint(date=at) if word == "start_no_earlier_than" else at)
        else:
            findings.note("constraints without a date are left out", task.task_code)


def _expected(task: Task, home: ProjectRow, fields: dict[str, Any], findings: Findings) -> None:
    """Keep the expected finish of what can still finish."""
    if task.status_code == "TK_Complete" or task.task_type not in ("TT_Task", "TT_Rsrc"):
        return
    expected = findings.moment(task.expect_end_date, task.line, _path(task, "expect_end_date"))
    if expected:
        fields["expected_finish"] = Moment(at=expected, bare=False)
        if not home.use_expected_finish:
            findings.note("expected finishes are kept and set no dates, by the scheduling options", task.task_code)


def _external_dates(task: Task, outside: Outside, fields: dict[str, Any], findings: Findings) -> None:
    """Keep the dates that P6 stored for links outside the file, unless the links to other projects are in it."""
    kept = task.task_id not in outside.inside
    early = findings.moment(task.external_early_start_date, task.line, _path(task, "external_early_start_date"))
    late = findings.moment(task.external_late_end_date, task.line, _path(task, "external_late_end_date"))
    if early and not task.started and (kept or task.task_id in outside.before):
        earlier = fields.get("start_no_earlier_than")
        if earlier is None or earlier.date.at < early:
            fields["start_no_earlier_than"] = Constraint(date=Moment(at=early, bare=False))
            findings.note("start no earlier than the date P6 stored for predecessors outside the file", task.task_code)
    if late and task.status_code != "TK_Complete" and (kept or task.task_id in outside.after):
        fields["needed_by"] = Moment(at=late, bare=False)
        findings.note("needed by the date P6 stored for successors outside the file", task.task_code)


def _progress(task: Task, money: Money | None, data_date: datetime | None, findings: Findings) -> Progress:
    """Return actual dates, remaining duration and actual cost of a started or complete activity."""
    started = findings.moment(task.act_start_date, task.line, _path(task, "act_start_date"))
    finished = findings.moment(task.act_end_date, task.line, _path(task, "act_end_date"))
    complete = task.status_code == "TK_Complete"
    if complete and not finished:
        sentence = "complete without an actual finish: taken as the actual start, else the data date"
        finished = _assumed(task, started or data_date, sentence, findings)
    if not started:
        started = (
            finished
            if complete
            else _assumed(task, data_date, "started without an actual start: taken as the data date", findings)
        )
    remaining = None if complete else certain(working_time(_remaining(task, findings)))
    return Progress(
        started=Moment(at=started, bare=False) if started else None,
        finished=Moment(at=finished, bare=False) if finished and complete else None,
        remaining=remaining,
        resumes=_resumes(task, findings),
        actual_cost=Quantity(_spent(task, money)) if money else None,
        percent=None if complete else _percent(task, findings),
    )


def _percent(task: Task, findings: Findings) -> float | None:
    """Return how much of work under way is done, physical or by its units; None where its duration says it."""
    if task.complete_pct_type == "CP_Phys":
        share = (number(task.phys_complete_pct) or 0.0) / 100
    elif task.complete_pct_type == "CP_Units":
        actual, left = (
            sum(number(units) or 0.0 for units in both)
            for both in ((task.act_work_qty, task.act_equip_qty), (task.remain_work_qty, task.remain_equip_qty))
        )
        share = actual / (actual + left) if actual + left else 0.0
    else:
        return None
    if not 0.0 <= share <= 1.0:
        findings.note("percents complete below 0 or above 100 are left out", task.task_code)
        return None
    return share


def _resumes(task: Task, findings: Findings) -> Moment | None:
    """Return when suspended work goes on."""
    if task.status_code != "TK_Active":
        return None
    date = findings.moment(task.resume_date, task.line, _path(task, "resume_date"))
    if task.suspend_date and not date:
        findings.note("suspended without a date to resume: goes on at the data date", task.task_code)
    return Moment(at=date, bare=False) if date else None


def _spent(task: Task, money: Money) -> float:
    """Return the actual cost; without any duration remaining, what is still to spend counts as spent."""
    done = task.status_code == "TK_Active" and not number(task.remain_drtn_hr_cnt)
    return money.actual + (money.fixed + money.with_time if done else 0.0)


def _assumed(task: Task, date: datetime | None, sentence: str, findings: Findings) -> datetime | None:
    """Return the date that stands in for a missing actual one, noted; a fault where there is none either."""
    findings.note(sentence, task.task_code)
    if date is None:
        findings.fault(task.line, _path(task, "act_start_date"), "expected a date, found none, nor a data date")
    return date


def _cost(task: Task, money: Money, day: float, findings: Findings) -> Cost | None:
    """Return the planned cost, None of complete work; ``day`` is a day's minutes."""
    if task.status_code == "TK_Complete" or (task.status_code == "TK_Active" and not number(task.remain_drtn_hr_cnt)):
        return None
    planned = findings.hours(task.target_drtn_hr_cnt, task.line, _path(task, "target_drtn_hr_cnt"))
    left = findings.hours(
        task.remain_drtn_hr_cnt or task.target_drtn_hr_cnt, task.line, _path(task, "remain_drtn_hr_cnt")
    )
    return money.cost(planned, left, day, bool(task.started), task.task_type == "TT_LOE")


def wbs_paths(table: Table) -> dict[str, str]:
    """Return the dotted WBS path of every PROJWBS row by wbs_id; the project's own node is not part of it."""
    columns = ("wbs_id", "parent_wbs_id", "wbs_short_name", "wbs_name", "proj_node_flag")
    rows = {
        wbs: (parent, short.strip() or name.strip() or wbs)
        for _, wbs, parent, short, name, node in table.select(*columns)
        if node != "Y"
    }
    return {wbs: _wbs_path(wbs, rows) for wbs in rows}


def _wbs_path(wbs: str, rows: Mapping[str, tuple[str, str]]) -> str:
    names: list[str] = []
    while wbs in rows and len(names) <= len(rows):
        names.append(rows[wbs][1])
        wbs = rows[wbs][0]
    return ".".join(reversed(names))


def activity_codes(tables: Mapping[str, Table]) -> dict[str, dict[str, str]]:
    """Return {code type: value} by task_id, the value as its short name."""
    types = {key: name.strip() for _, key, name in tables["ACTVTYPE"].select("actv_code_type_id", "actv_code_type")}
    values = {
        key: (kind, short.strip() or name.strip())
        for _, key, kind, short, name in tables["ACTVCODE"].select(
            "actv_code_id", "actv_code_type_id", "short_name", "actv_code_name"
        )
    }
    found: dict[str, dict[str, str]] = {}
    for _, task_id, kind, value in tables["TASKACTV"].select("task_id", "actv_code_type_id", "actv_code_id"):
        owner, word = values.get(value, (kind, ""))
        if word:
            found.setdefault(task_id, {})[types.get(kind or owner) or kind or owner] = word
    return found


def _path(task: Task, column: str) -> str:
    return f"TASK {task.task_code} {column}"


def _words(allowed: Sequence[str]) -> str:
    return "one of " + ", ".join(allowed)
