"""Correlation matrices: the nearest one to a matrix that is none, and the Cholesky factor."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from riskmc.kernels.eigen import cholesky, jacobi, nonnegative_part

Matrix = npt.NDArray[np.float64]

_MOST_ROUNDS = 300
_SETTLED = 1e-8


def nearest_correlation(matrix: Matrix) -> Matrix:
    """Return the correlation matrix nearest to a symmetric ``matrix`` with unit diagonal, in the Frobenius norm.

    Source: Higham (2002), "Computing the nearest correlation matrix: a problem from finance", IMA J. Numer. Anal. 22,
    329-343: alternating projections on the positive semi-definite matrices and on those with unit diagonal, the first
    with Dykstra's correction.
    """
    y, correction = matrix.copy(), np.zeros_like(matrix)
    vectors, projected = np.empty_like(matrix), np.empty_like(matrix)
    for _ in range(_MOST_ROUNDS):
        shifted = y - correction
        spectrum = shifted.copy()
        jacobi(spectrum, vectors)
        nonnegative_part(spectrum, vectors, projected)
        correction = projected - shifted
        before, y = y, projected.copy()
        np.fill_diagonal(y, 1.0)
        if np.abs(y - before).max() < _SETTLED and np.abs(y - projected).max() < _SETTLED:
            break
    return np.asarray(np.round((y + y.T) / 2, 12))


def factor(matrix: Matrix, tolerance: float = 1e-10) -> Matrix | None:
    """Return the Cholesky factor with rows of length 1, or None where ``matrix`` is not positive semi-definite."""
    lower = np.empty_like(matrix)
    if not cholesky(matrix, lower, tolerance):
        return None
    length = np.zeros(len(matrix))
    for column in range(len(matrix)):
        length += lower[:, column] ** 2
    return lower / np.sqrt(length)[:, None]
