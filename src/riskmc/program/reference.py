"""References inside a program: everything that names something else must name something that exists.

`faults` lists every reference that leads nowhere, and every rule between items that is broken, each with its place.
Calendars, links, conditions, selectors, templates, resources, risks, responses, scenarios: all are followed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from riskmc.errors import ProgramError, joined, nearest
from riskmc.program.activity import Activity, LevelOfEffort, Span
from riskmc.program.catalogue import is_reference
from riskmc.program.condition import Condition
from riskmc.program.finance import NO_ESCALATION
from riskmc.program.identity import Selecting
from riskmc.program.link import Link
from riskmc.program.lookup import Lookup, ambiguous
from riskmc.program.plain_words import Place, path_text
from riskmc.program.policy import Action
from riskmc.program.response import Response, ResponseActivity
from riskmc.program.risk import Impact
from riskmc.program.soundness import unsound

if TYPE_CHECKING:
    from riskmc.program.program import Program

BUILT_IN_CALENDARS = ("standard", "24h")
_MOST_HINTS = 20
_SEARCHED = "_searched"


class Fault(NamedTuple):
    """A reference that leads nowhere; ``of_plan``: it names what a plan file would hold, and may have lost."""

    place: Place
    text: str
    of_plan: bool = False


def faults(program: Program) -> list[tuple[str, str]]:
    """Return (path, message) for every fault between the items of a program, in the order of the file.

    Its scenarios are left alone: one that has been applied cannot be applied again.
    """
    references, others = _searched(program)
    return [(path_text(place), text) for place, text in (*_fatal(program, references), *others)]


def broken(program: Program, strict: bool = False) -> list[tuple[Place, str]]:
    """Return the place and text of every fault between the items of a program, those of its scenarios included.

    Over a `plan:`, what the overlay names and the plan lacks is left to `lost_over_plan`, unless ``strict``.
    """
    references, others = _searched(program)
    return [*_fatal(program, [*references, *References(program).of_scenarios()], strict), *others]


def lost_over_plan(program: Program, scenarios: bool = False) -> list[tuple[Place, str]]:
    """Return the place and text of what an overlay names and the plan below it lacks; to be listed, not refused."""
    if program.plan is None:
        return []
    found = [*References(program).of_scenarios()] if scenarios else _searched(program)[0]
    return [(fault.place, fault.text) for fault in found if fault.of_plan]


def unknown_over_plan(program: Program) -> list[tuple[str, str]]:
    """Return the same as (path, message)."""
    return [(path_text(place), text) for place, text in lost_over_plan(program)]


def _fatal(program: Program, found: list[Fault], strict: bool = False) -> list[tuple[Place, str]]:
    forgiving = program.plan is not None and not strict
    return [(fault.place, fault.text) for fault in found if not (forgiving and fault.of_plan)]


def _searched(program: Program) -> tuple[list[Fault], list[tuple[Place, str]]]:
    """Return the references of a program that lead nowhere, and its other faults; a program is searched once."""
    words = tuple(program.__dict__[word] for word in type(program).model_fields)
    known, *found = program.__dict__.get(_SEARCHED, ((), [], []))
    if not _same(known, words):
        found = [list(References(program).all()), list(unsound(program))]
        program.__dict__[_SEARCHED] = (words, *found)
    return found[0], found[1]


def _same(known: tuple[object, ...], words: tuple[object, ...]) -> bool:
    """Return whether these are the very objects that were searched before."""
    return len(known) == len(words) and all(a is b for a, b in zip(known, words, strict=True))


class References:
    """The references of one program, followed; each method yields the faults of one part of it."""

    def __init__(self, program: Program):
        self.program = program
        self.lookup = Lookup(program.projects, program.renamed)
        self.calendars = {*program.calendars, *BUILT_IN_CALENDARS}
        self.prices = {*program.escalation, NO_ESCALATION}
        self._hints = 0

    def all(self) -> Iterator[Fault]:
        """Follow everything but the scenarios."""
        yield from self.of_header()
        yield from self.of_projects()
        yield from self.of_sections()
        yield from self.of_overlay()

    def of_header(self) -> Iterator[Fault]:
        """Follow the words at the top: calendar, finish, renamed."""
        program = self.program
        yield from self.calendar(("calendar",), program.calendar)
        if program.finish is not None:
            yield from self.activity(("finish",), program.finish)
        for old, new in program.renamed.items():
            if not self._exists(new):
                text = f"nothing is called {new!r} now{self._hint(new, self.lookup.activities)}"
                yield Fault(("renamed", old), text, not self._of_a_section(new))
            elif self._taken(old):
                text = f"{old!r} is the name of another activity now, and the two would share their random numbers"
                yield Fault(("renamed", old), text)

    def of_projects(self) -> Iterator[Fault]:
        """Follow every project and activity."""
        for home, project in self.program.projects.items():
            place: Place = ("projects", home)
            yield from self.calendar((*place, "calendar"), project.calendar)
            for name, activity in project.activities.items():
                yield from self._of_activity((*place, "activities", name), activity, home)

    def of_sections(self) -> Iterator[Fault]:
        """Follow calendars, resources, costs, templates used, risks and responses as far as they name no activities."""
        program = self.program
        for name, calendar in program.calendars.items():
            yield from self.calendar(("calendars", name, "based_on"), calendar.based_on)
        for name, resource in program.resources.items():
            yield from self.calendar(("resources", name, "calendar"), resource.calendar)
        for name, item in program.costs.items():
            yield from self._known(("costs", name, "project"), item.project, program.projects, "project", True)
            yield from self._known(("costs", name, "escalation"), item.escalation, self.prices, "escalation")
        for place, rule in enumerate(program.ranges):
            yield from self._known(("ranges", place, "use"), rule.use, program.templates, "template")
        for name, risk in program.risks.items():
            for other in risk.given:
                yield from self._known(("risks", name, "given", other), other, program.risks, "risk")
        for name, policy in program.policies.items():
            yield from self._of_action(("policies", name, "do"), policy.do)
        for name, response in program.responses.items():
            yield from self._of_response(("responses", name), response)

    def of_overlay(self) -> Iterator[Fault]:
        """Follow what lies over the activities and names them: targets, costs, ranges, drivers, risks, correlations."""
        program = self.program
        for place, target in enumerate(program.targets):
            yield from self._activity_or_project(("targets", place, "at"), target.at)
        for place, benefit in enumerate(program.benefits):
            yield from self.activity(("benefits", place, "at"), benefit.at)
        for name, item in program.costs.items():
            yield from self._span(("costs", name, "span"), item.span, item.project)
        for place, rule in enumerate(program.ranges):
            yield from self._selected(("ranges", place), rule)
        for name, driver in program.drivers.items():
            yield from self._selected(("drivers", name), driver)
        for name, scope in program.scope.items():
            yield from self._selected(("scope", name), scope)
        for name, policy in program.policies.items():
            yield from self._activity_or_project(("policies", name, "when", "at"), policy.when.at)
        yield from self._of_correlations()
        for name, risk in program.risks.items():
            yield from self._impacts(("risks", name, "impacts"), risk.impacts)
            if risk.arrivals is not None:
                yield from self._activity_or_project(("risks", name, "arrivals", "while"), risk.arrivals.while_)
        for name, response in program.responses.items():
            for risk_name, change in response.acts_on.items():
                yield from self._impacts(("responses", name, "acts_on", risk_name, "impacts"), change.impacts or ())

    def of_scenarios(self) -> Iterator[Fault]:
        """Apply every scenario, to see whether it can be applied."""
        for name, scenario in self.program.scenarios.items():
            try:
                self.program.scenario(scenario)
            except ProgramError as error:
                for path, text in error.faults:
                    place = _scenario_place(path.removeprefix(f"scenarios.{name}."))
                    yield Fault(("scenarios", name, *place), text, text.startswith("unknown path"))

    def activity(
        self, place: Place, reference: str, home: str | None = None, also: Iterable[str] = ()
    ) -> Iterator[Fault]:
        """Yield a fault unless ``reference`` names one activity (or one of the identifiers in ``also``)."""
        paths = self.lookup.candidates(reference, home)
        if len(paths) > 1:
            yield Fault(place, ambiguous(reference, paths), True)
        elif not paths and reference not in also:
            self._hints += 1
            hinted = self._hints <= _MOST_HINTS
            yield Fault(place, self.lookup.unknown(reference) if hinted else f"unknown activity {reference!r}", True)

    def calendar(self, place: Place, name: str | None) -> Iterator[Fault]:
        """Yield a fault unless the calendar is defined or built in."""
        yield from self._known(place, name, self.calendars, "calendar", place[0] != "calendars")

    def _known(
        self, place: Place, name: str | None, known: Iterable[str], what: str, of_plan: bool = False
    ) -> Iterator[Fault]:
        if name is not None and name not in known:
            few = sorted(known)
            hint = self._hint(name, few)
            told = joined(hint, f"known: {', '.join(few)}") if 0 < len(few) <= 12 else hint
            yield Fault(place, f"unknown {what} {name!r}{told}", of_plan)

    def _hint(self, word: str, known: Iterable[str]) -> str:
        self._hints += 1
        return nearest(word, known) if self._hints <= _MOST_HINTS else ""

    def _exists(self, path: str) -> bool:
        section, _, name = path.partition(".")
        if self._of_a_section(path):
            return name in getattr(self.program, section)
        return bool(self.lookup.candidates(path)) or path in self.program.projects

    def _of_a_section(self, path: str) -> bool:
        """Return True for ``risks.soil``: the name of an item that no plan file holds."""
        section = path.partition(".")[0]
        return section not in self.program.projects and isinstance(getattr(self.program, section, None), dict)

    def _taken(self, old: str) -> bool:
        """Return whether an old name is again the name of an activity, one that has not been renamed itself."""
        former = self.lookup.former
        names = (name for name in former.values() if name == old or name.endswith(f".{old}"))
        return any(name in self.lookup.activities and name not in former for name in names)

    def _activity_or_project(self, place: Place, reference: str | None) -> Iterator[Fault]:
        if reference is not None and reference not in self.program.projects:
            yield from self.activity(place, reference)

    def _of_activity(
        self, place: Place, activity: Activity, home: str | None, also: Iterable[str] = ()
    ) -> Iterator[Fault]:
        yield from self.calendar((*place, "calendar"), activity.calendar)
        yield from self._links((*place, "after"), activity.after, home, also)
        yield from self._span((*place, "level_of_effort"), activity.level_of_effort, home)
        if activity.when is not None:
            yield from self._condition((*place, "when"), activity.when, home)
        if activity.cost is not None:
            yield from self._known((*place, "cost", "escalation"), activity.cost.escalation, self.prices, "escalation")
        if activity.backlog is not None:
            yield from self._known((*place, "backlog", "team"), activity.backlog.team, self.program.teams, "team")
        for name in activity.uses:
            yield from self._resource((*place, "uses", name), name)
        for word, loop in (("quality_gate", activity.quality_gate), ("approval", activity.approval)):
            for number, name in enumerate(loop.of if loop is not None else ()):
                yield from self.activity((*place, word, "of", number), name, home, also)
        for name in activity.approval.by if activity.approval is not None else ():
            yield from self._resource((*place, "approval", "by", name), name)

    def _links(
        self, place: Place, links: Iterable[Link], home: str | None, also: Iterable[str] = ()
    ) -> Iterator[Fault]:
        for number, link in enumerate(links):
            yield from self.activity((*place, number), link.activity, home, also)

    def _span(self, place: Place, span: Span | LevelOfEffort | None, home: str | None) -> Iterator[Fault]:
        for word, names in (("from", span.from_), ("to", span.to)) if span is not None else ():
            for number, name in enumerate(names):
                yield from self.activity((*place, word, number), name, home)

    def _condition(self, place: Place, condition: Condition, home: str | None) -> Iterator[Fault]:
        choices = self.program.choices
        if condition.activity is not None:
            yield from self.activity((*place, "activity"), condition.activity, home)
        yield from self._known(place, condition.risk, self.program.risks, "risk")
        yield from self._known(place, condition.choice, choices, "choice")
        if condition.choice in choices:
            outcomes = choices[condition.choice]
            yield from self._known(place, condition.outcome, outcomes, f"outcome of {condition.choice}")

    def _resource(self, place: Place, name: str | None) -> Iterator[Fault]:
        yield from self._known(place, name, self.program.resources, "resource", True)

    def _of_action(self, place: Place, action: Action) -> Iterator[Fault]:
        for word, item in (("overtime", action.overtime), ("crash", action.crash)):
            if item is not None:
                yield from self._selected((*place, word), item)
        if action.add_units is not None:
            yield from self._resource((*place, "add_units", "resource"), action.add_units.resource)
        for name in action.prioritise or ():
            yield from self._activity_or_project((*place, "prioritise", name), name)

    def _selected(self, place: Place, item: Selecting) -> Iterator[Fault]:
        for word, selector in (("on", item.on), ("except", item.except_)):
            for number, pattern in enumerate(selector or ()):
                if is_reference(pattern):
                    yield from self.activity((*place, word, number), pattern)

    def _impacts(self, place: Place, impacts: Iterable[Impact]) -> Iterator[Fault]:
        for number, impact in enumerate(impacts):
            yield from self._selected((*place, number), impact)
            yield from self._resource((*place, number, "resource"), impact.resource)
            for position, name in enumerate(impact.calendars):
                yield from self.calendar((*place, number, "calendars", position), name)

    def _of_correlations(self) -> Iterator[Fault]:
        for number, item in enumerate(self.program.correlations):
            word = "pair" if item.pair else "group"
            for place, name in enumerate(item.pair or item.group or ()):
                if word == "pair" or is_reference(name):
                    yield from self._correlated(("correlations", number, word, place), name)

    def _correlated(self, place: Place, name: str) -> Iterator[Fault]:
        section, _, key = name.partition(".")
        if section in ("risks", "drivers") and section not in self.program.projects:
            yield from self._known(place, key, getattr(self.program, section), section.removesuffix("s"))
        else:
            yield from self.activity(place, name)

    def _of_response(self, place: Place, response: Response) -> Iterator[Fault]:
        for name, change in response.acts_on.items():
            yield from self._known((*place, "acts_on", name), name, self.program.risks, "risk")
            for other in change.given or {}:
                yield from self._known((*place, "acts_on", name, "given", other), other, self.program.risks, "risk")
        for number, name in enumerate(response.secondary):
            yield from self._known((*place, "secondary", number), name, self.program.risks, "risk")
        for name, activity in response.activities.items():
            yield from self._of_response_activity((*place, "activities", name), activity, response)

    def _of_response_activity(self, place: Place, activity: ResponseActivity, response: Response) -> Iterator[Fault]:
        yield from self._of_activity(place, activity, None, response.activities)
        yield from self._links((*place, "before"), activity.before, None, response.activities)


def _scenario_place(path: str) -> Place:
    """Return the place inside a scenario that a path such as ``set.build.line.duration`` or ``remove[0]`` means."""
    head, dot, rest = path.partition(".")
    if dot:
        return head, rest
    word, bracket, number = head.partition("[")
    return (word, int(number.rstrip("]"))) if bracket else (word,)
