"""Random whole programs that want the discrete-event engine to hang: work without end, nothing to work with, storms.

They are the programs of behaving_programs.py with numbers at the edge of what is allowed: risks that strike by the
hour, teams that nobody stays in, gates that always fail, budgets of one euro. Few are refused before the run.
"""

from hypothesis import strategies as st

from behaving_programs import behaving, working

DURATIONS = (
    "0d", "1h", "uniform(0h 1h)", "400d", "uniform(1h 900d)", "exponential(1d)", "discrete(0d:50% 1h:50%)",
)  # fmt: skip
SPELLS = ("1min", "1h", "exponential(1h)", "uniform(0h 2h)", "500d", "exponential(200d)")
STORMS = ({"rate": "20000/y"}, {"every": "exponential(1h)"}, {"every": "1min"}, {"rate": "0.0001/y"})
CHANGES = ("x 0%", "x 1000%", "+ 0h", "+ 400d", "x 100.1%")
BUDGETS = ({"2027": "1"}, {"2027": "1", "2031": "20M"}, {"2030": "900M"}, {"2027": "90k", "2029": "90k"})


@st.composite
def hostile(draw):
    """Return the words of a program that tries to keep the engine busy for ever."""
    words = draw(behaving())
    sharpen_work(draw, words)
    sharpen_pools(draw, words)
    sharpen_risks(draw, words)
    sharpen_scope(draw, words)
    sharpen_policies(draw, words)
    if "funding" in words:
        words |= {"funding": one_of(draw, words["funding"], *BUDGETS)}
    return words


def one_of(draw, *values):
    """Return one of the values."""
    return draw(st.sampled_from(values))


def sharpen(draw, words, **values):
    """Replace some of the words that are there by one of the values given for each."""
    for key, sharper in values.items():
        if key in words:
            words[key] = one_of(draw, words[key], *sharper)


def sharpen_work(draw, words):
    """Make work, gates and approvals extreme."""
    for activity in working(words).values():
        sharpen(draw, activity, duration=DURATIONS, priority=("0", "1000000"))
        gate, approval = activity.get("quality_gate", {}), activity.get("approval", {})
        redo = ("100%", "1%", "0.001%", "uniform(0% 300%)", "1000%")
        sharpen(draw, gate, fail=("100%", "99.9%", "0%"), redo=redo, at_most=("1000",))
        sharpen(draw, approval, takes=SPELLS, approvers=("50",), reject=("100%",))
        sharpen(draw, approval, at_most=("1000", "50"))


def sharpen_pools(draw, words):
    """Make pools small, and those in them restless."""
    for pool in words.get("resources", {}).values():
        emptied = ({"2027-01-11": "0"}, {"2027-01-11": "0", "2029-01-01": "3"})
        sharpen(draw, pool, capacity=("1", "1000"), staffing=emptied, preemption=("true",))
        sharpen(draw, pool.get("turnover", {}), leaves=SPELLS, vacancy=SPELLS)
        sharpen(draw, pool.get("outages", {}), after=SPELLS, lasts=SPELLS)
        sharpen(draw, pool.get("ramp_up", {}), start=("1%", "0.01%"), steps=("1", "50"))


def sharpen_risks(draw, words):
    """Let risks strike all the time, for ever."""
    for risk in words["risks"].values():
        if "arrivals" not in risk:
            continue
        storm = one_of(draw, None, *STORMS)
        if storm is not None:
            kept = {key: value for key, value in risk["arrivals"].items() if key in ("exposure", "while", "at_most")}
            risk["arrivals"] = kept | storm
        if draw(st.booleans()):
            risk["arrivals"].pop("at_most", None)
        for impact in risk["impacts"]:
            sharpen(draw, impact, pause=SPELLS, lasts=SPELLS, duration=CHANGES)


def sharpen_scope(draw, words):
    """Let work grow faster than it is done."""
    for scope in words.get("scope", {}).values():
        sharpen(draw, scope, growth=("100%/mo", "90%/mo"), rate=("2000/mo", "60/mo"))
        if draw(st.booleans()):
            scope.pop("freeze", None)


def sharpen_policies(draw, words):
    """Let managers meet by the minute, and do too much."""
    for policy in words.get("policies", {}).values():
        sharpen(draw, policy, review=("1min", "1h", "1000d"))
        done = policy["do"]
        sharpen(draw, done.get("crash", {}), duration=("1%", "99.9%"))
        sharpen(draw, done.get("overtime", {}), fatigue=("100%/w",), rate=("1000%",), errors=("100000%",))
        sharpen(draw, done.get("add_units", {}), units=("1000",), overhead=("1",))
        if draw(st.booleans()):
            policy.pop("at_most", None)
