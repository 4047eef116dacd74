"""Reports: the printed answer, the JSON record, the page and the pictures, and where they are written.

Each name is imported on first use: a forecast does not wait for the check, nor a check for the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.doors import door

if TYPE_CHECKING:
    from riskmc.reports.answer import tell
    from riskmc.reports.capacity_answer import tell_capacity
    from riskmc.reports.capacity_record import compose_capacity, dumps_capacity
    from riskmc.reports.cash_answer import tell_cash
    from riskmc.reports.cash_record import compose_cash, dumps_cash
    from riskmc.reports.check import tell_check
    from riskmc.reports.check_record import compose_check, dumps_check
    from riskmc.reports.comparison_answer import tell_comparison
    from riskmc.reports.comparison_record import compose_comparison, dumps_comparison
    from riskmc.reports.contingency_answer import tell_contingency
    from riskmc.reports.contingency_record import compose_contingency, dumps_contingency
    from riskmc.reports.convergence_answer import tell_convergence
    from riskmc.reports.convergence_record import compose_convergence, dumps_convergence
    from riskmc.reports.conversion import tell_conversion
    from riskmc.reports.crosscheck_answer import tell_crosscheck, with_crosscheck
    from riskmc.reports.crosscheck_record import compose_crosscheck, dumps_crosscheck
    from riskmc.reports.destination import STANDARD_OUTPUT, check_destination, check_folder, write_whole
    from riskmc.reports.diagnosis_answer import tell_diagnosis
    from riskmc.reports.diagnosis_record import compose_diagnosis, dumps_diagnosis
    from riskmc.reports.diff_answer import tell_diff
    from riskmc.reports.diff_record import compose_diff, dumps_diff
    from riskmc.reports.drivers_answer import tell_drivers
    from riskmc.reports.drivers_record import compose_drivers, dumps_drivers
    from riskmc.reports.earned_value_answer import tell_earned_value
    from riskmc.reports.earned_value_record import compose_earned_value, dumps_earned_value
    from riskmc.reports.iteration_answer import tell_iteration
    from riskmc.reports.iteration_record import compose_iteration, dumps_iteration
    from riskmc.reports.joint_answer import tell_joint
    from riskmc.reports.joint_record import compose_joint, dumps_joint
    from riskmc.reports.matrix_answer import tell_matrix
    from riskmc.reports.matrix_record import compose_matrix, dumps_matrix
    from riskmc.reports.outside_answer import tell_outside
    from riskmc.reports.outside_record import compose_outside, dumps_outside
    from riskmc.reports.pages import page, write_page
    from riskmc.reports.paths_answer import tell_paths
    from riskmc.reports.paths_record import compose_paths, dumps_paths
    from riskmc.reports.pictures import pictures_of, write_drawn, write_pictures
    from riskmc.reports.plan_copy import check_plan_copy, check_plan_kept, fill_plan_copy
    from riskmc.reports.ranges import compose_ranges, dumps_ranges, ranges_csv, tell_ranges
    from riskmc.reports.record import compose, dumps
    from riskmc.reports.register import compose_register, dumps_register, tell_register
    from riskmc.reports.responses_answer import tell_responses
    from riskmc.reports.responses_record import compose_responses, dumps_responses
    from riskmc.reports.sensitivity_answer import tell_sensitivity
    from riskmc.reports.sensitivity_record import compose_sensitivity, dumps_sensitivity
    from riskmc.reports.value_answer import ValueAnswer, tell_value
    from riskmc.reports.value_record import compose_value, dumps_value
    from riskmc.reports.verification import tell_verification
    from riskmc.reports.verification_record import compose_verification, dumps_verification
    from riskmc.reports.waterfall_answer import tell_waterfall
    from riskmc.reports.waterfall_record import compose_waterfall, dumps_waterfall

__all__ = [
    "STANDARD_OUTPUT",
    "ValueAnswer",
    "check_destination",
    "check_folder",
    "check_plan_copy",
    "check_plan_kept",
    "compose",
    "compose_capacity",
    "compose_cash",
    "compose_check",
    "compose_comparison",
    "compose_contingency",
    "compose_convergence",
    "compose_crosscheck",
    "compose_diagnosis",
    "compose_diff",
    "compose_drivers",
    "compose_earned_value",
    "compose_iteration",
    "compose_joint",
    "compose_matrix",
    "compose_outside",
    "compose_paths",
    "compose_ranges",
    "compose_register",
    "compose_responses",
    "compose_sensitivity",
    "compose_value",
    "compose_verification",
    "compose_waterfall",
    "dumps",
    "dumps_capacity",
    "dumps_cash",
    "dumps_check",
    "dumps_comparison",
    "dumps_contingency",
    "dumps_convergence",
    "dumps_crosscheck",
    "dumps_diagnosis",
    "dumps_diff",
    "dumps_drivers",
    "dumps_earned_value",
    "dumps_iteration",
    "dumps_joint",
    "dumps_matrix",
    "dumps_outside",
    "dumps_paths",
    "dumps_ranges",
    "dumps_register",
    "dumps_responses",
    "dumps_sensitivity",
    "dumps_value",
    "dumps_verification",
    "dumps_waterfall",
    "fill_plan_copy",
    "page",
    "pictures_of",
    "ranges_csv",
    "tell",
    "tell_capacity",
    "tell_cash",
    "tell_check",
    "tell_comparison",
    "tell_contingency",
    "tell_convergence",
    "tell_conversion",
    "tell_crosscheck",
    "tell_diagnosis",
    "tell_diff",
    "tell_drivers",
    "tell_earned_value",
    "tell_iteration",
    "tell_joint",
    "tell_matrix",
    "tell_outside",
    "tell_paths",
    "tell_ranges",
    "tell_register",
    "tell_responses",
    "tell_sensitivity",
    "tell_value",
    "tell_verification",
    "tell_waterfall",
    "with_crosscheck",
    "write_drawn",
    "write_page",
    "write_pictures",
    "write_whole",
]

_HOMES = {
    "answer": ("tell",),
    "capacity_answer": ("tell_capacity",),
    "capacity_record": ("compose_capacity", "dumps_capacity"),
    "cash_answer": ("tell_cash",),
    "cash_record": ("compose_cash", "dumps_cash"),
    "check": ("tell_check",),
    "check_record": (
        "compose_check",
        "dumps_check",
    ),
    "comparison_answer": ("tell_comparison",),
    "comparison_record": (
        "compose_comparison",
        "dumps_comparison",
    ),
    "convergence_answer": ("tell_convergence",),
    "convergence_record": ("compose_convergence", "dumps_convergence"),
    "contingency_answer": ("tell_contingency",),
    "contingency_record": ("compose_contingency", "dumps_contingency"),
    "conversion": ("tell_conversion",),
    "destination": (
        "STANDARD_OUTPUT",
        "check_destination",
        "check_folder",
        "write_whole",
    ),
    "crosscheck_answer": ("tell_crosscheck", "with_crosscheck"),
    "crosscheck_record": ("compose_crosscheck", "dumps_crosscheck"),
    "diagnosis_answer": ("tell_diagnosis",),
    "diagnosis_record": ("compose_diagnosis", "dumps_diagnosis"),
    "drivers_answer": ("tell_drivers",),
    "drivers_record": ("compose_drivers", "dumps_drivers"),
    "diff_answer": ("tell_diff",),
    "diff_record": ("compose_diff", "dumps_diff"),
    "joint_answer": ("tell_joint",),
    "joint_record": ("compose_joint", "dumps_joint"),
    "matrix_answer": ("tell_matrix",),
    "matrix_record": ("compose_matrix", "dumps_matrix"),
    "earned_value_answer": ("tell_earned_value",),
    "earned_value_record": ("compose_earned_value", "dumps_earned_value"),
    "outside_answer": ("tell_outside",),
    "outside_record": ("compose_outside", "dumps_outside"),
    "pages": (
        "page",
        "write_page",
    ),
    "pictures": ("pictures_of", "write_drawn", "write_pictures"),
    "plan_copy": (
        "check_plan_copy",
        "check_plan_kept",
        "fill_plan_copy",
    ),
    "ranges": (
        "compose_ranges",
        "dumps_ranges",
        "ranges_csv",
        "tell_ranges",
    ),
    "record": (
        "compose",
        "dumps",
    ),
    "register": ("compose_register", "dumps_register", "tell_register"),
    "responses_answer": ("tell_responses",),
    "responses_record": ("compose_responses", "dumps_responses"),
    "value_answer": ("ValueAnswer", "tell_value"),
    "value_record": ("compose_value", "dumps_value"),
    "verification": ("tell_verification",),
    "verification_record": (
        "compose_verification",
        "dumps_verification",
    ),
    "waterfall_answer": ("tell_waterfall",),
    "waterfall_record": ("compose_waterfall", "dumps_waterfall"),
    "iteration_answer": ("tell_iteration",),
    "iteration_record": ("compose_iteration", "dumps_iteration"),
    "paths_answer": ("tell_paths",),
    "paths_record": ("compose_paths", "dumps_paths"),
    "sensitivity_answer": ("tell_sensitivity",),
    "sensitivity_record": ("compose_sensitivity", "dumps_sensitivity"),
}


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # else every misspelt name would pass the type checker
    __getattr__ = door(__name__, _HOMES, globals())
