"""Start-up: what the command leaves unloaded, because a user feels every tenth of a second."""

from __future__ import annotations

import gc
import importlib
import sys

_UNUSED = "scipy.linalg"
_NEW_OBJECTS = 500_000


def search_less_for_garbage() -> None:
    """Let Python search its objects for garbage rarely: a command makes many that last and ends soon.

    The modules of numba and pydantic alone are a million objects, each search of which takes a tenth of a second.
    """
    gc.set_threshold(_NEW_OBJECTS)


def load_numba() -> None:
    """Load numba without linear algebra, a quarter of a second on each start.

    numba imports all of scipy.linalg only to learn whether kernels may call np.dot. Ours never do (semantics R6), so
    it is told that there is none. Afterwards scipy.linalg can be imported by anybody as usual.
    """
    if _UNUSED in sys.modules or "numba.np.arraymath" in sys.modules:
        return
    sys.modules[_UNUSED] = None  # type: ignore[assignment]  # the documented way to make an import fail
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        del sys.modules[_UNUSED]
