"""How kernels are compiled: two decorators, chosen so that the first run of all does not wait long.

numba compiles a function for its first arguments and, with ``cache=True``, keeps the machine code for every later
run. Around the code it makes a wrapper for callers in Python and one for callers in C; each takes as long to compile
as a short loop does. An ``entry`` is called from Python and gets the first one only; an ``inner`` is called by entries
alone, gets none, and is kept as part of them. Neither holds Python's lock, so threads run side by side.

In kernels never write ``row[:] = other``: numba's own assignment compiles for two seconds, for the text of an error
that cannot happen, and runs three times as long as a plain loop.
"""

from __future__ import annotations

from typing import Any

from numba import njit

entry: Any = njit(cache=True, nogil=True, no_cfunc_wrapper=True)
inner: Any = njit(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)
