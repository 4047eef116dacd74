"""The logic of a program as nodes and edges: floors, constraints, links, lags and progress (N1 to N5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.axis import CLOCK, Axis
from riskmc.network.draws import Draws
from riskmc.network.layout import NONE
from riskmc.network.sizes import central, is_elapsed, spread
from riskmc.network.tasks import State, Task, number
from riskmc.program.activity import LevelOfEffort, Span
from riskmc.program.link import Link
from riskmc.program.moment import Moment
from riskmc.program.program import Program

START_TYPES = ("SS", "SF")


@dataclass(slots=True)
class Node:
    """One activity in the network; indices are working minutes of its calendar, NONE where there is no constraint.

    ``floor`` always holds (data date, project start); ``constraint_floor`` and what follows only while the activity
    exists. ``slip`` is the row of a sampled slip added to ``constraint_floor``; ``worked`` what a finished one took.
    ``kept`` and ``..._ends_work`` as in `Nodes`: where on the clock a milestone stands that its floor holds.
    """

    name: str
    calendar: int
    floor: int
    constraint_floor: int = NONE
    slip: int = -1
    finish_floor: int = NONE
    fixed_start: int = NONE
    fixed_finish: int = NONE
    late_start_cap: int = NONE
    late_finish_cap: int = NONE
    as_late_as_possible: bool = False
    milestone: str | None = None
    can_vanish: bool = False
    level_of_effort: bool = False
    project: int = 0
    worked: int = 0
    finish_on: int = NONE
    kept: int = NONE
    late_minute: int = NONE
    floor_ends_work: bool = False
    constraint_ends_work: bool = False
    fixed_ends_work: bool = False


@dataclass(slots=True)
class Edge:
    """One link; ``lag`` is in minutes of ``lag_calendar``, ``lag_row`` the row of a sampled lag added to it."""

    pred: int
    succ: int
    type: str
    lag: int
    lag_row: int
    lag_calendar: int


@dataclass
class Schedule:
    """Nodes in the order of the tasks (spans of cost items last), edges, and what a simulation relaxes (N3).

    ``sampled`` holds what lags and slips are made of: (value row, constant minutes), one for each row of lags.
    """

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    sampled: list[tuple[int, float]] = field(default_factory=list)
    planned_lags: list[int] = field(default_factory=list)
    relaxed: list[str] = field(default_factory=list)
    spans: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)


def read_schedule(
    program: Program,
    tasks: Sequence[Task],
    axis: Axis,
    draws: Draws,
    varying: Callable[[Task], bool],
    projects: Sequence[str],
) -> Schedule:
    """Return the network of a program; ProgramError with every fault found."""
    out = Schedule()
    by_path = {task.path: task for task in tasks}
    position = {name: i for i, name in enumerate(projects)}
    imposed = _imposed(out, program, axis)
    for task in tasks:
        node = _node(out, program, task, axis, draws, varying(task))
        node.project, node.late_minute = position[task.project], imposed.get(task.project, NONE)
    for task in tasks:
        _edges(out, program, task, axis, draws, by_path)
    for name, entry in sorted(program.costs.items()):
        if entry.per_day is not None:
            _span(out, program, name, entry.span, tasks, by_path, axis)
    if out.faults:
        raise ProgramError(out.faults)
    _settle(out, tasks, axis)
    return out


def _imposed(out: Schedule, program: Program, axis: Axis) -> dict[str, int]:
    """Return the minutes by which projects must finish: they bound late dates, and nothing else (N3, P6 rule 13)."""
    found = {name: project.must_finish_by for name, project in program.projects.items() if project.must_finish_by}
    for name, moment in found.items():
        _relax(out, name, "must finish by", moment, "does not act")
    return {name: axis.minute(moment.finish_like()) for name, moment in found.items()}


def _node(out: Schedule, program: Program, task: Task, axis: Axis, draws: Draws, varies: bool) -> Node:
    activity = task.activity
    node = Node(task.path, task.calendar, axis.index(task.calendar, task.data_date), milestone=task.milestone)
    node.level_of_effort = task.follows
    node.can_vanish = varies or activity.margin
    out.nodes.append(node)
    held_since = task.data_date if task.state is not State.FINISHED else task.started
    if node.can_vanish or task.milestone:
        node.floor_ends_work = axis.ends_work(task.calendar, held_since)
    if task.state is State.FINISHED:
        node.floor = axis.index(task.calendar, task.started)
        node.worked = axis.index(task.calendar, task.finished) - node.floor
        return node
    _finish_constraints(out, task, node, axis)
    if task.state is State.PLANNED:
        _start_constraints(out, program, task, node, axis, draws)
    return node


def _start_constraints(out: Schedule, program: Program, task: Task, node: Node, axis: Axis, draws: Draws) -> None:
    activity, floors = task.activity, []
    if activity.start_no_earlier_than is not None:
        floors.append(activity.start_no_earlier_than.date)
        if activity.start_no_earlier_than.slip is not None:
            node.slip = _slip(out, program, task, axis, draws)
    if activity.start_on is not None:
        floors.append(activity.start_on)
        node.late_start_cap = _index(axis, task, activity.start_on)
        _relax(out, task.path, "start on", activity.start_on, "acts as start no earlier than")
    if floors:
        minute = max(axis.minute(moment.start_like()) for moment in floors)
        node.constraint_floor = axis.index(task.calendar, minute)
        node.constraint_ends_work = axis.ends_work(task.calendar, minute)
    if activity.start_no_later_than is not None:
        node.late_start_cap = _index(axis, task, activity.start_no_later_than, finish_like=True)
    if activity.mandatory_start is not None:
        node.fixed_start = node.late_start_cap = _index(axis, task, activity.mandatory_start)
        node.fixed_ends_work = axis.ends_work(task.calendar, axis.minute(activity.mandatory_start.start_like()))
        _relax(out, task.path, "mandatory start", activity.mandatory_start, "acts as start no earlier than")


def _finish_constraints(out: Schedule, task: Task, node: Node, axis: Axis) -> None:
    activity = task.activity
    if activity.finish_no_earlier_than is not None:
        node.finish_floor = _index(axis, task, activity.finish_no_earlier_than)
    if activity.finish_no_later_than is not None:
        node.late_finish_cap = _index(axis, task, activity.finish_no_later_than, finish_like=True)
    for kind, moment in (("finish on", activity.finish_on), ("mandatory finish", activity.mandatory_finish)):
        if moment is not None:
            node.late_finish_cap = _index(axis, task, moment, finish_like=True)
            _relax(out, task.path, kind, moment, "does not act")
    if activity.finish_on is not None:
        node.finish_on = _index(axis, task, activity.finish_on, finish_like=True)
    if activity.mandatory_finish is not None:
        node.fixed_finish = node.late_finish_cap
    node.as_late_as_possible = activity.as_late_as_possible and task.state is State.PLANNED
    if node.as_late_as_possible:
        out.relaxed.append(f"{task.path}: as late as possible does not act in the simulation")


def _index(axis: Axis, task: Task, moment: Moment, finish_like: bool = False) -> int:
    return axis.index(task.calendar, axis.minute(moment.finish_like() if finish_like else moment.start_like()))


def _relax(out: Schedule, path: str, kind: str, moment: Moment, how: str) -> None:
    out.relaxed.append(f"{path}: {kind} {moment.at:%Y-%m-%d} {how} in the simulation")


def _sampled(out: Schedule, value: int, constant: float, planned: float) -> int:
    out.sampled.append((value, constant))
    out.planned_lags.append(round(planned))
    return len(out.sampled) - 1


def _slip(out: Schedule, program: Program, task: Task, axis: Axis, draws: Draws) -> int:
    slip = task.activity.start_no_earlier_than.slip  # type: ignore[union-attr]
    assert slip is not None
    try:
        size = spread(slip, number(axis, task.calendar, None), task.activity.elicited_as or program.elicited_as)
    except ArgumentError as error:
        out.faults.append((task.path, f"start_no_earlier_than.slip: {error}"))
        return -1
    return _sampled(out, draws.value(f"activity/{task.path}/slip", size), 0.0, central(size))


def _edges(out: Schedule, program: Program, task: Task, axis: Axis, draws: Draws, by_path: Mapping[str, Task]) -> None:
    seen: dict[str, int] = {}
    links = task.activity.after
    sampled = sum(link.lag is not None and not link.lag.certain for link in links)
    for link in sorted(links, key=str) if sampled > 1 else links:
        pred = by_path.get(program.path(link.activity, task.project))
        if pred is None or (pred.follows and not task.follows):
            continue  # never scheduled, or level of effort: it drives nothing
        if not _acts(program, pred, task, link):
            continue
        try:
            edge = _edge(out, program, pred, task, link, axis, draws, seen)
            out.edges.append(edge)
            if edge.lag_row >= 0 and edge.lag < 0:  # what was worked may be more than the lag that is drawn
                out.edges.append(Edge(pred.number, task.number, link.type, 0, -1, CLOCK))
        except ArgumentError as error:
            out.faults.append((task.path, f"after {link.activity}: {error}"))
    if task.follows:
        _supported(out, program, task, by_path, axis)


def _acts(program: Program, pred: Task, succ: Task, link: Link) -> bool:
    """Return whether a link still acts, given the progress of its ends (N4, retained logic or progress override)."""
    if succ.state is State.PLANNED:
        return True
    if pred.state is State.FINISHED:
        return succ.state is State.STARTED  # a lag may still run from its actual dates
    override = _setting(program, succ, "out_of_sequence") == "progress_override"
    if succ.state is State.FINISHED:
        return not override
    return not override or link.type in ("FF", "SF")


def _setting(program: Program, task: Task, name: str) -> str | None:
    found: str | None = getattr(program.projects[task.project], name) or getattr(program, name)
    return found


def _edge(
    out: Schedule, program: Program, pred: Task, succ: Task, link: Link, axis: Axis, draws: Draws, seen: dict[str, int]
) -> Edge:
    edge = Edge(pred.number, succ.number, link.type, 0, -1, pred.calendar)
    if link.lag is not None:
        edge.lag_calendar = _lag_calendar(program, pred, succ, link, axis)
        minutes = number(axis, edge.lag_calendar, pred.planned)
        if link.lag.certain:
            edge.lag = round(minutes(link.lag.value))
        else:
            size = spread(link.lag, minutes, succ.activity.elicited_as or program.elicited_as)
            edge.lag_row = _sampled(out, draws.value(_lag_name(pred, succ, link, seen), size), 0.0, central(size))
    if pred.state is State.STARTED:
        _consume(edge, pred, succ, axis)
    return edge


def _lag_name(pred: Task, succ: Task, link: Link, seen: dict[str, int]) -> str:
    """Return the variable of a sampled lag; a second one of that type between the two has a number (R1)."""
    name = f"link/{pred.path}/{succ.path}/{link.type}/lag"
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}/{seen[name]}"


def _lag_calendar(program: Program, pred: Task, succ: Task, link: Link, axis: Axis) -> int:
    """Return the calendar of a lag: 24 h if elapsed, else as the link, the project or the program says (N2)."""
    if link.lag is not None and is_elapsed(link.lag):
        return CLOCK
    choice = link.lag_calendar or _setting(program, succ, "lag_calendar") or "predecessor"
    if choice == "24h":
        return CLOCK
    project = program.projects[succ.project]
    if choice == "project":
        return axis.number(project.calendar or program.calendar)
    task = pred if choice == "predecessor" else succ
    if task.milestone and task.activity.calendar is None:
        return axis.number(program.calendar)  # T3: a milestone has no working time of its own
    return task.calendar


def _consume(edge: Edge, pred: Task, succ: Task, axis: Axis) -> None:
    """Take off what a started predecessor has already worked of a start lag (retained logic, P6 rule 9)."""
    if edge.type in START_TYPES:
        if succ.state is State.STARTED and edge.type == "SS":
            edge.lag, edge.lag_row = min(edge.lag, 0), -1
        elif edge.lag > 0 or edge.lag_row >= 0:
            worked = axis.index(edge.lag_calendar, pred.data_date) - axis.index(edge.lag_calendar, pred.started)
            edge.lag = max(0, edge.lag - worked) if edge.lag_row < 0 else -worked


def _supported(out: Schedule, program: Program, task: Task, by_path: Mapping[str, Task], axis: Axis) -> None:
    support = task.activity.level_of_effort
    assert support is not None
    if support.from_ or support.to:
        out.nodes[task.number].floor = 0  # it starts with the work it supports, before the data date too
    _support(out, program, task.number, support, task.project, by_path, axis)


def _support(
    out: Schedule,
    program: Program,
    node: int,
    span: Span | LevelOfEffort | None,
    home: str | None,
    by_path: Mapping[str, Task],
    axis: Axis,
) -> None:
    """Tie a span to the starts and finishes of the work it supports (C5)."""
    for kind, names in (("SS", span.from_ if span else ()), ("FF", span.to if span else ())):
        paths = (program.path(name, home) for name in names)
        for task in (by_path[path] for path in paths if path in by_path):
            pred = _begun(out, task, axis) if kind == "SS" else task.number
            out.edges.append(Edge(pred, node, kind, 0, -1, CLOCK))


def _begun(out: Schedule, task: Task, axis: Axis) -> int:
    """Return the node whose start is the activity's: its own, or one that stands at its actual start."""
    if task.state is State.PLANNED:
        return task.number
    out.nodes.append(Node(f"{task.path} (started)", task.calendar, axis.index(task.calendar, task.started)))
    return len(out.nodes) - 1


