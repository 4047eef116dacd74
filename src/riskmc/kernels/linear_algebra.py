"""Linear algebra: what numba would load of scipy before the first kernel runs, a quarter of a second for nothing.

numba looks for a BLAS once, whether or not anything asks for one: it imports all of scipy.linalg. Our kernels never do
(semantics R6). What is compiled elsewhere and calls np.dot looks again by itself, and finds it.
"""

from __future__ import annotations

import importlib

from numba.np import linalg


def load_without_blas() -> None:
    """Load numba's functions of arrays, and let its search for a BLAS end at once."""
    look = linalg.ensure_blas
    linalg.ensure_blas = lambda: None
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        linalg.ensure_blas = look
