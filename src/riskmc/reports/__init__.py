"""Reports: the printed answer, the JSON record, the page and the pictures, and where they are written.

Each name is imported on first use: a forecast does not wait for the check, nor a check for the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.doors import door

if TYPE_CHECKING:
    from riskmc.reports.answer import tell
    from riskmc.reports.check import tell_check
    from riskmc.reports.check_record import compose_check, dumps_check
    from riskmc.reports.comparison_answer import tell_comparison
    from riskmc.reports.comparison_record import compose_comparison, dumps_comparison
    from riskmc.reports.conversion import tell_conversion
    from riskmc.reports.destination import STANDARD_OUTPUT, check_destination, check_folder, write_whole
    from riskmc.reports.pages import page, write_page
    from riskmc.reports.pictures import write_pictures
    from riskmc.reports.plan_copy import check_plan_copy, check_plan_kept, fill_plan_copy
    from riskmc.reports.ranges import compose_ranges, dumps_ranges, ranges_csv, tell_ranges
    from riskmc.reports.record import compose, dumps
    from riskmc.reports.register import compose_register, dumps_register, tell_register
    from riskmc.reports.verification import tell_verification
    from riskmc.reports.verification_record import compose_verification, dumps_verification

__all__ = [
    "STANDARD_OUTPUT",
    "check_destination",
    "check_folder",
    "check_plan_copy",
    "check_plan_kept",
    "compose",
    "compose_check",
    "compose_comparison",
    "compose_ranges",
    "compose_register",
    "compose_verification",
    "dumps",
    "dumps_check",
    "dumps_comparison",
    "dumps_ranges",
    "dumps_register",
    "dumps_verification",
    "fill_plan_copy",
    "page",
    "ranges_csv",
    "tell",
    "tell_check",
    "tell_comparison",
    "tell_conversion",
    "tell_ranges",
    "tell_register",
    "tell_verification",
    "write_page",
    "write_pictures",
    "write_whole",
]

_HOMES = {
    "answer": ("tell",),
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
    "conversion": ("tell_conversion",),
    "destination": (
        "STANDARD_OUTPUT",
        "check_destination",
        "check_folder",
        "write_whole",
    ),
    "pages": (
        "page",
        "write_page",
    ),
    "pictures": ("write_pictures",),
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
    "verification": ("tell_verification",),
    "verification_record": (
        "compose_verification",
        "dumps_verification",
    ),
}


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # else every misspelt name would pass the type checker
    __getattr__ = door(__name__, _HOMES, globals())
