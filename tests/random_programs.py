"""Random whole programs in the words of the program file, for tests that compare the engine with the oracle.

Every size is certain or discrete, and every factor a multiple of a quarter: then both sides compute the same numbers to
the last bit, and near the end of a shift, where one minute can become a night, dates must still be equal.
"""

from hypothesis import strategies as st

CALENDARS = {
    "nights": {"week": {"mon-thu": "22:00-06:00", "fri": "20:00-04:00"}},
    "six": {
        "week": {"mon-sat": "07:00-12:00 12:30-15:30"},
        "exceptions": {"2027-02-08..2027-02-10": "off", "2027-02-14": "08:00-10:00"},
    },
}
FACTORS = ("75%", "100%", "125%", "150%", "200%")
DATES = ("2027-01-11", "2027-01-20 10:30", "2027-01-23", "2027-02-01 17:00", "2027-02-09", "2027-02-22 00:00")
DAYS = st.integers(1, 12)
PROJECTS = ("p", "q")


def two(values):
    """Return the text of a discrete size of two different values, at chances of 25%, 50% or 75%."""
    return st.tuples(values, values, st.sampled_from((25, 50, 75))).map(
        lambda drawn: f"discrete({drawn[0]}:{drawn[2]}% {drawn[1]}:{100 - drawn[2]}%)"
    )


def either(values):
    """Return a certain or a discrete size."""
    return st.one_of(values, two(values))


days = DAYS.map(lambda n: f"{n}d")
hours = st.integers(1, 30).map(lambda n: f"{n}h")
factors = st.sampled_from(FACTORS)
amounts = st.integers(1, 40).map(lambda n: f"{n * 250}")
lags = st.one_of(st.integers(-4, 6).map(lambda n: f"{n}d"), st.integers(-9, 20).map(lambda n: f"{n}h"))


@st.composite
def durations(draw):
    """Return a duration: certain, discrete, elapsed, or a plan with a range in shares of it."""
    kind = draw(st.sampled_from(("days", "days", "hours", "elapsed", "share")))
    if kind == "share":
        return {"plan": draw(days), "range": draw(two(factors))}
    if kind == "elapsed":
        return draw(st.integers(10, 90).map(lambda n: f"{n}eh"))
    return draw(either(days if kind == "days" else hours))


@st.composite
def costs(draw):
    """Return what an activity costs: a fixed part, a part per day, or both."""
    words = {}
    if draw(st.booleans()):
        words["fixed"] = draw(either(amounts))
    if not words or draw(st.booleans()):
        words["per_day"] = draw(amounts)
    return words


@st.composite
def links(draw, before):
    """Return links to a few of the paths before, mostly finish to start without a lag."""
    found = []
    for path in draw(st.lists(st.sampled_from(before), max_size=3, unique=True)) if before else ():
        link = {"activity": path, "type": draw(st.sampled_from(("FS", "FS", "SS", "FF", "SF")))}
        if draw(st.booleans()):
            link["lag"] = draw(either(lags))
            link["lag_calendar"] = draw(st.sampled_from(("predecessor", "predecessor", "successor", "project", "24h")))
        found.append(link)
    return found


@st.composite
def activities(draw, before, conditions):
    """Return an activity after some of the paths before it."""
    kind = draw(st.sampled_from(("work",) * 7 + ("milestone", "margin", "existing", "conditional")))
    words = {"after": draw(links(before)), "tags": draw(st.lists(st.sampled_from("xy"), max_size=2, unique=True))}
    if kind == "milestone":
        return words | {"milestone": "true"} | draw(constraints())
    if kind == "margin":
        return words | {"margin": "true", "duration": draw(days)}
    words |= {"duration": draw(durations()), "calendar": draw(st.sampled_from((None, None, "nights", "six", "24h")))}
    words |= {"cost": draw(costs())} if draw(st.booleans()) else {}
    words |= draw(constraints()) if draw(st.integers(0, 3)) == 0 else {}
    if kind == "existing":
        words["exists"] = draw(st.sampled_from(("25%", "50%", "75%")))
    if kind == "conditional" and conditions:
        words["when"] = draw(st.sampled_from(conditions))
    return {word: value for word, value in words.items() if value is not None}


