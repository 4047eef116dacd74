"""riskmc: program risk simulation. When will it finish, what will it cost, and how sure are we?

    import riskmc as rm

    program = rm.read("program.yaml")
    base = rm.simulate(program)
    base.finish().quantile(0.80)

Every public name is imported on first use, so that ``import riskmc`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.doors import door
from riskmc.version import VERSION as __version__

if TYPE_CHECKING:
    from riskmc import io, live, plot, reports
    from riskmc.analysis.capacity import Capacity, capacity
    from riskmc.analysis.cash import CashFlow, cash_flow
    from riskmc.analysis.check import Finding, Findings, check
    from riskmc.analysis.comparison import Comparison, compare
    from riskmc.analysis.contingency import Contingency, contingency
    from riskmc.analysis.convergence import Convergence, convergence
    from riskmc.analysis.criticality import criticality
    from riskmc.analysis.crosscheck import Crosscheck, crosscheck
    from riskmc.analysis.diagnosis import Diagnosis, diagnose
    from riskmc.analysis.diff import ProgramDiff, diff
    from riskmc.analysis.drivers import Drivers, drivers
    from riskmc.analysis.earned_value import EarnedValue, earned_value
    from riskmc.analysis.item_flow import ItemFlow, cumulative_flow
    from riskmc.analysis.joint import joint_confidence
    from riskmc.analysis.joint_curves import JointCurves, joint_curves
    from riskmc.analysis.kept_delays import keep_delays
    from riskmc.analysis.outside_view import OutsideView, outside_view
    from riskmc.analysis.paths import Path, Paths, paths
    from riskmc.analysis.ranges import RangeTable, range_table, ranges
    from riskmc.analysis.reference_class import ReferenceClass, reference_class
    from riskmc.analysis.responses import ResponseFrontier, Responses, response_frontier, responses
    from riskmc.analysis.risk_matrix import RiskMatrix, risk_matrix
    from riskmc.analysis.sensitivity import Sensitivity, VarianceShares, sensitivity, variance_shares
    from riskmc.analysis.value import DelayCosts, Funding, Value, cost_of_delay, fund, value
    from riskmc.analysis.verification import Verification, verify
    from riskmc.analysis.waterfall import Waterfall, waterfall
    from riskmc.errors import ArgumentError, InputError, Problem, ProgramError, RiskmcError, UnsupportedError
    from riskmc.forecast import Forecast, Probability
    from riskmc.io import read
    from riskmc.io.register.reader import read_register
    from riskmc.live.explorer import explore
    from riskmc.program import (
        Activity,
        Approval,
        Backlog,
        Calendar,
        Condition,
        Constraint,
        Correlation,
        Cost,
        CostItem,
        Driver,
        Estimate,
        Impact,
        LevelOfEffort,
        Link,
        Moment,
        Policy,
        Program,
        Progress,
        Project,
        QualityGate,
        Quantity,
        RangeRule,
        Resource,
        Response,
        Risk,
        Scenario,
        ScopeGrowth,
        Size,
        Stage,
        Target,
        Team,
        Template,
    )
    from riskmc.program.options import with_options
    from riskmc.reports.answers.conversion import convert
    from riskmc.reports.report import report
    from riskmc.simulation.engine import needed_engine, simulate
    from riskmc.simulation.hooks import (
        AddUnits,
        Crash,
        NormalHours,
        Overtime,
        PolicyError,
        PolicyView,
        Prioritise,
        policy,
    )
    from riskmc.simulation.replays import Iteration, iteration
    from riskmc.simulation.trials import Trials

__all__ = [
    "Activity",
    "AddUnits",
    "Approval",
    "ArgumentError",
    "Backlog",
    "Calendar",
    "Capacity",
    "CashFlow",
    "Comparison",
    "Condition",
    "Constraint",
    "Contingency",
    "Convergence",
    "Correlation",
    "Cost",
    "CostItem",
    "Crash",
    "Crosscheck",
    "DelayCosts",
    "Diagnosis",
    "Driver",
    "Drivers",
    "EarnedValue",
    "Estimate",
    "Finding",
    "Findings",
    "Forecast",
    "Funding",
    "Impact",
    "InputError",
    "ItemFlow",
    "Iteration",
    "JointCurves",
    "LevelOfEffort",
    "Link",
    "Moment",
    "NormalHours",
    "OutsideView",
    "Overtime",
    "Path",
    "Paths",
    "Policy",
    "PolicyError",
    "PolicyView",
    "Prioritise",
    "Probability",
    "Problem",
    "Program",
    "ProgramDiff",
    "ProgramError",
    "Progress",
    "Project",
    "QualityGate",
    "Quantity",
    "RangeRule",
    "RangeTable",
    "ReferenceClass",
    "Resource",
    "Response",
    "ResponseFrontier",
    "Responses",
    "Risk",
    "RiskMatrix",
    "RiskmcError",
    "Scenario",
    "ScopeGrowth",
    "Sensitivity",
    "Size",
    "Stage",
    "Target",
    "Team",
    "Template",
    "Trials",
    "UnsupportedError",
    "Value",
    "VarianceShares",
    "Verification",
    "Waterfall",
    "__version__",
    "capacity",
    "cash_flow",
    "check",
    "compare",
    "contingency",
    "convergence",
    "convert",
    "cost_of_delay",
    "criticality",
    "crosscheck",
    "cumulative_flow",
    "diagnose",
    "diff",
    "drivers",
    "earned_value",
    "explore",
    "fund",
    "io",
    "iteration",
    "joint_confidence",
    "joint_curves",
    "keep_delays",
    "live",
    "needed_engine",
    "outside_view",
    "paths",
    "plot",
    "policy",
    "range_table",
    "ranges",
    "read",
    "read_register",
    "reference_class",
    "report",
    "reports",
    "response_frontier",
    "responses",
    "risk_matrix",
    "sensitivity",
    "simulate",
    "value",
    "variance_shares",
    "verify",
    "waterfall",
    "with_options",
]

_HOMES = {
    "analysis.capacity": ("Capacity", "capacity"),
    "analysis.cash": ("CashFlow", "cash_flow"),
    "analysis.check": ("Finding", "Findings", "check"),
    "analysis.comparison": ("Comparison", "compare"),
    "analysis.convergence": ("Convergence", "convergence"),
    "analysis.contingency": ("Contingency", "contingency"),
    "analysis.criticality": ("criticality",),
    "analysis.diff": ("ProgramDiff", "diff"),
    "analysis.crosscheck": ("Crosscheck", "crosscheck"),
    "analysis.diagnosis": ("Diagnosis", "diagnose"),
    "analysis.drivers": ("Drivers", "drivers"),
    "analysis.kept_delays": ("keep_delays",),
    "analysis.earned_value": ("EarnedValue", "earned_value"),
    "analysis.item_flow": ("ItemFlow", "cumulative_flow"),
    "analysis.joint": ("joint_confidence",),
    "analysis.joint_curves": ("JointCurves", "joint_curves"),
    "analysis.outside_view": ("OutsideView", "outside_view"),
    "analysis.paths": ("Path", "Paths", "paths"),
    "analysis.ranges": ("RangeTable", "range_table", "ranges"),
    "analysis.reference_class": ("ReferenceClass", "reference_class"),
    "analysis.responses": ("ResponseFrontier", "Responses", "response_frontier", "responses"),
    "analysis.risk_matrix": ("RiskMatrix", "risk_matrix"),
    "analysis.sensitivity": ("Sensitivity", "VarianceShares", "sensitivity", "variance_shares"),
    "analysis.value": ("DelayCosts", "Funding", "Value", "cost_of_delay", "fund", "value"),
    "analysis.waterfall": ("Waterfall", "waterfall"),
    "analysis.verification": ("Verification", "verify"),
    "errors": ("ArgumentError", "InputError", "Problem", "ProgramError", "RiskmcError", "UnsupportedError"),
    "forecast": ("Forecast", "Probability"),
    "io": ("read",),
    "live.explorer": ("explore",),
    "io.register.reader": ("read_register",),
    "program": (
        "Activity",
        "Approval",
        "Backlog",
        "Calendar",
        "Condition",
        "Constraint",
        "Correlation",
        "Cost",
        "CostItem",
        "Driver",
        "Estimate",
        "Impact",
        "LevelOfEffort",
        "Link",
        "Moment",
        "Policy",
        "Program",
        "Progress",
        "Project",
        "QualityGate",
        "Quantity",
        "RangeRule",
        "Resource",
        "Response",
        "Risk",
        "Scenario",
        "ScopeGrowth",
        "Size",
        "Stage",
        "Target",
        "Team",
        "Template",
    ),
    "program.options": ("with_options",),
    "reports.answers.conversion": ("convert",),
    "reports.report": ("report",),
    "simulation.hooks": (
        "AddUnits",
        "Crash",
        "NormalHours",
        "Overtime",
        "PolicyError",
        "PolicyView",
        "Prioritise",
        "policy",
    ),
    "simulation.engine": ("needed_engine", "simulate"),
    "simulation.replays": ("Iteration", "iteration"),
    "simulation.trials": ("Trials",),
}


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # else every misspelt name would pass the type checker
    __getattr__ = door(__name__, _HOMES, globals(), ("io", "live", "plot", "reports"))
