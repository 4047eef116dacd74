"""The knobs of a program: those that are named, else the activities, risks and responses that matter most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from riskmc.analysis.drivers.view import view_of
from riskmc.errors import ArgumentError, nearest
from riskmc.forecast.figures import finish_day, printable
from riskmc.forecast.instant import instant_of
from riskmc.forecast.language import marked
from riskmc.live.knob import Knob, step_for
from riskmc.network.tasks import State
from riskmc.program.catalogue import is_reference
from riskmc.program.program import Program
from riskmc.program.selector import select
from riskmc.simulation.cases import run_cases
from riskmc.simulation.place import PROGRAM, is_program_finish, name_of
from riskmc.simulation.rerun import Rerun
from riskmc.simulation.trials import CENTS, Trials

ITERATIONS, PLACE, FINISH, COST = "iterations", "at", "finish", "cost"
SHORTEST, LONGEST = 0.5, 2.0  # of what an activity takes
MOST_ITERATIONS = 20_000
MOST_PLACES = 100
_ACTIVITIES, _RISKS, _RESPONSES, _POOLS = 6, 8, 12, 6  # so many are shown where none are named
_RANKED = 1_000  # iterations that say which risks matter most


@dataclass(frozen=True)
class Chosen:
    """What is to be turned: selectors of activities, and identifiers; None stands for those that matter most.

    ``costs`` are selectors of activities, whose costs are turned; there are none but those that are named.
    """

    durations: Sequence[str] | None = None
    risks: Sequence[str] | None = None
    responses: Sequence[str] | None = None
    resources: Sequence[str] | None = None
    costs: Sequence[str] = ()


def knobs_of(trials: Trials, chosen: Chosen, at: str | None = None) -> list[Knob]:
    """Return the knobs of the program that was simulated, with what happens ``at`` a place as the question.

    ArgumentError for a name that the program has no use for.
    """
    program = trials.program
    given = trials.again().program  # without the activities that responses bring
    return [
        *(
            _factor(given, one, "durations", "duration")
            for one in (_critical(trials) if chosen.durations is None else chosen.durations)
        ),
        *(_factor(given, one, "costs", "cost") for one in chosen.costs),
        *(_risk(given, one) for one in (_leading(trials, given) if chosen.risks is None else chosen.risks)),
        *(_response(given, one) for one in (_open(given) if chosen.responses is None else chosen.responses)),
        *(_resource(given, one) for one in (_pools(trials, given) if chosen.resources is None else chosen.resources)),
        *_question(trials, program, _place(trials, at)),
    ]


def _factor(program: Program, selector: str, group: Literal["durations", "costs"], aspect: str) -> Knob:
    paths = select(program, [selector])
    if not paths:
        raise ArgumentError(f"{group}: {selector!r} selects no activity")
    alone = is_reference(selector)
    name = program.activities()[paths[0]].name or paths[0] if alone else f"{selector} ({len(paths):,})"
    subject = _plainly(paths[0]) if alone else selector
    key = f"{paths[0] if alone else selector}.{aspect}"
    return Knob(key, group, "percent", subject, printable(name), 1.0, SHORTEST, LONGEST)


def _plainly(path: str) -> str:
    """Return the selector of one activity, in quotes where its path would be read as a pattern."""
    return path if is_reference(path) else f'"{path}"'


def _critical(trials: Trials) -> Iterator[str]:
    """Yield the activities whose duration tells most: criticality times mean duration (Van Slyke 1963)."""
    told, network = trials.statistics, trials.again().network
    counted = [task.samples and task.state is not State.FINISHED for task in network.tasks]
    weight = np.where(counted, np.nan_to_num(told.criticality * told.mean_duration_days), 0.0)
    known = trials.again().program.activities()
    ranked = (told.paths[at] for at in np.argsort(-weight, kind="stable") if weight[at] > 0)
    yield from [_plainly(path) for path in ranked if path in known][:_ACTIVITIES]


def _risk(program: Program, name: str) -> Knob:
    if name not in program.risks:
        raise ArgumentError(f"risks: there is no risk {name!r}{nearest(name, program.risks)}")
    risk = program.risks[name]
    if risk.status != "open" or risk.probability is None:
        reason = "it arrives over time" if risk.arrivals is not None else f"it is {risk.status}"
        raise ArgumentError(f"risks: {name!r} has no probability to change: {reason}")
    share = risk.probability
    label = printable(risk.name or name)
    return Knob(f"risks.{name}.probability", "risks", "percent", name, label, share, 0.0, 1.0, step_for(share))


def _leading(trials: Trials, program: Program) -> list[str]:
    """Return the risks without which the mean finish, then the mean cost, moves most; in the order of the file."""
    found = [name for name, risk in program.risks.items() if risk.status == "open" and risk.probability is not None]
    again = trials.again()
    if len(found) <= _RISKS or again.network.dynamics is not None:
        return found[:_RISKS]
    first = range(min(_RANKED, len(again.iterations)))
    fewer = Rerun(program, again.network, again.settings, again.seed, first, again.threads, again.stratified)
    cases = run_cases(fewer, [frozenset(), *(frozenset([name]) for name in found)], program_alone=True)
    spread = max(1.0, float(np.std(cases.finish_minutes(0)))), max(1.0, float(np.std(cases.cost_cents(0))))
    moved = [
        abs(float(np.mean(cases.finish_minutes(k) - cases.finish_minutes(0)))) / spread[0]
        + abs(float(np.mean(cases.cost_cents(k) - cases.cost_cents(0)))) / spread[1]
        for k in range(1, len(cases))
    ]
    leading = sorted(range(len(found)), key=lambda k: -moved[k])[:_RISKS]
    return [found[k] for k in sorted(leading)]


def _response(program: Program, name: str) -> Knob:
    if name not in program.responses:
        raise ArgumentError(f"responses: there is no response {name!r}{nearest(name, program.responses)}")
    response = program.responses[name]
    if response.status == "done":
        raise ArgumentError(f"responses: {name!r} is done: it is in the plan and cannot be switched off")
    acts = response.status != "proposed"
    return Knob(f"responses.{name}", "responses", "switch", name, printable(response.name or name), acts)


def _open(program: Program) -> list[str]:
    return [name for name, response in program.responses.items() if response.status != "done"][:_RESPONSES]


def _resource(program: Program, name: str) -> Knob:
    if name not in program.resources:
        raise ArgumentError(f"resources: there is no resource {name!r}{nearest(name, program.resources)}")
    resource = program.resources[name]
    if resource.capacity is None or resource.from_plan:
        raise ArgumentError(f"resources: {name!r} has no capacity that limits anything")
    most = max(2 * resource.capacity, resource.capacity + 3)
    whole = 1.0 if resource.capacity == int(resource.capacity) else 0.01
    label = printable(resource.name or name)
    return Knob(f"resources.{name}.capacity", "resources", "count", name, label, resource.capacity, 0.0, most, whole)


def _pools(trials: Trials, program: Program) -> list[str]:
    """Return the pools for which work queues; none in the Monte Carlo engine, where nothing does."""
    if trials.again().network.dynamics is None:
        return []
    limits = [name for name, pool in program.resources.items() if pool.capacity is not None and not pool.from_plan]
    return limits[:_POOLS]


def _question(trials: Trials, program: Program, place: str) -> Iterator[Knob]:
    """Yield what is asked of the forecast and changes nothing in it: iterations, the place, the date, the budget."""
    n = len(trials)
    step = next(step for step in (1000, 100, 1) if n % step == 0)
    most = max(n, MOST_ITERATIONS)
    yield Knob(ITERATIONS, "question", "count", "", marked("Iterations"), float(n), min(n, 1000), most, step)
    places = _places(trials, program, place)
    if len(places) > 1:
        names = [printable(name_of(program, one)) for one in places]
        told = (f"{name} ({one})" if names.count(name) > 1 else name for one, name in zip(places, names, strict=True))
        choices = tuple(zip(places, told, strict=True))
        yield Knob(PLACE, "question", "choice", "", marked("Finish of"), place, choices=choices)
    day, amount = promised(trials, place)
    yield Knob(FINISH, "question", "date", "", marked("Target date"), day)
    if amount is not None:
        yield Knob(COST, "question", "amount", "", marked("Budget"), amount, unit=program.currency or "")


def _place(trials: Trials, at: str | None) -> str:
    """Return the place that ``at`` names; ArgumentError where its dates are not kept."""
    found = view_of(trials, 0.5, at).place
    return PROGRAM if is_program_finish(trials.program, found) else found


def _places(trials: Trials, program: Program, place: str) -> list[str]:
    """Return where a finish can be asked for: the program, projects where there are several, milestones."""
    projects = list(trials.project_finish) if len(trials.project_finish) > 1 else []
    others = [one for one in (*projects, *trials.milestone_finish) if not is_program_finish(program, one)]
    return list(dict.fromkeys([PROGRAM, *([place] if place else []), *others[:MOST_PLACES]]))


def promised(trials: Trials, place: str) -> tuple[str, float | None]:
    """Return the date (ISO) and the budget that a place is to meet: its target's, else the plan's; None without money.

    The budget of a milestone is that of the program.
    """
    finish, plan, project = trials.finish(place or None), trials.plan, project_at(trials, place)
    planned = {PROGRAM: plan.finish, **plan.milestone_finish, **plan.project_finish}[place]
    day = finish_day(instant_of(round(planned if finish.target is None else finish.target)), finish.start)
    if not trials.has_cost:
        return day.isoformat(), None
    target = trials.cost(project).target
    cents = plan.cost_cents if project is None else plan.project_cost[project]
    return day.isoformat(), cents / CENTS if target is None else target


def project_at(trials: Trials, place: str) -> str | None:
    """Return the project whose cost is asked for at a place; None stands for the program."""
    return place if place in trials.project_cost else None
