"""Schedule gate, printed: the verdict, the DCMA's 14 points and what a file shows of the GAO's ten best practices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from riskmc.analysis.check.dcma import Point
from riskmc.analysis.check.findings import Findings
from riskmc.analysis.check.practices import Practice
from riskmc.forecast.figures import number, printable, shortened
from riskmc.forecast.written import Written
from riskmc.reports.document.layout import Column, Section

_VERDICTS = {True: "passes", False: "fails", None: "cannot be told"}
_SHORT = (
    "Capturing all work", "Sequencing", "Assigning resources", "Durations", "Traceability", "Valid critical path",
    "Reasonable float", "Risk analysis", "Updating", "Baseline",
)  # fmt: skip
_PLACE = 60


def verdict(name: str, findings: Findings) -> str:
    """Return the sentence that says whether a program passes the gate."""
    passed, failed, untold = (
        [point for point in findings.dcma if point.passed is wanted] for wanted in (True, False, None)
    )
    unknown = f", {len(untold)} cannot be told" if untold else ""
    if not failed:
        return f"{name} passes the schedule gate: {len(passed)} of the 14 DCMA points pass{unknown}."
    which = ", ".join(_lower(point.name) for point in failed)
    verb = "fails" if len(failed) == 1 else "fail"
    return (
        f"{name} fails the schedule gate: {len(failed)} of the 14 DCMA points {verb} ({which}), "
        f"{len(passed)} pass{unknown}."
    )


def points_section(points: Sequence[Point]) -> Section:
    """Return the 14 points as a table, and why some cannot be told."""
    columns = [
        Column("DCMA point", yields=True), Column("Figure", right=True), Column("Threshold", right=True),
        Column("Counted", right=True), Column("Verdict"),
    ]  # fmt: skip
    rows = [
        (f"{point.point:>2} {point.name}", figure_text(point), threshold_text(point), _counted(point),
         _VERDICTS[point.passed])
        for point in points
    ]  # fmt: skip
    return Section(columns, rows, list(_notes(points)))


def practices_section(practices: Sequence[Practice]) -> Section:
    """Return the ten best practices as a table: what the file shows, and how many findings bear on each."""
    columns = [Column("GAO best practice"), Column("What the file shows", yields=True), Column("Findings", right=True)]
    rows = [
        (f"{practice.practice:>2} {_SHORT[practice.practice - 1]}", practice.shows, _sum(practice.findings.values()))
        for practice in practices
    ]
    return Section(columns, rows)


def figure_text(point: Point) -> str:
    """Return the figure of a point: ``5.2%``, ``600 d``, ``0.97``; nothing where it cannot be told."""
    if point.figure is None:
        return ""
    if point.unit == "%":
        return _share(point.figure, point.threshold)
    if point.unit == "d":
        return Written(f"{number(point.figure, 25)} d", point.figure, "days")
    return Written(f"{point.figure:.2f}", point.figure, "number")


def threshold_text(point: Point) -> str:
    """Return the threshold of a point: ``≤ 5%``, ``≥ 0.95``, ``0%``, ``600 d``."""
    if point.unit == "d":
        return Written(f"{point.threshold:g} d", point.threshold, "days")
    told = f"{100 * point.threshold:.10g}%" if point.unit == "%" else f"{point.threshold:g}"
    if not point.threshold and not point.least:
        return Written(told, point.threshold, "chance" if point.unit == "%" else "number")
    return f"≥ {told}" if point.least else f"≤ {told}"


def _share(share: float, threshold: float) -> str:
    """Return a share to a tenth of a percent, finer where it would hide on which side of the threshold it lies."""
    for digits in (1, 2, 3):
        told = round(100 * share, digits)
        if share == threshold or told not in (round(100 * threshold, digits), 0.0, 100.0) or share in (0.0, 1.0):
            return Written(f"{told:.{digits}f}%" if told not in (0.0, 100.0) else f"{told:.0f}%", share, "chance")
    return Written(f"{100 * share:.2g}%", share, "chance")


def _counted(point: Point) -> str:
    return "" if point.of is None else f"{len(point.found):,} of {point.of:,}"


def _notes(points: Iterable[Point]) -> Iterator[str]:
    """Yield what points 12 and 13 were measured by, and why others cannot be told, one sentence a reason."""
    for point in points:
        if point.passed is not None and point.of is None:
            yield _sentence(f"point {point.point}: {shortened(printable(point.reason), _PLACE * 2)}")
    untold = [point for point in points if point.passed is None]
    for reason in dict.fromkeys(point.reason for point in untold):
        numbers = [str(point.point) for point in untold if point.reason == reason]
        some = f"points {', '.join(numbers[:-1])} and {numbers[-1]}" if len(numbers) > 1 else f"point {numbers[0]}"
        yield _sentence(f"{some} cannot be told: {printable(reason)}")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _sum(counts: Iterable[int]) -> str:
    total = sum(counts)
    return Written(f"{total:,}", total, "number") if total else ""


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]
