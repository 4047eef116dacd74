"""Rules on the logic of a plan: open ends, dangling starts and finishes, leads, long lags, work out of sequence.

Sources: GAO-16-89G (2015), Schedule Assessment Guide, best practice 2; DCMA (2012), Earned Value Management System
Program Analysis Pamphlet, the 14-point assessment, points 1 to 3: logic, leads, lags.
"""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.analysis.check.finding import Finding, percent_text
from riskmc.analysis.check.survey import Survey, Tie
from riskmc.network.tasks import State, Task

INTO_START, INTO_FINISH = ("FS", "SS"), ("FF", "SF")
FROM_START, FROM_FINISH = ("SS", "SF"), ("FS", "FF")


def open_ends(survey: Survey) -> Iterator[Finding]:
    """Yield unfinished activities that nothing follows, the finish of the program apart."""
    ends = _ends(survey)
    finish = survey.program.finish
    if finish is None and len(ends) < 2:
        return
    for task in ends:
        yield _open_end(survey, task, finish)


def several_finishes(survey: Survey) -> Iterator[Finding]:
    """Yield one finding where several activities may set the finish, and no `finish:` says which one is meant (N5)."""
    ends = _ends(survey)
    if survey.program.finish is not None or len(ends) < 2:
        return
    often = sorted(ends, key=lambda task: -survey.criticality[task.path])
    first = ", ".join(
        f"{t.path} ({percent_text(share)})" for t in often[:3] if (share := survey.criticality[t.path]) > 0
    )
    reason = f"no `finish:` is named, so the latest of all counts; most often it is set by {first}"
    detail = survey.program.program
    yield Finding("several-finishes", "doubtful", "finish", detail, reason, len(ends), "", ("finish",))


def open_starts(survey: Survey) -> Iterator[Finding]:
    """Yield unstarted activities that nothing comes before; one alone is the start of the program."""
    starts = [task for task in survey.unfinished if task.state is State.PLANNED and not survey.before.get(task.path)]
    if len(starts) < 2:
        return
    for task in starts:
        held = task.activity.start_no_earlier_than or task.activity.start_on or task.activity.mandatory_start
        what = "a date alone decides when it starts" if held else "it starts on the first day, whatever else slips"
        reason = f"nothing comes before it: {what}"
        yield Finding("open-start", "to know", task.path, survey.name(task.path), reason, at=survey.at(task.path))


def dangling_starts(survey: Survey) -> Iterator[Finding]:
    """Yield unstarted activities whose start no predecessor drives (FS or SS), although they have predecessors."""
    for task in survey.unfinished:
        before = survey.before.get(task.path, [])
        if task.state is State.PLANNED and not task.milestone and before and not _any(before, INTO_START):
            reason = "its predecessors drive its finish only: a longer duration makes it start earlier, not end later"
            yield Finding(
                "dangling-start", "doubtful", task.path, _listed(before), reason, at=survey.at(task.path, "after")
            )


def dangling_finishes(survey: Survey) -> Iterator[Finding]:
    """Yield activities whose finish drives no successor (FS or FF), although they have successors."""
    for task in survey.unfinished:
        after = survey.after.get(task.path, [])
        if after and not task.milestone and not _any(after, FROM_FINISH) and not _is_finish(survey, task):
            followers = ", ".join(f"{tie.successor.path} {tie.link.type}" for tie in after[:2])
            reason = "only its start drives what follows: however late it finishes, nothing waits for it"
            yield Finding(
                "dangling-finish", "doubtful", task.path, followers, reason,
                survey.criticality[task.path], "share", survey.at(task.path),
            )  # fmt: skip


def leads(survey: Survey) -> Iterator[Finding]:
    """Yield links with a negative lag."""
    for tie in _lagged(survey):
        days = survey.lag_days(tie)
        if days < 0:
            reason = "a lead starts work before what it waits for is done; split the predecessor where it may begin"
            yield Finding(
                "lead", "doubtful", tie.successor.path, _text(tie), reason, days, "d", _place(survey, tie),
                threshold=0.0,
            )  # fmt: skip


def long_lags(survey: Survey) -> Iterator[Finding]:
    """Yield links whose certain lag is longer than a working month."""
    for tie in _lagged(survey):
        lag = tie.link.lag
        days = survey.lag_days(tie)
        mark = survey.thresholds.long_lag_days
        if lag is not None and lag.certain and days > mark:
            reason = "a long lag is work that nobody sees, owns or doubts; make it an activity with a range"
            yield Finding(
                "long-lag", "doubtful", tie.successor.path, _text(tie), reason, days, "d", _place(survey, tie),
                threshold=mark,
            )  # fmt: skip


def out_of_sequence(survey: Survey) -> Iterator[Finding]:
    """Yield links that progress has run past: the successor went on although the predecessor had not (N4)."""
    for tie in survey.ties:
        if _run_past(tie):
            began = "finished" if tie.successor.state is State.FINISHED else "started"
            waited = "started" if tie.link.type in FROM_START else "finished"
            reason = f"it has {began} although {tie.predecessor.path}, which it waits for, has not {waited}"
            place = _place(survey, tie)
            yield Finding("out-of-sequence", "doubtful", tie.successor.path, _text(tie), reason, at=place)


def _run_past(tie: Tie) -> bool:
    pred, succ = tie.predecessor.state, tie.successor.state
    kept = pred is not State.PLANNED if tie.link.type in FROM_START else pred is State.FINISHED
    moved = succ is not State.PLANNED if tie.link.type in INTO_START else succ is State.FINISHED
    return moved and not kept and _lag(tie) >= 0


def _lag(tie: Tie) -> float:
    """Return a certain lag in its own unit: below 0 the successor may go on first."""
    lag = tie.link.lag
    return 0.0 if lag is None or not lag.certain else lag.value.value


def _ends(survey: Survey) -> list[Task]:
    """Return the unfinished activities without a successor, those that `finish:` names apart."""
    return [task for task in survey.unfinished if not survey.after.get(task.path) and not _is_finish(survey, task)]


def _is_finish(survey: Survey, task: Task) -> bool:
    finish = survey.program.finish
    return finish is not None and survey.program.path(finish) == task.path


def _open_end(survey: Survey, task: Task, finish: str | None) -> Finding:
    share = survey.criticality[task.path]
    if finish is None:
        reason = "nothing follows it: in the iterations in which it is the latest, it sets the finish of the program"
    else:
        reason = f"nothing follows it: however late it is, {finish} does not wait for it"
    value = share if finish is None else None
    return Finding(
        "open-end", "doubtful", task.path, survey.name(task.path), reason, value, "share", survey.at(task.path)
    )


def _any(ties: list[Tie], types: tuple[str, ...]) -> bool:
    return any(tie.link.type in types for tie in ties)


def _lagged(survey: Survey) -> Iterator[Tie]:
    """Yield the links with a lag that still act on something."""
    for tie in survey.ties:
        if tie.link.lag is not None and tie.successor.state is not State.FINISHED:
            yield tie


def _text(tie: Tie) -> str:
    return f"after {tie.link}"


def _listed(ties: list[Tie]) -> str:
    return f"after {', '.join(str(tie.link) for tie in ties[:2])}"


def _place(survey: Survey, tie: Tie) -> tuple[str | int, ...]:
    return survey.at(tie.successor.path, "after", tie.number)
