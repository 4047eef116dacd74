"""Primavera P6 XER file -> Program: projects, activities, links, calendars, constraints, progress, codes, costs.

``read`` gives the program, ``read_with_notes`` also what was left out or assumed. What P6's fields become, and what is
not read, is told in docs/guide/xer.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from sys import intern

from riskmc.errors import InputError, Problem, ProgramError
from riskmc.io.findings import Findings, unique
from riskmc.io.guid import guid
from riskmc.io.plan_lines import PlanLines, place
from riskmc.io.xer.activity import SUMMARY, Surroundings, activity, activity_codes, wbs_paths
from riskmc.io.xer.calendar import CalendarRow, HoursOf, calendars, working_hours
from riskmc.io.xer.cost import ResourceRow, currency, money, resource_calendars, resources
from riskmc.io.xer.fields import Task
from riskmc.io.xer.links import links
from riskmc.io.xer.project import ProjectRow, project_rows
from riskmc.io.xer.stored import stored
from riskmc.io.xer.tables import Row, Table, tables
from riskmc.io.xer.udf import with_udfs
from riskmc.program.activity import Activity
from riskmc.program.garbage import without_collections
from riskmc.program.moment import Moment
from riskmc.program.origin import Origin, remember
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.resource import Resource
from riskmc.program.stored import remember_stored


class Tables(dict[str, Table]):
    """Tables by name; a table that the file does not have is empty."""

    def __missing__(self, name: str) -> Table:
        return Table(name)


def read(path: str | Path) -> Program:
    """Return the Program of an XER file.

    Raises InputError, with file, line and what was expected, for a file that is not XER, empty, truncated, without
    activities, or with fields that make no sense.
    """
    return read_with_notes(path)[0]


def read_with_notes(path: str | Path) -> tuple[Program, tuple[str, ...]]:
    """Return the Program of an XER file, and one sentence for each kind of thing that was left out or assumed."""
    findings = Findings(str(path))
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise InputError([Problem(findings.file, 0, "", f"cannot be read: {error.strerror or error}")]) from None
    try:
        with without_collections():
            header, found = tables(content, findings.file)
            del content
            program = program_of(Path(path).stem, header, Tables(found), findings)
    except ProgramError as error:
        raise InputError(Problem(findings.file, 0, place, message) for place, message in error.faults) from None
    return program, findings.sentences()


def task_ids(content: bytes, file: str) -> dict[str, tuple[str, str]]:
    """Return (task_id, proj_id) of every activity of an XER file's bytes, by its path in the program."""
    return ids_of(Tables(tables(content, file)[1]), Findings(file))


def ids_of(found: Tables, findings: Findings) -> dict[str, tuple[str, str]]:
    """Return (task_id, proj_id) of every activity in the tables of a plan, by its path in the program."""
    tasks = _tasks(found["TASK"], findings)
    paths = _paths(tasks, project_rows(found, tasks, findings), findings)
    return {".".join(path): (task_id, tasks[task_id].proj_id) for task_id, path in paths.items()}


def program_of(stem: str, header: Row, tables: Tables, findings: Findings, hours: HoursOf = working_hours) -> Program:
    """Return the Program in the tables of a plan; what was left out or assumed, and faults, go to ``findings``.

    ``hours`` reads the field ``clndr_data`` of a calendar, which another format than XER writes in its own way.
    """
    tasks = _tasks(tables["TASK"], findings)
    tables["TASK"].rows.clear()  # kept as Tasks; a large file would be twice in memory
    tables["TASK"].lines.clear()
    rows = project_rows(tables, tasks, findings)
    pools = resources(tables, findings)
    used = [row.calendar for row in rows.values()] + [pool.calendar for pool in pools.values()]
    found = calendars(tables["CALENDAR"], [task.clndr_id for task in tasks.values()] + used, findings, hours)
    paths = _paths(tasks, rows, findings)
    around = _surroundings(tables, tasks, paths, found, pools, findings)
    projects = _projects(tasks, rows, found, around, findings)
    start = _first_day(rows.values(), findings)
    findings.raise_faults()
    titles = [row.title or row.name for row in rows.values()]
    program = Program(
        program=titles[0] if len(titles) == 1 else stem,
        start=Moment(at=start, bare=False),
        currency=currency(header, tables["CURRTYPE"], findings),
        calendars={row.name: row.calendar for row in found.values()},
        projects=projects,
        resources={pool.name: _resource(pool, found) for pool in pools.values()},
    )
    program = with_udfs(program, tables, paths, findings)
    findings.raise_faults()
    remember_stored(program, stored(findings.file, tasks, paths, around.money))
    lines = {place(*path): int(tasks[task_id].line) for task_id, path in paths.items()}
    remember(program, Origin(PlanLines(findings.file, lambda: lines)))
    return program


def _tasks(table: Table, findings: Findings) -> dict[str, Task]:
    """Return the activities by task_id; WBS summaries are left out, a file without activities is refused."""
    tasks: dict[str, Task] = {}
    for task in (Task._make(map(intern, row)) for row in table.select(*Task._fields[1:])):
        if task.task_type == SUMMARY:
            findings.note("WBS summaries are left out, as their dates follow from the work below them", task.task_code)
        elif task.task_id in tasks:
            findings.fault(
                task.line, f"TASK {task.task_code} task_id", f"expected a new number, found {task.task_id} again"
            )
        else:
            tasks[task.task_id] = task
    if not tasks:
        found = "a TASK table without any" if table.columns else "no TASK table"
        line = int(table.lines[-1]) if table.lines else 0
        findings.fault(line, "", f"no activities: expected a TASK table with at least one activity, found {found}")
    findings.raise_faults()
    return tasks


