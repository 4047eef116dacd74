"""Time whole commands on the programs of the bars: ``python -m benchmarks.commands [--quick]``.

What a user waits for: start-up, reading the file, compiling, 10,000 iterations, the analysis and the answer, each in a
process of its own on two threads, with kernels compiled before. Beside each command stands `riskmc forecast` of the
same file: a machine that is busy slows both down. Processor time, seconds by the clock (bars hold on two free cores),
and how many times a plain forecast it takes; the better of two rounds that take one after the other.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.cases import program as with_risks  # noqa: E402
from benchmarks.responses import program as with_responses  # noqa: E402
from benchmarks.timing import Run, process  # noqa: E402
from riskmc.io.program_file import write  # noqa: E402

ITERATIONS, ROUNDS = 10_000, 2
RISKS, RESPONSES = "50-risks.yaml", "12-responses.yaml"
BARS = (  # the command, its program, the bar in seconds by the clock; None where none was set
    ("drivers --no-shares", RISKS, 5.0),
    ("drivers", RISKS, None),
    ("waterfall", RISKS, 30.0),
    ("responses", RESPONSES, 60.0),
)


def write_programs(folder: Path) -> None:
    """Write both programs: 1,000 activities with 50 risks, and 300 activities with 12 risks and 12 responses."""
    write(with_risks(1_000, 50), folder / RISKS)
    write(with_responses(0), folder / RESPONSES)


def run(command: str, file: Path, iterations: int) -> Run:
    """Return what one command on one file takes."""
    words = [*command.split(), str(file), "--iterations", str(iterations), "--threads", "2"]
    return process(["-m", "riskmc", *words])


def best(runs: Sequence[Run]) -> Run:
    """Return the run that took the least processor time."""
    return min(runs, key=lambda one: one.cpu)


def main(arguments: list[str]) -> int:
    """Time every command; ``--quick`` takes a tenth of the iterations."""
    iterations = ITERATIONS // 10 if "--quick" in arguments else ITERATIONS
    with TemporaryDirectory() as folder:
        write_programs(Path(folder))
        for command, name, bar in BARS:
            file = Path(folder) / name
            run(command, file, 512)  # compiles
            rounds = [[run(one, file, iterations) for one in (command, "forecast")] for _ in range(ROUNDS)]
            asked, plain = (best(runs) for runs in zip(*rounds, strict=True))
            told = "no bar" if bar is None else f"bar {bar:g} s"
            print(
                f"{command:<22}{asked.cpu:>6.1f} s processor {asked.wall:>6.1f} s clock ({told}), "
                f"{asked.cpu / plain.cpu:.1f}x forecast ({plain.cpu:.1f} s processor)",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
