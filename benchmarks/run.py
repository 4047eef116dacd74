"""Time riskmc against its yardsticks and print a table of the bars: ``python benchmarks/run.py [--quick]``.

Ratios of processor time in this process are what counts: medians of five interleaved rounds, set-up on neither side.
Nanoseconds are by activity and iteration. Whole processes (first start, command line, memory) are measured from
outside. ``--quick`` leaves out 10,000 activities and first starts and takes three rounds.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import yaml
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks import yardsticks  # noqa: E402
from benchmarks.phases import stopwatch  # noqa: E402
from benchmarks.timing import Run, process, rounds  # noqa: E402
from benchmarks.workloads import SIZES, Calendars, full_featured, program, words, workload  # noqa: E402
from riskmc.network.compiling import Settings, compile_network  # noqa: E402
from riskmc.network.late import build_late  # noqa: E402
from riskmc.network.network import Network  # noqa: E402
from riskmc.simulation.blocks import LANES, Block  # noqa: E402
from riskmc.simulation.montecarlo import run  # noqa: E402

ITERATIONS = 10_000
SHORTER = {"S": (ITERATIONS, 1_000, 300), "M": (1_000, 500, 30), "L": (200, 500, 3)}  # of numba, numpy, plain Python
SLOWER = {"M": 15, "L": 20}  # how many times slower the numba yardstick is to be
HOTEL = ROOT.parent / "shared" / "data" / "xer" / "hotel.xer"
RANGE = "triangular(90% 100% 130%)"
MEMORY = """
from benchmarks.workloads import program, workload
from riskmc.simulation.engine import simulate
trials = simulate(program(workload(10_000)), 10_000, threads=2)
trials.finish().quantile(0.8)
"""
WARM = """
from time import process_time
from benchmarks.workloads import program, workload
from riskmc.network.compiling import Settings, compile_network
from riskmc.simulation.montecarlo import run
began = process_time()
network = compile_network(program(workload(100)), Settings())
run(network, 1, range(256), 1)
first = process_time()
compile_network(program(workload(100)), Settings())
run(network, 1, range(256), 1)
print(first - began - (process_time() - first))
"""


@dataclass
class Bars:
    """The bars met and missed, collected while the sections print their figures."""

    rows: list[tuple[str, str, str, bool]] = field(default_factory=list)

    def at_least(self, name: str, value: float, bar: float, unit: str = "x") -> None:
        """Record a value that should not be less than its bar."""
        self.rows.append((name, f"{value:.1f} {unit}", f"at least {bar:g} {unit}", value >= bar))

    def at_most(self, name: str, value: float, bar: float, unit: str = "s") -> None:
        """Record a value that should not be more than its bar."""
        self.rows.append((name, f"{value:.2f} {unit}", f"at most {bar:g} {unit}", value <= bar))

    def show(self) -> None:
        """Print the table."""
        title("Bars")
        for name, value, bar, met in self.rows:
            print(f"{name:<58}{value:>12}  {bar:<18} {'met' if met else 'NOT MET'}")


def main(arguments: list[str]) -> int:
    """Run every section; return 0 whatever the bars say, for a loaded machine proves nothing."""
    quick = "--quick" in arguments
    names, times, bars = ("S", "M") if quick else ("S", "M", "L"), 3 if quick else 5, Bars()
    speeds(names, times, bars)
    phases(names, times)
    calendars("M", times, bars)
    late("M", times, bars)
    full(times, bars)
    if not quick:
        compiling(times, bars)
        memory(bars)
    starts(bars, cold=not quick)
    bars.show()
    return 0


def title(text: str) -> None:
    """Print a heading."""
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def compiled(name: str, kind: Calendars = "one") -> Network:
    """Return a workload as a network."""
    return compile_network(program(workload(SIZES[name]), kind), Settings())


def nanoseconds(seconds: float, name: str, iterations: int) -> float:
    """Return the time by activity and iteration."""
    return seconds / SIZES[name] / iterations * 1e9


def shifts(network: Network) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the shifts of a network's own calendar from the start of the program: when each opens, minutes before."""
    calendar = network.axis.calendars[-1]
    start = network.axis.minute(network.program.start.at)
    first = int(np.searchsorted(calendar.opens, start))
    return calendar.opens[first:], calendar.before[first:] - calendar.before[first]


