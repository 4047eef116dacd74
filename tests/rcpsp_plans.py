"""Resource-constrained problems: small ones of our own (tests/data/rcpsp), and PSPLIB's beside the project."""

from pathlib import Path

import numpy as np
import pytest

from riskmc.errors import InputError
from riskmc.network.compiling import Settings, compile_network

DATA = Path(__file__).parent / "data" / "rcpsp"
REAL = Path(__file__).parents[1] / ".." / "shared" / "data" / "rcpsp"


def real_files() -> list[Path]:
    """Return the PSPLIB files, or skip."""
    files = sorted(REAL.glob("*/*.sm"))
    if not files:
        pytest.skip("the PSPLIB files are not beside the project (../shared/data/rcpsp)")
    return files


def days(program) -> float:
    """Return the days from the start to the deterministic finish."""
    network = compile_network(program, Settings())
    start = int(np.datetime64(program.start.at, "m").astype(np.int64)) - network.axis.unix
    return (int(max(network.plan.finish)) - start) / 1440


def text(name: str) -> str:
    """Return the text of a problem of our own."""
    return (DATA / name).read_text(encoding="utf-8")


def refusal(read, tmp_path: Path, name: str, content: str | bytes) -> list[str]:
    """Return the faults of a text, without the folder."""
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as raised:
        read(file)
    return [str(problem).removeprefix(f"{tmp_path}/") for problem in raised.value.problems]
