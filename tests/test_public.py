"""The public names: sorted, complete, imported on first use."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import riskmc
from riskmc.version import VERSION


@pytest.mark.parametrize("name", riskmc.__all__)
def test_every_public_name_is_there(name):
    assert getattr(riskmc, name) is not None


def test_public_names_are_sorted_and_listed():
    assert riskmc.__all__ == sorted(riskmc.__all__)
    assert dir(riskmc) == riskmc.__all__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'simulat'"):
        _ = riskmc.simulat


def test_importing_riskmc_imports_nothing_heavy():
    source = "import sys, riskmc; print([name for name in ('numpy', 'pydantic', 'numba') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_version_is_that_of_the_package_s_metadata():
    metadata = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert metadata["project"].get("version", VERSION) == VERSION
