"""The hash of a program: it changes with what can change a number, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskmc.io import read
from riskmc.program import Program, Scenario

DATA = Path(__file__).parents[1] / "data"
PROGRAM = read(DATA / "harbour.yaml")

NO_NUMBER = {
    "program": "Another name",
    "currency": "USD",
    "assumptions": ["None."],
    "confidence": {"expect": "P60"},
    "projects.design.name": "D",
    "design.survey.name": "S",
    "design.survey.wbs": "W",
    "risks.soil.owner": "Somebody",
    "risks.soil.cause": "Another",
    "drivers.productivity.name": "P",
    "responses.boreholes.name": "B",
    "targets.Approved budget.name": "Budget",
    "dig.after": ["design.approval FS"],
    "line.tags": ["labour"],
    "correlations": [{"pair": ["build.dig", "build.line"], "duration": 0.6}, {"group": "design.*", "duration": 0.4}],
}
A_NUMBER = {
    "risks.soil.probability": "36%",
    "start": "2027-01-05",
    "survey.duration": "pert(15d 20d 41d)",
    "survey.spend": "front",
    "dig.after": ["design.approval SS"],
    "line.tags": ["other"],
    "dig.codes.discipline": "Steel",
    "calendars.standard.exceptions": {"2027-12-24": "off"},
    "targets.Approved budget.cost": "421M",
    "finish": "build.line",
    "renamed": {"old": "build.line"},
}


@pytest.mark.parametrize("path", NO_NUMBER)
def test_what_changes_no_number_leaves_the_hash(path: str) -> None:
    assert PROGRAM.scenario(Scenario(set={path: NO_NUMBER[path]})).hash() == PROGRAM.hash()


@pytest.mark.parametrize("path", A_NUMBER)
def test_what_can_change_a_number_changes_the_hash(path: str) -> None:
    assert PROGRAM.scenario(Scenario(set={path: A_NUMBER[path]})).hash() != PROGRAM.hash()


def test_a_name_counts_where_a_selector_reads_it() -> None:
    reading = PROGRAM.scenario(Scenario(set={"drivers.productivity.on": "name:Ground*"}))
    assert reading.scenario(Scenario(set={"survey.name": "S"})).hash() != reading.hash()


def test_the_order_of_a_file_counts_in_ranges_alone() -> None:
    def turned(word: str) -> Program:
        items = getattr(PROGRAM, word)
        return PROGRAM.but(**{word: dict(reversed(items.items())) if isinstance(items, dict) else items[::-1]})

    for word in ("projects", "risks", "targets", "correlations", "scenarios"):
        assert turned(word).hash() == PROGRAM.hash()
    assert turned("ranges").hash() != PROGRAM.hash()


@pytest.mark.parametrize(
    ("file", "digits"),
    [("harbour", "340f41b8df771fd0"), ("foundation", "deb475962cbfa601"), ("corners", "31e5d774978c31d8")],
)
def test_new_words_of_the_file_leave_the_hash_of_programs_that_do_not_use_them(file: str, digits: str) -> None:
    """The digits are those of the last version before the words of the discrete-event engine."""
    assert read(DATA / f"{file}.yaml").hash() == digits


BEHAVIOURS = read(DATA / "behaviours.yaml")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("resources.testers.staffing", {"2028-01-01": 4, "2027-06-01": 6}),
        ("build.tests.quality_gate.of", ["code", "tests"]),
        ("build.tests.preemption.interrupts", True),
        ("scope.change-requests.name", "Another"),
        ("policies.overtime.name", "Another"),
        ("build.design.priority", 100),
        ("build.accept.quality_gate.successors", "continue"),
    ],
)
def test_the_same_said_otherwise_leaves_the_hash(path: str, value: object) -> None:
    assert BEHAVIOURS.scenario(Scenario(set={path: value})).hash() == BEHAVIOURS.hash()


def test_a_window_counts_where_calendars_lose_time_in_it() -> None:
    window = {"from": "2027-03-01", "to": "2027-06-30"}
    later = Scenario(set={"risks.strike.window.to": "2027-07-31"})
    for impact, counts in (
        ({"calendars": "standard", "lost": "5d"}, True),
        ({"on": "dig", "duration": "x 110%"}, False),
    ):
        strike = {"probability": "15%", "window": window, "impacts": [impact]}
        found = PROGRAM.but(risks={**PROGRAM.risks, "strike": strike})
        assert (found.scenario(later).hash() != found.hash()) == counts


def test_the_order_of_chances_counts() -> None:
    turned = Scenario(set={"build.accept.quality_gate.fail": ["20%", "30%"]})
    assert BEHAVIOURS.scenario(turned).hash() != BEHAVIOURS.hash()


def test_the_hash_is_sixteen_hexadecimal_digits() -> None:
    assert len(PROGRAM.hash()) == 16
    assert int(PROGRAM.hash(), 16) >= 0
