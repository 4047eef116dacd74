"""Eigenvalues and Cholesky factors of small symmetric matrices, with every sum in a fixed order.

LAPACK's last digits differ between processors, and with them the draws of correlated variables (semantics R6); these
plain loops give the same bits everywhere. They are meant for the few hundred rows of a correlation cluster.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry, inner

_MOST_SWEEPS = 60
_NEGLIGIBLE = 1e-13


@inner
def _rotate_rows(a: Any, p: Any, q: Any, c: Any, s: Any) -> None:
    for k in range(a.shape[1]):
        x, y = a[p, k], a[q, k]
        a[p, k] = c * x - s * y
        a[q, k] = s * x + c * y


@inner
def _rotate_columns(a: Any, p: Any, q: Any, c: Any, s: Any) -> None:
    for k in range(a.shape[0]):
        x, y = a[k, p], a[k, q]
        a[k, p] = c * x - s * y
        a[k, q] = s * x + c * y


@entry
def jacobi(a: Any, vectors: Any) -> None:
    """Diagonalise the symmetric ``a`` (float64[n, n]) in place; the rows of ``vectors`` undergo the same rotations.

    On return ``a`` holds the eigenvalues on its diagonal; rows that began as the identity are the eigenvectors. Source:
    cyclic Jacobi method, Golub and Van Loan (2013), Matrix Computations, 4th ed., section 8.5.
    """
    n = a.shape[0]
    for _ in range(_MOST_SWEEPS):
        largest = 0.0
        for p in range(n - 1):
            for q in range(p + 1, n):
                largest = max(largest, abs(a[p, q]))
                if abs(a[p, q]) > _NEGLIGIBLE:
                    tau = (a[q, q] - a[p, p]) / (2 * a[p, q])
                    t = (1.0 if tau >= 0 else -1.0) / (abs(tau) + math.sqrt(1 + tau * tau))
                    c = 1 / math.sqrt(1 + t * t)
                    _rotate_rows(a, p, q, c, t * c)
                    _rotate_columns(a, p, q, c, t * c)
                    _rotate_rows(vectors, p, q, c, t * c)
        if largest <= _NEGLIGIBLE:
            return


@entry
def turned(a: Any, vectors: Any, transposed: Any, half: Any, out: Any) -> None:
    """Fill ``out`` with V a V', V the rows of ``vectors``: nearly diagonal where these nearly are the eigenvectors."""
    n = a.shape[0]
    for target, left, right in ((half, vectors, a), (out, half, transposed)):
        target[:, :] = 0.0
        for i in range(n):
            for k in range(n):
                for j in range(n):
                    target[i, j] += left[i, k] * right[k, j]


@entry
def nonnegative_part(a: Any, vectors: Any, out: Any) -> None:
    """Fill ``out`` from eigenvectors (rows) and those eigenvalues, on the diagonal of ``a``, that are positive."""
    n = a.shape[0]
    out[:, :] = 0.0
    for k in range(n):
        if a[k, k] > 0:
            for i in range(n):
                weight = a[k, k] * vectors[k, i]
                for j in range(n):
                    out[i, j] += weight * vectors[k, j]


@entry
def cholesky(a: Any, lower: Any, tolerance: Any) -> bool:
    """Fill ``lower`` with the Cholesky factor of ``a``; return False where ``a`` is not positive semi-definite.

    A pivot within ``tolerance`` of zero counts as zero, and the rest of its column then too.
    """
    n = a.shape[0]
    lower[:, :] = 0.0
    for j in range(n):
        pivot = a[j, j]
        for k in range(j):
            pivot -= lower[j, k] * lower[j, k]
        if pivot < -tolerance:
            return False
        root = math.sqrt(max(pivot, 0.0)) if pivot > tolerance else 0.0
        lower[j, j] = root
        for i in range(j + 1, n):
            rest = a[i, j]
            for k in range(j):
                rest -= lower[i, k] * lower[j, k]
            if root > 0:
                lower[i, j] = rest / root
            elif abs(rest) > np.sqrt(tolerance):
                return False
    return True
