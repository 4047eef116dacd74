"""Custom fields and outline codes of a Microsoft Project XML file -> codes of activities, by their alias or name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from riskmc.io.mspdi.fields import Row, minutes, row
from riskmc.io.results import TITLES

DEEPEST = 20


@dataclass(frozen=True)
class CustomFields:
    """What custom fields and outline codes are called by field number, and the texts of outline codes by value."""

    names: Mapping[str, str]
    values: Mapping[tuple[str, str], str]

    def codes(self, at: Row) -> dict[str, str]:
        """Return the custom fields of a task: ``{alias: value}``; a duration as hours."""
        found: dict[str, str] = {}
        for element in at.below("ExtendedAttribute"):
            one = row(element, at.label)
            value = one["Value"].strip()
            if value and self.names.get(one["FieldID"]) not in TITLES:
                found[self.names.get(one["FieldID"], one["FieldID"])] = _text(value)
        for element in at.below("OutlineCode"):
            one = row(element, at.label)
            value = self.values.get((one["FieldID"], one["ValueID"]), "")
            if value:
                found[self.names.get(one["FieldID"], one["FieldID"])] = value
        return found


def custom_fields(root: Element) -> CustomFields:
    """Return the custom fields that a file defines."""
    names: dict[str, str] = {}
    values: dict[tuple[str, str], str] = {}
    for path in ("ExtendedAttributes/ExtendedAttribute", "OutlineCodes/OutlineCode"):
        for element in root.iterfind(path):
            at = row(element, "field")
            name = at["Alias"].strip() or at["FieldName"].strip() or at["FieldID"]
            names[at["FieldID"]] = name if name not in names.values() else f"{name} ({at['FieldName'].strip()})"
            rows = [row(value, "value") for value in element.iterfind("Values/Value")]
            known = {one["ValueID"]: one for one in rows}
            values.update({(at["FieldID"], uid): _path(uid, known) for uid in known})
    return CustomFields(names, values)


def _path(uid: str, known: Mapping[str, Row]) -> str:
    """Return the value of an outline code with those above it: ``Civil.Roads``."""
    parts: list[str] = []
    while uid in known and len(parts) < DEEPEST:
        parts.append(known[uid]["Value"].strip())
        uid = known[uid]["ParentValueID"]
    return ".".join(reversed(parts))


def _text(value: str) -> str:
    found = minutes(value) if value.startswith("P") else None
    return value if found is None else f"{found / 60:g}h"
