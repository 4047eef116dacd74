"""Pools that end: work that cannot begin before its pool has too few units for good, and so can never begin.

Only what holds in every iteration counts: dates of starts, data dates, starts no earlier than, along the links. How
long work lasts is left out, for it may last less than planned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from riskmc.program.activity import Activity
from riskmc.program.moment import Moment
from riskmc.program.numeral import amount_text
from riskmc.program.plain_words import Place
from riskmc.program.resource import Resource

if TYPE_CHECKING:
    from riskmc.program.program import Program

_DEEPEST = 100  # links back; what lies further back only bounds a start from below


def ends(resource: Resource, units: float) -> tuple[Moment, float] | None:
    """Return from when on a pool never has so many units again, and the most it has then; None where it does."""
    end, most = None, 0.0
    for moment, level in reversed(resource.levels()):
        if level >= units or moment is None:
            break
        end, most = moment, max(most, level)
    return None if end is None else (end, most)


class PoolEnds:
    """The demands of a program that come after their pool has too few units for good.

    ``most`` is how many units each limited pool ever has; pools that risks or policies add to are left to the run.
    """

    def __init__(self, program: Program, most: Mapping[str, float]):
        self.program = program
        self.planned = {
            name: resource
            for name, resource in program.resources.items()
            if resource.staffing is not None
            and name in most
            and most[name] <= max(level for _, level in resource.levels())
        }
        self._first: dict[str, datetime | None] = {}

    def too_late(self, place: Place, activity: Activity, path: str) -> Iterator[tuple[Place, str]]:
        """Yield the demands of an activity that can begin, at the earliest, when their pool has ended."""
        approvers = activity.approval.by if activity.approval is not None else {}
        for words, demand in ((("uses",), activity.uses), (("approval", "by"), approvers)):
            for name in sorted(demand.keys() & self.planned.keys()):
                end, first = ends(self.planned[name], demand[name]), self.earliest(path)
                if end is not None and first is not None and first >= end[0].start_like():
                    yield (*place, *words, name), _told(name, demand[name], first, end)

    def earliest(self, path: str, deep: int = 0) -> datetime | None:
        """Return an instant before which the activity at a path begins in no iteration; None if it may not exist."""
        if path not in self._first:
            self._first[path] = None  # where links lead in a circle, which is a fault of its own
            self._first[path] = self._earliest(path, self.program.activities()[path], deep)
        return self._first[path]

    def _earliest(self, path: str, activity: Activity, deep: int) -> datetime | None:
        if activity.exists is not None or activity.when is not None:
            return None
        project = self.program.projects[self.program.project_of(path)]
        known = [project.start or self.program.start]
        if project.scheduling != "microsoft":
            known.append(project.data_date or self.program.data_date)
        begun = activity.progress is not None and activity.progress.started is not None
        if activity.start_no_earlier_than is not None and not begun:
            known.append(activity.start_no_earlier_than.date)
        found = [moment.start_like() for moment in known if moment is not None]
        return max([*found, *(() if begun or deep >= _DEEPEST else self._before(path, activity, deep))], default=None)

    def _before(self, path: str, activity: Activity, deep: int) -> Iterator[datetime]:
        """Yield the earliest starts of what an activity starts after, leads left out."""
        for link in activity.after:
            lead = link.lag is not None and not (link.lag.certain and link.lag.value.value >= 0)
            before = self.program.candidates(link.activity, self.program.project_of(path))
            if len(before) == 1 and link.type in ("FS", "SS") and link.first_of is None and not lead:
                first = self.earliest(before[0], deep + 1)
                if first is not None:
                    yield first


def _told(name: str, units: float, first: datetime, end: tuple[Moment, float]) -> str:
    rule = f"`resources.{name}.staffing` leaves no more than {amount_text(end[1])} from {end[0]} on"
    return f"needs {amount_text(units)} {name} on {first:%Y-%m-%d} or later, and {rule}: it can never start"
