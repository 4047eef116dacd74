"""Scheduling options of a program, set over those of its file: lag calendar, out-of-sequence progress, data date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from riskmc.errors import ArgumentError, nearest
from riskmc.program.link import LagCalendar
from riskmc.program.moment import Moment, as_moment
from riskmc.program.overlay import with_notes
from riskmc.program.program import Program
from riskmc.program.project import LagFrom, OutOfSequence
from riskmc.program.stored import plan_of, remember_plan, stored_of

ALLOWED: Mapping[str, tuple[str, ...]] = {
    "lag_calendar": get_args(LagCalendar),
    "out_of_sequence": get_args(OutOfSequence),
    "lag_from": get_args(LagFrom),
}
_OF_PROJECTS = ("lag_from",)


def with_options(
    program: Program,
    *,
    lag_calendar: str | None = None,
    out_of_sequence: str | None = None,
    lag_from: str | None = None,
    data_date: object = None,
) -> Program:
    """Return the program with other scheduling options, in all its projects and in the plan below it; None: the file's.

    Parameters
    ----------
    lag_calendar : {"predecessor", "successor", "project", "24h"}
        Whose working time lags count (N2); a link that names a calendar keeps it.
    out_of_sequence : {"retained_logic", "progress_override", "actual_dates"}
        How work counts that began before its predecessors were done (N4).
    lag_from : {"early_start", "actual_start"}
        Whence a lag from the start of started work counts.
    data_date : date, datetime or text
        The status date.

    Raises
    ------
    ArgumentError
        A word that is none of these, or no date.
    """
    words = {"lag_calendar": lag_calendar, "out_of_sequence": out_of_sequence, "lag_from": lag_from}
    chosen: dict[str, Any] = {word: _word(word, said) for word, said in words.items() if said is not None}
    if data_date is not None:
        chosen["data_date"] = _date(data_date)
    return _told(_changed(program, chosen), program, chosen) if chosen else program


def _told(changed: Program, program: Program, words: Mapping[str, Any]) -> Program:
    """Return the changed program with a note of what differs from its file, for stored dates do not follow."""
    news = [
        f"{word.replace('_', ' ')} {_text(value)}" for word, value in words.items() if _differs(program, word, value)
    ]
    return with_notes(changed, [f"set over the options of the file: {', '.join(news)}"] if news else [])


def _differs(program: Program, word: str, value: object) -> bool:
    """Return whether the program, or a project of it, says something else."""
    said = [getattr(project, word) for project in program.projects.values()]
    whole = None if word in _OF_PROJECTS else getattr(program, word)
    return any((whole if own is None else own) != value for own in said)


def _text(value: object) -> str:
    return str(value).replace("_", " ")


def _word(name: str, said: str) -> str:
    allowed = ALLOWED[name]
    if said not in allowed:
        raise ArgumentError(f"{name}: {said!r} is not one of {', '.join(allowed)}{nearest(said, allowed)}")
    return said


def _date(said: object) -> Moment:
    try:
        return as_moment(said)
    except ArgumentError as error:
        raise ArgumentError(f"data_date (--data-date): {error}") from None


def _changed(program: Program, words: Mapping[str, Any]) -> Program:
    """Return the program, and the plan below it, with the words in every project; dates remembered stay so."""
    projects = {name: project.model_copy(update=words) for name, project in program.projects.items()}
    whole = {word: value for word, value in words.items() if word not in _OF_PROJECTS}
    changed = program.model_copy(update={**whole, "projects": projects})
    plan = plan_of(program)
    if plan is not None and stored_of(program) is None:
        remember_plan(changed, _changed(plan, words))
    return changed
