"""Over a plan: what it has lost is listed with file and line, and refused where reading is strict."""

from __future__ import annotations

from pathlib import Path

import pytest

import riskmc as rm
from riskmc.io import plan_file

PLAN = rm.Program(
    program="Plan",
    start="2027-01-04",
    projects={"P": {"activities": {"dig": {"duration": "10d", "wbs": "CIV"}, "line": {"duration": "5d"}}}},
)
OVERLAY = """\
program: Overlay
plan: plan.xer
projects:
  P: {activities: {digg: {duration: pert(5d 8d 20d)}}}
ranges:
  - {on: "wbs:CIW.*", duration: triangular(90% 100% 130%), sizes: own}
drivers:
  crew: {on: [line, lines], duration: x uniform(90% 110%)}
targets:
  - {name: Open, at: open, finish: 2027-06-01}
scenarios:
  faster: {set: {P.digs.duration: 5d}}
"""
LOST = [
    "overlay.yaml:4: projects.P.activities.digg: the plan has no activity 'digg'; did you mean 'dig'? Left out (a new "
    "one needs a duration, and a link: `after`)",
    "overlay.yaml:6: ranges[0].on[0]: 'wbs:CIW.*' matches no activity; did you mean 'CIV'?",
    "overlay.yaml:8: drivers.crew.on[1]: unknown activity 'lines'; did you mean 'line'?",
    "overlay.yaml:10: targets[0].at: unknown activity 'open'",
    "overlay.yaml:12: scenarios.faster.set.P.digs.duration: unknown path 'P.digs.duration'; did you mean 'P.dig'? A "
    "path is PROJECT.ACTIVITY.WORD, or SECTION.ID.WORD as risks.soil.probability",
]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(plan_file, "PLANS", {".xer": lambda path: PLAN})
    file = tmp_path / "overlay.yaml"
    file.write_text(OVERLAY)
    return file


def test_what_the_plan_has_lost_is_told_with_every_answer(file: Path) -> None:
    program = rm.read(file)
    assert sorted(rm.simulate(program, iterations=10).notes) == sorted(LOST)
    assert sorted(rm.range_table(program).notes) == sorted(LOST)


def test_reading_strictly_refuses_it_all_in_one_go(file: Path) -> None:
    with pytest.raises(rm.InputError) as caught:
        rm.read(file, strict=True)
    assert [str(problem).removeprefix(f"{file.parent}/") for problem in caught.value.problems] == LOST


def test_a_scenario_that_cannot_be_applied_any_more_says_so_when_it_is_asked_for(file: Path) -> None:
    with pytest.raises(rm.ProgramError, match=r"faster.*unknown path 'P\.digs\.duration'"):
        rm.simulate(file, iterations=10, scenario="faster")


def test_other_faults_are_refused_however_one_reads(file: Path) -> None:
    file.write_text(OVERLAY + "  slower: {set: {P.dig.duration: 5}}\nrisks: {r: {probability: 5%, given: {s: 3%}}}\n")
    with pytest.raises(rm.InputError) as caught:
        rm.read(file)
    assert [problem.line for problem in caught.value.problems] == [13, 14]


def test_reading_strictly_lets_a_sound_file_pass(file: Path) -> None:
    file.write_text("program: Overlay\nplan: plan.xer\nfinish: line\n")
    assert rm.read(file, strict=True) == rm.read(file)
    assert rm.read(file, strict=True).notes == ()


GUIDE = Path(__file__).parents[2] / "docs" / "guide"


def test_the_example_of_the_guide_is_the_file_beside_it() -> None:
    text = (GUIDE / "overlay.md").read_text(encoding="utf-8")
    shown = text.split("```yaml\n")[1].split("```")[0]
    assert shown == (GUIDE / "overlay" / "pier.yaml").read_text(encoding="utf-8")
    line = text.split("```yaml\n")[2].split("```")[0]
    assert line in (GUIDE / "overlay" / "pier-mended.yaml").read_text(encoding="utf-8")


def test_the_overlay_of_the_guide_outlives_the_update_of_its_plan() -> None:
    """Named again by `renamed`, it fits the plan of March to the letter, and every range is the one of January."""
    rm.read(GUIDE / "overlay" / "pier.yaml", strict=True)
    with pytest.raises(rm.InputError, match="the plan has no project 'PIER', but 'D 20' in 'PIER-MAR'"):
        rm.read(GUIDE / "overlay" / "pier-march.yaml", strict=True)
    before, after = (rm.ranges(rm.read(GUIDE / "overlay" / f"{name}.yaml")) for name in ("pier", "pier-mended"))
    pairs = {"PIER.C 30": "PIER-MAR.C 35", "PIER.E 10": "PIER-MAR.E 11", "PIER.D 20": "PIER-MAR.D 20"}
    for old, new in pairs.items():
        assert before.loc[old, "duration_range"] == after.loc[new, "duration_range"]
    assert after.loc["PIER-MAR.D 20", "duration_place"] == "pier-mended.yaml:10"
