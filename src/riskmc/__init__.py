"""riskmc: program risk simulation. When will it finish, what will it cost, and how sure are we?

    import riskmc as rm

    program = rm.read("program.yaml")
    base = rm.simulate(program)
    base.finish().quantile(0.80)

Every public name is imported on first use, so that ``import riskmc`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from riskmc.version import VERSION as __version__

if TYPE_CHECKING:
    from riskmc import io, plot, reports
    from riskmc.analysis.check import Finding, Findings, check
    from riskmc.analysis.comparison import Comparison, compare
    from riskmc.analysis.criticality import criticality
    from riskmc.analysis.joint import joint_confidence
    from riskmc.analysis.ranges import RangeTable, range_table, ranges
    from riskmc.errors import ArgumentError, InputError, Problem, ProgramError, RiskmcError, UnsupportedError
    from riskmc.forecast import Forecast, Probability
    from riskmc.io import read
    from riskmc.program import (
        Activity,
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
        Program,
        Progress,
        Project,
        Quantity,
        RangeRule,
        Resource,
        Response,
        Risk,
        Scenario,
        Size,
        Target,
        Template,
    )
    from riskmc.simulation.engine import simulate
    from riskmc.simulation.trials import Trials

__all__ = [
    "Activity",
    "ArgumentError",
    "Calendar",
    "Comparison",
    "Condition",
    "Constraint",
    "Correlation",
    "Cost",
    "CostItem",
    "Driver",
    "Estimate",
    "Finding",
    "Findings",
    "Forecast",
    "Impact",
    "InputError",
    "LevelOfEffort",
    "Link",
    "Moment",
    "Probability",
    "Problem",
    "Program",
    "ProgramError",
    "Progress",
    "Project",
    "Quantity",
    "RangeRule",
    "RangeTable",
    "Resource",
    "Response",
    "Risk",
    "RiskmcError",
    "Scenario",
    "Size",
    "Target",
    "Template",
    "Trials",
    "UnsupportedError",
    "__version__",
    "check",
    "compare",
    "criticality",
    "io",
    "joint_confidence",
    "plot",
    "range_table",
    "ranges",
    "read",
    "reports",
    "simulate",
]

_HOMES = {
    "riskmc.analysis.check": ("Finding", "Findings", "check"),
    "riskmc.analysis.comparison": ("Comparison", "compare"),
    "riskmc.analysis.criticality": ("criticality",),
    "riskmc.analysis.joint": ("joint_confidence",),
    "riskmc.analysis.ranges": ("RangeTable", "range_table", "ranges"),
    "riskmc.errors": ("ArgumentError", "InputError", "Problem", "ProgramError", "RiskmcError", "UnsupportedError"),
    "riskmc.forecast": ("Forecast", "Probability"),
    "riskmc.io": ("read",),
    "riskmc.program": (
        "Activity",
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
        "Program",
        "Progress",
        "Project",
        "Quantity",
        "RangeRule",
        "Resource",
        "Response",
        "Risk",
        "Scenario",
        "Size",
        "Target",
        "Template",
    ),
    "riskmc.simulation.engine": ("simulate",),
    "riskmc.simulation.trials": ("Trials",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
_PARTS = ("io", "plot", "reports")


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # else every misspelt name would pass the type checker

    def __getattr__(name: str) -> object:
        if name in _PARTS:
            return import_module(f"riskmc.{name}")
        if name in _HOME:
            globals()[name] = found = getattr(import_module(_HOME[name]), name)
            return found
        raise AttributeError(f"module 'riskmc' has no attribute {name!r}")
