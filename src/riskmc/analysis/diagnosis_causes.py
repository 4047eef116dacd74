"""Suspects of a diagnosis: what the rules of the check find in a program that could keep P80 near the plan.

Risks without effect are suspects too: a long register that moves nothing makes a forecast look better informed than
it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from riskmc.analysis.check import remedies
from riskmc.analysis.check.estimates import independent
from riskmc.analysis.check.finding import Finding
from riskmc.analysis.check.registry import RULE
from riskmc.analysis.check.remedies import RELAXED, Remedy
from riskmc.analysis.check.survey import Survey
from riskmc.network.tasks import State, Task

CONSTRAINTS = "constraints"
NARROWING = ("no-range", "narrow-range", "low-and-high", "long-lag")  # rules that their own remedy relaxes
LOOSE = ("open-end", "dangling-finish", "no-path")  # work that the finish does not wait for
IDLE = ("strikes-nothing", "float-only")
CORRELATION = 0.3
_EARLIEST = ("start_no_earlier_than", "finish_no_earlier_than")


@dataclass(frozen=True)
class Suspect:
    """What may keep P80 near the plan: what it is, in words, where, and the program with it relaxed."""

    id: str
    told: str
    places: tuple[str, ...]
    remedy: Remedy


def suspects(survey: Survey) -> Iterator[Suspect]:
    """Yield everything in the program that could keep P80 near the plan."""
    yield from _constraints(survey)
    for rule in NARROWING:
        yield from _found(survey, rule)
    yield from _correlation(survey)
    yield from _loose(survey)
    yield from _idle(survey)
    yield from _responses(survey)


def constrained(survey: Survey) -> list[str]:
    """Return the unfinished activities with a date or a push that acts in these trials, beside the logic (N3)."""
    return [task.path for task in survey.unfinished if task.path in survey.own and _acts(survey, task)]


def _acts(survey: Survey, task: Task) -> bool:
    """Return whether a constraint acts; of those that a simulation relaxes only dates of a start, unless as planned."""
    words: tuple[str, ...] = _EARLIEST
    if survey.trials.constraints == "as-planned":
        words = (*words, *RELAXED)
    else:
        words = (*words, "start_on", "mandatory_start", "manual_start")
    given = [word for word in words if getattr(task.activity, word)]
    return any(task.state is State.PLANNED or "start" not in word for word in given)


def _constraints(survey: Survey) -> Iterator[Suspect]:
    places = constrained(survey)
    if places:
        found = [Finding("hard-constraint", "doubtful", path, "", "") for path in places]
        told = f"{len(places):,} constrained activit{'y' if len(places) == 1 else 'ies'}"
        yield Suspect(CONSTRAINTS, told, tuple(places), remedies.without_constraints(survey, found))


def _found(survey: Survey, name: str) -> Iterator[Suspect]:
    """Yield what one rule of the check finds, with the rule's own remedy; of work without range, what drives."""
    rule = RULE[name]
    found = list(rule.find(survey))
    if name == "no-range" and survey.trials.random:
        found = [finding for finding in found if finding.severity == "doubtful"]
    remedy = rule.remedy(survey, found) if rule.remedy and found else None
    if remedy is not None:
        count = int(found[0].value or 0) if name == "low-and-high" else len(found)
        told = f"{count:,} ranges read as extremes" if name == "low-and-high" else rule.counted(count)
        yield Suspect(name, told, _places(found), remedy)


def _correlation(survey: Survey) -> Iterator[Suspect]:
    """Yield the ranges on driving chains that are drawn independently: what correlation would do to them."""
    alone = independent(survey)
    if len(alone) > 1:
        told = f"{len(alone):,} independent ranges on driving chains"
        places = tuple(sorted(alone, key=lambda path: -survey.criticality[path]))
        yield Suspect("uncorrelated", told, places, remedies.correlated(survey, coefficient=CORRELATION))


def _loose(survey: Survey) -> Iterator[Suspect]:
    found = [finding for rule in LOOSE for finding in RULE[rule].find(survey)]
    remedy = remedies.tie_ends(survey, found) if found else None
    if remedy is not None:
        places = tuple(dict.fromkeys(_places(found)))
        told = f"{len(places):,} activit{'y' if len(places) == 1 else 'ies'} that the finish does not wait for"
        yield Suspect("open-end", told, places, remedy)


def _idle(survey: Survey) -> Iterator[Suspect]:
    """Yield the risks that change no date, or only such as have float: closed, P80 stays where it is."""
    for rule in IDLE:
        found = list(RULE[rule].find(survey))
        if found:
            remedy = remedies.without_risks(survey, found)
            told = RULE[rule].counted(len(found))
            closed = Remedy(f"without the {told}", remedy.program)
            yield Suspect(rule, told, _places(found), closed)


def _responses(survey: Survey) -> Iterator[Suspect]:
    """Yield the responses that act in these trials, and are taken to work as planned."""
    if survey.trials.mitigation == "pre":
        return
    acting = ("approved", "in_plan") if survey.trials.mitigation == "current" else ("approved", "in_plan", "proposed")
    names = [name for name, response in survey.program.responses.items() if response.status in acting]
    if names:
        told = f"{len(names):,} response{'' if len(names) == 1 else 's'} taken to work"
        places = tuple(f"responses.{name}" for name in names)
        yield Suspect(
            "responses", told, places, Remedy("without these responses", survey.program, {"mitigation": "pre"})
        )


def _places(found: Sequence[Finding]) -> tuple[str, ...]:
    """Return where findings stand, the largest figures first."""
    return tuple(finding.place for finding in sorted(found, key=lambda finding: -(finding.value or 0.0)))