def _span(
    out: Schedule,
    program: Program,
    name: str,
    span: Span | None,
    tasks: Sequence[Task],
    by_path: Mapping[str, Task],
    axis: Axis,
) -> None:
    """Add a level-of-effort node for a cost item that runs over a span; without one, over the whole program (C5)."""
    number_of = len(out.nodes)
    out.nodes.append(Node(f"costs.{name}", axis.number(program.calendar), 0, level_of_effort=True))
    out.spans[name] = number_of
    everyone = tuple(task.path for task in tasks if not task.follows)
    whole = Span.model_construct(
        from_=(span.from_ if span else ()) or everyone, to=(span.to if span else ()) or everyone
    )
    _support(out, program, number_of, whole, None, by_path, axis)


def _settle(out: Schedule, tasks: Sequence[Task], axis: Axis) -> None:
    """Settle what the links decide: finished work that is still held, and milestones that nothing holds.

    Finished work that unfinished predecessors still hold transmits them, with nothing left to do (P6 rule 8). A start
    milestone without predecessors keeps the raw data date, worked or not (P6 rule 1).
    """
    held = {edge.succ for edge in out.edges}
    for task in tasks:
        node = out.nodes[task.number]
        if task.state is State.FINISHED and task.number in held:
            node.floor, node.worked = node.floor + node.worked, 0
            node.floor_ends_work = axis.ends_work(task.calendar, task.finished)
        if task.state is State.PLANNED and task.milestone == "start" and task.number not in held:
            constraints = (
                node.constraint_floor,
                node.finish_floor,
                node.finish_on,
                node.fixed_start,
                node.fixed_finish,
            )
            if set(constraints) == {NONE} and not node.as_late_as_possible and task.calendar != CLOCK:
                node.kept = task.data_date


__all__ = ["NONE", "Edge", "Node", "Schedule", "read_schedule"]
