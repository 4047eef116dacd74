"""Links of a program as edges: which of them still act, given progress; their lags, and what of these is consumed.

Semantics N1, N2 and N4; the rules named P6 are those of docs/guide/xer.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from riskmc.errors import ArgumentError
from riskmc.network.axis import CLOCK, Axis
from riskmc.network.draws import Draws
from riskmc.network.graph import Edge, Node, Schedule
from riskmc.network.sizes import central, is_elapsed, spread
from riskmc.network.tasks import FINISHED, PLANNED, STARTED, Task, number
from riskmc.program.link import Link
from riskmc.program.program import Program
from riskmc.program.quantity import Size

START_TYPES = ("SS", "SF")
Group = tuple[str, str, Size | None, str | None]


@dataclass
class Ties:
    """The links of a program in the making. ``held`` are finished activities that unfinished work still holds."""

    out: Schedule
    program: Program
    axis: Axis
    draws: Draws
    by_path: Mapping[str, Task]
    held: set[str] = field(init=False)
    firsts: dict[tuple[int, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.path = self.program.lookup().path
        self.held = self._held()

    def write(self, task: Task) -> None:
        """Add the edges of the links into an activity; what is wrong with them goes to the schedule's faults."""
        seen: dict[str, int] = {}
        groups: dict[Group, list[tuple[Task, Link]]] = defaultdict(list)
        for link in _in_order(task.activity.after):
            pred = self.by_path.get(self.path(link.activity, task.project))
            if pred is None or not self._acts(pred, task, link):
                continue
            if link.first_of is not None:
                groups[link.first_of, link.type, link.lag, link.lag_calendar].append((pred, link))
                continue
            try:
                edge = self._edge(pred, task, link, seen)
            except ArgumentError as error:
                self.out.faults.append((task.path, f"after {link.activity}: {error}"))
                continue
            self.out.edges.append(edge)
            if edge.lag_row >= 0 and edge.lag < 0:  # what was worked may be more than the lag that is drawn
                self.out.edges.append(replace(edge, lag=0, lag_row=-1, lag_calendar=CLOCK))
        for ties in groups.values():
            self._write_first(ties, task, seen)

    def _write_first(self, ties: Sequence[tuple[Task, Link]], task: Task, seen: dict[str, int]) -> None:
        """Add the edge of links that count as one, from whichever of them comes first."""
        preds, link = [pred for pred, _ in ties], ties[0][1]
        try:
            edge = self._edge(preds[0], task, link, seen)
        except ArgumentError as error:
            self.out.faults.append((task.path, f"after {link.activity}: {error}"))
            return
        edge.pred = self._first(preds, link)
        self.out.edges.append(edge)

    def _first(self, preds: Sequence[Task], link: Link) -> int:
        """Return the node that stands at the first start, or finish, of several activities; they share one."""
        ends = link.type in ("FS", "FF")
        key = (ends, *(pred.number for pred in preds))
        if key not in self.firsts:
            self.firsts[key] = len(self.out.nodes)
            self.out.nodes.append(Node(f"first of {link.first_of}", CLOCK, 0, takes_least=True))
            for pred in preds:
                number = pred.number if ends else begun(self.out, pred, self.axis)
                kind = "FS" if ends else _kind(pred, link)
                kind = "FS" if kind in ("FS", "FF") else "SS"
                self.out.edges.append(Edge(number, self.firsts[key], kind, 0, -1, CLOCK))
        return self.firsts[key]

    def _held(self) -> set[str]:
        """Return the finished activities that unfinished predecessors hold, also through finished ones (P6 rule 8)."""
        after: dict[str, list[str]] = defaultdict(list)
        waiting: list[str] = []
        for task in self.by_path.values():
            if task.state is not FINISHED or task.follows or task.microsoft:
                continue
            if self._option(task) != "retained_logic":
                continue
            for link in task.activity.after:
                pred = self.by_path.get(self.path(link.activity, task.project))
                if pred is not None and pred.state is FINISHED:
                    after[pred.path].append(task.path)
                elif pred is not None and not pred.follows:
                    waiting.append(task.path)
        held: set[str] = set()
        while waiting:
            if (path := waiting.pop()) not in held:
                held.add(path)
                waiting.extend(after[path])
        return held

    def _option(self, task: Task) -> str:
        found = self.program.projects[task.project].out_of_sequence or self.program.out_of_sequence
        return str(found)

    def _acts(self, pred: Task, succ: Task, link: Link) -> bool:
        """Return whether a link still acts, given the progress of its ends (N4, P6 rules 8 and 10)."""
        if pred.follows and not succ.follows:
            return False  # level of effort drives nothing
        if succ.microsoft and succ.state is not PLANNED and not succ.follows:
            return self._splits(pred, succ)
        if succ.state is FINISHED:
            held = succ.path in self.held and (pred.state is not FINISHED or pred.path in self.held)
            return held or (succ.follows and pred.state is not FINISHED)
        if succ.state is PLANNED or pred.state is FINISHED or succ.follows:
            return True
        return self._option(succ) != "progress_override" or link.type in ("FF", "SF")

    def _splits(self, pred: Task, succ: Task) -> bool:
        """Return whether unfinished work puts off what remains of work under way: Microsoft Project may split it."""
        under_way = succ.state is STARTED and pred.state is not FINISHED
        return under_way and self._option(succ) == "retained_logic"

    def _edge(self, pred: Task, succ: Task, link: Link, seen: dict[str, int]) -> Edge:
        edge = Edge(pred.number, succ.number, _kind(pred, link), 0, -1, pred.calendar)
        if link.lag is not None:
            edge.lag_calendar = lag_calendar(self.program, self.axis, pred, succ, link)
            minutes = number(self.axis, edge.lag_calendar, pred.planned)
            if link.lag.certain:
                edge.lag = round(minutes(link.lag.value))
            else:
                size = spread(link.lag, minutes, succ.activity.elicited_as or self.program.elicited_as)
                drawn = self.draws.value(_lag_name(pred, succ, link, seen), size)
                edge.lag_row = self.out.sample(drawn, 0.0, central(size))
        if pred.state is not PLANNED:
            self._progressed(edge, pred, succ)
        return edge

    def _progressed(self, edge: Edge, pred: Task, succ: Task) -> None:
        """Settle whence a link runs from work that has begun, what of its lag is left, and when it acts (P6 rule 9)."""
        if pred.state is STARTED and edge.type in START_TYPES:
            if succ.microsoft:
                edge.pred = begun(self.out, pred, self.axis)
                return
            if edge.type == "SS" and succ.state is STARTED and not succ.follows:
                edge.gate = pred.number
            if self.program.projects[succ.project].lag_from == "actual_start":
                edge.pred = _actual_start(self.out, pred, self.axis)
            else:
                self._consume(edge, pred.started, pred.data_date)
        elif pred.path in self.held:
            self._consume(edge, pred.started if edge.type in START_TYPES else pred.finished, pred.data_date)
        elif pred.state is FINISHED:
            edge.pred = (_actual_start if edge.type in START_TYPES else ended)(self.out, pred, self.axis)

    def _consume(self, edge: Edge, since: int, until: int) -> None:
        """Take off what was worked of a lag between two minutes."""
        if edge.lag > 0 or edge.lag_row >= 0:
            worked = self.axis.index(edge.lag_calendar, until) - self.axis.index(edge.lag_calendar, since)
            edge.lag = max(0, edge.lag - worked) if edge.lag_row < 0 else -worked


