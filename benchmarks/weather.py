"""What the weather path costs: the same program with and without weather, in the rounds of one run, on one thread.

    python -m benchmarks.weather [ACTIVITIES]

Everywhere: every activity works on the calendar with weather. A tenth: one activity in ten does.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.timing import rounds  # noqa: E402
from benchmarks.workloads import SIZES, words, workload  # noqa: E402
from riskmc.network.compiling import Settings, compile_network  # noqa: E402
from riskmc.program.program import Program  # noqa: E402
from riskmc.simulation.montecarlo import run  # noqa: E402

ITERATIONS = 10_240
WEATHER = {"nov-feb": {"lost": "25%", "persistence": "50%"}, "mar-oct": {"lost": "5%"}}
SITE: dict[str, Any] = {"site": {"based_on": "standard", "weather": WEATHER}}


def programs(activities: int) -> dict[str, Program]:
    """Return a workload without weather, with weather on a tenth of its activities, and on all of them."""
    dry, tenth, everywhere = (words(workload(activities)) for _ in range(3))
    tenth["calendars"] = everywhere["calendars"] = dry["calendars"] | SITE
    for number, activity in enumerate(tenth["projects"]["works"]["activities"].values()):
        activity |= {"calendar": "site"} if number % 10 == 0 else {}
    everywhere["calendar"] = "site"
    return {"without": Program(**dry), "a tenth": Program(**tenth), "everywhere": Program(**everywhere)}


def measure(activities: int) -> dict[str, float]:
    """Return the processor seconds of 10,240 iterations on one thread, by program."""
    networks = {name: compile_network(found, Settings()) for name, found in programs(activities).items()}
    return rounds({name: lambda n=network: run(n, 1, range(ITERATIONS), 1) for name, network in networks.items()})


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES["M"]
    found = measure(size)
    for name, seconds in found.items():
        print(f"{size} activities, weather {name:11} {seconds:7.3f} s  {seconds / found['without']:5.2f} x")
