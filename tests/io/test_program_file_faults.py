"""Malformed program files: each fault is found, with its file, its line, and words that say what to do."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmc.errors import InputError
from riskmc.io import read

DATA = Path(__file__).parents[1] / "data"

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

# What stands on line 9, after two sound activities: the text, and words of the message.
IN_AN_ACTIVITY = {
    "an unknown word": ("      a: {duratoin: 5d, duration: 5d}", "a.duratoin", "did you mean 'duration'?"),
    "a duration without a unit": ("      a: {duration: 20}", "a.duration", "needs a unit of time", "got 20"),
    "a duration in m": ("      a: {duration: 20m}", "a.duration", "min or mo?"),
    "a duration in days": ("      a: {duration: 20 days}", "a.duration", "did you mean '20d'?"),
    "a negative duration": ("      a: {duration: -5d}", "a.duration", "cannot be negative"),
    "a duration in money": ("      a: {duration: 20k}", "a.duration", "needs a unit of time"),
    "a duration that is a list": ("      a: {duration: [20d]}", "a.duration", "one value, or a mapping"),
    "a range that is a list": (
        "      a: {duration: [2d, 3d, 6d]}",
        "got a list; a range is one text: triangular(2d 3d 6d)",
    ),
    "a list beside a plan": ("      a: {duration: {plan: 3d, range: [2d, 6d]}}", "a range is one text: uniform(2d 6d)"),
    "a range that is a mapping": (
        "      a: {duration: {low: 2d, mode: 3d, high: 6d}}",
        "`plan` or `range` is needed, got low, mode, high; a range is one text: triangular(2d 3d 6d)",
    ),
    "the beginning of a distribution": ("      a: {duration: tri(2d 3d 6d)}", "did you mean 'triangular(2d 3d 6d)'?"),
    "a distribution by another name": ("      a: {duration: betapert(2d 3d 6d)}", "did you mean 'pert(2d 3d 6d)'?"),
    "no duration": ("      a: {name: Dig}", "activities.a", "needs a `duration`"),
    "an empty duration": ("      a: {duration: }", "a.duration", "not a quantity"),
    "a mode below the low": (
        "      a: {duration: pert(30d 20d 45d)}",
        "a.duration",
        "low <= mode <= high must hold, got 30d, 20d, 45d",
    ),
    "an unknown distribution": (
        "      a: {duration: trianglar(1d 2d 3d)}",
        "'trianglar'",
        "did you mean 'triangular'?",
    ),
    "too few arguments": ("      a: {duration: pert(1d 2d)}", "pert takes 3 values, pert(low mode high), got 2"),
    "mixed elapsed and working": ("      a: {duration: pert(1ed 2d 3d)}", "mixes elapsed time and working time"),
    "mixed money and time": ("      a: {duration: pert(1 2d 3d)}", "mixes bare numbers and working time"),
    "a spread of zero": ("      a: {duration: normal(10d 0d)}", "sd > 0 must hold, got 0d"),
    "percentiles that fall": ("      a: {duration: lognormal(p10=9d p90=3d)}", "p10 < p90 must hold, got 9d, 3d"),
    "one percentile": ("      a: {duration: lognormal(p10=9d)}", "takes two of them", "lognormal(p10= p90=)"),
    "chances below one": ("      a: {duration: discrete(1d:20% 2d:70%)}", "must add up to 100%, got 20% + 70%"),
    "a clip upside down": ("      a: {duration: normal(9d 1d) clip(9d 2d)}", "low < high must hold, got 9d, 2d"),
    "commas in braces": (
        "      a: {duration: pert(15d, 20d, 40d)}",
        "a.duration",
        "'pert(15d' is broken off",
        "a comma belongs to YAML",
        "separate the arguments by blanks",
    ),
    "commas in brackets": (
        "      a: {duration: 5d, after: [dig SS+pert(1d, 2d)]}",
        "a.after[0]",
        "comma belongs to YAML",
    ),
    "an operation": ("      a: {duration: x 110%}", "a.duration", "no x or + may stand before"),
    "an unknown predecessor": ("      a: {duration: 5d, after: [digg]}", "a.after[0]", "'digg'", "did you mean 'dig'?"),
    "an unknown link type": ("      a: {duration: 5d, after: [dig SX]}", "'SX' is not a link type", "FS SS FF SF"),
    "a lag without a unit": ("      a: {duration: 5d, after: [dig SS+5]}", "a.after[0]", "needs a unit of time"),
    "links in one text": ('      a: {duration: 5d, after: "dig, line"}', "several links are a list"),
    "an unknown calendar": (
        "      a: {duration: 5d, calendar: marin}",
        "unknown calendar 'marin'",
        "known: 24h, standard",
    ),
    "a cost in days": ("      a: {duration: 5d, cost: 5d}", "a.cost", "an amount of money is needed", "got 5d"),
    "a cost with K": ("      a: {duration: 5d, cost: 120K}", "did you mean '120k'?"),
    "a cost with a currency": ("      a: {duration: 5d, cost: EUR 5}", "a.cost"),
    "a bad date": ("      a: {duration: 5d, start_on: 01/02/2027}", "'01/02/2027' is not a date", "YYYY-MM-DD"),
    "a day that is none": ("      a: {duration: 5d, start_on: 2027-02-30}", "is not a day or time that exists"),
    "a bad word of choice": ("      a: {duration: 5d, spend: frnt}", "even | start", "did you mean 'front'?"),
    "a chance above one": ("      a: {duration: 5d, exists: 25}", "between 0% and 100%", "did you mean 25%?"),
    "exists and when": ("      a: {duration: 5d, exists: 25%, when: risk r}", "exclude each other"),
    "no condition": ("      a: {duration: 5d, when: dig later}", "is not a condition", "CHOICE = OUTCOME"),
    "an unknown risk": ("      a: {duration: 5d, when: risk sol}", "a.when", "unknown risk 'sol'"),
    "an unknown choice": ("      a: {duration: 5d, when: base = raft}", "a.when", "unknown choice 'base'"),
    "a milestone that lasts": ("      a: {duration: 5d, milestone: true}", "a milestone has no duration"),
    "a milestone of a third kind": ("      a: {milestone: middle}", "true, false, start or finish"),
    "an unknown resource": ("      a: {duration: 5d, uses: {crew: 2}}", "unknown resource 'crew'"),
    "a gate without a limit": ("      a: {duration: 5d, quality_gate: {fail: 3%, redo: 5%}}", "at_most", "is missing"),
    "finished before started": (
        "      a: {duration: 5d, progress: {started: 2027-03-01, finished: 2027-02-01}}",
        "finished 2027-02-01 is before started 2027-03-01",
    ),
    "an identifier with a blank": ("      a b: {duration: 5d}", "'a b' is no identifier", "stands in quotes"),
    "an activity said twice": ("      dig: {duration: 5d}", "is said twice; first on line 7"),
    "a text for an activity": ("      a: 5d", "a mapping (lines of `key: value`) is needed, got '5d'"),
    "shares without a plan": (
        "      a: {duration: triangular(90% 100% 120%)}",
        "a.duration",
        "needs the planned value",
    ),
    "a level of effort alone": ("      a: {level_of_effort: true}", "level_of_effort", "needs {from: , to: }"),
    "an unknown end of a span": ("      a: {level_of_effort: {from: dig, to: x9}}", "level_of_effort.to[0]", "'x9'"),
    "true misspelt": ("      a: {duration: 5d, margin: maybe}", "a.margin", "true or false is needed, got 'maybe'"),
    "a tab": ("\t  a: {duration: 5d}", "a tab cannot indent"),
    "a quote left open": ('      a: {name: "Dig, duration: 5d}', "a quote is opened here and never closed"),
    "a brace left open": ("      a: {duration: 5d", "is not closed"),
    "a second colon": ("      a: b: c", "second `: `"),
    "an unquoted star": ("      a: {duration: 5d, name: *x}", 'must be in quotes, as "*"'),
    "an at sign": ("      a: {duration: 5d, name: @x}", "cannot begin with @"),
}

# What begins on line 9, after the activities: the text, the line of the fault, and words of the message.
AFTER_THE_ACTIVITIES = {
    "an unknown section": ("risk: {}", 9, "risk: unknown word 'risk'", "did you mean 'risks'?"),
    "a list for risks": ("risks: [a, b]", 9, "risks", "a mapping (lines of `key: value`) is needed, got a list"),
    "a risk without a chance": ("risks:\n  soil: {name: Soil}", 10, "risks.soil", "needs a `probability`"),
    "an impact without a sign": (
        "risks:\n  soil:\n    probability: 3%\n    impacts: [{on: dig, duration: 110%}]",
        12,
        "risks.soil.impacts[0].duration",
        "must begin with x (multiplies) or + (adds",
    ),
    "an impact that adds a share": (
        "risks:\n  soil:\n    probability: 3%\n    impacts: [{on: dig, duration: + 10%}]",
        12,
        "+ adds time; to change by a share write x 110%",
    ),
    "an impact on nothing known": (
        "risks:\n  soil:\n    probability: 3%\n    impacts:\n      - {on: digg, duration: x 110%}",
        13,
        "risks.soil.impacts[0].on[0]",
        "did you mean 'dig'?",
    ),
    "an addition to several": (
        "risks:\n  soil:\n    probability: 3%\n    impacts:\n      - {on: 'build.*', duration: + 5d}",
        13,
        "`spread: each`",
        "`split`",
    ),
    "risks in a loop": (
        "risks:\n  a: {probability: 3%, given: {b: 5%}}\n  b: {probability: 3%, given: {a: 5%}}",
        10,
        "depend on each other in a loop",
    ),
    "a range over several": ("ranges:\n  - {on: all, duration: pert(90% 100% 120%)}", 10, "ranges[0]", "`sizes: own`"),
    "a range in bare numbers": ("ranges:\n  - {on: dig, duration: x pert(90 100 120)}", 10, "did you mean 90%?"),
    "an unknown template": ("ranges:\n  - {on: dig, use: civil}", 10, "ranges[0].use", "unknown template 'civil'"),
    "an unknown filter": ("drivers:\n  p: {on: 'tags:x', duration: x 110%}", 10, "did you mean 'tag:'?"),
    "a lone star": ("drivers:\n  p: {on: *, duration: x 110%}", 10, 'must be in quotes, as "*"'),
    "a correlation above one": ("correlations:\n  - {pair: [dig, line], duration: 1.4}", 10, "must be at most 1"),
    "a pair of three": ("correlations:\n  - {pair: [dig, line, dig], duration: 0.4}", 10, "correlations[0].pair"),
    "an unknown finish": ("finish: lin", 9, "finish: unknown activity 'lin'", "did you mean 'line'?"),
    "a target without a value": ("targets:\n  - {name: Open}", 10, "targets[0]", "needs `finish`, `cost`, or both"),
    "a target somewhere": ("targets:\n  - {name: Open, at: opn, finish: 2028-01-01}", 10, "targets[0].at"),
    "a choice of 90%": ("choices:\n  base: {piled: 70%, raft: 20%}", 10, "choices.base", "100%, got 70% + 20%"),
    "a rate without time": (
        "resources:\n  crew: {capacity: 2, cost: 95}",
        10,
        "resources.crew.cost",
        "as 95/h, got '95'",
    ),
    "an unknown scenario path": (
        "scenarios:\n  s:\n    set: {build.lin.duration: 5d}",
        11,
        "did you mean 'build.line'?",
    ),
    "a bad value in a scenario": ("scenarios:\n  s:\n    set: {line.duration: 5}", 11, "needs a unit of time"),
    "an unknown response": ("scenarios:\n  s: {approve: [bore]}", 10, "unknown response 'bore'"),
    "an unknown country": (
        "calendars:\n  standard: {week: {mon-fri: '08:00-16:00'}, holidays: XX}",
        10,
        "holidays",
        "'XX'",
    ),
    "hours that overlap": ("calendars:\n  c:\n    week: {mon: '08:00-12:00 11:00-13:00'}", 11, "overlap"),
    "an unknown day": ("calendars:\n  c:\n    week: {man: '08:00-12:00'}", 11, "'man'", "did you mean 'mon'?"),
    "a time that is none": ("calendars:\n  c:\n    week: {mon: '08:00-25:00'}", 11, "not a time of day"),
    "a calendar without work": ("calendars:\n  c: {hours_per_day: 8}", 10, "needs working time"),
    "calendars in a ring": (
        "calendars:\n  a: {based_on: b}\n  b: {based_on: a}",
        10,
        "based on each other: a -> b -> a",
    ),
    "exceptions that contend": (
        "calendars:\n  c:\n    week: 24h\n    exceptions: {2027-01-01..2027-01-03: off, 2027-01-02..2027-01-04: 24h}",
        12,
        "contend",
    ),
    "another format": ("fiscal_year_starts: 13-01", 9, "MM-DD"),
    "a plan that is not there": ("plan: nowhere.xer", 9, "plan", "cannot be read"),
    "a plan of another kind": ("plan: nowhere.doc", 9, "plan", "allowed: .xer"),
    "two documents": ("---\nprogram: Two", 9, "one file holds one program"),
    "a section said twice": ("projects: {}", 9, "is said twice; first on line 4"),
    "an escalation without a year": (
        "escalation:\n  general: {rate: normal(3% 1%)}",
        10,
        "escalation.general.from",
        "is missing",
    ),
    "two discount rates": ("discount_rate: {real: 6%, nominal: 8%}", 9, "exactly one of: real, nominal"),
    "an unknown renamed item": ("renamed: {old: build.dog}", 9, "nothing is called 'build.dog'"),
}


def faults_of(folder: Path, content: str | bytes) -> list[str]:
    """Return the lines that reading a file with this content complains with."""
    file = folder / "program.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as caught:
        read(file)
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


@pytest.mark.parametrize("what", IN_AN_ACTIVITY)
def test_a_fault_in_an_activity_is_said_with_its_line(what: str, tmp_path: Path) -> None:
    text, *words = IN_AN_ACTIVITY[what]
    faults = faults_of(tmp_path, f"{SOUND}{text}\n")
    assert len(faults) == 1, faults
    assert faults[0].startswith("program.yaml:9: "), faults
    assert all(word in faults[0] for word in words), faults


def test_of_a_program_over_a_plan_that_is_not_there_only_that_is_told(tmp_path: Path) -> None:
    overlay = "riskmc: 1\nprogram: Over\nplan: nowhere.xer\nranges: [{on: A.B, duration: pert(1d 2d 4d)}]\n"
    (fault,) = faults_of(tmp_path, overlay)
    assert fault.startswith("program.yaml:3: plan: ")
    assert "nowhere.xer: cannot be read" in fault


@pytest.mark.parametrize("what", AFTER_THE_ACTIVITIES)
def test_a_fault_in_a_section_is_said_with_its_line(what: str, tmp_path: Path) -> None:
    text, line, *words = AFTER_THE_ACTIVITIES[what]
    faults = faults_of(tmp_path, f"{SOUND}{text}\n")
    assert len(faults) == 1, faults
    assert faults[0].startswith(f"program.yaml:{line}: "), faults
    assert all(str(word) in faults[0] for word in words), faults


WHOLE_FILES = {
    "an empty file": (b"", "program.yaml:1: ", "is empty"),
    "comments only": (b"# nothing\n", "is empty"),
    "a list": (b"- a\n- b\n", "is a mapping", "found a list"),
    "a text": (b"hello\n", "found text"),
    "Latin-1": (b"program: Caf\xe9\n", "program.yaml:1: ", "0xE9 is not UTF-8"),
    "a control character": (b"riskmc: 1\nprogram: a\x07b\n", "program.yaml:2: ", "U+0007"),
    "a spreadsheet": (b"PK\x03\x04rest", "spreadsheet"),
    "brackets without end": (b"[" * 100_000, "nested too deeply"),
    "dashes without end": (b"- " * 100_000, "nested too deeply"),
    "an alias of itself": (b"a: &x [*x]\n", "nested too deeply"),
    "a nest": (b"a: " + b"{a: " * 90 + b"b" + b"}" * 90, "nested too deeply"),
    "a list as a key": (b"? [a]\n: b\n", "a key is one word"),
    "another format": (
        SOUND.replace("riskmc: 1", "riskmc: 7").encode(),
        "program.yaml:1: riskmc",
        "reads format 1, got 7",
    ),
    "no name": (SOUND.replace("program: Trial\n", "").encode(), "program: is missing"),
    "no start": (SOUND.replace("start: 2027-01-04\n", "").encode(), "start: is missing"),
    "no activities": (b"program: Trial\nstart: 2027-01-04\n", "needs at least one activity"),
    "a project called risks": (
        SOUND.replace("build:", "risks:").encode(),
        "program.yaml:5: ",
        "cannot be called 'risks'",
    ),
}


@pytest.mark.parametrize("what", WHOLE_FILES)
def test_a_file_that_is_no_program_is_met_with_words(what: str, tmp_path: Path) -> None:
    content, *words = WHOLE_FILES[what]
    faults = "\n".join(faults_of(tmp_path, content))
    assert all(word in faults for word in words), faults


def test_all_faults_of_a_file_are_found_in_one_go_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = (
        SOUND + "      a: {duration: 20, after: [digg], calendar: marin}\n"
        "      dig: {}\n"
        "risks:\n  soil: {probability: 35%, impacts: [{on: lin, duration: x 110%}], owner: [me]}\n"
        "  leak: {probability: 5%, given: {soil: 40%, sol: 30%}}\nfinish: opn\n"
    )
    faults = faults_of(tmp_path, text)
    assert [int(fault.split(":")[1]) for fault in faults] == [9, 9, 9, 10, 12, 12, 13, 14]
    assert "unknown risk 'sol'; did you mean 'soil'?" in faults[6]


def test_what_only_follows_from_another_fault_is_not_said(tmp_path: Path) -> None:
    text = SOUND + "      a: {duration: pert(1d, 2d, 3d)}\n      b: {duration: 1d, after: [a]}\nrisks:\n  r: {}\n"
    text += "responses:\n  s: {acts_on: {r: {probability: 1%}}}\n"
    faults = faults_of(tmp_path, text)
    assert len(faults) == 2, faults


@pytest.mark.parametrize(("name", "words"), [("none.yaml", "no such file"), ("x.docx", "llowed: .yaml .yml .xer")])
def test_a_file_that_cannot_be_read_is_an_input_error(name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        read(tmp_path / name)


def test_a_folder_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path / "f.yaml")


@settings(max_examples=120, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 12), st.text(max_size=4)), min_size=1, max_size=4)
)
def test_any_damage_to_a_file_is_an_input_error_or_harmless(
    changes: list[tuple[int, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = (DATA / "corners.yaml").read_text(encoding="utf-8")
    for place, length, new in changes:
        at = place % len(text)
        text = text[:at] + new + text[at + length :]
    file = tmp_path_factory.getbasetemp() / "damaged.yaml"
    file.write_bytes(text.encode(errors="replace"))
    with contextlib.suppress(InputError):
        read(file)
