"""Waits for numba to compile: whoever wants to be told of them is, of each that lasts.

The first run of an engine on a machine is announced (simulation/engine.py). Later ones may need kernels that nothing
before them did: a behaviour, a sampling, an analysis. numba holds one lock while it compiles, or loads what it has
kept, and sends an event when the lock is taken and left: a wait is from the first to the last of these.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Timer
from typing import Any

from numba.core import event

PATIENCE = 2.0  # seconds before a wait is told
TOLD = "compiling a part that no run needed so far, once for this machine, some seconds"
AGAIN = "compiling another such part"


class CompileWaits(event.Listener):
    """Listens to numba, and tells whoever listens here, if anyone does, of a compile that lasts."""

    def __init__(self, patience: float = PATIENCE):
        self.notice: Callable[[str], None] | None = None
        self._text = TOLD
        self._patience, self._lock = patience, Lock()
        self._inside = 0
        self._timer: Timer | None = None

    def on_start(self, event: Any) -> None:  # noqa: ARG002
        """Begin to wait, where no other thread does already."""
        with self._lock:
            self._inside += 1
            if self._inside == 1 and self.notice is not None:
                self._timer = Timer(self._patience, self._tell)
                self._timer.daemon = True
                self._timer.start()

    def on_end(self, event: Any) -> None:  # noqa: ARG002
        """End the wait with the last thread that compiles."""
        with self._lock:
            self._inside -= 1
            if self._inside == 0 and self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _tell(self) -> None:
        text, self._text = self._text, AGAIN
        if self.notice is not None:
            self.notice(text)


_WAITS = CompileWaits()
event.register("numba:compiler_lock", _WAITS)


def tell_of_compiles(notice: Callable[[str], None] | None) -> None:
    """Let ``notice`` be called with a sentence for each compile that lasts from now on; None for nobody."""
    _WAITS.notice = notice
