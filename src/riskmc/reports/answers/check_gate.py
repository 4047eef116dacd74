"""Schedule gate, printed: the verdict, the DCMA's 14 points and what a file shows of the GAO's ten best practices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from riskmc.analysis.check.dcma import Point
from riskmc.analysis.check.findings import Findings
from riskmc.analysis.check.practices import Practice
from riskmc.forecast.figures import listed, number, printable, shortened, spelt
from riskmc.forecast.language import counted, formats, marked, said
from riskmc.forecast.written import Written
from riskmc.reports.document.layout import Column, Section

_VERDICTS = {True: marked("passes"), False: marked("fails"), None: marked("cannot be told")}
_IN_A_SENTENCE = (
    marked("logic"), marked("leads"), marked("lags"), marked("relationship types"), marked("hard constraints"),
    marked("high float"), marked("negative float"), marked("high duration"), marked("invalid dates"),
    marked("resources"), marked("missed tasks"), marked("critical path test"), marked("critical path length index"),
    marked("baseline execution index"),
)  # fmt: skip
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
    values = {"name": name, "untold": len(untold), "passed": len(passed)}
    if failed:
        which = ", ".join(said(_IN_A_SENTENCE[point.point - 1]) for point in failed)
        return _failed(len(failed), bool(untold), {**values, "which": which})
    if untold:
        return said(
            "{name} passes the schedule gate: {passed} of the 14 DCMA points pass, {untold} cannot be told.", **values
        )
    return said("{name} passes the schedule gate: {passed} of the 14 DCMA points pass.", **values)


def _failed(count: int, untold: bool, values: Mapping[str, object]) -> str:
    """Return that a program fails the gate, by which points, and how many pass or cannot be told."""
    if not untold:
        return counted(
            "{name} fails the schedule gate: {count} of the 14 DCMA points fails ({which}), {passed} pass.",
            "{name} fails the schedule gate: {count} of the 14 DCMA points fail ({which}), {passed} pass.",
            count,
            **values,
        )
    return counted(
        "{name} fails the schedule gate: {count} of the 14 DCMA points fails ({which}), {passed} pass, {untold} cannot "
        "be told.",
        "{name} fails the schedule gate: {count} of the 14 DCMA points fail ({which}), {passed} pass, {untold} cannot "
        "be told.",
        count,
        **values,
    )


def points_section(points: Sequence[Point]) -> Section:
    """Return the 14 points as a table, and why some cannot be told."""
    columns = [
        Column(said("DCMA point"), yields=True), Column(said("Figure"), right=True),
        Column(said("Threshold"), right=True), Column(said("Counted"), right=True), Column(said("Verdict")),
    ]  # fmt: skip
    rows = [
        (f"{point.point:>2} {said(point.name)}", figure_text(point), threshold_text(point), _counted(point),
         said(_VERDICTS[point.passed]))
        for point in points
    ]  # fmt: skip
    return Section(columns, rows, list(_notes(points)))


def practices_section(practices: Sequence[Practice]) -> Section:
    """Return the ten best practices as a table: what the file shows, and how many findings bear on each."""
    columns = [Column("GAO best practice"), Column("What the file shows", yields=True), Column("Found", right=True)]
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
        return Written(said("{days} d", days=number(point.figure, 25)), point.figure, "days")
    return Written(spelt(f"{point.figure:.2f}"), point.figure, "number")


def threshold_text(point: Point) -> str:
    """Return the threshold of a point: ``≤ 5%``, ``≥ 0.95``, ``0%``, ``600 d``."""
    if point.unit == "d":
        return Written(said("{days} d", days=spelt(f"{point.threshold:g}")), point.threshold, "days")
    told = spelt(f"{point.threshold:g}")
    if point.unit == "%":
        told = formats().percent(spelt(f"{100 * point.threshold:.10g}"))
    if not point.threshold and not point.least:
        return Written(told, point.threshold, "chance" if point.unit == "%" else "number")
    return f"≥ {told}" if point.least else f"≤ {told}"


def _share(share: float, threshold: float) -> str:
    """Return a share to a tenth of a percent, finer where it would hide on which side of the threshold it lies."""
    for digits in (1, 2, 3):
        told = round(100 * share, digits)
        if share == threshold or told not in (round(100 * threshold, digits), 0.0, 100.0) or share in (0.0, 1.0):
            shown = f"{told:.{digits}f}" if told not in (0.0, 100.0) else f"{told:.0f}"
            return Written(formats().percent(spelt(shown)), share, "chance")
    return Written(formats().percent(spelt(f"{100 * share:.2g}")), share, "chance")


def _counted(point: Point) -> str:
    if point.of is None:
        return ""
    return said("{count} of {all}", count=formats().number(len(point.found)), all=formats().number(point.of))


def _notes(points: Iterable[Point]) -> Iterator[str]:
    """Yield what points 12 and 13 were measured by, and why others cannot be told, one sentence a reason."""
    for point in points:
        if point.passed is not None and point.of is None:
            reason = shortened(printable(said(point.reason)), _PLACE * 2)
            yield said("Point {number}: {reason}.", number=point.point, reason=reason)
    untold = [point for point in points if point.passed is None]
    for reason in dict.fromkeys(point.reason for point in untold):
        numbers = [str(point.point) for point in untold if point.reason == reason]
        yield counted(
            "Point {numbers} cannot be told: {reason}.",
            "Points {numbers} cannot be told: {reason}.",
            len(numbers),
            numbers=listed(numbers),
            reason=printable(said(reason)),
        )


def _sum(counts: Iterable[int]) -> str:
    total = sum(counts)
    return Written(formats().number(total), total, "number") if total else ""
