"""Random whole programs with behaviours of the discrete-event engine switched on at random, as words of a program file.

They are the programs of random_programs.py, to which pools, gates, approvals, arrivals, scope growth, funding, policies
and teams are added. Nothing of it has to make sense; it only has to be allowed.
"""

from hypothesis import strategies as st

from detailed_programs import detailed, maybe
from random_programs import programs, programs_in_progress

KINDS = ("pools", "gates", "approvals", "arrivals", "scope", "funding", "policies", "backlogs", "weather")
POOLS = ("crew", "crane")
SHARES = ("20%", "50%", "90%")
STRIKE = {
    "name": "Strike", "probability": "60%", "window": {"from": "2027-01-15", "to": "2027-05-15"},
    "impacts": [{"calendars": ["six"], "lost": "uniform(1d 9d)"}],
}  # fmt: skip
SPANS = ("4h", "2d", "uniform(1d 5d)", "exponential(3d)")


@st.composite
def behaving(draw, kinds=KINDS):
    """Return the words of a program with some of the behaviours ``kinds``."""
    words = draw(st.one_of(programs(), detailed(), programs_in_progress()))
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=len(kinds), unique=True))
    for kind in sorted(chosen, key=KINDS.index):
        ADDING[kind](draw, words)
    return words


def working(words):
    """Return the activities with work of their own, by path."""
    return {
        f"{home}.{name}": activity
        for home, project in words["projects"].items()
        for name, activity in project["activities"].items()
        if "duration" in activity and "margin" not in activity and "level_of_effort" not in activity
    }


def few(draw, paths, most=2):
    """Return one or a few of the paths."""
    return draw(st.lists(st.sampled_from(sorted(paths)), min_size=1, max_size=most, unique=True))


def add_pools(draw, words):
    """Let work need units of pools, with their own hours, staffing, turnover, outages and pre-emption."""
    words["resources"] = {name: draw(pools()) for name in POOLS}
    for activity in working(words).values():
        if draw(st.integers(0, 3)):
            activity["uses"] = {name: draw(st.sampled_from(("1", "2"))) for name in few(draw, POOLS)}
            activity |= draw(st.sampled_from(({}, {}, {"priority": "1"}, {"priority": "200"})))
            activity |= draw(st.sampled_from(({}, {"while_paused": "release"})))
            resumes = draw(st.sampled_from(("continue", "restart", "redraw")))
            apart = draw(st.sampled_from(({"interruptible": "false"}, {"interrupts": "false"}, {"set_up": "3h"})))
            activity |= maybe(
                draw, {"preemption": {"resumes": resumes, "set_up": "3h"} | apart}, {"preemption": "false"}
            )
    for project in words["projects"].values():
        project |= draw(st.sampled_from(({}, {"priority": "1"}, {"priority": "50"})))


@st.composite
def pools(draw):
    """Return a pool of at least two units."""
    words = {"capacity": draw(st.sampled_from(("2", "3"))), "cost": draw(st.sampled_from(("10/h", "500/d")))}
    words |= draw(st.sampled_from(({}, {}, {"calendar": "six"})))
    words |= draw(st.sampled_from(({}, {"staffing": {"2027-01-18": "4", "2027-02-08": "2"}})))
    words |= draw(st.sampled_from(({}, {"turnover": {"leaves": "exponential(20d)", "vacancy": "uniform(2d 6d)"}})))
    words |= maybe(draw, {"ramp_up": {"start": "40%", "over": "5d", "steps": "3"}}, {"from_plan": "true"})
    clock = draw(st.sampled_from(("elapsed", "working")))
    outage = {"after": "exponential(8d)", "lasts": "uniform(2h 2d)", "clock": clock}
    words |= draw(st.sampled_from(({}, {"outages": outage}, {"outages": outage | {"units": "1"}})))
    return words | draw(st.sampled_from(({}, {"preemption": "true"})))


