"""Rules on names and patterns: what selects nothing, never applies, ties nothing, is not there, or is not used (K1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from riskmc.analysis.check.finding import Finding
from riskmc.analysis.check.survey import Survey
from riskmc.program.catalogue import is_reference
from riskmc.program.leftovers import behaviours
from riskmc.program.plain_words import Place, path_text
from riskmc.program.program import Program
from riskmc.program.reference import unknown_over_plan

Selected = tuple[Place, Sequence[str]]


def matches_nothing(survey: Survey) -> Iterator[Finding]:
    """Yield every pattern or filter that selects no activity."""
    for place, patterns in _selectors(survey):
        for number, pattern in enumerate(patterns):
            if not is_reference(pattern) and pattern != "critical" and not survey.select([pattern]):
                at = (*place, number) if len(patterns) > 1 else place
                reason = "it selects no activity of the program"
                yield Finding("no-match", "wrong", path_text(place), pattern, reason, at=at)


def not_in_plan(survey: Survey) -> Iterator[Finding]:
    """Yield the names in an overlay that the plan below it does not have, or no longer."""
    for path, message in unknown_over_plan(survey.program):
        yield Finding("not-in-plan", "wrong", path, message, "the plan has nothing of that name; what it says is lost")


def never_applies(survey: Survey) -> Iterator[Finding]:
    """Yield entries of `ranges` that match activities, of which every one has a later or an own range."""
    used = {item.rule for item in survey.ranges.values()}
    for place, rule in enumerate(survey.program.ranges):
        sampled = survey.samples(survey.rules[place])
        priced = rule.cost is not None or rule.use is not None
        if sampled and place not in used and not priced:
            reason = f"it matches {len(sampled):,} activities, but a later entry or their own range counts for each"
            detail = ", ".join(rule.on)
            yield Finding("never-applies", "to know", f"ranges[{place}]", detail, reason, at=("ranges", place))


def repaired(survey: Survey) -> Iterator[Finding]:
    """Yield clusters of correlations that contradicted each other and were moved to the nearest (R3)."""
    for repair in survey.network.repairs:
        pair = f"{_variable(repair.first)} with {_variable(repair.second)}"
        reason = (
            f"the coefficients of {repair.cluster:,} correlated items contradict each other; the largest change is "
            f"from {repair.asked:.2f} to {repair.used:.2f}"
        )
        value = repair.used - repair.asked
        yield Finding("correlations-repaired", "wrong", "correlations", pair, reason, value, "%", ("correlations",))


def ties_nothing(survey: Survey) -> Iterator[Finding]:
    """Yield entries of `correlations` with fewer than two items that have anything to correlate."""
    for note in survey.network.idle:
        place, _, reason = note.partition(": ")
        number = int(place.removeprefix("correlations[").removesuffix("]"))
        detail = ", ".join(survey.program.correlations[number].pair or survey.program.correlations[number].group or ())
        yield Finding("ties-nothing", "wrong", place, detail, reason, at=("correlations", number))


def unused(survey: Survey) -> Iterator[Finding]:
    """Yield calendars, templates, choices and resources that nothing uses."""
    program = survey.program
    used: dict[str, set[str | None]] = {
        "calendars": _calendars(survey),
        "templates": {rule.use for rule in program.ranges},
        "choices": {a.when.choice for a in program.activities().values() if a.when is not None},
        "resources": _resources(program),
    }
    for section, names in used.items():
        for name in getattr(program, section):
            if name not in names and not getattr(getattr(program, section)[name], "from_plan", False):
                reason = f"nothing in the program uses this {section.removesuffix('s')}"
                yield Finding("unused", "to know", f"{section}.{name}", name, reason, at=(section, name))


def _calendars(survey: Survey) -> set[str | None]:
    program = survey.program
    named: set[str | None] = {program.calendar, *(calendar.based_on for calendar in program.calendars.values())}
    named |= {project.calendar for project in program.projects.values()}
    named |= {activity.calendar for activity in program.activities().values()}
    return named | {resource.calendar for resource in program.resources.values()}


def _resources(program: Program) -> set[str | None]:
    """Return the resources that work or approval needs."""
    found: set[str | None] = set()
    for activity in program.activities().values():
        found |= activity.uses.keys() | (activity.approval.by.keys() if activity.approval is not None else set())
    return found


def _selectors(survey: Survey) -> Iterator[Selected]:
    """Yield every selector of the program with its place."""
    program = survey.program
    for number, rule in enumerate(program.ranges):
        yield from _both(("ranges", number), rule.on, rule.except_)
    for name, driver in program.drivers.items():
        yield from _both(("drivers", name), driver.on, driver.except_)
    for at, chosen in behaviours(program):
        yield from _both(at, chosen.on, chosen.except_)
    for number, item in enumerate(program.correlations):
        if item.group is not None and item.occurrence is None:
            yield ("correlations", number, "group"), item.group
    for name, risk in program.risks.items():
        for number, impact in enumerate(risk.impacts):
            yield from _both(("risks", name, "impacts", number), impact.on, impact.except_)


def _both(place: Place, on: Iterable[str] | None, except_: Iterable[str] | None) -> Iterator[Selected]:
    for word, patterns in (("on", on), ("except", except_)):
        if patterns is not None:
            yield (*place, word), tuple(patterns)


def _variable(name: str) -> str:
    """Return what a variable of the simulation belongs to: `activity/build.dig/duration` to build.dig."""
    parts = name.split("/")
    return parts[1] if len(parts) > 1 else name