def _in_order(links: Sequence[Link]) -> Sequence[Link]:
    """Return the links as written; by their text where several lags are drawn, for two of a kind are numbered (R1)."""
    if len(links) < 2:
        return links
    sampled = [link for link in links if link.lag is not None and not link.lag.certain]
    return sorted(links, key=str) if len(sampled) > 1 else links


def _kind(pred: Task, link: Link) -> str:
    """Return the type of a link; Microsoft Project's milestones stand at one instant, their start is their finish."""
    if pred.microsoft and pred.milestone and pred.state is PLANNED:
        return {"SS": "FS", "SF": "FF"}.get(link.type, link.type)
    return link.type


def _lag_name(pred: Task, succ: Task, link: Link, seen: dict[str, int]) -> str:
    """Return the variable of a sampled lag; a second one of that type between the two has a number (R1)."""
    name = f"link/{pred.path}/{succ.path}/{link.type}/lag"
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}/{seen[name]}"


def begun(out: Schedule, task: Task, axis: Axis) -> int:
    """Return the node whose start is the activity's: its own, or one that stands at its actual start."""
    if task.state is PLANNED:
        return task.number
    calendar = CLOCK if task.microsoft else task.calendar
    return out.stand(f"{task.path} (started)", calendar, axis.index(calendar, task.started))


def _actual_start(out: Schedule, task: Task, axis: Axis) -> int:
    """Return the node whose start is the actual one, or one that stands at an instant when nobody works."""
    if axis.is_worked(task.calendar, task.started):
        return task.number if task.state is FINISHED else begun(out, task, axis)
    return out.stand(f"{task.path} (started)", CLOCK, task.started)


def ended(out: Schedule, task: Task, axis: Axis) -> int:
    """Return the node whose finish is the actual one: the activity's own, or one at an instant when nobody works."""
    if axis.ends_work(task.calendar, task.finished):
        return task.number
    return out.stand(f"{task.path} (finished)", CLOCK, task.finished)


def lag_calendar(program: Program, axis: Axis, pred: Task, succ: Task, link: Link) -> int:
    """Return the calendar of a lag: 24 h if elapsed, else as the link, the project or the program says (N2)."""
    if link.lag is not None and is_elapsed(link.lag):
        return CLOCK
    project = program.projects[succ.project]
    choice = link.lag_calendar or project.lag_calendar or program.lag_calendar
    if choice == "24h":
        return CLOCK
    if choice == "project":
        return axis.number(project.calendar or program.calendar)
    task = pred if choice == "predecessor" else succ
    if task.milestone and task.activity.calendar is None:
        return axis.number(program.calendar)  # T3: a milestone has no working time of its own
    if task.microsoft and task.elapsed and task.activity.calendar is not None:
        return axis.number(task.activity.calendar)  # elapsed work keeps a calendar for its lags
    return task.calendar
