"""Portfolios: the same iterations with every choice of responses bought or not, from one set of draws.

A portfolio is the program in which some responses act and the others do not. Its iterations are, bit by bit, those of
`simulate_like` of the program with the one approved and the other withdrawn. A response that only changes risks is
switched within one compiled network; one that changes more (activities of its own, `given`) has it compiled once for
each combination of such responses (`network.mitigation.structural`). In the discrete-event engine each portfolio is
such a program, run by itself (simulation/runs_apart.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, nearest
from riskmc.network.draws import CENTS, Draws, renaming
from riskmc.network.estimates import money
from riskmc.network.mitigation import structural
from riskmc.network.sampler import sampler
from riskmc.network.sizes import central, spread
from riskmc.program.program import Program
from riskmc.program.response import Response
from riskmc.program.scenario import Scenario
from riskmc.sampling import correlate, split_seed
from riskmc.simulation.blocks import LANES
from riskmc.simulation.cases import Cases, apart, run_cases
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.rerun import Rerun, part_of
from riskmc.simulation.trials import ActivityStatistics, Trials

Bought = frozenset[str]


@dataclass(frozen=True, eq=False)
class Portfolios:
    """The outcomes of every portfolio of responses: ``bought[k]`` act in portfolio k, the other candidates do not.

    ``places[k]`` is where its outcomes are: cases without what responses cost, and which of them. ``paid`` has what
    each candidate costs in every iteration, int64[n] cents; nothing where that is in the plan already (K6).
    """

    bought: Sequence[Bought]
    places: Sequence[tuple[Cases, int]]
    paid: Mapping[str, NDArray[np.int64]]

    def __len__(self) -> int:
        return len(self.bought)

    def finish_minutes(self, portfolio: int) -> NDArray[np.int64]:
        """Return the finish of the program in every iteration, int64[n] minutes since 1970-01-01."""
        cases, case = self.places[portfolio]
        return cases.finish_minutes(case)

    def finish_at(self, portfolio: int, place: str) -> NDArray[np.int64]:
        """Return the finish of a project, milestone or target's place in every iteration, int64[n]."""
        cases, case = self.places[portfolio]
        return cases.finish_at(case, place)

    def cost_cents(self, portfolio: int) -> NDArray[np.int64]:
        """Return the cost of the program in every iteration, with what the bought responses cost, int64[n]."""
        cases, case = self.places[portfolio]
        return sum((self.paid[name] for name in sorted(self.bought[portfolio])), cases.cost_cents(case))

    def project_cost(self, portfolio: int, project: str) -> NDArray[np.int64]:
        """Return the cost of a project in every iteration, int64[n]; responses belong to no project."""
        cases, case = self.places[portfolio]
        return cases.project_cost(case, project)


def portfolio_program(program: Program, bought: Bought, candidates: Bought) -> Program:
    """Return the program in which the bought ones of the candidates act; what is in the plan stays in it (K6)."""
    return program.scenario(Scenario(approve=sorted(bought), withdraw=sorted(candidates - bought)))


def run_portfolios(
    trials: Trials, candidates: Bought, portfolios: Sequence[Bought], progress: Progress | None = None
) -> Portfolios:
    """Return the outcomes of the iterations of ``trials`` in every portfolio of the candidates.

    Approved responses that are no candidates act, proposed ones do not, whatever mitigation the trials have. Same
    bits for any number of threads. Raises ArgumentError for a candidate that is no response, or one that is done.
    """
    rerun = trials.again()
    check_candidates(rerun.program, candidates)
    if rerun.network.dynamics is not None:
        return _apart(rerun, candidates, portfolios, progress)
    fixed = structural(rerun.program, candidates)
    groups: dict[Bought, list[int]] = defaultdict(list)
    for number, bought in enumerate(portfolios):
        groups[bought & fixed].append(number)
    places: dict[int, tuple[Cases, int]] = {}
    for done, (base, numbers) in enumerate(groups.items()):
        cases = _cases(
            rerun,
            candidates,
            base,
            [portfolios[number] - fixed for number in numbers],
            part_of(progress, done, len(groups)),
        )
        places |= {number: (cases, case) for case, number in enumerate(numbers)}
    return Portfolios(portfolios, [places[k] for k in range(len(portfolios))], response_cents(rerun, candidates))


def _apart(rerun: Rerun, candidates: Bought, portfolios: Sequence[Bought], progress: Progress | None) -> Portfolios:
    """Return the outcomes of every portfolio as a program of its own; what responses cost is in it, and taken out."""
    again = replace(rerun, settings=replace(rerun.settings, mitigation="current"))
    programs = {bought: portfolio_program(rerun.program, bought, candidates) for bought in portfolios}
    cases = apart(again, [programs[bought] for bought in portfolios], progress)
    paid, n = response_cents(rerun, candidates), len(rerun.iterations)
    for place, bought in enumerate(programs):
        cases.cents[0, place * n : (place + 1) * n] -= sum(paid[name] for name in bought)
    return Portfolios(portfolios, [(cases, number) for number in range(len(portfolios))], paid)


