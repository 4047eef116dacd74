"""Cases: the same iterations without some of the risks, many times over, from one set of draws (drivers, Shapley).

A case is the program in which some risks never occur. Its iterations have the same draws as those of the trials, so
cases are paired with the trials and with each other, and have the bits that `simulate_like` of the program with these
risks closed would give. To draw is the dearest part and is done once; and since switching off a risk that does not
strike changes nothing, most cases of an iteration have the same outcome, which is computed once (kernels/variants.py).

Rounding may differ by a minute or a cent, in few iterations, where a program without the risk is computed by another
rule: a parallel group that both multiplies and adds and is left with one kind, an addition that is `split` over
activities of which some exist only because of the risk, and the fixed cost of a started activity that only this risk
strikes.

The discrete-event engine shares no draws between cases: there each is a run of its own (simulation/runs_apart.py).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, nearest
from riskmc.network.compiling import compile_network
from riskmc.network.network import Network
from riskmc.network.worktime import HorizonError
from riskmc.program.locating import located
from riskmc.program.program import Program
from riskmc.simulation.blocks import LANES
from riskmc.simulation.case_blocks import CaseBlock, Found
from riskmc.simulation.montecarlo import Progress, Queue
from riskmc.simulation.place import PROGRAM, is_program_finish, resolve
from riskmc.simulation.rerun import Rerun
from riskmc.simulation.runs_apart import run_apart, side_by_side
from riskmc.simulation.stretching import stretched
from riskmc.simulation.switches import check_risks, is_certain, switches
from riskmc.simulation.trials import Trials
from riskmc.simulation.varying import Varying, varying

Index = NDArray[np.unsignedinteger]


@dataclass(frozen=True, eq=False)
class Cases:
    """The outcomes of every case: finishes in minutes since 1970-01-01 local time, money in whole cents.

    Kept are the distinct outcomes of every iteration, one after the other: ``finishes`` int32[places, outcomes] and
    ``cents`` int64[1 + projects, outcomes]; ``starts`` int64[n] is an iteration's first outcome, ``index`` [cases, n]
    which one of its outcomes a case has.
    """

    network: Network
    places: Sequence[str]
    projects: Sequence[str]
    finishes: NDArray[np.int32]
    cents: NDArray[np.int64]
    starts: NDArray[np.int64]
    index: Index

    def __len__(self) -> int:
        return len(self.index)

    @property
    def outcomes(self) -> int:
        """How many outcomes were computed, of the cases times the iterations."""
        return int(self.finishes.shape[1])

    def finish_minutes(self, case: int) -> NDArray[np.int64]:
        """Return the finish of the program in every iteration of a case, int64[n]."""
        return self._finish(case, 0)

    def cost_cents(self, case: int) -> NDArray[np.int64]:
        """Return the cost of the program in every iteration of a case, int64[n]."""
        return self._cents(case, 0)

    def finish_at(self, case: int, place: str) -> NDArray[np.int64]:
        """Return the finish of a project, milestone or target's place in every iteration of a case, int64[n]."""
        found = resolve(self.network.program, place)
        found = PROGRAM if is_program_finish(self.network.program, found) else found
        if found not in self.places:
            raise ArgumentError(f"the finish of {place!r} was not kept{nearest(place, self.places)}")
        return self._finish(case, self.places.index(found))

    def project_cost(self, case: int, project: str) -> NDArray[np.int64]:
        """Return the cost of a project in every iteration of a case, int64[n]."""
        if project not in self.projects:
            raise ArgumentError(f"the cost of project {project!r} was not kept{nearest(project, self.projects)}")
        return self._cents(case, 1 + self.projects.index(project))

    def _finish(self, case: int, row: int) -> NDArray[np.int64]:
        return np.asarray(self.finishes[row][self._where(case)] + np.int64(self.network.axis.unix))

    def _cents(self, case: int, row: int) -> NDArray[np.int64]:
        return np.asarray(self.cents[row][self._where(case)])

    def _where(self, case: int) -> NDArray[np.int64]:
        return np.asarray(self.starts + self.index[case])


def run_cases(
    trials: Trials | Rerun,
    without: Sequence[frozenset[str]],
    bought: Sequence[frozenset[str]] | None = None,
    progress: Progress | None = None,
    *,
    program_alone: bool = False,
) -> Cases:
    """Return the outcomes of the iterations of ``trials`` in every case, without[k] being the risks it is without.

    ``bought[k]`` are the responses that act in case k, of all that some case names; what they cost is in no case
    (simulation/portfolios.py adds it). ``program_alone`` keeps the program's own finish and cost and not those of
    projects and milestones: for thousands of cases that differ in most iterations. Same bits for any number of
    threads. Raises ArgumentError for a name that is no risk, and for a risk that has occurred already.
    """
    rerun = trials if isinstance(trials, Rerun) else trials.again()
    program = rerun.program
    check_risks(program, without)
    if rerun.network.dynamics is not None and bought is None:
        return apart(rerun, _closed(rerun, without), progress, program_alone)
    optional: frozenset[str] = frozenset().union(*bought or ())
    settings = replace(rerun.settings, switchable=True, optional=optional)
    compiled = bought is not None or is_certain(rerun.network.occurs, without)

    def answer(network: Network) -> Cases:
        return _run(network, rerun, switches(network, without, bought), progress, program_alone)

    with located(program):
        try:
            return answer(compile_network(program, settings) if compiled else rerun.network)
        except HorizonError:
            return stretched(program, settings, answer)


