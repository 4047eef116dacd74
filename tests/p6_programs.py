"""Random plans with everything that P6's rules know: progress in and out of sequence, options, calendars, constraints.

They are programs as the XER reader gives them, so that the engine and ``naive_p6.py`` can be compared on them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from riskmc.program.program import Program

MONDAY = datetime(2027, 1, 4)
CALENDARS = {
    "office": {"week": {"mon-fri": "08:00-12:00 13:00-17:00"}, "exceptions": {"2027-01-13": "off"}},
    "six": {"week": {"mon-sat": "07:00-16:00"}},
    "nights": {"week": {"sun-thu": "22:00-06:00"}},
    "holidays": {"based_on": "six", "exceptions": [{"first": "2027-01-18", "last": "2027-01-20"}]},
}
NAMES = (*CALENDARS, "24h", "office", "office")
LAGS = (0, 0, 0, 0, 1, 4, 16, 40, -4, -12)
STARTS = ("start_no_earlier_than", "start_on", "mandatory_start", "start_no_later_than")
FINISHES = ("finish_no_earlier_than", "finish_on", "mandatory_finish", "finish_no_later_than", "needed_by")


def plan(rng) -> Program:
    """Return a plan of one to three projects, with links across them."""
    return Program(**plan_words(rng))


def plan_words(rng):
    """Return the words of such a plan."""
    projects, paths = {}, []
    for name in ("p", "q", "r")[: rng.choice((1, 1, 2, 3))]:
        projects[name] = project(rng, name, paths)
    return {"program": "random", "start": text(MONDAY), "calendars": CALENDARS, "projects": projects}


def project(rng, name, paths):
    data_date = MONDAY + timedelta(days=7 + rng.randrange(3), minutes=rng.choice((0, 0, 480, 613, 765, 1020)))
    activities = {}
    for number in range(rng.randint(2, 9)):
        code = f"a{number}"
        activities[code] = activity(rng, name, data_date, paths)
        effort = activities[code].get("level_of_effort", False)
        paths.append((name, code, effort))
    return {
        "start": text(MONDAY),
        "data_date": text(data_date),
        "calendar": rng.choice(NAMES),
        "lag_calendar": rng.choice(("predecessor", "successor", "24h", "project")),
        "out_of_sequence": rng.choice(("retained_logic", "retained_logic", "progress_override", "actual_dates")),
        "lag_from": rng.choice(("early_start", "early_start", "actual_start")),
        "float_to": rng.choice(("project", "project", "program")),
        "open_ends_critical": rng.random() < 0.2,
        "use_expected_finish": rng.random() < 0.8,
        **({"must_finish_by": text(data_date + timedelta(days=rng.randrange(5, 40)))} if rng.random() < 0.3 else {}),
        "activities": activities,
    }


def activity(rng, home, data_date, paths):
    words = {"calendar": rng.choice(NAMES), "after": links(rng, home, paths)}
    kind = rng.random()
    if kind < 0.1 and any(not effort for *_, effort in paths):
        words["level_of_effort"] = True
        words["after"] = words["after"] or [link(rng, home, rng.choice([p for p in paths if not p[2]]))]
        return words
    if kind < 0.2:
        words["milestone"] = "start"
    elif kind < 0.35:
        words["milestone"] = "finish"
    else:
        words["duration"] = f"{rng.choice((1, 4, 8, 16, 21, 40))}h"
    words |= progress(rng, data_date, words)
    words |= constraints(rng, data_date, words)
    return words


def links(rng, home, paths):
    before = [path for path in paths if rng.random() < 2.2 / (len(paths) + 1) and not path[2]]
    return [link(rng, home, path) for path in before for _ in range(1 + (rng.random() < 0.15))]


def link(rng, home, path):
    project_name, code, _ = path
    lag = rng.choice(LAGS)
    return {
        "activity": code if project_name == home else f"{project_name}.{code}",
        "type": rng.choice(("FS", "FS", "FS", "SS", "SS", "FF", "SF")),
        **({"lag": f"{lag}h"} if lag else {}),
    }


def progress(rng, data_date, words):
    state = rng.random()
    if state < 0.5:
        return {}
    started = data_date - timedelta(days=rng.randrange(1, 7), minutes=-rng.choice((0, 480, 600)))
    if state < 0.75 and not words.get("milestone"):
        found = {"started": text(started), "remaining": f"{rng.choice((0, 1, 4, 8, 24))}h"}
        if rng.random() < 0.2:
            found["resumes"] = text(data_date + timedelta(days=rng.randrange(5), minutes=rng.choice((0, 500))))
        return {"progress": found}
    if words.get("milestone"):
        return {"progress": {"started": text(started), "finished": text(started)}}
    return {"progress": {"started": text(started), "finished": text(started + (data_date - started) / 2)}}


def constraints(rng, data_date, words):
    found = {}
    if "finished" in words.get("progress", {}) or rng.random() > 0.35:
        return found
    at = data_date + timedelta(days=rng.randrange(-3, 20), minutes=rng.choice((0, 480, 600, 1020)))
    found[rng.choice(STARTS if rng.random() < 0.5 else FINISHES)] = text(at)
    if rng.random() < 0.3 and not words.get("milestone"):
        found["expected_finish"] = text(at + timedelta(days=rng.randrange(9)))
    if rng.random() < 0.25:
        found = {"as_late_as_possible": True}
    return found


def text(at):
    return f"{at:%Y-%m-%d %H:%M}"
