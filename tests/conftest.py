"""Hypothesis draws the same examples in every run: a red test is a fault, never bad luck; longer hunts go by hand."""

from hypothesis import settings

settings.register_profile("riskmc", deadline=None, derandomize=True)
settings.load_profile("riskmc")
