"""Scenarios written into a program file: one entry more, every other character as it was, whole or not at all."""

from __future__ import annotations

import shutil

import pytest

import riskmc as rm
from rendering import ROOT
from riskmc.errors import ArgumentError
from riskmc.io import scenario_file
from riskmc.io.scenario_file import add_scenario, scenario_text, with_scenario

HEAD = """\
# what the analyst wrote
riskmc: 1
program: "T"   # quoted
start: 2027-01-04
projects:
  p: {activities: {a: {duration: pert(1d 2d 4d)}}}
risks:
  r: {probability: 30%, impacts: [{on: p.a, duration: + 2d}]}
"""
SCENARIO = rm.Scenario(
    add={"drivers": {"w": {"on": ["p.a"], "duration": "80%"}}}, set={"risks.r.probability": "10%", "p.a.duration": "3d"}
)
TAILS = {
    "no section": "",
    "no last line break": "assumptions: [one]",
    "an empty section": "scenarios: {}\n",
    "braces": "scenarios: {x: {set: {p.a.duration: 3d}}}  # c\nassumptions: [one]\n",
    "braces with a comma at the end": "scenarios: {x: {set: {p.a.duration: 3d}}, }\n",
    "braces over lines": "scenarios: {\n  x: {set: {p.a.duration: 3d}} # c\n}\n",
    "deep indents": "scenarios:\n    x:\n        set:\n            p.a.duration: 3d\n    # more\n\nnotes: [one]\n",
    "folded text": "scenarios:\n  x:\n    name: >\n      folded\n      text\n  y: {set: {p.a.duration: 3d}}",
    "text in lines": "scenarios:\n  x:\n    name: |\n      folded\n      text\n\n\n# more",
    "a brace on a line of its own": "scenarios:\n  x:\n    set: {\n      p.a.duration: 3d\n    }   # here\n# end\n",
    "an anchor": "scenarios: &s\n  x: {set: {p.a.duration: 3d}}\n",
    "the end of the document": "scenarios:\n  x: {set: {p.a.duration: 3d}}\n...\n",
}
TOO_ODD = {
    "keys with question marks": "scenarios:\n  ? x\n  : {set: {p.a.duration: 3d}}\n",
    "an end and no section": "...\n",
}


def written(folder, text, name="new", scenario=SCENARIO):
    file = folder / "program.yaml"
    file.write_bytes(text.encode("utf-8"))
    before = rm.read(file)
    add_scenario(file, name, scenario, before)
    return before, rm.read(file), file.read_bytes().decode("utf-8")


@pytest.mark.parametrize("line_break", ("\n", "\r\n"), ids=("LF", "CRLF"))
@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS)
def test_a_file_of_any_layout_gains_the_scenario_and_loses_nothing(tail, line_break, tmp_path):
    text = (HEAD + tail).replace("\n", line_break)
    before, after, new = written(tmp_path, text)
    assert after == before.but(scenarios={**before.scenarios, "new": SCENARIO})
    assert (line_break == "\r\n") == ("\r\n" in new)
    assert new.replace("\r\n", "").count("\n") == (0 if line_break == "\r\n" else new.count("\n"))
    left = iter(new.split())
    kept = [word for word in text.split() if word not in ("{}", "}}},")]
    assert [word for word in kept if word.rstrip(",}") not in (found.rstrip(",}") for found in left)] == []
    assert [path.name for path in tmp_path.iterdir()] == ["program.yaml"]


def test_only_lines_are_added_to_a_section_in_lines(tmp_path):
    folder = tmp_path / "ferry"
    shutil.copytree(ROOT / "models" / "ferry", folder)
    file = folder / "program.yaml"
    before, program = file.read_text(encoding="utf-8").splitlines(), rm.read(file)
    scenario = rm.Scenario(set={"risks.soft_clay.probability": "10%"}, approve=["mock_up"])
    add_scenario(file, "live", scenario, program)
    after = file.read_text(encoding="utf-8").splitlines()
    new = ["  live:", "    set: {risks.soft_clay.probability: 10%}", "    approve: [mock_up]"]
    at = after.index("  live:")
    assert after[at : at + 3] == new
    assert after[:at] + after[at + 3 :] == before
    assert rm.simulate(file, 300, scenario="live").finish_minutes.tolist() == (
        rm.simulate(program.scenario(scenario), 300).finish_minutes.tolist()
    )


