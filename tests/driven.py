"""Small programs with known drivers: one after the other round the clock, so that what each adds is known exactly."""

import riskmc as rm

START = "2027-01-04"
DAY = 1440


def program(activities: dict, **words) -> rm.Program:
    """A program of one project, p, on the 24-hour calendar, in euros."""
    said = {"program": "Trial", "start": START, "calendar": "24h", "currency": "EUR"}
    return rm.Program(**{**said, "projects": {"p": {"activities": activities}}, **words})


def chain(risks: dict, **words) -> rm.Program:
    """Two activities in a row, 10 to 20 days and 5 to 15 days, with some risks."""
    activities = {
        "dig": {"duration": {"plan": "12d", "range": "uniform(10d 20d)"}, "cost": "100k"},
        "line": {"duration": {"plan": "8d", "range": "uniform(5d 15d)"}, "after": ["dig"]},
    }
    return program(activities, risks=risks, **words)


def late(days: float, probability: str = "100%", on: str = "dig", **words) -> dict:
    """A risk that adds days to an activity."""
    return {"probability": probability, "impacts": [{"on": on, "duration": f"+ {days}d", **words}]}
