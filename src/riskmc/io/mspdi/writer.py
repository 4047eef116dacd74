"""Program -> Microsoft Project XML file (MSPDI): calendars, an outline of tasks, links, constraints, progress, costs.

The program is a plan in Project's own terms: durations, lags and remaining work in hours or minutes, a calendar for
every activity, single costs (`riskmc.analysis.conversion` makes it one). What stands where is told in
docs/guide/convert.md. UIDs are those of a plan of Project's own, else follow the order of the program; GUIDs follow its
paths: the same program gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from riskmc.io.mspdi.writer_calendar import calendar_elements
from riskmc.io.mspdi.writer_constraints import constraints_win, pulls_back
from riskmc.io.mspdi.writer_cost import money
from riskmc.io.mspdi.writer_fields import CustomFields
from riskmc.io.mspdi.writer_outline import Line, numbered, outline
from riskmc.io.mspdi.writer_task import TaskWriter
from riskmc.io.mspdi.writer_text import Element, document, flag, time_text
from riskmc.io.plan_text import name_of
from riskmc.program.program import Program
from riskmc.program.stored import StoredDates

NAMESPACE = "http://schemas.microsoft.com/project"
_TITLE = 255


def file_bytes(program: Program, dates: Mapping[str, StoredDates]) -> bytes:
    """Return the bytes of an MSPDI file of a plan; ``dates`` are stored as those that Project has computed."""
    calendars, calendar_uids = calendar_elements(program.calendars)
    lines = list(outline(program).rows())
    numbers = numbered(program, lines)
    uids = {line.path: uid for line, uid in zip(lines, numbers, strict=True) if line.path is not None}
    costs = money(program, uids, calendar_uids, dates)
    fields, wins = CustomFields(program), constraints_win(program)
    writer = TaskWriter(program, dates, calendar_uids, uids, costs.spending, fields, wins, pulls_back(program))
    root, tasks = Element("Project"), Element("Tasks")
    _options(root, program, writer, lines[0], calendar_uids)
    tasks.put(*(writer.task(line, numbers[place], place) for place, line in enumerate(lines)))
    root.put(fields.definitions(), calendars, tasks, costs.resources, costs.assignments)
    return document(root, NAMESPACE)


def _options(
    root: Element, program: Program, writer: TaskWriter, whole: Line, calendar_uids: Mapping[str, str]
) -> None:
    """Add what the file says of the project as a whole."""
    starts = [project.start.at for project in program.projects.values() if project.start]
    status = [project.data_date.at for project in program.projects.values() if project.data_date]
    calendar = program.calendars[program.calendar]
    day, week = calendar.hours_per_day or 8.0, calendar.hours_per_week or 40.0
    month = calendar.hours_per_month or week * 52 / 12
    override = {project.out_of_sequence for project in program.projects.values()} == {"progress_override"}
    finish: datetime | None = writer.span(whole.work())[1]
    root.add(
        SaveVersion="14",
        Name=name_of(program.program, _TITLE),
        Title=name_of(program.program, _TITLE),
        ScheduleFromStart="1",
        StartDate=time_text(min(starts, default=None)),
        FinishDate=time_text(finish),
        CriticalSlackLimit="0",
        CurrencyDigits="2",
        CurrencySymbol=name_of(program.currency or "", 20) or None,
        CurrencyCode=name_of(program.currency or "", 3) or None,
        CalendarUID=calendar_uids[program.calendar],
        MinutesPerDay=str(round(day * 60)),
        MinutesPerWeek=str(round(week * 60)),
        DaysPerMonth=str(round(month / day)),
        DefaultTaskType="1",
        DurationFormat="7",
        HonorConstraints=flag(writer.wins),
        SplitsInProgressTasks=flag(not override),
        StatusDate=time_text(min(status, default=None)),
        NewTasksAreManual="0",
    )
