"""Random whole programs with money over time: profiles of spending, price indices, terms of payment, funding."""

from hypothesis import strategies as st

import random_programs

SPEND = ("even", "even", "start", "finish", "front", "back", "bell")
PRICES = (
    {},
    {"general": {"rate": "discrete(2%:50% 5%:50%)", "years": "own", "from": 2027}},
    {"steel": {"rate": "discrete(-1%:50% 4%:50%)", "from": 2026}, "general": {"rate": "3%", "from": 2025}},
)
TERMS = (None, {"lag": "0ed"}, {"lag": "45ed", "retention": "5%", "advance": "10%"}, {"lag": "7ed", "retention": "10%"})


@st.composite
def phased_programs(draw, programs=None):
    """Return the words of a program with money over time."""
    words = draw(programs if programs is not None else random_programs.programs())
    prices = draw(st.sampled_from(PRICES))
    for project in words["projects"].values():
        for activity in project["activities"].values():
            activity["spend"] = draw(st.sampled_from(SPEND))
            if "cost" in activity and prices:
                activity["cost"]["escalation"] = draw(st.sampled_from((*prices, "none")))
    words["costs"] = {**words["costs"], **draw(st.sampled_from(({}, {"fee": {"fixed": "777.77"}}, _of("p"), _bare())))}
    for item in words["costs"].values():
        item["spend"] = draw(st.sampled_from(SPEND))
    words["escalation"] = prices
    terms = draw(st.sampled_from(TERMS))
    return words | ({} if terms is None else {"payments": terms})


def _of(project):
    return {"fee": {"fixed": "discrete(100:50% 901:50%)", "project": project}}


def _bare():
    return {"a": {"fixed": "12.34"}, "b": {"fixed": "99.99", "escalation": "none"}}
