"""Every kind of change is found, in plain words, and told from what only words say."""

import pytest

import riskmc as rm
from changed_programs import WORDS, program, words
from riskmc.analysis.diff.differing import program_changes
from riskmc.program.program import Program

BASE = program()


def texts(new: Program, old: Program = BASE, reach: str | None = None) -> list[str]:
    """Return the changes between two programs in plain words; of one reach, or of all."""
    changes, _ = program_changes(old, new)
    return [change.text for change in changes if reach in (None, change.reach)]


def reaches(new: Program) -> set[str]:
    return {change.reach for change in program_changes(BASE, new)[0]}


def test_equal_programs_have_no_changes():
    assert texts(program()) == []


MOVING = {
    "an activity's duration": (
        {"projects__site__activities__dig__duration": "25d"},
        "activity site.dig: duration from 20d to 25d",
    ),
    "an activity's range": (
        {"projects__works__activities__deck__duration": "triangular(20d 25d 50d)"},
        "activity works.deck: duration from triangular(20d 25d 40d) to triangular(20d 25d 50d)",
    ),
    "an activity's calendar": (
        {"projects__site__activities__dig__calendar": "night"},
        "activity site.dig: calendar is now night",
    ),
    "a constraint": (
        {"projects__site__activities__dig__start_no_earlier_than": "2027-02-01"},
        "activity site.dig: start_no_earlier_than is now 2027-02-01",
    ),
    "a rate": (
        {"projects__site__activities__dig__cost__per_day": "6k"},
        "activity site.dig: cost.per_day from 5k to 6k",
    ),
    "a cost that is gone": (
        {"projects__works__activities__deck__cost": None},
        "activity works.deck: cost no longer 2M",
    ),
    "a link added": (
        {"projects__works__activities__rail__after": ["deck", "site.dig SS+5d"]},
        "link site.dig to works.rail added: SS+5d",
    ),
    "a link removed": (
        {"projects__site__activities__piles__after": None},
        "link site.dig to site.piles removed: FS",
    ),
    "a link's type": (
        {"projects__site__activities__piles__after": ["dig SS+3d"]},
        "link site.dig to site.piles from FS to SS+3d",
    ),
    "a calendar": (
        {"calendars__standard__week": {"mon-thu": "08:00-16:00"}},
        "calendar standard: week.mon-fri no longer 08:00-16:00",
    ),
    "a calendar added": (
        {"calendars__day": {"week": {"mon": "08:00-16:00"}}},
        "calendar day added: week mon 08:00-16:00",
    ),
    "a choice": (
        {"choices__ground": {"rock": "50%", "sand": "50%"}},
        "choice ground: rock from 40% to 50%",
    ),
    "a cost item": (
        {"costs__office__per_day": "3k"},
        "cost office: per_day from 2k to 3k",
    ),
    "a template": (
        {"templates__usual__duration": "triangular(90% 100% 150%)"},
        "template usual: duration from triangular(90% 100% 130%) to triangular(90% 100% 150%)",
    ),
    "a driver": (
        {"drivers__weather__duration": "x pert(95% 110% 130%)"},
        "driver weather: duration from x pert(95% 105% 130%) to x pert(95% 110% 130%)",
    ),
    "a correlation": (
        {"correlations": [{"pair": ["works.deck", "site.survey"], "duration": 0.8}]},
        "correlation of site.survey and works.deck: duration from 0.5 to 0.8",
    ),
    "a risk": (
        {"risks__clay__probability": "60%"},
        "risk Clay: probability from 40% to 60%",
    ),
    "an impact": (
        {"risks__clay__impacts": [{"on": "dig", "duration": "x 160%"}]},
        "risk Clay: impacts.duration from x 140% to x 160%",
    ),
    "a risk closed": (
        {"risks__clay__status": "closed"},
        "risk Clay: status is now closed",
    ),
    "a response": (
        {"responses__pump__status": "proposed"},
        "response pump: status no longer approved",
    ),
    "the start": ({"start": "2027-02-01"}, "setting start from 2027-01-04 to 2027-02-01"),
    "the status date": ({"data_date": "2027-01-11"}, "status date: data_date is now 2027-01-11"),
    "progress": (
        {"data_date": "2027-01-11", "projects__site__activities__survey__progress": {"started": "2027-01-04"}},
        "progress of Survey: started is now 2027-01-04",
    ),
    "a project's calendar": (
        {"projects__works__calendar": "night"},
        "project works: calendar is now night",
    ),
    "lags": ({"lag_calendar": "24h"}, "setting lag_calendar is now 24h"),
}


@pytest.mark.parametrize("kind", MOVING)
def test_a_change_that_can_move_numbers_is_told_with_its_old_and_new_value(kind):
    changes, text = MOVING[kind]
    assert text in texts(program(**changes), reach="forecast")


def test_items_added_and_removed_are_told_whole():
    more = program(risks__strike={"name": "Strike", "probability": "10%", "impacts": [{"cost": "+ 1M"}]})
    assert texts(more) == ["risk Strike added: probability 10%, impacts cost + 1M"]
    assert texts(BASE, more) == ["risk Strike removed: probability 10%, impacts cost + 1M"]


