"""Keys of a program file that random_programs.py never writes, added at random to the words of its programs.

The oracle does not know all of them; both engines do, and both implementations of the discrete-event engine.
"""

from hypothesis import strategies as st

from random_programs import programs, programs_in_progress

DATE = st.sampled_from(("2027-01-13", "2027-01-22 10:30", "2027-02-05", "2027-02-15 17:00"))
SHARES = "discrete(75%:50% 125%:50%)"
CALENDARS = {
    "short": {"based_on": "standard", "hours_per_day": "6", "hours_per_week": "30", "hours_per_month": "130"},
    "observed": {
        "based_on": "six", "holiday_dates": ["2027-01-06"], "weather_allowance": ["2027-01-12..2027-01-13"],
    },
    "dutch": {"based_on": "standard", "holidays": "NL"},
}  # fmt: skip
DATES = (
    "start_no_later_than", "manual_start", "deadline", "expected_finish", "needed_by",
    "start_no_earlier_than", "finish_no_later_than",
)  # fmt: skip
PROJECTS = {
    "float_to": ("project",), "float_as": ("start", "least"), "lag_from": ("actual_start",), "name": ("Works",),
    "open_ends_critical": ("true",), "use_expected_finish": ("false",), "constraints_win": ("true",),
    "out_of_sequence": ("actual_dates", "progress_override"), "must_finish_by": ("2027-02-05",),
    "scheduling": ("microsoft",), "lag_calendar": ("24h", "project"),
}  # fmt: skip


@st.composite
def detailed(draw):
    """Return the words of a program with some of the keys that are needed less often."""
    words = draw(st.one_of(programs(), programs_in_progress()))
    add_details(draw, words)
    return words


def add_details(draw, words):
    """Add some of the keys that are needed less often."""
    every = {
        f"{home}.{name}": activity
        for home, project in words["projects"].items()
        for name, activity in project["activities"].items()
    }
    for add in (add_options, add_dates, add_work, add_links, add_ranges, add_risks, add_responses, add_costs):
        if draw(st.booleans()):
            add(draw, words, every)


def maybe(draw, *words):
    """Return nothing, or one of the words."""
    return dict(draw(st.sampled_from(({}, *words))))


def some(draw, paths, most=3):
    """Return one or a few of the paths."""
    return draw(st.lists(st.sampled_from(sorted(paths)), min_size=1, max_size=most, unique=True))


def of_work(every):
    """Return the activities with a duration that a range may vary."""
    return {path for path, one in every.items() if "duration" in one and "margin" not in one}


def add_options(draw, words, every):
    """Choose calendars, scheduling options, what the finish is, targets and what the reader is told."""
    words["calendars"] = words["calendars"] | CALENDARS
    for path in some(draw, every):
        if "duration" in every[path]:
            every[path]["calendar"] = draw(st.sampled_from(sorted(CALENDARS)))
    for project in words["projects"].values():
        for option in draw(st.lists(st.sampled_from(sorted(PROJECTS)), max_size=3, unique=True)):
            project[option] = draw(st.sampled_from(PROJECTS[option]))
        if "data_date" in words:
            project |= maybe(draw, {"data_date": "2027-02-04 12:00"})
    words |= maybe(draw, {"finish": draw(st.sampled_from(sorted(every)))})
    words |= maybe(draw, {"lag_calendar": "successor"}, {"lag_calendar": "24h"})
    target = {"name": "T", "at": draw(st.sampled_from(sorted(every))), "finish": "2027-02-10", "joint": "70%"}
    words |= maybe(draw, {"targets": [target | {"cost": "9k"}]}, {"cost_of_delay": "100/d", "management_reserve": "5k"})


def add_dates(draw, words, every):
    """Set dates: those that move late dates or the plan alone, and one that may slip."""
    for path in some(draw, every):
        activity, word = every[path], draw(st.sampled_from(DATES))
        if not any(key in activity for key in ("level_of_effort", "as_late_as_possible", *DATES)):
            activity[word] = draw(DATE)
            if word == "start_no_earlier_than":
                activity[word] = {"date": activity[word], "slip": "discrete(0d:50% 6d:50%)"}
    for activity in every.values():
        if activity.get("milestone"):
            activity["milestone"] = draw(st.sampled_from(("start", "finish", "true")))
        if "progress" in activity and "finished" not in activity["progress"]:
            activity["progress"] |= maybe(draw, {"percent": "40%"}, {"resumes": "2027-02-12 09:00"})


def add_work(draw, words, every):
    """Say of some work what it is known by, what it costs, and leave a part of it out."""
    for path in some(draw, every):
        activity = every[path]
        activity |= maybe(draw, {"name": "Work", "guid": f"g-{path}", "wbs": "A.1"}, {"codes": {"trade": "steel"}})
        if "duration" in activity and "margin" not in activity:
            activity |= maybe(draw, {"cost": {"fixed": {"plan": "1k", "range": SHARES}, "per_day": "20"}})
            activity |= maybe(draw, {"spend": "front"}, {"elicited_as": "p10-p90"})
    linked = {link["activity"] for one in every.values() for link in one.get("after", ())}
    spare = [path for path in of_work(every) if path not in linked and "progress" not in every[path]]
    if len(every) > 4 and spare and draw(st.booleans()) and "level_of_effort" not in str(words["projects"]):
        every[sorted(spare)[0]] |= maybe(draw, {"unscheduled": "true"})


