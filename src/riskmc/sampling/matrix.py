"""Correlation matrices: the nearest one to a matrix that is none, and the Cholesky factor."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from riskmc.kernels.eigen import cholesky, jacobi, nonnegative_part, turned

Matrix = npt.NDArray[np.float64]

_MOST_ROUNDS = 300
_SETTLED = 1e-7
_MARGIN = 1e-6


def nearest_correlation(matrix: Matrix) -> Matrix:
    """Return the correlation matrix nearest to a symmetric ``matrix`` with unit diagonal, in the Frobenius norm.

    Source: Higham (2002), "Computing the nearest correlation matrix: a problem from finance", IMA J. Numer. Anal. 22,
    329-343: alternating projections on the positive semi-definite matrices and on those with unit diagonal, the first
    with Dykstra's correction; each spectrum starts from the eigenvectors of the one before. A millionth of the identity
    is mixed in at the end, so that the result has a Cholesky factor.
    """
    y, correction = matrix.copy(), np.zeros_like(matrix)
    vectors, projected = np.eye(len(matrix)), np.empty_like(matrix)
    spectrum, half = np.empty_like(matrix), np.empty_like(matrix)
    for _ in range(_MOST_ROUNDS):
        shifted = y - correction
        turned(shifted, vectors, np.ascontiguousarray(vectors.T), half, spectrum)
        jacobi(spectrum, vectors)
        nonnegative_part(spectrum, vectors, projected)
        correction = projected - shifted
        before, y = y, projected.copy()
        np.fill_diagonal(y, 1.0)
        if np.abs(y - before).max() < _SETTLED and np.abs(y - projected).max() < _SETTLED:
            break
    return np.asarray(np.round((1 - _MARGIN) * (y + y.T) / 2, 12) + _MARGIN * np.eye(len(matrix)))


def factor(matrix: Matrix, tolerance: float = 1e-10) -> Matrix | None:
    """Return the Cholesky factor with rows of length 1, or None where ``matrix`` is not positive semi-definite."""
    lower = np.empty_like(matrix)
    if not cholesky(matrix, lower, tolerance):
        return None
    length = np.zeros(len(matrix))
    for column in range(len(matrix)):
        length += lower[:, column] ** 2
    return lower / np.sqrt(length)[:, None]
