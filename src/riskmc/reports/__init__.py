"""Reports: the printed answer, the JSON record, the page and the pictures, and where they are written.

Each name is imported on first use: a forecast does not wait for the check, nor a check for the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.doors import door

if TYPE_CHECKING:
    from riskmc.reports.answers.capacity import tell_capacity
    from riskmc.reports.answers.cash import tell_cash
    from riskmc.reports.answers.check import tell_check
    from riskmc.reports.answers.comparison import tell_comparison
    from riskmc.reports.answers.contingency import tell_contingency
    from riskmc.reports.answers.convergence import tell_convergence
    from riskmc.reports.answers.conversion import tell_conversion
    from riskmc.reports.answers.crosscheck import tell_crosscheck, with_crosscheck
    from riskmc.reports.answers.diagnosis import tell_diagnosis
    from riskmc.reports.answers.diff import tell_diff
    from riskmc.reports.answers.drivers import tell_drivers
    from riskmc.reports.answers.earned_value import tell_earned_value
    from riskmc.reports.answers.forecast import tell
    from riskmc.reports.answers.iteration import tell_iteration
    from riskmc.reports.answers.joint import tell_joint
    from riskmc.reports.answers.matrix import tell_matrix
    from riskmc.reports.answers.outside_view import tell_outside
    from riskmc.reports.answers.paths import tell_paths
    from riskmc.reports.answers.ranges import compose_ranges, dumps_ranges, ranges_csv, tell_ranges
    from riskmc.reports.answers.register import compose_register, dumps_register, tell_register
    from riskmc.reports.answers.responses import tell_responses
    from riskmc.reports.answers.sensitivity import tell_sensitivity
    from riskmc.reports.answers.value import ValueAnswer, tell_value
    from riskmc.reports.answers.verification import tell_verification
    from riskmc.reports.answers.waterfall import tell_waterfall
    from riskmc.reports.destination import STANDARD_OUTPUT, check_destination, check_folder, write_whole
    from riskmc.reports.document.opening import headline
    from riskmc.reports.document.pictures import pictures_of, write_drawn, write_pictures
    from riskmc.reports.forecast_page import page, write_page
    from riskmc.reports.plan_copy import check_plan_copy, check_plan_kept, fill_plan_copy
    from riskmc.reports.records.capacity import compose_capacity, dumps_capacity
    from riskmc.reports.records.cash import compose_cash, dumps_cash
    from riskmc.reports.records.check import compose_check, dumps_check
    from riskmc.reports.records.comparison import compose_comparison, dumps_comparison
    from riskmc.reports.records.contingency import compose_contingency, dumps_contingency
    from riskmc.reports.records.convergence import compose_convergence, dumps_convergence
    from riskmc.reports.records.crosscheck import compose_crosscheck, dumps_crosscheck
    from riskmc.reports.records.diagnosis import compose_diagnosis, dumps_diagnosis
    from riskmc.reports.records.diff import compose_diff, dumps_diff
    from riskmc.reports.records.drivers import compose_drivers, dumps_drivers
    from riskmc.reports.records.earned_value import compose_earned_value, dumps_earned_value
    from riskmc.reports.records.forecast import compose, dumps
    from riskmc.reports.records.iteration import compose_iteration, dumps_iteration
    from riskmc.reports.records.joint import compose_joint, dumps_joint
    from riskmc.reports.records.matrix import compose_matrix, dumps_matrix
    from riskmc.reports.records.outside_view import compose_outside, dumps_outside
    from riskmc.reports.records.paths import compose_paths, dumps_paths
    from riskmc.reports.records.responses import compose_responses, dumps_responses
    from riskmc.reports.records.sensitivity import compose_sensitivity, dumps_sensitivity
    from riskmc.reports.records.value import compose_value, dumps_value
    from riskmc.reports.records.verification import compose_verification, dumps_verification
    from riskmc.reports.records.waterfall import compose_waterfall, dumps_waterfall
    from riskmc.reports.report import format_of
    from riskmc.reports.theme.file import read_theme
    from riskmc.reports.theme.template import theme_text
    from riskmc.reports.theme.theme import PLAIN, Theme

__all__ = [
    "PLAIN",
    "STANDARD_OUTPUT",
    "Theme",
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
    "format_of",
    "headline",
    "page",
    "pictures_of",
    "ranges_csv",
    "read_theme",
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
    "theme_text",
    "with_crosscheck",
    "write_drawn",
    "write_page",
    "write_pictures",
    "write_whole",
]

_HOMES = {
    "answers.forecast": ("tell",),
    "answers.capacity": ("tell_capacity",),
    "records.capacity": ("compose_capacity", "dumps_capacity"),
    "answers.cash": ("tell_cash",),
    "records.cash": ("compose_cash", "dumps_cash"),
    "answers.check": ("tell_check",),
    "records.check": (
        "compose_check",
        "dumps_check",
    ),
    "answers.comparison": ("tell_comparison",),
    "records.comparison": (
        "compose_comparison",
        "dumps_comparison",
    ),
    "answers.convergence": ("tell_convergence",),
    "records.convergence": ("compose_convergence", "dumps_convergence"),
    "answers.contingency": ("tell_contingency",),
    "records.contingency": ("compose_contingency", "dumps_contingency"),
    "answers.conversion": ("tell_conversion",),
    "document.opening": ("headline",),
    "report": ("format_of",),
    "theme.file": ("read_theme",),
    "theme.template": ("theme_text",),
    "theme.theme": ("PLAIN", "Theme"),
    "destination": (
        "STANDARD_OUTPUT",
        "check_destination",
        "check_folder",
        "write_whole",
    ),
    "answers.crosscheck": ("tell_crosscheck", "with_crosscheck"),
    "records.crosscheck": ("compose_crosscheck", "dumps_crosscheck"),
    "answers.diagnosis": ("tell_diagnosis",),
    "records.diagnosis": ("compose_diagnosis", "dumps_diagnosis"),
    "answers.drivers": ("tell_drivers",),
    "records.drivers": ("compose_drivers", "dumps_drivers"),
    "answers.diff": ("tell_diff",),
    "records.diff": ("compose_diff", "dumps_diff"),
    "answers.joint": ("tell_joint",),
    "records.joint": ("compose_joint", "dumps_joint"),
    "answers.matrix": ("tell_matrix",),
    "records.matrix": ("compose_matrix", "dumps_matrix"),
    "answers.earned_value": ("tell_earned_value",),
    "records.earned_value": ("compose_earned_value", "dumps_earned_value"),
    "answers.outside_view": ("tell_outside",),
    "records.outside_view": ("compose_outside", "dumps_outside"),
    "forecast_page": (
        "page",
        "write_page",
    ),
    "document.pictures": ("pictures_of", "write_drawn", "write_pictures"),
    "plan_copy": (
        "check_plan_copy",
        "check_plan_kept",
        "fill_plan_copy",
    ),
    "answers.ranges": (
        "compose_ranges",
        "dumps_ranges",
        "ranges_csv",
        "tell_ranges",
    ),
    "records.forecast": (
        "compose",
        "dumps",
    ),
    "answers.register": ("compose_register", "dumps_register", "tell_register"),
    "answers.responses": ("tell_responses",),
    "records.responses": ("compose_responses", "dumps_responses"),
    "answers.value": ("ValueAnswer", "tell_value"),
    "records.value": ("compose_value", "dumps_value"),
    "answers.verification": ("tell_verification",),
    "records.verification": (
        "compose_verification",
        "dumps_verification",
    ),
    "answers.waterfall": ("tell_waterfall",),
    "records.waterfall": ("compose_waterfall", "dumps_waterfall"),
    "answers.iteration": ("tell_iteration",),
    "records.iteration": ("compose_iteration", "dumps_iteration"),
    "answers.paths": ("tell_paths",),
    "records.paths": ("compose_paths", "dumps_paths"),
    "answers.sensitivity": ("tell_sensitivity",),
    "records.sensitivity": ("compose_sensitivity", "dumps_sensitivity"),
}


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # else every misspelt name would pass the type checker
    __getattr__ = door(__name__, _HOMES, globals())
