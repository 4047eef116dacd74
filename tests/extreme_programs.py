"""Programs at the edges of what a report must bear: `PROGRAMS` by name, each made anew when it is asked for.

The harbour of `harbour` has everything a report speaks of; most others are it with one thing driven to the edge.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import riskmc as rm

HOTEL = Path(__file__).parents[2] / "shared" / "data" / "xer" / "hotel.xer"
HOSTILE = (
    "<script>alert('x')</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</style></svg></title><b>bold</b>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "=cmd()|' /C calc'!A0",
    "+1+1",
    "@SUM(A1:A9)",
    "-2+3",
    "]]></desc><!--",
    "$\\frac{a}{b}$ _x_ **y** `z` | [a](javascript:b) #",
    "\u202egnissim\u202c \x1b[31m",
    "https://example.com/?a=1&b=2",
    "&lt;b&gt; &amp;amp; &#49;",
)
LONG = (
    "Signalling software for the eastern approach, including the interlocking of both junctions and its acceptance "
    "by the authority after independent assessment"
)
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
ARABIC = (
    "بناء الرصيف الجديد",
    "تسليم السفينة",
    "محطة التحويل",
    "موافقة هيئة الملاحة على الخطة",
    "افتتاح المرفأ للركاب",
)
HEBREW = ("הקמת הרציף", "אישור הרשות הימית")
EASTERN = ("埠頭の建設と舗装工事", "신호 설비 설치", "跨海大桥桥墩基础施工", "試運転と引き渡し", "变电站送电")

_PEOPLE = "Harbour master"
_WORKS = ("Ground survey", "Piled foundation", "Quay deck", "Cranes, order to delivery", "Cranes installed")
_SYSTEMS = ("Design of the systems", "Radar and signals", "Power supply", "Tests of all systems")


def harbour() -> rm.Program:
    """A harbour of two projects: ranges, risks, an opportunity, responses, scenarios, targets of date and money."""
    return rm.Program(**words())


def words() -> dict[str, Any]:
    """Return the harbour in the words of the program file, made anew."""
    return {
        "program": "Eastern Harbour",
        "start": "2027-01-11",
        "data_date": "2027-01-11",
        "currency": "EUR",
        "finish": "systems.open",
        "confidence": {"expect": "P50", "commit": "P80"},
        "projects": {"works": {"name": "Civil works", "activities": _works()}, "systems": _systems()},
        "targets": [
            {"name": "Opening", "at": "systems.open", "finish": "2028-05-15"},
            {"name": "Budget", "cost": "30.5M"},
            {"name": "Grant", "at": "systems.open", "finish": "2028-06-30", "cost": "31M", "joint": "70%"},
            {"name": "Quay ready", "at": "works.ready", "finish": "2028-03-01"},
        ],
        "risks": _risks(),
        "responses": _responses(),
        "scenarios": {"shifts": {"name": "Two shifts on the quay", "set": {"works.deck.duration": "50d"}}},
        "assumptions": ["Steel is bought before the summer."],
        "not_in_the_model": ["A change of the route"],
    }


def _works() -> dict[str, Any]:
    survey, piles, deck, cranes, installed = _WORKS
    return {
        "survey": {"name": survey, "duration": "pert(20d 30d 55d)", "cost": "400k"},
        "piles": {
            "name": piles,
            "duration": "triangular(70d 80d 130d)",
            "cost": {"fixed": "3M", "per_day": "25k"},
            "after": ["survey"],
        },
        "deck": {
            "name": deck,
            "duration": "pert(60d 75d 110d)",
            "cost": "triangular(5M 6M 8.5M)",
            "after": ["piles FS-10d"],
        },
        "cranes": {"name": cranes, "duration": "pert(180d 200d 290d)", "cost": "7M", "after": ["survey"]},
        "installed": {
            "name": installed,
            "duration": "pert(30d 40d 70d)",
            "cost": {"per_day": "18k"},
            "after": ["deck", "cranes"],
        },
        "ready": {"name": "Quay ready", "milestone": True, "after": ["installed"]},
    }


def _systems() -> dict[str, Any]:
    design, radar, power, tests = _SYSTEMS
    activities = {
        "design": {"name": design, "duration": "pert(60d 80d 140d)", "cost": "1.2M"},
        "radar": {"name": radar, "duration": "pert(120d 150d 240d)", "cost": "4M", "after": ["design"]},
        "power": {"name": power, "duration": "pert(90d 110d 180d)", "cost": "2.4M", "after": ["design"]},
        "tests": {
            "name": tests,
            "duration": "triangular(30d 40d 80d)",
            "cost": {"per_day": "12k"},
            "after": ["radar", "power", "works.installed"],
        },
        "open": {"name": "Open to ships", "milestone": True, "after": ["tests"]},
    }
    return {"name": "Systems", "activities": activities}


def _risks() -> dict[str, Any]:
    return {
        "clay": {
            "name": "Softer clay than surveyed",
            "owner": _PEOPLE,
            "probability": "40%",
            "impacts": [
                {"on": "works.piles", "duration": "x pert(110% 130% 180%)", "cost": "+ triangular(200k 500k 2M)"}
            ],
        },
        "rework": {
            "name": "Software of the signals fails its tests",
            "owner": _PEOPLE,
            "probability": "35%",
            "impacts": [{"on": "systems.tests", "duration": "+ triangular(20d 40d 110d)"}],
        },
        "claims": {
            "name": "Claims of the contractor",
            "probability": "50%",
            "impacts": [{"cost": "+ pert(300k 700k 3M)"}],
        },
        "stock": {
            "name": "Opportunity: cranes from stock",
            "probability": "30%",
            "impacts": [{"on": "works.cranes", "duration": "x uniform(40% 60%)"}],
        },
    }


def _responses() -> dict[str, Any]:
    return {
        "rig": {
            "name": "A rig to test the software ashore",
            "status": "proposed",
            "cost": "300k",
            "acts_on": {"rework": {"probability": "10%"}},
        },
        "bores": {
            "name": "More bores before the piles",
            "status": "proposed",
            "cost": "150k",
            "works": "80%",
            "acts_on": {"clay": {"probability": "15%"}},
        },
    }


def renamed(names: Callable[[], Iterator[str]]) -> rm.Program:
    """Return the harbour whose every name, sentence and owner is the next of ``names``."""
    made, next_name = words(), names()
    made["program"] = next(next_name)
    for noun in _nouns(made):
        noun["name"] = next(next_name)
        if "owner" in noun:
            noun["owner"] = next(next_name)
    made["assumptions"], made["not_in_the_model"] = [next(next_name)], [next(next_name)]
    return rm.Program(**made)


def _nouns(made: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from made["projects"].values()
    for project in made["projects"].values():
        yield from project["activities"].values()
    yield from made["targets"]
    for section in ("risks", "responses", "scenarios"):
        yield from made[section].values()


def _in_turn(*names: str) -> Callable[[], Iterator[str]]:
    """Return what yields the names over and over, each numbered, since names of targets must differ."""

    def numbered() -> Iterator[str]:
        for turn in range(1_000):
            yield from (f"{name} {turn}" if turn else name for name in names)

    return numbered


def one_activity() -> rm.Program:
    """One activity and nothing else."""
    work = {"p": {"activities": {"dig": {"name": "Dig", "duration": "pert(15d 20d 40d)"}}}}
    return rm.Program(program="Trench", start="2027-01-04", projects=work)


def one_project() -> rm.Program:
    """The civil works alone."""
    made = words()
    del made["projects"]["systems"], made["risks"]["rework"], made["responses"]["rig"]
    made["targets"] = [{"name": "Quay", "at": "works.ready", "finish": "2028-02-01"}, {"name": "Budget", "cost": "22M"}]
    return rm.Program(**{**made, "finish": "works.ready"})


def no_costs() -> rm.Program:
    """The harbour without money."""
    made = words()
    for project in made["projects"].values():
        for activity in project["activities"].values():
            activity.pop("cost", None)
    made["risks"]["clay"]["impacts"] = [{"on": "works.piles", "duration": "x pert(110% 130% 180%)"}]
    del made["risks"]["claims"]
    for response in made["responses"].values():
        del response["cost"]
    made["targets"] = [target for target in made["targets"] if "cost" not in target]
    return rm.Program(**{name: value for name, value in made.items() if name != "currency"})


def no_risks() -> rm.Program:
    """The harbour without a register: ranges alone."""
    return rm.Program(**{name: value for name, value in words().items() if name not in ("risks", "responses")})


def nothing_random() -> rm.Program:
    """A plan without a range or a risk."""
    hull = {"name": "Hull", "duration": "80d", "cost": "2M"}
    ship = {"name": "Ship", "activities": {"hull": hull, "afloat": {"milestone": True, "after": ["hull"]}}}
    targets = [{"name": "Summer", "finish": "2027-07-15"}, {"name": "Money", "cost": "1.5M"}]
    return rm.Program(program="Yard", start="2027-01-11", currency="EUR", projects={"ship": ship}, targets=targets)


def negative_days() -> rm.Program:
    """The harbour with opportunities alone, and targets that every outcome meets with years to spare."""
    made = words()
    made["risks"] = {
        "stock": made["risks"]["stock"],
        "dry": {
            "name": "Opportunity: a dry season",
            "probability": "60%",
            "impacts": [{"on": "works.*", "duration": "x uniform(55% 75%)", "cost": "x uniform(70% 90%)"}],
        },
    }
    made["responses"] = {
        "early": {
            "name": "Order before the season",
            "status": "proposed",
            "cost": "10k",
            "acts_on": {"dry": {"probability": "90%"}},
        }
    }
    for target, year in zip(made["targets"], (2031, 2032, 2033, 2030), strict=True):
        target |= {"finish": f"{year}-06-01"} if "finish" in target else {}
        target |= {"cost": "95M"} if "cost" in target else {}
    return rm.Program(**made)


def ten_scenarios() -> rm.Program:
    """The harbour with ten scenarios, one of them with a long name."""
    made = words()
    made["scenarios"] = {
        f"s{number}": {
            "name": LONG if number == 7 else f"Quay deck in {40 + 5 * number} days",
            "set": {"works.deck.duration": f"pert({30 + 5 * number}d {40 + 5 * number}d {60 + 5 * number}d)"},
        }
        for number in range(10)
    }
    return rm.Program(**made)


def many_milestones() -> rm.Program:
    """The harbour with sixty milestones of its own, each with a target."""
    made = words()
    tests = made["projects"]["systems"]["activities"]
    for number in range(60):
        tests[f"m{number:02}"] = {
            "name": f"Certificate number {number}",
            "milestone": True,
            "after": ["design", "power"],
        }
        target = {"name": f"C{number}", "at": f"systems.m{number:02}", "finish": f"2028-{1 + number % 12:02}-15"}
        made["targets"].append(target)
    return rm.Program(**made)


def billions() -> rm.Program:
    """The harbour a thousand times as dear."""
    return rm.Program(**_scaled(words(), {"k": "M", "M": "bn"}))


def _scaled(value: Any, units: Mapping[str, str]) -> Any:
    """Return the words with every amount in a larger unit."""
    if isinstance(value, dict):
        return {
            name: _scaled(inner, units) if name not in ("name", "duration") else inner for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_scaled(inner, units) for inner in value]
    if not isinstance(value, str) or not any(character.isdigit() for character in value):
        return copy.copy(value)
    for old, new in reversed(units.items()):
        value = value.replace(f"{old} ", f"{new} ").replace(f"{old})", f"{new})")
        value = value[: -len(old)] + new if value.endswith(old) else value
    return value


def hotel() -> rm.Program:
    """A real plan of 4,217 activities that this project may not hand on; only where `HOTEL` is there."""
    return rm.read(HOTEL)


PROGRAMS: dict[str, Callable[[], rm.Program]] = {
    "harbour": harbour,
    "one activity": one_activity,
    "one project": one_project,
    "no costs": no_costs,
    "no risks": no_risks,
    "nothing random": nothing_random,
    "negative days": negative_days,
    "ten scenarios": ten_scenarios,
    "many milestones": many_milestones,
    "billions": billions,
    "long names": lambda: renamed(_in_turn(LONG, UNBROKEN)),
    "right to left": lambda: renamed(_in_turn(*ARABIC, *HEBREW)),
    "eastern": lambda: renamed(_in_turn(*EASTERN)),
    "hostile": lambda: renamed(_in_turn(*HOSTILE)),
}
