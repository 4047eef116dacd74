"""Results of a forecast -> user-defined fields of a copy of a P6 XML file, all other bytes as they are.

The fields are found by their titles; values of an earlier forecast give way. Everything stands in the order of Oracle's
schema (p6apibo.xsd): types of fields after the currencies, fields of an activity before its spread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from riskmc.io.plan_text import number_text
from riskmc.io.results import FIELDS, Field, Result
from riskmc.io.xml_bytes import Stretch, Walk, changed

_KINDS = {"date": ("Finish Date", "FinishDateValue"), "number": ("Double", "DoubleValue")}
_ACTIVITIES = "Activity"
_TO_TYPES = frozenset({
    "CHECKUID", "ProjectList", "DisplayCurrency", "ProjectResourceCategory", "UnitOfMeasure", "CostAccount", "Currency",
    "UDFType",
})  # fmt: skip


def with_results(content: bytes, ids: Mapping[str, str], results: Mapping[str, Result]) -> bytes:
    """Return the file with the results; ``ids`` gives the ObjectId of every activity by its path."""
    places = _Places(content)
    known = _known(places.types)
    numbers = _numbered(places.types, known)
    by_id = {ids[path]: result for path, result in results.items() if path in ids}
    new = "".join(_type(numbers[one.title], one) for one in FIELDS if one.title not in known)
    changes = [(places.types_end, -1, new)]
    for one in places.activities:
        if one.number in by_id:
            ours = (said for said in one.fields if said.texts.get("TypeObjectId") in numbers.values())
            changes += [(said.start, said.end, "") for said in ours]
            changes.append((one.at, -1, _values(numbers, by_id[one.number])))
    return changed(content, changes)


@dataclass
class _Activity:
    """One activity: its ObjectId, the byte before which its fields belong, and those it has."""

    number: str = ""
    at: int = -1
    fields: list[Stretch] = field(default_factory=list)


class _Places(Walk):
    """The types of fields and the activities of a file, and the byte before which another type belongs."""

    def __init__(self, content: bytes):
        self.types: list[Stretch] = []
        self.activities: list[_Activity] = []
        self.types_end = -1
        self._field: Stretch | None = None
        super().__init__(content)

    def opened(self, path: tuple[str, ...], here: int) -> None:
        """Note activities, their fields and the types of these; activities of baselines are none."""
        inner = _inner(path)
        if inner == ("Activity",):
            self.activities.append(_Activity())
        elif inner == ("Activity", "UDF"):
            self._field = Stretch(here)
            self.activities[-1].fields.append(self._field)
        elif inner == ("Activity", "Spread"):
            self.activities[-1].at = here
        elif path[1:] == ("UDFType",):
            self._field = Stretch(here)
            self.types.append(self._field)
        if len(path) == 2 and path[-1] not in _TO_TYPES and self.types_end < 0:
            self.types_end = here

    def closed(self, path: tuple[str, ...], here: int, text: str) -> None:
        """Note where they end, and what they say."""
        inner = _inner(path)
        if inner in (("Activity", "UDF"), ("UDFType",)) and self._field is not None:
            self._field.end, self._field = self.end(here), None
        elif self._field is not None:
            self._field.texts.setdefault(path[-1], text)
        elif inner == ("Activity", "ObjectId"):
            self.activities[-1].number = text
        elif inner == ("Activity",) and self.activities[-1].at < 0:
            self.activities[-1].at = here


def _inner(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return a path without the root, and without the project around it."""
    return path[2:] if path[1:2] == ("Project",) else path[1:]


def _known(types: list[Stretch]) -> dict[str, str]:
    """Return the ObjectId of each field that the file has, by title."""
    titles = {one.title for one in FIELDS}
    said = (one.texts for one in types if one.texts.get("SubjectArea") == _ACTIVITIES)
    return {texts["Title"]: texts.get("ObjectId", "") for texts in said if texts.get("Title") in titles}


def _numbered(types: list[Stretch], known: Mapping[str, str]) -> dict[str, str]:
    """Return the ObjectId of every field: its own, or one that no other type has."""
    taken = (one.texts.get("ObjectId", "") for one in types)
    first = max((int(number) for number in taken if number.isdecimal() and len(number) < 10), default=0) + 1
    return {one.title: known.get(one.title, str(first + place)) for place, one in enumerate(FIELDS)}


def _type(number: str, one: Field) -> str:
    told = {
        "DataType": _KINDS[one.kind][0],
        "ObjectId": number,
        "SubjectArea": _ACTIVITIES,
        "Title": one.title,
    }
    return f"<UDFType>{_texts(told)}</UDFType>"


def _values(numbers: Mapping[str, str], result: Result) -> str:
    """Return a field for each value that there is."""
    parts = []
    for one, value in zip(FIELDS, result.values(), strict=True):
        if value is not None:
            text = number_text(value) if isinstance(value, float) else f"{value:%Y-%m-%dT%H:%M:%S}"
            told = {"TypeObjectId": numbers[one.title], _KINDS[one.kind][1]: text}
            parts.append(f"<UDF>{_texts(told)}</UDF>")
    return "".join(parts)


def _texts(told: Mapping[str, str]) -> str:
    return "".join(f"<{name}>{text}</{name}>" for name, text in told.items())
