"""Random variables turned into arrays for the kernels: the quantile curve of each.

A variable's arrays depend on its own distribution alone: adding, removing or reordering others changes
nothing of it (semantics R5). Curves are fitted once per distinct shape, all of a family together, and every fit is
compared with the exact quantile function when the program is compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from riskmc.distributions.base import Distribution, Floats, Standard
from riskmc.distributions.discrete import Discrete
from riskmc.kernels import curves as kernel
from riskmc.kernels.normal import scores
from riskmc.sampling import fits
from riskmc.sampling.pert_series import series

GOOD_FIT = 2e-4  # standard deviations: the worst error a polynomial may have before a table takes its place
CLOSED_FORM_ERROR = 1e-5  # standard deviations: what float32 costs a curve that is not fitted

_Indices = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Variables:
    """Random variables of one program, in the caller's order.

    curves             the quantile curves of the n variables (see ``kernels.curves.Curves``)
    location, scale    float64[n]: exact, for money
    step_value         float64[m]: exact values of the step functions, for money
    error              float64[n]: the worst error of each curve for |z| <= 4.95, in standard deviations
    """

    curves: kernel.Curves
    location: Floats
    scale: Floats
    step_value: Floats
    error: Floats

    @classmethod
    def of(cls, distributions: Sequence[Distribution]) -> Variables:
        """Return the arrays of variables with the given distributions."""
        curves = _Builder(distributions)
        return cls(curves.build(), curves.location, curves.scale, curves.step_values(), curves.error)

    def __len__(self) -> int:
        """Return the number of variables."""
        return self.location.size

    def values(self, z: npt.NDArray[np.float32], out: npt.NDArray[np.float32]) -> None:
        """Fill ``out`` (float32[n, 256]) with durations or factors at the scores ``z`` (float32[at least n, 256])."""
        kernel.evaluate(self.curves, z, out)

    def amounts(
        self, z: npt.NDArray[np.float32], workspace: npt.NDArray[np.float32], out: npt.NDArray[np.float64]
    ) -> None:
        """Fill ``out`` (float64[n, 256]) with money at the scores ``z``; ``workspace`` is float32[n, 256]."""
        standard, money = self._money
        kernel.evaluate(standard, z, workspace)
        kernel.place(money, workspace, out)

    @cached_property
    def _money(self) -> tuple[kernel.Curves, kernel.Money]:
        """The same curves without location and scale, whose steps return their own number; and what completes them."""
        curves, n = self.curves, len(self.location)
        start = curves.step_start
        number = np.arange(len(self.step_value)) - np.repeat(start[:-1], np.diff(start))
        flat = np.zeros(n, np.float32)
        standard = curves._replace(location=flat, scale=flat + 1, step_value=number.astype(np.float32))
        steps = curves.order[curves.first[kernel.STEPS] :]
        stepped, first_step = np.zeros(n, np.uint8), np.zeros(n, np.int32)
        stepped[steps] = 1
        first_step[steps] = start[curves.row[steps]]
        return standard, kernel.Money(stepped, first_step, self.location, self.scale, self.step_value)


def thresholds(probabilities: npt.ArrayLike) -> npt.NDArray[np.float32]:
    """Return the scores (float32) below which a draw falls with the given probabilities; 0 and 1 are exact.

    The score of the very word at which the cumulative count of words reaches the probability: so that an event, or a
    value of a discrete distribution, has its probability to about 1e-7 whatever the error of the score's polynomial.
    """
    shares = np.atleast_1d(np.asarray(probabilities, dtype=float))
    words = np.clip(np.rint(shares * 2.0**32), 0, 2.0**32 - 1).astype(np.uint32)
    z = np.empty(shares.size, np.float32)
    scores(words, z)
    z[shares <= 0] = -np.inf
    z[shares >= 1] = np.inf
    return z


class _Builder:
    """Fills the arrays of ``Curves``, one family after the other."""

    def __init__(self, distributions: Sequence[Distribution]):
        self.distributions = distributions
        self.standards: list[Standard] = [distribution.standard() for distribution in distributions]
        n = len(distributions)
        self.location = np.array([standard.location for standard in self.standards], dtype=float)
        self.scale = np.array([standard.scale for standard in self.standards], dtype=float)
        self.kind, self.row = np.zeros(n, np.int8), np.zeros(n, np.int32)
        self.mode, self.error = np.zeros(n, np.float32), np.zeros(n)
        self.powers: list[npt.NDArray[np.float32]] = [np.zeros((0, kernel.COEFFICIENTS), np.float32)]
        self.tables: list[npt.NDArray[np.float32]] = [np.zeros((0, kernel.PIECES, 4), np.float32)]
        self.steps: list[Discrete] = []

    def build(self) -> kernel.Curves:
        """Return the curves of all variables."""
        members: dict[str, list[int]] = {}
        for i, standard in enumerate(self.standards):
            members.setdefault(standard.curve, []).append(i)
        families: dict[str, Callable[[_Indices], None]] = {
            "normal": lambda at: self._closed(at, kernel.LINEAR),
            "uniform": lambda at: self._closed(at, kernel.UNIFORM),
            "triangular": self._triangles,
            "pert": self._perts,
            "steps": self._steps,
            "smooth": self._smooth,
        }
        for curve, fill in families.items():
            if curve in members:
                fill(np.array(members[curve], np.int32))
        return self._curves()

    def step_values(self) -> Floats:
        """Return the exact values of all step functions, one after the other."""
        return np.array([value for steps in self.steps for value in steps.values], dtype=float)

    def _closed(self, at: _Indices, kind: int) -> None:
        self.kind[at] = kind
        self.error[at] = CLOSED_FORM_ERROR

    def _triangles(self, at: _Indices) -> None:
        self._closed(at, kernel.TRIANGULAR)
        self.mode[at] = [self.standards[i].shape[0] for i in at]

    def _perts(self, at: _Indices) -> None:
        """Take the series of each shape parameter that has a good one; fit the others singly."""
        shapes = np.array([self.standards[i].shape for i in at], dtype=float)
        for shape in np.unique(shapes[:, 1]).tolist():
            chosen = shapes[:, 1] == shape
            found = series(shape)
            if found.error > GOOD_FIT:
                self._smooth(at[chosen])
                continue
            self._polynomials(at[chosen], found.polynomials(shapes[chosen, 0]))
            self.error[at[chosen]] = found.error

    def _polynomials(self, at: _Indices, coefficients: npt.NDArray[np.float32]) -> None:
        self.kind[at] = kernel.POLYNOMIAL
        self.row[at] = sum(map(len, self.powers)) + np.arange(len(at))
        self.powers.append(coefficients)

    def _steps(self, at: _Indices) -> None:
        self.kind[at] = kernel.STEPS
        self.row[at] = np.arange(len(at))
        self.steps = [step for i in at if isinstance(step := self.distributions[i], Discrete)]

    def _smooth(self, at: _Indices) -> None:
        """Fit each distinct shape once: a polynomial where that is good enough, else a table."""
        rows: dict[Distribution, list[int]] = {}
        for i in at.tolist():
            rows.setdefault(self.distributions[i].unit(), []).append(i)
        units = list(rows)
        checks = _exact(units, fits.CHECKS)
        frame = fits.frame(checks)
        found = fits.polynomials(frame.inside(_exact(units, fits.NODES)))
        errors = _errors(frame, checks, kernel.POLYNOMIAL, found)
        for unit, (k, coefficients) in zip(units, enumerate(found), strict=True):
            members = np.array(rows[unit], np.int32)
            if errors[k] <= GOOD_FIT:
                self._polynomials(members, np.repeat(coefficients[None], len(members), axis=0))
                self.error[members] = errors[k]
            else:
                self._table(members, unit, fits.Frame(frame.centre[k : k + 1], frame.spread[k : k + 1]))
            self.location[members] += self.scale[members] * frame.centre[k]
            self.scale[members] *= frame.spread[k]

    def _table(self, at: _Indices, unit: Distribution, frame: fits.Frame) -> None:
        pieces = fits.tables(frame.inside(_exact([unit], fits.TABLE_POINTS)))
        self.kind[at] = kernel.TABLE
        self.row[at] = sum(map(len, self.tables))
        self.tables.append(pieces)
        self.error[at] = _errors(frame, _exact([unit], fits.CHECKS), kernel.TABLE, pieces)

    def _curves(self) -> kernel.Curves:
        order = np.argsort(self.kind, kind="stable").astype(np.int32)
        first = np.searchsorted(self.kind[order], np.arange(kernel.STEPS + 2)).astype(np.int32)
        cumulative = [np.concatenate([[0.0], step.cumulative()[:-1]]) for step in self.steps]
        return kernel.Curves(
            order,
            first,
            self.row,
            self.location.astype(np.float32),
            self.scale.astype(np.float32),
            self.mode,
            np.concatenate(self.powers),
            np.concatenate(self.tables),
            np.cumsum([0, *(len(step.values) for step in self.steps)]).astype(np.int32),
            thresholds(np.concatenate(cumulative)) if cumulative else np.zeros(0, np.float32),
            self.step_values().astype(np.float32),
        )


def _exact(units: Sequence[Distribution], z: Floats) -> Floats:
    """Return the exact quantiles (float64[m, k]) of distributions at normal scores."""
    from scipy import special  # slow to import, and not needed by the usual families

    u = special.ndtr(z)
    return np.stack([unit.quantile(u) for unit in units])


def _errors(frame: fits.Frame, checks: Floats, kind: int, fitted: npt.NDArray[np.float32]) -> Floats:
    """Return the worst errors (float64[m]) of curves as the kernel evaluates them, in standard deviations."""
    m = len(fitted)
    first = np.where(np.arange(kernel.STEPS + 2) > kind, m, 0).astype(np.int32)
    order, none = np.arange(m, dtype=np.int32), np.zeros((0,), np.float32)
    flat = np.zeros(m, np.float32)
    powers, tables = (fitted, none) if kind == kernel.POLYNOMIAL else (none, fitted)
    curves = kernel.Curves(order, first, order, flat, flat + 1, flat, powers, tables, np.zeros(1, np.int32), none, none)
    z = np.repeat(fits.CHECKS[None], m, axis=0).astype(np.float32)
    out = np.empty_like(z)
    kernel.evaluate(curves, z, out)
    worst = np.abs(out - frame.inside(checks)).max(axis=1)
    return np.asarray(worst * frame.spread / fits.deviation(checks))
