"""Amounts as people write them, wherever one is asked for: ``120k``, ``1.2M``, ``3bn``, or a plain number."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isnan

import numpy as np

from riskmc.errors import ArgumentError

MONEY_SUFFIXES = {"k": Decimal(10**3), "M": Decimal(10**6), "bn": Decimal(10**9)}
_WRITTEN = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(k|M|bn|)")


def read_amount(label: str, unit: str, value: object) -> float:
    """Return the amount that a number, or a text such as ``1.2M``, means; ``label`` and ``unit`` are told."""
    if isinstance(value, str) and (written := _WRITTEN.fullmatch(value.strip())):
        return float(Decimal(written[1]) * MONEY_SUFFIXES.get(written[2], Decimal(1)))
    if isinstance(value, bool) or not isinstance(value, (int, float, np.number)) or isnan(float(value)):
        told = f"an amount in {unit}" if unit else "an amount"
        raise ArgumentError(f"{label}: {told} is a number or a text such as 1.2M, got {value!r}")
    return float(value)
