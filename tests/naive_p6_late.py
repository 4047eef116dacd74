"""P6's own late dates and total float, recomputed slowly and obviously in plain Python, after ``naive_p6.schedule``."""

from __future__ import annotations

from datetime import timedelta

from naive_p6 import lagged, topological


def late_dates(program, plan):
    """Set the latest start and finish of every activity (rules 13 to 17), as indices of its own calendar."""
    ends = {}
    for project_id, project in program.projects.items():
        finishes = [n.rests for n in plan.nodes.values() if n.project_id == project_id and not n.level_of_effort]
        given = project.must_finish_by
        ends[project_id] = plan.minute(given.at) if given else max(finishes, default=0)
    for node in reversed(topological(plan)):
        backward(plan, node, ends[node.project_id])
    for node in plan.nodes.values():
        if node.level_of_effort:
            follow_late(node)


def backward(plan, node, end):
    """The latest finish that harms no successor, no constraint and not the end of the project."""
    work, activity = node.work, node.activity
    bound = [link for link in node.successors if transmits(link[0])]
    latest = [] if any(kind in ("FS", "FF") for _, kind, *_ in bound) else [work.index(end)]  # rule 14
    latest += [latest_by(node, after, kind, lag, calendar) for after, kind, lag, calendar in bound]
    for name in ("finish_no_later_than", "finish_on"):
        if getattr(activity, name) is not None:
            latest.append(work.index(plan.minute(getattr(activity, name).at)))
    for name in ("start_no_later_than", "start_on"):
        if getattr(activity, name) is not None:
            latest.append(work.index(plan.minute(getattr(activity, name).at)) + node.duration)
    node.late_finish = min(latest)
    if activity.mandatory_finish is not None:
        node.late_finish = work.index(plan.minute(activity.mandatory_finish.at))
    if activity.mandatory_start is not None:
        node.late_finish = work.index(plan.minute(activity.mandatory_start.at)) + node.duration
    node.late_start = node.late_finish - node.duration
    node.late_instant = late_milestone(node)


def transmits(after):
    """Level of effort drives nothing; complete work passes on late dates under retained logic alone (rule 16)."""
    return not after.level_of_effort and not (after.complete and after.override)


def latest_by(node, after, kind, lag, calendar):
    """The latest finish index of ``node`` whose link still allows the late date of ``after``."""
    shift = node.duration if kind in ("SS", "SF") else 0
    limit = late_limit(after, kind)

    def allowed(k):
        instant = node.work.start(k) if kind in ("SS", "SF") else node.work.finish(k)
        return lagged(instant, lag, calendar) <= limit

    return largest(node.finish - shift, allowed) + shift


def late_limit(after, kind):
    """The instant that a link's bound on ``after`` may not pass: its late finish (FF), its late start otherwise."""
    if after.late_instant is not None:
        return after.late_instant
    if kind == "FF" or (kind == "FS" and after.without_work):  # rule 15
        return after.work.finish(after.late_finish)
    return after.work.start(after.late_finish if kind == "SF" else after.late_start)


def largest(near, allowed):
    """The largest number within 2,000,000 of ``near`` for which ``allowed`` is true; true below it, false above."""
    low, high = max(near - 2_000_000, 1), near + 2_000_000
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if allowed(middle) else (low, middle - 1)
    return low


def late_milestone(node):
    """A start milestone keeps the instant that bounds it, moved back to the end of work where nobody works."""
    if node.activity.milestone != "start":
        return None
    latest = [node.work.finish(node.late_finish)]
    for after, kind, lag, calendar in node.successors:
        if transmits(after):
            limit = late_limit(after, kind)
            latest.append(largest(limit, lambda t, m=limit, by=lag, on=calendar: lagged(t, by, on) <= m))
    instant = min(latest[1:], default=latest[0])
    k = node.work.index(instant)
    kept = instant in (node.work.start(k), node.work.finish(k)) and k <= node.late_finish
    return instant if kept else latest[0]


def follow_late(node):
    """Level of effort is as late as the work it follows."""
    starts, finishes = [], []
    for before, kind, *_ in node.links:
        instant = (
            before.work.finish(before.late_finish) if kind in ("FS", "FF") else before.work.start(before.late_start)
        )
        (starts if kind in ("FS", "SS") else finishes).append(node.work.index(instant))
    node.late_start = min(starts, default=node.start)
    node.late_finish = max(finishes, default=node.finish)


def compare_late(schedule, stored):
    """Return (path, stored start, finish and float, computed ones) of every activity whose late dates or float differ.

    ``stored`` holds (late start, late finish, total float in minutes) by path.
    """
    differing, counted = [], 0
    for path, (start, finish, total_float) in stored.items():
        node = schedule.nodes.get(path)
        if node is None or node.complete or start is None or finish is None:
            continue
        counted += 1
        wanted = node.work.index(schedule.minute(start)), node.work.index(schedule.minute(finish))
        free = node.late_finish - node.finish
        if wanted != (node.late_start, node.late_finish) or free != total_float:
            at = [node.work.start(node.late_start), node.work.finish(node.late_finish)]
            differing.append(
                (path, start, finish, total_float, *(schedule.epoch + timedelta(minutes=m) for m in at), free)
            )
    return differing, counted
