"""Announcement: what has to be compiled before a run is said before it, and whatever else lasts then and later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from riskmc.kernels.compile_waits import tell_of_compiles
from riskmc.network.refusals import Engine
from riskmc.simulation.montecarlo import is_compiled

COMPILING = "compiling once for this machine, a few seconds; later runs start at once"
COMPILING_EVENTS = "compiling the discrete-event engine once for this machine, a minute or two; then it starts at once"
_TEXTS: dict[Engine, str] = {"monte-carlo": COMPILING, "discrete-event": COMPILING_EVENTS}


@contextmanager
def announced(notice: Callable[[str], None] | None, engine: Engine) -> Iterator[None]:
    """Announce what the run inside has to compile first; where that is nothing, and after it, each compile that lasts.

    The discrete-event engine draws with the kernels of the other one.
    """
    if notice is None:
        yield
        return
    missing = [text for kind, text in _TEXTS.items() if kind in ("monte-carlo", engine) and not is_compiled(kind)]
    for text in missing:
        notice(text)
    tell_of_compiles(None if missing else notice)
    try:
        yield
    finally:
        tell_of_compiles(notice)
