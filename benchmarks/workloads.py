"""Made-up programs to time: S, M and L with 100, 1,000 and 10,000 activities, and a full-featured one.

A `Workload` is the plain numbers of a program. `program` writes them in the words of the program file for riskmc;
the yardsticks take the numbers as they are, so both sides do the same work. All are shaped alike: about two links
into each activity, from the twentieth of the program before it; longest chain about a hundred activities; half the
durations triangular and half PERT; ten correlated groups; 50 risks that each lengthen 5% of the activities by one
shared factor, every tenth with a cost of its own; cost fixed and by the day. The same numbers every time.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from riskmc.program.program import Program

SIZES = {"S": 100, "M": 1_000, "L": 10_000}
GROUPS, RISKS, SHARE_STRUCK = 10, 50, 0.05
CORRELATION = 0.3
Calendars = Literal["one", "three", "five", "none"]

START = "2027-01-04"
WEEKS: dict[str, dict[str, Any]] = {
    "standard": {"week": {"mon-fri": "08:00-12:00 13:00-17:00"}},
    "six-days": {"week": {"mon-sat": "07:00-12:00 13:00-17:00"}, "exceptions": {"2027-12-24..2028-01-02": "off"}},
    "two-shifts": {"week": {"mon-fri": "06:00-22:00"}},
    "nights": {"week": {"mon-fri": "22:00-06:00"}},
    "sun-thu": {"week": {"sun,mon,tue,wed,thu": "08:00-12:00 13:00-17:00"}},
}
NAMES = {"one": ["standard"], "three": list(WEEKS)[:3], "five": list(WEEKS), "none": ["24h"]}


@dataclass(frozen=True)
class Link:
    """A link into an activity: the number of its predecessor, the type, and the lag in days."""

    predecessor: int
    type: str
    lag: int


@dataclass(frozen=True)
class Register:
    """Risks: probability, size of the factor in percent (low, mode, high), whom it strikes, cost in thousands."""

    probability: float
    size: tuple[int, int, int]
    strikes: list[int]
    cost: tuple[int, int, int] | None


@dataclass(frozen=True)
class Workload:
    """A program as numbers: durations (low, mode, high) in days, activity by activity, links, risks, cost.

    ``per_day`` and ``fixed`` are currency units; ``group`` is the correlated group. The odd activities are PERT, the
    even ones triangular.
    """

    days: list[tuple[float, float, float]]
    links: list[list[Link]]
    group: list[int]
    fixed: list[int]
    per_day: list[int]
    risks: list[Register]

    def __len__(self) -> int:
        return len(self.days)


def workload(activities: int) -> Workload:
    """Return the numbers of a program with so many activities."""
    chance = random.Random(activities)
    return Workload(
        days=[_days(chance) for _ in range(activities)],
        links=[_links(chance, number, max(activities // 19, 2)) for number in range(activities)],
        group=[chance.randrange(GROUPS) for _ in range(activities)],
        fixed=[chance.randrange(5, 200) * 1_000 for _ in range(activities)],
        per_day=[chance.randrange(1, 20) * 500 for _ in range(activities)],
        risks=[_risk(chance, number, activities) for number in range(RISKS)],
    )


def _days(chance: random.Random) -> tuple[float, float, float]:
    mode = chance.randrange(2, 16)
    return round(mode * chance.uniform(0.6, 0.95), 1), float(mode), round(mode * chance.uniform(1.1, 1.9), 1)


def _links(chance: random.Random, number: int, window: int) -> list[Link]:
    """Return one to three links from the activities just before."""
    reach = min(number, window)
    count = min(reach, chance.choice((1, 2, 2, 3)))
    return [_link(chance, number - back) for back in sorted(chance.sample(range(1, reach + 1), count), reverse=True)]


def _link(chance: random.Random, predecessor: int) -> Link:
    kind = chance.random()
    if kind < 0.85:
        return Link(predecessor, "FS", chance.choice((0, 0, 0, 0, 1)))
    return Link(predecessor, "SS" if kind < 0.95 else "FF", chance.randrange(1, 4))


def _risk(chance: random.Random, number: int, activities: int) -> Register:
    strikes = sorted(chance.sample(range(activities), max(1, round(SHARE_STRUCK * activities))))
    low, mode = chance.randrange(95, 106), chance.randrange(106, 125)
    cost = (100, 250, chance.randrange(300, 900)) if number % 10 == 0 else None
    return Register(round(chance.uniform(0.05, 0.6), 2), (low, mode, chance.randrange(130, 180)), strikes, cost)


def program(load: Workload, calendars: Calendars = "one") -> Program:
    """Return a workload as a program; riskmc does all its reading and checking here."""
    return Program(**words(load, calendars))


def words(load: Workload, calendars: Calendars = "one") -> dict[str, Any]:
    """Return a workload in the words of the program file, as YAML would hold them."""
    names = NAMES[calendars]
    places = _calendars(len(load), names)
    activities = {f"a{a:05}": _activity(load, a, places[a], names[0]) for a in range(len(load))}
    return {
        "riskmc": 1,
        "program": f"Workload of {len(load)} activities",
        "start": START,
        "calendar": names[0],
        "calendars": {name: WEEKS[name] for name in names if name in WEEKS},
        "projects": {"works": {"activities": activities}},
        "targets": [{"name": "Commitment", "finish": "2034-12-31", "cost": "1bn"}],
        "correlations": [{"group": f"code:trade={group}", "duration": CORRELATION} for group in range(GROUPS)],
        "risks": {f"r{number:02}": _risk_words(risk) for number, risk in enumerate(load.risks)},
    }


def _calendars(activities: int, names: Sequence[str]) -> list[str]:
    """Return the calendar of each activity: mixed at random where there are three, in stretches where there are five.

    Five stretches leave about 87% of the links on one calendar, as in real plans.
    """
    if len(names) == 5:
        return [names[5 * a // activities] for a in range(activities)]
    chance = random.Random(0)
    return [chance.choice(names) for _ in range(activities)]


def _activity(load: Workload, a: int, calendar: str, default: str) -> dict[str, Any]:
    low, mode, high = load.days[a]
    out = {
        "name": f"Work item {a}",
        "duration": f"{'pert' if a % 2 else 'triangular'}({low}d {mode}d {high}d)",
        "cost": {"fixed": load.fixed[a], "per_day": load.per_day[a]},
        "codes": {"trade": str(load.group[a])},
        "after": [_link_words(link) for link in load.links[a]],
    }
    return out if calendar == default else {**out, "calendar": calendar}


def _link_words(link: Link) -> str:
    tail = "" if link.type == "FS" else f" {link.type}"
    lag = f"+{link.lag}d" if link.lag else ""
    return f"a{link.predecessor:05}{tail or ' FS' if lag else tail}{lag}"


def _risk_words(risk: Register) -> dict[str, Any]:
    low, mode, high = risk.size
    struck = [f"a{a:05}" for a in risk.strikes]
    impacts: list[dict[str, Any]] = [{"on": struck, "duration": f"x triangular({low}% {mode}% {high}%)"}]
    if risk.cost is not None:
        least, likely, most = risk.cost
        impacts.append({"on": struck[0], "cost": f"+ triangular({least}k {likely}k {most}k)"})
    return {"name": "A risk", "probability": risk.probability, "impacts": impacts}


FULL = 3_614
DATA_DATE = "2027-06-01"
WORKED = {"started": "2027-01-11", "finished": "2027-02-03"}
PAIR = ["a00400", "a00401"]  # correlated with each other, and so in no group
BEGUN = {"started": "2027-05-17", "remaining": "triangular(4d 6d 12d)"}


def full_featured(activities: int = FULL) -> Program:
    """Return a program that uses nearly everything the engine can do: what a large real one would ask of it."""
    load, chance = workload(activities), random.Random(1)
    out = words(load, "three")
    listed: dict[str, dict[str, Any]] = out["projects"].pop("works")["activities"]
    for number, (name, activity) in enumerate(listed.items()):
        activity.update(_features(chance, number, number / activities, load))
        project = out["projects"].setdefault(f"p{6 * number // activities}", {"activities": {}})
        project["activities"][name] = activity
    for name in PAIR:
        listed[name]["codes"] = {}
    _surround(out, list(listed))
    return Program(**out)


def _features(chance: random.Random, number: int, place: float, load: Workload) -> dict[str, Any]:
    """Return what makes one activity of the full-featured program special, if anything does."""
    if place < 0.05:
        return {"progress": WORKED}
    if place < 0.06:
        return {"progress": BEGUN}
    if number % 100 == 99:
        return {"milestone": True, "duration": None, "cost": None, "progress": None}
    low, mode, high = load.days[number]
    feature = chance.random()
    if feature < 0.04:
        date = f"{2027 + int(4 * place)}-{chance.randrange(6, 13):02}-15"
        return {"start_no_earlier_than": {"date": date, "slip": "triangular(0d 5d 30d)"}}
    if feature < 0.06:
        return {"finish_no_later_than": f"{2028 + int(4 * place)}-06-30"}
    if feature < 0.10:
        link = {"activity": f"a{number - 1:05}", "type": "SS", "lag": "triangular(1d 3d 8d)"}
        return {"after": [*map(_link_words, load.links[number]), link]}
    if feature < 0.12:
        return {"exists": "60%"}
    if feature < 0.14:
        return {"when": f"route = {chance.choice(('north', 'south'))}"}
    if feature < 0.15:
        return {"when": f"a{number - 40:05} finish > {2027 + int(3 * place)}-12-01"}
    if feature < 0.45:
        fixed = f"triangular({load.fixed[number] * 0.8:.0f} {load.fixed[number]} {load.fixed[number] * 1.5:.0f})"
        return {"cost": {"fixed": fixed, "per_day": load.per_day[number]}}
    return {"duration": {"plan": f"{mode}d", "range": f"pert({low}d {mode}d {high}d)"}, "tags": ["shared"]}


def _surround(out: dict[str, Any], names: Sequence[str]) -> None:
    """Add what stands beside the activities: drivers, choices, responses, spans, more correlations and targets."""
    first, last = names[len(names) // 5], names[-2]
    out["data_date"] = DATA_DATE
    out["choices"] = {"route": {"north": "70%", "south": "30%"}}
    out["drivers"] = {
        f"d{trade}": {"on": f"code:trade={trade}", "duration": "x pert(95% 102% 120%)", "cost": "x normal(100% 5%)"}
        for trade in range(5)
    }
    out["correlations"] += [{"group": "tag:shared", "cost": 0.2}, {"pair": PAIR, "duration": 0.5}]
    out["costs"] = {"office": {"per_day": "9k", "span": {"from": first, "to": last}}, "insurance": {"fixed": "2M"}}
    out["risks"]["r01"]["given"] = {"r02": "70%"}
    out["risks"]["r03"]["impacts"].append({"on": names[600:605], "duration": "+ uniform(5d 20d)", "spread": "once"})
    out["risks"]["r04"]["impacts"].append({"on": names[700:705], "cost": "+ uniform(100k 400k)", "spread": "split"})
    talks = {"status": "approved", "cost": "50k", "works": "80%", "acts_on": {"r05": {"probability": "5%"}}}
    out["responses"] = {"talks": talks}
    office = {"level_of_effort": {"from": first, "to": last}, "cost": {"per_day": "6k"}}
    out["projects"]["p5"]["activities"]["site-office"] = office
