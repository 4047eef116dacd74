"""Primavera P6 XML -> the tables that P6 writes in XER files, row by row; the line of a row is its element's number.

The number leads back to the line in the file when a fault has to be told: counting lines costs a second pass.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from riskmc.errors import Problem
from riskmc.io.findings import Findings, number
from riskmc.io.pmxml.words import ELEMENTS, FLAG, OPEN, OPTIONS, TABLES, WORDS, Columns, element_of
from riskmc.io.xer.tables import Table
from riskmc.io.xml_source import Document, text_of

PROJECT_COLUMN = "proj_id"
VALUES = {
    "TextValue": "udf_text",
    "CodeValue": "udf_text",
    "IndicatorValue": "udf_text",
    "DoubleValue": "udf_number",
    "IntegerValue": "udf_number",
    "CostValue": "udf_number",
    "StartDateValue": "udf_date",
    "FinishDateValue": "udf_date",
}
DETAILS: Mapping[str, tuple[str, ...]] = {
    "TASKACTV": ("task_id", "actv_code_type_id", "actv_code_id"),
    "UDFVALUE": ("udf_type_id", "fk_id", *dict.fromkeys(VALUES.values())),
}
_COLUMN = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")


class ElementFindings(Findings):
    """Findings of a document whose rows are numbered by element: faults name lines of the file and its own words."""

    def __init__(self, document: Document):
        super().__init__(document.file)
        self.document = document
        self.elements: list[Element] = [document.root]

    def number_of(self, element: Element) -> int:
        """Return the number by which an element is known from now on."""
        self.elements.append(element)
        return len(self.elements) - 1

    def fault(self, line: str | int, path: str, message: str) -> None:
        """Keep a fault at the element with a number; tables and columns are called as the file calls them."""
        table, _, rest = path.partition(" ")
        name, _, column = rest.rpartition(" ")
        place = " ".join(filter(None, (TABLES.get(table, table), name, element_of(table, column))))
        expected, found, value = message.partition(", found ")
        words = _COLUMN.sub(lambda match: element_of(table, match[0]), expected)
        at = self.document.line(self.elements[int(line)]) if int(line) else 0
        self.problems.append(Problem(self.file, at, place, f"{words}{found}{value}"))


class Rows:
    """The rows of every table, filled element by element."""

    def __init__(self, findings: ElementFindings):
        self.findings = findings
        self.columns: dict[str, tuple[str, ...]] = {
            **DETAILS,
            **{table: (*columns, PROJECT_COLUMN) for table, columns in ELEMENTS.values()},
        }
        self.columns["PROJECT"] = tuple(ELEMENTS["Project"][1])
        self.columns["CALENDAR"] = (*self.columns["CALENDAR"], "clndr_data")
        self.columns["PROJWBS"] = (*self.columns["PROJWBS"], "proj_node_flag")
        self.tables = {name: Table(name, columns) for name, columns in self.columns.items()}
        self._links: set[str] = set()

    def add(self, element: Element, project: str, name: str = "") -> dict[str, str]:
        """Add the row of an element in a project (empty: in none), and return it as text by column.

        ``name`` is what the element is read as, where that is not its own name.
        """
        table, columns = ELEMENTS[name or element.tag]
        place = self.findings.number_of(element)
        texts = {child.tag: child.text.strip() for child in element if child.text}
        row = self._row(table, columns, texts, place)
        row.setdefault(PROJECT_COLUMN, project or texts.get("ProjectObjectId", ""))
        _complete(table, row, texts, place)
        self.append(table, row, place)
        return row

    def append(self, table: str, row: Mapping[str, str], place: int) -> None:
        """Add a row to a table; columns that it does not have are empty."""
        self.tables[table].rows.append([row.get(column, "") for column in self.columns[table]])
        self.tables[table].lines.append(place)

    def is_new(self, link: str) -> bool:
        """Return whether a link has not been met: P6 writes one between projects with both of them."""
        known = link in self._links
        self._links.add(link)
        return not link or not known

    def _row(self, table: str, columns: Columns, texts: Mapping[str, str], place: int) -> dict[str, str]:
        row = {}
        for column, names in columns.items():
            text = next((texts[name] for name in names if texts.get(name)), "")
            row[column] = self._code(table, column, text, place) if text and column in WORDS else text
        return row

    def _code(self, table: str, column: str, text: str, place: int) -> str:
        """Return the code of a word; a fault for one that is unknown and counts."""
        words = WORDS[column]
        code = words.get(" ".join(text.lower().split()))
        if code is None and column not in OPEN:
            allowed = "0 or 1" if words is FLAG else "one of " + ", ".join(word.capitalize() for word in words)
            self.findings.fault(place, f"{table} {column}", f"expected {allowed}, found {text[:60]!r}")
        return code or ""


def _complete(table: str, row: dict[str, str], texts: Mapping[str, str], place: int) -> None:
    """Fill in what the XML leaves out and the table has."""
    key = next(iter(ELEMENTS[TABLES[table]][1]))
    if table in ("TASK", "PROJECT", "CALENDAR", "PROJWBS", "RSRC"):
        row[key] = row[key] or f"element {place}"
    if table == "TASK":
        row["task_type"] = row["task_type"] or "TT_Task"
        row["status_code"] = row["status_code"] or _status(texts)
        share = number(row["phys_complete_pct"])
        row["phys_complete_pct"] = "" if share is None else str(100 * share)
    elif table == "TASKRSRC" and not row["act_reg_cost"]:
        overtime = number(row["act_ot_cost"]) or 0.0
        total = number(row["act_cost"])
        row["act_reg_cost"] = row["act_cost"] if total is None or not overtime else str(total - overtime)
    elif table == "CALENDAR":
        row["clndr_data"] = str(place)
    elif table == "TASKPRED":
        row["pred_type"] = row["pred_type"] or "PR_FS"


def _status(texts: Mapping[str, str]) -> str:
    """Return the status that the actual dates say, for an activity without one."""
    if texts.get("ActualFinishDate"):
        return "TK_Complete"
    return "TK_Active" if texts.get("ActualStartDate") else "TK_NotStart"


def fill(root: Element, rows: Rows) -> None:
    """Fill the rows from everything in the file but its baselines."""
    together = root.find("ScheduleOptions") is not None
    for element in root:
        if element.tag == "Project":
            _project(element, rows, own_options=not together and element.find("ScheduleOptions") is None)
        elif element.tag in ELEMENTS:
            _element(element, "", rows)
    _off_the_longest_path(rows.tables["TASK"])


def _off_the_longest_path(tasks: Table) -> None:
    """Say of every activity that it is not on the longest path, where the file flags only those that are."""
    flag = tasks.columns.index("driving_path_flag")
    if any(row[flag] == "Y" for row in tasks.rows):
        for row in tasks.rows:
            row[flag] = row[flag] or "N"


def _project(project: Element, rows: Rows, own_options: bool) -> None:
    """Add the rows of a project; ``own_options``: its scheduling options stand among its fields, as of old."""
    proj_id = rows.add(project, "")[PROJECT_COLUMN]
    node = _own_node(project)
    if node is None:
        title = {"wbs_name": text_of(project, "Name"), PROJECT_COLUMN: proj_id, "proj_node_flag": "Y"}
        rows.append("PROJWBS", title, len(rows.findings.elements) - 1)
    for element in project:
        if element.tag in ELEMENTS:
            _element(element, proj_id, rows)
            if element is node:
                rows.tables["PROJWBS"].rows[-1][-1] = "Y"
    if own_options and any(project.find(name) is not None for (name,) in OPTIONS.values()):
        rows.add(project, proj_id, "ScheduleOptions")


def _own_node(project: Element) -> Element | None:
    """Return the WBS element that is the project itself: P6 leaves it out, some other tools write it."""
    nodes, own = project.findall("WBS"), text_of(project, "WBSObjectId")
    roots = [node for node in nodes if not text_of(node, "ParentObjectId")]
    for node in nodes:
        if own and text_of(node, "ObjectId") == own:
            return node
    alone = len(roots) == 1 and text_of(roots[0], "Code") == text_of(project, "Id")
    return roots[0] if alone else None


def _element(element: Element, project: str, rows: Rows) -> None:
    if element.tag == "Relationship" and not rows.is_new(text_of(element, "ObjectId")):
        return
    row = rows.add(element, project)
    if element.tag == "Activity":
        place = len(rows.findings.elements) - 1
        for code in element.iterfind("Code"):
            values = (row["task_id"], text_of(code, "TypeObjectId"), text_of(code, "ValueObjectId"))
            rows.append("TASKACTV", dict(zip(DETAILS["TASKACTV"], values, strict=True)), place)
        for field in element.iterfind("UDF"):
            texts = {VALUES[child.tag]: child.text or "" for child in field if child.tag in VALUES}
            rows.append(
                "UDFVALUE", {**texts, "udf_type_id": text_of(field, "TypeObjectId"), "fk_id": row["task_id"]}, place
            )