def add_gates(draw, words):
    """Let some work be tested, and redone."""
    found = working(words)
    for path in few(draw, found) if found else ():
        fail = draw(st.sampled_from(("50%", ["60%", "20%"], {"first": "70%", "factor": "50%"})))
        gate = {"fail": fail, "redo": draw(st.sampled_from(("50%", "uniform(10% 90%)")))}
        gate["at_most"] = draw(st.sampled_from(("1", "3")))
        gate["work"] = draw(st.sampled_from(("scaled", "redrawn")))
        gate["successors"] = draw(st.sampled_from(("continue", "pause", "restart")))
        before = [link["activity"] for link in found[path]["after"] if link["activity"] in found]
        if before and draw(st.booleans()):
            gate["of"] = [path, before[0]]
        found[path]["quality_gate"] = gate


def add_approvals(draw, words):
    """Let some work be approved by people, some of whom are discovered late."""
    found = working(words)
    for path in few(draw, found, 1) if found else ():
        asked = {"takes": draw(st.sampled_from(SPANS)), "approvers": draw(st.sampled_from(("1", "3")))}
        asked["order"] = draw(st.sampled_from(("parallel", "sequence")))
        asked |= draw(st.sampled_from(({}, {"discovered": "discrete(0:50% 2:50%)"})))
        chance = draw(st.sampled_from(("40%", ["50%", "10%"], {"first": "60%", "factor": "50%"})))
        rejects = {"reject": chance, "redo": "30%", "at_most": "2"}
        before = [link["activity"] for link in found[path]["after"] if link["activity"] in found]
        asked |= maybe(draw, rejects, rejects | {"of": [path, *before[:1]]})
        if "resources" in words and draw(st.booleans()):
            asked["by"] = {"crew": "1"}
        found[path]["approval"] = asked


def add_arrivals(draw, words):
    """Let risks strike more than once."""
    found = sorted(working(words))
    for number in range(draw(st.integers(1, 2)) if found else 0):
        effects = [
            {"on": few(draw, found), "duration": "+ " + draw(st.sampled_from(SPANS)), "spread": "each"},
            {"on": few(draw, found), "duration": "x 120%"},
            {"on": few(draw, found), "pause": draw(st.sampled_from(SPANS)), "overlap": "add"},
            {"on": few(draw, found), "pause": draw(st.sampled_from(SPANS))},
            {"cost": "+ uniform(10 90)"},
        ]
        if "resources" in words:
            effects.append({"resource": "crew", "units": "-1", "lasts": draw(st.sampled_from(SPANS))})
        arrivals = draw(st.sampled_from((
            {"rate": "20/y"}, {"every": "exponential(9d)"}, {"by_month": {"jan": "40/y", "feb-dec": "5/y"}},
        )))  # fmt: skip
        arrivals = arrivals | {"exposure": draw(st.sampled_from(("working", "active", "calendar")))}
        arrivals |= draw(st.sampled_from(({}, {"while": found[0]}, {"while": found[0].split(".")[0]})))
        arrivals |= draw(st.sampled_from(({"at_most": "3"}, {"at_most": "8"})))
        chosen = draw(st.lists(st.sampled_from(range(len(effects))), min_size=1, max_size=2, unique=True))
        impacts = [effects[i] | {"id": f"i{i}"} for i in chosen]
        words["risks"][f"arriving{number}"] = {"name": "Arrives", "arrivals": arrivals, "impacts": impacts}


def add_scope(draw, words):
    """Let the scope grow, by changes or compound."""
    found = working(words)
    if found:
        on = few(draw, found)
        change = {
            "on": on,
            "rate": "6/mo",
            "size": draw(st.sampled_from(SPANS)),
            "approved": draw(st.sampled_from(SHARES)),
        }
        change |= {"spread": draw(st.sampled_from(("each", "once", "split"))), "freeze": "2027-03-01"}
        change |= draw(st.sampled_from(({}, {"late_factor": "150%"})))
        compound = {"on": on, "growth": "4%/mo", "name": "Creep"}
        if found.keys() - {on[0]}:
            compound |= maybe(draw, {"on": "all", "except": on[:1]})
        words["scope"] = {"s": draw(st.sampled_from((change, compound)))}


