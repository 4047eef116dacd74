"""Three-point durations -> user-defined fields of an XER file (UDFTYPE, UDFVALUE), in working days of the activity."""

from __future__ import annotations

from dataclasses import dataclass, field

from riskmc.io.plan_text import number_text
from riskmc.io.planned_work import POINTS, day_minutes, point_minutes
from riskmc.io.xer.writer_project import Structure
from riskmc.io.xer.writer_tables import TableText
from riskmc.io.xer.writer_task import Work
from riskmc.program.program import Program

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
    ids = {name: str(number) for number, name in enumerate(POINTS, start=1)}
    for path, activity in program.activities().items():
        for name, length in point_minutes(activity).items():
            out.values.add(
                udf_type_id=ids[name],
                fk_id=work.ids[path],
                proj_id=structure.project_ids[program.project_of(path)],
                udf_number=number_text(length / day_minutes(program, activity)),
            )
    for name in POINTS if out.values.rows else ():
        out.types.add(
            udf_type_id=ids[name], udf_type_name=f"user_field_{900 + int(ids[name])}", udf_type_label=POINTS[name]
        )
    return out