def _surroundings(
    tables: Tables,
    tasks: Mapping[str, Task],
    paths: Mapping[str, tuple[str, str]],
    found: Mapping[str, CalendarRow],
    pools: Mapping[str, ResourceRow],
    findings: Findings,
) -> Surroundings:
    """Return what the other tables say of the activities."""
    into, outside = links(tables["TASKPRED"], tasks, paths, findings)
    tables["TASKPRED"].rows.clear()
    tables["TASKPRED"].lines.clear()
    return Surroundings(
        name={task_id: activity for task_id, (_, activity) in paths.items()},
        calendar={key: (row.name, row.day_minutes) for key, row in found.items()},
        wbs=wbs_paths(tables["PROJWBS"]),
        codes=activity_codes(tables),
        links=into,
        money=money(tables, tasks, pools, findings),
        outside=outside,
        own_calendar=resource_calendars(tables, tasks, found, findings),
        unscheduled=_unscheduled(tasks.values(), findings),
        guids=_guids(tasks.values(), findings),
    )


def _guids(tasks: Iterable[Task], findings: Findings) -> dict[str, str]:
    """Return the GUID of each activity by task_id; of repeated ones only the first activity keeps it."""
    first: dict[str, Task] = {}
    named = [(found, task) for task in tasks if (found := guid(task.guid))]
    repeated = [task.task_code for found, task in named if first.setdefault(found, task) is not task]
    if repeated:
        findings.note("GUIDs that repeat are left out of all but the first activity", *repeated)
    return {task.task_id: found for found, task in first.items()}


def _paths(tasks: Mapping[str, Task], rows: Mapping[str, ProjectRow], findings: Findings) -> dict[str, tuple[str, str]]:
    """Return (project, activity) by task_id: the codes as the file has them, repeated ones numbered."""
    by_project: dict[str, list[tuple[str, str]]] = {proj_id: [] for proj_id in rows}
    for task_id, task in tasks.items():
        by_project[task.proj_id].append((task_id, task.task_code.strip() or task_id))
    paths = {}
    for proj_id, wanted in by_project.items():
        names = unique(wanted)
        paths.update({task_id: (rows[proj_id].name, name) for task_id, name in names.items()})
        repeated = [names[task_id] for task_id, code in wanted if names[task_id] != code]
        if repeated:
            findings.note("activity codes that repeat within a project are numbered", *repeated)
    return paths


def _unscheduled(tasks: Collection[Task], findings: Findings) -> set[str]:
    """Return the task_ids of what P6 never scheduled: not started, no early dates though others have them."""
    blank = {
        task.task_id: task.task_code
        for task in tasks
        if not (task.started or task.early_start_date or task.early_end_date)
    }
    if not any(task.early_start_date or task.early_end_date for task in tasks):
        return set()
    if blank:
        sentence = "activities that P6 never scheduled (without early dates) are kept, and left out of forecasts"
        findings.note(sentence, *blank.values())
    return set(blank)


def _projects(
    tasks: Mapping[str, Task],
    rows: Mapping[str, ProjectRow],
    found: Mapping[str, CalendarRow],
    around: Surroundings,
    findings: Findings,
) -> dict[str, Project]:
    activities: dict[str, dict[str, Activity]] = {proj_id: {} for proj_id in rows}
    for task_id, task in tasks.items():
        try:
            made = activity(task, around, rows[task.proj_id], findings)
        except ProgramError as error:
            for place, message in error.faults:
                findings.fault(task.line, f"TASK {task.task_code} {place}".strip(), message)
        else:
            activities[task.proj_id][around.name[task_id]] = made
    return {row.name: _project(row, activities[proj_id], found) for proj_id, row in rows.items()}


def _project(row: ProjectRow, activities: dict[str, Activity], found: Mapping[str, CalendarRow]) -> Project:
    return Project(
        name=row.title,
        start=_moment(row.start),
        data_date=_moment(row.data_date),
        calendar=found[row.calendar].name if row.calendar in found else None,
        must_finish_by=_moment(row.must_finish_by),
        lag_calendar=row.lag_calendar,
        out_of_sequence=row.out_of_sequence,
        float_to=row.float_to,
        lag_from=row.lag_from,
        open_ends_critical=row.open_ends_critical,
        use_expected_finish=row.use_expected_finish,
        float_as=row.float_as,
        activities=activities,
    )


def _first_day(rows: Iterable[ProjectRow], findings: Findings) -> datetime:
    """Return the earliest planned start of a project; a file without any is refused."""
    days = [row.first_day for row in rows if row.first_day]
    if not days:
        findings.fault(
            0, "PROJECT", "expected a planned start (plan_start_date) or a data date (last_recalc_date), found none"
        )
    return min(days, default=datetime.min)


def _resource(pool: ResourceRow, found: Mapping[str, CalendarRow]) -> Resource:
    calendar = found[pool.calendar].name if pool.calendar in found else None
    return Resource(name=pool.title or None, capacity=pool.capacity, calendar=calendar, from_plan=True)


def _moment(at: datetime | None) -> Moment | None:
    return Moment(at=at, bare=False) if at else None
