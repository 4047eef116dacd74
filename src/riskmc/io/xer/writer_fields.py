"""Three-point durations -> user-defined fields of an XER file (UDFTYPE, UDFVALUE), in working days of the activity."""

from __future__ import annotations

from dataclasses import dataclass, field

from riskmc.io.xer.writer_project import Structure
from riskmc.io.xer.writer_tables import TableText, number_text
from riskmc.io.xer.writer_task import Work, minutes
from riskmc.program.program import Program

FIELDS = {"low": "Minimum Duration", "mode": "Most Likely Duration", "high": "Maximum Duration"}
TYPE = {
    "udf_type_id": "", "table_name": "TASK", "udf_type_name": "", "udf_type_label": "",
    "logical_data_type": "FT_FLOAT_2_DECIMALS", "super_flag": "N", "indicator_expression": "",
    "summary_indicator_expression": "",
}  # fmt: skip
VALUE = {
    "udf_type_id": "", "fk_id": "", "proj_id": "", "udf_date": "", "udf_number": "", "udf_text": "", "udf_code_id": "",
}  # fmt: skip


@dataclass
class Fields:
    """The rows of user-defined fields and their values."""

    types: TableText = field(default_factory=lambda: TableText("UDFTYPE", TYPE))
    values: TableText = field(default_factory=lambda: TableText("UDFVALUE", VALUE))


def range_fields(program: Program, structure: Structure, work: Work) -> Fields:
    """Return the low, most likely and high durations of the activities that have a range."""
    out = Fields()
    ids = {name: str(number) for number, name in enumerate(FIELDS, start=1)}
    for path, activity in program.activities().items():
        found = activity.duration.range if activity.duration is not None else None
        if found is None:
            continue
        day = program.calendars[activity.calendar or program.calendar].hours_per_day or 8.0
        for name, quantity in found.parameters:
            out.values.add(
                udf_type_id=ids[name],
                fk_id=work.ids[path],
                proj_id=structure.project_ids[program.project_of(path)],
                udf_number=number_text(minutes(quantity) / 60 / day),
            )
    for name in FIELDS if out.values.rows else ():
        out.types.add(
            udf_type_id=ids[name], udf_type_name=f"user_field_{900 + int(ids[name])}", udf_type_label=FIELDS[name]
        )
    return out
