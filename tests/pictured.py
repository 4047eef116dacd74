"""Runs that pictures are drawn of: a real program, and the edges of what a program can be."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import numpy as np

import fabricated
import riskmc as rm
from riskmc import plot
from riskmc.forecast.instant import instant_of
from riskmc.simulation.trials import Trials

MODELS = Path(__file__).parents[1] / "models"
HOSTILE = (
    '<script>alert(1)</script> & "quoted" ]]>',
    "$\\frac{a}{b}$ _x_ ^y^ $5$",
    "=cmd()|' /C calc'!A0",
    "x" * 300,
)
RIGHT_TO_LEFT = "\u202eمرفأ السفن الجديد\u202c"


@cache
def ferry(scenario: str | None = None) -> Trials:
    """The ferry of models/, 1,000 iterations."""
    return rm.simulate(MODELS / "ferry" / "program.yaml", iterations=1_000, scenario=scenario)


def one_activity() -> Trials:
    """One activity that varies, without cost or target."""
    work = {"p": {"activities": {"dig": {"name": "Dig", "duration": "pert(15d 20d 40d)"}}}}
    return rm.simulate(rm.Program(program="Trench", start="2027-01-04", projects=work), iterations=500)


def no_cost() -> Trials:
    """The harbour tunnel without money."""
    free = np.zeros(2_000, np.int64)
    plan = fabricated.plan(cost_cents=0, project_cost={"design": 0, "build": 0})
    return fabricated.trials(cost_cents=free, project_cost={"design": free, "build": free.copy()}, plan=plan)


def constant() -> Trials:
    """2,000 iterations that all end alike."""
    finish, cost = np.full(2_000, fabricated.PLANNED), np.full(2_000, fabricated.MONEY)
    project = {"design": finish.copy(), "build": finish.copy()}
    return fabricated.trials(
        finish_minutes=finish, cost_cents=cost, project_finish=project, milestone_finish={"build.open": finish.copy()}
    )


def billions() -> Trials:
    """The harbour tunnel a thousand times as dear."""
    usual = fabricated.trials()
    return fabricated.trials(
        cost_cents=usual.cost_cents * 1_000,
        project_cost={name: cost * 1_000 for name, cost in usual.project_cost.items()},
    )


def far_targets() -> Trials:
    """Targets decades from any outcome."""
    targets = [
        {"name": "Dream", "finish": "1999-01-01", "cost": "1M"},
        {"name": "Never", "at": "build.open", "finish": "2199-01-01", "cost": "900000M"},
    ]
    return fabricated.trials(program=fabricated.program(targets=targets))


def hostile() -> Trials:
    """Names that would act on a page, a sheet or a formula, names without end, and from right to left."""
    activities = {f"a{i}": {"name": name, "duration": "10d"} for i, name in enumerate((*HOSTILE, RIGHT_TO_LEFT))}
    activities |= {f"m{i}": {"name": name, "milestone": True} for i, name in enumerate((*HOSTILE, RIGHT_TO_LEFT))}
    projects = {
        "p": {"name": HOSTILE[0], "activities": activities},
        "q": {"name": RIGHT_TO_LEFT, "activities": activities},
    }
    dates = [{"name": name, "finish": f"2030-0{3 + i}-01", "cost": f"{400 + i}M"} for i, name in enumerate(HOSTILE)]
    program = rm.Program(program=HOSTILE[3], start="2027-01-04", currency="EUR", projects=projects, targets=dates)
    finish = fabricated.trials().finish_minutes
    kept = {f"{project}.m{i}": finish - 40_000 * i for project in "pq" for i in range(5)}
    plan = fabricated.plan(milestone_finish=dict.fromkeys(kept, fabricated.PLANNED))
    project = {"p": finish - 30_000, "q": finish.copy()}
    return fabricated.trials(program=program, milestone_finish=kept, plan=plan, project_finish=project)


def sixty_milestones() -> Trials:
    """A program of sixty milestones, each with a target."""
    activities = {f"m{i}": {"name": f"Milestone number {i}", "milestone": True} for i in range(60)}
    targets = [{"name": f"T{i}", "at": f"p.m{i}", "finish": f"20{27 + i // 12}-{i % 12 + 1:02}-15"} for i in range(60)]
    program = rm.Program(
        program="Many", start="2027-01-04", projects={"p": {"activities": activities}}, targets=targets
    )
    finish = fabricated.trials().finish_minutes
    kept = {f"p.m{i}": finish - 43_200 * (60 - i) for i in range(60)}
    plan = fabricated.plan(milestone_finish=dict.fromkeys(kept, fabricated.PLANNED))
    return fabricated.trials(program=program, milestone_finish=kept, plan=plan, project_finish={"p": finish.copy()})


RUNS: dict[str, Callable[[], Trials]] = {
    "ferry": ferry,
    "one activity": one_activity,
    "no cost": no_cost,
    "not random": fabricated.certain,
    "constant": constant,
    "billions": billions,
    "far targets": far_targets,
    "hostile": hostile,
    "sixty milestones": sixty_milestones,
    "twenty iterations": lambda: fabricated.trials(20),
}


def shifted(trials: Trials) -> Trials:
    """The same run with every finish ten days earlier and every cost a tenth dearer, as scenario "faster"."""
    fields = {
        name: getattr(trials, name)
        for name in ("program", "seed", "iterations", "start", "plan", "recompute", "random")
    }
    earlier = {name: finish - 14_400 for name, finish in trials.milestone_finish.items()}
    return Trials(
        **fields,
        finish_minutes=trials.finish_minutes - 14_400,
        cost_cents=trials.cost_cents + trials.cost_cents // 10,
        project_finish={name: finish - 14_400 for name, finish in trials.project_finish.items()},
        project_cost={name: cost + cost // 10 for name, cost in trials.project_cost.items()},
        milestone_finish=earlier,
        scenario="faster",
    )


def planned(trials: Trials) -> datetime:
    """The finish of the plan."""
    return instant_of(trials.plan.finish)


PICTURES: dict[str, Callable[[Trials], object]] = {
    "s_curve": lambda t: plot.s_curve(t.finish(), plan=planned(t)),
    "s_curve half": lambda t: plot.s_curve(t.cost(), plan=t.plan.cost_cents / 100, width=plot.HALF),
    "s_curve two": lambda t: plot.s_curve(t.finish(), shifted(t).finish(), names=["As it stands", "Faster"]),
    "s_curve two half": lambda t: plot.s_curve(
        t.cost(), shifted(t).cost(), names=["As it stands", "Dearer"], width=plot.HALF
    ),
    "s_curve targets": lambda t: plot.s_curve(
        t.finish(),
        plan=planned(t),
        targets={f"A promise that was made {n} times": f"203{n}-01-31" for n in range(8)},
        width=plot.HALF,
    ),
    "histogram": lambda t: plot.histogram(t.finish(), plan=planned(t)),
    "histogram half": lambda t: plot.histogram(t.cost(), width=plot.HALF),
    "histogram two": lambda t: plot.histogram(t.finish(), shifted(t).finish(), names=["As it stands", "Faster"]),
    "joint": lambda t: plot.joint(t),
    "joint two": lambda t: plot.joint(t, shifted(t), width=plot.FULL),
    "gantt": lambda t: plot.gantt(t, shifted(t)),
    "milestones": lambda t: plot.milestones(t, shifted(t)),
    "comparison": lambda t: plot.comparison(t, shifted(t), shifted(shifted(t))),
    "comparison cost": lambda t: plot.comparison(t, shifted(t), of="cost"),
}
NO_MONEY = {"joint", "joint two", "comparison cost"}  # what has no picture where no money is spent
NOT_RANDOM = {"joint", "joint two"}


def drawable(run: str, picture: str) -> bool:
    """Whether a picture of the run can be drawn at all."""
    if run in ("no cost", "one activity") and picture in NO_MONEY:
        return False
    return not (run == "not random" and picture in NOT_RANDOM)
