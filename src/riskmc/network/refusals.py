"""What the Monte Carlo engine cannot honour (K7), and programs with such things left out on request."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from riskmc.errors import ArgumentError, UnsupportedError, nearest
from riskmc.program.program import Program


def _limited(program: Program) -> list[str]:
    used = {name for activity in program.activities().values() for name in activity.uses}
    return [
        f"resources.{name}"
        for name, resource in program.resources.items()
        if resource.capacity is not None and name in used
    ]


def _gated(program: Program) -> list[str]:
    return [path for path, activity in program.activities().items() if activity.quality_gate is not None]


def _arriving(program: Program) -> list[str]:
    return [
        f"risks.{name}" for name, risk in program.risks.items() if risk.arrivals is not None and risk.status == "open"
    ]


def _weathered(program: Program) -> list[str]:
    return [f"calendars.{name}" for name, calendar in program.calendars.items() if calendar.weather]


def _funded(program: Program) -> list[str]:
    return ["funding"] if program.funding else []


KINDS: dict[str, tuple[str, Callable[[Program], list[str]]]] = {
    "resources": ("resource limits", _limited),
    "quality_gates": ("quality gates", _gated),
    "arrivals": ("risks that arrive over time", _arriving),
    "weather": ("weather", _weathered),
    "funding": ("funding limits", _funded),
}


def honoured(
    program: Program, ignore: Sequence[str], from_plan: bool = False
) -> tuple[Program, tuple[str, ...], tuple[str, ...]]:
    """Return the program without what is ignored, the ignored items in words, and notes.

    Raises UnsupportedError that names every item the Monte Carlo engine cannot honour and how to leave it out, and
    ArgumentError for a word of ``ignore`` that means nothing. Capacities that come with a plan file are left out with
    a note instead.
    """
    for word in ignore:
        if word not in KINDS:
            raise ArgumentError(
                f"--ignore {word}: there is no such thing to ignore; known are {', '.join(KINDS)}{nearest(word, KINDS)}"
            )
    found = {kind: find(program) for kind, (_, find) in KINDS.items()}
    notes: tuple[str, ...] = ()
    if from_plan and found["resources"]:
        notes = (f"resource limits of the plan are not simulated ({len(found['resources'])} resources)",)
        found["resources"] = []
    refused = {kind: items for kind, items in found.items() if items and kind not in ignore}
    if refused:
        raise UnsupportedError(_refusal(refused))
    ignored = tuple(f"{KINDS[kind][0]}: {', '.join(found[kind])}" for kind in sorted(set(ignore)) if found[kind])
    return program, ignored, notes


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
