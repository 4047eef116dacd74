"""Every kind of curve against its closed form, and mixing against plain sums."""

import numpy as np
import pytest
from scipy import special

from riskmc.kernels import curves as kernel

Z = np.linspace(-5.0, 5.0, 256).astype(np.float32)


def one(kind, location=0.0, scale=1.0, mode=0.0, powers=(0.0,) * 16, steps=((-np.inf, 0.0),), pieces=None):
    """The curves of a single variable."""
    thresholds, values = zip(*steps, strict=True)
    tables = np.zeros((1, kernel.PIECES, 4), np.float32) if pieces is None else pieces
    return kernel.Curves(
        np.zeros(1, np.int32),
        np.where(np.arange(kernel.STEPS + 2) > kind, 1, 0).astype(np.int32),
        np.zeros(1, np.int32),
        np.array([location], np.float32),
        np.array([scale], np.float32),
        np.array([mode], np.float32),
        np.array([powers], np.float32),
        tables,
        np.array([0, len(steps)], np.int32),
        np.array(thresholds, np.float32),
        np.array(values, np.float32),
    )


def evaluated(curves, z=Z):
    out = np.empty((1, z.size), np.float32)
    kernel.evaluate(curves, z[None], out)
    return out[0]


def test_a_constant_is_its_location_in_every_lane():
    assert (evaluated(one(kernel.CONSTANT, location=7.5)) == 7.5).all()


def test_a_linear_curve_is_a_normal_distribution():
    np.testing.assert_allclose(evaluated(one(kernel.LINEAR, 10, 2)), 10 + 2 * Z, rtol=1e-6)


def test_a_uniform_curve_is_the_probability_of_the_score():
    np.testing.assert_allclose(evaluated(one(kernel.UNIFORM, 10, 2)), 10 + 2 * special.ndtr(Z), rtol=1e-6)


@pytest.mark.parametrize("c", [0.0, 0.2, 0.5, 1.0])
def test_a_triangular_curve_is_the_closed_form(c):
    u = special.ndtr(Z.astype(float))
    exact = np.where(u < c, np.sqrt(u * c), 1 - np.sqrt(special.ndtr(-Z.astype(float)) * (1 - c)))
    np.testing.assert_allclose(evaluated(one(kernel.TRIANGULAR, 3, 4, mode=c)), 3 + 4 * exact, atol=4e-6)


def test_a_polynomial_is_evaluated_in_powers_of_the_score_and_stops_at_its_reach():
    powers = [1.0, 0.5, 0.25, *[0.0] * 13]
    np.testing.assert_allclose(evaluated(one(kernel.POLYNOMIAL, powers=powers)), 1 + 0.5 * Z + 0.25 * Z**2, atol=1e-5)
    far = evaluated(one(kernel.POLYNOMIAL, powers=powers), np.array([5.5, 6.0, 40.0], np.float32))
    assert (far == far[0]).all()


def test_a_table_is_cubic_within_each_piece_and_has_no_hole_at_its_ends():
    start = np.arange(kernel.PIECES) / kernel.PIECES_PER_SCORE - kernel.FARTHEST
    h = 1 / kernel.PIECES_PER_SCORE
    cubes = np.stack([start**3, 3 * start**2 * h, 3 * start * h**2, np.full_like(start, h**3)], axis=1)
    z = np.concatenate([Z, [-9.0, -5.5, 5.5, 9.0]]).astype(np.float32)
    found = evaluated(one(kernel.TABLE, pieces=cubes[None].astype(np.float32)), z)
    np.testing.assert_allclose(found, np.clip(z, -5.5, 5.5).astype(float) ** 3, atol=2e-4)


@pytest.mark.parametrize("count", [2, 24, 25, 400])
def test_steps_take_the_value_of_the_last_threshold_reached(count):
    thresholds = np.concatenate([[-np.inf], np.linspace(-2, 2, count - 1)]).astype(np.float32)
    steps = [(float(t), 10.0 * k) for k, t in enumerate(thresholds)]
    z = np.concatenate([Z, thresholds[1:]])
    expected = 10.0 * (np.searchsorted(thresholds, z, side="right") - 1)
    np.testing.assert_array_equal(evaluated(one(kernel.STEPS, steps=steps), z), expected)


def test_money_keeps_location_and_scale_in_double_precision():
    money = kernel.Money(
        np.array([0, 1], np.uint8), np.array([0, 1], np.int32), np.array([1e10, 0.0]), np.array([3.0, 1.0]),
        np.array([5.0, 12_345_678_901.0]),
    )  # fmt: skip
    out = np.empty((2, 3))
    kernel.place(money, np.array([[0.0, 0.5, 1.0], [0.0, 0.0, 0.0]], np.float32), out)
    np.testing.assert_array_equal(out, [[1e10, 1e10 + 1.5, 1e10 + 3], [12_345_678_901.0] * 3])
