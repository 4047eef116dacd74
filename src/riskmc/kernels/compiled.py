"""How kernels are compiled: decorators chosen so that the first run of all does not wait long.

numba compiles a function for its first arguments and, with ``cache=True``, keeps the machine code for every later
run. Around the code it makes a wrapper for callers in Python and one for callers in C; each takes as long to compile
as a short loop does. An ``entry`` is called from Python and gets the first one only. An ``inner`` function is called
by entries alone, gets none and is kept as part of them; called from Python it would crash, hence its underscore.
Neither holds Python's lock, so threads run side by side; a division by zero gives inf or nan and no exception.

numba counts the references to arrays wherever one is read from a named tuple or passed on, which a loop over rows does
not feel; a kernel that calls small functions for every event takes six times as long for it. ``uncounted_entry`` and
``uncounted_inner`` count none: nothing in them may allocate or return an array, and they call only their own kind.

In kernels never write ``row[:] = other``: numba's own assignment compiles for two seconds, for the text of an error
that cannot happen, and runs three times as long as a plain loop.
"""

from __future__ import annotations

from typing import Any

from numba import njit

_njit: Any = njit  # numba's own types do not know of wrappers
entry: Any = _njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True)
inner: Any = _njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
uncounted_entry: Any = _njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True, _nrt=False)
uncounted_inner: Any = _njit(
    nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False
)
