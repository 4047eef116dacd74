"""Empirical distribution: observed values, each as likely as any other; nothing between them is invented."""

from __future__ import annotations

from riskmc.distributions.base import Distribution
from riskmc.distributions.discrete import of_weights
from riskmc.distributions.parameters import Parameters
from riskmc.errors import ArgumentError


def empirical(parameters: Parameters) -> Distribution:
    """Return ``empirical(12 15 15 22)`` of repeated ("value", v): a discrete distribution of the values seen."""
    if not parameters or any(name != "value" for name, _ in parameters):
        raise ArgumentError("empirical takes one or more values: empirical(12 15 15 22)")
    return of_weights((value, 1.0) for _, value in parameters)
