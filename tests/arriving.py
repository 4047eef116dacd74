"""Programs in which something arrives, and what both implementations tell of each iteration, event by event."""

from dataclasses import replace

import numpy as np

from riskmc.kernels.discrete_event import codes
from riskmc.network.compiling import Settings, compile_network
from riskmc.program import Program
from riskmc.simulation.event_block import EventBlock

START = "2027-01-04"
DAY = 1440
SETTINGS = Settings(engine="discrete-event")


def program(activities, calendar="24h", **sections):
    """Return a program of one project p from Monday the 4th of January 2027 on."""
    projects = {"p": {"activities": activities}}
    return Program(program="Case", start=START, calendar=calendar, projects=projects, **sections)


def risk(impacts, **arrivals):
    """Return the words of a risk that arrives."""
    return {"arrivals": arrivals, "impacts": impacts}


def told(one, iterations=256, seed=1, kind=EventBlock, **settings):
    """Return the events of every iteration: rows of (minute from the start, name of the kind, entity, value)."""
    network = compile_network(one, replace(SETTINGS, **settings))
    start = network.axis.minute(np.datetime64(START).astype("datetime64[s]").item())
    block, logs = kind(network, seed, logs=True), []
    for number in range(-(-iterations // 256)):
        block.run(number, 0, 256)
        logs += [named(block.log(lane), start) for lane in range(256)]
    return logs[:iterations]


def named(log, start):
    """Return a log in words."""
    return [(int(minute) - start, NAMES[int(kind)], int(entity), int(value)) for minute, kind, entity, value in log]


def only(log, *kinds):
    """Return the events of some kinds."""
    return [event for event in log if event[1] in kinds]


_KINDS = (
    "ELIGIBLE", "STARTED", "FINISHED", "STOPPED", "RESUMED", "CAPACITY_SET", "PAUSED_BY", "WENT_ON", "WORK_ADDED",
    "STRUCK", "RATE_SET", "GREW", "UNITS_MOVED", "OUT_OF_MONEY", "FUNDED", "TO_REDO", "GATE_FAILED",
    "GATE_WAIVED", "TAKEN_BACK", "ASKED", "DECIDES", "DECIDED", "REJECTED", "OVERRULED", "WORK_LOST",
)  # fmt: skip
NAMES = {getattr(codes, name): name for name in _KINDS}
