"""Random plans of one project within what mpxj's scheduler of P6 plans knows, in families of one kind of rule each.

Left out is what that scheduler does not know or does otherwise; docs/guide/xer.md lists it, with the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from p6_programs import CALENDARS, LAGS, MONDAY, text
from riskmc.program.program import Program

DAYS = ("office", "six", "holidays")
SLOTS = (
    "start_no_earlier_than", "start_no_later_than", "start_on", "mandatory_start",
    "finish_no_later_than", "finish_on", "mandatory_finish",
)  # fmt: skip


@dataclass(frozen=True)
class Family:
    """What the plans of a family are made of."""

    kinds: tuple[str, ...] = ("FS",)
    lags: tuple[int, ...] = (0,)
    calendars: tuple[str, ...] = ("office",)
    lag_calendars: tuple[str, ...] = ("predecessor",)
    milestones: float = 0.0
    begun: str = ""  # "": nothing; "in order": what waits for complete work alone; "out of order": anything
    ended: int = 17  # the hour at which complete work ended
    constrained: float = 0.0
    late: float = 0.0


FAMILIES = {
    "logic, lags and calendars": Family(("FS", "FS", "SS"), LAGS, DAYS, ("predecessor", "successor", "24h")),
    "night shifts and the clock": Family(("FS",), (0,), ("office", "24h", "nights")),
    "milestones": Family(("FS", "SS", "FF"), (0, 4), milestones=0.3),
    "start to finish": Family(("FS", "SS", "SF"), (0, 4)),
    "in progress": Family(("FS", "SS"), (0, 16, 40), begun="in order"),
    "finished at night": Family(("FS",), (16, 40, 120), lag_calendars=("24h",), begun="in order", ended=22),
    "out of sequence": Family(("FS",), (0,), begun="out of order"),
    "constraints": Family(constrained=0.3),
    "as late as possible": Family(milestones=0.1, late=0.3),
}


def plan(rng, family: Family) -> Program:
    """Return a plan of eight activities."""
    at = rng.choice((480,) if family.constrained else (0, 480, 613, 765, 1020))
    data_date = MONDAY + timedelta(days=7 + rng.randrange(3), minutes=at)
    activities: dict[str, dict] = {}
    for number in range(8):
        activities[f"a{number}"] = activity(rng, family, data_date, activities)
    project = {
        "start": text(MONDAY), "data_date": text(data_date), "calendar": "office",
        "lag_calendar": rng.choice(family.lag_calendars), "activities": activities,
    }  # fmt: skip
    if rng.random() < 0.25:
        project["must_finish_by"] = text((data_date + timedelta(days=rng.randrange(5, 30))).replace(hour=17, minute=0))
    return Program(program="random", start=f"{MONDAY:%Y-%m-%d %H:%M}", calendars=CALENDARS, projects={"p": project})


def activity(rng, family, data_date, before):
    links = [{"activity": code, "type": rng.choice(family.kinds)} for code in before if rng.random() < 2 / len(before)]
    for link in links:
        if lag := rng.choice(family.lags):
            link["lag"] = f"{lag}h"
    words = {"calendar": rng.choice(family.calendars), "after": links}
    if rng.random() < family.milestones:
        words["milestone"] = rng.choice(("start", "finish"))
    else:
        words["duration"] = f"{rng.choice((1, 4, 8, 16, 21, 40))}h"
    if family.begun:
        earlier = [before[link["activity"]].get("progress", {}) for link in links]
        words |= progress(rng, data_date, earlier, family)
    if rng.random() < family.constrained:
        at = data_date + timedelta(days=rng.randrange(20), minutes=rng.choice((0, 120, 540)))
        words[rng.choice(SLOTS)] = text(at)
    elif rng.random() < family.late:
        words["as_late_as_possible"] = True
    return words


def progress(rng, data_date, earlier, family):
    ready = all("finished" in found for found in earlier)
    state = rng.random()
    if state < 0.35 or not (ready or family.begun == "out of order"):
        return {}
    started = (data_date - timedelta(days=rng.randrange(1, 6))).replace(hour=8, minute=0)
    if state < 0.7:
        return {"progress": {"started": text(started), "remaining": f"{rng.choice((1, 4, 8, 24))}h"}}
    return {"progress": {"started": text(started), "finished": text(started.replace(hour=family.ended))}}
