"""Results of a forecast -> custom fields of a copy of a Microsoft Project XML file, all other bytes as they are.

Free fields for dates and numbers take them, under their aliases; values of an earlier forecast give way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from riskmc.errors import ArgumentError
from riskmc.io.mspdi.writer_fields import DATE_IDS, NUMBER_IDS
from riskmc.io.mspdi.writer_text import Element, time_text
from riskmc.io.plan_text import number_text
from riskmc.io.results import FIELDS, Result
from riskmc.io.xml_bytes import Stretch, Walk, changed

_ROOMS = {"date": ("Date", DATE_IDS), "number": ("Number", NUMBER_IDS)}
_DEFINITIONS = ("Project", "ExtendedAttributes", "ExtendedAttribute")
_TASK = ("Project", "Tasks", "Task")
_AFTER = {"Baseline", "OutlineCode", "IsPublished", "StatusManager", "CommitmentStart", "CommitmentFinish",
          "CommitmentType", "TimephasedData"}  # fmt: skip
_SECTIONS = {"Calendars", "Tasks", "Resources", "Assignments"}


@dataclass
class _Task:
    """One task: its UID, the byte before which custom fields belong, and those it has."""

    uid: str = ""
    at: int = -1
    attributes: list[Stretch] = field(default_factory=list)


class _Places(Walk):
    """Where things stand in the bytes of a file; -1 where they do not.

    Definitions are added before ``definitions_end``; an empty element for them stands from ``definitions_start`` on.
    """

    def __init__(self, content: bytes):
        self.definitions: list[Stretch] = []
        self.tasks: list[_Task] = []
        self.definitions_start = self.definitions_end = self.first_section = -1
        self._attribute: Stretch | None = None
        super().__init__(content)

    def opened(self, path: tuple[str, ...], here: int) -> None:
        """Note tasks, custom fields and their definitions."""
        if path == _TASK:
            self.tasks.append(_Task())
        elif path[:3] == _TASK and len(path) == 4:
            task = self.tasks[-1]
            if path[-1] in _AFTER and task.at < 0:
                task.at = here
            if path[-1] == "ExtendedAttribute":
                task.attributes.append(self._begun(here))
        elif path == _DEFINITIONS[:2]:
            self.definitions_start = here
        elif path == _DEFINITIONS:
            self.definitions.append(self._begun(here))
        elif len(path) == 2 and path[-1] in _SECTIONS and self.first_section < 0:
            self.first_section = here

    def _begun(self, here: int) -> Stretch:
        self._attribute = Stretch(here)
        return self._attribute

    def closed(self, path: tuple[str, ...], here: int, text: str) -> None:
        """Note where they end, and what they say."""
        if self._attribute is not None:
            if path[-1] == "ExtendedAttribute":
                self._attribute.end, self._attribute = self.end(here), None
            else:
                self._attribute.texts.setdefault(path[-1], text)
        elif path == (*_TASK, "UID"):
            self.tasks[-1].uid = text
        elif path == _TASK and self.tasks[-1].at < 0:
            self.tasks[-1].at = here
        elif path == _DEFINITIONS[:2]:
            self.definitions_end = here
            if self.closes(here):
                self.definitions_start = -1


def with_results(content: bytes, uids: Mapping[str, str], results: Mapping[str, Result]) -> bytes:
    """Return the file with the results; ``uids`` gives the UID of every task by the path of its activity."""
    places = _Places(content)
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
    return changed(content, changes)


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
