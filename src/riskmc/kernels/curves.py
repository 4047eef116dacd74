"""Values, row by row: the quantile curves that turn normal scores into durations, factors and money.

A row is one variable in the 256 iterations of a block. Each kind of curve has its own short loop across the lanes,
which the compiler turns into vector instructions; one loop over all kinds would not be. Nothing here knows names,
units or distributions: ``sampling`` builds the arrays, once, at the compile step.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.intrinsics import fma, horner, wide
from riskmc.kernels.normal import tail

CONSTANT, LINEAR, UNIFORM, TRIANGULAR, POLYNOMIAL, TABLE, STEPS = range(7)
COEFFICIENTS = 16  # of a polynomial in z, lowest power first
FARTHEST = 5.5  # polynomials and tables hold for |z| <= 5.5; scores beyond (4 in 100 million) count as 5.5
PIECES_PER_SCORE = 32  # pieces of a table per unit of z
PIECES = 352  # 2 * FARTHEST * PIECES_PER_SCORE

_ZERO, _ONE = np.float32(0.0), np.float32(1.0)
_REACH, _DENSITY, _LAST = np.float32(FARTHEST), np.float32(PIECES_PER_SCORE), np.int32(PIECES - 1)
_FEW_STEPS = 24


class Curves(NamedTuple):
    """The quantile curves of n variables: value = location + scale * standard quantile of the score z.

    order          int32[n]             the variables, sorted by the kind of their curve
    first          int32[8]             variables of kind k stand in order[first[k]:first[k + 1]]
    row            int32[n]             row in the arrays of its kind (powers, tables, step_start)
    location       float32[n]
    scale          float32[n]
    mode           float32[n]           TRIANGULAR: standard mode, 0 to 1
    powers         float32[p, 16]       POLYNOMIAL: coefficients of the powers of z, lowest first
    tables         float32[t, 352, 4]   TABLE: cubic pieces of width 1/32 from z = -5.5
    step_start     int32[s + 1]         STEPS: thresholds step_start[row]:step_start[row + 1]
    step_threshold float32[m]           the value holds for z >= threshold; the first threshold of a row is -inf
    step_value     float32[m]           the values themselves: location and scale have no part in them
    """

    order: npt.NDArray[np.int32]
    first: npt.NDArray[np.int32]
    row: npt.NDArray[np.int32]
    location: npt.NDArray[np.float32]
    scale: npt.NDArray[np.float32]
    mode: npt.NDArray[np.float32]
    powers: npt.NDArray[np.float32]
    tables: npt.NDArray[np.float32]
    step_start: npt.NDArray[np.int32]
    step_threshold: npt.NDArray[np.float32]
    step_value: npt.NDArray[np.float32]


@entry
def _constant(variables: Any, location: Any, out: Any) -> None:
    for v in variables:
        for lane in range(out.shape[1]):
            out[v, lane] = location[v]


@entry
def _linear(variables: Any, location: Any, scale: Any, z: Any, out: Any) -> None:
    for v in variables:
        at, by = location[v], scale[v]
        for lane in range(out.shape[1]):
            out[v, lane] = fma(by, z[v, lane], at)


@entry
def _uniform(variables: Any, location: Any, scale: Any, z: Any, out: Any) -> None:
    for v in variables:
        at, by = location[v], scale[v]
        for lane in range(out.shape[1]):
            p = tail(z[v, lane])
            out[v, lane] = fma(by, p if z[v, lane] < _ZERO else _ONE - p, at)


@entry
def _triangular(variables: Any, mode: Any, location: Any, scale: Any, z: Any, out: Any) -> None:
    wide()
    for v in variables:
        at, by, peak = location[v], scale[v], mode[v]
        for lane in range(out.shape[1]):
            p = tail(z[v, lane])
            below = p if z[v, lane] < _ZERO else _ONE - p
            above = _ONE - p if z[v, lane] < _ZERO else p
            left = below < peak
            root = np.sqrt(peak * below if left else (_ONE - peak) * above)
            out[v, lane] = fma(by, root if left else _ONE - root, at)


@inner
def _clamped(z: Any) -> Any:
    return _REACH if z > _REACH else (-_REACH if z < -_REACH else z)


@entry
def _polynomial(variables: Any, row: Any, powers: Any, location: Any, scale: Any, z: Any, out: Any) -> None:
    wide()
    for v in variables:
        at, by, c = location[v], scale[v], powers[row[v]]
        p = (c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11], c[12], c[13], c[14], c[15])
        for lane in range(out.shape[1]):
            out[v, lane] = fma(by, horner(p, _clamped(z[v, lane])), at)


@entry
def _table(variables: Any, row: Any, tables: Any, location: Any, scale: Any, z: Any, out: Any) -> None:
    for v in variables:
        at, by, c = location[v], scale[v], tables[row[v]]
        for lane in range(out.shape[1]):
            x = (_clamped(z[v, lane]) + _REACH) * _DENSITY
            piece = np.int32(x)
            piece = _LAST if piece > _LAST else piece
            t = x - np.float32(piece)
            value = fma(fma(c[piece, 3], t, c[piece, 2]), t, c[piece, 1])
            out[v, lane] = fma(by, fma(value, t, c[piece, 0]), at)


@entry
def _steps(variables: Any, row: Any, start: Any, threshold: Any, value: Any, z: Any, out: Any) -> None:
    """One threshold after the other across all lanes while there are few, else by bisection in each lane."""
    for v in variables:
        first, last = start[row[v]], start[row[v] + 1]
        if last - first > _FEW_STEPS:
            for lane in range(out.shape[1]):
                out[v, lane] = value[_last_reached(first, last, threshold, z[v, lane])]
            continue
        for k in range(first, last):
            at, level = threshold[k], value[k]
            for lane in range(out.shape[1]):
                out[v, lane] = level if z[v, lane] >= at else out[v, lane]


@inner
def _last_reached(low: Any, high: Any, threshold: Any, z: Any) -> Any:
    """Return the last position of low..high-1 whose threshold does not exceed z."""
    while high - low > 1:
        middle = (low + high) // 2
        if z >= threshold[middle]:
            low = middle
        else:
            high = middle
    return low


def evaluate(curves: Curves, z: npt.NDArray[np.float32], out: npt.NDArray[np.float32]) -> None:
    """Fill ``out`` (float32[n, 256]) with location + scale * standard quantile of the scores ``z`` (float32[n, 256]).

    One compiled loop per kind of curve; kinds that do not occur are neither called nor compiled.
    """
    at, by, row = curves.location, curves.scale, curves.row
    kinds = [curves.order[curves.first[kind] : curves.first[kind + 1]] for kind in range(STEPS + 1)]
    if kinds[CONSTANT].size:
        _constant(kinds[CONSTANT], at, out)
    if kinds[LINEAR].size:
        _linear(kinds[LINEAR], at, by, z, out)
    if kinds[UNIFORM].size:
        _uniform(kinds[UNIFORM], at, by, z, out)
    if kinds[TRIANGULAR].size:
        _triangular(kinds[TRIANGULAR], curves.mode, at, by, z, out)
    if kinds[POLYNOMIAL].size:
        _polynomial(kinds[POLYNOMIAL], row, curves.powers, at, by, z, out)
    if kinds[TABLE].size:
        _table(kinds[TABLE], row, curves.tables, at, by, z, out)
    if kinds[STEPS].size:
        _steps(kinds[STEPS], row, curves.step_start, curves.step_threshold, curves.step_value, z, out)


class Money(NamedTuple):
    """What turns standard quantiles in float32 (of a step function: the number of the step) into amounts in float64.

    stepped    uint8[n]             1 where the amount is ``step_value[first_step + standard quantile]``
    first_step int32[n]
    location   float64[n]
    scale      float64[n]
    step_value float64[m]
    """

    stepped: npt.NDArray[np.uint8]
    first_step: npt.NDArray[np.int32]
    location: npt.NDArray[np.float64]
    scale: npt.NDArray[np.float64]
    step_value: npt.NDArray[np.float64]


@entry
def place(money: Any, standard: Any, out: Any) -> None:
    """Fill ``out`` (float64[n, 256]) with the amounts of the standard quantiles ``standard`` (float32[n, 256])."""
    for v in range(money.stepped.size):
        first, at, by = money.first_step[v], money.location[v], money.scale[v]
        if money.stepped[v]:
            for lane in range(out.shape[1]):
                out[v, lane] = money.step_value[first + np.int32(standard[v, lane])]
        else:
            for lane in range(out.shape[1]):
                out[v, lane] = at + by * np.float64(standard[v, lane])
