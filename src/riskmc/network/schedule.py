"""The logic of a program as nodes and edges: floors, constraints, links, lags and progress (N1 to N5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from riskmc.errors import ArgumentError, ProgramError
from riskmc.forecast.language import marked, phrase
from riskmc.network.axis import CLOCK, Axis
from riskmc.network.draws import Draws
from riskmc.network.graph import Edge, Node, Schedule
from riskmc.network.layout import NONE
from riskmc.network.microsoft import settle
from riskmc.network.sizes import central, spread
from riskmc.network.tasks import FINISHED, PLANNED, Task, number
from riskmc.network.ties import Ties, begun
from riskmc.program.activity import LevelOfEffort, Span
from riskmc.program.moment import Moment
from riskmc.program.program import Program


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
        node.project = position[task.project]
        project = program.projects[task.project]
        node.open_end_critical = project.open_ends_critical and task.state is not FINISHED
        node.float_as = project.float_as
        if node.late_minute == NONE:
            node.late_minute = imposed.get(task.project, NONE)
    ties = Ties(out, program, axis, draws, by_path)
    for task in tasks:
        ties.write(task)
        if task.follows:
            _supported(out, program, task, by_path, axis)
    for name, entry in sorted(program.costs.items()):
        if entry.per_day is not None or (entry.span is not None and not entry.contingency):
            _span(out, program, name, entry.span, tasks, by_path, axis)
    if out.faults:
        raise ProgramError(out.faults)
    _settle(out, tasks, ties.held, axis)
    settle(out, program, tasks, axis)
    return out


def _imposed(out: Schedule, program: Program, axis: Axis) -> dict[str, int]:
    """Return the minutes by which projects must finish: they bound late dates, and nothing else (N3, P6 rule 13)."""
    found = {name: project.must_finish_by for name, project in program.projects.items() if project.must_finish_by}
    for name, moment in found.items():
        _relax(out, name, marked("{activity}: must finish by {date} does not act in the simulation"), moment)
    return {name: axis.minute(moment.finish_like()) for name, moment in found.items()}


def _node(out: Schedule, program: Program, task: Task, axis: Axis, draws: Draws, varies: bool) -> Node:
    activity = task.activity
    node = Node(task.path, task.calendar, axis.index(task.calendar, task.data_date), milestone=task.milestone)
    node.level_of_effort = task.follows
    node.can_vanish = varies or activity.margin
    out.nodes.append(node)
    held_since = task.data_date if task.state is not FINISHED else task.started
    if node.can_vanish or task.milestone:
        node.floor_ends_work = axis.ends_work(task.calendar, held_since)
    if task.state is FINISHED:
        node.floor = axis.index(task.calendar, task.started)
        node.worked = axis.index(task.calendar, task.finished) - node.floor
        node.settled = True
        return node
    _finish_constraints(out, task, node, axis)
    _finish_elsewhere(out, program, task, node, axis)
    if task.state is PLANNED:
        _start_constraints(out, program, task, node, axis, draws)
    else:
        _resume(task, node, axis)
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
        _relax(
            out,
            task.path,
            marked("{activity}: start on {date} acts as start no earlier than in the simulation"),
            activity.start_on,
        )
    if floors:
        minute = max(axis.minute(moment.start_like()) for moment in floors)
        node.constraint_floor = axis.index(task.calendar, minute)
        node.constraint_ends_work = axis.ends_work(task.calendar, minute)
    if activity.start_no_later_than is not None:
        node.late_start_cap = _index(axis, task, activity.start_no_later_than, finish_like=True)
    if activity.mandatory_start is not None:
        node.fixed_start = node.late_start_cap = _index(axis, task, activity.mandatory_start)
        node.fixed_ends_work = axis.ends_work(task.calendar, axis.minute(activity.mandatory_start.start_like()))
        _relax(
            out,
            task.path,
            marked("{activity}: mandatory start {date} acts as start no earlier than in the simulation"),
            activity.mandatory_start,
        )
    if activity.manual_start is not None:
        _manual(out, task, activity.manual_start, node, axis)


def _manual(out: Schedule, task: Task, moment: Moment, node: Node, axis: Axis) -> None:
    """Let work stand where a planner put it by hand; its late dates are free."""
    node.fixed_start, node.late_free = _index(axis, task, moment), True
    node.fixed_ends_work = axis.ends_work(task.calendar, axis.minute(moment.start_like()))
    _relax(
        out,
        task.path,
        marked("{activity}: manual start {date} acts as start no earlier than in the simulation"),
        moment,
    )


def _finish_constraints(out: Schedule, task: Task, node: Node, axis: Axis) -> None:
    activity = task.activity
    if activity.finish_no_earlier_than is not None:
        node.finish_floor = _index(axis, task, activity.finish_no_earlier_than)
    if activity.finish_no_later_than is not None:
        node.late_finish_cap = _index(axis, task, activity.finish_no_later_than, finish_like=True)
    fixed = (
        (marked("{activity}: finish on {date} does not act in the simulation"), activity.finish_on),
        (marked("{activity}: mandatory finish {date} does not act in the simulation"), activity.mandatory_finish),
    )
    for told, moment in fixed:
        if moment is not None:
            node.late_finish_cap = _index(axis, task, moment, finish_like=True)
            _relax(out, task.path, told, moment)
    if activity.finish_on is not None:
        node.finish_on = _index(axis, task, activity.finish_on, finish_like=True)
    if activity.mandatory_finish is not None:
        node.fixed_finish = node.late_finish_cap
    node.as_late_as_possible = activity.as_late_as_possible and task.state is PLANNED
    if node.as_late_as_possible:
        out.relaxed.append(phrase("{activity}: as late as possible does not act in the simulation", activity=task.path))


def _finish_elsewhere(out: Schedule, program: Program, task: Task, node: Node, axis: Axis) -> None:
    """Read what others say of the finish: when it is expected, and when something outside the program needs it."""
    expected, needed, deadline = task.activity.expected_finish, task.activity.needed_by, task.activity.deadline
    if expected is not None and program.projects[task.project].use_expected_finish and task.samples:
        node.expected_finish = _index(axis, task, expected, finish_like=True)
        _relax(out, task.path, marked("{activity}: expected finish {date} does not act in the simulation"), expected)
    if needed is not None and not task.follows:
        node.late_minute = axis.minute(needed.finish_like())
    for moment in (needed, deadline):
        if moment is not None and not task.follows:
            cap = _index(axis, task, moment, finish_like=True)
            node.late_finish_cap = cap if node.late_finish_cap == NONE else min(cap, node.late_finish_cap)


def _resume(task: Task, node: Node, axis: Axis) -> None:
    """Suspended work goes on no earlier than it resumes; with nothing left to do it ends as its links end it."""
    resumes = task.activity.progress.resumes if task.activity.progress else None
    if resumes is not None:
        node.constraint_floor = _index(axis, task, resumes)
        node.constraint_ends_work = axis.ends_work(task.calendar, axis.minute(resumes.start_like()))
    if task.samples and not task.remaining and task.calendar != CLOCK:
        node.can_vanish = True
        node.floor_ends_work = axis.ends_work(task.calendar, task.data_date)


def _index(axis: Axis, task: Task, moment: Moment, finish_like: bool = False) -> int:
    return axis.index(task.calendar, axis.minute(moment.finish_like() if finish_like else moment.start_like()))


def _relax(out: Schedule, path: str, told: str, moment: Moment) -> None:
    out.relaxed.append(phrase(told, activity=path, date=f"{moment.at:%Y-%m-%d}"))


def _slip(out: Schedule, program: Program, task: Task, axis: Axis, draws: Draws) -> int:
    slip = task.activity.start_no_earlier_than.slip  # type: ignore[union-attr]
    assert slip is not None
    try:
        size = spread(slip, number(axis, task.calendar, None), task.activity.elicited_as or program.elicited_as)
    except ArgumentError as error:
        out.faults.append((task.path, f"start_no_earlier_than.slip: {error}"))
        return -1
    return out.sample(draws.value(f"activity/{task.path}/slip", size), 0.0, central(size))


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
            pred = begun(out, task, axis) if kind == "SS" else task.number
            out.edges.append(Edge(pred, node, kind, 0, -1, CLOCK))


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


def _settle(out: Schedule, tasks: Sequence[Task], held: set[str], axis: Axis) -> None:
    """Settle what the links decide: finished work that is still held, and milestones that nothing holds.

    Finished work that unfinished predecessors still hold transmits them from the data date on, with nothing left to
    do (P6 rules 8 and 11). A start milestone without predecessors keeps the raw data date, worked or not (P6 rule 1).
    """
    tied = {edge.succ for edge in out.edges}
    for task in tasks:
        node = out.nodes[task.number]
        if task.path in held:
            node.floor, node.worked = axis.index(task.calendar, max(task.finished, task.data_date)), 0
            node.floor_ends_work = axis.ends_work(task.calendar, max(task.finished, task.data_date))
            node.can_vanish, node.settled = task.milestone is None and task.calendar != CLOCK, False
        if task.state is PLANNED and task.milestone == "start" and task.number not in tied:
            _keep(task, node)


def _keep(task: Task, node: Node) -> None:
    constraints = (node.constraint_floor, node.finish_floor, node.finish_on, node.fixed_start, node.fixed_finish)
    if set(constraints) == {NONE} and not node.as_late_as_possible and task.calendar != CLOCK:
        node.kept = task.data_date


__all__ = ["NONE", "Edge", "Node", "Schedule", "read_schedule"]
