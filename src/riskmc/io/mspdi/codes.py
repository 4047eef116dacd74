"""Custom fields and outline codes of a Microsoft Project XML file -> codes of activities, by their alias or name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
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
        for one in at.below("ExtendedAttribute"):
            value = one.findtext("Value", "").strip()
            if value and (name := self._name(one)) not in TITLES:
                found[name] = _text(value)
        for one in at.below("OutlineCode"):
            value = self.values.get((one.findtext("FieldID", ""), one.findtext("ValueID", "")), "")
            if value:
                found[self._name(one)] = value
        return found

    def _name(self, element: Element) -> str:
        number = element.findtext("FieldID", "")
        return self.names.get(number, number)


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


@lru_cache(maxsize=1 << 16)
def _text(value: str) -> str:
    found = minutes(value) if value.startswith("P") else None
    return value if found is None else f"{found / 60:g}h"
