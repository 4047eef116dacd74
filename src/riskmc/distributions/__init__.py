"""Distributions: exact quantile functions in plain numbers, from a closed vocabulary."""

from riskmc.distributions.base import Distribution, Standard
from riskmc.distributions.factory import distribution, elicited
from riskmc.distributions.scaled import scaled

__all__ = ["Distribution", "Standard", "distribution", "elicited", "scaled"]