def test_items_that_share_a_display_name_are_told_with_their_identifiers():
    twice = {"probability": "10%", "impacts": [{"cost": "+ 1M"}]}
    more = program(risks__strike={"name": "Clay", **twice})
    assert texts(more) == ["risk Clay (strike) added: probability 10%, impacts cost + 1M"]
    assert texts(program(risks__clay__probability="60%"))[0] == "risk Clay: probability from 40% to 60%"


def test_a_link_is_told_by_the_names_of_what_it_ties():
    named = program(projects__site__activities__dig__name="Dig the pit", projects__site__activities__piles__after=None)
    assert "link Dig the pit to site.piles removed: FS" in texts(named)


def test_ranges_are_matched_by_what_they_act_on_and_their_order_is_a_change():
    first, second = WORDS["ranges"]
    wider = {**second, "duration": "triangular(80% 100% 190%)"}
    told = "range of tag:wet: duration from triangular(80% 100% 150%) to triangular(80% 100% 190%)"
    assert texts(program(ranges=[first, wider])) == [told]
    assert texts(program(ranges=[second, first]), reach="forecast") == [
        "order of ranges from site.*, tag:wet to tag:wet, site.*"
    ]


PROMISES = {
    "a date": {"targets": [{"name": "Promise", "finish": "2027-07-31", "cost": "4M"}]},
    "a scenario": {"scenarios__slow": {"set": {"works.deck.duration": "50d"}}},
    "a reserve": {"management_reserve": "1M"},
    "the value of time": {"cost_of_delay": "10k/d"},
}


@pytest.mark.parametrize("kind", PROMISES)
def test_promises_scenarios_and_rules_of_money_move_nothing(kind):
    new = program(**PROMISES[kind])
    assert reaches(new) == {"promise"}
    before, after = rm.simulate(BASE, 200), rm.simulate(new, 200)
    assert (before.finish_minutes == after.finish_minutes).all()
    assert (before.cost_cents == after.cost_cents).all()


PROSE = {
    "the program's name": {"program": "The long pier"},
    "an activity's name": {"projects__site__activities__survey__name": "Ground survey"},
    "an owner": {"risks__clay__owner": "Geologist"},
    "an assumption": {"assumptions": ["The pier is private."]},
    "a tag that nothing reads": {"projects__works__activities__deck__wbs": "1.2"},
}


@pytest.mark.parametrize("kind", PROSE)
def test_names_and_prose_are_words_only(kind):
    assert reaches(program(**PROSE[kind])) == {"words"}


def test_a_tag_that_a_selector_reads_can_move_numbers():
    assert reaches(program(projects__works__activities__deck__tags=["wet"])) == {"forecast"}


def test_order_and_the_way_a_reference_is_written_are_no_change():
    turned = words()
    turned["projects"] = dict(reversed(turned["projects"].items()))
    turned["risks"] = dict(reversed(turned["risks"].items()))
    turned["projects"]["site"]["activities"]["dig"]["after"] = ["site.survey"]
    assert texts(Program(**turned)) == []


def test_an_activity_is_known_by_its_old_name_and_by_its_guid():
    renamed = words(renamed={"site.dig": "site.excavation"})
    site = renamed["projects"]["site"]["activities"]
    site["excavation"] = site.pop("dig")
    site["piles"]["after"] = ["excavation"]
    renamed["risks"]["clay"]["impacts"][0]["on"] = "excavation"
    told = texts(Program(**renamed))
    assert "activity site.excavation: called site.dig before" in told
    assert not any("added" in text or "removed" in text for text in told)
    guid = "8BC94E90-8A7D-43A5-8F2F-C11270B6F7A7"
    old = program(projects__site__activities__dig__guid=guid)
    renamed["renamed"] = {}
    renamed["projects"]["site"]["activities"]["excavation"]["guid"] = guid
    assert "activity site.excavation: called site.dig before" in texts(Program(**renamed), old)


def test_a_risk_is_known_by_its_old_name():
    renamed = words(renamed={"risks.clay": "risks.soft_clay"})
    renamed["risks"]["soft_clay"] = renamed["risks"].pop("clay")
    renamed["risks"]["flood"]["given"] = {"soft_clay": "50%"}
    assert "risk soft_clay: called clay before" in texts(Program(**renamed))


def test_another_start_is_no_change_of_a_country_s_holidays_and_another_country_is():
    week = {"mon-fri": "08:00-16:00"}
    old, later = (
        program(calendars__standard={"week": week, "holidays": "NL"}, start=day) for day in ("2027-01-04", "2028-01-03")
    )
    assert texts(later, old) == ["setting start from 2027-01-04 to 2028-01-03"]
    other = program(calendars__standard={"week": week, "holidays": "FI"})
    assert texts(other, old, reach="forecast") == ["calendar standard: holidays from NL to FI"]


def test_hostile_names_are_told_and_do_no_harm():
    name = "<script>alert(1)</script>"
    new = program(risks={**WORDS["risks"], "=cmd()": {"name": name, "probability": "1%", "impacts": [{"cost": "+ 1"}]}})
    assert texts(new) == [f"risk {name} added: probability 1%, impacts cost + 1"]
