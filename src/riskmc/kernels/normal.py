"""Normal scores in float32: a random word to z = Phi^-1(u), and z back to u = Phi(z).

Only + - * /, square root, fused multiply-add and integer operations: no call of a mathematical library, whose last
digit differs between machines. Both functions are one straight line without branches, so that they vectorise.
The literals are Chebyshev fits, baked by ``benchmarks/bake_coefficients.py``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.intrinsics import add_i, and_i, bits_of, float_of, fma, horner, shl_i, shr_i, sub_i, xor_i

FARTHEST_SCORE = 6.338  # |Phi^-1(0.5 / 2^32)|, rounded up

_ONE, _HALF, _STEP = np.float32(1.0), np.float32(0.5), np.float32(2.0**-31)
_LOG_2, _LOG_2_E = np.float32(0.6931471805599453), np.float32(1.4426950408889634)


def _literals(*values: float) -> tuple[Any, ...]:
    """Return the coefficients, lowest power first, as float32."""
    return tuple(np.float32(value) for value in values)


# log(1 + f) / f, |f| <= 1/3
_LOG = _literals(
    1.0, -0.5000219941139221, 0.33334991335868835, -0.24843207001686096, 0.19867455959320068, -0.19396479427814484,
    0.1667490303516388,
)  # fmt: skip
# z / (2u - 1) in x = 0.687158 s - 2.536532, s = sqrt(5 - log(4u(1 - u)))
_SCORE_SCALE, _SCORE_SHIFT, _SCORE_OFFSET = _literals(0.687158, -2.536532, 5.0)
_SCORE = _literals(
    3.9172444343566895, 2.587669610977173, -0.24329277873039246, 0.09186997264623642, 0.016939818859100342,
    -0.09878496825695038, 0.1518973857164383, -0.13131405413150787, -0.009812106378376484, 0.1250085085630417,
    -0.0604570098221302, -0.03212803229689598, 0.023118138313293457,
)  # fmt: skip
# 2^f, |f| <= 1/2
_POWER = _literals(
    1.0, 0.6931471824645996, 0.24022646248340607, 0.05550329014658928, 0.009618519805371761, 0.0013399859890341759,
    0.00015337577497120947,
)  # fmt: skip
# Phi(-a) exp(a^2 / 2) in x = 3.025641 y - 2.025641, y = 1 / (1 + 0.3 a)
_MILLS_STEEPNESS, _MILLS_SCALE, _MILLS_SHIFT = _literals(0.3, 3.025641, -2.025641)
_MILLS = _literals(
    0.1933487355709076, 0.1985364854335785, 0.08453337103128433, 0.0218533705919981, 0.0022228413727134466,
    -0.00041046878322958946, -9.716588101582602e-05, 1.2739548765239306e-05,
)  # fmt: skip
_ROUNDER = np.float32(12582912.0)  # 1.5 * 2^23: adding it rounds a float32 to a whole number
_FARTHEST = np.float32(6.4)


@inner
def _log(x: Any) -> Any:
    """Return the natural logarithm of a positive float32: exponent from the bits, polynomial for the rest."""
    bits = bits_of(x)
    exponent = shr_i(sub_i(bits, np.int32(0x3F2AAAAB)), np.int32(23))
    fraction = float_of(sub_i(bits, shl_i(exponent, np.int32(23)))) - _ONE
    return fma(np.float32(exponent), _LOG_2, fraction * horner(_LOG, fraction))


@inner
def score(word: Any) -> Any:
    """Return z for one word given as int32: u = (word + 1/2) / 2^32, and z(~word) = -z(word) to the bit."""
    signed = xor_i(word, np.int32(-2147483648))
    sign = shr_i(signed, np.int32(31))
    distance = xor_i(signed, sign)
    centred = fma(np.float32(distance), _STEP, _HALF * _STEP)
    tail = fma(np.float32(sub_i(np.int32(0x7FFFFFFF), distance)), _STEP, _HALF * _STEP)
    s = np.sqrt(_SCORE_OFFSET - _log(tail * (np.float32(2.0) - tail)))
    z = centred * horner(_SCORE, fma(s, _SCORE_SCALE, _SCORE_SHIFT))
    return float_of(xor_i(bits_of(z), and_i(sign, np.int32(-2147483648))))


@inner
def tail(z: Any) -> Any:
    """Return Phi(-|z|) with a small relative error; |z| above 6.4 counts as 6.4."""
    a = float_of(and_i(bits_of(z), np.int32(0x7FFFFFFF)))
    a = a if a < _FARTHEST else _FARTHEST
    y = _ONE / fma(_MILLS_STEEPNESS, a, _ONE)
    exponent = np.float32(-0.5) * a * a * _LOG_2_E
    shifted = exponent + _ROUNDER
    whole = sub_i(bits_of(shifted), bits_of(_ROUNDER))
    power = float_of(add_i(bits_of(horner(_POWER, exponent - (shifted - _ROUNDER))), shl_i(whole, np.int32(23))))
    return power * horner(_MILLS, fma(y, _MILLS_SCALE, _MILLS_SHIFT))


@entry
def scores(words: Any, z: Any) -> None:
    """Fill ``z`` (float32) with Phi^-1((word + 1/2) / 2^32) of ``words`` (uint32); error below 2e-6, tested."""
    for i in range(words.size):
        z[i] = score(np.int32(words[i]))


@entry
def probabilities(z: Any, u: Any) -> None:
    """Fill ``u`` (float32) with Phi(z) of ``z`` (float32)."""
    for i in range(z.size):
        p = tail(z[i])
        u[i] = p if z[i] < np.float32(0.0) else _ONE - p
