"""Links as a planning tool holds them: one value for each lag, on the calendar on which the tool counts it.

A lag on another calendar is written as the time that it takes in this plan, so that the dates stay the same today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from riskmc.analysis.conversion.losses import Ledger
from riskmc.io.findings import certain, working_time
from riskmc.network.axis import CLOCK
from riskmc.network.network import Network
from riskmc.network.plan import PlanDates
from riskmc.network.sizes import central, is_elapsed, spread
from riskmc.network.tasks import State, Task, number
from riskmc.network.ties import lag_calendar
from riskmc.program.activity import LevelOfEffort
from riskmc.program.link import LagCalendar, Link, LinkType
from riskmc.program.quantity import Quantity

_FROM_FINISH = ("FS", "FF")


@dataclass(frozen=True)
class LinkWriter:
    """Turns the links of a compiled program into those of a planning tool; ``counted_on`` is where the tool counts.

    ``counted_on`` None is the project's own option. ``elapsed``: the tool knows lags by the clock on any link.
    ``written`` gives the number of the calendar on which an activity is written.
    """

    network: Network
    plan: PlanDates
    tasks: Mapping[str, Task]
    counted_on: LagCalendar | None
    elapsed: bool
    written: Callable[[Task], int]
    ledger: Ledger

    def links(self, task: Task) -> tuple[Link, ...]:
        """Return the links into an activity; those of level of effort to what it spans are written out."""
        found = []
        for link in (*self._single(task), *_spanned(task.activity.level_of_effort)):
            pred = self._pred(task, link)
            if pred is not None and pred.follows and not task.follows:
                self.ledger.lose("links from level of effort, which drives nothing, are left out; into", task.path)
                continue
            found.append(link if pred is None else link.model_copy(update=self._lag(pred, task, link)))
        return tuple(found)

    def _pred(self, task: Task, link: Link) -> Task | None:
        return self.tasks.get(self.network.program.path(link.activity, task.project))

    def _single(self, task: Task) -> Iterator[Link]:
        """Yield the links into an activity; of those that count as one, the one that does so in this plan."""
        groups: dict[object, list[Link]] = defaultdict(list)
        for link in task.activity.after:
            groups[link if link.first_of is None else (link.first_of, link.type, link.lag, link.lag_calendar)] += [link]
        for links in groups.values():
            if links[0].first_of is None:
                yield from links
                continue
            known = [(self._from(pred, link), link) for link in links if (pred := self._pred(task, link)) is not None]
            if len(known) > 1:
                told = "links from whichever of several activities comes first are written from today's first; into"
                self.ledger.lose(told, task.path)
            yield from (link.model_copy(update={"first_of": None}) for _, link in sorted(known, key=itemgetter(0))[:1])

    def _from(self, pred: Task, link: Link) -> int:
        """Return the minute of this plan from which a link runs."""
        if link.type in _FROM_FINISH or pred.milestone:
            return int(self.plan.finish[pred.number])
        return pred.started if pred.state is not State.PLANNED else int(self.plan.start[pred.number])

    def _lag(self, pred: Task, succ: Task, link: Link) -> dict[str, object]:
        """Return the words of a link that change."""
        if link.lag is None:
            return {"lag_calendar": None}
        axis = self.network.axis
        counted = lag_calendar(self.network.program, axis, pred, succ, link)
        size = spread(link.lag, number(axis, counted, pred.planned), succ.activity.elicited_as)
        minutes = round(central(size))
        if not link.lag.certain:
            self.ledger.lose("ranges of lags are written as their most likely value; into", succ.path)
        if self.elapsed and (is_elapsed(link.lag) or counted == CLOCK):
            return {"lag": certain(Quantity(minutes / 60, "eh")), "lag_calendar": None}
        wanted = self._counted_on(pred, succ)
        if counted != wanted:
            self.ledger.lose(
                "lags counted on another calendar than the tool's are written as the time they take now; into",
                succ.path,
            )
            minutes = self._as_on(pred, link.type, counted, wanted, minutes)
        return {"lag": certain(working_time(float(minutes))) if minutes else None, "lag_calendar": None}

    def _counted_on(self, pred: Task, succ: Task) -> int:
        """Return the calendar on which the tool counts a lag between two activities."""
        program, axis = self.network.program, self.network.axis
        project = program.projects[succ.project]
        choice = self.counted_on or project.lag_calendar or program.lag_calendar
        if choice == "project":
            return axis.number(project.calendar or program.calendar)
        if choice == "24h":
            return CLOCK
        return self.written(pred if choice == "predecessor" else succ)

    def _as_on(self, pred: Task, kind: LinkType, counted: int, wanted: int, minutes: int) -> int:
        """Return the minutes on the calendar ``wanted`` that pass while a lag runs on the one it is counted on."""
        dates = self.plan.finish if kind in _FROM_FINISH else self.plan.start
        begins, axis = int(dates[pred.number]), self.network.axis
        work, other = axis.calendars[counted], axis.calendars[wanted]
        index = np.clip(work.index(begins) + minutes, 0, work.limit - 1)
        ends = work.finish_instant(index) if minutes > 0 else work.start_instant(index)
        return int(other.index(ends)) - int(other.index(begins))


def _spanned(effort: LevelOfEffort | None) -> list[Link]:
    """Return the links that tie level of effort to the starts and finishes of the work it spans (C5)."""
    if effort is None:
        return []
    ends: tuple[tuple[LinkType, tuple[str, ...]], ...] = (("SS", effort.from_), ("FF", effort.to))
    return [Link(activity=name, type=kind) for kind, names in ends for name in names]
