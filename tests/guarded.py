"""Kernels without the compiler, on arrays that refuse negative indices; to be imported before riskmc.

The compiler checks no index: -1 reads the last entry of an array of numba's own, and what lies before a row of a
struct. With NUMBA_DISABLE_JIT=1 in the environment, importing this module gives every kernel arrays that raise
IndexError there, as numpy does beyond the end; without it nothing changes.
"""

from functools import wraps

import numpy as np
from numba import config

from riskmc.kernels import compiled


class Guarded(np.ndarray):
    """An array that refuses negative indices."""

    def __getitem__(self, index):
        refuse_negative(index)
        return super().__getitem__(index)

    def __setitem__(self, index, value):
        refuse_negative(index)
        super().__setitem__(index, value)


def refuse_negative(index):
    """Raise IndexError for an index, or the begin or end of a slice, below 0."""
    for one in index if isinstance(index, tuple) else (index,):
        lowest = min(one.start or 0, one.stop or 0) if isinstance(one, slice) else one
        if lowest < 0:
            raise IndexError(f"a kernel uses the index {index}")


def guarded(value):
    """Return an argument of a kernel with every array in it guarded."""
    if isinstance(value, np.ndarray):
        return value.view(Guarded)
    if isinstance(value, tuple):
        return type(value)(*map(guarded, value)) if hasattr(value, "_fields") else tuple(map(guarded, value))
    return value


def guarding(function):
    """Return a kernel that is called from Python and guards what it is given."""

    @wraps(function)
    def kernel(*arguments):
        with np.errstate(all="ignore"):
            return function(*map(guarded, arguments))

    return kernel


UNCOMPILED = bool(config.DISABLE_JIT)
if UNCOMPILED:
    compiled.entry = compiled.linking_entry = guarding
