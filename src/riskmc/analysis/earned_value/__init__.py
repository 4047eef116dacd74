"""Earned value: what was planned, earned and spent by the data date, and what that says of finish and cost."""

from riskmc.analysis.earned_value.measures import Measures, Timing, earned_schedule
from riskmc.analysis.earned_value.result import EarnedValue, earned_value

__all__ = ["EarnedValue", "Measures", "Timing", "earned_schedule", "earned_value"]
