"""Written: what stands where a mapping belongs is answered with how it is written."""

from typing import Any

import pytest
import yaml

import riskmc as rm
from riskmc.errors import InputError, ProgramError
from riskmc.program.activity import Progress
from riskmc.program.approval import Approval
from riskmc.program.finance import FundingRule
from riskmc.program.policy import Action, AddUnits, Crash, Overtime
from riskmc.program.quality_gate import QualityGate
from riskmc.program.risk import Arrivals
from riskmc.program.staffing import Outages, RampUp, Turnover
from riskmc.program.team import Backlog
from riskmc.program.written import _WORDS

NOUNS = {
    "quality_gate": QualityGate, "approval": Approval, "turnover": Turnover, "ramp_up": RampUp, "outages": Outages,
    "arrivals": Arrivals, "backlog": Backlog, "overtime": Overtime, "crash": Crash, "add_units": AddUnits, "do": Action,
    "funding_rule": FundingRule, "progress": Progress,
}  # fmt: skip
HEAD = "a mapping (lines of `key: value`) is needed, got "


def fault(**words: Any) -> str:
    """Return the one fault of a program with these words."""
    whole: dict[str, Any] = {"program": "X", "start": "2027-01-04", "resources": {"crew": {"capacity": 2}}}
    with pytest.raises(ProgramError) as error:
        rm.Program(**{**whole, "projects": {"p": {"activities": {"dig": {"duration": "5d"}}}}, **words})
    (told,) = str(error.value).splitlines()
    return told


def of_activity(**words: Any) -> str:
    told = fault(projects={"p": {"activities": {"dig": {"duration": "5d", **words}}}})
    return told.removeprefix("projects.p.activities.dig.")


@pytest.mark.parametrize(("found", "called", "written"), [
    ("crew", "'crew'", "{crew: 1}"),
    (["crew", "crane"], "a list", "{crew: 1, crane: 1}"),
    ([{"crew": 2}], "a list", "{crew: 2}"),
    (2, "2", "{crew: 1}"),
    ("2 crew", "'2 crew'", "{crew: 1}"),
])  # fmt: skip
def test_units_that_are_used_are_counted(found: Any, called: str, written: str):
    assert of_activity(uses=found) == f"uses: {HEAD}{called}; write uses: {written}"
    by = of_activity(approval={"takes": "2d", "by": found})
    assert by == f"approval.by: {HEAD}{called}; write by: {written}"


@pytest.mark.parametrize(("words", "told"), [
    ({"quality_gate": "30%"}, "quality_gate: {fail: 30%, redo: 50%, at_most: 2}"),
    ({"approval": "board"}, "approval: {takes: 5d, by: {board: 1}}"),
    ({"backlog": 120}, "backlog: {team: alpha, items: 120}"),
])  # fmt: skip
def test_words_of_an_activity_are_shown_as_they_are_written(words: dict[str, Any], told: str):
    assert of_activity(**words).endswith(f"; as in {told}")


@pytest.mark.parametrize(("word", "found", "told"), [
    ("staffing", 4, "staffing: {2027-06-01: 6, 2028-01-01: 4}"),
    ("turnover", "300d", "turnover: {leaves: exponential(300d), vacancy: 40d}"),
    ("ramp_up", "30d", "ramp_up: {start: 40%, over: 30d}"),
    ("outages", ["60d", "2d"], "outages: {after: exponential(60d), lasts: 2d}"),
])  # fmt: skip
def test_words_of_a_pool_are_shown_as_they_are_written(word: str, found: Any, told: str):
    assert fault(resources={"crew": {"capacity": 2, word: found}}).endswith(f"; as in {told}")


@pytest.mark.parametrize(("words", "told"), [
    ({"resources": ["crew"]}, "resources: {crew: {capacity: 2}}"),
    ({"resources": {"crew": 2}}, "crew: {capacity: 2}"),
    ({"teams": {"beta": 5}}, "beta: {throughput: empirical(5 7 3 8), per: week}"),
    ({"teams": {"beta": {"stages": ["dev"]}}}, "{name: dev, takes: 1d}"),
    ({"funding": "1M"}, "funding: {2027: 90M, 2028: 140M}"),
    ({"funding": {2027: "1M"}, "funding_rule": "stop_starts"}, "funding_rule: {without: stop_starts}"),
    ({"risks": {"rain": {"arrivals": "2/y"}}}, "arrivals: {rate: 0.8/y}"),
    ({"policies": {"surge": {"review": "20d", "when": "2027-06-01", "do": {"prioritise": {"p": 1}}}}},
     "when: {later_than: 2029-06-30}"),
    ({"policies": {"surge": {"review": "20d", "when": {"later_than": "2027-06-01"}, "do": "overtime"}}},
     'do: {overtime: {on: "build.*", rate: 120%}}'),
])  # fmt: skip
def test_sections_and_their_items_are_shown_as_they_are_written(words: dict[str, Any], told: str):
    assert fault(**words).endswith(f"; as in {told}")


def test_a_name_in_a_list_of_its_own_is_written_without_it():
    told = fault(resources={"crew": {"capacity": 2, "calendar": ["standard"]}})
    assert told == "resources.crew.calendar: text is needed, got a list; write standard"


def test_a_capacity_by_date_is_staffing():
    told = fault(resources={"crew": {"capacity": {"2027-06-01": 4}}})
    assert told.endswith("got a mapping; what it is from a date on stands in `staffing`, beside it")


def test_a_rate_in_a_list_is_told_as_a_list():
    assert fault(resources={"crew": {"cost": ["100/d"]}}).endswith("as 95/h, got a list")


def test_a_link_as_a_mapping_by_its_activity_is_shown_as_it_is_written():
    told = of_activity(after={"survey": "2d"})
    assert told == "after[0]: a link is a text, as survey or 'survey SS+5d', or {activity: survey, lag: 5d}"


@pytest.mark.parametrize("lines", [
    "funding: 1M\nfunding_rule: {without: stop_starts}\n",
    "teams: [alpha]\n",
])  # fmt: skip
def test_what_only_follows_from_a_section_taken_out_is_not_told(lines: str, tmp_path):
    file = tmp_path / "x.yaml"
    work = "dig: {backlog: {team: alpha, items: 9}}" if "teams" in lines else "dig: {duration: 5d}"
    head = f"program: X\nstart: 2027-01-04\nprojects:\n  p:\n    activities:\n      {work}\n"
    file.write_text(head + lines, encoding="utf-8")
    with pytest.raises(InputError) as error:
        rm.read(file)
    assert len(error.value.problems) == 1


@pytest.mark.parametrize("word", sorted(_WORDS))
def test_every_word_that_is_shown_is_a_mapping_that_can_be_read(word: str):
    """Braces and quotes match, and each is what its noun takes."""
    said = yaml.load(_WORDS[word], yaml.BaseLoader)
    assert isinstance(said, dict)
    if word in NOUNS:
        assert NOUNS[word](**said).words_given().keys() == said.keys()