@pytest.mark.parametrize("tail", TOO_ODD.values(), ids=TOO_ODD)
def test_a_layout_that_cannot_be_added_to_is_refused_and_left_alone(tail, tmp_path):
    with pytest.raises(ArgumentError, match="laid out so that a scenario cannot be added safely"):
        written(tmp_path, HEAD + tail)
    assert (tmp_path / "program.yaml").read_text(encoding="utf-8") == HEAD + tail
    assert [path.name for path in tmp_path.iterdir()] == ["program.yaml"]


def test_the_mark_of_utf_8_and_the_mode_of_the_file_stay(tmp_path):
    file = tmp_path / "program.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    file.chmod(0o640)
    add_scenario(file, "new", SCENARIO, rm.read(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf# what")
    assert "new" in rm.read(file).scenarios
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["", "a b", "1st", "a.b", "../x", "x:\n  y", None])
def test_a_name_that_is_no_identifier_is_refused(name, tmp_path):
    with pytest.raises(ArgumentError, match="a name of a scenario is letters, digits, _ and -"):
        written(tmp_path, HEAD, name)
    assert (tmp_path / "program.yaml").read_text(encoding="utf-8") == HEAD


def test_a_name_that_is_taken_is_refused(tmp_path):
    text = HEAD + "scenarios:\n  x: {set: {p.a.duration: 3d}}\n"
    with pytest.raises(ArgumentError, match="scenario 'x' is there already; choose another name"):
        written(tmp_path, text, "x")
    assert (tmp_path / "program.yaml").read_text(encoding="utf-8") == text


def test_a_file_that_somebody_else_has_changed_is_refused(tmp_path):
    file = tmp_path / "program.yaml"
    file.write_text(HEAD, encoding="utf-8")
    program = rm.read(file)
    file.write_text(HEAD.replace("30%", "31%"), encoding="utf-8")
    with pytest.raises(ArgumentError, match="has changed since it was read"):
        add_scenario(file, "new", SCENARIO, program)
    assert "new" not in file.read_text(encoding="utf-8")


def test_a_plan_of_a_planning_tool_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(ArgumentError, match=r"is no program file \(.yaml\): make one that lies over it, `plan: p.xer`"):
        add_scenario(tmp_path / "p.xer", "new", SCENARIO, rm.Program(program="P"))


def test_a_failure_midway_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scenario_file.Path, "replace", fail)
    with pytest.raises(ArgumentError, match=r"cannot write .*: No space left on device"):
        written(tmp_path, HEAD)
    assert (tmp_path / "program.yaml").read_text(encoding="utf-8") == HEAD
    assert [path.name for path in tmp_path.iterdir()] == ["program.yaml"]


def test_hostile_words_of_a_scenario_cannot_reach_other_places(tmp_path):
    named = SCENARIO.but(name="x}\n  evil: {remove: [risks.r]} # \"'")
    for tail in ("", "scenarios: {x: {set: {p.a.duration: 3d}}}\n"):
        before, after, _ = written(tmp_path, HEAD + tail, scenario=named)
        assert after == before.but(scenarios={**before.scenarios, "new": named})


def test_a_scenario_is_said_in_the_words_of_the_file():
    assert scenario_text("new", SCENARIO) == (
        "new:\n  add: {drivers: {w: {on: p.a, duration: x 80%}}}\n  set: {risks.r.probability: 10%, p.a.duration: 3d}\n"
    )
    assert with_scenario("a: b\n", "new", rm.Scenario(approve=["r"])) == (
        "a: b\n\nscenarios:\n  new:\n    approve: [r]\n"
    )
