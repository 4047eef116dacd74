"""Ranges of durations as planning tools hold them: a minimum, a most likely and a maximum duration, or none."""

from __future__ import annotations

from riskmc.analysis.conversion.losses import Ledger
from riskmc.analysis.ranges import BACKLOG, OWN, range_rows
from riskmc.io.findings import working_time
from riskmc.io.range_file import Range
from riskmc.network.network import Network
from riskmc.program.quantity import Size


def three_points(network: Network, ledger: Ledger) -> dict[str, Size]:
    """Return a triangular size in working time for every activity still to start whose range has three points."""
    found: dict[str, Size] = {}
    days = {task.path: network.axis.calendars[task.calendar].day_minutes for task in network.tasks}
    for path, row in range_rows(network.program, network).items():
        said = row.duration
        if said.rule in ("", BACKLOG):
            continue
        numbers = (said.minimum, said.most_likely, said.maximum)
        if row.state != "planned":
            ledger.lose("ranges of what remains of started work are left out", path)
        elif None in numbers:
            ledger.lose("ranges without a minimum, a most likely value and a maximum are left out", path)
        else:
            if any((number or 0.0) < 0 for number in numbers):
                ledger.lose("ranges that begin below nothing are written from nothing on", path)
            found[path] = _size(numbers, days[path])
            _tell(path, said, ledger)
    return found


def _tell(path: str, said: Range, ledger: Ledger) -> None:
    """Say what three points do not hold of a range."""
    if said.family != "triangular" or "p10" in said.range or "p90" in said.range:
        ledger.lose("ranges other than triangular ones are written by their three points", path)
    if said.rule != OWN:
        ledger.lose("ranges of rules (`ranges`) are written as each activity's own", path)
    if said.sizes != "own":
        ledger.lose("sizes that activities share, or that are correlated, are written apart", path)


def _size(numbers: tuple[float | None, ...], day: float) -> Size:
    """Return three points, in days of so many minutes, as working time."""
    values = [working_time(float(round(max(0.0, number or 0.0) * day))) for number in numbers]
    return Size("triangular", tuple(zip(("low", "mode", "high"), values, strict=True)))
