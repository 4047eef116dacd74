"""The set-up script: what it runs, in which order, when it installs, and what it says where it cannot."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from riskmc.version import VERSION

ROOT = Path(__file__).parents[1]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, imported, with its environment moved to an empty folder and its Python replaced by this one."""
    spec = importlib.util.spec_from_file_location("make", ROOT / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.txt")
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    return module


@pytest.fixture
def actions(make: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What ``prepare`` did, instead of doing it."""
    done: list[str] = []

    def make_venv() -> None:
        make.VENV.mkdir(exist_ok=True)
        done.append("venv")

    monkeypatch.setattr(make, "make_venv", make_venv)
    monkeypatch.setattr(make, "install", lambda extra: done.append(f"install {extra}".strip()))
    return done


def test_an_old_python_is_told_what_to_do_before_anything_else_can_fail():
    source = "import sys; sys.version_info = (3, 9, 2); exec(open('make.py').read())"
    done = subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "riskmc needs Python 3.11 or newer; this is Python 3.9" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_old_python_can_read_the_script_as_far_as_the_words_meant_for_it():
    ast.parse((ROOT / "make.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_script_needs_the_standard_library_only():
    tree = ast.parse((ROOT / "make.py").read_text(encoding="utf-8"))
    imported = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names


def test_an_unknown_command_prints_the_usage_and_fails(make, capsys):
    assert make.main(["tset"]) == 2
    assert "python3 make.py COMMAND" in capsys.readouterr().out


def test_asking_for_help_is_no_failure(make, capsys):
    assert make.main(["--help"]) == 0
    assert "demo" in capsys.readouterr().out


def test_a_python_without_ensurepip_names_the_package_to_install(make, monkeypatch, capsys):
    monkeypatch.setattr(make.importlib.util, "find_spec", lambda name: None)
    assert make.main(["demo"]) == 1
    assert "sudo apt install python3-venv" in capsys.readouterr().err


def test_being_offline_is_told_from_other_failures_of_pip(make):
    assert "network" in make.failure("NewConnectionError(...): Failed to establish a new connection: [Errno 111]")
    assert "network" not in make.failure("ERROR: Could not build wheels for numpy")


def test_a_failed_installation_leaves_no_stamp_behind(make, actions, monkeypatch, capsys):
    def install(extra: str) -> None:
        raise make.Stop("no network")

    monkeypatch.setattr(make, "install", install)
    assert make.main(["demo"]) == 1
    assert "no network" in capsys.readouterr().err
    assert not make.STAMP.exists()


def test_a_second_run_installs_nothing(make, actions):
    make.prepare("dev")
    make.prepare("dev")
    assert actions == ["venv", "install dev"]


def test_what_the_tests_need_covers_what_the_demo_needs(make, actions):
    make.prepare("")
    make.prepare("dev")
    make.prepare("")
    assert actions == ["venv", "install", "install dev"]


def test_a_changed_pin_installs_again_into_the_same_environment(make, actions, monkeypatch):
    make.prepare("dev")
    place, _ = make.wanted()
    monkeypatch.setattr(make, "wanted", lambda: (place, "other contents"))
    make.prepare("")
    make.prepare("dev")
    assert actions == ["venv", "install dev", "install", "install dev"]


def test_another_python_or_folder_makes_the_environment_anew(make, actions, monkeypatch):
    make.prepare("")
    _, contents = make.wanted()
    monkeypatch.setattr(make, "wanted", lambda: ("elsewhere", contents))
    make.prepare("")
    assert actions == ["venv", "install", "venv", "install"]


def test_the_first_failing_step_stops_the_run_with_its_exit_code(make, capfd):
    steps = [
        ("first", ["-c", "print('one')"]),
        ("second", ["-c", "raise SystemExit(7)"]),
        ("third", ["-c", "print('3')"]),
    ]
    assert make.run(steps) == 7
    printed = capfd.readouterr()
    assert printed.out.splitlines() == ["== first", "one", "== second"]
    assert "second failed (exit code 7)" in printed.err


def test_the_tests_come_after_lint_format_types_and_layers(make, actions, monkeypatch):
    ran: list[str] = []
    monkeypatch.setattr(make, "run", lambda steps: ran.extend(name for name, _ in steps) or 0)
    monkeypatch.setattr(make, "run_beside", lambda aside, steps: ran.append(aside[0]) or make.run(steps))
    assert make.main(["test"]) == 0
    assert ran == ["kernels, compiled once", "lint", "format", "types", "layers", "tests"]


def test_a_step_that_fails_beside_the_others_fails_the_run_and_says_why(make, capfd):
    aside, step = ("kernels", ["-c", "print('no compiler'); raise SystemExit(3)"]), ("types", ["-c", "print('typed')"])
    assert make.run_beside(aside, [step]) == 3
    printed = capfd.readouterr()
    assert printed.out.splitlines() == ["== kernels, while the next steps run", "== types", "typed"]
    assert printed.err == "no compiler\n== kernels failed (exit code 3)\n"


def test_a_failing_step_ends_the_one_beside_it(make, capfd):
    aside, step = ("kernels", ["-c", "import time; time.sleep(600)"]), ("types", ["-c", "raise SystemExit(5)"])
    assert make.run_beside(aside, [step]) == 5
    assert "kernels failed" not in capfd.readouterr().err


def test_the_demo_forecasts_a_program_that_is_bundled(make):
    assert (ROOT / make.DEMO).is_file()


def test_continuous_integration_runs_the_one_line_that_a_developer_runs():
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8") == "python3 make.py test\n"


def test_the_pinned_versions_name_no_address():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    pins = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    assert all("==" in line and not line.startswith("-") for line in pins)


def test_every_dependency_is_pinned_at_or_above_its_lower_bound():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    pinned = {
        line.split("==")[0].lower() for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    }
    names = {item.split(">=")[0].split("[")[0].lower() for item in wanted} - {"riskmc"}
    assert names <= pinned


def test_the_package_and_its_set_up_agree_on_the_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION


def test_the_demo_leaves_a_page_and_pictures_and_says_where(make, actions, monkeypatch, tmp_path, capsys):
    ran: list[list[str]] = []
    monkeypatch.setattr(make, "SHOWN", tmp_path / "demo")
    monkeypatch.setattr(make, "run", lambda steps: ran.extend(arguments for _, arguments in steps) or 0)
    assert make.main(["demo", "--seed", "7"]) == 0
    page, pictures = str(tmp_path / "demo" / "page.html"), str(tmp_path / "demo" / "pictures")
    assert ran == [["-m", "riskmc", "forecast", make.DEMO, "--html", page, "--plots", pictures, "--seed", "7"]]
    printed = capsys.readouterr().out
    assert page in printed
    assert pictures in printed
    assert (tmp_path / "demo").is_dir()


def test_a_demo_that_fails_claims_no_page(make, actions, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(make, "SHOWN", tmp_path / "demo")
    monkeypatch.setattr(make, "run", lambda steps: 2)
    assert make.main(["demo"]) == 2
    assert "page" not in capsys.readouterr().out


def test_what_the_demo_leaves_is_no_part_of_the_project(make):
    assert f"/{make.SHOWN.name}/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
