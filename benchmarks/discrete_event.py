"""Time the discrete-event engine, kernel against simpy reference: ``python -m benchmarks.discrete_event [--quick]``.

200 activities share 5 pools. Replications alone (kernel against reference, the same draws and the same results, one
thread, rounds that take one after the other), and whole blocks with draws, costs and criticality. Then 10,000
iterations of the IT portfolio of `models/`, with all its behaviours, on one thread.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from time import process_time

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.timing import rounds  # noqa: E402
from riskmc.io import read  # noqa: E402
from riskmc.network.compiling import Settings, compile_network  # noqa: E402
from riskmc.network.network import Network  # noqa: E402
from riskmc.program import Program  # noqa: E402
from riskmc.simulation.discrete_event.reference_block import ReferenceBlock  # noqa: E402
from riskmc.simulation.engine import simulate  # noqa: E402
from riskmc.simulation.event_block import EventBlock  # noqa: E402

ACTIVITIES, POOLS, LANES = 200, 5, 256
PORTFOLIO, ITERATIONS = ROOT / "models" / "portfolio" / "program.yaml", 10_000


def program(pools: int = POOLS) -> Program:
    """Return activities with one to three predecessors near them, each of which uses one or two pools."""
    chance = random.Random(1)
    activities = {}
    for number in range(ACTIVITIES):
        least, used = chance.randint(2, 15), chance.sample(range(POOLS), chance.choice([1, 1, 2]))
        before = {chance.randrange(max(0, number - 25), number) for _ in range(chance.randint(1, 3))} if number else ()
        activities[f"a{number:03}"] = {
            "duration": f"triangular({least}d {least + 2}d {2 * least + 4}d)",
            "uses": {f"r{pool}": chance.randint(1, 3) for pool in used if pool < pools},
            "after": [f"a{other:03}" for other in sorted(before)],
        }
    resources = {f"r{pool}": {"capacity": chance.randint(5, 9)} for pool in range(pools)}
    return Program(
        program="Pools", start="2027-01-04", calendar="24h", resources=resources,
        projects={"p": {"activities": activities}},
    )  # fmt: skip


class Happening:
    """Replications of one block, from the static pass on, as often as asked."""

    def __init__(self, network: Network, kind: type[EventBlock], lanes: int):
        self.block, self.lanes = kind(network, 1), lanes
        self.block.run(0, 0, lanes)
        self._prepare()

    def _prepare(self) -> None:
        block, logic = self.block, self.block.network.logic
        block.draw(0)
        block._strike()
        block._last(0, LANES)
        np.copyto(block.space.duration, block.pool[logic.finishes].T)
        block._date()
        self.pool, self.exists = block.pool[: logic.rows].T.copy(), block.exists.T.copy()

    def run(self) -> np.ndarray:
        """Let the first lanes happen and return when everything was done."""
        np.copyto(self.block.space.pool, self.pool)
        np.copyto(self.block.space.exists, self.exists)
        self.block._happen(0, self.lanes)
        return self.block.space.done_at[: self.lanes].copy()


def portfolio_seconds(iterations: int) -> float:
    """Return the seconds of processor time that so many iterations of the IT portfolio take, from program to trials."""
    portfolio = read(PORTFOLIO)
    simulate(portfolio, LANES, threads=1)
    began = process_time()
    simulate(portfolio, iterations, threads=1)
    return process_time() - began


def main(arguments: list[str]) -> int:
    """Time both; ``--quick`` takes fewer replications of the reference, and of the portfolio."""
    network = compile_network(program(), Settings(engine="discrete-event"))
    lanes = 8 if "--quick" in arguments else 64
    kernel, reference = Happening(network, EventBlock, LANES), Happening(network, ReferenceBlock, lanes)
    assert np.array_equal(kernel.run()[:lanes], reference.run())
    free = Happening(compile_network(program(0), Settings(engine="discrete-event")), EventBlock, LANES)
    block = EventBlock(network, 1)
    seconds = rounds({
        "kernel": kernel.run, "simpy": reference.run, "kernel without pools": free.run,
        "whole block": lambda: block.run(0, 0, LANES),
    })  # fmt: skip
    speeds = {name: (lanes if name == "simpy" else LANES) / spent for name, spent in seconds.items()}
    for name, speed in speeds.items():
        print(f"{name:<22}{speed:>10,.0f} replications/s of one thread")
    print(f"kernel against simpy: {speeds['kernel'] / speeds['simpy']:.0f} times (bars: 60 times, 50,000/s, 600/s)")
    iterations = ITERATIONS // (10 if "--quick" in arguments else 1)
    print(f"IT portfolio: {portfolio_seconds(iterations):.1f} s for {iterations:,} iterations (bar: 10 s for 10,000)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
