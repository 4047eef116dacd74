"""Custom fields of a Microsoft Project XML file: the activity's code, its activity codes, its three-point duration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from riskmc.io.mspdi.writer_outline import kept_uids
from riskmc.io.mspdi.writer_text import Element, duration_text
from riskmc.io.plan_text import name_of, names
from riskmc.io.planned_work import POINTS, point_minutes
from riskmc.program.activity import Activity
from riskmc.program.program import Program

_BASE = 188743680  # what Project adds to the number of a task field
TEXT_IDS = tuple(_BASE + n for n in (51, 54, 57, 60, 63, 66, 67, 68, 69, 70, *range(317, 337)))
DURATION_IDS = tuple(_BASE + n for n in (103, 104, 105, *range(275, 282)))
DATE_IDS = tuple(_BASE + n for n in range(265, 275))
NUMBER_IDS = tuple(_BASE + n for n in (*range(87, 92), *range(302, 317)))
KINDS = {"Text": TEXT_IDS, "Duration": DURATION_IDS, "Date": DATE_IDS, "Number": NUMBER_IDS}
ACTIVITY_ID = "Activity ID"
_ALIAS, _VALUE = 50, 255


@dataclass
class CustomFields:
    """Which custom field holds what: (kind, place from 0) by its alias."""

    program: Program
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    left: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.numbered = kept_uids(self.program)
        every = self.program.activities().values()
        kinds = dict.fromkeys(kind for activity in every for kind in activity.codes)
        aliases = names((ACTIVITY_ID, *kinds), _ALIAS)
        self.codes = {kind: aliases[kind] for kind in list(kinds)[: len(TEXT_IDS) - 1]}
        self.left = tuple(kinds)[len(TEXT_IDS) - 1 :]
        self.places = {alias: ("Text", n) for n, alias in enumerate((ACTIVITY_ID, *self.codes.values()))}
        if any(activity.duration is not None and activity.duration.range for activity in every):
            self.places |= {alias: ("Duration", n) for n, alias in enumerate(POINTS.values())}

    def definitions(self) -> Element:
        """Return the element that says what the fields are called."""
        out = Element("ExtendedAttributes")
        for alias, (kind, place) in self.places.items():
            one = Element("ExtendedAttribute")
            one.add(FieldID=str(KINDS[kind][place]), FieldName=f"{kind}{place + 1}", Alias=alias)
            out.put(one)
        return out

    def values(self, path: str, activity: Activity) -> Iterator[Element]:
        """Yield what the fields of an activity hold."""
        if path not in self.numbered and ACTIVITY_ID not in activity.codes:
            code = path.removeprefix(f"{self.program.project_of(path)}.")
            yield self._value(ACTIVITY_ID, name_of(code, _VALUE))
        for kind, said in activity.codes.items():
            if kind in self.codes:
                yield self._value(self.codes[kind], name_of(said, _VALUE))
        for name, length in point_minutes(activity).items():
            yield self._value(POINTS[name], duration_text(length), DurationFormat="7")

    def _value(self, alias: str, text: str, **more: str) -> Element:
        kind, place = self.places[alias]
        out = Element("ExtendedAttribute")
        out.add(FieldID=str(KINDS[kind][place]), Value=text, **more)
        return out
