"""User-defined fields of P6 (UDFTYPE, UDFVALUE): three-point durations become ranges, texts activity codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from riskmc.errors import InputError
from riskmc.io.findings import Findings
from riskmc.io.three_point import Said, UserFields, recognised, with_user_fields
from riskmc.io.xer.tables import Table
from riskmc.program.program import Program

_ACTIVITIES = ("TASK", "Activity")
_TEXTS = ("FT_TEXT", "Text")
_LONGEST = 255


@dataclass(frozen=True)
class _Type:
    title: str
    text: bool


def with_udfs(
    program: Program, tables: Mapping[str, Table], paths: Mapping[str, tuple[str, str]], findings: Findings
) -> Program:
    """Return a program with the user-defined fields of its activities; ``paths`` gives project and code by task_id.

    Fields of three points become ranges, those of text activity codes by their title, unless there is such a code.
    What contradicts goes to ``findings``.
    """
    types = _types(tables["UDFTYPE"])
    said = _values(tables["UDFVALUE"], types, paths) if types else {}
    if not said:
        return program
    names = recognised({found.title: 0 for found in types.values()})
    texts = {found.title for found in types.values() if found.text} - {*(names or ())}
    coded = _coded(program, said, texts) if texts else program
    try:
        return with_user_fields(coded, UserFields(findings.file, said), names)
    except InputError as error:
        for problem in error.problems:
            findings.fault(problem.line, problem.path, problem.message)
        return program


def _types(table: Table) -> dict[str, _Type]:
    """Return the types of fields that activities have, by udf_type_id."""
    columns = ("udf_type_id", "table_name", "udf_type_name", "udf_type_label", "logical_data_type")
    return {
        key: _Type(" ".join((label or name).split()), kind in _TEXTS)
        for _, key, of, name, label, kind in table.select(*columns)
        if of in _ACTIVITIES and (label or name).strip()
    }


def _values(
    table: Table, types: Mapping[str, _Type], paths: Mapping[str, tuple[str, str]]
) -> dict[str, dict[str, Said]]:
    """Return what the fields say, by activity path and title."""
    said: dict[str, dict[str, Said]] = {}
    for line, key, task, number, text in table.select("udf_type_id", "fk_id", "udf_number", "udf_text"):
        value = (number or text).strip()
        if value and key in types and task in paths:
            said.setdefault(".".join(paths[task]), {})[types[key].title] = Said(value, int(line))
    return said


def _coded(program: Program, said: Mapping[str, Mapping[str, Said]], titles: set[str]) -> Program:
    """Return a program whose activities have the texts of these fields among their codes."""
    projects = {}
    for home, project in program.projects.items():
        activities = dict(project.activities)
        for name, activity in activities.items():
            fields = said.get(f"{home}.{name}", {})
            more = {title: found.text[:_LONGEST] for title, found in fields.items() if title in titles}
            if more.keys() - activity.codes.keys():
                activities[name] = activity.model_copy(update={"codes": {**more, **activity.codes}})
        projects[home] = project.model_copy(update={"activities": activities})
    return program.model_copy(update={"projects": projects})
