"""What the Monte Carlo engine cannot honour (K7): refused by name, or left out on request and said so.

Funding limits are not refused: what they would do to the dates needs the other engine, how likely each is to be
breached does not (`analysis/cash`). They and escalation, which no cost of a forecast has in it, are said in a note.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from riskmc.errors import ArgumentError, UnsupportedError, nearest
from riskmc.forecast.language import in_a_row, marked, phrase
from riskmc.network.calendar_risks import calendar_impacts
from riskmc.network.teams import shared_teams
from riskmc.program.program import Program


def _limited(program: Program, from_plan: bool = False) -> list[str]:
    """Return the resources in use whose capacity limits: those of the program file, or those that came with a plan."""
    limited = [
        name
        for name, resource in program.resources.items()
        if resource.capacity is not None and resource.from_plan == from_plan
    ]
    if not limited:
        return []
    every = program.activities().values()
    used = {name for activity in every for name in activity.uses}
    used |= {name for activity in every if activity.approval is not None for name in activity.approval.by}
    return [f"resources.{name}" for name in limited if name in used]


def _gated(program: Program) -> list[str]:
    return [path for path, activity in program.activities().items() if activity.quality_gate is not None]


def _approved(program: Program) -> list[str]:
    return [path for path, activity in program.activities().items() if activity.approval is not None]


def _growing(program: Program) -> list[str]:
    return [f"scope.{name}" for name in program.scope]


def _managed(program: Program) -> list[str]:
    return [f"policies.{name}" for name in program.policies]


def _arriving(program: Program) -> list[str]:
    return [
        f"risks.{name}" for name, risk in program.risks.items() if risk.arrivals is not None and risk.status == "open"
    ]


def _weathered(program: Program) -> list[str]:
    """Return the calendars in use that have weather, their own or that of the calendar they are based on."""
    used = {program.calendar}
    for project in program.projects.values():
        used |= {project.calendar or "", *(activity.calendar or "" for activity in project.activities.values())}
    bases = {name: calendar.based_on for name, calendar in program.calendars.items()}
    for name in list(used):
        while (base := bases.get(name)) is not None and base not in used:
            used.add(base)
            name = base
    return [f"calendars.{name}" for name, calendar in program.calendars.items() if calendar.weather and name in used]


def _striking(program: Program) -> list[str]:
    return list(dict.fromkeys(f"risks.{name}" for name, _ in calendar_impacts(program)))


def _funded(program: Program) -> list[str]:
    return ["funding"] if program.funding else []


def _shared(program: Program) -> list[str]:
    return [f"teams.{name}" for name in shared_teams(program)]


KINDS: dict[str, tuple[str, Callable[[Program], list[str]]]] = {
    "resources": (marked("resource limits"), _limited),
    "quality_gates": (marked("quality gates"), _gated),
    "approvals": (marked("approvals"), _approved),
    "teams": (marked("teams with several backlogs"), _shared),
    "arrivals": (marked("risks that arrive over time"), _arriving),
    "scope": (marked("scope growth"), _growing),
    "policies": (marked("policies"), _managed),
    "weather": (marked("weather"), _weathered),
    "calendar_risks": (marked("calendar risks"), _striking),
    "funding": (marked("funding limits"), _funded),
}

Engine = Literal["monte-carlo", "discrete-event"]
FUNDING = "funding"
LOST_TIME = frozenset({"weather", "calendar_risks"})
UNENFORCED = marked("funding limits are not enforced: the money of a year may run out, and no date waits for it")
CONSTANT = marked("costs are in constant money, without the escalation of the file; the cash flow has both")


@dataclass(frozen=True)
class Honoured:
    """What the Monte Carlo engine leaves out: items ignored on request, in words, and notes on what a plan brought."""

    ignored: tuple[str, ...]
    notes: tuple[str, ...]


def needed(program: Program, ignore: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what of the program only the discrete-event engine can honour, in words; nothing where neither needs to.

    What ``ignore`` names does not count, nor do resource capacities that came with a plan.
    """
    words = {word.replace("-", "_") for word in ignore}
    found = {kind: find(program) for kind, (_, find) in KINDS.items()}
    return tuple(
        phrase("{kind} ({items})", kind=phrase(KINDS[kind][0]), items=_few(items))
        for kind, items in found.items()
        if items
        and kind not in words
        and kind not in LOST_TIME
        and not (kind == FUNDING and program.funding_rule is None)
    )


def beyond_monte_carlo(program: Program, ignore: Sequence[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return words for ``ignore`` that leave a program which both engines can honour, and what that leaves out.

    The words of ``ignore`` are among them; resource limits that came with a plan are left out too.
    """
    words = tuple(dict.fromkeys([*(word.replace("-", "_") for word in ignore), *sorted(set(KINDS) - LOST_TIME)]))
    return words, needed(program, ignore)


def honoured(program: Program, ignore: Sequence[str], engine: Engine = "monte-carlo") -> Honoured:
    """Return what of the program is left out: what ``ignore`` names, and resource capacities that came with a plan.

    Raises UnsupportedError that names every other item the Monte Carlo engine cannot honour and how to leave it out,
    and ArgumentError for a word of ``ignore`` that means nothing. The discrete-event engine honours everything.
    """
    words = [word.replace("-", "_") for word in ignore]
    for word in words:
        if word not in KINDS:
            known = f"known are {', '.join(KINDS)}{nearest(word, KINDS)}"
            raise ArgumentError(f"--ignore {word}: there is no such thing to ignore; {known}")
    found = {kind: find(program) for kind, (_, find) in KINDS.items()}
    free = LOST_TIME | ({FUNDING} if program.funding_rule is None else set())  # of the Monte Carlo engine
    beyond = set() if engine == "discrete-event" else set(KINDS) - free
    refused = {kind: items for kind, items in found.items() if items and kind not in words and kind in beyond}
    if refused:
        raise UnsupportedError(_refusal(refused))
    ignored = tuple(
        phrase("{kind}: {items}", kind=phrase(KINDS[kind][0]), items=", ".join(found[kind]))
        for kind in sorted(set(words))
        if found[kind]
    )
    came = 0 if engine == "discrete-event" else len(_limited(program, from_plan=True))
    limits = phrase("the plan's own resource limits ({count} resources) are not simulated", count=came)
    notes: list[str] = [limits] if came else []
    bound = engine == "discrete-event" and program.funding_rule is not None
    notes += [UNENFORCED] if found[FUNDING] and FUNDING not in words and not bound else []
    notes += [CONSTANT] if program.escalation else []
    reasons = needed(program, ignore) if engine == "discrete-event" else ()
    if reasons:
        notes.append(
            phrase("run by the discrete-event engine, which the program needs: {reasons}", reasons=in_a_row(reasons))
        )
    return Honoured(ignored, tuple(notes))


def _refusal(refused: dict[str, list[str]]) -> str:
    lines = [f"  {KINDS[kind][0]}: {_few(items)}" for kind, items in refused.items()]
    words = ",".join(refused)
    return "\n".join([
        "the Monte Carlo engine cannot honour these parts of the program; they need the discrete-event engine:",
        *lines,
        f"To forecast without them, and have every output say so: --ignore {words}",
    ])  # fmt: skip


def _few(items: Sequence[str], most: int = 5) -> str:
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more
