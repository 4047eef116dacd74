"""Microsoft Project's early dates, recomputed slowly and obviously from the words of tests/mspdi_plans.py: an oracle.

It walks minutes: a calendar is a list of worked minutes, a date a minute since 1 October 2026. Nothing here reads XML,
and nothing is shared with the reader or the engine. The rules are those of docs/guide/mspdi.md.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

EPOCH = datetime(2026, 10, 1)
DAYS = 500


def minute(text: str) -> int:
    return int((datetime.fromisoformat(text) - EPOCH).total_seconds() // 60)


def clock(text: str) -> int:
    hour, mins = text.split(":")
    return int(hour) * 60 + int(mins)


class Walk:
    """A calendar minute by minute: ``week`` is working times by weekday, 1 for Sunday."""

    def __init__(self, week: dict):
        self.open, self.before = [], [0]
        for number in range(DAYS):
            text = week.get((EPOCH + timedelta(days=number)).isoweekday() % 7 + 1, "")
            spans = [[clock(part) for part in span.split("-")] for span in text.split()]
            for step in range(1440):
                self.open.append(any(a <= step < (b or 1440) for a, b in spans))
        for worked in self.open:
            self.before.append(self.before[-1] + worked)

    def index(self, t: int) -> int:
        return self.before[t]

    def start(self, k: int) -> int:
        """The minute at which worked minute k begins."""
        return next(t for t in range(max(0, k), len(self.open)) if self.before[t] == k and self.open[t])

    def finish(self, k: int) -> int:
        return self.start(k - 1) + 1

    def shift(self, t: int, minutes: int) -> int:
        """A lag from t: forwards to an end of work, backwards to a start of work."""
        if not minutes:
            return t
        k = self.index(t) + minutes
        return self.finish(k) if minutes > 0 else self.start(k)


@cache
def walk(week: tuple) -> Walk:
    return Walk(dict(week))


def dates(tasks: list[dict], weeks: dict[int, dict], project_start: str, honours: bool) -> dict[int, tuple[int, int]]:
    """Return start and finish of every leaf by UID, in minutes of its own calendar since the project's start."""
    clocks = {uid: walk(tuple(week.items())) for uid, week in weeks.items()}
    all_day = walk(tuple((number, "00:00-00:00") for number in range(1, 8)))
    rows = {one["UID"]: one for one in tasks}
    above, open_rows = {}, []
    for one in tasks:
        open_rows = [row for row in open_rows if row["OutlineLevel"] < one["OutlineLevel"]]
        above[one["UID"]] = [row["UID"] for row in open_rows]
        open_rows.append(one)
    leaves = [uid for uid in rows if not any(uid in ups for ups in above.values())]
    begin = minute(project_start)

    def work_below(uid: int) -> list[int]:
        return [uid] if uid in leaves else [leaf for leaf in leaves if uid in above[leaf]]

    def calendar(uid: int) -> Walk:
        if (rows[uid]["DurationFormat"] == 8 and lasts(uid)) or "ActualFinish" in rows[uid]:
            return all_day
        own = rows[uid]["CalendarUID"]
        return clocks[1 if own == -1 else own]

    def lasts(uid: int) -> int:
        return round(int(rows[uid]["Duration"][2:].partition("H")[0]) * 60)

    def lagged(uid: int, tie: dict) -> int:
        """The minute to which a link leads: the last finish of its predecessor, or the first start, and the lag."""
        kind, before = tie["Type"], work_below(tie["PredecessorUID"])
        event = max(found(one)[1] for one in before) if kind in (0, 1) else min(found(one)[0] for one in before)
        form, lag = tie["LagFormat"], float(tie["LinkLag"])
        if form in (19, 20):
            lag = lasts(tie["PredecessorUID"]) * lag / 100
            on_clock = form == 20 or rows[tie["PredecessorUID"]]["DurationFormat"] == 8
        else:
            lag, on_clock = lag / 10, form == 8
        own = rows[uid]["CalendarUID"]
        runs = all_day if on_clock else clocks[1 if own == -1 else own]
        return runs.shift(event, round(lag))

    @cache
    def found(uid: int) -> tuple[int, int]:
        """The minutes at which a leaf starts and finishes."""
        one, days, length = rows[uid], calendar(uid), lasts(uid)
        if "ActualFinish" in one:
            return minute(one["ActualStart"]), minute(one["ActualFinish"])
        ties = [tie for row in (uid, *above[uid]) for tie in rows[row].get("PredecessorLink", [])]
        bounds = [(tie["Type"], lagged(uid, tie)) for tie in ties]
        kind = one.get("ConstraintType", 0)
        date = minute(one["ConstraintDate"]) if kind else 0
        if one.get("Manual"):
            k = days.index(minute(one["ManualStart"]))
            if not length:
                return minute(one["ManualStart"]), minute(one["ManualStart"])
            return stand(days, k, length, [minute(one["ManualStart"])], [])
        floor = [days.index(t) - (length if kind_of in (0, 2) else 0) for kind_of, t in bounds]
        rests = [t for _, t in bounds]
        ups = [minute(rows[up]["ConstraintDate"]) for up in above[uid] if rows[up].get("ConstraintType") == 4]
        said = ups + ([date] if kind == 4 else [])
        ended = [date] if kind == 6 else []
        if (not ties and not said and not ended) or any(kind_of == 0 for kind_of, _ in bounds):
            said.append(begin)
        floor += [days.index(t) for t in said]
        rests += [snapped(days, t) for t in said or ended]
        floor += [days.index(t) - length for t in ended]
        k = max(floor)
        if honours and kind in (2, 3, 5, 7):
            wanted = days.index(date) - (length if kind in (3, 7) else 0)
            k = min(k, wanted) if kind in (5, 7) else wanted
            if not length and kind in (2, 3):
                return date, date
        elif not length and not ties and kind in (0, 2, 4):
            return max(*said, date), max(*said, date)
        elif kind in (2, 3):
            k = max(k, days.index(date) - (length if kind == 3 else 0))
        return stand(days, k, length, rests, [t for kind_of, t in bounds if kind_of in (0, 2)])

    def snapped(days: Walk, t: int) -> int:
        """A date as the end of work at which it lies, else as the next start of work."""
        k = days.index(t)
        return days.finish(k) if t <= days.finish(k) else days.start(k)

    def stand(days: Walk, k: int, length: int, rests: list[int], ends: list[int]) -> tuple[int, int]:
        """Work ends with work, but where a link holds its finish later, at the next start of work: so does Project.

        A milestone stands at the very minute to which its last link leads, worked or not.
        """
        if length:
            finish = days.finish(k + length)
            resting = any(days.index(t) == k + length and t > finish for t in ends)
            return days.start(k), days.start(k + length) if resting else finish
        at = min(max(days.finish(k), *rests), days.start(k))
        return at, at

    out = {}
    for uid in leaves:
        days, (start, finish) = calendar(uid), found(uid)
        out[uid] = days.index(start) - days.index(begin), days.index(finish) - days.index(begin)
    return out
