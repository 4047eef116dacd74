"""Time the frontier of responses: ``python -m benchmarks.responses [--quick]``.

A program of 300 activities with 12 risks and 12 responses of every kind: less likely, smaller, not sure to work, two to
one risk. All 4,096 portfolios, 10,000 iterations each. Processor time of this process on two threads, and seconds by
the clock; then the same with two responses that bring activities of their own, for which four networks are compiled.
"""

from __future__ import annotations

import random
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.cases import program as with_risks  # noqa: E402
from riskmc.analysis.responses import response_frontier  # noqa: E402
from riskmc.program.program import Program  # noqa: E402
from riskmc.program.response import Response  # noqa: E402
from riskmc.simulation.engine import simulate  # noqa: E402

ACTIVITIES, RESPONSES, ITERATIONS, THREADS, BAR = 300, 12, 10_000, 2, 60.0


def program(with_work: int) -> Program:
    """Return a program with 12 risks and a response to each; some responses bring ``with_work`` of their own."""
    found, chance = with_risks(ACTIVITIES, RESPONSES), random.Random(RESPONSES)
    changes = [{"probability": "3%"}, {"duration": "x 50%"}, {"probability": "5%", "cost": "x 60%"}]
    responses = {}
    for number, risk in enumerate(found.risks):
        other = list(found.risks)[(number + 1) % RESPONSES]
        words: dict[str, object] = {
            "cost": f"{50 + 17 * number}k",
            "works": "100%" if number % 3 else "80%",
            "acts_on": {risk: changes[number % 3], **({other: {"duration": "x 80%"}} if number % 4 == 0 else {})},
        }
        if number < with_work:
            before = f"a{chance.randrange(ACTIVITIES):05}"
            words["activities"] = {f"work{number}": {"duration": "5d", "before": [before]}}
        responses[f"m{number:02}"] = Response.model_validate(words)
    return found.model_copy(update={"responses": responses})


def main(arguments: list[str]) -> int:
    """Time both programs; ``--quick`` takes a tenth of the iterations."""
    iterations = ITERATIONS // 10 if "--quick" in arguments else ITERATIONS
    response_frontier(simulate(program(0), 256, threads=THREADS))  # compiles
    for with_work in (0, 2):
        trials = simulate(program(with_work), iterations, threads=THREADS)
        began, clock = process_time(), perf_counter()
        frontier = response_frontier(trials)
        spent, by_clock = process_time() - began, perf_counter() - clock
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{len(frontier.ratings):,} portfolios, {with_work} with work of their own: {spent:.1f} s processor, "
            f"{by_clock:.1f} s clock (bar {BAR:g} s), {len(frontier.efficient)} efficient, peak {peak:,.0f} MB",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
