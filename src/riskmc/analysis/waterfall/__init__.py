"""Waterfall: from the deterministic date and cost to P80 in steps that add up exactly."""

from riskmc.analysis.waterfall.result import Step, Waterfall
from riskmc.analysis.waterfall.stacking import waterfall

__all__ = ["Step", "Waterfall", "waterfall"]
