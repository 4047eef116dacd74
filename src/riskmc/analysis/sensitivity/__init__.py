"""Sensitivity of finish and cost: indices of activities, merge delays, shares of the variance."""

from riskmc.analysis.sensitivity.activities import Sensitivity, sensitivity
from riskmc.analysis.sensitivity.variance import VarianceShares, variance_shares

__all__ = ["Sensitivity", "VarianceShares", "sensitivity", "variance_shares"]