def apart(
    rerun: Rerun, programs: Sequence[Program], progress: Progress | None = None, program_alone: bool = False
) -> Cases:
    """Return the outcomes of several programs as cases, each run by itself; the same program twice is run once.

    Same bits for any number of threads. Raises UnsupportedError where that would take hours.
    """
    distinct = list({id(program): program for program in programs}.values())
    number = {id(program): place for place, program in enumerate(distinct)}
    runs, n, network = run_apart(rerun, distinct, progress), len(rerun.iterations), rerun.network
    places = network.outputs[:1] if program_alone else network.outputs[:-1]
    projects = () if program_alone else network.projects
    finishes, cents = side_by_side(runs, len(places), 1 + len(projects))
    first = np.array([n * number[id(program)] for program in programs], np.uint32)
    index = np.broadcast_to(first[:, None], (len(programs), n))
    return Cases(network, list(places), list(projects), finishes, cents, np.arange(n, dtype=np.int64), index)


def _closed(rerun: Rerun, without: Sequence[frozenset[str]]) -> list[Program]:
    """Return the program of each case: without its risks. Cases that differ only in what cannot occur share one."""
    assert rerun.network.dynamics is not None
    known = rerun.network.occurs.keys() | set(rerun.network.dynamics.risks)
    found: dict[frozenset[str], Program] = {frozenset(): rerun.program}
    for risks in without:
        if risks & known not in found:
            closed = {name: rerun.program.risks[name].model_copy(update={"status": "closed"}) for name in risks & known}
            found[risks & known] = rerun.program.model_copy(update={"risks": {**rerun.program.risks, **closed}})
    return [found[risks & known] for risks in without]


def _run(
    network: Network, rerun: Rerun, allowed: NDArray[np.uint8], progress: Progress | None, program_alone: bool
) -> Cases:
    places = network.outputs[:1] if program_alone else network.outputs[:-1]
    projects = () if program_alone else network.projects
    kind = np.uint16 if len(allowed) <= np.iinfo(np.uint16).max else np.uint32
    index: Index = np.empty((len(allowed), len(rerun.iterations)), kind)
    found = _found(network, rerun, varying(network, allowed), (len(places), 1 + len(projects)), index, progress)
    starts, before = np.empty(len(rerun.iterations), np.int64), 0
    for number, variants in found:
        lanes, out = _span(number, rerun.iterations)
        starts[out] = before + variants.starts[lanes]
        before += variants.finishes.shape[1]
    finishes = np.concatenate([variants.finishes for _, variants in found], axis=1)
    cents = np.concatenate([variants.cents for _, variants in found], axis=1)
    return Cases(network, list(places), list(projects), finishes, cents, starts, index)


def _found(
    network: Network, rerun: Rerun, parts: Varying, kept: tuple[int, int], index: Index, progress: Progress | None
) -> list[tuple[int, Found]]:
    """Return the variants of every block, in their order; threads take one block after the other."""
    queue = Queue(rerun.iterations, progress)
    workers = max(1, min(rerun.threads or os.cpu_count() or 1, len(queue.blocks)))
    places, totals = (np.arange(count) for count in kept)

    def work() -> list[tuple[int, Found]]:
        block = CaseBlock(network, parts, rerun.seed, rerun.stratified, places, totals)
        return _work(block, rerun.iterations, queue, index)

    if workers == 1:
        return work()
    with ThreadPoolExecutor(workers) as pool:
        jobs = [pool.submit(work) for _ in range(workers)]
    return sorted((pair for job in jobs for pair in job.result()), key=lambda pair: pair[0])


def _work(block: CaseBlock, iterations: range, queue: Queue, index: Index) -> list[tuple[int, Found]]:
    """Run blocks until none is left."""
    found = []
    try:
        while (number := queue.take()) is not None:
            lanes, out = _span(number, iterations)
            variants = block.run(number, lanes.start, lanes.stop)
            index[:, out] = variants.chosen[lanes].T
            found.append((number, variants))
            queue.finished(lanes.stop - lanes.start)
    except BaseException:
        queue.stop()
        raise
    return found


def _span(number: int, iterations: range) -> tuple[slice, slice]:
    """Return the lanes of a block that are asked for, and which of the iterations these are."""
    start = number * LANES
    first, last = max(iterations.start - start, 0), min(iterations.stop - start, LANES)
    return slice(first, last), slice(start + first - iterations.start, start + last - iterations.start)
