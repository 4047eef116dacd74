"""The numbers that stand for phases of an activity, classes of events and kinds of log entries, in both engines."""

from __future__ import annotations

from typing import Any

import numpy as np

_typed: Any = np.int64  # to kernels a bare number is a type of its own, for which each function is compiled anew

# Where an activity stands in a replication.
AHEAD, DATED, QUEUED, RUNNING, SUSPENDED, PAUSED, HELD, DONE, AT_GATE = range(9)
# AHEAD: predecessors are missing.  DATED: its release lies in the future.  QUEUED: it may start, but for units.
# SUSPENDED: its units were taken.  PAUSED: its rate is 0.  HELD: worked, but a link holds its finish.
# AT_GATE: worked, but a gate or its approvers have not let it through.

# Events at the same minute happen in this order, within a class by number (D4).
(
    COMPLETION, GATE, APPROVAL, CAPACITY, OUTAGE, TURNOVER, RAMP, PAUSE, FUND, ARRIVAL, SCOPE, REVIEW, ACTION,
    RELEASE, WAKE,
) = map(_typed, range(15))  # fmt: skip

# Why a replication did not end well.
FINE, MORE_EVENTS, MORE_DRAWS, MORE_LOG, BEYOND, CENSORED, DEADLOCK, MORE_CODE = range(8)

# What happened, in the log: (minute, kind, entity, value).
ELIGIBLE: int = _typed(0)  # activity; value 0
STARTED: int = _typed(1)  # activity; value the pool it waited for last, -1 for none
FINISHED: int = _typed(2)  # activity; value 0
STOPPED: int = _typed(3)  # activity: its units were taken; value the activity that took them, -1 for an outage
RESUMED: int = _typed(4)  # activity; value as of STARTED
CAPACITY_SET: int = _typed(5)  # pool; value its capacity in thousandths of a unit
TO_REDO: int = _typed(6)  # activity; value the work added, in minutes
GATE_FAILED: int = _typed(7)  # activity; value the pass, from 1
GATE_WAIVED: int = _typed(8)  # activity; value the pass
PAUSED_BY: int = _typed(9)  # activity; value the cause: -2 - pool for an outage
WENT_ON: int = _typed(10)  # activity; value the cause
WORK_ADDED: int = _typed(11)  # activity; value the minutes
STRUCK: int = _typed(12)  # risk; value its arrival number
RATE_SET: int = _typed(13)  # activity; value the rate in thousandths
ASKED: int = _typed(14)  # activity; value the number of approvers
REJECTED: int = _typed(15)  # activity; value the rejection's number, from 1
GREW: int = _typed(16)  # scope entry; value the minutes of work
ACTED: int = _typed(17)  # policy; value its reason: the minutes by which the forecast was late
FUNDED: int = _typed(18)  # fiscal year's number; value whole currency units released
OUT_OF_MONEY: int = _typed(19)  # activity; value 0
UNITS_MOVED: int = _typed(20)  # activity; value 1 where it took its units, 0 where it gave them back
ENDED: int = _typed(22)  # policy; value the minutes by which the forecast is still late
WORK_LOST: int = _typed(21)  # activity; value the minutes done in vain, or done again, because it was interrupted
TAKEN_BACK: int = _typed(30)  # activity: it was eligible, and waits again; value the predecessor that is done again
DECIDES: int = _typed(31)  # activity: an approver begins to decide; value the approver's number, from 1
DECIDED: int = _typed(32)  # activity; value the decisions of the round so far
OVERRULED: int = _typed(33)  # activity: approved as it is; value the rejections

# Counters of a replication, in `State.count`.
NOW, LANE, HEAP, LOG, EVENTS, UNFINISHED, STATUS, WANTED, TIED = range(9)
# TIED: how many waits are for a start, or hold a finish; without any, starts and held finishes concern nobody.
COUNTERS = 16

FULL = 1000  # rate 1, one unit, 100%: in thousandths
NOWHERE = -1
