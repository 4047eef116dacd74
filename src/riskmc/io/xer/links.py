"""TASKPRED rows -> links: predecessor, type FS/SS/FF/SF, lag in hours; what leads out of the file is reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from riskmc.errors import ProgramError
from riskmc.io.findings import Findings, certain, working_time
from riskmc.io.xer.fields import Task
from riskmc.io.xer.tables import Table
from riskmc.program.link import Link, LinkType

TYPES: Mapping[str, LinkType] = {"PR_FS": "FS", "PR_SS": "SS", "PR_FF": "FF", "PR_SF": "SF"}
REVERSED: Mapping[LinkType, LinkType] = {"FS": "SF", "SS": "SS", "FF": "FF", "SF": "FS"}


class Outside(NamedTuple):
    """The task_ids of activities with a predecessor outside the file, with a successor there, or in another project."""

    before: set[str]
    after: set[str]
    inside: set[str]


def links(
    table: Table, tasks: Mapping[str, Task], paths: Mapping[str, tuple[str, str]], findings: Findings
) -> tuple[dict[str, list[Link]], Outside]:
    """Return the links into each activity by its task_id, and which ends lead outside the file.

    ``paths`` holds (project, activity) by task_id. Level of effort follows its links at both ends and drives
    nothing, so a link from it to an activity is kept with the level of effort, turned round.
    """
    known = {f"{project}.{activity}" for project, activity in paths.values()}
    found: dict[str, list[Link]] = {}
    outside = Outside(set(), set(), set())
    for line, after, before, kind, lag in table.select("task_id", "pred_task_id", "pred_type", "lag_hr_cnt"):
        link_type = TYPES.get(kind)
        if after not in tasks or before not in tasks:
            _leave_out(after, before, paths, findings)
            outside.before.add(after)
            outside.after.add(before)
        elif link_type is None:
            findings.fault(line, "TASKPRED pred_type", f"expected one of {', '.join(TYPES)}, found {kind!r}")
        else:
            minutes = findings.hours(lag, line, "TASKPRED lag_hr_cnt")
            if tasks[before].proj_id != tasks[after].proj_id:
                outside.inside.update((before, after))
            if tasks[before].task_type == "TT_LOE" and tasks[after].task_type != "TT_LOE":
                after, before, link_type, minutes = before, after, REVERSED[link_type], -minutes
            try:
                link = _link(_reference(paths[before], paths[after][0], known), link_type, minutes)
            except ProgramError as error:
                findings.fault(line, "TASKPRED lag_hr_cnt", "; ".join(message for _, message in error.faults))
                continue
            found.setdefault(after, []).append(link)
    return found, outside


def _reference(before: tuple[str, str], home: str, known: set[str]) -> str:
    """Return the predecessor's code, with its project where that is another one or the code reads like a path."""
    project, activity = before
    return activity if project == home and activity not in known else f"{project}.{activity}"


def _link(reference: str, link_type: LinkType, minutes: float) -> Link:
    return Link(activity=reference, type=link_type, lag=certain(working_time(minutes)) if minutes else None)


def _leave_out(after: str, before: str, paths: Mapping[str, tuple[str, str]], findings: Findings) -> None:
    if after in paths:
        findings.note("links from activities that are not in the file are left out; their successors", paths[after][1])
    else:
        findings.note(
            "links to activities that are not in the file are left out; their predecessors", _code(paths, before)
        )


def _code(paths: Mapping[str, tuple[str, str]], task_id: str) -> str:
    return paths[task_id][1] if task_id in paths else task_id