def check_candidates(program: Program, candidates: Bought) -> None:
    """Raise ArgumentError for a name that is no response, and for one that is done: it is in the plan for good."""
    for name in sorted(candidates):
        if name not in program.responses:
            raise ArgumentError(f"there is no response {name!r}{nearest(name, program.responses)}")
        if program.responses[name].status == "done":
            raise ArgumentError(f"response {name!r} is done: it is in the plan and cannot be switched off")


def _cases(
    rerun: Rerun, candidates: Bought, base: Bought, portfolios: Sequence[Bought], progress: Progress | None
) -> Cases:
    """Return the cases of one network: ``base`` acts in all of them, what each portfolio names besides is switched."""
    optional: Bought = frozenset().union(*portfolios)
    program = portfolio_program(rerun.program, base | optional, candidates)
    paid_elsewhere = free(program, base)
    again = replace(rerun, program=paid_elsewhere, settings=replace(rerun.settings, mitigation="current"))
    without = [absent(program, base | chosen, candidates) for chosen in portfolios]
    return run_cases(again, without, portfolios, progress)


def free(program: Program, bought: Bought) -> Program:
    """Return the program in which the bought responses cost nothing: `Portfolios` adds what they cost."""
    free = {name: program.responses[name].model_copy(update={"cost": None}) for name in bought}
    return program.model_copy(update={"responses": {**program.responses, **free}}) if free else program


def absent(program: Program, bought: Bought, candidates: Bought) -> Bought:
    """Return the open risks that only responses bring which are not bought (K6)."""
    acting = {
        name
        for name, response in program.responses.items()
        if name in bought or (name not in candidates and response.status != "proposed")
    }
    brought = {risk for name in candidates for risk in _secondary(program.responses[name])}
    present = {risk for name in acting for risk in _secondary(program.responses[name])}
    return frozenset(name for name in brought - present if program.risks[name].status == "open")


def _secondary(response: Response) -> list[str]:
    return [path.removeprefix("risks.") for path in response.secondary]


def response_cents(rerun: Rerun, names: Iterable[str]) -> dict[str, NDArray[np.int64]]:
    """Return what each response costs where it acts, in every iteration, int64[n] cents: zero for one in the plan."""
    program, n = rerun.program, len(rerun.iterations)
    draws = Draws(renaming(program))
    sampled: dict[str, int] = {}
    cents = {name: np.zeros(n, np.int64) for name in sorted(names)}
    for name in cents:
        response = program.responses[name]
        if response.cost is None or response.status == "in_plan":
            continue
        size = spread(response.cost, money(None), program.elicited_as)
        if response.cost.certain:
            cents[name] += int(np.floor(CENTS * central(size) + 0.5))
        else:
            sampled[name] = draws.money(f"response/{name}/cost", size)
    if sampled:
        drawn = _drawn(rerun, draws)
        cents |= {name: drawn[row] for name, row in sampled.items()}
    return cents


def _drawn(rerun: Rerun, draws: Draws) -> NDArray[np.int64]:
    """Return the amounts of money of ``draws`` in every iteration, int64[rows, n] whole cents, as a run draws them."""
    source, m = sampler(draws, correlate(list(draws.scores), [], [])), len(draws.cents)
    z, values = np.zeros((source.rows, LANES), np.float32), np.zeros((0, LANES), np.float32)
    standard, amounts = np.zeros((m, LANES), np.float32), np.zeros((m, LANES))
    first, stop = rerun.iterations.start, rerun.iterations.stop
    blocks = range(first // LANES, (stop - 1) // LANES + 1)
    out = np.empty((m, len(blocks) * LANES), np.int64)
    for place, block in enumerate(blocks):
        source.fill(split_seed(rerun.seed), block, rerun.stratified, z, values, standard, amounts)
        out[:, place * LANES : (place + 1) * LANES] = np.floor(amounts + 0.5)
    skipped = first - blocks.start * LANES
    return out[:, skipped : skipped + len(rerun.iterations)]


def portfolio_trials(trials: Trials, found: Portfolios, portfolio: int) -> Trials:
    """Return one portfolio as trials: finishes, costs and targets; what was not kept of it is refused."""
    again, candidates = trials.again(), frozenset(found.paid)
    paths = again.program.activities()
    return replace(
        trials,
        program=portfolio_program(again.program, found.bought[portfolio], candidates),
        finish_minutes=found.finish_minutes(portfolio),
        cost_cents=found.cost_cents(portfolio),
        project_finish={name: found.finish_at(portfolio, name) for name in trials.project_finish},
        project_cost={name: found.project_cost(portfolio, name) for name in trials.project_cost},
        milestone_finish={path: found.finish_at(portfolio, path) for path in trials.milestone_finish if path in paths},
        mitigation="current",
        recompute=_not_kept,
        understand=lambda: None,
        rerun=None,
    )


def _not_kept() -> ActivityStatistics:
    raise ArgumentError("of a portfolio of responses no dates of activities are kept; simulate it as a scenario")
