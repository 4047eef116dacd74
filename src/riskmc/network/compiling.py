"""From a program to its network: everything is read, resolved and checked here, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ProgramError
from riskmc.forecast.language import marked, phrase, phrases
from riskmc.network.axis import Axis
from riskmc.network.branches import Case, branched
from riskmc.network.calendar_risks import CalendarRisks
from riskmc.network.columns import arrays, relaxed
from riskmc.network.correlations import correlated
from riskmc.network.draws import Draws, renaming
from riskmc.network.durations import duration_table
from riskmc.network.dynamics.dynamics import Asked, Dynamics, read_dynamics
from riskmc.network.dynamics.funding import check_enough, shortest
from riskmc.network.dynamics.impending import Impending
from riskmc.network.dynamics.occurrences import Occurring
from riskmc.network.estimates import DEFAULT_CORRELATION, Estimates, Rule, estimates, last_matching
from riskmc.network.events import ALWAYS, Events
from riskmc.network.existence import Existence, drawn_choices, drawn_existence, existence
from riskmc.network.impacts import Effects
from riskmc.network.layout import DateCondition, Edges, Nodes
from riskmc.network.logic import Logic, build
from riskmc.network.microsoft import at_early_dates, at_late_dates, late_work
from riskmc.network.mitigation import with_activities
from riskmc.network.network import EVERYTHING, Network
from riskmc.network.plan import PlanDates, plan_dates
from riskmc.network.refusals import Honoured, honoured
from riskmc.network.risks import RiskEvents, active_responses, arriving_risks, risk_events, sampled_risks
from riskmc.network.sampler import sampler
from riskmc.network.schedule import read_schedule
from riskmc.network.settings import Settings
from riskmc.network.spending import cost_table, planned_cents, standing_items, strike_items, task_items
from riskmc.network.strikes import Striker, Struck
from riskmc.network.tasks import FINISHED, STARTED, Task, read_tasks
from riskmc.network.teams import with_team_pools
from riskmc.network.weather import LostTime, holds_days, lost_time, note, thinned
from riskmc.program.garbage import without_collections
from riskmc.program.leftovers import listed, settled
from riskmc.program.program import Program
from riskmc.program.reference import faults
from riskmc.program.response import Response
from riskmc.program.selector import select
from riskmc.sampling import Mixing

DEFAULT_KEY = "default"
FINAL_STRETCH = 16  # of the horizon: from here on the discrete-event engine censors what does not end (D8)


def compile_network(program: Program, settings: Settings) -> Network:
    """Return the program as arrays, ready to simulate.

    Raises ProgramError with everything that is wrong, UnsupportedError where only the discrete-event engine can honour
    the program, HorizonError where the plan runs past the calendars.
    """
    with without_collections():
        found = faults(program)
        if found:
            raise ProgramError(found)
        return _compiled(program, settings)


def _compiled(program: Program, settings: Settings) -> Network:
    sentences, program = listed(program), settled(program)
    left_out = honoured(program, settings.ignore, settings.engine)
    left_out = replace(left_out, notes=(*sentences, *left_out.notes))
    responses = active_responses(program, settings.mitigation)
    whole = with_activities(program, responses)
    if settings.engine == "discrete-event" and "teams" not in settings.ignore:
        whole = with_team_pools(whole)
    return _Compiler(whole, settings, responses, left_out).network()


@dataclass
class _Compiler:
    """The order of the compile step; every method needs what the ones before it made."""

    program: Program
    settings: Settings
    responses: dict[str, Response]
    left_out: Honoured
    draws: Draws = field(init=False)
    plan: PlanDates = field(init=False)

    def network(self) -> Network:
        """Return the compiled program."""
        self._read()
        if holds_days(self.axis):  # the plan keeps the days that it holds free for the weather, the simulation does not
            fair = replace(self.settings, ignore=(*self.settings.ignore, "weather"))
            planned = _Compiler(self.program, fair, self.responses, self.left_out)
            planned._read()
            self.plan = planned.plan
        self._estimates()
        self._effects()
        self._costs()
        return self._assembled()

    def _read(self) -> None:
        """Read the activities and their logic."""
        self.draws = Draws(renaming(self.program))
        self.axis = Axis(self.program, self.settings.stretch, fair="weather" in self._ignored)
        self.tasks = read_tasks(self.program, self.axis)
        if not self.tasks:
            raise ProgramError([("projects", "a program needs at least one scheduled activity")])
        self.by_path = {task.path: task for task in self.tasks}
        self.projects = [name for name in self.program.projects if any(t.project == name for t in self.tasks)]
        self._events()
        self.schedule = read_schedule(self.program, self.tasks, self.axis, self.draws, self._varies, self.projects)
        self._logic()

    @property
    def _ignored(self) -> frozenset[str]:
        """What is left out on request, in the words of `refusals`."""
        return frozenset(word.replace("-", "_") for word in self.settings.ignore)

    def _varies(self, task: Task) -> bool:
        return self.exists.events[task.path] != ALWAYS or task.path in self.exists.dated

    def _events(self) -> None:
        """Draw choices, existence, responses and risks; then combine them into who exists when."""
        self.events = Events(self.draws, self.settings.switchable)
        choices = drawn_choices(self.program, self.events)
        drawn = drawn_existence(self.tasks, self.events)
        self.risks = sampled_risks(self.program, self.responses)
        self.risk_events: RiskEvents = risk_events(
            self.program, self.responses, self.risks, self.events, self.settings.optional
        )
        self.exists: Existence = existence(
            self.program, self.tasks, drawn, choices, self.risk_events.occurs, self.events, self.axis
        )

    def _logic(self) -> None:
        """Build the network, find the plan's own dates, then relax the constraints for the simulation (N3).

        The plan loses no time to weather or calendar risks, the simulation does.
        """
        nodes, edges = arrays(self.schedule)
        self.outputs = ["", *self.projects, *self._milestones(), EVERYTHING]
        self._bound(nodes)
        as_planned = self._as_planned(nodes, edges)
        keeps = self.settings.constraints == "as-planned" or not self.schedule.relaxed
        simulated = as_planned.layout.nodes if keeps else relaxed(self.schedule, nodes, self.tasks)
        loses = thinned(self.axis, simulated, self._ignored)
        self.lost: LostTime | None = lost_time(self.axis, simulated, loses, self.draws, self._ignored)
        self.logic = as_planned if keeps and not loses.any() else self._built(simulated, edges, loses)

    def _as_planned(self, nodes: Nodes, edges: Edges) -> Logic:
        """Find the plan's own dates; Microsoft Project's late work stands at its late dates in a plan without any."""
        late = late_work(nodes, self.tasks)
        early = at_early_dates(nodes, late) if late.size else nodes
        logic = self._built(early, edges)
        self.plan = self._plan(logic)
        if late.size:
            logic = self._built(at_late_dates(early, late, self.plan, self.axis, self.tasks), edges)
            self.plan = self._plan(logic)
        return logic

    def _bound(self, nodes: Nodes) -> None:
        """Say which finish holds open ends: their project's if as late as possible, else what float is measured to.

        That is the latest finish of all, or the project's own (`float_to`); for `finish:` itself, its own (N5).
        """
        members = [node.project for node in self.schedule.nodes]
        nodes.project[:] = 1 + np.array(members, np.int64)
        own = np.array([self.program.projects[name].float_to == "project" for name in self.projects])[members]
        nodes.late_output[:] = np.where(own, nodes.project, len(self.outputs) - 1)
        if self.program.finish is not None:
            finish = [n for n in self._group("") if not own[n]]
            nodes.late_output[finish] = 0

    def _built(self, nodes: Nodes, edges: Edges, loses: NDArray[np.bool_] | None = None) -> Logic:
        groups = [self._group(name) for name in self.outputs]
        return build(nodes, edges, self.axis.calendars, groups, self._conditions(), len(self.schedule.sampled), loses)

    def _milestones(self) -> list[str]:
        """Return what has a finish of its own in the results: milestones, and activities that a target names."""
        named = {
            t.at if t.at in self.program.projects else self.program.path(t.at, None)
            for t in self.program.targets
            if t.at
        }
        return [task.path for task in self.tasks if task.milestone or task.path in named]

    def _group(self, name: str) -> list[int]:
        """Return the nodes of which an output is the latest finish (N5)."""
        if name in self.by_path:
            chosen = [self.by_path[name]]
        elif name == "" and self.program.finish is not None:
            chosen = [self.by_path[self.program.path(self.program.finish)]]
        else:
            inside = [task for task in self.tasks if name in ("", EVERYTHING, task.project)]
            working = [task for task in inside if not task.follows] or inside
            chosen = [task for task in working if task.state is not FINISHED] or working
        followed = {task.number for task in chosen if task.follows}
        ends = (
            [e.pred for e in self.schedule.edges if e.succ in followed and e.type in ("FF", "SF")] if followed else []
        )
        return sorted({task.number for task in chosen if not task.follows}.union(ends))

    def _conditions(self) -> list[DateCondition]:
        out = []
        for path in sorted(self.exists.dated):
            task = self.by_path[path]
            condition = task.activity.when
            assert condition is not None
            assert condition.activity is not None
            assert condition.date is not None
            source = self.by_path[self.program.path(condition.activity, task.project)].number
            minute = self.axis.minute(condition.date.finish_like())
            out.append(
                DateCondition(task.number, source, condition.event or "finish", condition.comparison or ">", minute)
            )
        return out

    def _plan(self, logic: Logic) -> PlanDates:
        spare = len(self.schedule.nodes) - len(self.tasks)
        worked = [node.worked for node in self.schedule.nodes[: len(self.tasks)]]
        minutes = np.array(
            [
                *(
                    w if t.state is FINISHED else 0 if t.follows or t.activity.margin else t.remaining
                    for t, w in zip(self.tasks, worked, strict=True)
                ),
                *[0] * spare,
            ],
            np.int64,
        )
        margin = np.array(
            [t.remaining if t.activity.margin and t.state is not FINISHED else 0 for t in self.tasks] + [0] * spare,
            np.int64,
        )
        planned = np.array([self.exists.planned[t.path] for t in self.tasks] + [True] * spare)
        return plan_dates(
            logic, minutes, self.schedule.planned_lags, planned, minutes + margin if margin.any() else None
        )

    def _critical(self) -> set[str]:
        return {task.path for task in self.tasks if self.plan.critical[task.number] and not task.activity.margin}

    def _select(self, on: Sequence[str], except_: Sequence[str] | None) -> tuple[str, ...]:
        return select(self.program, on, except_, self._critical)

    def _estimates(self) -> None:
        rules = [(rule, self._select(rule.on, rule.except_)) for rule in self.program.ranges]
        size = self.settings.default_range
        default = (
            None
            if size is None
            else Rule(DEFAULT_KEY, size, "correlated", DEFAULT_CORRELATION, self.program.elicited_as)
        )
        matched = last_matching(self.program, rules)
        self.estimates: Estimates = estimates(self.program, self.tasks, self.axis, self.draws, matched, default)

    def _effects(self) -> None:
        starts = {t.path: t.started if t.state is STARTED else int(self.plan.start[t.number]) for t in self.tasks}
        costs = dict(zip((t.path for t in self.tasks), self.estimates.cost_planned, strict=True))
        self.struck = struck = Struck(self.by_path, starts, costs, self.exists.events, self.exists.dated)
        self.factors, self.sums = Effects(), Effects()
        striker = Striker(
            self.program, self.axis, self.draws, self.events, self._select, struck, self.factors, self.sums
        )
        striker.drivers()
        calendars = () if self.lost is None else self.lost.calendars
        self.calendar_risks = CalendarRisks(self.program, self.axis, self.draws, self.events, calendars)
        for name in sorted(self.risks):
            self._strike(striker, name)

    def _strike(self, striker: Striker, name: str) -> None:
        """Record a risk's impacts, and what responses make of them where they work (K6)."""
        risk, acting = self.risks[name], list(self.risk_events.acting_on(name))
        cases = [Case([(self.risk_events.occurs[name], False)], risk.impacts, {}, f"risk/{name}")]
        for active, change in acting:
            cases = [case for before in cases for case in branched(before, active, change, name)]
        for case in cases:
            striker.impacts(risk, case.impacts, case.gate, case.scales, case.prefix)
            if "calendar_risks" not in self._ignored:
                self.calendar_risks.impacts(risk, case.impacts, case.gate, case.scales, case.prefix)

    def _costs(self) -> None:
        varying = [task.number for task in self.tasks if self._varies(task)]
        items = task_items(self.program, self.tasks, self.estimates, self.axis, self.projects, varying)
        paid = [active for active in self.risk_events.responses if active.name not in self.settings.optional]
        standing = standing_items(self.program, paid, self.projects, self.schedule.spans, self.axis, self.draws)
        self.items = strike_items([*items, *standing], self.tasks, self.factors, self.sums)

    def _planned_cents(self, plan: PlanDates | None) -> NDArray[np.int64] | None:
        return None if plan is None else planned_cents(self.items, plan.minutes, plan.exists, 1 + len(self.projects))

    def _assembled(self) -> Network:
        mixing, ties = correlated(self.program, self.draws, self.estimates, self._select)
        dynamics = self._dynamics() if self.settings.engine == "discrete-event" else None
        drawn, table = sampler(self.draws, mixing), self.events.table()
        nodes = self.schedule.nodes
        durations = duration_table(self.tasks, nodes, self.estimates, self.factors)
        uncertain = [task.number for task in self.tasks if self.exists.events[task.path] != ALWAYS]
        return Network(
            program=self.program, axis=self.axis, tasks=self.tasks, logic=self.logic, outputs=self.outputs,
            projects=self.projects, plan=self.plan,
            plan_cents=planned_cents(self.items, self.plan.minutes, self.plan.exists, 1 + len(self.projects)),
            margin_cents=self._planned_cents(self.plan.with_margin), sampler=drawn,
            events=table._replace(score=np.append(drawn.event_row, np.int32(0))[table.score]),  # NO_SCORE: any row
            exists_node=np.array(uncertain, np.int32),
            exists_event=np.array([self.exists.events[self.tasks[n].path] for n in uncertain], np.int32),
            factors=self.factors.table(), sums=self.sums.table(), durations=durations,
            sampled_value=np.array([row for row, _ in self.schedule.sampled], np.int32),
            sampled_constant=np.array([c for _, c in self.schedule.sampled], np.float32),
            costs=cost_table(self.items, 1 + len(self.projects)), items=self.items, spans=self.schedule.spans,
            occurs=self.risk_events.occurs, works=self.risk_events.works, ranged=self.estimates.ranged,
            mitigation=self.settings.mitigation, constraints=self.settings.constraints,
            lost=self._lost_time() if dynamics is None else dynamics.lost,
            random=bool(self.draws.scores) or _occurs(dynamics), ignored=self.left_out.ignored,
            relaxed=self._relaxed(), notes=self._notes(mixing, ties), repairs=mixing.repairs, idle=ties,
            dynamics=dynamics, hooks=self.settings.hooks,
        )  # fmt: skip

    def _dynamics(self) -> Dynamics:
        settings, ignored = self.settings, frozenset(word.replace("-", "_") for word in self.settings.ignore)
        certain, impending = not self.draws.scores, self._impending()
        if "funding" not in ignored:
            least = {} if settings.hooks else shortest(self.program, self.tasks, impending.least)
            check_enough(self.program, self.items, self.plan, certain, least)
        return read_dynamics(Asked(
            self.program, self.tasks, self.axis, self.logic, self.plan, Occurring(self.draws),
            self.estimates.duration_row, self.items, self.schedule.spans, self._select, impending,
            self._lost_time(), ignored, settings.dispatch, settings.strict, settings.stretch >= FINAL_STRETCH,
            settings.counts_blocked,
        ))  # fmt: skip

    def _impending(self) -> Impending:
        risks = arriving_risks(self.program, self.responses)
        struck = self.factors.struck("duration", "driver duration") | self.sums.struck("duration")
        least = {
            task.number: task.remaining if task.own is None else task.own.support()[0] * task.own_scale
            for task in self.tasks
            if task.number not in struck and (task.own is not None or not self.estimates.ranged[task.number])
        }
        return Impending(self.program, self.events, self._select, self.struck, risks, self.risk_events, least)

    def _lost_time(self) -> LostTime | None:
        return None if self.lost is None else replace(self.lost, risks=self.calendar_risks.stretches())

    def _notes(self, mixing: Mixing, ties: tuple[str, ...]) -> tuple[str, ...]:
        """Return what the reader of the result should know of how it was made."""
        default = () if self.settings.default_range is None else (self._default_note(),)
        repairs = tuple(
            phrase(
                "correlations repaired to the nearest consistent ones: {first} with {second} asked {asked:g}, used "
                "{used:.2f}",
                first=r.first,
                second=r.second,
                asked=r.asked,
                used=r.used,
            )
            for r in mixing.repairs
        )
        lost = self._lost_time()
        losing = [sentence] if lost is not None and (sentence := note(lost, self.program)) else []
        return (*self.program.notes, *self.left_out.notes, *default, *losing, *repairs, *ties)

    def _default_note(self) -> str:
        reached = len(next((s for (key, _, _), s in self.estimates.shared.items() if key == DEFAULT_KEY), ()))
        if not reached:
            return marked(
                "the default range (--range) applies to no activity: each has a range, is done or lasts nothing"
            )
        return phrases(
            "the default range applies to {count} activity without a range, correlated {value:g}",
            "the default range applies to {count} activities without a range, correlated {value:g}",
            reached,
            value=DEFAULT_CORRELATION,
        )

    def _relaxed(self) -> tuple[str, ...]:
        return tuple(self.schedule.relaxed) if self.settings.constraints == "relaxed" else ()


def _occurs(dynamics: Dynamics | None) -> bool:
    """Return whether anything is drawn by occurrence."""
    return dynamics is not None and bool(dynamics.occurrences.names)


__all__ = ["Settings", "compile_network"]
