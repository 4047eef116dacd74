"""Microsoft Project XML file (MSPDI) -> Program: one project, its tasks, links, calendars, progress, costs, notes.

What Project's elements become, and the rules by which the plan is recomputed, are told in docs/guide/mspdi.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from riskmc.errors import ArgumentError, InputError, Problem, ProgramError
from riskmc.io.findings import Findings
from riskmc.io.mspdi.activity import FNLT, MFO, MSO, SNLT, Surroundings, activity
from riskmc.io.mspdi.assignments import WORK, Pool, assignments, pools
from riskmc.io.mspdi.calendar import Calendars, calendars, window
from riskmc.io.mspdi.codes import custom_fields
from riskmc.io.mspdi.fields import Fields, Row, row
from riskmc.io.mspdi.links import ties
from riskmc.io.mspdi.outline import Item, Outline, outline
from riskmc.io.mspdi.stored import TOOL, stored
from riskmc.io.plan_lines import PlanLines, place
from riskmc.io.three_point import recognised
from riskmc.io.xml_source import document, text_of
from riskmc.program.activity import Activity
from riskmc.program.garbage import without_collections
from riskmc.program.moment import Moment
from riskmc.program.origin import Line, Origin, remember
from riskmc.program.plain_words import Place
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.resource import Resource
from riskmc.program.soundness import project_name
from riskmc.program.stored import Stored, remember_stored
from riskmc.program.target import Target

ROOT = "Project"
LONGEST = 60


def read(path: str | Path) -> Program:
    """Return the Program of a Microsoft Project XML file, with a note for each kind of thing left out or assumed.

    Activities are named by their UID, which stays when rows are inserted. Raises InputError, with file, line and what
    was expected, for a file that is no such XML or has fields that make no sense.
    """
    with without_collections():
        return _read(path)


def _read(path: str | Path) -> Program:
    source = document(path)
    if source.root.tag != ROOT:
        message = f"expected the root element {ROOT}, found {source.root.tag[:40]}"
        raise InputError([source.problem(source.root, "", message)])
    findings = Findings(source.file)
    fields = Fields(source, findings)
    try:
        return _program(row(source.root, ROOT), Path(path).stem, fields)
    except ProgramError as error:
        raise InputError(Problem(source.file, 0, place, message) for place, message in error.faults) from None


def _program(at: Row, stem: str, fields: Fields) -> Program:
    root, findings = at.element, fields.findings
    found = outline(root, fields)
    dates = list(_dates(at, found, fields))
    findings.raise_faults()
    known = calendars(root, at, fields, window(dates))
    people = pools(root, fields)
    custom = custom_fields(root)
    codes = {uid: custom.codes(item.row) for uid, item in found.work.items()}
    around = Surroundings(
        fields, known, assignments(root, people, fields), ties(found, fields), codes,
        recognised(dict.fromkeys(title for said in codes.values() for title in said)),
        _honours(at, found, known, fields), set(),
    )  # fmt: skip
    findings.raise_faults()
    made = {uid: made for uid, item in found.work.items() if (made := _activity(item, around)) is not None}
    findings.raise_faults()
    _note(made, at, found, fields)
    title = at["Title"].strip() or Path(at["Name"].strip()).stem or stem
    name = identifier(title)
    program = Program(
        program=title,
        start=Moment(_start(at, dates, fields)),
        currency=at["CurrencyCode"].strip() or at["CurrencySymbol"].strip() or None,
        calendar=known.name("-1"),
        projects={name: _project(title, at, made, around)},
        resources=_resources(people.values(), around, made),
        targets=_targets(name, found, made, fields),
    )
    findings.raise_faults()
    known_dates = {f"{name}.{uid}": stored(found.work[uid], one) for uid, one in made.items()}
    found.forget()
    noted = program.model_copy(update={"calendars": known.used, "notes": findings.sentences()})
    remember_stored(noted, Stored(findings.file, TOOL, known_dates))
    remember(noted, Origin(PlanLines(findings.file, partial(_lines, findings.file, name))))
    return noted


def _lines(file: str, home: str) -> dict[Place, Line]:
    """Return the line of every task by the place of its activity; the file is read again, when a message asks."""
    source = document(file)
    tasks = source.root.iterfind("Tasks/Task")
    return {place(home, text_of(task, "UID")): source.line(task) for task in tasks}


def identifier(title: str) -> str:
    """Return a title as an identifier of a program file: letters, digits, _ and -."""
    return project_name(re.sub(r"[^\w-]+", "_", title).strip("_")[:LONGEST] or "project")


def _dates(at: Row, found: Outline, fields: Fields) -> Iterator[datetime]:
    """Yield the dates between which the plan lies."""
    for name in ("StartDate", "FinishDate"):
        if (date := fields.date(at, name)) is not None:
            yield date
    for item in found.work.values():
        for name in ("Start", "Finish"):
            if (date := fields.date(item.row, name)) is not None:
                yield date


def _start(at: Row, dates: list[datetime], fields: Fields) -> datetime:
    start = fields.date(at, "StartDate")
    if start is None and not dates:
        fields.fault(at, "StartDate", "expected a date like 2027-01-04T08:00:00, found none, nor a task with dates")
    return start or min(dates, default=datetime(2000, 1, 3, 8))


def _activity(item: Item, around: Surroundings) -> Activity | None:
    """Return the activity of a task; None, with its faults at its line, where it makes no sense."""
    try:
        return activity(item, around)
    except ProgramError as error:
        for place, message in error.faults:
            around.fields.fault(item.row, place, message)
    except ArgumentError as error:
        around.fields.fault(item.row, "", str(error))
    return None


def _honours(at: Row, found: Outline, known: Calendars, fields: Fields) -> bool:
    """Return whether dates of constraints win over links: as the file says, or as its own dates show.

    Project writes 0 for this option whatever it is, so a file that says 0 is asked for evidence: a hard constraint
    that its task broke says that links won; one that was kept, and none that was broken, that constraints did.
    """
    if at.flag("HonorConstraints"):
        return True
    kept = False
    for item in found.work.values():
        kind, date = fields.whole(item.row, "ConstraintType"), fields.date(item.row, "ConstraintDate")
        if kind not in (MSO, MFO, SNLT, FNLT) or date is None or item.row["ActualStart"].strip():
            continue
        stands = fields.date(item.row, "EarlyStart" if kind in (MSO, SNLT) else "EarlyFinish")
        if stands is None:
            continue
        late = known.days(item.row["CalendarUID"]).between(date, stands)
        if late > 1:
            return False
        kept = kept or abs(late) <= 1
    return kept


def _project(title: str, at: Row, made: dict[str, Activity], around: Surroundings) -> Project:
    fields = around.fields
    finish = fields.date(at, "FinishDate") if at["ScheduleFromStart"].strip() in ("0", "false") else None
    data_date = _data_date(at, made, fields)
    start = fields.date(at, "StartDate")
    splits = at["SplitsInProgressTasks"].strip() not in ("0", "false")
    words: dict[str, Any] = {
        "name": title,
        "start": None if start is None else Moment(start),
        "data_date": None if data_date is None else Moment(data_date),
        "calendar": around.calendars.name("-1"),
        "must_finish_by": None if finish is None else Moment(finish),
        "lag_calendar": "project",
        "out_of_sequence": "retained_logic" if splits else "progress_override",
        "scheduling": "microsoft",
        "constraints_win": around.honours,
        "float_to": "project",
        "activities": made,
    }
    return Project(**{word: said for word, said in words.items() if said is not None})


def _data_date(at: Row, made: Mapping[str, Activity], fields: Fields) -> datetime | None:
    """Return the status date, or the latest actual date where that is later; None where nothing has begun."""
    actual = [
        moment.at
        for one in made.values()
        if one.progress is not None
        for moment in (one.progress.started, one.progress.finished)
        if moment is not None
    ]
    status, latest = fields.date(at, "StatusDate"), max(actual, default=None)
    if status is not None and latest is not None and latest > status:
        fields.findings.note(f"actual dates lie after the status date; the latest, {latest:%Y-%m-%d}, is the data date")
    return max((date for date in (status, latest) if date is not None), default=None)


def _note(made: Mapping[str, Activity], at: Row, found: Outline, fields: Fields) -> None:
    """Note what a reader of the result should know."""
    if not made:
        fields.findings.note("the file has no tasks")
    if at["ScheduleFromStart"].strip() in ("0", "false"):
        fields.findings.note("the project is scheduled from its finish date")
    status = fields.date(at, "StatusDate") or datetime.min
    for uid in (uid for uid, one in made.items() if one.progress is None):
        if (fields.date(found.work[uid].row, "Start") or datetime.max) < status:
            told = "tasks not started lie before the status date; as in Project, nothing pushes them past it"
            fields.findings.note(told, found.work[uid].title)


def _resources(people: Any, around: Surroundings, made: Mapping[str, Activity]) -> dict[str, Resource]:
    """Return the work resources that are used, with their capacities and calendars."""
    used = {name for one in made.values() for name in one.uses}
    return {pool.name: _resource(pool, around) for pool in people if pool.name in used and pool.kind == WORK}


def _resource(pool: Pool, around: Surroundings) -> Resource:
    calendar = around.calendars.name(pool.calendar)
    return Resource(name=pool.title, capacity=pool.capacity, calendar=calendar, from_plan=True)


def _targets(name: str, found: Outline, made: Mapping[str, Activity], fields: Fields) -> tuple[Target, ...]:
    """Return a target for every deadline."""
    out = []
    for uid in made:
        item = found.work[uid]
        deadline = fields.date(item.row, "Deadline")
        if deadline is not None:
            title = f"Deadline of {item.row['Name'].strip() or uid}"
            out.append(Target(name=title, at=f"{name}.{uid}", finish=Moment(deadline)))
    return tuple(out)