def speeds(names: tuple[str, ...], times: int, bars: Bars) -> None:
    """riskmc with all its outputs, and without dates, against every yardstick; then two threads by the clock."""
    title("Speed, one thread: ns by activity and iteration, processor time (how many times riskmc's own)")
    print(f"{'':<4}{'riskmc':>8}{'numba':>16}{'numpy':>16}{'Python':>17} |{'with dates: riskmc':>20}{'numba':>16}")
    for name in names:
        network, setup = compiled(name), yardsticks.setup(workload(SIZES[name]))
        (loops, rows, lists), dated = SHORTER[name], yardsticks.setup(workload(SIZES[name]), 480, *shifts(network))
        seconds = rounds(
            {
                "riskmc": lambda n=network: run(n, 1, range(ITERATIONS), 1),
                "numba": lambda s=setup, i=loops: yardsticks.numba_loop(s, i),
                "dates": lambda n=network: run(n, 1, range(ITERATIONS), 1, with_dates=True),
                "numba dates": lambda s=dated, i=loops: yardsticks.numba_loop(s, i),
                "numpy": lambda s=setup, i=rows: yardsticks.numpy_rows(s, i),
                "Python": lambda s=setup, i=lists: yardsticks.plain(s, i),
            },
            times,
        )
        done = (ITERATIONS, loops, ITERATIONS, loops, rows, lists)
        ns = {case: nanoseconds(seconds[case], name, n) for case, n in zip(seconds, done, strict=True)}
        slower = {case: ns[case] / ns["dates" if case == "numba dates" else "riskmc"] for case in ns}
        cell = {case: f"{ns[case]:.1f} ({slower[case]:.0f}x)" for case in ns}
        print(f"{name:<4}{ns['riskmc']:>8.2f}{cell['numba']:>16}{cell['numpy']:>16}{cell['Python']:>17} |", end="")
        print(f"{ns['dates']:>20.2f}{cell['numba dates']:>16}")
        if name in SLOWER:
            bars.at_least(f"{name}: faster than numba, one calendar", slower["numba"], SLOWER[name])
            bars.at_least(f"{name}: faster than numba, mean dates too", slower["numba dates"], SLOWER[name])
    threads(names, times)


def threads(names: tuple[str, ...], times: int) -> None:
    """Print what a second thread brings, by the clock; it depends on what else the machine does."""
    title("Two threads against one, by the clock")
    for name in names:
        network, setup = compiled(name), yardsticks.setup(workload(SIZES[name]))
        loops = SHORTER[name][0]
        cases: dict[str, Callable[[], object]] = {
            "one": lambda n=network: run(n, 1, range(ITERATIONS), 1),
            "two": lambda n=network: run(n, 1, range(ITERATIONS), 2),
            "numba one": lambda s=setup, i=loops: yardsticks.numba_loop(s, i),
            "numba two": lambda s=setup, i=loops: yardsticks.numba_threads(s, i),
        }
        found = rounds(cases, times, perf_counter)
        print(
            f"{name:<4}riskmc {found['one'] / found['two']:.2f}x   numba {found['numba one'] / found['numba two']:.2f}x"
        )


def phases(names: tuple[str, ...], times: int) -> None:
    """Print where a run's time goes; medians of rounds, by the clock."""
    title("Phases: ns by activity and iteration, one thread, with dates")
    for name in names:
        network, taken = compiled(name), []
        for _ in range(times):
            with stopwatch() as spent:
                run(network, 1, range(2_560), 1, with_dates=True)
            taken.append(dict(spent))
        ns = {phase: median(t[phase] for t in taken) / SIZES[name] / 2_560 for phase in taken[0]}
        print(f"{name:<4}" + "  ".join(f"{phase} {value:.2f}" for phase, value in ns.items()))


def calendars(name: str, times: int, bars: Bars) -> None:
    """Print what calendars cost, and riskmc on three against the yardstick on one."""
    title(f"{name} on several calendars: ns by activity and iteration")
    kinds: tuple[Calendars, ...] = ("none", "one", "three", "five")
    networks, setup = {kind: compiled(name, kind) for kind in kinds}, yardsticks.setup(workload(SIZES[name]))
    cases = {kind: lambda n=networks[kind]: run(n, 1, range(ITERATIONS), 1) for kind in kinds}
    found = rounds({**cases, "numba": lambda: yardsticks.numba_loop(setup, 1_000)}, times)
    print("  ".join(f"{kind} {nanoseconds(found[kind], name, ITERATIONS):.2f}" for kind in kinds))
    bars.at_least(f"{name}: faster than numba, three calendars", 10 * found["numba"] / found["three"], 10)


