"""PROJECT and SCHEDOPTIONS rows -> what a project of the file says of itself: dates, default calendar, options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from riskmc.io.findings import Findings, unique
from riskmc.io.xer.fields import Task
from riskmc.io.xer.tables import Row, Table
from riskmc.program.project import FloatAs, FloatTo, LagFrom, OutOfSequence
from riskmc.program.soundness import project_name

LAG_CALENDARS = {
    "rcal_Predecessor": "predecessor",
    "rcal_Successor": "successor",
    "rcal_24Hour": "24h",
    "rcal_ProjDefault": "project",
}
FLOATS: Mapping[str, FloatAs] = {
    "FT_FF": "finish",
    "FT_SS": "start",
    "FT_SF": "start",
    "FT_Min": "least",
    "FT_MIN": "least",
}
OPTIONS = (
    "proj_id",
    "sched_calendar_on_relationship_lag",
    "sched_retained_logic",
    "sched_progress_override",
    "sched_use_project_end_date_for_float",
    "sched_lag_early_start_flag",
    "sched_outer_depend_type",
    "sched_open_critical_flag",
    "sched_use_expect_end_flag",
    "sched_float_type",
)


@dataclass(frozen=True)
class ProjectRow:
    """One project with activities: ``name`` is its identifier in the program, ``title`` what people call it."""

    name: str
    title: str | None
    calendar: str
    data_date: datetime | None
    start: datetime | None
    must_finish_by: datetime | None
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def lag_calendar(self) -> str:
        """The calendar that lags run on: predecessor unless the scheduling options say otherwise."""
        return LAG_CALENDARS.get(self.options.get("sched_calendar_on_relationship_lag", ""), "predecessor")

    @property
    def out_of_sequence(self) -> OutOfSequence:
        """How out-of-sequence progress is scheduled: P6 calls it actual dates where neither of the others is chosen."""
        if self.options.get("sched_progress_override") == "Y":
            return "progress_override"
        return "actual_dates" if self.options.get("sched_retained_logic") == "N" else "retained_logic"

    @property
    def float_to(self) -> FloatTo:
        """The finish that float is measured to: each project's own, unless the options take all that are open."""
        return "program" if self.options.get("sched_use_project_end_date_for_float") == "N" else "project"

    @property
    def lag_from(self) -> LagFrom:
        """Whence a lag from the start of a started predecessor counts."""
        return "actual_start" if self.options.get("sched_lag_early_start_flag") == "N" else "early_start"

    @property
    def open_ends_critical(self) -> bool:
        """Whether activities without successors have no float."""
        return self.options.get("sched_open_critical_flag") == "Y"

    @property
    def use_expected_finish(self) -> bool:
        """Whether expected finishes set dates: yes, unless the scheduling options say no."""
        return self.options.get("sched_use_expect_end_flag", "Y") == "Y"

    @property
    def float_as(self) -> FloatAs:
        """Which float is the total float, where start and finish differ: the finish's, unless the options choose."""
        return FLOATS.get(self.options.get("sched_float_type", ""), "finish")

    @property
    def external_dates(self) -> bool:
        """Whether dates that P6 stored for links to projects outside the file count."""
        return self.options.get("sched_outer_depend_type") != "SD_None"

    @property
    def first_day(self) -> datetime | None:
        """The planned start, or the data date where there is none."""
        return self.start or self.data_date


def project_rows(tables: Mapping[str, Table], tasks: Mapping[str, Task], findings: Findings) -> dict[str, ProjectRow]:
    """Return the projects that have activities, by proj_id, in file order; the others are noted.

    A project without a PROJECT row is kept, named by its proj_id. Scheduling options are the project's own row, or
    else the file's first one: P6 exports one row for projects that were scheduled together.
    """
    rows = _with_missing_rows(tables["PROJECT"], tasks, findings)
    names = unique((proj, project_name(row[2].strip() or proj)) for proj, row in rows.items())
    titles, options = _titles(tables["PROJWBS"]), _options(tables["SCHEDOPTIONS"])
    working = {task.proj_id for task in tasks.values()}
    found = {}
    for proj, row in rows.items():
        if proj in working:
            found[proj] = _project(row, names[proj], titles.get(proj), options, findings)
            _note_options(found[proj], proj in options, findings)
        else:
            findings.note("projects without activities are skipped", names[proj])
    return found


def _with_missing_rows(table: Table, tasks: Mapping[str, Task], findings: Findings) -> dict[str, Row]:
    """Return (line, proj_id, short name, calendar, data date, start, end) by proj_id, empty without a row."""
    columns = ("proj_id", "proj_short_name", "clndr_id", "last_recalc_date", "plan_start_date", "plan_end_date")
    rows = {row[1]: row for row in table.select(*columns)}
    for task in tasks.values():
        if task.proj_id not in rows:
            rows[task.proj_id] = (task.line, task.proj_id, "", "", "", "", "")
            findings.note("projects without a PROJECT row are named by their number", task.proj_id)
    return rows


def _project(
    row: Row, name: str, title: str | None, options: Mapping[str, Mapping[str, str]], findings: Findings
) -> ProjectRow:
    line, proj_id, _, calendar, data_date, start, end = row
    chosen = options.get(proj_id) or next(iter(options.values()), {})
    must_finish_by = findings.moment(end, line, f"PROJECT {name} plan_end_date")
    if must_finish_by and chosen.get("sched_use_project_end_date_for_float", "Y") != "Y":
        findings.note("must-finish-by dates are left out, as the scheduling options do not use them", name)
        must_finish_by = None
    return ProjectRow(
        name=name,
        title=title,
        calendar=calendar,
        data_date=findings.moment(data_date, line, f"PROJECT {name} last_recalc_date"),
        start=findings.moment(start, line, f"PROJECT {name} plan_start_date"),
        must_finish_by=must_finish_by,
        options=chosen,
    )


def _note_options(project: ProjectRow, own: bool, findings: Findings) -> None:
    """Note the scheduling options that are assumed, and that they leave links out."""
    options = project.options
    if not options:
        findings.note("projects without scheduling options are read with P6's defaults", project.name)
    elif not own:
        findings.note(
            "projects without scheduling options of their own are read with the file's first ones", project.name
        )
    if not project.external_dates:
        findings.note("links to projects outside the file do not count, by the scheduling options", project.name)


def _titles(table: Table) -> dict[str, str]:
    """Return the name of each project by proj_id: that of its own node in the WBS, where it has one."""
    rows = table.select("proj_id", "proj_node_flag", "wbs_name")
    return {proj_id: name.strip() for _, proj_id, node, name in rows if node == "Y" and name.strip()}


def _options(table: Table) -> dict[str, dict[str, str]]:
    """Return the scheduling options by proj_id; those that the file leaves empty are not in."""
    rows = (dict(zip(OPTIONS, row[1:], strict=True)) for row in table.select(*OPTIONS))
    return {row["proj_id"]: {name: value for name, value in row.items() if value} for row in rows}
