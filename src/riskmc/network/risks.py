"""Risks and responses as events: what may occur, how likely, and what responses make of it (K5, K6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from riskmc.errors import ProgramError
from riskmc.network.events import ALWAYS, NEVER, Events
from riskmc.program.program import Program
from riskmc.program.response import Response, RiskChange
from riskmc.program.risk import Risk


@dataclass(frozen=True)
class ActiveResponse:
    """A response that acts in the chosen mitigation state, and the event that it works."""

    name: str
    response: Response
    works: int


@dataclass(frozen=True)
class RiskEvents:
    """The event of every sampled risk, and of every active response."""

    occurs: dict[str, int]
    responses: tuple[ActiveResponse, ...]

    @property
    def works(self) -> dict[str, int]:
        """The event that each active response works."""
        return {active.name: active.works for active in self.responses}

    def acting_on(self, risk: str) -> Iterator[tuple[ActiveResponse, RiskChange]]:
        """Yield the active responses that change a risk, with what they change."""
        for active in self.responses:
            if risk in active.response.acts_on:
                yield active, active.response.acts_on[risk]


def active_responses(program: Program, mitigation: str) -> dict[str, Response]:
    """Return the responses that act: `done` always, `approved` and `in_plan` unless pre, `proposed` only post (K6)."""
    acting = {
        "pre": {"done"},
        "current": {"done", "approved", "in_plan"},
        "post": {"done", "approved", "in_plan", "proposed"},
    }[mitigation]
    return {name: response for name, response in program.responses.items() if response.status in acting}


def sampled_risks(program: Program, responses: Mapping[str, Response]) -> dict[str, Risk]:
    """Return the open risks with a probability; a secondary risk only where the response that brings it acts."""
    present = _present(program, responses)
    return {name: risk for name, risk in present.items() if risk.probability is not None}


def arriving_risks(program: Program, responses: Mapping[str, Response]) -> dict[str, Risk]:
    """Return the open risks that arrive over time; a secondary risk only where the response that brings it acts."""
    present = _present(program, responses)
    return {name: risk for name, risk in present.items() if risk.arrivals is not None}


def _present(program: Program, responses: Mapping[str, Response]) -> dict[str, Risk]:
    brought = {path.removeprefix("risks.") for r in program.responses.values() for path in r.secondary}
    present = {path.removeprefix("risks.") for r in responses.values() for path in r.secondary}
    return {
        name: risk
        for name, risk in program.risks.items()
        if risk.status == "open" and (name not in brought or name in present)
    }


def risk_events(
    program: Program,
    responses: Mapping[str, Response],
    risks: Mapping[str, Risk],
    events: Events,
    optional: frozenset[str] = frozenset(),
) -> RiskEvents:
    """Return the events of responses and risks, drawn in an order in which every `given` risk comes first (K5).

    ``optional`` responses have an event of their own even where they always work.
    """
    active = tuple(
        ActiveResponse(name, response, _works(name, response, events, name in optional))
        for name, response in sorted(responses.items())
    )
    table = RiskEvents({}, active)
    for name in _in_order(risks):
        table.occurs[name] = _occurs(program, name, risks, table, events)
    return table


def _works(name: str, response: Response, events: Events, optional: bool) -> int:
    if optional:
        certain = response.works >= 1
        return events.switch() if certain else events.varies(f"response/{name}/works", response.works, [], [])
    return events.happens(f"response/{name}/works", 0.0, response.works)


def _in_order(risks: Mapping[str, Risk]) -> list[str]:
    sorter = TopologicalSorter(
        {name: sorted(set(risk.given or {}) & set(risks)) for name, risk in sorted(risks.items())}
    )
    try:
        return list(sorter.static_order())
    except CycleError as error:
        loop = " -> ".join(error.args[1])
        raise ProgramError([("risks", f"`given` runs in a loop: {loop}; a risk cannot depend on itself")]) from None


def _occurs(program: Program, name: str, risks: Mapping[str, Risk], table: RiskEvents, events: Events) -> int:
    risk = risks[name]
    probability, given = risk.probability or 0.0, dict(risk.given or {})
    overrides: list[tuple[int, float]] = []
    for active, change in table.acting_on(name):
        changed, changed_given = change.probability, change.given
        if changed is not None and active.works == ALWAYS:
            probability, overrides = changed, []
        elif changed is not None and active.works != NEVER:
            overrides.append((active.works, changed))
        if changed_given:
            if active.works != ALWAYS:
                place = f"responses.{active.name}.acts_on.{name}"
                raise ProgramError.at(place, "a response that may not work cannot change `given`, only `probability`")
            given |= changed_given
    occurred = [p for other, p in given.items() if program.risks[other].status == "occurred"]
    conditional = [
        (table.occurs[other], p) for other, p in given.items() if other in table.occurs and table.occurs[other] != NEVER
    ]
    occurred += [p for event, p in conditional if event == ALWAYS]
    if occurred:
        probability, overrides = max(occurred), []
        conditional = [(event, max(p, probability)) for event, p in conditional]
    drawn = [(event, p) for event, p in conditional if event >= 0]
    if drawn or overrides:
        return events.varies(f"risk/{name}/occurs", probability, overrides, drawn)
    event = events.happens(f"risk/{name}/occurs", 0.0, probability)
    return events.switch() if event == ALWAYS and events.switchable else event
