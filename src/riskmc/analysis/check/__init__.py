"""Check: what is wrong, doubtful or worth knowing in a program (one rule, one generator), and what it does to P80."""

from riskmc.analysis.check.checking import check
from riskmc.analysis.check.finding import Effect, Finding
from riskmc.analysis.check.findings import Findings

__all__ = ["Effect", "Finding", "Findings", "check"]
