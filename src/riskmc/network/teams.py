"""Teams and backlogs of a program, compiled: their distributions in minutes of a calendar, their boards as arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from riskmc.distributions import Distribution
from riskmc.distributions.exponential import Exponential
from riskmc.distributions.poisson import poisson
from riskmc.errors import ArgumentError
from riskmc.kernels.discrete_event.flow import BY_COUNT, BY_SHARE, NEVER, STEADY
from riskmc.network.backlogs import (
    ARRIVALS,
    ITEMS,
    SPLIT,
    THROUGHPUT,
    Backlog,
    Board,
    BurnDown,
    FlowTable,
    is_endless,
)
from riskmc.network.sizes import spread
from riskmc.program.activity import Activity
from riskmc.program.numeral import growth_text, rate_text
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Rate
from riskmc.program.resource import Resource
from riskmc.program.team import Stage, Team

LONGEST = Quantity(20.0, "y")  # of working time; a backlog that takes longer counts as never done
Length = Callable[[Quantity], float]


def read_backlog(program: Program, activity: Activity, length: Length) -> Backlog | None:
    """Return the backlog of an activity, or None where it has none or a range of its own (K1).

    ``length`` turns quantities of time into minutes of the activity's calendar. Raises ArgumentError where the team
    could never finish it.
    """
    if activity.backlog is None or (activity.duration is not None and activity.duration.range is not None):
        return None
    team, elicited_as = program.teams[activity.backlog.team], activity.elicited_as or program.elicited_as
    sizes = {ITEMS: spread(activity.backlog.items, _number, elicited_as)}
    if team.split is not None:
        sizes[SPLIT] = spread(team.split, _number, elicited_as)
    growth = 0.0 if team.growth is None else team.growth.amount / _unit(team.growth, length)
    read = _burn_down if team.throughput is not None else _board
    backlog = read(team, sizes, length, elicited_as, growth)
    if is_endless(backlog):
        raise ArgumentError(_endless(activity.backlog.team, team))
    return backlog


def shared_teams(program: Program) -> dict[str, list[str]]:
    """Return the teams with more than one backlog that is not finished, and the paths of these activities."""
    found: dict[str, list[str]] = {}
    for path, activity in program.activities().items():
        done = activity.progress is not None and activity.progress.finished is not None
        if activity.backlog is not None and not done:
            found.setdefault(activity.backlog.team, []).append(path)
    return {team: paths for team, paths in sorted(found.items()) if len(paths) > 1}


def with_team_pools(program: Program) -> Program:
    """Return the program with every shared team as a pool of one unit, so that it works off one backlog at a time."""
    shared, activities = shared_teams(program), program.activities()
    if not shared:
        return program
    pools = {f"team {team}": Resource(name=program.teams[team].name, capacity=1) for team in shared}
    changed = {
        path: (activity := activities[path]).but(uses={**activity.uses, f"team {team}": 1})
        for team, paths in shared.items()
        for path in paths
    }
    return program.with_activities(changed).model_copy(update={"resources": {**program.resources, **pools}})


def stage_variable(stage: str) -> str:
    """Return the last part of the name of the variable that is the work on an item in a stage."""
    return f"stage {stage}".replace("/", "\\")


def _number(quantity: Quantity) -> float:
    return quantity.value


def _unit(rate: Rate, length: Length) -> float:
    return length(Quantity(1.0, rate.unit))


def _burn_down(
    team: Team, sizes: dict[str, Distribution], length: Length, elicited_as: str | None, growth: float
) -> Backlog:
    assert team.throughput is not None
    period = max(1, round(length(team.per)))
    sizes[THROUGHPUT] = spread(team.throughput, _number, elicited_as)
    if team.arrivals is not None:
        sizes[ARRIVALS] = poisson(team.arrivals.amount * period / _unit(team.arrivals, length))
    return BurnDown(sizes, period, growth, round(length(LONGEST)))


def _board(
    team: Team, sizes: dict[str, Distribution], length: Length, elicited_as: str | None, growth: float
) -> Backlog:
    for stage in team.stages:
        sizes[stage_variable(stage.name)] = spread(stage.takes, length, elicited_as)
    if team.arrivals is not None:
        sizes[ARRIVALS] = Exponential(_unit(team.arrivals, length) / team.arrivals.amount)
    kind = BY_COUNT if team.arrivals is not None else BY_SHARE if growth else STEADY
    names = tuple(stage_variable(stage.name) for stage in team.stages)
    return Board(sizes, names, flow_table(team.stages, team.wip, kind), growth, round(length(LONGEST)))


def flow_table(stages: Sequence[Stage], wip: int | None, growth: int) -> FlowTable:
    """Return the arrays of a board with these stages, at most ``wip`` items in all of them."""
    rows, first = [], 0
    for stage in stages:
        rows.append((first, first + stage.servers, stage.wip or NEVER, stage.when_blocked == "hold"))
        first += stage.servers
    return FlowTable(np.array(rows, np.int64), np.int64(wip or NEVER), np.int64(growth), np.zeros(1))


def _endless(name: str, team: Team) -> str:
    """Return the reason why a team never finishes a backlog."""
    pace = "its throughput" if team.throughput is not None else "the pace of its narrowest stage"
    if team.growth is not None:
        return f"team {name} never finishes it: growth {growth_text(team.growth)} outruns {pace}"
    assert team.arrivals is not None or team.throughput is not None
    if team.arrivals is None:
        return f"team {name} never finishes it: {pace} is 0 in the mean"
    return (
        f"team {name} never finishes it: arrivals {rate_text(team.arrivals)}, split items counted, are no slower than "
        f"{pace}"
    )
