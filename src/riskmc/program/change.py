"""Changing a program: what it becomes when a scenario is applied. The program itself stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from riskmc.errors import ProgramError, RiskmcError, joined, nearest
from riskmc.program.cost import CostItem
from riskmc.program.estimate import Estimate
from riskmc.program.noun import Data
from riskmc.program.place import Parts, member, replaced, without
from riskmc.program.project import Project
from riskmc.program.scenario import Scenario
from riskmc.program.sections import Sections

if TYPE_CHECKING:
    from riskmc.program.program import Program

Step = Callable[["Program"], "Program"]
_ANONYMOUS = "scenario"


def apply(program: Program, wanted: str | Scenario) -> Program:
    """Return the program as a scenario changes it; ``wanted`` is the identifier of one of its scenarios, or one itself.

    Raises ProgramError with every change that cannot be made, the nearest known word beside an unknown one.
    """
    name, scenario = _found(program, wanted)
    faults = []
    for place, step in _steps(name, scenario):
        try:
            program = step(program)
        except RiskmcError as error:
            texts = [text for _, text in error.faults] if isinstance(error, ProgramError) else [str(error)]
            faults += [(place, text) for text in texts]
    if faults:
        raise ProgramError((f"scenarios.{name}.{place}", text) for place, text in faults)
    return program


def _found(program: Program, wanted: str | Scenario) -> tuple[str, Scenario]:
    """Return a scenario and what to call it."""
    if isinstance(wanted, Scenario):
        names = [name for name, scenario in program.scenarios.items() if scenario is wanted]
        return (names[0] if names else _ANONYMOUS), wanted
    if wanted not in program.scenarios:
        known = ", ".join(program.scenarios) or "none"
        text = f"unknown scenario {wanted!r}{joined(nearest(wanted, program.scenarios), f'known: {known}')}"
        raise ProgramError([("scenarios", text)])
    return wanted, program.scenarios[wanted]


def _steps(name: str, scenario: Scenario) -> list[tuple[str, Step]]:
    """Return the changes of a scenario, in the order in which they are made, each with its place in it."""
    steps: list[tuple[str, Step]] = []
    if scenario.add is not None:
        added = scenario.add
        steps.append(("add", lambda program: _with_sections(program, added)))
    steps += [(f"set.{path}", step) for path, step in _settings(scenario.set)]
    steps += [(f"remove[{place}]", _removing(path)) for place, path in enumerate(scenario.remove)]
    steps += [(f"approve[{place}]", _responding(key, "approved")) for place, key in enumerate(scenario.approve)]
    steps += [(f"withdraw[{place}]", _responding(key, "proposed")) for place, key in enumerate(scenario.withdraw)]
    if scenario.add_cost is not None:
        size = scenario.add_cost
        estimate = Estimate(plan=size.value) if size.certain else Estimate(range=size)
        item = CostItem(name=scenario.name or name, fixed=estimate)
        steps.append(("add_cost", lambda program: _with_sections(program, Sections(costs={name: item}))))
    return steps


def parts_of(program: Program, path: str) -> Parts:
    """Return the steps to what ``path`` names: a section's item, a project, an activity, or a word inside one.

    ``build.line.duration``, ``line.duration``, ``risks.soil.probability``, ``calendars.standard.week``, ``finish``.
    """
    words = path.split(".")
    for count in range(len(words), 0, -1):
        found = program.candidates(".".join(words[:count]))
        if len(found) == 1:
            home = program.project_of(found[0])
            return ["projects", home, "activities", found[0][len(home) + 1 :], *words[count:]]
    if words[0] in type(program).model_fields:
        return list(words)
    for count in range(len(words), 0, -1):
        if ".".join(words[:count]) in program.projects and set(words[count : count + 1]) <= Project.model_fields.keys():
            return ["projects", ".".join(words[:count]), *words[count:]]
    raise ProgramError([("", _unknown_path(program, path, words))])


def _unknown_path(program: Program, path: str, words: list[str]) -> str:
    """Return the text for a path that leads nowhere, with the nearest activity, project or section."""
    known = [*program.activities(), *program.projects, *type(program).model_fields]
    hint = nearest(".".join(words[:2]), known) or nearest(words[0], known)
    way = "a path is PROJECT.ACTIVITY.WORD, or SECTION.ID.WORD as risks.soil.probability"
    return f"unknown path {path!r}{joined(hint, way)}"


def _settings(changes: Mapping[str, Any]) -> Iterator[tuple[str, Step]]:
    """Yield the changes that give paths new values; the outcomes of one choice together, for their sum is 100%."""
    outcomes: dict[str, dict[str, Any]] = {}
    for path, value in changes.items():
        section, _, rest = path.partition(".")
        name, _, outcome = rest.partition(".")
        if section == "choices" and outcome:
            outcomes.setdefault(name, {})[outcome] = value
        else:
            yield path, _setting(path, value)
    for name, shares in outcomes.items():
        yield f"choices.{name}", _choosing(name, shares)


def _choosing(name: str, shares: Mapping[str, Any]) -> Step:
    """Return the change that gives some outcomes of a choice new probabilities, checked when all of them are there."""

    def step(program: Program) -> Program:
        known = member(program.choices, name, "choice")
        for outcome in shares:
            member(known, outcome, f"outcome of choices.{name}")
        try:
            return replaced(program, ["choices", name], {**known, **shares})
        except ProgramError as error:
            rest = [f"choices.{name}.{outcome}" for outcome in known if outcome not in shares]
            way_out = f"; set {' and '.join(rest)} in this scenario too" if rest else ""
            raise ProgramError((path, f"{text}{way_out}") for path, text in error.faults) from None

    return step


def _setting(path: str, value: Any) -> Step:
    """Return the change that gives ``path`` a new value."""

    def step(program: Program) -> Program:
        parts = parts_of(program, path)
        changed = replaced(program, parts, value)
        if parts[0] == "calendars" and parts[2:] == ["holidays"]:
            return replaced(changed, parts[:2], without(changed.calendars[parts[1]], ["holiday_dates"]))
        return changed

    return step


def _removing(path: str) -> Step:
    """Return the change that takes away what ``path`` names, and for risks and responses what hangs on them."""

    def step(program: Program) -> Program:
        parts = parts_of(program, path)
        if parts[0] == "projects" and len(parts) == 4:
            _require_unlinked(program, f"{parts[1]}.{parts[3]}")
        changed = without(program, parts)
        if parts[0] == "responses" and len(parts) == 2:
            for risk in program.responses[parts[1]].secondary:
                changed = _without_risk(changed, risk)
        return _without_risk(changed, parts[1]) if parts[0] == "risks" and len(parts) == 2 else changed

    return step


def _require_unlinked(program: Program, path: str) -> None:
    """Raise ProgramError where other activities still link to the one at ``path``."""
    linked = [
        other
        for other, activity in program.activities().items()
        for link in activity.after
        if program.candidates(link.activity, program.project_of(other)) == (path,)
    ]
    if linked:
        way_out = f"to keep the logic and lose the work, write set: {{{path}.exists: 0%}}"
        raise ProgramError([("", f"{path!r} still comes before {', '.join(linked)}; {way_out}")])


def _without_risk(program: Program, name: str) -> Program:
    """Return the program without a risk and without what other items say of it: it occurs no more."""
    risks = {
        key: risk.but(given={other: share for other, share in risk.given.items() if other != name})
        if name in risk.given
        else risk
        for key, risk in program.risks.items()
        if key != name
    }
    responses = {
        key: response.but(
            acts_on={other: change for other, change in response.acts_on.items() if other != name},
            secondary=tuple(other for other in response.secondary if other != name),
        )
        if name in response.acts_on or name in response.secondary
        else response
        for key, response in program.responses.items()
    }
    correlations = tuple(item for item in program.correlations if not item.pair or f"risks.{name}" not in item.pair)
    projects = {key: _settled(project, name) for key, project in program.projects.items()}
    changes: Data = {"risks": risks, "responses": responses, "correlations": correlations, "projects": projects}
    return program.but(**{word: new for word, new in changes.items() if new != getattr(program, word)})


def _settled(project: Project, risk: str) -> Project:
    """Return a project whose work on the condition that a risk occurs is never done, that it does not always."""
    hanging = {key: a for key, a in project.activities.items() if a.when is not None and a.when.risk == risk}
    if not hanging:
        return project
    settled = {
        key: activity.but(when=None, exists=0.0) if activity.when and activity.when.occurs else activity.but(when=None)
        for key, activity in hanging.items()
    }
    return project.but(activities={**project.activities, **settled})


def _responding(name: str, status: str) -> Step:
    """Return the change that approves a response, or withdraws it."""

    def step(program: Program) -> Program:
        response = member(program.responses, name, "response")
        if status == "approved" and response.status != "proposed":
            return program
        if status == "proposed" and response.status == "done":
            raise ProgramError([("", f"response {name!r} is done and cannot be withdrawn")])
        return replaced(program, ["responses", name, "status"], status) if response.status != status else program

    return step


def _with_sections(program: Program, added: Sections) -> Program:
    """Return the program with more in its sections; what is there already is not overwritten."""
    return program.but(
        **{word: _joined(getattr(program, word), more, word) for word, more in added.words_given().items()}
    )


def _joined(old: Any, more: Any, place: str) -> Any:
    """Return a section with more in it: lists are continued, mappings filled, projects filled with activities."""
    if isinstance(old, tuple):
        return (*old, *more)
    joined = dict(old)
    for key, item in more.items():
        if key not in joined:
            joined[key] = item
        elif place == "projects":
            joined[key] = _filled(joined[key], item, f"{place}.{key}")
        else:
            raise ProgramError([("", f"{place}.{key} is there already; change it by `set`")])
    return joined


def _filled(old: Project, more: Project, place: str) -> Project:
    """Return a project with the activities and words that it does not have yet."""
    found = more.words_given()
    taken = [word for word in found if word != "activities" and word in old.words_given()]
    if taken:
        raise ProgramError([("", f"{place}.{taken[0]} is there already; change it by `set`")])
    if "activities" in found:
        found["activities"] = _joined(old.activities, found["activities"], f"{place}.activities")
    return old.but(**found)
