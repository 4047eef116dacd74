"""Program -> Primavera P6 XER file: calendars, projects, WBS, activities with their dates, links, codes, costs, ranges.

The program is a plan in P6's own terms: durations, lags and remaining work in hours or minutes, a calendar for every
activity, and single costs (`riskmc.analysis.conversion` makes it one). What stands where is told in
docs/guide/convert.md. Numbers of rows follow the order of the program, GUIDs its paths: the same program gives the
same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

from riskmc.io.plan_text import name_of
from riskmc.io.xer.writer_calendar import calendar_rows
from riskmc.io.xer.writer_cost import money
from riskmc.io.xer.writer_fields import range_fields
from riskmc.io.xer.writer_project import OBS, structure
from riskmc.io.xer.writer_tables import TableText, content
from riskmc.io.xer.writer_task import work
from riskmc.program.program import Program
from riskmc.program.stored import StoredDates

_VERSION = "8.4"
_CURRENCY = {
    "curr_id": "1", "decimal_digit_cnt": "2", "curr_symbol": "", "decimal_symbol": ".", "digit_group_symbol": ",",
    "pos_curr_fmt_type": "#1.1", "neg_curr_fmt_type": "(#1.1)", "curr_type": "", "curr_short_name": "",
    "group_digit_cnt": "3", "base_exch_rate": "1",
}  # fmt: skip


def file_bytes(program: Program, dates: Mapping[str, StoredDates]) -> bytes:
    """Return the bytes of an XER file of a plan; ``dates`` are stored as those that P6 has computed."""
    calendars, ids = calendar_rows(program.calendars, program.calendar)
    projects = structure(program, ids)
    tasks = work(program, dates, projects, ids)
    costs = money(program, projects, tasks, ids)
    people = TableText("OBS", OBS, [OBS])
    fields = range_fields(program, projects, tasks)
    tables = (
        *_currency(program.currency), people, projects.projects, calendars, projects.options, projects.wbs,
        costs.resources, tasks.code_types, fields.types, costs.rates, tasks.tasks, tasks.code_values,
        costs.expenses, tasks.links, costs.assignments, tasks.codes, fields.values,
    )  # fmt: skip
    return content(_header(program), tables)


def _header(program: Program) -> tuple[str, ...]:
    """Return the fields of the first line; its date is the data date, for a file holds no time of writing."""
    days = [moment.at for p in program.projects.values() for moment in (p.data_date or p.start,) if moment]
    day = f"{min(days):%Y-%m-%d}" if days else "2000-01-01"
    currency = name_of(program.currency or "", 6)
    return ("ERMHDR", _VERSION, day, "Project", "admin", "riskmc", "dbxDatabaseNoName", "Project Management", currency)


def _currency(code: str | None) -> tuple[TableText, ...]:
    """Return the table of currencies: the program's own, the base of all money; none where it names none."""
    if not code:
        return ()
    name = name_of(code, 6)
    row = {**_CURRENCY, "curr_symbol": name, "curr_type": name, "curr_short_name": name}
    return (TableText("CURRTYPE", _CURRENCY, [row]),)
