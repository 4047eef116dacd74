"""Time cases of risks against the plain loop over `simulate`: ``python -m benchmarks.cases [--quick]``.

Programs shaped like the workloads, with risks of 5 to 50% probability that strike 3 to 20 activities each, duration
and cost. Removal: one case a risk. Shares: the Shapley shares of P80 finish and P80 cost. All: every combination of
12 risks, 4,096 cases. Processor time of this process on two threads, and seconds by the clock; the plain loop is
timed on a few of the cases and counted for all of them.
"""

from __future__ import annotations

import random
import resource
import sys
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.workloads import words, workload  # noqa: E402
from riskmc.analysis.sectioned import quantile_of, sectioned  # noqa: E402
from riskmc.analysis.shapley import shapley_shares  # noqa: E402
from riskmc.program.program import Program  # noqa: E402
from riskmc.simulation.cases import run_cases  # noqa: E402
from riskmc.simulation.engine import simulate, simulate_like  # noqa: E402
from riskmc.simulation.trials import Trials  # noqa: E402

ITERATIONS, THREADS, PLAIN = 10_000, 2, 3


def program(activities: int, risks: int) -> Program:
    """Return a program with so many activities and risks, the same every time."""
    out, chance = words(workload(activities)), random.Random(risks)
    out["risks"] = {f"r{number:02}": _risk(chance, activities) for number in range(risks)}
    return Program(**out)


def _risk(chance: random.Random, activities: int) -> dict[str, object]:
    struck = [f"a{a:05}" for a in sorted(chance.sample(range(activities), chance.randrange(3, 21)))]
    most = chance.randrange(130, 180)
    return {
        "name": "A risk",
        "probability": f"{chance.randrange(5, 51)}%",
        "impacts": [
            {"on": struck, "duration": f"x triangular(100% 115% {most}%)"},
            {"on": struck[0], "cost": f"+ triangular(100k 250k {most * 5}k)"},
        ],
    }


def removal(trials: Trials) -> object:
    """Return the P80 finish without each of the risks."""
    risks = list(trials.program.risks)
    cases = run_cases(trials, [frozenset(), *(frozenset([risk]) for risk in risks)])
    return [quantile_of(0.8)(cases.finish_minutes(k)) for k in range(len(cases))]


def shares(trials: Trials) -> object:
    """Return the Shapley shares of P80 finish and P80 cost."""
    risks, p80 = list(trials.program.risks), quantile_of(0.8)

    def value(coalitions: Sequence[frozenset[str]]) -> NDArray[np.float64]:
        cases = run_cases(trials, [frozenset(risks) - acting for acting in coalitions])
        return np.array(
            [[sectioned(of(k), p80) for of in (cases.finish_minutes, cases.cost_cents)] for k in range(len(cases))]
        )

    return shapley_shares(risks, value)


def every(trials: Trials) -> object:
    """Return the P80 finish of every combination of the risks."""
    risks = list(trials.program.risks)
    chosen = [frozenset(some) for size in range(len(risks) + 1) for some in combinations(risks, size)]
    cases = run_cases(trials, chosen)
    return [quantile_of(0.8)(cases.finish_minutes(k)) for k in range(len(cases))]


def plainly(trials: Trials) -> float:
    """Return the seconds of processor time that one case takes when the program is simulated anew."""
    began, whole = process_time(), trials.again().program
    for risk in list(whole.risks)[:PLAIN]:
        closed = whole.risks[risk].model_copy(update={"status": "closed"})
        simulate_like(trials, whole.model_copy(update={"risks": {**whole.risks, risk: closed}}))
    return (process_time() - began) / PLAIN


def measure(name: str, trials: Trials, task: Callable[[Trials], object], cases: int, bar: float) -> None:
    """Print what a task takes, and how many times as long the plain loop over its cases would."""
    began, clock = process_time(), perf_counter()
    task(trials)
    spent, by_clock = process_time() - began, perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratio = cases * plainly(trials) / spent
    print(
        f"{name:<42}{cases:>6,} cases {spent:>7.2f} s processor {by_clock:>7.2f} s clock (bar {bar:g} s) "
        f"{ratio:>6.0f}x plain, peak {peak:,.0f} MB",
        flush=True,
    )


def main(arguments: list[str]) -> int:
    """Run every task; ``--quick`` takes a tenth of the iterations."""
    iterations = ITERATIONS // 10 if "--quick" in arguments else ITERATIONS
    large = simulate(program(1_000, 50), iterations, threads=THREADS)
    run_cases(large, [frozenset(), frozenset(["r00"])])  # compiles
    measure("removal, 50 risks, 1,000 activities", large, removal, 51, 5)
    twelve = simulate(program(300, 12), iterations, threads=THREADS)
    measure("all of 12 risks, 300 activities", twelve, every, 4096, 60)
    asked = shapley_shares(list(large.program.risks), lambda c: np.zeros((len(c), 1, 1))).coalitions
    measure("Shapley shares, 50 risks, 1,000 activities", large, shares, asked, 25)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
