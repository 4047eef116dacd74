"""The program file: the examples read, what Python builds equals what a file says, and reading undoes writing."""

from __future__ import annotations

import datetime
import gc
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmc.errors import InputError
from riskmc.io import program_file, read
from riskmc.program import Activity, Estimate, Link, Moment, Program, Project, Quantity, Size

DATA = Path(__file__).parents[1] / "data"
EXAMPLES = sorted(DATA.glob("*.yaml"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_reading_undoes_writing(file: Path, tmp_path: Path) -> None:
    program = read(file)
    program_file.write(program, tmp_path / "again.yaml")
    again = read(tmp_path / "again.yaml")
    assert again == program
    assert again.hash() == program.hash()
    assert program_file.dumps(again) == program_file.dumps(program)


def test_the_harbour_is_read_as_an_analyst_means_it() -> None:
    program = read(DATA / "harbour.yaml")
    activities = program.activities()
    assert list(activities)[:2] == ["design.survey", "design.concept"]
    assert program.start == Moment(datetime.datetime(2027, 1, 4), bare=True)
    assert activities["design.survey"].cost.fixed.plan == Quantity(120_000.0)
    assert activities["design.concept"].duration.plan == Quantity(28.0, "d")
    assert activities["design.concept"].after[1] == Link(activity="permits", type="SS", lag="5d")
    assert activities["build.line"].after[0].lag.family == "triangular"
    assert activities["build.reserve"].margin
    assert program.risks["soil"].probability == 0.35
    assert program.targets[2].joint == 0.70
    assert datetime.date(2027, 4, 27) in program.calendars["standard"].holiday_dates
    assert program.ranges[1].except_ == ("design.survey",)


def test_sections_for_other_engines_are_typed_and_kept() -> None:
    program = read(DATA / "foundation.yaml")
    assert program.funding[2028] == Quantity(140e6)
    assert program.risks["requirements"].arrivals.while_ == "build"
    assert program.calendars["marine"].weather["dec"].persistence == 0.5
    assert program.escalation["general"].years == "own"
    assert program.benefits[0].for_ == Quantity(10.0, "y")
    assert program.discount_rate.real == 0.06


def test_python_builds_what_a_file_says(tmp_path: Path) -> None:
    text = """
        program: X
        start: 2027-01-04
        projects: {design: {activities: {survey: {duration: pert(15d 20d 40d)}, b: {duration: 0, after: survey FF-2d}}}}
    """
    (tmp_path / "x.yaml").write_text(text)
    survey = Activity(
        duration=Size("pert", (("low", Quantity(15, "d")), ("mode", Quantity(20, "d")), ("high", Quantity(40, "d"))))
    )
    later = Activity(duration=Estimate(plan=0), after=Link(activity="survey", type="FF", lag="-2d"))
    project = Project(activities={"survey": survey, "b": later})
    built = Program(program="X", start=datetime.date(2027, 1, 4), projects={"design": project})
    assert built == read(tmp_path / "x.yaml")
    assert built == Program(
        program="X", start="2027-01-04", projects={"design": {"activities": {"survey": survey, "b": later}}}
    )


def test_holidays_written_out_are_kept_as_they_are(tmp_path: Path) -> None:
    text = program_file.dumps(read(DATA / "harbour.yaml")).replace("2027-04-27, ", "")
    (tmp_path / "changed.yaml").write_text(text)
    assert datetime.date(2027, 4, 27) not in read(tmp_path / "changed.yaml").calendars["standard"].holiday_dates


def test_foreign_codes_are_kept_and_quoted(tmp_path: Path) -> None:
    activities = {
        "A 10.2": {"duration": "5d"},
        'B"1': {"duration": "5d", "after": ['"A 10.2" SS+5d']},
        "*x: y": {"duration": "1d"},
    }
    program = Program(program="X", start="2027-01-04", projects={"P.1 / 2": {"activities": activities}})
    program_file.write(program, tmp_path / "x.yaml")
    assert read(tmp_path / "x.yaml") == program
    assert program.path("A 10.2") == "P.1 / 2.A 10.2"


def test_comments_blocks_anchors_and_marks_of_order_are_read(tmp_path: Path) -> None:
    text = "\ufeffprogram: >\n  Long\n  name\nstart: 2027-01-04 08:00\n"
    text += "projects: {p: {activities: {a: &x {duration: 5d}, b: *x}}}\n"
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    program = read(tmp_path / "x.yaml")
    assert program.program == "Long name\n"
    assert program.activities()["p.a"] == program.activities()["p.b"]
    program_file.write(program, tmp_path / "y.yaml")
    assert read(tmp_path / "y.yaml") == program


def test_the_pure_python_loader_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from riskmc.io import yaml_source

    (tmp_path / "bad.yaml").write_text("program: X\nprojects: {p: {activities: {a: {duration: pert(1d, 2d, 3d)}}}}\n")
    program = read(DATA / "corners.yaml")
    with pytest.raises(InputError) as with_c:
        read(tmp_path / "bad.yaml")
    slow = type("Slow", (yaml.BaseLoader,), {name: vars(yaml_source.Loader)[name] for name in yaml_source.OVERRIDDEN})
    monkeypatch.setattr(yaml_source, "Loader", slow)
    assert read(DATA / "corners.yaml") == program
    with pytest.raises(InputError) as without_c:
        read(tmp_path / "bad.yaml")
    assert without_c.value.problems == with_c.value.problems


def test_reading_leaves_the_garbage_collector_as_it_was() -> None:
    assert gc.isenabled()
    read(DATA / "corners.yaml")
    assert gc.isenabled()


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cn", "Co"]), min_size=1, max_size=12)
identifiers = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)
numbers = st.floats(0.01, 1e6) | st.integers(1, 10**9).map(float)
times = st.floats(0.01, 1e4) | st.integers(1, 70_000).map(float)
units = st.sampled_from(["min", "h", "d", "w", "mo", "y", "ed", "eh"])
quantities = st.builds(Quantity, st.floats(0.01, 200) | st.integers(1, 200).map(float), units)


@st.composite
def durations(draw: st.DrawFn) -> Size | Quantity:
    unit = draw(st.sampled_from(["d", "h", "ed"]))
    low, mode, high = sorted(draw(st.tuples(times, times, times)))
    triple = [("low", Quantity(low, unit)), ("mode", Quantity(mode, unit)), ("high", Quantity(high, unit))]
    family = draw(st.sampled_from(["triangular", "pert", "uniform"]))
    size = Size(family, tuple(triple if family != "uniform" else triple[::2]))
    return draw(st.sampled_from([size, Quantity(low, unit)]))


@st.composite
def programs(draw: st.DrawFn) -> Program:
    names = draw(
        st.lists(
            identifiers | words.filter(lambda w: w == w.strip() and w.isprintable() and w[0] != '"'),
            min_size=1,
            max_size=5,
            unique=True,
        )
    )
    activities = {}
    for number, name in enumerate(names):
        before = draw(st.lists(st.sampled_from(names[:number]), unique=True)) if number else []
        links = [
            Link(
                activity=other, type=draw(st.sampled_from(["FS", "SS", "FF", "SF"])), lag=draw(st.none() | durations())
            )
            for other in before
        ]
        activities[name] = Activity(
            name=draw(st.none() | words),
            duration=draw(durations()),
            after=links,
            cost=draw(st.none() | numbers),
            tags=draw(st.lists(words, max_size=2)),
            codes=draw(st.dictionaries(words, words, max_size=2)),
            exists=draw(st.none() | st.floats(0, 1)),
        )
    risk = {"probability": draw(st.floats(0, 1)), "name": draw(words), "impacts": [{"cost": "+ 5k"}]}
    return Program(
        program=draw(words), start="2027-01-04", projects={"p": {"activities": activities}}, risks={"r": risk}
    )


@settings(max_examples=150, deadline=None)
@given(program=programs())
def test_reading_undoes_writing_for_any_program(program: Program, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    program_file.write(program, file)
    assert read(file) == program
