"""Cash: what is spent and paid by month, quarter or year, in constant and then-year money, and against funding."""

from riskmc.analysis.cash.escalated import Escalated
from riskmc.analysis.cash.flow import CashFlow, cash_flow
from riskmc.analysis.cash.funding import FundingYear
from riskmc.analysis.cash.peak import Peak

__all__ = ["CashFlow", "Escalated", "FundingYear", "Peak", "cash_flow"]