@st.composite
def constraints(draw):
    """Return one constraint on a date, or none."""
    word = draw(
        st.sampled_from(
            (
                "start_no_earlier_than",
                "start_no_earlier_than",
                "finish_no_earlier_than",
                "start_on",
                "finish_on",
                "finish_no_later_than",
                "mandatory_start",
                "mandatory_finish",
                "as_late_as_possible",
            )
        )
    )
    return {word: "true" if word == "as_late_as_possible" else draw(st.sampled_from(DATES))}


@st.composite
def networks(draw, conditions):
    """Return projects of activities, each linked to earlier ones only, and all their paths."""
    projects = {name: {"activities": {}} for name in PROJECTS[: draw(st.integers(1, 2))]}
    projects["p"] |= draw(st.sampled_from(({}, {}, {"start": "2027-01-06 13:00"}, {"lag_calendar": "successor"})))
    if "q" in projects:
        projects["q"] |= draw(st.sampled_from(({}, {"start": "2027-02-01"}, {"calendar": "six"})))
    paths, dated = [], []
    for number in range(draw(st.integers(2, 8))):
        project = draw(st.sampled_from(sorted(projects)))
        words = draw(activities(paths, conditions + dated))
        path = f"{project}.a{number}"
        after_condition(words)
        projects[project]["activities"][f"a{number}"] = words
        paths.append(path)
        dated.append(f"{path} {draw(st.sampled_from(('start >', 'finish >', 'finish <=')))} 2027-01-20")
    if draw(st.integers(0, 3)) == 0:
        projects[paths[0].split(".")[0]]["activities"]["site"] = draw(efforts(list(paths)))
    return {name: project for name, project in projects.items() if project["activities"]}, paths


def after_condition(words):
    """Put the activity of a condition on a date among the predecessors: it must lie upstream."""
    first = words.get("when", "").split(" ")[0]
    if "." in first and first not in [link["activity"] for link in words["after"]]:
        words["after"] = [*words["after"], {"activity": first, "type": "FS"}]


@st.composite
def efforts(draw, paths):
    """Return a level of effort over some of the activities."""
    first = draw(st.lists(st.sampled_from(paths), min_size=1, max_size=2, unique=True))
    last = draw(st.lists(st.sampled_from(paths), min_size=1, max_size=2, unique=True))
    return {"level_of_effort": {"from": first, "to": last}, "cost": {"per_day": draw(amounts)}}


@st.composite
def impacts(draw, paths, name, spreads):
    """Return one impact of a risk."""
    words = {"id": name}
    kind = draw(st.sampled_from(("program", "times", "times", "plus", "plus", "money")))
    if kind == "program":
        return words | {"cost": "+ " + draw(either(amounts))}
    words["on"] = draw(st.one_of(st.just("p.*"), st.lists(st.sampled_from(paths), min_size=1, max_size=3, unique=True)))
    words["own_size"] = draw(st.sampled_from(("false", "true")))
    if kind == "times":
        words["duration"] = "x " + draw(either(factors))
        words |= draw(st.sampled_from(({}, {"cost": "x 150%"}, {"cost_total": "x 125%"}, {"cost_per_day": "x 75%"})))
        return words
    words["spread"] = draw(st.sampled_from(spreads))
    return words | (
        {"duration": "+ " + draw(either(days))} if kind == "plus" else {"cost": "+ " + draw(either(amounts))}
    )


@st.composite
def risks(draw, paths, spreads):
    """Return a few risks, some of them conditional on earlier ones, some in one parallel group."""
    found = {}
    for number in range(draw(st.integers(0, 3))):
        words = {"name": f"Risk {number}", "probability": draw(st.sampled_from(("30%", "60%", "100%")))}
        count = draw(st.integers(1, 2))
        words["impacts"] = [draw(impacts(paths, f"i{i}", spreads)) for i in range(count)]
        words["status"] = draw(st.sampled_from(("open", "open", "open", "closed", "occurred")))
        if found and draw(st.booleans()):
            words["given"] = {draw(st.sampled_from(sorted(found))): draw(st.sampled_from(("10%", "80%")))}
        if all("cost" not in "".join(impact) for impact in words["impacts"]) and draw(st.booleans()):
            words["parallel_group"] = "g"
        found[f"r{number}"] = words
    return found