def add_funding(draw, words):
    """Let money be released by the year; enough of it comes in the end."""
    rule = {
        "without": draw(st.sampled_from(("stop_starts", "pause_all"))),
        "commit": draw(st.sampled_from(("as_incurred", "at_start"))),
    }
    words |= {"currency": "EUR", "funding": {"2027": "20k", "2028": "20M"}, "funding_rule": rule}
    words["fiscal_year_starts"] = draw(st.sampled_from(("01-01", "02-01")))


def add_policies(draw, words):
    """Let a manager react."""
    found = sorted(working(words))
    if not found:
        return
    actions = [
        {"overtime": {"on": few(draw, found), "rate": "125%", "premium": "50%", "fatigue": "5%/w", "errors": "130%"}},
        {"crash": {"on": few(draw, found), "duration": "80%", "cost": "1k"}},
        {"prioritise": {found[0]: "1"}},
    ]
    spared = [path for path in found if path != found[0]][:1]
    for hurry in (actions[0]["overtime"], actions[1]["crash"]) if spared else ():
        hurry |= maybe(draw, {"on": "all", "except": spared})
    if "resources" in words:
        more = {"resource": "crew", "units": "1", "lead": "1d", "overhead": "0.0006"}
        more |= maybe(draw, {"lasts": "6d"}, {"cost": "700/d", "ramp_up": {"start": "30%", "over": "4d"}})
        actions.append({"add_units": more})
    when = {
        "later_than": draw(st.sampled_from(("2027-01-08", "2027-01-29"))),
        "by": draw(st.sampled_from(("0d", "3d"))),
    }
    when |= maybe(draw, {"at": draw(st.sampled_from((found[0].split(".")[0], found[-1])))}, {"until": "0d"})
    words["policies"] = {
        "react": {
            "review": draw(st.sampled_from(("3d", "10d"))), "when": when, "delay": draw(st.sampled_from(("0d", "1d"))),
            "at_most": draw(st.sampled_from(("1", "3"))), "do": draw(st.sampled_from(actions)),
        }
    }  # fmt: skip


def add_backlogs(draw, words):
    """Let a team work off some of the activities as backlogs."""
    words["teams"] = {"alpha": draw(teams())}
    found = {path: one for path, one in working(words).items() if "progress" not in one}
    for path in few(draw, found) if found else ():
        del found[path]["duration"]
        for gate in (one["quality_gate"] for one in found.values() if "quality_gate" in one):
            gate["work"] = "scaled"
        found[path]["backlog"] = {"team": "alpha", "items": draw(st.sampled_from(("9", "discrete(4:50% 12:50%)")))}


@st.composite
def teams(draw):
    """Return a team, by its throughput or by the stages of its board."""
    words = maybe(draw, {"split": "10%"}, {"growth": "4%/mo"}, {"arrivals": "1/w"})
    if draw(st.booleans()):
        per = draw(st.sampled_from(("day", "week", "2w")))
        return words | {"throughput": "empirical(5 7 3 8)", "per": per}
    test = {"name": "test", "takes": "uniform(1h 9h)", "wip": "2", "servers": "2"}
    stages = [{"name": "dev", "takes": "exponential(1d)", "servers": "3", "wip": "4"}, test]
    stages[0]["when_blocked"] = draw(st.sampled_from(("hold", "release")))
    return words | {"stages": stages} | maybe(draw, {"wip": "4"})


def add_weather(draw, words):
    """Let days be lost to the weather on a calendar, and perhaps to a strike."""
    leaves = draw(st.sampled_from(("0%", "0%", "40%", "99%")))
    lost = {"jan-mar": {"lost": "30%", "persistence": "50%", "leaves": leaves}, "apr-dec": {"lost": "10%"}}
    words["calendars"] = words["calendars"] | {"six": words["calendars"]["six"] | {"weather": lost}}
    words["risks"] = words["risks"] | draw(st.sampled_from(({}, {"strike": STRIKE})))


ADDING = {
    "pools": add_pools, "gates": add_gates, "approvals": add_approvals, "arrivals": add_arrivals, "scope": add_scope,
    "funding": add_funding, "policies": add_policies, "backlogs": add_backlogs, "weather": add_weather,
}  # fmt: skip
