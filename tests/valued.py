"""Programs whose value can be worked out by hand."""

from math import log

import numpy as np

import riskmc as rm

RATE = 0.04


def stream(per_year, first, last=np.inf, rate=RATE):
    """Return the present value of an even stream between two years."""
    return per_year * ((1 + rate) ** -first - (1 + rate) ** -last) / log(1 + rate)


def two_projects(benefits, duration="365ed", after_y=False, y=None, **sections):
    """Project X takes 365 days round the clock, Y 20; with ``after_y`` a milestone of X waits for both."""
    x = {"a": {"duration": duration}}
    if after_y:
        x["end"] = {"milestone": True, "after": ["a", "y.b"]}
    program = rm.Program(
        program="P", start="2027-01-01", calendar="24h", currency="EUR", benefits=benefits,
        discount_rate={"real": "4%"},
        projects={"x": {"activities": x}, "y": {"activities": {"b": y or {"duration": "20ed"}}}}, **sections,
    )  # fmt: skip
    return rm.simulate(program, iterations=300)
