"""Machine code is kept by the state of all sources that it was made of, not of the one file that numba looks at."""

import os
from pathlib import Path

import pytest
from numba import config

from riskmc.kernels import compiled, rows
from riskmc.kernels.discrete_event.block import run_lanes


@pytest.fixture
def package(tmp_path):
    """Return a folder with two kernels, and modules that hold types of arguments and others."""
    for name in ("kernels/entry.py", "kernels/deep/inner.py", "network/table.py", "simulation/space.py", "cli/page.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")
    return tmp_path


@pytest.mark.parametrize("name", ["kernels/entry.py", "kernels/deep/inner.py"])
def test_other_text_in_any_kernel_is_another_state(package, name):
    before = compiled.sources(package)
    (package / name).write_text("changed\n")
    assert compiled.sources(package) != before


@pytest.mark.parametrize("name", ["network/table.py", "simulation/space.py"])
def test_a_module_with_types_of_arguments_that_moves_is_another_state_and_one_that_is_edited_is_not(package, name):
    before = compiled.sources(package)
    (package / name).write_text("changed\n")
    assert compiled.sources(package) == before
    (package / name).rename(package / name.replace(".py", "_moved.py"))
    assert compiled.sources(package) != before


def test_what_no_machine_code_depends_on_changes_nothing(package):
    before = compiled.sources(package)
    (package / "cli/page.py").rename(package / "cli/other.py")
    assert compiled.sources(package) == before


def test_kernels_keep_their_machine_code_in_the_folder_of_these_sources():
    folder = Path(compiled.cache_folder())
    assert folder.name == "riskmc-" + compiled.sources(Path(compiled.__file__).parents[1])
    for kernel in (rows.run, run_lanes):
        assert folder in Path(kernel.stats.cache_path).parents


def test_numba_keeps_what_others_compile_where_it_did():
    before = config.CACHE_DIR
    with compiled.kept_machine_code() as kept:
        assert kept
        assert compiled.cache_folder() == config.CACHE_DIR
    assert before == config.CACHE_DIR


def test_a_few_states_are_kept_and_the_oldest_go(tmp_path):
    for age, name in enumerate(("a", "b", "c", "d", "e")):
        (tmp_path / f"riskmc-{name}").mkdir()
        os.utime(tmp_path / f"riskmc-{name}", (age, age))
    (tmp_path / "another").mkdir()
    compiled._make(tmp_path / "riskmc-new")
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["another", "riskmc-c", "riskmc-d", "riskmc-e", "riskmc-new"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError):
        compiled._make(tmp_path / "file" / "riskmc-x")
