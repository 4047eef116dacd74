"""Results that pictures are drawn of: all that is asked of trials, of a real program and one with bad names."""

from collections.abc import Callable
from functools import cache

import riskmc as rm
from pictured import HOSTILE, RIGHT_TO_LEFT, ferry
from riskmc import plot
from riskmc.simulation.engine import needed_engine
from riskmc.simulation.trials import Trials

IGNORED = ("quality_gates", "approvals", "arrivals", "scope", "policies", "weather", "teams")
OVERRUNS = [0.92, 0.98, 1.03, 1.1, 1.12, 1.2, 1.28, 1.35, 1.5, 1.9, 2.4]


@cache
def hostile() -> Trials:
    """A small program that spends, earns, has risks, responses and scenarios, all of them with names that would act."""
    names = [*HOSTILE, RIGHT_TO_LEFT]
    work = {f"a{i}": {"name": name, "duration": f"pert(20d {30 + i}d 60d)"} for i, name in enumerate(names)}
    for i, activity in enumerate(work.values()):
        activity["cost"] = {"fixed": f"pert(1M {2 + i}M 9M)"}
        activity["after"] = [f"a{i - 1}"] if i % 2 else []
    projects = {
        "p": {"name": HOSTILE[0], "activities": work},
        "q": {"name": RIGHT_TO_LEFT, "activities": {"b": {"duration": "pert(30d 40d 90d)", "cost": {"fixed": "4M"}}}},
    }
    risks = {
        f"r{i}": {
            "name": name,
            "probability": "40%",
            "impacts": [{"on": f"p.a{i}", "duration": "+ 20d", "cost": "+ 1M"}],
        }
        for i, name in enumerate(names)
    }
    risks["luck"] = {
        "name": HOSTILE[2], "probability": "30%", "impacts": [{"on": "p.a1", "duration": "x 80%"}],
    }  # fmt: skip
    responses = {
        f"q{i}": {"name": name, "acts_on": {f"r{i}": {"probability": "5%"}}, "cost": "200k", "status": "proposed"}
        for i, name in enumerate(names[:3])
    }
    benefits = [{"at": at, "per_year": "triangular(1M 5M 6M)", "for": "10y"} for at in ("p.a4", "q.b")]
    return rm.simulate(
        rm.Program(
            program=HOSTILE[3], start="2027-01-04", currency="EUR", projects=projects,
            risks=risks, responses=responses, benefits=benefits, discount_rate={"real": "4%"},
            targets=[{"name": HOSTILE[1], "finish": "2027-12-01", "cost": "30M"}],
            scenarios={f"s{i}": {"name": name, "remove": [f"risks.r{i}"]} for i, name in enumerate(names)},
        ),
        iterations=400,
    )  # fmt: skip


RUNS: dict[str, Callable[[], Trials]] = {"ferry": ferry, "hostile": hostile}


@cache
def scenarios(trials: Trials) -> rm.Comparison:
    """Every scenario of the program that its engine can honour against the program."""
    program = trials.again().program
    names = [name for name in program.scenarios if needed_engine(program.scenario(name)) == trials.engine]
    return rm.compare(trials, *(rm.simulate(program, len(trials), scenario=name) for name in names))


@cache
def drivers(trials: Trials) -> rm.Drivers:
    """The drivers of the trials."""
    return rm.drivers(trials)


@cache
def cash(trials: Trials) -> rm.CashFlow:
    """The cash flow of the trials."""
    return rm.cash_flow(trials)


@cache
def crowded(trials: Trials) -> rm.Capacity:
    """The capacity of the same program, all of whose work waits for one crew with a bad name and one crane."""
    program = trials.again().program
    pools = {"crew": {"capacity": 2, "name": HOSTILE[0]}, "crane": {"capacity": 1, "cost": "90/h"}}
    work = {
        path: activity.model_copy(update={"uses": {"crew": 1.0} if place % 3 else {"crew": 1.0, "crane": 1.0}})
        for place, (path, activity) in enumerate(program.activities().items())
        if not activity.milestone
    }
    resources = {**program.resources, **{name: rm.Resource(**words) for name, words in pools.items()}}
    shared = program.with_activities(work).model_copy(update={"resources": resources})
    return rm.capacity(rm.simulate(shared, iterations=200, engine="discrete-event", ignore=IGNORED), steps=1)


RESULTS: dict[str, Callable[[Trials], object]] = {
    "tornado": lambda t: plot.tornado(drivers(t)),
    "tornado cost": lambda t: plot.tornado(drivers(t), by="cost"),
    "tornado removal": lambda t: plot.tornado(drivers(t), show="removal"),
    "waterfall": lambda t: plot.waterfall(rm.waterfall(t)),
    "waterfall cost": lambda t: plot.waterfall(rm.waterfall(t), by="cost"),
    "paths": lambda t: plot.paths(rm.paths(t)),
    "sensitivity": lambda t: plot.sensitivity(rm.sensitivity(t)),
    "responses": lambda t: plot.responses(rm.responses(t)),
    "responses cost": lambda t: plot.responses(rm.responses(t), of="cost"),
    "contingency": lambda t: plot.contingency(rm.contingency(t)),
    "contingency finish": lambda t: plot.contingency(rm.contingency(t), of="finish"),
    "earned_value": lambda t: plot.earned_value(rm.earned_value(_begun(t))),
    "frontier": lambda t: plot.frontier(rm.response_frontier(t)),
    "changes": lambda t: plot.changes(rm.diff(t.again().program, _fewer(t), iterations=len(t))),
    "capacity_value": lambda t: plot.capacity_value(crowded(t)),
    "cash_flow": lambda t: plot.cash_flow(cash(t)),
    "cumulative_cash": lambda t: plot.cumulative_cash(cash(t)),
    "convergence": lambda t: plot.convergence(rm.convergence(t)),
    "convergence cost": lambda t: plot.convergence(rm.convergence(t), of="cost"),
    "drawdown": lambda t: plot.drawdown(rm.contingency(t).drawdown("quarter")),
    "drawdown cost": lambda t: plot.drawdown(rm.contingency(t).drawdown("quarter"), of="cost"),
    "funding": lambda t: plot.funding(rm.fund(rm.value(t), "90M")),
    "outside_view": lambda t: plot.outside_view(rm.outside_view(t, rm.reference_class(OVERRUNS))),
    "queue": lambda t: plot.queue(crowded(t)),
    "queue units": lambda t: plot.queue(crowded(t), "crane", units=True),
    "resource_gantt": lambda t: plot.resource_gantt(crowded(t).trials),
    "risk_matrix": lambda t: plot.risk_matrix(rm.risk_matrix(t)),
    "risk_matrix opportunities": lambda t: plot.risk_matrix(rm.risk_matrix(t), of="opportunities"),
    "scenarios": lambda t: plot.scenarios(scenarios(t)),
    "scenarios full": lambda t: plot.scenarios(scenarios(t), width=plot.FULL),
    "utilisation": lambda t: plot.utilisation(crowded(t)),
    "value": lambda t: plot.value(rm.value(t)),
    "joint judged": lambda t: plot.joint(t, finish="2027-12-01", cost=30e6, width=plot.FULL),
}


def _begun(trials: Trials) -> Trials:
    """The same program some months on, with nothing begun."""
    return rm.simulate(rm.with_options(trials.again().program, data_date="2027-03-01"), iterations=200)


def _fewer(trials: Trials) -> rm.Program:
    """The program of the trials as its first scenario changes it."""
    program = trials.again().program
    return program.scenario(next(iter(program.scenarios)))
