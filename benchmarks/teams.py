"""Time a team's board, kernel against simpy reference: ``python -m benchmarks.teams [--quick]``.

80 items that split and grow flow through three stages with seven servers and limits of work in progress. Both do the
same replications, with the same draws and the same result, on one thread, in rounds that take one after the other.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.timing import rounds  # noqa: E402
from riskmc.network.backlogs import Board, backlog_minutes  # noqa: E402
from riskmc.network.network import Network  # noqa: E402
from riskmc.program import Program  # noqa: E402
from riskmc.simulation.discrete_event.flow import FlowReplication  # noqa: E402
from riskmc.simulation.engine import simulate  # noqa: E402

LANES, DRAWN = 256, 400  # replications, and items and arrivals drawn of each
STAGES = [
    {"name": "analysis", "servers": 2, "takes": "exponential(1d)"},
    {"name": "dev", "servers": 3, "wip": 5, "takes": "lognormal(p10=1d p90=4d)"},
    {"name": "test", "servers": 2, "wip": 3, "takes": "triangular(0.5d 1d 3d)"},
]


def network() -> Network:
    """Return a compiled program of one backlog that a team works off on its board."""
    team = {"stages": STAGES, "wip": 9, "arrivals": "1/w", "split": "10%"}
    work = {"backlog": {"team": "board", "items": 80}}
    program = Program(
        program="Teams", start="2027-01-04", teams={"board": team}, projects={"p": {"activities": {"work": work}}}
    )
    return simulate(program, LANES, threads=1).again().network


def main(arguments: list[str]) -> int:
    """Time both; ``--quick`` takes a tenth of the replications of the reference."""
    (drawn,) = network().sampler.backlogs
    board, source = drawn.worked_off.backlog, drawn.source((1, 0), 0)
    assert isinstance(board, Board)
    words = [*board.stages, "items", "split", "arrivals"]
    kept = {word: source(word, DRAWN) for word in words}
    by_kernel = backlog_minutes(board, lambda word, n: kept[word][:n])
    takes = np.stack([kept[stage] for stage in board.stages])
    split = round(float(kept["split"][0, 0]) * 1e6)
    lanes = range(4 if "--quick" in arguments else 40)

    def reference() -> list[int | None]:
        return [
            FlowReplication(board.table, 80, split, takes[:, :, lane], kept["arrivals"][:, lane]).run(board.limit)
            for lane in lanes
        ]

    assert reference() == by_kernel[: len(lanes)].tolist()
    seconds = rounds({"kernel": lambda: backlog_minutes(board, lambda word, n: kept[word][:n]), "simpy": reference})
    kernel, simpy = LANES / seconds["kernel"], len(lanes) / seconds["simpy"]
    print(f"kernel {kernel:,.0f}, simpy {simpy:,.0f} replications/s of one thread: {kernel / simpy:.0f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
