"""Start-up, and the end: what the command spares a user, who feels every tenth of a second."""

from __future__ import annotations

import atexit
import gc

_NEW_OBJECTS = 500_000


def search_less_for_garbage() -> None:
    """Let Python search its objects for garbage rarely, and not once more at its end: a command makes many that last.

    The modules of numba and pydantic alone are a million objects: each search of them takes a tenth of a second, the
    last one, which would free them one by one, half a second.
    """
    gc.set_threshold(_NEW_OBJECTS)
    atexit.register(gc.freeze)