@st.composite
def overlays(draw, paths, known_risks):
    """Return ranges, drivers, correlations, responses and cost items."""
    rule = st.fixed_dictionaries(
        {"on": st.sampled_from(("all", "tag:x", "p.*")), "sizes": st.sampled_from(("own", "same", "correlated 0.5"))},
        optional={"cost": two(factors)},
    )
    words = {"ranges": [r | {"duration": draw(two(factors))} for r in draw(st.lists(rule, max_size=2))]}
    driver = st.fixed_dictionaries(
        {"on": st.sampled_from(("all", "tag:y", "q.*", "p.*")), "duration": either(factors)},
        optional={"cost": either(factors), "cost_per_day": either(factors), "cost_total": either(factors)},
    )
    words["drivers"] = {f"d{i}": found for i, found in enumerate(draw(st.lists(driver, max_size=2)))}
    if draw(st.booleans()):
        words["correlations"] = [{"group": ["p.*"], "duration": "0.6", "cost": "0.6"}]
    if known_risks and draw(st.booleans()):
        change = draw(st.sampled_from(({"probability": "10%"}, {"duration": "x 50%"}, {"cost": "x 150%"})))
        words["responses"] = {
            "s": {
                "status": draw(st.sampled_from(("proposed", "approved", "in_plan", "done"))),
                "cost": draw(either(amounts)),
                "works": draw(st.sampled_from(("50%", "100%"))) if "probability" in change else "100%",
                "acts_on": {sorted(known_risks)[0]: change},
            }
        }
    span = {"from": paths[0], "to": paths[-1]}
    words["costs"] = draw(
        st.sampled_from(({}, {"k": {"fixed": "discrete(100:50% 900:50%)", "per_day": "33", "span": span}}))
    )
    return words


@st.composite
def programs(draw):
    """Return a whole program without progress, as the words of a program file."""
    conditions = ["fork = left", "fork = right"]
    projects, paths = draw(networks(conditions))
    dated = any(
        "." in found.get("when", "") for project in projects.values() for found in project["activities"].values()
    )
    found = draw(risks(paths, ("each",) if dated else ("each", "once")))
    return {
        "program": "Random",
        "start": "2027-01-04",
        "calendar": draw(st.sampled_from(("standard", "standard", "six"))),
        "calendars": CALENDARS,
        "choices": {"fork": {"left": "50%", "middle": "25%", "right": "25%"}},
        "projects": projects,
        "risks": found,
        **draw(overlays(paths, found)),
    }


@st.composite
def programs_in_progress(draw):
    """Return a whole program with a data date: its first activities are finished, the next may have started."""
    words = draw(programs())
    words["data_date"] = draw(st.sampled_from(("2027-02-01", "2027-02-03 10:00", "2027-02-06")))
    words["out_of_sequence"] = draw(st.sampled_from(("retained_logic", "progress_override")))
    planned = {
        f"{p}.{a}": found for p, project in words["projects"].items() for a, found in project["activities"].items()
    }
    finished = set()
    for path, activity in sorted(planned.items(), key=lambda item: item[0].split(".")[1]):
        state = draw(st.sampled_from(("planned", "started", "finished", "finished")))
        if not {"duration"} <= activity.keys() or {"margin", "when", "exists"} & activity.keys():
            continue
        if state == "finished" and all(link["activity"] in finished for link in activity["after"]):
            finished.add(path)
            activity["progress"] = {
                "started": "2027-01-07",
                "finished": draw(st.sampled_from(("2027-01-15", "2027-01-28 11:00"))),
            }
            activity["progress"] |= draw(st.sampled_from(({}, {"actual_cost": "1234.5"})))
        elif state == "started":
            activity["progress"] = {"started": draw(st.sampled_from(("2027-01-13", "2027-01-29 09:15")))}
            activity["progress"] |= draw(
                st.sampled_from(
                    ({}, {"remaining": "3d"}, {"remaining": "discrete(2d:50% 9d:50%)"}, {"actual_cost": "987.65"})
                )
            )
    without_drawn_leads(planned)
    return words


def without_drawn_leads(planned):
    """Make certain every drawn lead from a start that has happened: what is left of it is nobody's rule."""
    started = {path for path, activity in planned.items() if "started" in activity.get("progress", ())}
    for link in (link for activity in planned.values() for link in activity.get("after", ())):
        if link["activity"] in started and link["type"][0] == "S" and "(-" in link.get("lag", "").replace(" -", "(-"):
            link["lag"] = "-1d"
