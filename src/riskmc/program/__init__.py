"""The nouns of a program: frozen, checked, and built from the same words in Python as in a program file."""

from riskmc.program.activity import Activity, Constraint, LevelOfEffort, Progress, QualityGate, Span
from riskmc.program.calendar import Calendar, CalendarException, Shift, Weather
from riskmc.program.condition import Condition
from riskmc.program.cost import CostItem
from riskmc.program.estimate import Cost, Estimate
from riskmc.program.finance import Benefit, Confidence, DiscountRate, Escalation, Payments, ReleasedBy
from riskmc.program.link import Link
from riskmc.program.moment import Moment
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.quantity import Quantity, Rate, Size
from riskmc.program.register import Register
from riskmc.program.resource import Resource
from riskmc.program.response import Response, ResponseActivity, RiskChange
from riskmc.program.risk import Arrivals, Impact, Risk, Window
from riskmc.program.scale import Scales
from riskmc.program.scenario import Scenario
from riskmc.program.sections import Sections
from riskmc.program.selector import select
from riskmc.program.target import Target
from riskmc.program.uncertainty import Correlation, Driver, RangeRule, Template

__all__ = [
    "Activity",
    "Arrivals",
    "Benefit",
    "Calendar",
    "CalendarException",
    "Condition",
    "Confidence",
    "Constraint",
    "Correlation",
    "Cost",
    "CostItem",
    "DiscountRate",
    "Driver",
    "Escalation",
    "Estimate",
    "Impact",
    "LevelOfEffort",
    "Link",
    "Moment",
    "Payments",
    "Program",
    "Progress",
    "Project",
    "QualityGate",
    "Quantity",
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
    "Sections",
    "Shift",
    "Size",
    "Span",
    "Target",
    "Template",
    "Weather",
    "Window",
    "select",
]
