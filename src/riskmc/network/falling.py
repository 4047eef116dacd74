"""Falling off: which activity is the first to run past the end of its calendar, for the message that says so."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.network.logic import Logic
from riskmc.network.worktime import HorizonError


def fallen(logic: Logic, pool: NDArray[np.int32], what: str) -> HorizonError:
    """Return the error of dates past the calendars, with the first node in the order of the logic that has such.

    ``pool`` is that in which the logic has just run, ``what`` whose dates they are.
    """
    layout = logic.layout
    limits = np.array([layout.tables.calendars[number].limit for number in layout.calendar])
    starts, finishes = (pool[rows] for rows in (logic.starts, logic.finishes))
    past = np.flatnonzero(((finishes > limits[:, None]) | (starts >= limits[:, None])).any(axis=1))
    first = next((layout.nodes.names[node] for node in layout.order if node in past), "")
    named = f", {first} first" if first else ""
    return HorizonError(f"{what} past the calendars{named}", first)
