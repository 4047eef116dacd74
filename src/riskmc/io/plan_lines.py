"""Lines of a plan file: where its activities stand, for messages; counted when the first one asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from riskmc.program.origin import Line
from riskmc.program.plain_words import Place


class PlanLines:
    """The lines of the activities of a plan file, by place ``("projects", project, "activities", activity)``."""

    def __init__(self, file: str, count: Callable[[], Mapping[Place, Line]]):
        self.file = file
        self._count = count

    def lines(self) -> Mapping[Place, Line]:
        """Return the line, from 1, of every activity."""
        return self._count()


def place(project: str, activity: str) -> Place:
    """Return the place of an activity."""
    return ("projects", project, "activities", activity)
