"""Round ends: the ends of an axis of amounts, the step from tick to tick, and the words around the digits of a tick."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor, log10

from riskmc.forecast.language import formats, said

_DIGITS = "\ue000"  # stands for digits


def round_ends(low: float, high: float) -> Iterator[tuple[float, float, float]]:
    """Yield ends that hold ``low`` and ``high``, and the step of which both are multiples: each time a larger one."""
    reach = (high - low) or 1.0
    power = floor(log10(reach)) - 1
    for step in (share * 10.0**each for each in range(power, power + 4) for share in (1, 2, 5)):
        if step >= reach / 10:
            yield floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step


def decimals_of(step: float) -> int:
    """Return how many decimals the multiples of a step of 1, 2 or 5 have."""
    return max(0, -floor(log10(step) + 1e-9))


def money_words(unit: str, suffix: str) -> tuple[str, str]:
    """Return what stands before and behind the digits of an amount: ``EUR `` and ``M``, in German nothing and both."""
    scaled = formats().scaled(_DIGITS, suffix)
    before, _, behind = (formats().money(scaled, unit) if unit else scaled).partition(_DIGITS)
    return before, behind


def day_words() -> tuple[str, str]:
    """Return what stands before and behind a number of days."""
    before, _, behind = said("{days} d", days=_DIGITS).partition(_DIGITS)
    return before, behind
