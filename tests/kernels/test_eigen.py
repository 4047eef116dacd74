"""Jacobi's eigenvalues and the Cholesky factor against numpy's."""

import numpy as np
import pytest

from riskmc.kernels.eigen import cholesky, jacobi, nonnegative_part, turned


def symmetric(n, seed=1):
    a = np.sin(np.arange(n * n, dtype=float).reshape(n, n) * (seed + 0.37))
    return (a + a.T) / 2


@pytest.mark.parametrize("n", [1, 2, 5, 30])
def test_eigenvalues_and_vectors_rebuild_the_matrix(n):
    a = symmetric(n)
    spectrum, vectors = a.copy(), np.eye(n)
    jacobi(spectrum, vectors)
    np.testing.assert_allclose(np.sort(np.diag(spectrum)), np.linalg.eigvalsh(a), atol=1e-12)
    np.testing.assert_allclose(vectors.T @ np.diag(np.diag(spectrum)) @ vectors, a, atol=1e-12)
    np.testing.assert_allclose(vectors @ vectors.T, np.eye(n), atol=1e-12)


def test_a_matrix_turned_by_its_eigenvectors_is_diagonal():
    a = symmetric(9)
    _, vectors = np.linalg.eigh(a)
    half, out = np.empty_like(a), np.empty_like(a)
    turned(a, np.ascontiguousarray(vectors.T), np.ascontiguousarray(vectors), half, out)
    np.testing.assert_allclose(out, np.diag(np.diag(out)), atol=1e-12)


def test_the_nonnegative_part_has_no_negative_eigenvalue_and_keeps_the_others():
    a = symmetric(12)
    spectrum, vectors, part = a.copy(), np.eye(12), np.empty((12, 12))
    jacobi(spectrum, vectors)
    nonnegative_part(spectrum, vectors, part)
    expected = np.sort(np.maximum(np.linalg.eigvalsh(a), 0))
    np.testing.assert_allclose(np.sort(np.linalg.eigvalsh(part)), expected, atol=1e-12)


def test_the_cholesky_factor_matches_and_refuses_an_indefinite_matrix():
    a = symmetric(8) @ symmetric(8).T + np.eye(8)
    lower = np.empty_like(a)
    assert cholesky(a, lower, 1e-10)
    np.testing.assert_allclose(lower, np.linalg.cholesky(a), atol=1e-12)
    assert not cholesky(a - 3 * np.eye(8), lower, 1e-10)


def test_a_singular_matrix_has_a_factor_with_a_column_of_zeros():
    lower = np.empty((2, 2))
    assert cholesky(np.ones((2, 2)), lower, 1e-10)
    np.testing.assert_array_equal(lower, [[1, 0], [1, 0]])
