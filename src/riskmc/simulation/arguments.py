"""What a caller of `simulate` may ask for: iterations, seed and default range, refused before any work."""

from __future__ import annotations

import os
from collections.abc import Sequence
from operator import index

from riskmc.errors import ArgumentError, nearest
from riskmc.network.network import Network
from riskmc.program.notation import size, size_text
from riskmc.program.numeral import quantity_text
from riskmc.program.quantity import Quantity, Size
from riskmc.program.vocabulary import FAMILIES, LISTS, SHARES, bare_numbers
from riskmc.program.words import worked
from riskmc.sampling import split_seed

USUAL_MEMORY = 2**34  # bytes, where a machine does not tell its own
_RANGE = "a default range (--range) names its distribution and is in shares of the plan, as triangular(90% 100% 130%)"
_BARE_LIMIT = 10.0  # 0.9 and 1.3 mean 90% and 130%; 90 and 130 as well
_PLACED = ("loc", "scale")  # what scipy calls the parameters that carry a unit


def check_word(name: str, value: str, allowed: Sequence[str]) -> None:
    """Refuse a ``value`` that is not one of the words ``allowed``."""
    if value not in allowed:
        raise ArgumentError(f"{name} is one of {', '.join(allowed)}, got {value!r}{nearest(str(value), allowed)}")


def check_number(name: str, value: object, least: int, most: int | None = None) -> None:
    """Refuse a ``value`` that is no whole number between ``least`` and ``most``."""
    limit = f"at least {least:,}" if most is None else f"{least:,} to {most:,}"
    if _whole(name, value) < least or (most is not None and _whole(name, value) > most):
        raise ArgumentError(f"{name}: a whole number, {limit}, got {value!r}")


def check_seed(seed: object) -> None:
    """Refuse a seed that is no whole number of 64 bits."""
    split_seed(_whole("seed", seed))


def read_iterations(iterations: object) -> range:
    """Return which iterations to run: a range as it is, the first so many for a whole number."""
    chosen = iterations if isinstance(iterations, range) else range(_whole("iterations", iterations))
    if chosen.step != 1 or chosen.start < 0 or chosen.stop <= chosen.start:
        raise ArgumentError(f"iterations: at least one, without gaps, from 0 on, got {iterations!r}")
    return chosen


def _whole(name: str, value: object) -> int:
    """Return a whole number (numpy's too); refuse texts, fractions, and floats even where they are whole."""
    if not isinstance(value, bool) and hasattr(value, "__index__"):
        return index(value)
    meant = isinstance(value, float) and value.is_integer() and f"; write {int(value)}"
    raise ArgumentError(f"{name}: a whole number is needed, got {value!r}{meant or ''}")


def check_memory(network: Network, iterations: range) -> None:
    """Refuse more iterations than this machine can remember, before anything is allocated for them."""
    each = 12 * len(network.outputs) + 8 * (1 + len(network.projects))
    count, there = iterations.stop - iterations.start, _memory()
    needed = each * count
    if needed > there:
        told = f"{count:,} need {needed / 2**30:,.0f} GB of memory, and this machine has {there / 2**30:,.0f}"
        raise ArgumentError(f"iterations: {told}; ask for at most {there // each:,}, or for parts: range(0, 1000000)")


def check_bytes(needed: int, what: str, way_out: str) -> None:
    """Refuse what would take more memory than this machine has, with a way out; ``what`` names it in the plural."""
    there = _memory()
    if needed > there:
        told = f"they need {needed / 2**30:,.0f} GB of memory, and this machine has {there / 2**30:,.0f}"
        raise ArgumentError(f"{what}: {told}; ask for {way_out}")


def _memory() -> int:
    """Return the bytes of memory of this machine."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return USUAL_MEMORY


def read_range(wanted: str | Size | None) -> Size | None:
    """Return the range for every activity that has none, in shares of the plan (K8)."""
    if wanted is None:
        return None
    if isinstance(wanted, str) and "(" not in wanted:
        raise ArgumentError(f"{_RANGE}, got {wanted!r}")
    try:
        found = size(wanted) if isinstance(wanted, str) else wanted
        worked(found)
    except ArgumentError as error:
        raise ArgumentError(f"default range (--range): {error}") from None
    if found.certain or found.operation == "+":
        raise ArgumentError(f"{_RANGE}, got {size_text(found)}")
    _check_shares(found, size_text(found))
    return found


def _check_shares(found: Size, wanted: str) -> None:
    """Refuse a range of which a value is no share: a time, or a bare number other than 0, a shape or a probability."""
    free = SHARES | bare_numbers(found.family)
    ours = found.family in FAMILIES or found.family in LISTS
    values = [q for name, q in found.parameters if name not in free and (ours or name in _PLACED)]
    wrong = next((q for q in (*values, *(found.clip or ())) if q.unit != "%" and (q.unit or q.value)), None)
    if wrong is not None:
        raise ArgumentError(f"{_RANGE}, got {quantity_text(wrong)} in {wanted}{_meant(wrong)}")
    if not any(q.unit == "%" for _, q in found.parameters):
        raise ArgumentError(f"{_RANGE}, got {wanted}")


def _meant(found: Quantity) -> str:
    """Return ``"; did you mean 90%?"`` for a bare number."""
    share = found.value if abs(found.value) <= _BARE_LIMIT else found.value / 100
    return "" if found.unit else f"; did you mean {quantity_text(Quantity(share, '%'))}?"
