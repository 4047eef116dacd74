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
    from riskmc import io, plot, reports
    from riskmc.analysis.check import Finding, Findings, check
    from riskmc.analysis.comparison import Comparison, compare
    from riskmc.analysis.criticality import criticality
    from riskmc.analysis.joint import joint_confidence
    from riskmc.analysis.kept_delays import keep_delays
    from riskmc.analysis.ranges import RangeTable, range_table, ranges
    from riskmc.analysis.verification import Verification, verify
    from riskmc.errors import ArgumentError, InputError, Problem, ProgramError, RiskmcError, UnsupportedError
    from riskmc.forecast import Forecast, Probability
    from riskmc.io import read
    from riskmc.io.register.reader import read_register
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
    from riskmc.program.options import with_options
    from riskmc.reports.conversion import convert
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
    "Verification",
    "__version__",
    "check",
    "compare",
    "convert",
    "criticality",
    "io",
    "joint_confidence",
    "keep_delays",
    "plot",
    "range_table",
    "ranges",
    "read",
    "read_register",
    "reports",
    "simulate",
    "verify",
    "with_options",
]

_HOMES = {
    "analysis.check": ("Finding", "Findings", "check"),
    "analysis.comparison": ("Comparison", "compare"),
    "analysis.criticality": ("criticality",),
    "analysis.kept_delays": ("keep_delays",),
    "analysis.joint": ("joint_confidence",),
    "analysis.ranges": ("RangeTable", "range_table", "ranges"),
    "analysis.verification": ("Verification", "verify"),
    "errors": ("ArgumentError", "InputError", "Problem", "ProgramError", "RiskmcError", "UnsupportedError"),
    "forecast": ("Forecast", "Probability"),
    "io": ("read",),
    "io.register.reader": ("read_register",),
    "program": (
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
    "program.options": ("with_options",),
    "reports.conversion": ("convert",),
    "simulation.engine": ("simulate",),
    "simulation.trials": ("Trials",),
}


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # else every misspelt name would pass the type checker
    __getattr__ = door(__name__, _HOMES, globals(), ("io", "plot", "reports"))
