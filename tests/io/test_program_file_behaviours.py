"""The words of the discrete-event engine in a program file: read, written, and refused in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from riskmc.errors import InputError
from riskmc.io import read
from riskmc.io.program_file import _WORDS_IN_ORDER, write
from riskmc.io.workbook.writer import write as write_workbook
from riskmc.program.program import Program
from riskmc.program.reference import faults
from riskmc.program.scenario import Scenario

BEHAVIOURS = Path(__file__).parents[1] / "data" / "behaviours.yaml"
PROGRAM = read(BEHAVIOURS)

SOUND = """\
riskmc: 1
program: Trial
start: 2027-01-04
projects:
  build:
    activities:
      dig: {duration: 20d}
      line: {duration: 10d, after: [dig]}
"""
ACTS = "impacts: [{on: dig, duration: x 110%}]"
LATER = "review: 20d, when: {later_than: 2028-01-01}"


def gate(fail: str = "30%", redo: str = "50%", at_most: str = "2", more: str = "") -> str:
    """Return an activity whose quality gate says what is given."""
    return f"{{duration: 5d, quality_gate: {{fail: {fail}, redo: {redo}, at_most: {at_most}{more}}}}}"


# An activity on line 9, after two sound ones: what it says, and words of the message.
IN_AN_ACTIVITY = {
    "a chance above one": (gate("130%"), "quality_gate.fail", "between 0% and 100%, got 130%"),
    "a list with a bare number": (gate("[30%, 20]"), "quality_gate.fail", "did you mean 20%?"),
    "an empty list of chances": (gate("[]"), "quality_gate.fail", "at least one, as [30%, 20%]"),
    "a fading chance without its factor": (gate("{first: 30%}"), "quality_gate.fail", "{first: 30%, factor: 50%}"),
    "a fading chance misspelt": (gate("{frist: 30%, factor: 50%}"), "fail.frist", "did you mean 'first'?"),
    "no redo at all": (gate(at_most="0"), "quality_gate.at_most", "must be at least 1, got '0'"),
    "a redo in days": (gate(redo="2d"), "quality_gate.redo", "a share of the planned value is needed"),
    "a redo below nothing": (gate(redo="uniform(-10% 10%)"), "quality_gate.redo", "low >= 0 must hold"),
    "a gate on work that is not there": (gate(more=", of: [digg]"), "quality_gate.of[0]", "did you mean 'dig'?"),
    "a gate on work elsewhere": (gate(more=", of: [a, dig]"), "quality_gate.of[1]", "'dig' does not come before"),
    "a third way of waiting": (gate(more=", successors: wait"), "successors", "continue | pause | restart, got 'wait'"),
    "a third kind of redo": (gate(more=", work: scald"), "quality_gate.work", "did you mean 'scaled'?"),
    "a gate in one word": ("{duration: 5d, quality_gate: 30%}", "a.quality_gate", "a mapping", "got '30%'"),
    "a milestone to be done again": (
        "{milestone: true, after: [dig], quality_gate: {fail: 30%, redo: 50%, at_most: 2}}",
        "a.quality_gate",
        "name in `of` the work before it",
    ),
    "margin that is tested": (
        "{duration: 5d, margin: true, quality_gate: {fail: 30%, redo: 50%, at_most: 2}}",
        "margin has no result that could be tested",
    ),
    "effort that is approved": (
        "{level_of_effort: {from: dig, to: line}, approval: {takes: 5d}}",
        "a.approval",
        "level of effort has no result",
    ),
    "an approval without time": ("{duration: 5d, approval: {approvers: 3}}", "approval.takes", "is missing"),
    "an approval without a unit": ("{duration: 5d, approval: {takes: 5}}", "approval.takes", "needs a unit of time"),
    "nobody who approves": ("{duration: 5d, approval: {takes: 5d, approvers: 0}}", "`approvers`, `discovered`"),
    "half an approver": ("{duration: 5d, approval: {takes: 5d, approvers: 1.5}}", "a whole number", "got '1.5'"),
    "approvers in days": ("{duration: 5d, approval: {takes: 5d, discovered: 2d}}", "discovered", "got 2d"),
    "fewer approvers than none": ("{duration: 5d, approval: {takes: 5d, discovered: uniform(-1 2)}}", "uniform(-1 2)"),
    "a rejection without a redo": ("{duration: 5d, approval: {takes: 5d, reject: 9%}}", "`redo` and `at_most`"),
    "a redo without a rejection": ("{duration: 5d, approval: {takes: 5d, of: [dig]}}", "`of` needs `reject`"),
    "a board that is not there": ("{duration: 5d, approval: {takes: 5d, by: {bord: 1}}}", "by.bord", "resource 'bord'"),
    "an order that is none": ("{duration: 5d, approval: {takes: 5d, order: serial}}", "parallel | sequence"),
    "a milestone that is approved": ("{milestone: true, approval: {takes: 5d}}", "write `duration: 0d`"),
    "a priority in words": ("{duration: 5d, priority: high}", "a.priority", "a whole number is needed, got 'high'"),
    "a priority below zero": ("{duration: 5d, priority: -1}", "a.priority", "must be at least 0"),
    "an undecided pre-emption": ("{duration: 5d, preemption: maybe}", "a.preemption", "a mapping", "got 'maybe'"),
    "a pre-emption misspelt": ("{duration: 5d, preemption: {interupts: true}}", "did you mean 'interrupts'?"),
    "a return that is none": ("{duration: 5d, preemption: {resumes: again}}", "continue | restart | redraw"),
    "a set-up without a unit": ("{duration: 5d, preemption: {set_up: 4}}", "preemption.set_up", "unit of time"),
    "a pause that keeps": ("{duration: 5d, while_paused: keep}", "a.while_paused", "hold | release, got 'keep'"),
}

# A section on line 9, after the activities.
IN_A_SECTION = {
    "more units than anybody has": ("resources: {r: {capacity: 3000000000}}", "r.capacity", "at most 1bn units"),
    "staffing without capacity": ("resources: {r: {staffing: {2028-01-01: 6}}}", "r.staffing", "needs `capacity`"),
    "a month that is none": ("resources: {r: {capacity: 4, staffing: {2028-13-01: 6}}}", "staffing.2028-13-01", "day"),
    "fewer than nobody": ("resources: {r: {capacity: 4, staffing: {2028-01-01: -6}}}", "staffing.2028-01-01", "got -6"),
    "an instant said twice": (
        "resources: {r: {capacity: 4, staffing: {2028-01-01: 6, 2028-01-01T00:00: 4}}}",
        "the same instant",
    ),
    "an empty staffing plan": ("resources: {r: {capacity: 4, staffing: {}}}", "names at least one date"),
    "staffing in one number": ("resources: {r: {capacity: 4, staffing: 6}}", "r.staffing", "a mapping", "got '6'"),
    "leaving and never replaced": ("resources: {r: {capacity: 4, turnover: {leaves: 9d}}}", "vacancy", "is missing"),
    "leaving at once": ("resources: {r: {capacity: 4, turnover: {leaves: 0d, vacancy: 5d}}}", "`leaves` must last"),
    "half of one who leaves": (
        "resources: {r: {capacity: 4.5, turnover: {leaves: 300d, vacancy: 5d}}}",
        "r.turnover",
        "whole units",
    ),
    "a share without its sign": ("resources: {r: {capacity: 4, ramp_up: {start: 40, over: 9d}}}", "did you mean 40%?"),
    "no time to learn": ("resources: {r: {capacity: 4, ramp_up: {start: 40%, over: 0d}}}", "`over` must last"),
    "no steps to learn in": ("resources: {r: {capacity: 4, ramp_up: {start: 4%, over: 9d, steps: 0}}}", "at least 1"),
    "more failures than units": (
        "resources: {r: {capacity: 4, outages: {after: 60d, lasts: 2d, units: 5}}}",
        "outages.units",
        "5 units fail of a pool that never has more than 4",
    ),
    "a clock on the wall": ("resources: {r: {capacity: 4, outages: {after: 9d, lasts: 2d, clock: wall}}}", "elapsed |"),
    "an outage alone": ("resources: {r: {capacity: 4, outage: {after: 9d, lasts: 2d}}}", "did you mean 'outages'?"),
    "a rate of never": (f"risks: {{r: {{arrivals: {{rate: 0/y}}, {ACTS}}}}}", "more often than never"),
    "a rate in shares": (f"risks: {{r: {{arrivals: {{rate: 2%/y}}, {ACTS}}}}}", "arrivals.rate", "got '2%/y'"),
    "two ways to arrive": (f"risks: {{r: {{arrivals: {{rate: 1/y, every: 9d}}, {ACTS}}}}}", "got rate and every"),
    "no way to arrive": (f"risks: {{r: {{arrivals: {{while: build}}, {ACTS}}}}}", "exactly one of", "got none"),
    "arrivals without a pause": (f"risks: {{r: {{arrivals: {{every: 0d}}, {ACTS}}}}}", "`every` must last longer"),
    "a month misspelt": (f"risks: {{r: {{arrivals: {{by_month: {{nov-fbe: 2/y}}}}, {ACTS}}}}}", "did you mean 'feb'?"),
    "an exposure that is none": (f"risks: {{r: {{arrivals: {{rate: 1/y, exposure: busy}}, {ACTS}}}}}", "working |"),
    "a pause at no moment": ("risks: {r: {probability: 9%, impacts: [{on: dig, pause: 5d}]}}", "needs `arrivals`"),
    "a pause of nothing": ("risks: {r: {arrivals: {rate: 1/y}, impacts: [{pause: 5d}]}}", "pause needs `on`"),
    "an overlap of no pause": (
        "risks: {r: {arrivals: {rate: 1/y}, impacts: [{on: dig, duration: x 110%, overlap: add}]}}",
        "`overlap` is of a `pause`",
    ),
    "units of nobody": (
        "risks: {r: {arrivals: {rate: 1/y}, impacts: [{resource: testers, units: -1, lasts: 20d}]}}",
        "impacts[0].resource",
        "unknown resource 'testers'",
    ),
    "units for ever": (
        "risks: {r: {arrivals: {rate: 1/y}, impacts: [{resource: testers, units: -1}]}}",
        "stand together; got resource and units alone",
    ),
    "no units": (
        "risks: {r: {arrivals: {rate: 1/y}, impacts: [{resource: testers, units: 0, lasts: 20d}]}}",
        "impacts[0].units",
        "as -1 or 2, got 0",
    ),
    "two pauses of one name": (
        "risks: {r: {arrivals: {rate: 1/y}, impacts: [{on: dig, pause: 1d}, {on: dig, pause: 2d}]}}",
        "give each an `id`",
    ),
    "scope of nothing": ("scope: {c: {rate: 2/mo, size: 2d}}", "scope.c.on", "is missing"),
    "scope that does not grow": ("scope: {c: {on: dig}}", "scope.c", "exactly one of: rate (with size), growth"),
    "changes without a size": ("scope: {c: {on: dig, rate: 2/mo}}", "`rate` and `size` stand together"),
    "growth in numbers": ("scope: {c: {on: dig, growth: 2/mo}}", "scope.c.growth", "did you mean 2%?"),
    "growth without time": ("scope: {c: {on: dig, growth: 2%}}", "scope.c.growth", "as 2%/mo, got '2%'"),
    "growth that is approved": ("scope: {c: {on: dig, growth: 1%/mo, approved: 7%}}", "`approved` is of requests"),
    "changes to several": ("scope: {c: {on: 'build.*', rate: 2/mo, size: 2d}}", "scope.c", "`spread: each`"),
    "a factor without its sign": ("scope: {c: {on: dig, rate: 2/mo, size: 2d, late_factor: 150}}", "mean 150%?"),
    "a rule without money": ("funding_rule: {without: pause_all}", "funding_rule", "there is no `funding`"),
    "a rule that is none": ("funding_rule: {without: stop}", "funding_rule.without", "stop_starts | pause_all"),
    "a policy without a promise": (
        "policies: {p: {review: 20d, when: {later_than: target}, do: {prioritise: {build: 1}}}}",
        "policies.p.when.later_than",
        "no entry of `targets` promises the finish of the program",
    ),
    "a date in words": (
        "policies: {p: {review: 20d, when: {later_than: tomorrow}, do: {prioritise: {build: 1}}}}",
        "when.later_than",
        "is not a date",
    ),
    "hysteresis upside down": (
        "policies: {p: {review: 9d, when: {later_than: 2028-01-01, by: 5d, until: 10d}, do: {prioritise: {dig: 1}}}}",
        "until <= by must hold, got 10d, 5d",
    ),
    "a review without an end": (
        "policies: {p: {review: 0d, when: {later_than: 2028-01-01}, do: {prioritise: {build: 1}}}}",
        "`review` must last longer than nothing",
    ),
    "nothing to do": (f"policies: {{p: {{{LATER}, do: {{}}}}}}", "policies.p.do", "exactly one of", "got nothing"),
    "two things to do": (
        f"policies: {{p: {{{LATER}, do: {{prioritise: {{dig: 1}}, crash: {{on: dig, duration: 80%}}}}}}}}",
        "exactly one of",
        "got crash and prioritise",
    ),
    "an action that is none": (f"policies: {{p: {{{LATER}, do: {{hire: {{x: 1}}}}}}}}", "unknown word 'hire'"),
    "a project that is not there": (
        f"policies: {{p: {{{LATER}, do: {{prioritise: {{bild: 1}}}}}}}}",
        "prioritise.bild",
    ),
    "a crash that takes longer": (
        f"policies: {{p: {{{LATER}, do: {{crash: {{on: dig, duration: 120%}}}}}}}}",
        "do.crash",
        "becomes shorter",
    ),
    "overtime that does less": (
        f"policies: {{p: {{{LATER}, do: {{overtime: {{on: dig, rate: 90%}}}}}}}}",
        "do.overtime",
        "above 100%",
    ),
    "overtime of nobody": (
        f"policies: {{p: {{{LATER}, do: {{overtime: {{on: dgi, rate: 120%}}}}}}}}",
        "overtime.on[0]",
        "did you mean 'dig'?",
    ),
    "more of an unknown pool": (
        f"policies: {{p: {{{LATER}, do: {{add_units: {{resource: testers, units: 2}}}}}}}}",
        "add_units.resource",
        "unknown resource 'testers'",
    ),
    "no more of a pool": (
        f"policies: {{p: {{{LATER}, do: {{add_units: {{resource: testers, units: 0}}}}}}}}",
        "add_units.units",
        "must be above 0",
    ),
    "a section misspelt": ("policy: {}", "unknown word 'policy'", "did you mean 'policies'?"),
}


def refused(text: str, folder: Path) -> str:
    file = folder / "program.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as found:
        read(file)
    return str(found.value)


@pytest.mark.parametrize("case", IN_AN_ACTIVITY)
def test_a_fault_in_an_activity_is_said_with_its_line(case: str, tmp_path: Path) -> None:
    said, *words = IN_AN_ACTIVITY[case]
    message = refused(f"{SOUND}      a: {said}\n", tmp_path)
    assert "program.yaml:9: projects.build.activities.a" in message
    assert all(word in message for word in words), message


@pytest.mark.parametrize("case", IN_A_SECTION)
def test_a_fault_in_a_section_is_said_with_its_line(case: str, tmp_path: Path) -> None:
    said, *words = IN_A_SECTION[case]
    message = refused(f"{SOUND}{said}\n", tmp_path)
    assert "program.yaml:9: " in message
    assert all(word in message for word in words), message


def test_the_line_of_one_day_of_a_staffing_plan_is_told(tmp_path: Path) -> None:
    plan = "resources:\n  r:\n    capacity: 4\n    staffing:\n      2028-01-01: 6\n      2028-06-01: many\n"
    assert "program.yaml:14: resources.r.staffing.2028-06-01: 'many' is not a quantity" in refused(
        SOUND + plan, tmp_path
    )


def test_all_faults_are_found_in_one_go(tmp_path: Path) -> None:
    more = (
        "resources: {r: {capacity: 4, turnover: {leaves: 9d}}}\n"
        "scope: {c: {on: dig}}\n"
        f"policies: {{p: {{{LATER}, do: {{}}}}, q: {{{LATER}, do: {{crash: {{on: dig, duration: 2d}}}}}}}}\n"
    )
    message = refused(f"{SOUND}      a: {gate('130%', at_most='0')}\n{more}", tmp_path)
    assert len(message.splitlines()) == 6


def test_what_is_written_is_read_as_the_same_program(tmp_path: Path) -> None:
    write(PROGRAM, tmp_path / "again.yaml")
    again = read(tmp_path / "again.yaml")
    assert again == PROGRAM
    assert again.hash() == PROGRAM.hash()


def turned(value: object) -> object:
    """Return data with every mapping in it turned around."""
    if isinstance(value, dict):
        return {word: turned(said) for word, said in reversed(value.items())}
    return [turned(item) for item in value] if isinstance(value, list) else value


def test_the_order_of_words_changes_nothing(tmp_path: Path) -> None:
    words = yaml.load(BEHAVIOURS.read_text(encoding="utf-8"), yaml.BaseLoader)
    (tmp_path / "turned.yaml").write_text(yaml.safe_dump(turned(words), sort_keys=False), encoding="utf-8")
    again = read(tmp_path / "turned.yaml")
    assert list(again.resources) != list(PROGRAM.resources)
    assert again == PROGRAM
    assert again.hash() == PROGRAM.hash()
    assert again.resources["testers"].levels() == PROGRAM.resources["testers"].levels()


def test_a_workbook_holds_all_of_it(tmp_path: Path) -> None:
    write_workbook(PROGRAM, tmp_path / "again.xlsx")
    assert read(tmp_path / "again.xlsx") == PROGRAM


def test_every_word_of_a_program_has_its_place_in_the_file() -> None:
    words = {field.alias or name for name, field in Program.model_fields.items()}
    assert words - {"notes"} == {*_WORDS_IN_ORDER.split()}  # notes are of the plan, and told anew when it is read


@pytest.mark.parametrize(
    "changes",
    [
        {"set": {"resources.testers.capacity": 5}},
        {"set": {"resources.testers.staffing.2027-06-01": 9}},
        {"set": {"resources.testers.staffing.2027-09-01": 9}},
        {"set": {"build.tests.quality_gate.fail": "20%"}},
        {"set": {"build.tests.quality_gate.fail.first": "20%"}},
        {"set": {"build.accept.approval.by.board": 0.5}},
        {"set": {"build.priority": 2}},
        {"set": {"risks.requirements.arrivals.rate": "1/y"}},
        {"set": {"risks.requirements.impacts.2.units": -2}},
        {"set": {"policies.overtime.do.overtime.rate": "130%"}},
        {"set": {"policies.first.do.prioritise.build.tests": 7}},
        {"set": {"funding_rule.without": "stop_starts"}},
        {"set": {"scope.creep.growth": "3%/mo"}},
        {"remove": ["resources.testers.outages"]},
        {"remove": ["resources.testers.staffing.2027-06-01"]},
        {"remove": ["build.tests.quality_gate"]},
        {"remove": ["policies.overtime", "scope.creep", "funding_rule"]},
        {"add": {"scope": {"more": {"on": "code", "growth": "1%/mo"}}}},
    ],
    ids=str,
)
def test_a_scenario_changes_it(changes: dict[str, object]) -> None:
    changed = PROGRAM.scenario(Scenario(**changes))
    assert faults(changed) == []
    assert changed.hash() != PROGRAM.hash()


def test_a_renamed_activity_may_still_be_called_by_its_old_name() -> None:
    tests = PROGRAM.activities()["build.tests"]
    gate = tests.quality_gate.but(of=["trials", "coding"])
    old = PROGRAM.with_activities({"build.tests": tests.but(quality_gate=gate)})
    assert [place for place, _ in faults(old)] == [
        f"projects.build.activities.tests.quality_gate.of[{number}]" for number in (0, 1)
    ]
    assert faults(old.but(renamed={"trials": "build.tests", "coding": "build.code"})) == []
