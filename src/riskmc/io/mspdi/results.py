"""Results of a forecast -> custom fields of a copy of a Microsoft Project XML file, all other bytes as they are.

Free fields for dates and numbers take them, under their aliases; values of an earlier forecast give way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from riskmc.errors import ArgumentError
from riskmc.io.mspdi.writer_fields import DATE_IDS, NUMBER_IDS
from riskmc.io.mspdi.writer_text import Element, time_text
from riskmc.io.plan_text import number_text
from riskmc.io.results import FIELDS, Result

_ROOMS = {"date": ("Date", DATE_IDS), "number": ("Number", NUMBER_IDS)}
_DEFINITIONS = ("Project", "ExtendedAttributes", "ExtendedAttribute")
_TASK = ("Project", "Tasks", "Task")
_AFTER = {"Baseline", "OutlineCode", "IsPublished", "StatusManager", "CommitmentStart", "CommitmentFinish",
          "CommitmentType", "TimephasedData"}  # fmt: skip
_SECTIONS = {"Calendars", "Tasks", "Resources", "Assignments"}


@dataclass
class _Attribute:
    """One custom field where it is defined or filled: the bytes that it takes, its number and alias."""

    start: int
    end: int = -1
    texts: dict[str, str] = field(default_factory=dict)


@dataclass
class _Task:
    """One task: its UID, the byte before which custom fields belong, and those it has."""

    uid: str = ""
    at: int = -1
    attributes: list[_Attribute] = field(default_factory=list)


@dataclass
class _Places:
    """Where things stand in the bytes of a file; -1 where they do not.

    Definitions are added before ``definitions_end``; an empty element for them stands from ``definitions_start`` on.
    """

    definitions: list[_Attribute] = field(default_factory=list)
    tasks: list[_Task] = field(default_factory=list)
    definitions_start: int = -1
    definitions_end: int = -1
    first_section: int = -1


def with_results(content: bytes, uids: Mapping[str, str], results: Mapping[str, Result]) -> bytes:
    """Return the file with the results; ``uids`` gives the UID of every task by the path of its activity."""
    places = _Reader().places(content)
    fields = _fields(places)
    by_uid = {uids[path]: result for path, result in results.items() if path in uids}
    known = {said.texts.get("Alias"): said.texts.get("FieldID") for said in places.definitions}
    new = [_definition(title, *fields[title]) for title in fields if known.get(title) != str(fields[title][1])]
    changes = [_defined("".join(new), places)]
    ours = {str(number) for _, number in fields.values()}
    for task in places.tasks:
        if task.uid in by_uid:
            changes += [(one.start, one.end, "") for one in task.attributes if one.texts.get("FieldID") in ours]
            changes.append((task.at, -1, _values(fields, by_uid[task.uid])))
    return _changed(content, changes)


def _defined(text: str, places: _Places) -> tuple[int, int, str]:
    """Return the change that adds definitions: within their element, in place of an empty one, or as a new one."""
    if places.definitions_start < 0:
        if places.definitions_end >= 0:
            return places.definitions_end, -1, text
        return places.first_section, -1, f"<ExtendedAttributes>{text}</ExtendedAttributes>"
    return places.definitions_start, places.definitions_end, f"<ExtendedAttributes>{text}</ExtendedAttributes>"


def _fields(places: _Places) -> dict[str, tuple[str, int]]:
    """Return name and number of the field for each result: that of an earlier forecast, else a free one."""
    taken = {said.texts.get("FieldID", "") for said in places.definitions}
    taken |= {one.texts.get("FieldID", "") for task in places.tasks for one in task.attributes}
    ours = {said.texts.get("Alias", ""): said.texts.get("FieldID", "") for said in places.definitions}
    found: dict[str, tuple[str, int]] = {}
    for one in FIELDS:
        kind, numbers = _ROOMS[one.kind]
        free = [number for number in numbers if str(number) not in taken or str(number) == ours.get(one.title)]
        chosen = next((number for number in free if str(number) == ours.get(one.title)), free[0] if free else None)
        if chosen is None:
            raise ArgumentError(f"the plan has no free {kind} field for {one.title!r}: all {len(numbers)} are in use")
        taken.add(str(chosen))
        found[one.title] = (f"{kind}{numbers.index(chosen) + 1}", chosen)
    return found


def _definition(title: str, name: str, number: int) -> str:
    out = Element("ExtendedAttribute")
    out.add(FieldID=str(number), FieldName=name, Alias=title)
    return "".join(line.strip() for line in out.lines())


def _values(fields: Mapping[str, tuple[str, int]], result: Result) -> str:
    parts = []
    for one, value in zip(FIELDS, result.values(), strict=True):
        if value is not None:
            out = Element("ExtendedAttribute")
            text = number_text(value) if isinstance(value, float) else time_text(value)
            out.add(FieldID=str(fields[one.title][1]), Value=text)
            parts += [line.strip() for line in out.lines()]
    return "".join(parts)


def _changed(content: bytes, changes: Sequence[tuple[int, int, str]]) -> bytes:
    """Return the bytes with texts put in at places (start, -1), and stretches (start, end) left out."""
    encoding, out, here = _encoding(content), [], 0
    for start, end, text in sorted(changes, key=lambda change: change[0]):
        out += [content[here:start], text.encode(encoding)]
        here = max(start, end)
    return b"".join([*out, content[here:]])


def _encoding(content: bytes) -> str:
    """Return an encoding that writes ASCII as the file does."""
    return {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(content[:2], "utf-8")


class _Reader:
    """Walks through the bytes of a file that has been read before, and notes where things stand."""

    def __init__(self) -> None:
        self.found = _Places()
        self.path: list[str] = []
        self.attribute: _Attribute | None = None
        self.text: list[str] = []
        self.parser: Any = expat.ParserCreate()
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self.text.append
        self.parser.StartDoctypeDeclHandler = self._refuse

    def places(self, content: bytes) -> _Places:
        """Return where things stand."""
        self.content, self.encoding = content, _encoding(content)
        self.parser.Parse(content, True)
        return self.found

    def _refuse(self, *_: object) -> None:
        raise ArgumentError("a plan in XML has no document type of its own")

    def _open(self, tag: str, _: object) -> None:
        name = tag.rpartition(":")[2]
        self.path.append(name)
        self.text.clear()
        here, path = self.parser.CurrentByteIndex, tuple(self.path)
        if path == _TASK:
            self.found.tasks.append(_Task())
        elif path[:3] == _TASK and len(path) == 4:
            task = self.found.tasks[-1]
            if name in _AFTER and task.at < 0:
                task.at = here
            if name == "ExtendedAttribute":
                self.attribute = _Attribute(here)
                task.attributes.append(self.attribute)
        elif path == _DEFINITIONS[:2]:
            self.found.definitions_start = here
        elif path == _DEFINITIONS:
            self.attribute = _Attribute(here)
            self.found.definitions.append(self.attribute)
        elif len(path) == 2 and name in _SECTIONS and self.found.first_section < 0:
            self.found.first_section = here

    def _close(self, tag: str) -> None:
        path, here = tuple(self.path), self.parser.CurrentByteIndex
        text = "".join(self.text).strip()
        self.path.pop()
        if self.attribute is not None:
            if path[-1] == "ExtendedAttribute":
                mark = ">".encode(self.encoding)
                self.attribute.end, self.attribute = self.content.index(mark, here) + len(mark), None
            else:
                self.attribute.texts.setdefault(path[-1], text)
        elif path == (*_TASK, "UID"):
            self.found.tasks[-1].uid = text
        elif path == _TASK and self.found.tasks[-1].at < 0:
            self.found.tasks[-1].at = here
        elif path == _DEFINITIONS[:2]:
            self.found.definitions_end = here
            if self.content.startswith(f"</{tag}".encode(self.encoding), here):
                self.found.definitions_start = -1
        self.text.clear()
