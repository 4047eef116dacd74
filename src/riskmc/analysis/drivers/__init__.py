"""Drivers: what makes the program late and dear: shares of the risks, and what is gained without each source."""

from riskmc.analysis.drivers.ranking import drivers
from riskmc.analysis.drivers.result import Driver, Drivers

__all__ = ["Driver", "Drivers", "drivers"]
