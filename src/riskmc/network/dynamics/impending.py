"""What impends: risks that arrive and scope that grows, read into the tables of both engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from riskmc.network.axis import Axis
from riskmc.network.branches import Case, branched
from riskmc.network.dynamics.arrivals import ArrivalTable, Source, arrival_table, arriving, with_clocks
from riskmc.network.dynamics.clocks import Clocks
from riskmc.network.dynamics.hits import Hit, HitTable, Hitting, hit_table
from riskmc.network.dynamics.occurrences import Occurring
from riskmc.network.dynamics.scope import GrowthTable, growth_table, no_growth, requesting
from riskmc.network.events import Events
from riskmc.network.risks import RiskEvents
from riskmc.network.strikes import Select, Struck
from riskmc.program.program import Program
from riskmc.program.risk import Risk


@dataclass(frozen=True)
class Impending:
    """What the compile step knows of risks and of whom they strike: ``risks`` that arrive, and what acts on them.

    ``least`` is the least work, in minutes, of the tasks of which it is known.
    """

    program: Program
    events: Events
    select: Select
    struck: Struck
    risks: Mapping[str, Risk]
    risk_events: RiskEvents
    least: Mapping[int, float]


class Arriving(NamedTuple):
    """The tables of what arrives, and the names of the risks among it, by number."""

    arrivals: ArrivalTable
    hits: HitTable
    growth: GrowthTable
    risks: tuple[str, ...]


def read_impending(
    known: Impending | None, axis: Axis, occurring: Occurring, clocks: Clocks, pools: Mapping[str, int],
    ignored: Set[str],
) -> Arriving:  # fmt: skip
    """Return the tables; ProgramError with what can never work. What is ``ignored`` never comes (K7)."""
    nodes = clocks.layout.n
    if known is None or {"arrivals", "scope"} <= ignored:
        return Arriving(arrival_table([], 0, nodes), hit_table([]), no_growth(nodes), ())
    hitting = Hitting(known.program, axis, known.events, known.select, known.struck, occurring, clocks, pools)
    risks = _risks(known, hitting, "arrivals" in ignored)
    names = [] if "scope" in ignored else sorted(known.program.scope)
    requests = _requests(known, hitting, names)
    every = [(source, hits) for _, source, hits in risks] + requests
    return Arriving(
        arrival_table([source for source, _ in every], len(risks), nodes), hit_table([hits for _, hits in every]),
        growth_table(known.program, names, hitting, known.least, nodes), tuple(name for name, _, _ in risks),
    )  # fmt: skip


def _risks(known: Impending, hitting: Hitting, ignored: bool) -> list[tuple[str, Source, list[Hit]]]:
    found: list[tuple[str, Source, list[Hit]]] = []
    tasks = list(known.struck.tasks.values())
    for name in [] if ignored else sorted(known.risks):
        source = arriving(known.program, name, len(found), tasks, hitting.axis, hitting.occurring)
        if source is not None:
            with_clocks(source, hitting.clocks, f"risks.{name}.arrivals")
            found.append((name, source, [hit for case in _cases(known, name) for hit in hitting.of_case(case)]))
    return found


def _cases(known: Impending, name: str) -> list[Case]:
    """Return the impacts of a risk, and what responses make of them where they work (K6)."""
    cases = [Case([], known.risks[name].impacts, {}, f"risk/{name}")]
    for active, change in known.risk_events.acting_on(name):
        cases = [found for case in cases for found in branched(case, active, change, name)]
    return cases


def _requests(known: Impending, hitting: Hitting, names: Sequence[str]) -> list[tuple[Source, list[Hit]]]:
    found = []
    for entity, name in enumerate(names):
        if known.program.scope[name].rate is None:
            continue
        made = requesting(known.program, name, entity, known.struck.tasks, hitting, hitting.occurring)
        if made is not None:
            found.append((with_clocks(made[0], hitting.clocks, f"scope.{name}"), [made[1]]))
    return found


__all__ = ["Arriving", "Impending", "read_impending"]
