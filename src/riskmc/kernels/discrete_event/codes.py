"""The numbers that stand for phases of an activity, classes of events and kinds of log entries, in both engines."""

from __future__ import annotations

# Where an activity stands in a replication.
AHEAD, DATED, QUEUED, RUNNING, SUSPENDED, PAUSED, HELD, DONE, AT_GATE = range(9)
# AHEAD: predecessors are missing.  DATED: its release lies in the future.  QUEUED: it may start, but for units.
# SUSPENDED: its units were taken.  PAUSED: its rate is 0.  HELD: worked, but a link holds its finish.
# AT_GATE: worked, but a gate or its approvers have not let it through.

# Events at the same minute happen in this order, within a class by number (D4).
(
    COMPLETION, GATE, APPROVAL, CAPACITY, OUTAGE, TURNOVER, RAMP, PAUSE, FUND, ARRIVAL, SCOPE, REVIEW, ACTION,
    RELEASE, WAKE,
) = range(15)  # fmt: skip

# Why a replication did not end well.
FINE, MORE_EVENTS, MORE_DRAWS, MORE_LOG, BEYOND, CENSORED, DEADLOCK = range(7)

# What happened, in the log: (minute, kind, entity, value).
ELIGIBLE = 0  # activity; value 0
STARTED = 1  # activity; value the pool it waited for last, -1 for none
FINISHED = 2  # activity; value 0
STOPPED = 3  # activity: its units were taken; value the activity that took them, -1 for an outage
RESUMED = 4  # activity; value as of STARTED
CAPACITY_SET = 5  # pool; value its capacity in thousandths of a unit
TO_REDO = 6  # activity; value the work added, in minutes
GATE_FAILED = 7  # activity; value the pass, from 1
GATE_WAIVED = 8  # activity; value the pass
PAUSED_BY = 9  # activity; value the cause: -2 - pool for an outage
WENT_ON = 10  # activity; value the cause
WORK_ADDED = 11  # activity; value the minutes
STRUCK = 12  # risk; value its arrival number
RATE_SET = 13  # activity; value the rate in thousandths
ASKED = 14  # activity; value the number of approvers
REJECTED = 15  # activity; value the rejection's number, from 1
GREW = 16  # scope entry; value the minutes of work
ACTED = 17  # policy; value its reason: the minutes by which the forecast was late
FUNDED = 18  # fiscal year's number; value whole currency units released
OUT_OF_MONEY = 19  # activity; value 0
UNITS_MOVED = 20  # activity; value 1 where it took its units, 0 where it gave them back
ENDED = 22  # policy; value the minutes by which the forecast is still late
WORK_LOST = 21  # activity; value the minutes done in vain, or done again, because it was interrupted
TAKEN_BACK = 30  # activity: it was eligible, and waits again; value the predecessor that is done again
DECIDES = 31  # activity: an approver begins to decide; value the approver's number, from 1
DECIDED = 32  # activity; value the decisions of the round so far
OVERRULED = 33  # activity: approved as it is; value the rejections

# Counters of a replication, in `State.count`.
NOW, LANE, HEAP, LOG, EVENTS, UNFINISHED, LATEST, STATUS = range(8)
COUNTERS = 16

FULL = 1000  # rate 1, one unit, 100%: in thousandths
NOWHERE = -1
