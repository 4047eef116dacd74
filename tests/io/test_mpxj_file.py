"""Plans of other tools, read through mpxj; and mpxj as an oracle of our own readers (tests/mpxj_oracle.py)."""

import json

import pytest

import riskmc as rm
from mpxj_oracle import ask, needs_mpxj
from pmxml_plans import DATA as PMXML
from riskmc.errors import InputError
from riskmc.io.mpxj import reader as mpxj_file
from riskmc.io.mpxj import run as mpxj_run
from riskmc.io.plan_file import read_plan
from riskmc.io.pmxml import reader as pmxml
from riskmc.io.xer import reader as xer
from riskmc.program.origin import origin_of
from riskmc.program.stored import stored_of
from xer_plans import hours, link, real


def as_mpxj_says(program) -> dict:
    """Return hours and links of every activity by its code; level of effort apart, whose links we may turn round."""
    return {
        code: (hours(activity.duration.plan) if activity.duration else 0, sorted(_links(activity)))
        for project in program.projects.values()
        for code, activity in project.activities.items()
        if not activity.level_of_effort
    }


def _links(activity):
    return [
        [reference.rpartition(".")[2] if ("." in reference and reference not in ("A 10.2",)) else reference, kind, lag]
        for reference, kind, lag in (link(activity, number) for number in range(len(activity.after)))
    ]


def said(answer: list[dict]) -> dict:
    return {task["code"]: (task["hours"] or 0.0, task["after"]) for task in answer}


@pytest.mark.parametrize("name", ["airport", "week2"])
def test_mpxj_reads_the_same_activities_durations_and_links_in_an_xer_file(name):
    ours, theirs = as_mpxj_says(xer.read(real(name))), said(ask(real(name)))
    assert len(ours) > 60
    assert ours == theirs


def test_mpxj_reads_the_same_activities_durations_and_links_in_our_own_p6_xml():
    """Level of effort apart; DONE loses the link from it, which we keep with the level of effort."""
    ours, theirs = as_mpxj_says(pmxml.read(PMXML / "plain.xml")), said(ask(PMXML / "plain.xml"))
    theirs = {code: (length, [link for link in after if link[0] != "PM"]) for code, (length, after) in theirs.items()}
    assert ours == {code: theirs[code] for code in ours}
    assert theirs.keys() - ours.keys() == {"PM", "SUM"}


@pytest.mark.parametrize("name", ["level-of-effort", "hotel"])
def test_p6_xml_that_mpxj_makes_of_an_xer_file_is_the_same_program(tmp_path, name):
    """Links stand in another order; mpxj gives early dates to the 19 activities that P6 never scheduled."""
    ask(real(name), tmp_path / "twin.xml")
    found, expected = (
        {
            path: {**activity.model_dump(exclude={"after", "unscheduled"}), "after": sorted(map(str, activity.after))}
            for path, activity in program.activities().items()
        }
        for program in (pmxml.read(tmp_path / "twin.xml"), xer.read(real(name)))
    )
    assert found == expected


@pytest.mark.parametrize("suffix", [".mpx", ".planner"])
def test_a_plan_of_another_tool_is_read_through_mpxj(tmp_path, suffix):
    source = real("airport")
    ask(source, file := tmp_path / f"plan{suffix}")
    found, expected = rm.read(file), xer.read(source)
    assert len(found.activities()) == len(expected.activities()) == 66
    lengths = [
        sorted(hours(a.duration.plan) for a in p.activities().values() if a.duration and hours(a.duration.plan))
        for p in (found, expected)
    ]
    assert lengths[0] == lengths[1]
    assert found.notes[0].startswith("read through mpxj ")
    assert stored_of(found).file == origin_of(found).file == str(file)