def add_links(draw, words, every):
    """Let links into an activity count from whichever comes first, and a lag be a share of what is before it."""
    for activity in every.values():
        after = activity.get("after", [])
        if len(after) > 1 and draw(st.booleans()):
            for link in after[:2]:
                link |= {"first_of": "either"}
        for link in after:
            if "lag" not in link and link["type"] == "FS" and "duration" in every.get(link["activity"], {}):
                link |= maybe(draw, {"lag": "50%"})
    risky = sorted(name for name, risk in words["risks"].items() if risk["status"] == "open")
    free = sorted(path for path in of_work(every) if not {"exists", "when", "progress"} & every[path].keys())
    if risky and free:
        word = draw(st.sampled_from(("", "not "))) + "risk " + draw(st.sampled_from(risky))
        every[draw(st.sampled_from(free))] |= maybe(draw, {"when": word})


def add_ranges(draw, words, every):
    """Give ranges by a template, leave some work out of them, and correlate pairs and risks."""
    words["templates"] = {"usual": {"duration": "discrete(100%:50% 150%:50%)", "cost": SHARES, "elicited_as": "p5-p95"}}
    rule = {"on": "all", "use": "usual", "sizes": draw(st.sampled_from(("own", "same", "correlated 0.3"))), "id": "r"}
    words["ranges"] = [*words["ranges"], rule | {"except": some(draw, every)} | maybe(draw, {"elicited_as": "p10-p90"})]
    for driver in words["drivers"].values():
        driver |= maybe(draw, {"except": some(draw, every, 1), "name": "Driver"})
    pairs = [{"pair": ["p.a0", "p.a1"], "duration": "0.5"}]
    pairs = pairs if {"p.a0", "p.a1"} <= of_work(every) and "correlations" not in words else []
    if len(words["risks"]) > 1:
        pairs.append({"pair": [f"risks.{name}" for name in sorted(words["risks"])[:2]], "occurrence": "0.5"})
    words["correlations"] = (
        words.get("correlations", []) + draw(st.lists(st.sampled_from(pairs), max_size=2, unique_by=str))
        if pairs
        else words.get("correlations", [])
    )


def add_risks(draw, words, every):
    """Say more of the risks, and except work from them."""
    for risk in words["risks"].values():
        risk |= {"cause": "c", "event": "e", "effect": "f", "owner": "o", "category": "k"}
        risk |= maybe(draw, {"window": {"from": "2027-01-05", "to": "2027-03-05"}}, {"window": {"to": "2027-02-01"}})
        for impact in risk["impacts"]:
            if impact.get("on") == "p.*":
                impact |= maybe(draw, {"except": some(draw, every, 1)})


def add_responses(draw, words, every):
    """Let a response add work and bring a risk with it, and change what risks do."""
    known = sorted(words["risks"])
    answer = {"name": "Talks", "status": draw(st.sampled_from(("approved", "in_plan", "proposed"))), "cost": "100"}
    free = sorted(path for path in of_work(every) if "progress" not in every[path])
    if free:
        added = {"duration": "3d", "before": [{"activity": free[0], "type": "FS", "lag": "1d"}], "cost": "77"}
        answer |= maybe(draw, {"activities": {"talk": added}})
    if known:
        changed = {"impacts": [{"on": free[:1] or [sorted(every)[0]], "duration": "x 150%"}]}
        answer["acts_on"] = {known[-1]: draw(st.sampled_from((changed, {"duration": "x 50%"}, {"probability": "5%"})))}
        words["risks"]["brought"] = {"name": "B", "probability": "50%", "impacts": [{"cost": "+ 500"}]}
        answer |= maybe(draw, {"secondary": ["risks.brought"]})
        changed = maybe(draw, {"given": {known[0]: "90%"}})
        if len(known) > 1 and changed and "given" in words["risks"][known[-1]]:
            answer["acts_on"][known[-1]] = changed
    words["responses"] = words.get("responses", {}) | {"talks": answer}


def add_costs(draw, words, every):
    """Add costs of a project and of the program, and money over time, of which dates and costs know nothing."""
    home = draw(st.sampled_from(sorted(words["projects"])))
    item = {"name": "Fee", "fixed": {"plan": "800", "range": "discrete(700:50% 950:50%)"}, "project": home, "cbs": "1"}
    held = {"fixed": "900", "contingency": "true"}
    words["costs"] = words["costs"] | {"fee": item | maybe(draw, {"spend": "start"})} | maybe(draw, {"held": held})
    words |= maybe(draw, {
        "escalation": {"general": {"rate": "3%", "years": "own", "from": "2027"}}, "discount_rate": {"real": "4%"},
        "payments": {"lag": "30ed", "retention": "5%", "advance": "10%"},
        "benefits": [{"at": sorted(every)[-1], "per_year": "30k", "for": "3y"}],
    })  # fmt: skip
