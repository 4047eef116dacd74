"""The parts of a workbook, read element by element: relations, sheets, shared texts, number formats, and cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from riskmc.io.sheets.sheet import LONGEST_TEXT, Row, cell_name

EPOCHS = datetime(1899, 12, 30), datetime(1904, 1, 1)
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # formats that every spreadsheet knows
_SHARES = {9, 10}
_QUIET = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_LAST_DAY = 2_958_465  # 31 December 9999
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_COLUMNS = 16_384


class Refused(Exception):
    """A workbook that is not read, with the reason and the part that gave it."""

    def __init__(self, reason: str, part: str = ""):
        super().__init__(reason)
        self.part = part


class Target:
    """What an XML part is read into; document types, which could hold entities, are refused."""

    def doctype(self, *_: object) -> None:
        """Refuse a document type."""
        raise Refused("holds a document type (DTD), which no workbook needs; refused")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""

    def end(self, tag: str) -> None:
        """End an element."""

    def data(self, text: str) -> None:
        """Take a piece of text."""

    def close(self) -> None:
        """End the part."""


class Relations(Target):
    """What a part refers to: ``found`` has (identifier, kind, target)."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note a relation inside the file."""
        if tag.endswith("}Relationship") and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found.append((attributes.get("Id", ""), kind, attributes.get("Target", "")))


class Book(Target):
    """The workbook: ``sheets`` has (name, identifier of the relation), ``epoch`` is day 0 of its dates."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.epoch = EPOCHS[0]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note a sheet, or since when days are counted."""
        name = tag.rpartition("}")[2]
        if name == "sheet":
            key = next((value for word, value in attributes.items() if word.endswith("}id")), "")
            self.sheets.append((attributes.get("name", ""), key))
        elif name == "workbookPr":
            self.epoch = EPOCHS[attributes.get("date1904", "0") in ("1", "true")]


class Texts(Target):
    """The texts that cells share: ``found``, by number; without the reading aids of East Asian scripts."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._reading = self._aside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        """Begin a text, or a piece of one."""
        name = tag.rpartition("}")[2]
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._aside = True
        self._reading = name == "t" and not self._aside

    def data(self, text: str) -> None:
        """Take a piece of a text."""
        if self._reading:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        """End a text, or a piece of one."""
        name = tag.rpartition("}")[2]
        self._reading = False
        if name == "rPh":
            self._aside = False
        elif name == "si":
            self.found.append(_plain("".join(self._parts)))


class Styles(Target):
    """The number formats: `kinds` says of every cell style whether its numbers are dates or shares."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._styles: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note a format or a cell style."""
        name = tag.rpartition("}")[2]
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._styles.append(attributes.get("numFmtId", "0"))

    def end(self, tag: str) -> None:
        """End the cell styles."""
        if tag.endswith("}cellXfs"):
            self._inside = False

    def kinds(self) -> list[str]:
        """Return "date", "share" or "" for every cell style."""
        return [_kind(key, self._codes.get(key)) for key in self._styles]


def _kind(key: str, code: str | None) -> str:
    """Return what the numbers of a format are."""
    if code is None:
        number = int(key) if key.isdigit() else 0
        return "date" if number in _DATES else "share" if number in _SHARES else ""
    hours = re.search(r"\[[hms]+\]", code, re.IGNORECASE)
    shown = _QUIET.sub("", code.partition(";")[0]).lower()
    if "%" in shown:
        return "share"
    return "date" if hours or ("general" not in shown and re.search(r"[dmyhs]", shown)) else ""


class Grid(Target):
    """The cells of one sheet: ``rows`` as texts, formulas ``computed`` and ``uncomputed``, ``left`` to be read."""

    def __init__(self, texts: Sequence[str], kinds: Sequence[str], epoch: datetime, left: int):
        self.rows: list[Row] = []
        self.uncomputed: set[tuple[int, int]] = set()
        self.computed: set[tuple[int, int]] = set()
        self.left = left
        self._texts, self._kinds, self._epoch = texts, kinds, epoch
        self._row, self._column = 0, -1
        self._cells: dict[int, str] = {}
        self._type = self._style = ""
        self._parts: list[str] = []
        self._reading = self._formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell, or its value."""
        name = tag.rpartition("}")[2]
        if name in ("v", "t"):
            self._reading = True
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._formula = True

    def data(self, text: str) -> None:
        """Take a piece of a value."""
        if self._reading:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        """End a row, a cell, or its value."""
        name = tag.rpartition("}")[2]
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self._reading = False
        elif name == "row" and self._cells:
            self.rows.append(Row(self._row, self._cells))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
        self._column, self._cells = -1, {}

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        match = _CELL.fullmatch(attributes.get("r", ""))
        self._column = _column(match[1]) if match else self._column + 1
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._parts, self._formula = [], False
        self.left -= 1
        if self.left < 0 or self._column >= _MOST_COLUMNS:
            raise Refused("holds more cells than any table")

    def _end_cell(self) -> None:
        text = self._value("".join(self._parts))
        if len(text) > LONGEST_TEXT:
            raise Refused(f"{cell_name(self._row, self._column)}: holds more than {LONGEST_TEXT:,} characters")
        if text:
            self._cells[self._column] = text
            if self._formula:
                self.computed.add((self._row, self._column))
        elif self._formula:
            self.uncomputed.add((self._row, self._column))

    def _value(self, raw: str) -> str:
        """Return the text of a cell from what is stored in it."""
        if self._type == "s":
            number = int(raw) if raw.strip().isdecimal() and len(raw) < 10 else -1
            return self._texts[number] if 0 <= number < len(self._texts) else ""
        if self._type in ("str", "inlineStr"):
            return _plain(raw)
        if self._type == "b":
            return {"1": "true", "0": "false"}.get(raw.strip(), "")
        return raw.strip() if self._type in ("e", "d") else self._number(raw.strip())

    def _number(self, raw: str) -> str:
        """Return the text of a number: as a date or a percentage where it is shown as one."""
        try:
            value = float(raw)
        except ValueError:
            return raw
        style = self._style
        kind = self._kinds[int(style)] if style.isdecimal() and len(style) < 7 and int(style) < len(self._kinds) else ""
        if kind == "date" and 0 <= value <= _LAST_DAY:
            return _date(value, self._epoch)
        if kind == "share" and abs(value) < 1e12:
            return f"{value * 100:.13g}%"
        return f"{value:.15g}" if "e" not in f"{value:.15g}" else f"{value:.0f}" if 1 <= abs(value) < 1e300 else raw


def _column(letters: str) -> int:
    """Return the number of a column, from 0: F is 5."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _date(value: float, epoch: datetime) -> str:
    """Return the date, the date and time, or (below a day) the time of a number of days."""
    seconds = round(value * 86_400)
    if value < 1:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    try:
        at = epoch + timedelta(seconds=round(seconds / 60) * 60)
    except OverflowError:
        return f"{value:.15g}"
    return f"{at:%Y-%m-%d}" if (at.hour, at.minute) == (0, 0) else f"{at:%Y-%m-%d %H:%M}"


def _plain(text: str) -> str:
    """Return a text without blanks around it, and with the characters that XML cannot hold (``_x000D_``)."""
    if "_x" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return text.strip()


def _unescaped(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isprintable() or character in "\n\t" else "\n" if character == "\r" else ""
