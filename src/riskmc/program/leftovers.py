"""Leftovers of an overlay: what it names and an update of its plan has taken away. Listed, and left out of the numbers.

A selector keeps its text, so that what it names keeps its random draws; everything else that leads nowhere is taken
out: a target, a link, a calendar, one end of a span. Patterns and filters that match nothing are listed too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from riskmc.program.activity import LevelOfEffort, Span
from riskmc.program.catalogue import is_reference
from riskmc.program.noun import Noun
from riskmc.program.origin import origin_of
from riskmc.program.plain_words import Place, path_text
from riskmc.program.policy import Crash, Overtime
from riskmc.program.program import Program
from riskmc.program.reference import lost_over_plan
from riskmc.program.scope import ScopeGrowth
from riskmc.program.selector import Selector

Fault = tuple[Place, str]
_WHOLE = ("targets", "benefits")
_NEEDED = ("activity", "resource")  # without it, what holds it says nothing
_SELECTORS = ("on", "except", "group")


def unmatched(program: Program) -> list[Fault]:
    """Return the place and text of every name that the plan has lost, and of every pattern that matches nothing."""
    return [*lost_over_plan(program), *idle_patterns(program)]


def listed(program: Program) -> tuple[str, ...]:
    """Return the same as sentences, each with its file and line where the program was read from a file."""
    return tuple(f"{_where(program, place)}{path_text(place)}: {text}" for place, text in unmatched(program))


def _where(program: Program, place: Place) -> str:
    """Return ``harbour.yaml:41: ``, or nothing for a program that was not read from a file."""
    origin = origin_of(program)
    return "" if origin is None else f"{origin.where(place)}: "


def idle_patterns(program: Program) -> Iterator[Fault]:
    """Yield the place and text of every pattern or filter that matches no activity."""
    catalogue, named = program.catalogue(), program.lookup().named
    for place, patterns in _selectors(program):
        for number, pattern in enumerate(patterns):
            if pattern in named or pattern == "critical" or is_reference(pattern):
                continue
            if not catalogue.matching(pattern):
                yield (*place, number), catalogue.unmatched(pattern)


def _selectors(program: Program) -> Iterator[tuple[Place, Selector]]:
    """Yield every selector that means activities, with its place, in the order of the file."""
    items: list[tuple[Place, Any]] = [(("ranges", number), rule) for number, rule in enumerate(program.ranges)]
    items += [(("drivers", name), driver) for name, driver in program.drivers.items()]
    items += behaviours(program)
    for name, risk in program.risks.items():
        items += [(("risks", name, "impacts", number), impact) for number, impact in enumerate(risk.impacts)]
    for name, response in program.responses.items():
        for risk_name, change in response.acts_on.items():
            where: Place = ("responses", name, "acts_on", risk_name, "impacts")
            items += [((*where, number), impact) for number, impact in enumerate(change.impacts or ())]
    for place, item in items:
        yield from (((*place, word), said) for word, said in (("on", item.on), ("except", item.except_)) if said)
    for number, correlation in enumerate(program.correlations):
        if correlation.group and (correlation.duration is not None or correlation.cost is not None):
            yield ("correlations", number, "group"), correlation.group


def behaviours(program: Program) -> Iterator[tuple[Place, ScopeGrowth | Overtime | Crash]]:
    """Yield what grows or is hurried, with its place: the scope and the policies that select activities."""
    for name, scope in program.scope.items():
        yield ("scope", name), scope
    for name, policy in program.policies.items():
        for word, item in (("overtime", policy.do.overtime), ("crash", policy.do.crash)):
            if item is not None:
                yield ("policies", name, "do", word), item


def settled(program: Program) -> Program:
    """Return the program without what an overlay names and its plan has lost; itself where nothing is lost.

    Work whose condition, or one of whose ends, is lost lasts nothing and keeps its links; a cost whose span has lost
    an end is left out. Scenarios stay: one that cannot be applied says so when it is asked for.
    """
    lost = sorted({_taken(place) for place, _ in lost_over_plan(program)} - {()}, key=_later_first)
    changed = program
    for place in lost:
        changed = _without(changed, place)
    return changed if changed is program else _without_half_spans(changed, program)


def _taken(place: Place) -> Place:
    """Return the place of what has to go where a reference leads nowhere; () where nothing has to."""
    if place[0] == "scenarios" or any(word in place for word in _SELECTORS):
        return ()
    if place[0] in _WHOLE or place[0] == "policies" or (place[0] == "correlations" and "pair" in place):
        return place[:2]
    return place[:-1] if place[-1] in _NEEDED else place


def _later_first(place: Place) -> tuple[str, ...]:
    """Return a key that puts later items of a list first, so that the numbers of the earlier ones still hold."""
    return tuple(f"{999_999 - part:06}" if isinstance(part, int) else part for part in place)


def _without(holder: Any, place: Place) -> Any:
    """Return a noun, mapping or list without what stands at a place in it; a word goes back to its default."""
    part, rest = place[0], place[1:]
    if isinstance(holder, Mapping):
        changed = {part: _without(holder[part], rest)} if rest else {}
        return {**{key: value for key, value in holder.items() if rest or key != part}, **changed}
    if isinstance(holder, tuple) and isinstance(part, int):
        inner = (_without(holder[part], rest),) if rest else ()
        return (*holder[:part], *inner, *holder[part + 1 :])
    return _without_word(holder, str(part), rest)


def _without_word(noun: Noun, alias: str, rest: Place) -> Noun:
    fields = type(noun).model_fields
    word = next(name for name, field in fields.items() if (field.alias or name) == alias)
    value = _without(getattr(noun, word), rest) if rest else fields[word].get_default(call_default_factory=True)
    changes = {word: value, **({"exists": 0.0} if word == "when" and not rest else {})}
    return noun.model_copy(update=changes)


def _without_half_spans(program: Program, before: Program) -> Program:
    """Return the program without the costs and the level of effort of which one end has lost all its names."""
    costs = {name: item for name, item in program.costs.items() if not _cut(before.costs[name].span, item.span)}
    projects = {}
    for home, project in program.projects.items():
        old = before.projects[home].activities
        cut = [name for name, a in project.activities.items() if _cut(old[name].level_of_effort, a.level_of_effort)]
        idle = {name: project.activities[name].model_copy(update={"unscheduled": True}) for name in cut}
        projects[home] = project.model_copy(update={"activities": {**project.activities, **idle}}) if cut else project
    return program.model_copy(update={"costs": costs, "projects": projects})


def _cut(old: Span | LevelOfEffort | None, new: Span | LevelOfEffort | None) -> bool:
    """Return whether a span had names at an end and has none there now."""
    if old is None or new is None:
        return False
    return bool(old.from_) > bool(new.from_) or bool(old.to) > bool(new.to)
