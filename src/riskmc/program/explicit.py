"""Low and high said out loud: `triangular(90% 100% 130%)` elicited as P10 and P90 is `triangular(p10=90% ...)` (K8)."""

from __future__ import annotations

from dataclasses import replace

from riskmc.program.quantity import Size

_READ_BY_PERCENTILES = ("uniform", "triangular", "pert")


def explicit(size: Size, reading: str | None) -> Size:
    """Return a size whose low and high mean minimum and maximum, or percentiles by name, as ``reading`` says."""
    if reading in (None, "min-max") or size.family not in _READ_BY_PERCENTILES:
        return size
    low, high = str(reading).split("-")
    words = {"low": low, "high": high}
    return replace(size, parameters=tuple((words.get(name, name), quantity) for name, quantity in size.parameters))