def test_several_projects_of_a_plan_become_one_program(tmp_path):
    """mpxj tells P6's XML by its content, so that a name of another tool's does not matter here."""
    needs_mpxj()
    file = tmp_path / "works.pod"
    file.write_bytes((PMXML / "works.xml").read_bytes())
    assert list(read_plan(file).projects) == ["SOUTH", "NORTH"]


@pytest.mark.parametrize("content", [b"", b"plainly no plan", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_a_file_that_mpxj_does_not_know_is_refused(tmp_path, content):
    needs_mpxj()
    file = tmp_path / "plan.mpp"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"plan\.mpp: mpxj cannot read it: "):
        read_plan(file)


def test_a_missing_file_is_refused_before_java_starts(tmp_path):
    with pytest.raises(InputError, match=r"absent\.mpp: cannot be read: there is no such file"):
        mpxj_file.read(tmp_path / "absent.mpp", pmxml.read)


@pytest.fixture
def plan(tmp_path):
    file = tmp_path / "plan.mpp"
    file.write_bytes(b"any")
    return file


@pytest.fixture
def pretend(tmp_path, monkeypatch):
    """Let a text stand for the script that runs mpxj."""

    def run(text: str) -> None:
        script = tmp_path / "script.py"
        script.write_text(text, encoding="utf-8")
        monkeypatch.setattr(mpxj_file, "_SCRIPT", script)
        monkeypatch.setattr(mpxj_file, "find_spec", lambda name: name)

    return run


def test_without_the_extra_the_message_says_what_to_install(plan, monkeypatch):
    monkeypatch.setattr(mpxj_file, "find_spec", lambda name: None)
    with pytest.raises(InputError) as raised:
        mpxj_file.read(plan, pmxml.read)
    needs = "a plan of Microsoft Project needs Java 11 or newer and `pip install 'riskmc[mpp]'`; not found: mpxj, jpype"
    assert str(raised.value) == f"{plan}: {needs}"


def test_without_java_the_message_says_what_to_install(plan, pretend):
    pretend(f"print({json.dumps(json.dumps({'missing': 'Java (No JVM shared library file)'}))})")
    with pytest.raises(InputError, match=r"`pip install 'riskmc\[mpp\]'`; not found: Java \("):
        mpxj_file.read(plan, pmxml.read)


def test_a_machine_without_java_is_told_apart_from_a_file_that_is_refused(monkeypatch):
    jpype = pytest.importorskip("jpype", reason="the extra mpp is not here")
    pytest.importorskip("mpxj", reason="the extra mpp is not here")

    def start(*options):
        raise jpype.JVMNotFoundException("No JVM shared library file (libjvm.so) found.\nTry setting up JAVA_HOME.")

    monkeypatch.setattr(jpype, "startJVM", start)
    assert mpxj_run.convert("a", "b") == {"missing": "Java (No JVM shared library file (libjvm.so) found.)"}


def test_a_crash_of_the_java_machine_is_a_refusal(plan, pretend):
    pretend("import sys; sys.exit('a fatal error has been detected')")
    with pytest.raises(InputError, match="mpxj cannot read it: it stopped: a fatal error has been detected"):
        mpxj_file.read(plan, pmxml.read)


def test_a_reading_without_end_is_a_refusal(plan, pretend, monkeypatch):
    pretend("import time; time.sleep(60)")
    monkeypatch.setattr(mpxj_file, "PATIENCE", 0.5)
    with pytest.raises(InputError, match=r"it has not come to an end within 0\.5 seconds"):
        mpxj_file.read(plan, pmxml.read)


def test_faults_of_the_xml_are_those_of_the_plan_without_its_lines(plan, pretend):
    pretend(
        "import json, pathlib, sys; pathlib.Path(sys.argv[2]).write_text('<APIBusinessObjects/>'); "
        "print(json.dumps({'kind': 'Test', 'mpxj': '1'}))"
    )
    with pytest.raises(InputError) as raised:
        mpxj_file.read(plan, pmxml.read)
    assert str(raised.value).startswith(f"{plan}: no activities: ")
