"""Help: every command ends with examples that work, and its options stand under headings, within 80 columns."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import riskmc as rm
from riskmc.cli.commands import app
from riskmc.cli.examples import _EXAMPLES, examples_of
from riskmc.cli.panels import OWN, PANELS

GROUP = typer.main.get_command(app)
COMMANDS = list(GROUP.commands)
LINES = [one.line for name in COMMANDS for one in examples_of(name)]
SLOW = (
    "capacity",
    "crosscheck",
    "explore",
    "report",
)  # compile the discrete-event engine, serve, or need more packages


def shown(name: str):
    done = CliRunner().invoke(app, [name, "--help"], prog_name="riskmc", env={"COLUMNS": "80"})
    assert done.exit_code == 0
    return done.stdout.splitlines()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_ends_with_its_examples(name):
    told = examples_of(name)
    assert 1 if name == "schema" else 2 <= len(told) <= 3
    lines = shown(name)
    ends = [text for one in told for text in (f"  {one.line}", f"      {one.does}")]
    assert lines[-len(ends) - 1 :] == ["Examples:", *ends]
    assert all(one.line.split()[:2] == ["riskmc", name] for one in told)


def test_the_help_of_the_command_line_ends_with_examples_that_begin_at_the_beginning():
    lines = CliRunner().invoke(app, ["--help"], prog_name="riskmc").stdout.splitlines()
    assert lines[lines.index("Examples:") + 1] == "  riskmc new library"


@pytest.mark.parametrize("line", LINES)
def test_an_example_is_read_by_its_command_as_it_stands(line):
    """Every option of it exists, and every value has its form."""
    _, name, *words = shlex.split(line)
    with GROUP.commands[name].make_context(name, words) as context:
        assert context.args == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_help_page_fits_80_columns_and_names_every_option_once(name):
    lines = shown(name)
    assert max(map(len, lines)) <= 80
    page = "\n".join(lines[: lines.index("Examples:")])
    named = re.findall(r"^  (?:-\w, )?(--[\w-]+)", page, re.MULTILINE)
    options = [one for one in GROUP.commands[name].params if one.param_type_name == "option" and not one.hidden]
    assert sorted(named) == sorted(["--help", *(max(one.opts, key=len) for one in options)])
    headings = [line.rstrip(":") for line in lines if line and not line.startswith((" ", "Usage"))]
    assert [one for one in headings if one in PANELS] == [one for one in PANELS if one in headings]
    assert set(headings) <= {"Arguments", *PANELS, "Examples"}


def test_the_options_of_the_forecast_stand_under_five_headings_with_at_most_ten_each():
    options = GROUP.commands["forecast"].params
    under = [one.rich_help_panel or OWN for one in options if one.param_type_name == "option" and not one.hidden]
    assert set(under) == set(PANELS)
    assert max(map(under.count, PANELS)) <= 10


def test_words_to_choose_from_that_are_too_long_for_their_column_stand_in_the_text():
    told = " ".join(" ".join(shown("forecast")).split())
    assert "--dispatch WORD Who gets units first" in told
    assert "One of late-finish, minimum-slack, shortest-first, file-order, multi-pass. [default: late-finish]" in told
    assert "--delays [leave-out|keep]" in told


def test_a_default_is_never_broken_over_two_lines():
    for name in COMMANDS:
        for line in shown(name):
            assert not re.search(r"\[default: [^\]]*$", line), line


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with every file that the examples name."""
    place: Path = tmp_path_factory.mktemp("examples") / "library"
    assert CliRunner().invoke(app, ["new", str(place)]).exit_code == 0
    program = (place / "program.yaml").read_text(encoding="utf-8")
    for name in ("march", "april"):
        (place / f"{name}.yaml").write_text(program.replace("60d", "70d" if name == "april" else "60d"), "utf-8")
        rm.convert(str(place / f"{name}.yaml"), str(place / f"{name}.xer"))
    shutil.copy(place / "march.xer", place / "plan.xer")
    rm.convert(str(place / "program.yaml"), str(place / "book.xlsx"))
    (place / "ratios.csv").write_text("Project,Ratio\n" + "".join(f"P{i},{1 + i / 20}\n" for i in range(12)), "utf-8")
    (place / "scales.yaml").write_text("probability: {Low: 5%-20%, High: 40%-70%}\n", encoding="utf-8")
    risks = [line.split(",") for line in (place / "risks.csv").read_text(encoding="utf-8").splitlines()]
    write_table(place / "risks.xlsx", risks)
    return place


def write_table(file: Path, rows):
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)


@pytest.mark.parametrize("line", [line for line in LINES if line.split()[1] not in SLOW])
def test_an_example_works(line, folder: Path, monkeypatch):
    monkeypatch.chdir(folder)
    _, name, *words = shlex.split(line)
    if name == "new":
        words = [word.replace("plan", "new-plan").replace("library", "new-library") for word in words]
    options = {option for one in GROUP.commands[name].params for option in one.opts}
    few = ["--iterations", "200"] if "--iterations" in options and "--iterations" not in words else []
    done = CliRunner().invoke(app, [name, *words, *few], prog_name="riskmc")
    verdict = {"check": (0, 1), "verify": (0, 1)}.get(name, (0,))
    assert done.exit_code in verdict, done.stderr
    assert done.stdout


def test_no_example_is_kept_for_a_command_that_there_is_not():
    assert set(_EXAMPLES) == {"", *COMMANDS}
