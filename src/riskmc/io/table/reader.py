"""A bare table of activities -> the words of a program: ID, Name, Duration, Predecessors (`12SS+5d`) and whatever else.

As planning tools export it and people keep it: columns in any order, dates and decimals in the manner of any country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from riskmc.errors import ArgumentError, InputError, Problem
from riskmc.io.said_values import amount
from riskmc.io.sheets.activities import set_range
from riskmc.io.sheets.cell_source import CellSource
from riskmc.io.sheets.header import head_of, sound
from riskmc.io.sheets.links import time_text
from riskmc.io.sheets.sheet import Row, Sheet
from riskmc.io.sheets.tongues import YES
from riskmc.io.table.dates import NOTHING, date_text, day_first
from riskmc.io.table.headings import DATES, misspelt, role
from riskmc.io.table.rows import Item, items_of
from riskmc.io.table.schedule import constraints, first_day, progress, stored
from riskmc.io.table.ties import tie
from riskmc.io.three_point import Said, recognised, unit_of
from riskmc.program.numeral import amount_text
from riskmc.program.plain_words import Place

PROJECT = "plan"
_POINTS = {"low": "~low", "mode": "~mode", "high": "~high", "family": "~family"}
_USUAL_CALENDARS = {
    **dict.fromkeys(("standard", "estándar", "none", "keiner", "aucun", "ninguno")),
    **dict.fromkeys(("24 hours", "24h", "24 stunden", "24 heures", "24 horas"), "24h"),
}


def table_words(file: str, sheets: Mapping[str, Sheet], title: str) -> CellSource:
    """Return the words of the sheet that is most of a table of activities; InputError where none is one."""
    sheet, head, columns = _table(file, sheets)
    found = CellSource(file)
    rows = sheet.rows[head + 1 :]
    sound(sheet, columns, rows, found)
    strange = {number: text for number, text in sheet.rows[head].texts.items() if number not in columns}
    _refuse_misspelt(strange, columns, (sheet, sheet.rows[head].number), found)
    if strange:
        found.note("columns of the table that are not read", *strange.values())
    table = Table(sheet, columns, found, day_first(_dates(rows, columns)))
    table.units = {name: unit_of(sheet.rows[head].texts[number]) for number, name in columns.items()}
    found.put(("program",), title, (sheet, sheet.rows[0].number, None))
    items = items_of(table.items(rows), found)
    if not items:
        found.fault((sheet, sheet.rows[head].number, None), "", "the table holds no activity")
        raise InputError(found.problems)
    for item in items:
        table.activity(item)
    texts = {row.number: row.texts for row in rows}
    points = {number: sheet.rows[head].texts[number] for number, name in columns.items() if name in _POINTS}
    found.fields_read.update(points.values())
    fields = strange | points
    for item in items:
        found.fields[f"{PROJECT}.{item.name}"] = {
            title: Said(text, item.row) for number, title in fields.items() if (text := texts[item.row].get(number))
        }
    tie(items, found)
    first_day(items, found)
    stored(items, found)
    found.put_notes((sheet, sheet.rows[head].number, None))
    return found


def _table(file: str, sheets: Mapping[str, Sheet]) -> tuple[Sheet, int, dict[int, str]]:
    """Return the sheet with most headings of a table of activities, the index of its header, and its columns."""
    heads = [(sheet, *head_of(sheet, role)) for sheet in sheets.values()]
    sheet, at, count = max(heads, key=lambda head: head[2])
    if count < 2:
        raise InputError([Problem(file, 0, "", _no_table(sheets))])
    columns: dict[int, str] = {}
    for number, text in sheet.rows[at].texts.items():
        known = role(text)
        if known is not None and known not in columns.values():
            columns[number] = known
    points = recognised(sheet.rows[at].texts.values())
    for point, title in zip(("low", "mode", "high"), points or (), strict=False):
        for number in [number for number, text in sheet.rows[at].texts.items() if title and text == title]:
            columns = {at: known for at, known in columns.items() if known != point} | {number: point}
    read = {*columns.values()}
    if "predecessors" in read:  # which says the same
        columns = {number: known for number, known in columns.items() if known != "successors"}
    if not read & {"id", "name", "guid"}:
        raise InputError([sheet.problem(sheet.rows[at].number, None, "", _no_table(sheets))])
    if not read & {"duration", "low", "high", "range"}:
        raise InputError([sheet.problem(sheet.rows[at].number, None, "", _no_durations(sheet.rows[at]))])
    return sheet, at, columns


def _refuse_misspelt(
    strange: Mapping[int, str], columns: Mapping[int, str], row: tuple[Sheet, int], found: CellSource
) -> None:
    """Keep a fault for every heading that is nearly a usual one which the table does not have."""
    for number, text in strange.items():
        near = misspelt(text)
        if near is not None and role(near) not in columns.values():
            way_out = f"did you mean {near!r}? A column of your own has a heading in parentheses"
            found.fault((*row, number), "", f"unknown heading {text[:60]!r}; {way_out}")


def _no_durations(head: Row) -> str:
    said = [*head.texts.values()]
    seen = ", ".join(text[:30] for text in said[:8])
    return f"the table says no durations: expected a column Duration, or Low and High, found {seen}{_nearest(said)}"


def _no_table(sheets: Mapping[str, Sheet]) -> str:
    found = next(iter(sheets.values()))
    said = list(found.rows[0].texts.values()) if found.rows else []
    seen = ", ".join(text[:30] for text in said[:4]) or "nothing"
    expected = "expected headings such as ID, Name, Duration, Predecessors"
    return f"is no table of activities: {expected}, found {seen}{_nearest(said)}"


def _nearest(said: Iterable[str]) -> str:
    """Return the usual heading that one of those a table has nearly is, to stand behind a fault."""
    near = ((text, found) for text in said if (found := misspelt(text)) is not None)
    return next((f"; {text[:30]!r}: did you mean {found!r}?" for text, found in near), "")


def _dates(rows: list[Row], columns: Mapping[int, str]) -> list[str]:
    dated = [number for number, name in columns.items() if name in DATES]
    return [row.texts[number] for row in rows for number in dated if number in row.texts]


class Table:
    """The columns of one table, and how its cells are read."""

    def __init__(self, sheet: Sheet, columns: Mapping[int, str], found: CellSource, days_come_first: bool | None):
        self.sheet = sheet
        self.found = found
        self.days_come_first = days_come_first
        self.columns = {name: number for number, name in columns.items()}
        self.units: Mapping[str, str] = {}
        self._open = False

    def items(self, rows: list[Row]) -> list[Item]:
        """Return the rows that name an activity; rows below the table without identifier and duration are left."""
        made = []
        for row in rows:
            texts = {
                name: self._text(row.texts[number]) for name, number in self.columns.items() if number in row.texts
            }
            if not texts.keys() & {"id", "name", "guid"}:
                continue
            dates = {name: self._date(name, texts, row) for name in DATES if name in texts}
            said = {name: text for name, text in texts.items() if name not in DATES}
            made.append(
                Item(self.sheet, row.number, said, {name: at for name, at in dates.items() if at}, self.columns)
            )
        return made

    def _date(self, name: str, texts: Mapping[str, str], row: Row) -> str | None:
        """Return a date as a program file says it; a fault where it is none, or may be one of two."""
        text = texts[name]
        if text.lower() in NOTHING:
            return None
        said = date_text(text, self.days_come_first)
        if said is None and not self._open:
            unclear = self.days_come_first is None and date_text(text, True) and date_text(text, False)
            told = "may be day or month first; write 2027-01-04" if unclear else "is no date; write 2027-01-04"
            self.found.fault((self.sheet, row.number, self.columns[name]), name, f"{text!r} {told}")
            self._open = bool(unclear)
        return said

    def activity(self, item: Item) -> None:
        """Put the words of one activity."""
        place: Place = ("projects", PROJECT, "activities", item.name)
        found, texts = self.found, item.texts
        found.begin(place, item.spot())
        if "name" in texts:
            found.put((*place, "name"), texts["name"], item.spot("name"))
        if "guid" in texts and item.name != texts["guid"]:
            found.put((*place, "guid"), texts["guid"], item.spot("guid"))
        if "wbs" in texts:
            found.put((*place, "wbs"), texts["wbs"], item.spot("wbs"))
        self._duration(item, place)
        self._money(item, place)
        self._calendar(item, place)
        self._resources(item, place)
        constraints(item, place, found)
        progress(item, place, found)

    def _duration(self, item: Item, place: Place) -> None:
        """Put duration and range; no duration at all is a milestone, as is one of zero."""
        found, text = self.found, item.texts.get("duration", "")
        said = time_text(self._number(text)) if text else ""
        milestone = item.texts.get("milestone", "").lower() in YES
        ranged = item.texts.keys() & {"low", "mode", "high", "range"}
        if not said and not ranged and not milestone and item.spans_days:
            told = "is empty, though start and finish are days apart; write it, or 0 for a milestone"
            found.fault(item.spot("finish"), "duration", told)
        if milestone or said in ("0d", "0h", "0min", "0ed", "0eh", "0w") or (not said and not ranged):
            found.put((*place, "milestone"), "true", item.spot("milestone", "duration"))
            return
        if said:
            word = "range" if "(" in said else "plan"
            found.put((*place, "duration", word), said, item.spot("duration"))
        if "range" in item.texts:
            found.put((*place, "duration", "range"), item.texts["range"], item.spot("range"))
        for name, word in _POINTS.items():
            if name in item.texts:
                said = time_text(self._number(item.texts[name]), self.units.get(name, "d"))
                found.put((*place, word), said, item.spot(name))
        set_range(found, place)

    def _text(self, text: str) -> str:
        """Return a text without the apostrophe that keeps a spreadsheet from taking it for something else."""
        return text if self.sheet.name else text.removeprefix("'")

    def _number(self, text: str) -> str:
        """Return a text with its decimals behind a point, where the table has them behind a comma."""
        return text.replace(",", ".") if self.sheet.decimal_comma and "(" not in text else text

    def _money(self, item: Item, place: Place) -> None:
        for name, word in (("cost", ("cost", "fixed")), ("actual_cost", ("progress", "actual_cost"))):
            text = item.texts.get(name)
            if text is None or (name == "actual_cost" and not item.begun):
                continue
            if "(" in text:
                self.found.put((*place, *word), text, item.spot(name))
                continue
            try:
                value = amount(text, "cost", "", self.sheet.decimal_comma).value
            except ArgumentError as error:
                self.found.fault(item.spot(name), name.replace("_", " "), str(error))
            else:
                if value or name == "actual_cost":  # nothing spent is said too; without a word it follows from progress
                    self.found.put((*place, *word), amount_text(value), item.spot(name))

    def _calendar(self, item: Item, place: Place) -> None:
        text = item.texts.get("calendar")
        if text is None:
            return
        usual = text.lower()
        if usual not in _USUAL_CALENDARS:
            self.found.note("calendars that the table only names are read as the standard one", text)
        elif _USUAL_CALENDARS[usual]:
            self.found.put((*place, "calendar"), _USUAL_CALENDARS[usual], item.spot("calendar"))

    def _resources(self, item: Item, place: Place) -> None:
        """Put the resources of an activity, ``Ann; Bob[50%]``; they are kept, and are no limit."""
        text = item.texts.get("resources")
        if text is None:
            return
        for part in text.replace(",", ";").split(";"):
            name, _, rest = part.strip().partition("[")
            units = rest.rstrip("] ")
            if not name.strip() or (units and not units.endswith("%")):
                continue
            self.found.put((*place, "uses", name.strip()), _units(units), item.spot("resources"))
            self.found.put(("resources", name.strip(), "from_plan"), "true", item.spot("resources"))


def _units(text: str) -> Any:
    """Return the units of an assignment: 1 where nothing is said, else the share."""
    try:
        return amount(text, "cost", "").value or 1 if text else 1
    except ArgumentError:
        return 1
