"""The nouns of a program: frozen, checked, and built from the same words in Python as in a program file."""

from riskmc.program.activity import Activity, Constraint, LevelOfEffort, Progress, Span
from riskmc.program.approval import Approval
from riskmc.program.calendar import Calendar, CalendarException, Shift, Weather
from riskmc.program.chance import Chance
from riskmc.program.condition import Condition
from riskmc.program.cost import CostItem
from riskmc.program.estimate import Cost, Estimate
from riskmc.program.finance import Benefit, Confidence, DiscountRate, Escalation, FundingRule, Payments, ReleasedBy
from riskmc.program.link import Link
from riskmc.program.moment import Moment
from riskmc.program.policy import Action, AddUnits, Crash, Overtime, Policy, Trigger
from riskmc.program.preemption import Preemption
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.quality_gate import QualityGate
from riskmc.program.quantity import Quantity, Rate, Size
from riskmc.program.register import Register
from riskmc.program.resource import Resource
from riskmc.program.response import Response, ResponseActivity, RiskChange
from riskmc.program.risk import Arrivals, Impact, Risk, Window
from riskmc.program.scale import Scales
from riskmc.program.scenario import Scenario
from riskmc.program.scope import ScopeGrowth
from riskmc.program.sections import Sections
from riskmc.program.selector import select
from riskmc.program.staffing import Outages, RampUp, Turnover
from riskmc.program.target import Target
from riskmc.program.team import Backlog, Stage, Team
from riskmc.program.uncertainty import Correlation, Driver, RangeRule, Template

__all__ = [
    "Action",
    "Activity",
    "AddUnits",
    "Approval",
    "Arrivals",
    "Backlog",
    "Benefit",
    "Calendar",
    "CalendarException",
    "Chance",
    "Condition",
    "Confidence",
    "Constraint",
    "Correlation",
    "Cost",
    "CostItem",
    "Crash",
    "DiscountRate",
    "Driver",
    "Escalation",
    "Estimate",
    "FundingRule",
    "Impact",
    "LevelOfEffort",
    "Link",
    "Moment",
    "Outages",
    "Overtime",
    "Payments",
    "Policy",
    "Preemption",
    "Program",
    "Progress",
    "Project",
    "QualityGate",
    "Quantity",
    "RampUp",
    "RangeRule",
    "Rate",
    "Register",
    "ReleasedBy",
    "Resource",
    "Response",
    "ResponseActivity",
    "Risk",
    "RiskChange",
    "Scales",
    "Scenario",
    "ScopeGrowth",
    "Sections",
    "Shift",
    "Size",
    "Span",
    "Stage",
    "Target",
    "Team",
    "Template",
    "Trigger",
    "Turnover",
    "Weather",
    "Window",
    "select",
]
