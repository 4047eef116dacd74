"""From a family's name and parameters to a distribution: the closed vocabulary of the program file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from riskmc.distributions.base import Distribution
from riskmc.distributions.beta import beta
from riskmc.distributions.clipped import clipped
from riskmc.distributions.constant import constant
from riskmc.distributions.discrete import discrete
from riskmc.distributions.empirical import empirical
from riskmc.distributions.exponential import exponential
from riskmc.distributions.gamma import gamma
from riskmc.distributions.lognormal import lognormal
from riskmc.distributions.normal import normal
from riskmc.distributions.parameters import Parameters
from riskmc.distributions.pert import pert
from riskmc.distributions.scipy_family import scipy_family
from riskmc.distributions.triangular import triangular, trigen
from riskmc.distributions.uniform import uniform
from riskmc.distributions.weibull import weibull
from riskmc.errors import ArgumentError

FAMILIES: Mapping[str, Callable[[Parameters], Distribution]] = {
    "constant": constant,
    "uniform": uniform,
    "triangular": triangular,
    "trigen": trigen,
    "pert": pert,
    "normal": normal,
    "lognormal": lognormal,
    "beta": beta,
    "gamma": gamma,
    "weibull": weibull,
    "exponential": exponential,
    "discrete": discrete,
    "empirical": empirical,
}
READINGS: Mapping[str, tuple[str, str] | None] = {
    "min-max": None,
    "p5-p95": ("p5", "p95"),
    "p10-p90": ("p10", "p90"),
    "p15-p85": ("p15", "p85"),
}
_READ_BY_PERCENTILES = ("uniform", "triangular", "pert")


def distribution(family: str, parameters: Parameters, clip: tuple[float, float] | None = None) -> Distribution:
    """Return the distribution ``family(parameters)``, truncated to ``clip`` where given.

    Parameters are (name, number) pairs; "discrete" takes alternating ("value", v), ("probability", p), "empirical"
    repeated ("value", v); a family outside the vocabulary is looked up in scipy.stats. Raises ArgumentError with the
    rule that is broken and the values.
    """
    build = FAMILIES.get(family)
    base = build(parameters) if build is not None else scipy_family(family, parameters)
    return base if clip is None else clipped(base, *clip)


def elicited(
    family: str, parameters: Parameters, reading: str | None, clip: tuple[float, float] | None = None
) -> Distribution:
    """Return the distribution with low and high read as ``reading`` says: "p10-p90" makes them percentiles (rule K8).

    Applies to uniform, triangular and pert given by low and high; others, and "min-max" or None, are taken as they
    stand.
    """
    if reading is not None and reading not in READINGS:
        raise ArgumentError(f"elicited_as is one of {', '.join(READINGS)}, got {reading!r}")
    names = READINGS[reading] if reading is not None else None
    if names is None or family not in _READ_BY_PERCENTILES:
        return distribution(family, parameters, clip)
    renamed = {"low": names[0], "high": names[1]}
    return distribution(family, [(renamed.get(name, name), value) for name, value in parameters], clip)
