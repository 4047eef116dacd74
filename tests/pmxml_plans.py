"""Plans in P6's XML: small ones of our own (tests/data/pmxml), and the twins of real XER files beside the project."""

from pathlib import Path

import pytest

from riskmc.io.pmxml import reader as pmxml
from riskmc.program.program import Program

DATA = Path(__file__).parent / "data" / "pmxml"
REAL = Path(__file__).parents[1] / ".." / "shared" / "data" / "pmxml"


def text(name: str) -> str:
    """Return the text of a plan of our own."""
    return (DATA / f"{name}.xml").read_text(encoding="utf-8")


def changed(old: str, new: str, name: str = "plain") -> str:
    """Return the text of a plan with one thing changed, the first time it stands there."""
    found = text(name)
    assert old in found
    return found.replace(old, new, 1)


def read_text(tmp_path: Path, content: str) -> Program:
    """Return the program of a text."""
    file = tmp_path / "plan.xml"
    file.write_text(content, encoding="utf-8")
    return pmxml.read(file)


def twin(name: str) -> Path:
    """Return the twin of a real XER file, or skip."""
    file = REAL / f"{name}.xml"
    if not file.exists():
        pytest.skip(f"the real plan {name}.xml is not beside the project (../shared/data/pmxml)")
    return file