def late(name: str, times: int, bars: Bars) -> None:
    """Print what late dates of every iteration would add; the engine needs them of the plan alone."""
    title(f"{name} with late dates and float of every iteration: ns by activity and iteration")
    network = compiled(name)
    block, backward = Block(network, 1), build_late(network.logic)
    block.run(0, 0, LANES)
    pool = backward.new_pool(LANES)
    pool[: network.logic.rows] = block.pool[: network.logic.rows]
    cases: dict[str, Callable[[], object]] = {
        "without": lambda: [block.run(0, 0, LANES) for _ in range(10)],
        "late dates": lambda: [backward.run(pool, block.exists) for _ in range(10)],
    }
    found = rounds(cases, times)
    print("  ".join(f"{case} {nanoseconds(seconds, name, 10 * LANES):.2f}" for case, seconds in found.items()))
    bars.at_most(f"{name}: late dates and float, more", found["late dates"] / found["without"], 0.5, "x")


def compiling(times: int, bars: Bars) -> None:
    """Print Program to Network against the simulation's own time, at L."""
    title("Compile step at L: seconds of processor time")
    load = words(workload(SIZES["L"]))
    whole = program(workload(SIZES["L"]))
    network = compile_network(whole, Settings())
    cases: dict[str, Callable[[], object]] = {
        "words to Program": lambda: type(whole)(**load),
        "Program to Network": lambda: compile_network(whole, Settings()),
        "10,000 iterations": lambda: run(network, 1, range(ITERATIONS), 1),
    }
    found = rounds(cases, times)
    print("  ".join(f"{case} {seconds:.2f}" for case, seconds in found.items()))
    bars.at_most("L: compile step, in simulations", found["Program to Network"] / found["10,000 iterations"], 1, "x")


def full(times: int, bars: Bars) -> None:
    """Print the full-featured program, warm."""
    title("Full-featured program, 3,614 activities x 1,000 iterations")
    network = compile_network(full_featured(), Settings())
    cases: dict[str, Callable[[], object]] = {
        "one thread": lambda: run(network, 1, range(1_000), 1),
        "with dates": lambda: run(network, 1, range(1_000), 1, with_dates=True),
    }
    found = rounds(cases, times)
    print("  ".join(f"{case} {seconds:.3f} s" for case, seconds in found.items()))
    bars.at_most("Full-featured 3,614 x 1,000, one thread, warm", found["one thread"], 0.1)


def memory(bars: Bars) -> None:
    """Print the peak memory of a process that simulates 10,000 activities 10,000 times."""
    title("Memory")
    peak = process(["-c", MEMORY]).peak
    print(f"10,000 activities x 10,000 iterations, two threads, everything included: {peak:.0f} MB")
    bars.at_most("Peak memory of 10,000 x 10,000", peak, 600, "MB")


def starts(bars: Bars, cold: bool) -> None:
    """Print first and later starts, in processes of their own."""
    title("Starts: seconds by the clock (of processor time)")
    with tempfile.TemporaryDirectory() as folder:
        file, cache = Path(folder) / "m.yaml", str(Path(folder) / "cache")
        file.write_text(yaml.dump(words(workload(SIZES["M"])), Dumper=yaml.CSafeDumper, sort_keys=False), "utf-8")
        forecast = ["-m", "riskmc", "forecast", str(file)]
        first = process(forecast, cache)
        warm = _median(lambda: process(forecast, cache))
        print(f"riskmc forecast, 1,000 activities: first {_seconds(first)}, later {_seconds(warm)}")
        process(["-c", WARM], cache)
        kernels = median(float(process(["-c", WARM], cache).output) for _ in range(5))
        print(f"loading the kernels again: ({kernels:.2f})")
        if HOTEL.exists():
            hotel = _median(lambda: process(["-m", "riskmc", "forecast", str(HOTEL), "--range", RANGE], cache))
            print(f"riskmc forecast hotel.xer, 4,217 activities: {_seconds(hotel)}")
            bars.at_most("hotel.xer x 10,000, processor time", hotel.cpu, 3)
    if cold:
        bars.at_most("First start of all, processor time", first.cpu, 8)
    bars.at_most("Kernels loaded again, processor time", kernels, 0.4)
    bars.at_most("riskmc forecast, 1,000 activities, by the clock", warm.wall, 1.5)


def _median(measure: Callable[[], Run]) -> Run:
    return sorted((measure() for _ in range(5)), key=lambda taken: taken.cpu)[2]


def _seconds(taken: Run) -> str:
    return f"{taken.wall:.2f} ({taken.cpu:.2f})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
