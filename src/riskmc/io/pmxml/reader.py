"""Primavera P6 XML file (PMXML, APIBusinessObjects) -> Program: the same rows as an XER file's, read in the same way.

What P6's elements become is told in docs/guide/pmxml.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

from riskmc.errors import InputError, Problem, ProgramError
from riskmc.io.findings import Findings, instant
from riskmc.io.plan_lines import PlanLines
from riskmc.io.pmxml.calendar import Calendars
from riskmc.io.pmxml.tables import ElementFindings, Rows, fill
from riskmc.io.xer.reader import Tables, ids_of, program_of
from riskmc.io.xml_source import document, text_of
from riskmc.program.garbage import without_collections
from riskmc.program.origin import Line, Origin, origin_of, remember
from riskmc.program.plain_words import Place
from riskmc.program.program import Program
from riskmc.program.stored import remember_stored, stored_of

ROOT = "APIBusinessObjects"
BASELINE_DATES = (("StartDate", "PlannedStartDate"), ("FinishDate", "PlannedFinishDate"))


def read(path: str | Path) -> Program:
    """Return the Program of a P6 XML file, with one note for each kind of thing that was left out or assumed.

    Raises InputError, with file, line and what was expected, for a file that is no such XML, without activities, or
    with fields that make no sense.
    """
    with without_collections():
        return _read(Path(path))


def _read(path: Path) -> Program:
    source = document(path)
    findings = ElementFindings(source)
    if source.root.tag != ROOT:
        message = f"expected the root element {ROOT}, found {source.root.tag[:60]!r}"
        raise InputError([source.problem(source.root, "", message)])
    rows = Rows(findings)
    fill(source.root, rows)
    _require_activities(source.root, rows, findings)
    findings.raise_faults()
    try:
        program = program_of(path.stem, (), Tables(rows.tables), findings, _calendars(rows, findings).hours)
    except ProgramError as error:
        raise InputError(Problem(source.file, 0, place, message) for place, message in error.faults) from None
    findings.raise_faults()
    _remember_baselines(program, source.root)
    _remember_lines(program, source.file)
    return program.model_copy(update={"notes": (*program.notes, *findings.sentences())})


def object_ids(file: str) -> dict[str, str]:
    """Return the ObjectId of every activity of a P6 XML file, by its path in the program."""
    rows = Rows(ElementFindings(document(file)))
    fill(rows.findings.document.root, rows)
    return {path: task for path, (task, _) in ids_of(Tables(rows.tables), rows.findings).items()}


def _require_activities(root: Element, rows: Rows, findings: Findings) -> None:
    if not rows.tables["TASK"].rows:
        baselines = " (its baselines alone are no plan)" if root.find("BaselineProject") is not None else ""
        expected = "expected a Project with at least one Activity, found none"
        findings.fault(0, "", f"no activities: {expected}{baselines}")


def _calendars(rows: Rows, findings: ElementFindings) -> Calendars:
    """Return the calendars of the file by the number of their element."""
    table = rows.tables["CALENDAR"]
    return Calendars(((str(line), findings.elements[line]) for line in table.lines), findings)


def _remember_lines(program: Program, file: str) -> None:
    """Let the program know the lines of its activities, by reading the file anew when a message first asks."""
    origin = origin_of(program)
    numbers = {} if origin is None else origin.lines
    remember(program, Origin(PlanLines(file, partial(_lines, file, numbers))))


def _lines(file: str, numbers: Mapping[Place, Line]) -> dict[Place, Line]:
    """Return the lines of elements by their numbers; none where the file is no longer what it was."""
    try:
        findings = ElementFindings(document(file))
    except InputError:
        return {}
    fill(findings.document.root, Rows(findings))
    elements = findings.elements
    return {
        at: findings.document.line(elements[int(number)])
        for at, number in numbers.items()
        if int(number) < len(elements)
    }


def _remember_baselines(program: Program, root: Element) -> None:
    """Add to the stored dates those that each project's current baseline has for the activities of the same codes."""
    found = stored_of(program)
    baselines = {text_of(baseline, "ObjectId"): baseline for baseline in root.iterfind("BaselineProject")}
    if found is None or not baselines:
        return
    dates = dict(found.dates)
    for project in root.iterfind("Project"):
        baseline = baselines.get(text_of(project, "CurrentBaselineProjectObjectId"))
        for activity in () if baseline is None else baseline.iterfind("Activity"):
            path = f"{text_of(project, 'Id')}.{text_of(activity, 'Id')}"
            if path in dates:
                start, finish = (_first(activity, names) for names in BASELINE_DATES)
                dates[path] = replace(dates[path], baseline_start=start, baseline_finish=finish)
    remember_stored(program, replace(found, dates=dates))


def _first(activity: Element, names: tuple[str, ...]) -> datetime | None:
    """Return the first date that an element has of these; None where it has none that makes sense."""
    for name in names:
        try:
            return instant(text_of(activity, name))
        except ValueError:
            continue
    return None
