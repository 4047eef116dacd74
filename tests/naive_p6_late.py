"""P6's own late dates and total float, recomputed slowly and obviously in plain Python, after ``naive_p6.schedule``."""

from __future__ import annotations

from datetime import timedelta

from naive_p6 import bound, counts_from_actual_start, ignored, topological


def late_dates(program, plan):
    """Set the latest start and finish of every activity (rules 13 to 17), as indices of its own calendar."""
    ends = {}
    for project_id, end in plan.ends.items():
        project = program.projects[project_id]
        last = plan.finish if project.float_to == "program" else end
        ends[project_id] = plan.minute(project.must_finish_by.at) if project.must_finish_by else last
    leaving = {n.project_id for n in plan.nodes.values() for link in n.successors if link[0].project_id != n.project_id}
    for node in reversed(topological(plan)):
        node.within = node.project_id not in leaving  # nothing in other projects follows its project
        backward(plan, node, ends[node.project_id])
    for node in plan.nodes.values():
        if node.level_of_effort:
            follow_late(node)


def backward(plan, node, end):
    """The latest finish that harms no successor, no constraint and not the end of the project."""
    work, activity = node.work, node.activity
    node.limits = [link for link in node.successors if transmits(node, *link)]
    if activity.mandatory_finish is not None or (activity.mandatory_start is not None and not node.started):
        node.late_finish, node.late_start = node.finish, node.start
        node.late_instant = node.start_instant if activity.milestone == "start" else None
        return
    latest, caps = [], late_caps(plan, node)
    if node.within or not any(kind in ("FS", "FF") for _, kind, *_ in node.limits):  # rule 14
        latest.append(work.index(open_end(plan, node, end)))
    latest += [latest_by(node, after, kind, lag, calendar) for after, kind, lag, calendar in node.limits]
    node.late_finish = min(latest + caps)
    node.late_start = node.late_finish - node.duration
    node.late_instant = late_milestone(plan, node, end)


def late_caps(plan, node):
    """The latest finishes that the activity's own constraints allow; a start that was made is no longer late."""
    work, activity, caps = node.work, node.activity, []
    if node.complete:
        return []
    for name in ("finish_no_later_than", "finish_on", "needed_by"):
        if getattr(activity, name) is not None:
            caps.append(work.index(plan.minute(getattr(activity, name).at)))
    for name in ("start_no_later_than", "start_on"):
        if getattr(activity, name) is not None and not node.started:
            caps.append(work.index(plan.minute(getattr(activity, name).at)) + node.duration)
    return caps


def open_end(plan, node, end):
    """The instant that bounds what no successor's finish-side link bounds (rules 13 and 14)."""
    overtaken = any(kind == "SS" and waits(node, after, kind) for after, kind, *_ in node.successors)
    if node.project.open_ends_critical and not (node.limits or overtaken or node.complete):
        return node.rests
    needed = node.activity.needed_by
    return end if needed is None or node.complete else plan.minute(needed.at)


def transmits(node, after, kind, *_):
    """Whether a link passes late dates on: as it does early ones, and not to what counts from an actual start."""
    if after.level_of_effort or counts_from_actual_start(node, after, kind):
        return False
    return not ignored(after, node, kind) and not (after.complete and not after.held)


def waits(node, after, kind):
    """Whether a link between started work would act if the predecessor were pushed: it is a successor all the same."""
    begun = after.started and not (after.complete or after.override or after.level_of_effort)
    return begun and node.started and not counts_from_actual_start(node, after, kind)


def latest_by(node, after, kind, lag, calendar):
    """The latest finish index of ``node`` whose link still allows the late date of ``after``."""
    shift = node.duration if kind in ("SS", "SF") else 0
    limit = late_limit(after, kind)

    def allowed(k):
        starts = kind in ("SS", "SF") or node.activity.milestone == "start"
        instant = node.work.start(k) if starts else node.work.finish(k)
        return bound(node, after, kind, lag, calendar, instant) <= limit

    return largest(node.finish - shift, allowed) + shift


def late_limit(after, kind):
    """The instant that a link's bound on ``after`` may not pass: its late finish (FF), its late start otherwise.

    A late finish is an end of work, unless it is the early finish: then it rests where that rests (rule 15).
    """
    if after.late_instant is not None:
        return after.late_instant
    if kind == "FF" or (kind == "FS" and after.without_work):
        return after.rests if after.late_finish == after.finish else after.work.finish(after.late_finish)
    return after.work.start(after.late_finish if kind == "SF" else after.late_start)


def largest(near, allowed):
    """The largest number within 2,000,000 of ``near`` for which ``allowed`` is true; true below it, false above."""
    low, high = max(near - 2_000_000, 1), near + 2_000_000
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if allowed(middle) else (low, middle - 1)
    return low


def late_milestone(plan, node, end):
    """A start milestone keeps the instant that bounds it, moved back to the end of work where nobody works."""
    if node.activity.milestone != "start":
        return None
    latest = []
    for after, kind, lag, calendar in node.limits:
        limit = late_limit(after, kind)

        def allowed(t, link=(after, kind, lag, calendar), limit=limit):
            return bound(node, *link, t) <= limit

        latest.append(largest(limit, allowed))
    if node.within or not any(kind in ("FS", "FF") for _, kind, *_ in node.limits):
        latest.append(open_end(plan, node, end))
    latest += [node.work.start(k) for k in late_caps(plan, node)]
    instant = min(latest)
    k = node.work.index(instant)
    node.late_start = node.late_finish = k
    return node.work.start(k) if instant >= node.work.start(k) else node.work.finish(k)


def follow_late(node):
    """Level of effort is as late as the work it follows; what has happened counts with its actual dates."""
    starts, finishes = [], []
    for before, kind, lag, calendar in node.links:
        instant = None
        if not before.complete or before.held:
            ends = kind in ("FS", "FF") and before.activity.milestone != "start"
            instant = before.work.finish(before.late_finish) if ends else before.work.start(before.late_start)
            if ends and before.late_finish == before.finish:
                instant = before.rests
        k = node.work.index(bound(before, node, kind, lag, calendar, instant))
        (starts if kind in ("FS", "SS") else finishes).append(k)
    node.late_start = max(node.work.index(node.data_date), min(starts)) if starts else node.start
    node.late_finish = max([node.late_start, *finishes]) if finishes else node.finish


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
