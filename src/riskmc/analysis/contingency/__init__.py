"""Contingency: what P80 needs on top of the base in days and money, what is held, whose it is, and until when."""

from riskmc.analysis.contingency.allocation import Allocation
from riskmc.analysis.contingency.drawdown import Drawdown
from riskmc.analysis.contingency.requirement import Contingency, contingency

__all__ = ["Allocation", "Contingency", "Drawdown", "contingency"]
